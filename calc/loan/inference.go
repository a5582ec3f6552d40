package loan

import "tieout/calc"

// Stretch is a time in which the principal owed did not change, with the interest
// that a document prints for it.
type Stretch struct {
	Principal calc.Amount
	Days      int
	Interest  calc.Amount
}

// rateScale is how many decimals the bounds of an inferred rate have. The interval
// of a rate is a unit of the printed interest wide, as a percentage of principal
// and days: with sums of fifteen digits about 10^-14.
const rateScale = 24

// InferDailyRate finds the rates in percent a day that reproduce every printed
// interest after the rounding: lo is the lowest and hi the highest of them to
// rateScale decimals, and simplest one of those with the fewest decimals, of equal
// ones the one in the middle. The printed schedule of Arifmetika, 3136 on 16000
// in 28 days, 479 on 8560 in 8 and 170 on 4039 in 6, in whole roubles, gives 0.7.
//
// It is not ok when no rate reproduces all, and when none of the stretches says
// anything because nothing was owed or no day passed.
func InferDailyRate(stretches []Stretch, r calc.Rounding) (lo, hi, simplest calc.Amount, ok bool) {
	for _, s := range stretches {
		from, to, says := s.rates(r)
		if !says {
			continue
		}
		if !ok || from.Cmp(lo) > 0 {
			lo = from
		}
		if !ok || to.Cmp(hi) < 0 {
			hi = to
		}
		ok = true
	}
	if !ok {
		return lo, hi, simplest, false
	}
	// An end of the interval can round away from what is printed; the next is inside.
	step := calc.Rounding{Scale: rateScale}.Unit()
	if !reproduces(stretches, lo, r) {
		lo = lo.Plus(step)
	}
	if !reproduces(stretches, hi, r) {
		hi = hi.Minus(step)
	}
	if lo.Cmp(hi) > 0 || !reproduces(stretches, lo, r) || !reproduces(stretches, hi, r) {
		return calc.Amount{}, calc.Amount{}, calc.Amount{}, false
	}
	return lo, hi, fewestDecimals(lo, hi), true
}

// rates is the interval of the daily rates that give what is printed, from the
// interval of the numbers that round to it.
func (s Stretch) rates(r calc.Rounding) (lo, hi calc.Amount, says bool) {
	base := s.Principal.Times(int64(s.Days))
	if base.Sign() == 0 {
		return lo, hi, false
	}
	lo, hi = r.Preimage(s.Interest)
	if base.Sign() < 0 {
		lo, hi = hi, lo
	}
	return over(lo.Product(hundred), base, calc.Rounding{Mode: calc.Ceiling, Scale: rateScale}),
		over(hi.Product(hundred), base, calc.Rounding{Mode: calc.Floor, Scale: rateScale}), true
}

// reproduces tells whether a daily rate gives all that is printed.
func reproduces(stretches []Stretch, percent calc.Amount, r calc.Rounding) bool {
	for _, s := range stretches {
		if !Interest(s.Principal, percent, s.Days, PerUnit, r).Equal(s.Interest) {
			return false
		}
	}
	return true
}

// fewestDecimals rounds the middle of an interval ever finer until the result is
// inside: if any number of so many decimals is, the nearest to the middle is.
func fewestDecimals(lo, hi calc.Amount) calc.Amount {
	middle := lo.Plus(hi).Product(half)
	for scale := int32(0); ; scale++ {
		a := middle.Round(calc.Rounding{Mode: calc.HalfEven, Scale: scale})
		if lo.Cmp(a) <= 0 && a.Cmp(hi) <= 0 {
			return a
		}
	}
}

var half = calc.MustAmount("0.5")
