package loan

import "math/bits"

// quarters are the rates that Rate finds, as quarters of a percent, in which a month
// charges 1/4800 each.
const quarters, monthlyQuarters = 4 * maxInferred, 4 * 1200

// HasRoundRate tells whether RateBetween finds a rate. Of a benefit in whole units it
// mostly needs no digits of the payment to tell.
func (p PrintedAnnuity) HasRoundRate(months int) bool {
	for over := months; over >= months-1; over-- {
		has, known := p.hasRoundRate(over)
		if !known {
			_, _, has = p.RateBetween(months)
			return has
		}
		if has {
			return true
		}
	}
	return false
}

// hasRoundRate tells whether Rate finds a rate; known is false when the shares cannot
// tell. The benefit, cut to whole units, is B or more at a rate r a month when
//
//	n P r / (1 - (1+r)^-n) >= B + P, with r = k/4800: 4800 (B+P) (1 - (1+r)^-n) <= n P k
func (p *PrintedAnnuity) hasRoundRate(months int) (has, known bool) {
	if !p.says() || months < 1 || months > MaxMonths {
		return false, true
	}
	principal, small := p.Principal.Int64()
	benefit, too := p.Sum.Int64()
	switch {
	case p.IsPayment || p.Rounding != WholeDown || !small || !too || !p.Principal.IsWhole():
		return false, false
	case !p.Sum.IsWhole():
		return false, true
	case benefit == 0:
		return true, true
	}
	e := roundRates{principal: uint64(principal), months: uint64(months), known: true}
	// The benefit grows with the rate: the first that is large enough fits, or none.
	from, to := 0, quarters+1
	for to-from > 1 {
		if m := (from + to) / 2; e.reaches(m, uint64(benefit)) {
			to = m
		} else {
			from = m
		}
	}
	has = to <= quarters && !e.reaches(to, uint64(benefit)+1)
	return has, e.known
}

// roundRates compares benefits at round rates; known is false once it could not.
type roundRates struct {
	principal, months uint64
	known             bool
}

// reaches tells whether the benefit at k quarters of a percent is a sum or more.
func (e *roundRates) reaches(k int, benefit uint64) bool {
	over, paid := bits.Mul64(e.principal, e.months*uint64(k))
	more, wanted := bits.Mul64(monthlyQuarters, benefit+e.principal)
	if over != 0 || more != 0 {
		e.known = false
		return false
	}
	v := ratio(monthlyQuarters, monthlyQuarters+uint64(k)).power(int(e.months))
	var low, high, earned shares
	low.add(wanted, v.high.rest())
	high.add(wanted, v.low.rest())
	earned.add(paid, whole)
	switch {
	case high.cmp(&earned) <= 0:
		return true
	case low.cmp(&earned) > 0:
		return false
	}
	e.known = false
	return false
}
