package loan

import (
	"errors"
	"fmt"

	"tieout/calc"
)

// MaxMonths bounds the term of an annuity: a hundred years. The exact formula has
// as many digits as months times the digits of the rate.
const MaxMonths = 1200

// The reasons why a loan is no annuity.
var (
	// ErrTerm: the term is not 1 to MaxMonths months.
	ErrTerm = errors.New("a term that is not 1 to 1200 months")
	// ErrRate: the rate is negative.
	ErrRate = errors.New("a negative rate")
)

// Annuity is the equal monthly payment that repays a principal in so many months
// at a yearly rate in percent, of which each month charges a twelfth:
//
//	A = P r / (1 - (1+r)^-n), r = p/1200; P/n when p is 0
//
// It is calculated as a fraction of whole numbers and rounded once. It errs with
// ErrTerm and ErrRate.
func Annuity(principal, yearlyPercent calc.Amount, months int, r calc.Rounding) (calc.Amount, error) {
	num, den, err := payment(principal, yearlyPercent, months)
	if err != nil {
		return calc.Amount{}, err
	}
	return over(num, den, r), nil
}

// AnnuityBenefit is all the interest of an annuity: n times the payment with all its
// digits, less the principal, rounded once. Iranian banks state it in whole rials, as
// WholeDown rounds it (inferred; it gives the printed figures to the last digit: on
// 600000000 over 144 months at 16 % it is 752873056). It errs as Annuity does.
//
//	n A - P
func AnnuityBenefit(principal, yearlyPercent calc.Amount, months int, r calc.Rounding) (calc.Amount, error) {
	num, den, err := payment(principal, yearlyPercent, months)
	if err != nil {
		return calc.Amount{}, err
	}
	return over(num.Times(int64(months)).Minus(principal.Product(den)), den, r), nil
}

// WholeDown cuts to whole units, as the benefit of Iranian loans is.
var WholeDown = calc.Rounding{Mode: calc.Down}

// payment is the payment of an annuity as a fraction.
func payment(principal, yearlyPercent calc.Amount, months int) (num, den calc.Amount, err error) {
	if months < 1 || months > MaxMonths {
		return num, den, fmt.Errorf("%w: %d", ErrTerm, months)
	}
	if yearlyPercent.Sign() < 0 {
		return num, den, fmt.Errorf("%w: %s %%", ErrRate, yearlyPercent)
	}
	num, den = equalPayment(principal, yearlyPercent, calc.AmountOf(1200), months)
	return num, den, nil
}

// equalPayment is the payment that repays a principal in n periods at the rate
// r = a/b of a period, as a fraction:
//
//	A = P a (a+b)^n / (b ((a+b)^n - b^n)), P/n when a is 0
func equalPayment(principal, a, b calc.Amount, n int) (num, den calc.Amount) {
	if a.Sign() == 0 {
		return principal, calc.AmountOf(int64(n))
	}
	grown, plain := power(a.Plus(b), n), power(b, n)
	return principal.Product(a).Product(grown), b.Product(grown.Minus(plain))
}

// power is a to the n-th, exact; n is not negative.
func power(a calc.Amount, n int) calc.Amount {
	p := calc.AmountOf(1)
	for {
		if n&1 == 1 {
			p = p.Product(a)
		}
		if n >>= 1; n == 0 {
			return p
		}
		a = a.Product(a)
	}
}
