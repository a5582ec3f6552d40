package arifmetika

import (
	"tieout/calc"
	"tieout/calc/loan"
)

// isPlain tells of most accruals of one rate that they are: that a rate of a few
// decimals gives all interest paid, by some reckoning, and that no rate of that one or
// of those tried before it is as high as highestDaily. It multiplies only, and says
// nothing where it is false.
func isPlain(all []accrual) bool {
	scale := rounding(all).Scale
	for i := range reckonings {
		by := &reckonings[i]
		if !by.isExact(all) {
			continue
		}
		for _, mode := range [...]calc.Mode{calc.HalfUp, calc.Down, calc.Up} {
			fit := rateFit{by: *by, rounding: calc.Rounding{Mode: mode, Scale: scale}}
			if !fit.isBelow(all, highestDaily) {
				return false
			}
			if fit.isPlain(all) {
				return true
			}
		}
	}
	return false
}

// isExact tells whether all interest paid can be by the reckoning.
func (r *reckoning) isExact(all []accrual) bool {
	for i := range all {
		if _, _, exact := r.of(&all[i]); !exact {
			return false
		}
	}
	return true
}

// isBelow tells whether a rate a day is higher than all that give what was paid: it
// gives more for one of the accruals, and interest never falls as the rate grows.
func (f *rateFit) isBelow(all []accrual, daily calc.Amount) bool {
	if f.by.units != 1 {
		return false
	}
	for i := range all {
		if f.interest(&all[i], daily).Cmp(all[i].paid) > 0 {
			return true
		}
	}
	return false
}

// isPlain tells whether a rate of a few decimals, near that of the first accrual, gives
// all interest paid.
func (f *rateFit) isPlain(all []accrual) bool {
	const most = 4 // decimals of a rate in use
	s, _, _ := f.by.of(&all[0])
	for scale := range int32(most + 1) {
		rate, err := calc.Quotient(s.Interest.Times(100), s.Principal.Times(int64(s.Days)), calc.Rounding{Scale: scale})
		if err != nil {
			return false
		}
		if f.gives(all, rate) {
			return true
		}
	}
	return false
}

// gives tells whether a rate gives all interest paid.
func (f *rateFit) gives(all []accrual, rate calc.Amount) bool {
	for i := range all {
		s, _, _ := f.by.of(&all[i])
		if !loan.Interest(s.Principal, rate, s.Days, loan.PerUnit, f.rounding).Equal(s.Interest) {
			return false
		}
	}
	return true
}
