package loan_test

import (
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

var (
	of     = calc.MustAmount
	on     = date.MustParse
	whole  = calc.Rounding{}
	cents  = calc.Rounding{Mode: calc.HalfUp, Scale: 2}
	banker = calc.Rounding{Mode: calc.HalfEven, Scale: 2}
)

func TestInterestIsRoundedOnce(t *testing.T) {
	tests := map[string]struct {
		principal, percent string
		units              int
		basis              loan.Basis
		rounding           calc.Rounding
		want               string
	}{
		"0.7 % a day for 28 days":                {"16000", "0.7", 28, loan.PerUnit, whole, "3136"},
		"479.36 in whole roubles":                {"8560", "0.7", 8, loan.PerUnit, whole, "479"},
		"169.638 in whole roubles":               {"4039", "0.7", 6, loan.PerUnit, whole, "170"},
		"169.638 in kopecks":                     {"4039", "0.7", 6, loan.PerUnit, cents, "169.64"},
		"a penalty of 20 % in a leap year":       {"1667", "20", 6, loan.Year366, cents, "5.47"},
		"the same in whole roubles":              {"1667", "20", 6, loan.Year366, whole, "5"},
		"a commercial year":                      {"1000", "12", 30, loan.Year360, cents, "10.00"},
		"a year of 365 days":                     {"1000", "12", 30, loan.Year365, cents, "9.86"},
		"a month of twelve":                      {"2500", "8.24", 1, loan.Year12, cents, "17.17"},
		"a tranche":                              {"5000", "6.9", 1, loan.PerUnit, cents, "345.00"},
		"a tranche of 30 days, by its days":      {"5000", "6.9", 30, 30, cents, "345.00"},
		"the first and the last day both charge": {"5000", "6.9", 31, 30, cents, "356.50"},
		"a tie, half up":                         {"100", "0.125", 1, loan.PerUnit, cents, "0.13"},
		"a tie, half even":                       {"100", "0.125", 1, loan.PerUnit, banker, "0.12"},
		"no day":                                 {"5000", "1", 0, loan.PerUnit, cents, "0.00"},
		"days taken back":                        {"4039", "0.7", -6, loan.PerUnit, cents, "-169.64"},
		"sixteen digits of rials":                {"1000000000000059", "16", 1, loan.Year12, whole, "13333333333334"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := loan.Interest(of(test.principal), of(test.percent), test.units, test.basis, test.rounding)
			if got.String() != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestABasisIsPositive(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	loan.Interest(of("1"), of("1"), 1, 0, whole)
}

// The days 61 of 365 and 121 of 366 are ISDA's own example, 2003-11-01 to 2004-05-01.
func TestActualInterestSplitsAtTheYearsEnd(t *testing.T) {
	for name, test := range map[string]struct{ from, to, want string }{
		"a year without and a leap year":  {"2003-11-01", "2004-05-01", "4977.2438"},
		"a common year":                   {"2019-01-01", "2020-01-01", "10000.0000"},
		"a leap year":                     {"2020-01-01", "2021-01-01", "10000.0000"},
		"three years":                     {"2019-07-01", "2022-07-01", "30000.0000"},
		"within a leap year":              {"2020-02-01", "2020-03-01", "792.3497"},
		"one day at the year's end":       {"2019-12-31", "2020-01-01", "27.3973"},
		"the day after it":                {"2020-01-01", "2020-01-02", "27.3224"},
		"no day":                          {"2020-01-01", "2020-01-01", "0.0000"},
		"backwards":                       {"2004-05-01", "2003-11-01", "-4977.2438"},
		"a century that is no leap year":  {"2100-02-01", "2100-03-01", "767.1233"},
		"to the last day of the calendar": {"9999-12-30", "9999-12-31", "27.3973"},
	} {
		got := loan.InterestActual(of("100000"), of("10"), on(test.from), on(test.to), calc.Rounding{Scale: 4})
		if got.String() != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
