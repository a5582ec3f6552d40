package arifmetika

import (
	"math/rand/v2"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// Accruals that are plain have one rate, and not one that no loan costs.
func TestPlainAccrualsHaveOneRate(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	plain := 0
	for range 300 {
		rate, _ := calc.Quotient(calc.AmountOf(random.Int64N(600)), calc.AmountOf(100), calc.Rounding{Scale: 2})
		to := calc.Rounding{Mode: []calc.Mode{calc.HalfUp, calc.Down, calc.Up}[random.IntN(3)], Scale: 2 * random.Int32N(2)}
		day := date.MustParse("2023-01-31")
		var all []accrual
		for range 2 + random.IntN(4) {
			a := accrual{owed: calc.AmountOf(1 + random.Int64N(100_000)), from: day, to: day.AddDays(1 + random.IntN(40))}
			a.paid = loan.Interest(a.owed, rate, a.to.DaysSince(a.from), loan.PerUnit, to)
			if random.IntN(20) == 0 {
				a.paid = a.paid.Plus(calc.AmountOf(1))
			}
			all, day = append(all, a), a.to
		}
		if !isPlain(all) {
			continue
		}
		plain++
		if fit, ok := oneRate(all); !ok || fit.daily().Cmp(highestDaily) > 0 {
			t.Errorf("no rate, or %s, gives %+v", fit.daily(), all)
		}
	}
	if plain < 100 {
		t.Errorf("%d of 300 are plain", plain)
	}
}
