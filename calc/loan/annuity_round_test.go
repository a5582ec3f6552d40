package loan_test

import (
	"math/rand/v2"
	"testing"

	"tieout/calc"
	"tieout/calc/loan"
)

// What shares tell is what the digits tell, of benefits at round rates and beside them.
func TestARoundRateIsFoundWithoutTheDigits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		principal := calc.AmountOf(random.Int64N([]int64{10, 100_000, 1_000_000_000, 1_000_000_000_000}[random.IntN(4)]))
		months := random.IntN(240)
		k := random.Int64N(250)
		rate, _ := calc.Quotient(calc.AmountOf(k), calc.AmountOf(4), calc.Rounding{Scale: 2})
		benefit, err := loan.AnnuityBenefit(principal, rate, max(1, months-random.IntN(2)), loan.WholeDown)
		if err != nil {
			t.Fatal(err)
		}
		benefit = benefit.Plus(calc.AmountOf([]int64{0, 0, 1, -1, 1000}[random.IntN(5)]))
		if random.IntN(20) == 0 {
			benefit = benefit.Plus(calc.MustAmount("0.5"))
		}
		p := loan.PrintedAnnuity{Principal: principal, Sum: benefit, Rounding: loan.WholeDown}
		_, _, want := p.RateBetween(months)
		if got := p.HasRoundRate(months); got != want {
			t.Errorf("%s on %s over %d months: %t, want %t", benefit, principal, months, got, want)
		}
	}
	p := loan.PrintedAnnuity{Principal: calc.AmountOf(600_000_000), Sum: calc.AmountOf(752_873_056), Rounding: loan.WholeDown}
	if n := testing.AllocsPerRun(10, func() { p.HasRoundRate(145) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
