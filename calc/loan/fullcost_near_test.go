package loan_test

import (
	"fmt"
	"testing"

	"tieout/calc"
	"tieout/calc/loan"
)

// What is guessed changes how long the search takes, and nothing else.
func TestTheFullCostNearAGuessIsTheFullCost(t *testing.T) {
	flows := map[string][]loan.Flow{
		"tranches":                     every(30, "-5000", "3312", "3313"),
		"seen by the borrower":         every(30, "5000", "-3312", "-3313"),
		"exactly in the middle":        dated("2019-01-01", "-200000", "2020-01-01", "200001"),
		"hardly below the middle":      dated("2019-01-01", "-200000", "2020-01-01", "200000.9999999999999999999999"),
		"a credit that costs nothing":  every(30, "-10000", "5000", "5000"),
		"less is paid back":            every(30, "-10000", "5000"),
		"lent again between payments":  dated("2018-01-01", "-1000", "2019-01-01", "2300", "2020-01-01", "-1320"),
		"one day at 1000 %":            every(1, "-1", "11"),
		"no flows":                     nil,
		"above all that is looked for": every(1, "-1", "10000000"),
	}
	for name, flows := range flows {
		for _, base := range []loan.Period{{}, {Days: 30}, {Months: 1}, {Months: 12}, {Days: 400}} {
			want, wantErr := loan.FullCost(flows, base)
			guesses := []calc.Amount{of("0"), of("255.503"), of("-255.503"), of("0.001"), of("10"), of("9.9995"), of("365000000000")}
			if wantErr == nil {
				guesses = append(guesses, want, want.Plus(of("0.001")), want.Minus(of("0.001")), want.Plus(of("0.0005")), want.Neg())
			}
			for _, guess := range guesses {
				got, err := loan.FullCostNear(flows, base, guess)
				if fmt.Sprint(err) != fmt.Sprint(wantErr) || got.String() != want.String() {
					t.Errorf("%s, %s, near %s: got %s, %v, want %s, %v", name, base, guess, got, err, want, wantErr)
				}
			}
		}
	}
}

func TestAPrintedFullCostFitsWithOneOfTheBasePeriodsInUse(t *testing.T) {
	monthly := dated("2023-01-31", "-30000", "2023-02-28", "10500", "2023-03-31", "10500", "2023-04-30", "10500", "2023-05-12", "100")
	in := func(base loan.Period) string {
		cost, err := loan.FullCost(monthly, base)
		if err != nil {
			t.Fatal(err)
		}
		return cost.String()
	}
	chosen, err := loan.BasePeriod(monthly)
	if err != nil {
		t.Fatal(err)
	}
	step := loan.Period{Days: 28}
	for name, test := range map[string]struct {
		printed string
		step    loan.Period
		base    loan.Period
		fits    bool
	}{
		"the one that is chosen":         {in(chosen), step, chosen, true},
		"thirty days":                    {in(loan.Period{Days: 30}), step, loan.Period{Days: 30}, true},
		"a month":                        {in(loan.Period{Months: 1}), step, loan.Period{Months: 1}, true},
		"the step of the schedule":       {in(step), step, step, true},
		"the step, which is not known":   {in(step), loan.Period{}, chosen, false},
		"a thousandth is no base period": {of(in(chosen)).Plus(of("0.001")).String(), step, chosen, false},
	} {
		fit, err := loan.FitFullCost(monthly, of(test.printed), test.step)
		if err != nil || fit.Base != test.base || fit.Fits != test.fits {
			t.Errorf("%s: got %+v, %v", name, fit, err)
		}
		if want := in(fit.Base); fit.Percent.String() != want {
			t.Errorf("%s: the full cost is %s, want %s", name, fit.Percent, want)
		}
	}
}

func BenchmarkFullCostNear(b *testing.B) {
	sums := []string{"-100000"}
	for range 36 {
		sums = append(sums, "3400")
	}
	flows := every(30, sums...)
	want, err := loan.FullCost(flows, loan.Period{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("searched for", func(b *testing.B) {
		for b.Loop() {
			_, _ = loan.FullCost(flows, loan.Period{})
		}
	})
	b.Run("near what is printed", func(b *testing.B) {
		for b.Loop() {
			_, _ = loan.FullCostNear(flows, loan.Period{}, want)
		}
	})
}
