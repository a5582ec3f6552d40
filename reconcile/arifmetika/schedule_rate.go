package arifmetika

import (
	"time"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// rateFit is a way to reckon interest and the rates that give all that was paid.
type rateFit struct {
	by             reckoning
	rounding       calc.Rounding
	low, high, one calc.Amount
}

// reckoning makes of an accrual what accrues at a rate of which the unit is the
// reckoning's own: a stretch, and how often its interest is taken. It is not exact
// when the interest paid is no such multiple.
type reckoning struct {
	of func(*accrual) (s loan.Stretch, times int64, exact bool)
	// units of the rate in a day.
	units int64
}

// The reckonings in use: by the day; by the day, with each day's interest rounded
// to kopecks; by the year, of which a day is a 365th or a 366th.
var reckonings = [...]reckoning{
	{units: 1, of: func(a *accrual) (loan.Stretch, int64, bool) {
		return loan.Stretch{Principal: a.owed, Days: a.to.DaysSince(a.from), Interest: a.paid}, 1, true
	}},
	{units: 1, of: func(a *accrual) (loan.Stretch, int64, bool) {
		days := int64(a.to.DaysSince(a.from))
		each, err := calc.Quotient(a.paid, calc.AmountOf(days), kopecks)
		return loan.Stretch{Principal: a.owed, Days: 1, Interest: each}, days, err == nil && each.Times(days).Equal(a.paid)
	}},
	{units: 366, of: func(a *accrual) (loan.Stretch, int64, bool) {
		return loan.Stretch{Principal: a.owed, Days: yearParts(a.from, a.to), Interest: a.paid}, 1, true
	}},
}

var kopecks = calc.Rounding{Scale: 2}

// yearParts counts the days between two dates in parts of a year: 366 for the day
// of a common year and 365 for that of a leap year.
func yearParts(from, to date.Date) (parts int) {
	for year := from.Year(); year <= to.Year(); year++ {
		begin, end := from, to
		if year > from.Year() {
			begin, _ = date.Of(year, time.January, 1)
		}
		if next, ok := date.Of(year+1, time.January, 1); ok && year < to.Year() {
			end = next
		}
		parts += end.DaysSince(begin) * (366 + 28 - date.DaysIn(year, time.February))
	}
	return parts
}

// rounding of interest: to whole roubles where all that was paid is whole, and to
// kopecks elsewhere.
func rounding(all []accrual) calc.Rounding {
	for i := range all {
		if !all[i].paid.IsWhole() {
			return kopecks
		}
	}
	return calc.Rounding{}
}

// oneRate finds a reckoning and a rounding in which one rate gives all interest
// paid.
func oneRate(all []accrual) (rateFit, bool) {
	to := rounding(all)
	stretches := make([]loan.Stretch, len(all))
	for _, by := range reckonings {
		exact := true
		for i := range all {
			s, _, is := by.of(&all[i])
			stretches[i], exact = s, exact && is
		}
		if !exact {
			continue
		}
		for _, mode := range []calc.Mode{calc.HalfUp, calc.Down, calc.Up} {
			fit := rateFit{by: by, rounding: calc.Rounding{Mode: mode, Scale: to.Scale}}
			var ok bool
			if fit.low, fit.high, fit.one, ok = loan.InferDailyRate(stretches, fit.rounding); ok {
				return fit, true
			}
		}
	}
	return rateFit{}, false
}

// daily is the rate in percent a day.
func (f *rateFit) daily() calc.Amount { return f.one.Times(f.by.units) }

// interest of an accrual at a rate.
func (f *rateFit) interest(a *accrual, rate calc.Amount) calc.Amount {
	s, times, _ := f.by.of(a)
	return loan.Interest(s.Principal, rate, s.Days, loan.PerUnit, f.rounding).Times(times)
}
