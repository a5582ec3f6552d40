package loan

import (
	"tieout/calc"
	"tieout/calc/date"
)

// Time is the time for which an installment pays interest: the days after From up
// to Due, Due counted.
type Time struct {
	From, Due date.Date
	BothEnds  bool // From earns interest as well
	Step      int  // days that a step of the schedule has; 0 when that is not known
}

// Days that earn interest.
func (t Time) Days() int {
	days := t.Due.DaysSince(t.From)
	if t.BothEnds {
		days++
	}
	return days
}

// months are those that the time is nearest to: due dates are moved off days off.
func (t Time) months() int { return (12*t.Due.DaysSince(t.From) + 182) / 365 }

// Units is a time in the unit of a rate, as units/basis; ok is false for no time,
// and where nothing says how long the unit is.
func (r RateFor) Units(t Time) (units int, basis Basis, ok bool) {
	first, days, step := t.From, t.Days(), t.Step
	if !t.BothEnds {
		first = first.AddDays(1)
	}
	if r == PerMonthOf12 {
		step = t.months()
	}
	if days <= 0 || step <= 0 && (r == PerStep || r == PerMonthOf12) {
		return 0, PerUnit, false
	}
	units, basis = r.units(first, t.Due, days, days, step)
	return units, basis, true
}

// Charged is interest that a document prints for a time.
type Charged struct {
	Time
	// Principal on which it is charged, and Other, the same by other figures of the
	// document.
	Principal, Other  calc.Amount
	Percent, Interest calc.Amount
}

// part of a unit of a rate.
type part struct {
	units int
	basis Basis
}

// parts are what a time can be in the unit of a rate. Of a time from one year to
// another, documents differ in which of its days are of the new year.
func (r RateFor) parts(t Time) (all [4]part, n int) {
	units, basis, ok := r.Units(t)
	if !ok {
		return all, 0
	}
	all[0] = part{units, basis}
	if r != PerYearActual || t.From.Year() == t.Due.Year() {
		return all, 1
	}
	all[1], all[2], n = part{t.Days(), Year365}, part{t.Days(), Year366}, 3
	before := Time{From: t.From.AddDays(-1), Due: t.Due.AddDays(-1), BothEnds: t.BothEnds}
	if units, basis, ok = r.Units(before); ok && !before.From.IsZero() {
		all[n], n = part{units, basis}, n+1
	}
	return all, n
}

// The roundings of interest in use, and what tells them from each other.
var (
	toUnits      = calc.Rounding{Scale: 0}
	toHundredths = calc.Rounding{Scale: 2}
	exactly      = calc.Rounding{Scale: 12}
	halfUnit     = calc.MustAmount("0.5")
	halfCent     = calc.MustAmount("0.005")
)

// given tells whether the interest printed is that of a rate in whole units, and in
// hundredths: off by half of one at most, however halves are rounded.
func (c *Charged) given(r RateFor) (units, hundredths bool) {
	parts, n := r.parts(c.Time)
	for _, principal := range [...]calc.Amount{c.Principal, c.Other} {
		for _, p := range parts[:n] {
			off := c.Interest.Minus(Interest(principal, c.Percent, p.units, p.basis, exactly)).Abs()
			units = units || c.Interest.IsWhole() && off.Cmp(halfUnit) <= 0
			hundredths = hundredths || off.Cmp(halfCent) <= 0
		}
	}
	return units, hundredths
}

// ChargeFit is the reading of a rate that gives the most of a schedule's interest.
type ChargeFit struct {
	For      RateFor
	Rounding calc.Rounding // to whole units or to hundredths
	// Off counts the interest that the reading does not give.
	Off int
	// Proved is true when the reading gives most of the interest, or one of two, and
	// no other reading gives as much.
	Proved bool
}

// FitCharges tries all readings of a rate on the interest of a schedule.
func FitCharges(all []Charged) ChargeFit {
	for r := PerDay; r <= PerYearActual; r++ {
		for _, to := range [...]calc.Rounding{toHundredths, toUnits} {
			if f := (ChargeFit{For: r, Rounding: to, Proved: true}); f.givesAll(all) {
				return f
			}
		}
	}
	best := ChargeFit{For: PerDay, Rounding: toHundredths, Off: len(all)}
	for r := PerDay; r <= PerYearActual; r++ {
		f := closest(r, all)
		switch given := len(all) - f.Off; {
		case f.Off < best.Off:
			f.Proved = 2*given > len(all) || len(all) == 2
			best = f
		case f.Off == best.Off && best.Proved:
			best.Proved = best.same(&f, all)
		}
	}
	return best
}

func (f *ChargeFit) givesAll(all []Charged) bool {
	for i := range all {
		if !f.Gives(&all[i]) {
			return false
		}
	}
	return true
}

// Gives tells whether the reading gives interest that is printed.
func (f *ChargeFit) Gives(c *Charged) bool {
	units, hundredths := c.given(f.For)
	if f.Rounding == toUnits {
		return units
	}
	return hundredths
}

// Interest by the reading.
func (f *ChargeFit) Interest(c *Charged) calc.Amount {
	units, basis, _ := f.For.Units(c.Time)
	return Interest(c.Principal, c.Percent, units, basis, f.Rounding)
}

// closest is a reading with the rounding that gives more of the interest, or that
// all the interest has that is printed. Interest of zero proves nothing.
func closest(r RateFor, all []Charged) ChargeFit {
	inUnits, inHundredths, wholes := 0, 0, 0
	for i := range all {
		if all[i].Interest.IsWhole() {
			wholes++
		}
		if all[i].Interest.Sign() == 0 {
			continue
		}
		units, hundredths := all[i].given(r)
		if units {
			inUnits++
		}
		if hundredths {
			inHundredths++
		}
	}
	if inUnits > inHundredths || inUnits == inHundredths && wholes == len(all) {
		return ChargeFit{For: r, Rounding: toUnits, Off: len(all) - inUnits}
	}
	return ChargeFit{For: r, Rounding: toHundredths, Off: len(all) - inHundredths}
}

// same tells whether two readings have the same interest of all times.
func (f *ChargeFit) same(g *ChargeFit, all []Charged) bool {
	for i := range all {
		if !f.Interest(&all[i]).Equal(g.Interest(&all[i])) {
			return false
		}
	}
	return true
}
