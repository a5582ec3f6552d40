package loan

import (
	"fmt"

	"tieout/calc"
)

// The daily rates between which EffectiveRate looks: from a loss of all but 10^-8
// percent a year to a gain of 10^21 percent.
var (
	lowestDaily  = calc.MustAmount("-0.064")
	highestDaily = calc.MustAmount("0.128")
)

// MaxRateScale is the most decimals that EffectiveRate states.
const MaxRateScale = 20

// EffectiveRate is the investor's yearly rate in percent (XIRR): the R that makes
// the flows, discounted over their actual days, add up to 0,
//
//	sum of F / (1 + R)^(days/365) = 0
//
// rounded by a policy of at most MaxRateScale decimals; a rate within 10^-24 of a
// number that the policy turns at counts as that number. A loss is a negative
// rate. It panics on a policy of more decimals, and errs with
//   - ErrFlows when a flow has no date or all have the same,
//   - ErrNoRate when no rate fits, as when money goes one way only,
//   - ErrSeveralRates when the flows change their direction more than once and
//     more than one rate fits,
//   - ErrUnsettled, only for flows of that kind too.
func EffectiveRate(flows []Flow, r calc.Rounding) (percent calc.Amount, err error) {
	if r.Scale > MaxRateScale {
		panic(fmt.Sprintf("loan: a rate to %d decimals", r.Scale))
	}
	// The unknown is the rate of a day, so that all powers are whole.
	e, err := equationOf(flows, Period{Days: 1})
	if err != nil {
		return percent, err
	}
	// A root found to narrow decimals is settled first, so that a rate of exactly
	// 0.5 is rounded as 0.5, whatever the mode.
	settle := calc.Rounding{Mode: calc.HalfEven, Scale: MaxRateScale + 4}
	stated := func(i calc.Amount) calc.Amount {
		return power(one.Plus(i), 365).Minus(one).Product(hundred).Round(settle).Round(r)
	}
	switch e.turns() {
	case 0:
		return percent, fmt.Errorf("%w: money goes one way only", ErrNoRate)
	case 1:
		earned, lentFirst := e.sum()
		from, to := calc.Amount{}, calc.MustAmount("0.001")
		if earned.Sign() == 0 {
			return stated(earned), nil
		}
		if earned.Sign() > 0 != lentFirst {
			to = to.Neg()
		}
		for to.Cmp(lowestDaily) >= 0 && to.Cmp(highestDaily) <= 0 {
			if _, sign := e.at(to); sign != earned.Sign() {
				if to.Cmp(from) < 0 {
					from, to = to, from
				}
				return e.narrowed(from, to, stated), nil
			}
			from, to = to, to.Times(2)
		}
		return percent, fmt.Errorf("%w: it is outside %s to %s a day", ErrNoRate, lowestDaily, highestDaily)
	}
	s := search{equation: e, stating: stated}
	i, to, found, err := s.least(lowestDaily, highestDaily)
	if err == nil && !found {
		err = fmt.Errorf("%w between %s and %s a day", ErrNoRate, lowestDaily, highestDaily)
	}
	if err != nil {
		return percent, err
	}
	other, _, several, err := s.least(to, highestDaily)
	if err == nil && several {
		err = fmt.Errorf("%w: %s %% and %s %%", ErrSeveralRates, stated(i), stated(other))
	}
	if err != nil {
		return percent, err
	}
	return stated(i), nil
}
