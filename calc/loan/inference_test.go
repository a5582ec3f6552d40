package loan_test

import (
	"testing"

	"tieout/calc"
	"tieout/calc/loan"
)

func stretch(principal string, days int, interest string) loan.Stretch {
	return loan.Stretch{Principal: of(principal), Days: days, Interest: of(interest)}
}

func TestPrintedInterestRevealsItsRate(t *testing.T) {
	floor := calc.Rounding{Mode: calc.Floor}
	tests := map[string]struct {
		stretches []loan.Stretch
		rounding  calc.Rounding
		want      string // "" for none
	}{
		"the schedule of the sample":                {[]loan.Stretch{stretch("16000", 28, "3136"), stretch("8560", 8, "479"), stretch("4039", 6, "170")}, whole, "0.7"},
		"with the misprint 649 in two payments":     {[]loan.Stretch{stretch("16000", 28, "3136"), stretch("8560", 8, "524"), stretch("4039", 6, "170")}, whole, ""},
		"an overdue loan at half a percent":         {[]loan.Stretch{stretch("6666", 6, "200")}, whole, "0.5"},
		"one short stretch: the middle of many":     {[]loan.Stretch{stretch("100", 1, "1")}, whole, "1"},
		"a rate of five decimals":                   {[]loan.Stretch{stretch("100000000", 30, "1234500.00")}, cents, "0.04115"},
		"no interest, no rate":                      {[]loan.Stretch{stretch("1000", 10, "0")}, whole, "0"},
		"the lower end rounds to what is printed":   {[]loan.Stretch{stretch("1", 100, "2"), stretch("1", 100, "2")}, floor, "2"},
		"the upper end does not":                    {[]loan.Stretch{stretch("1", 100, "2"), stretch("-1", 100, "-3")}, floor, "2.5"},
		"ends that leave one rate":                  {[]loan.Stretch{stretch("100", 1, "2"), stretch("100", 1, "2.5")}, calc.Rounding{Mode: calc.Down, Scale: 1}, ""},
		"a debt taken back":                         {[]loan.Stretch{stretch("-16000", 28, "-3136")}, whole, "0.7"},
		"nothing owed says nothing":                 {[]loan.Stretch{stretch("0", 28, "0"), stretch("16000", 28, "3136")}, whole, "0.7"},
		"nothing owed, and interest":                {[]loan.Stretch{stretch("0", 28, "5"), stretch("16000", 28, "3136")}, whole, ""},
		"no day says nothing":                       {[]loan.Stretch{stretch("16000", 0, "0")}, whole, ""},
		"nothing":                                   {nil, whole, ""},
		"more decimals than the rounding has":       {[]loan.Stretch{stretch("16000", 28, "3136.20")}, whole, ""},
		"a figure printed with decimals of nothing": {[]loan.Stretch{stretch("16000", 28, "3136.00")}, whole, "0.7"},
		"fifteen digits":                            {[]loan.Stretch{stretch("999999999999999", 365, "25549999999999.97")}, cents, "0.007"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lo, hi, rate, ok := loan.InferDailyRate(test.stretches, test.rounding)
			if ok != (test.want != "") || ok && rate.String() != test.want {
				t.Fatalf("%s of %s to %s, %t; want %q", rate, lo, hi, ok, test.want)
			}
			for _, s := range test.stretches {
				for _, r := range []calc.Amount{lo, rate, hi} {
					if got := loan.Interest(s.Principal, r, s.Days, loan.PerUnit, test.rounding); ok && !got.Equal(s.Interest) {
						t.Errorf("%s %% gives %s, printed %s", r, got, s.Interest)
					}
				}
			}
		})
	}
}

// FuzzInferDailyRate_Interest: the rate that made the figures is in the interval,
// and no rate found has more decimals.
func FuzzInferDailyRate_Interest(f *testing.F) {
	f.Add(int64(16000), int64(8560), 28, 8, int64(700), uint8(0))
	f.Add(int64(-5), int64(1_000_000_000_000), 1, 365, int64(1), uint8(4))
	f.Fuzz(func(t *testing.T, p, q int64, m, n int, rate int64, mode uint8) {
		r := calc.Rounding{Mode: calc.Mode(mode % 6), Scale: int32(mode / 6 % 4)}
		percent, err := calc.Quotient(calc.AmountOf(rate), calc.AmountOf(1000), calc.Rounding{Scale: 3})
		if err != nil || p%1_000_000_000_000 == 0 || m%10_000 == 0 {
			return
		}
		stretches := []loan.Stretch{
			{Principal: calc.AmountOf(p % 1_000_000_000_000), Days: m % 10_000},
			{Principal: calc.AmountOf(q % 1_000_000_000_000), Days: n % 10_000},
		}
		for i, s := range stretches {
			stretches[i].Interest = loan.Interest(s.Principal, percent, s.Days, loan.PerUnit, r)
		}
		lo, hi, simplest, ok := loan.InferDailyRate(stretches, r)
		if !ok || percent.Cmp(lo) < 0 || percent.Cmp(hi) > 0 || simplest.Scale() > percent.Scale() {
			t.Fatalf("%v: %s %% is not between %s and %s, simplest %s, %t", stretches, percent, lo, hi, simplest, ok)
		}
		for _, s := range stretches {
			for _, found := range []calc.Amount{lo, hi, simplest} {
				if got := loan.Interest(s.Principal, found, s.Days, loan.PerUnit, r); !got.Equal(s.Interest) {
					t.Fatalf("%v: %s %% gives %s", s, found, got)
				}
			}
		}
	})
}
