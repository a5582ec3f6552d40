package arifmetika

import (
	"tieout/calc"
	"tieout/calc/loan"
)

// rateFit is a way to reckon interest and the rates that give all that was paid.
type rateFit struct {
	by             reckoning
	rounding       calc.Rounding
	low, high, one calc.Amount
}

// reckoning makes of an accrual what accrues at a rate of which the unit is the
// reckoning's own: a stretch, and how often its interest is taken.
type reckoning struct {
	rate loan.RateFor
	// eachDay rounds the interest of each day, and firstDay counts the first day of
	// an accrual instead of the last.
	eachDay, firstDay bool
	// units of the rate in a day.
	units int64
}

// The reckonings in use: by the day; by the day, with each day's interest rounded
// to kopecks; by the year, of which a day is a 365th or a 366th. Years of 360, 365
// and 366 days are as many rates by the day.
var reckonings = [...]reckoning{
	{rate: loan.PerDay, units: 1},
	{rate: loan.PerDay, units: 1, eachDay: true},
	{rate: loan.PerYearActual, units: 366, firstDay: true},
	{rate: loan.PerYearActual, units: 366},
}

// of an accrual; it is not exact when the interest paid is no such multiple.
func (r *reckoning) of(a *accrual) (s loan.Stretch, times int64, exact bool) {
	time := loan.Time{From: a.from, Due: a.to}
	if r.firstDay {
		time.From, time.Due = a.from.AddDays(-1), a.to.AddDays(-1)
	}
	if !r.eachDay {
		units, _, _ := r.rate.Units(time)
		return loan.Stretch{Principal: a.owed, Days: units, Interest: a.paid}, 1, true
	}
	days := int64(time.Days())
	each, err := calc.Quotient(a.paid, calc.AmountOf(days), kopecks)
	return loan.Stretch{Principal: a.owed, Days: 1, Interest: each}, days, err == nil && each.Times(days).Equal(a.paid)
}

var kopecks = calc.Rounding{Scale: 2}

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
