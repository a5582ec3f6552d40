// Package loan holds the arithmetic of loans as pure functions: interest, the
// rate that printed interest reveals, annuities, due dates, the schedule that
// follows from terms and the reading of terms that a printed schedule reveals, the
// full cost of a credit, and the investor's rate.
//
// Sums carry the unit of the loan's currency, rates are percents, days are
// calendar days. Everything is exact until the one rounding that a function
// names. Where an equation can only be solved by approximation, the answer is
// proved: the equation's sum has opposite signs on the two sides of it, and both
// sides round to the answer.
//
// Symbols: P principal, p rate in percent, r rate as a fraction, n number of
// payments, A payment, i rate of one base period.
package loan

import "tieout/calc"

// over is num divided by den where den is known not to be zero.
func over(num, den calc.Amount, r calc.Rounding) calc.Amount {
	q, err := calc.Quotient(num, den, r)
	if err != nil {
		panic(err)
	}
	return q
}
