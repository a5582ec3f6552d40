package properties

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/leanovate/gopter"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// residue bounds what roundings of a kopeck make of the last payment: each row is
// off by two units at most, and later rows charge interest on it.
func residue(s loan.Schedule, t loan.Terms) calc.Amount {
	unit, bound := calc.MustAmount("0.02"), calc.Amount{}
	wide := calc.Rounding{Mode: calc.Up, Scale: 6}
	for i := range s.Rows {
		grown := calc.Amount{}
		if !t.OnLoan {
			grown = loan.Interest(bound, t.Percent, units(t, &s.Rows[i]), 1, wide)
		}
		bound = bound.Plus(grown).Plus(unit)
	}
	return bound
}

// units is no less than the time of a row in the unit of a rate.
func units(t loan.Terms, r *loan.Row) int {
	switch t.RateFor {
	case loan.PerDay:
		return r.Due.DaysSince(r.From) + 1
	case loan.PerStep:
		return 2
	}
	return 1 // no row is longer than an installment or a year
}

func TestAnnuities(t *testing.T) {
	var seen plans
	properties := gopter.NewProperties(parameters())
	properties.Property("payments are equal but the last, which takes the residue of the roundings", forLoans(func(c loanCase) string {
		c.repayment = loan.ByAnnuity
		terms := c.terms()
		terms.Residue = loan.ResidueLast
		s, ok := seen.of(terms)
		for i := range s.Rows {
			gap := s.Rows[i].Payment.Minus(s.Rows[0].Payment).Abs()
			if last := i == len(s.Rows)-1; ok && (!last && gap.Sign() != 0 || last && gap.Cmp(residue(s, terms)) > 0) {
				return fmt.Sprintf("row %d pays %s, the first %s", i+1, s.Rows[i].Payment, s.Rows[0].Payment)
			}
		}
		return ""
	}))
	properties.Property("a formula gives what the rows give as fractions, to the last digit", forLoans(func(c loanCase) string {
		c.repayment = loan.ByAnnuity
		terms := c.terms()
		terms.Search, terms.Residue = loan.ByFormula, loan.ResidueLast
		s, ok := seen.of(terms)
		if !ok || c.installments == 1 {
			return ""
		}
		lo, hi := terms.Rounding.Payment.Preimage(s.Rows[0].Payment)
		if exact := folded(s, terms); exact.Cmp(rational(lo)) < 0 || exact.Cmp(rational(hi)) > 0 {
			return fmt.Sprintf("payment %s, by rows %s", s.Rows[0].Payment, exact.FloatString(9))
		}
		return ""
	}))
	properties.Property("no payment a kopeck away has a last one that differs less than that of a trial", forLoans(func(c loanCase) string {
		c.repayment = loan.ByAnnuity
		terms := c.terms()
		terms.Search, terms.Residue = loan.ByTrial, loan.ResidueLast
		s, ok := seen.of(terms)
		if !ok || c.installments == 1 {
			return ""
		}
		for _, off := range []string{"-0.01", "0.01"} {
			other := terms
			other.Repayment, other.Payments = loan.ByPayments, []calc.Amount{s.Rows[0].Payment.Plus(calc.MustAmount(off))}
			if o, ok := seen.of(other); ok && lastGap(o).Cmp(lastGap(s)) < 0 {
				return fmt.Sprintf("%s leaves %s, %s leaves %s", s.Rows[0].Payment, lastGap(s), o.Rows[0].Payment, lastGap(o))
			}
		}
		return ""
	}))
	properties.TestingRun(t)
	seen.enough(t)
}

func lastGap(s loan.Schedule) calc.Amount {
	return s.Rows[len(s.Rows)-1].Payment.Minus(s.Rows[0].Payment).Abs()
}

// folded is the payment of an annuity by another route than the package's: with
// fractions, as the loan divided by what 1 with each row is worth at the issue.
func folded(s loan.Schedule, t loan.Terms) *big.Rat {
	worth, factor, owed := new(big.Rat), big.NewRat(1, 1), rational(s.Loan)
	for i := range s.Rows {
		f := growth(t, &s.Rows[i])
		if t.OnLoan {
			owed.Add(owed, f.Mul(f, rational(s.Loan)))
			worth.Add(worth, factor)
			continue
		}
		factor = new(big.Rat).Quo(factor, f.Add(f, big.NewRat(1, 1)))
		worth.Add(worth, factor)
	}
	return owed.Quo(owed, worth)
}

// growth is the part of the balance that a row charges, counted day by day.
func growth(t loan.Terms, r *loan.Row) *big.Rat {
	f := new(big.Rat)
	length := int64(r.Due.DaysSince(r.From))
	if t.BothEnds {
		length++
	}
	for back := range r.Days {
		day := big.NewRat(1, 1)
		switch t.RateFor {
		case loan.PerInstallment:
			day.SetFrac64(1, length)
		case loan.PerStep:
			day.SetFrac64(1, int64(t.Step.Every))
		case loan.PerMonthOf12:
			day.SetFrac64(int64(t.Step.Every), 12*length)
		case loan.PerYear360:
			day.SetFrac64(1, 360)
		case loan.PerYear365:
			day.SetFrac64(1, 365)
		case loan.PerYear366:
			day.SetFrac64(1, 366)
		case loan.PerYearActual:
			day.SetFrac64(1, int64(337+date.DaysIn(r.Due.AddDays(-back).Year(), time.February)))
		}
		f.Add(f, day)
	}
	return f.Mul(f, rational(t.Percent)).Quo(f, big.NewRat(100, 1))
}

func rational(a calc.Amount) *big.Rat {
	r, ok := new(big.Rat).SetString(a.String())
	if !ok {
		panic(a.String())
	}
	return r
}
