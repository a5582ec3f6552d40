package loan

import (
	"fmt"

	"tieout/calc"
)

// FullCost is the full cost of a consumer credit (полная стоимость кредита, ПСК)
// in percent a year, to three decimals half up, by article 6 of the Russian law
// 353-FZ as amended by 229-FZ of 2014:
//
//	sum of DP / ((1 + e i) (1 + i)^q) = 0,   full cost = i * N * 100
//
// over the flows DP, q whole base periods and the fraction e of one after the
// first flow; i is the least positive root, N the number of base periods in a year
// of 365 days: 365/30 for 30 days, 12 for a month. Flows of one day count as
// their sum. The zero base is chosen by BasePeriod. Days that are left over after
// whole months count as a fraction of the month they lie in; the law does not say.
//
// A credit that costs nothing is 0.000. FullCost errs with
//   - ErrFlows when a flow has no date or all have the same,
//   - ErrPeriod when the base given is no standard interval,
//   - ErrNoRate when less is paid back than lent, when money goes one way only,
//     and for more than a hundred million percent a base period,
//   - ErrUnsettled, only when the flows change their direction more than once.
func FullCost(flows []Flow, base Period) (percent calc.Amount, err error) {
	if base == (Period{}) {
		if base, err = BasePeriod(flows); err != nil {
			return percent, err
		}
	}
	if err = base.check(); err != nil {
		return percent, err
	}
	e, err := equationOf(flows, base)
	if err != nil {
		return percent, err
	}
	num, den := base.yearly()
	num = num.Product(hundred)
	// The print of a root is its full cost; it is what the search must prove.
	stated := func(i calc.Amount) calc.Amount {
		return over(i.Product(num), den, costRounding)
	}
	if e.turns() > 1 {
		s := search{equation: e, stating: stated}
		i, _, found, err := s.least(calc.Rounding{Scale: 12}.Unit(), highest)
		if err == nil && !found {
			err = fmt.Errorf("%w: none is positive", ErrNoRate)
		}
		if err != nil {
			return percent, err
		}
		return stated(i), nil
	}
	earned, lentFirst := e.sum()
	switch {
	case e.turns() == 0:
		return percent, fmt.Errorf("%w: money goes one way only", ErrNoRate)
	case earned.Sign() == 0:
		return stated(earned), nil
	case earned.Sign() > 0 != lentFirst:
		return percent, fmt.Errorf("%w: less is paid back than lent", ErrNoRate)
	}
	low := calc.Amount{}
	for high := one; high.Cmp(highest) <= 0; low, high = high, high.Times(10) {
		if _, sign := e.at(high); sign != earned.Sign() {
			return e.narrowed(low, high, stated), nil
		}
	}
	return percent, fmt.Errorf("%w: it is above %s a base period", ErrNoRate, highest)
}

// costRounding is that of the law.
var costRounding = calc.Rounding{Mode: calc.HalfUp, Scale: 3}

// highest is the largest rate of a base period that FullCost looks for.
var highest = calc.AmountOf(1_000_000)
