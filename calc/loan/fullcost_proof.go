package loan

import "tieout/calc"

// CostProof is the bracket of a full cost: the rates of a base period at whose full
// costs the rounding turns to it and away from it, and the signs there of the sum of
// the discounted flows, 0 where it is not told from zero. Opposite signs prove that a
// root lies between, and every rate between is stated as the full cost.
type CostProof struct {
	Low, High         calc.Amount // i
	SignLow, SignHigh int
}

// Proved tells whether the signs are opposite.
func (p CostProof) Proved() bool { return p.SignLow*p.SignHigh < 0 }

// ProveFullCost brackets a full cost that FullCost found with a base period. The rates
// have forty decimals and are rounded into the bracket. It errs with ErrFlows and
// ErrPeriod.
func ProveFullCost(flows []Flow, base Period, percent calc.Amount) (CostProof, error) {
	if err := base.check(); err != nil {
		return CostProof{}, err
	}
	e, err := equationOf(flows, base)
	if err != nil {
		return CostProof{}, err
	}
	var p CostProof
	p.Low, p.High = statedAs(base, percent)
	_, p.SignLow = e.at(p.Low)
	_, p.SignHigh = e.at(p.High)
	return p, nil
}

// statedAs are the lowest and the highest rate of a base period that are stated as a
// full cost; at the highest the rounding turns to the next.
func statedAs(base Period, percent calc.Amount) (low, high calc.Amount) {
	num, den := base.yearly()
	lo, hi := costRounding.Preimage(percent)
	low = over(lo.Product(den), num.Product(hundred), calc.Rounding{Mode: calc.Ceiling, Scale: narrow})
	high = over(hi.Product(den), num.Product(hundred), calc.Rounding{Mode: calc.Floor, Scale: narrow})
	return low, high
}
