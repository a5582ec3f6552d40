package loan

import (
	"sort"

	"tieout/calc"
)

// PrintedAnnuity is what a document prints of an annuity: its payment, or the benefit,
// which is all its interest, as rounded by a policy.
type PrintedAnnuity struct {
	Principal, Sum calc.Amount
	IsPayment      bool // Sum is the payment, otherwise the benefit
	Rounding       calc.Rounding
}

// Rates that are inferred, in percent a year.
const (
	maxInferred = 60    // the highest round one
	maxEnclosed = 1_000 // the highest of an interval
	enclosed    = 1_000 // the parts of a percent that bound an interval
)

// says tells whether the figures can be those of an annuity.
func (p *PrintedAnnuity) says() bool { return p.Principal.Sign() > 0 && p.Sum.Sign() >= 0 }

// at compares the figure at a rate over a term, both in range, with the printed one.
// The figure never falls as the rate grows.
func (p *PrintedAnnuity) at(percent calc.Amount, months int) int {
	figure := AnnuityBenefit
	if p.IsPayment {
		figure = Annuity
	}
	a, err := figure(p.Principal, percent, months, p.Rounding)
	if err != nil {
		panic(err) // the term is checked, the rate is not negative
	}
	return a.Cmp(p.Sum)
}

// Rate finds the yearly rate in percent at which the figure is the printed one, to the
// last digit, among the whole percents up to 60, then the halves, then the quarters:
// of several on a small principal the simplest, of those the lowest. It is not ok when
// none of them fits, or the term is none.
func (p PrintedAnnuity) Rate(months int) (yearlyPercent calc.Amount, ok bool) {
	if !p.says() || months < 1 || months > MaxMonths {
		return calc.Amount{}, false
	}
	for decimals, parts := range []int64{1, 2, 4} { // of a percent
		rate := func(k int) calc.Amount { return partsOf(k, parts, int32(decimals)) }
		steps := maxInferred * int(parts)
		k := sort.Search(steps+1, func(k int) bool { return p.at(rate(k), months) >= 0 })
		if k <= steps && p.at(rate(k), months) == 0 {
			return rate(k), true
		}
	}
	return calc.Amount{}, false
}

// RateBetween is Rate over the months that lie between the issue of a loan and its
// end, or one less: the first payment can fall due after two months. over is the term
// that fits.
func (p PrintedAnnuity) RateBetween(months int) (yearlyPercent calc.Amount, over int, ok bool) {
	for over = months; over >= months-1; over-- {
		if yearlyPercent, ok = p.Rate(over); ok {
			return yearlyPercent, over, true
		}
	}
	return calc.Amount{}, 0, false
}

// Rates encloses the yearly rates in percent, round or not, at which the figure is the
// printed one: all of them lie from lo to hi, which have three decimals and lie outside
// by less than 0.001. It is not ok when none does: below 0 %, above 1000 %, between two
// figures of a coarse rounding, or when the term is none.
func (p PrintedAnnuity) Rates(months int) (lo, hi calc.Amount, ok bool) {
	if !p.says() || months < 1 || months > MaxMonths {
		return lo, hi, false
	}
	rate := func(k int) calc.Amount { return partsOf(k, enclosed, 3) }
	steps := maxEnclosed * enclosed
	from := sort.Search(steps+1, func(k int) bool { return p.at(rate(k), months) >= 0 })
	to := sort.Search(steps+1, func(k int) bool { return p.at(rate(k), months) > 0 })
	switch {
	case from > steps || to == 0:
		return lo, hi, false
	case from == to && !p.between(rate(from-1), rate(to), months):
		return lo, hi, false
	}
	return rate(max(0, from-1)), rate(min(to, steps)), true
}

// between tells whether a rate between two, the figure below the printed one at lo and
// above it at hi, gives it. It halves the interval until it is narrower than any
// printed figure tells apart.
func (p *PrintedAnnuity) between(lo, hi calc.Amount, months int) bool {
	unit := calc.Rounding{Scale: rateScale}.Unit()
	for hi.Minus(lo).Cmp(unit) > 0 {
		m := lo.Plus(hi).Product(half).Round(calc.Rounding{Mode: calc.Floor, Scale: rateScale})
		switch p.at(m, months) {
		case 0:
			return true
		case -1:
			lo = m
		default:
			hi = m
		}
	}
	return false
}

// Months finds the terms over which the figure at a rate is the printed one: all from
// fewest to most months, of which a coarse rounding allows several. It is not ok when
// none does, when the rate is negative, and for a benefit without interest, which is 0
// over any term.
func (p PrintedAnnuity) Months(yearlyPercent calc.Amount) (fewest, most int, ok bool) {
	if !p.says() || yearlyPercent.Sign() < 0 || yearlyPercent.Sign() == 0 && !p.IsPayment {
		return 0, 0, false
	}
	// A benefit grows with the term, a payment falls.
	direction := 1
	if p.IsPayment {
		direction = -1
	}
	reached := func(past int) int {
		return 1 + sort.Search(MaxMonths, func(k int) bool { return direction*p.at(yearlyPercent, k+1) >= past })
	}
	fewest, most = reached(0), reached(1)-1
	return fewest, most, fewest <= most
}

// partsOf is k parts of a percent.
func partsOf(k int, parts int64, decimals int32) calc.Amount {
	return over(calc.AmountOf(int64(k)), calc.AmountOf(parts), calc.Rounding{Scale: decimals})
}
