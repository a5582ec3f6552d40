package loan_test

import (
	"math/rand/v2"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// What shares prove of a printed full cost is what the search finds.
func TestAPrintedFullCostFitsWhereTheSearchFindsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 60 {
		day := date.MustParse("2023-01-31").AddDays(random.IntN(60))
		flows := []loan.Flow{{Date: day, Amount: calc.MustAmount("-100000.50")}}
		payments := 1 + random.IntN(24)
		for n := range payments {
			next := day.AddMonths(n+1, day.Day())
			if random.IntN(6) == 0 {
				next = next.AddDays(random.IntN(5))
			}
			flows = append(flows, loan.Flow{Date: next, Amount: calc.AmountOf(int64(100_000/payments) + random.Int64N(9000))})
		}
		base, err := loan.BasePeriod(flows)
		if err != nil {
			t.Fatal(err)
		}
		cost, err := loan.FullCost(flows, base)
		if err != nil {
			continue
		}
		for _, off := range []string{"0", "0.001", "-0.001", "0.0005"} {
			printed := cost.Plus(calc.MustAmount(off))
			fit, err := loan.FitFullCost(flows, printed, loan.Period{})
			if err != nil || fit.Fits && fit.Base == base != (off == "0") {
				t.Errorf("%s + %s: %+v, %v", cost, off, fit, err)
			}
		}
	}
}
