package loan

import (
	"fmt"
	"slices"

	"tieout/calc"
)

// FullCostNear is FullCost, in a fraction of its time where the result is the guess:
// the full cost that a document prints. Only where the flows do not have it is the
// root searched for.
func FullCostNear(flows []Flow, base Period, guess calc.Amount) (percent calc.Amount, err error) {
	if base == (Period{}) {
		if base, err = BasePeriod(flows); err != nil {
			return percent, err
		}
	}
	if base.check() == nil {
		if e, err := equationOf(flows, base); err == nil && e.costs(base, guess) {
			return guess.Round(costRounding), nil
		}
	}
	return FullCost(flows, base)
}

// costs tells whether a full cost is proved to be that of the equation: there is
// one root, and the sum changes its sign between the rates that print as it.
func (e equation) costs(base Period, percent calc.Amount) bool {
	if e.turns() != 1 || !percent.Equal(percent.Round(costRounding)) {
		return false
	}
	a, b := statedAs(base, percent)
	return a.Sign() > 0 && b.Cmp(highest) <= 0 && e.crosses(a, b)
}

// CostFit is what the full cost of flows is, and whether a printed one is theirs.
type CostFit struct {
	// Base is the base period with which the printed one is theirs, else the one that
	// BasePeriod chooses, and Percent the full cost with it.
	Base    Period
	Percent calc.Amount
	Fits    bool
}

// String is how the full cost comes about, in words.
func (f CostFit) String() string {
	return fmt.Sprintf("with a base period of %s the payments cost %s %% a year", f.Base, f.Percent)
}

// FitFullCost compares a printed full cost with that of flows. How the base period
// is chosen is read in several ways: it is the one that BasePeriod chooses, thirty
// days, a month, or the step of the schedule, the zero value when that is not
// known. It errs as FullCost does with the first of them.
func FitFullCost(flows []Flow, printed calc.Amount, step Period) (CostFit, error) {
	base, err := BasePeriod(flows)
	if err != nil {
		return CostFit{}, err
	}
	if areSettled(flows) && costsPlainly(flows, base, printed) {
		return CostFit{base, printed.Round(costRounding), true}, nil
	}
	cost, err := FullCostNear(flows, base, printed)
	if err != nil || cost.Equal(printed) {
		return CostFit{base, cost, err == nil}, err
	}
	tried := []Period{base}
	for _, other := range []Period{{Days: 30}, {Months: 1}, step} {
		if slices.Contains(tried, other) || other.check() != nil {
			continue
		}
		tried = append(tried, other)
		if e, err := equationOf(flows, other); err == nil && e.costs(other, printed) {
			return CostFit{other, printed, true}, nil
		}
	}
	return CostFit{Base: base, Percent: cost}, nil
}
