package loan

import (
	"fmt"

	"tieout/calc"
)

// payments are the payments of all installments but the last, without fees.
func (p *plan) payments() ([]calc.Amount, error) {
	n := len(p.spans) - 1
	if p.Repayment == ByPayments && len(p.Payments) == n {
		if n > 1 && p.Residue == ResidueFirst {
			return nil, fmt.Errorf("%w: all payments are given, and %s", ErrTerms, p.Residue)
		}
		if n != 1 {
			return p.Payments, nil
		}
	}
	payments := make([]calc.Amount, n)
	if n == 0 {
		return payments, nil
	}
	a := p.equal()
	for k := range payments {
		payments[k] = a
	}
	if p.Residue == ResidueFirst {
		fine := calc.Rounding{Mode: calc.Floor, Scale: max(p.Rounding.Interest.Scale, p.Rounding.Payment.Scale)}
		payments[0] = leastGap(a.Round(fine), fine, func(first calc.Amount) calc.Amount { return p.gap(first, a) })
	}
	return payments, nil
}

// equal is the payment of an annuity, or the one that is given.
func (p *plan) equal() calc.Amount {
	if p.Repayment == ByPayments {
		return p.Payments[0]
	}
	num, den := p.formula()
	if p.search() == ByFormula {
		return over(num, den, p.Rounding.Payment)
	}
	grid := calc.Rounding{Mode: calc.Floor, Scale: p.Rounding.Payment.Scale}
	return leastGap(over(num, den, grid), grid, func(a calc.Amount) calc.Amount { return p.gap(a, a) })
}

// search is how the payment is found.
func (p *plan) search() Search {
	switch {
	case p.Search != BestSearch:
		return p.Search
	case p.OnLoan || p.isEven():
		return ByFormula
	}
	return ByTrial
}

// isEven tells whether all installments charge the same part of the balance.
func (p *plan) isEven() bool {
	first := &p.spans[0]
	for k := range p.spans {
		s := &p.spans[k]
		if !s.percent.Times(int64(s.units) * int64(first.basis)).Equal(first.percent.Times(int64(first.units) * int64(s.basis))) {
			return false
		}
	}
	return true
}

// formula is the payment that repays the loan exactly if nothing is rounded, as a
// fraction: the closed form where all installments charge the same part of the
// balance, row by row otherwise.
func (p *plan) formula() (num, den calc.Amount) {
	if !p.OnLoan && p.isEven() {
		a, b := p.spans[0].growth()
		return equalPayment(p.loan, a, b, len(p.spans))
	}
	return p.foldedFormula()
}

// foldedFormula follows what is owed after each row as (x - y A) / d, with A the
// payment: 0 is owed after the last when A is x/y.
func (p *plan) foldedFormula() (x, y calc.Amount) {
	x, d := p.loan, one
	for k := range p.spans {
		a, b := p.spans[k].growth()
		if p.OnLoan {
			x, y = x.Product(b).Plus(p.loan.Product(a).Product(d)), y.Product(b)
		} else {
			x, y = x.Product(a.Plus(b)), y.Product(a.Plus(b))
		}
		d = d.Product(b)
		y = y.Plus(d)
	}
	return x, y
}

// growth is the part of the balance that a span charges, as a fraction.
func (s *span) growth() (num, den calc.Amount) {
	return s.percent.Times(int64(s.units)), calc.AmountOf(100 * int64(s.basis))
}

// gap is by how much the last installment differs from an annuity's payment, with
// all roundings of interest, when the first pays another sum. It falls by at least
// as much as either sum rises, because rounding never turns a higher interest into
// a lower one.
func (p *plan) gap(first, a calc.Amount) calc.Amount {
	balance, pays := p.loan, first
	for k := range p.spans {
		balance = balance.Plus(p.interest(k, balance)).Minus(pays)
		pays = a
	}
	return balance
}

// leastGap finds, from a start in units of a grid, the sum with the least gap to
// either side; gap falls. Of two it is the lower sum.
func leastGap(start calc.Amount, grid calc.Rounding, gap func(calc.Amount) calc.Amount) calc.Amount {
	unit := grid.Unit()
	// The gap is above 0 at low and not at high.
	low, high := start.Minus(unit), start
	for step := unit; gap(high).Sign() > 0; step = step.Times(2) {
		low, high = high, high.Plus(step)
	}
	for step := unit; gap(low).Sign() <= 0; step = step.Times(2) {
		low, high = low.Minus(step), low
	}
	for high.Minus(low).Cmp(unit) > 0 {
		if m := low.Plus(high).Product(half).Round(grid); gap(m).Sign() > 0 {
			low = m
		} else {
			high = m
		}
	}
	if gap(low).Cmp(gap(high).Neg()) <= 0 {
		return low
	}
	return high
}
