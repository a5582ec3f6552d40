package brainysoft

import (
	"strconv"

	"tieout/calc"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// reading of a rate: what it is for.
type reading struct {
	words string
	of    func(i *installment) (units int, basis loan.Basis)
}

// readings of a rate. The last charges the rate of a tranche for its days.
var readings = [...]reading{
	{"a day", func(i *installment) (int, loan.Basis) { return i.days, loan.PerUnit }},
	{"an installment", func(*installment) (int, loan.Basis) { return 1, loan.PerUnit }},
	{"a year of 365 days", func(i *installment) (int, loan.Basis) { return i.days, loan.Year365 }},
	{"each trancheDuration", func(i *installment) (int, loan.Basis) { return i.days, loan.Basis(max(1, i.every)) }},
}

// interest of an installment on a principal.
func (r *reading) interest(i *installment, principal calc.Amount, to calc.Rounding) calc.Amount {
	units, basis := r.of(i)
	return loan.Interest(principal, i.rate, units, basis, to)
}

// The roundings of interest, and the places that tell them from each other.
var (
	toUnits      = calc.Rounding{Scale: 0}
	toHundredths = calc.Rounding{Scale: 2}
	exactly      = calc.Rounding{Scale: 12}
	halfUnit     = calc.MustAmount("0.5")
	halfCent     = calc.MustAmount("0.005")
)

// agrees tells whether the interest printed is that of the reading in whole units,
// and in hundredths: off by half of one at most, however halves are rounded.
func (r *reading) agrees(i *installment) (units, hundredths bool) {
	for _, principal := range [...]calc.Amount{i.principal, i.other} {
		off := i.interest.Minus(r.interest(i, principal, exactly)).Abs()
		units = units || i.interest.IsWhole() && off.Cmp(halfUnit) <= 0
		hundredths = hundredths || off.Cmp(halfCent) <= 0
		if i.principal.Equal(i.other) {
			break
		}
	}
	return units, hundredths
}

// found is the reading of the rate that gives the most of a schedule's interest.
type found struct {
	reading  *reading
	rounding calc.Rounding
	// off counts the installments whose interest the reading does not give.
	off int
	// proved is true when no other reading gives as many of them, and that is half
	// of all at least.
	proved bool
}

// read a schedule's interest.
func read(all []installment) found {
	for n := range readings {
		for _, to := range [...]calc.Rounding{toHundredths, toUnits} {
			if f := (found{reading: &readings[n], rounding: to}); f.givesAll(all) {
				return f
			}
		}
	}
	best := found{off: len(all)}
	for n := range readings {
		f := closest(&readings[n], all)
		switch {
		case f.off < best.off:
			f.proved = 2*f.off <= len(all)
			best = f
		case f.off == best.off && best.proved:
			best.proved = best.same(&f, all)
		}
	}
	return best
}

func (f *found) givesAll(all []installment) bool {
	for i := range all {
		if !f.gives(&all[i]) {
			return false
		}
	}
	return true
}

// gives tells whether the reading gives the interest of an installment.
func (f *found) gives(i *installment) bool {
	units, hundredths := f.reading.agrees(i)
	if f.rounding == toUnits {
		return units
	}
	return hundredths
}

// closest is a reading with the rounding that gives more of the interest, or that
// all the interest has that is printed. Interest of zero proves nothing.
func closest(r *reading, all []installment) found {
	inUnits, inHundredths, wholes := 0, 0, 0
	for i := range all {
		if all[i].interest.IsWhole() {
			wholes++
		}
		if all[i].interest.Sign() == 0 {
			continue
		}
		units, hundredths := r.agrees(&all[i])
		if units {
			inUnits++
		}
		if hundredths {
			inHundredths++
		}
	}
	if inUnits > inHundredths || inUnits == inHundredths && wholes == len(all) {
		return found{reading: r, rounding: toUnits, off: len(all) - inUnits}
	}
	return found{reading: r, rounding: toHundredths, off: len(all) - inHundredths}
}

// same tells whether two readings have the same interest of all installments.
func (f *found) same(g *found, all []installment) bool {
	for i := range all {
		one := &all[i]
		if !f.reading.interest(one, one.principal, f.rounding).Equal(g.reading.interest(one, one.principal, g.rounding)) {
			return false
		}
	}
	return true
}

// accuse the installments whose interest the reading does not give.
func (f *found) accuse(c *schema.Case, rows []schema.Case, all []installment) {
	for n := range all {
		i := &all[n]
		if f.gives(i) {
			continue
		}
		if day := f.begin(c, rows, i); day != "" {
			rows[i.row].Broken("issueDate", day, "the interest is that of the days from "+day+
				", by the reading by which the other interest follows from the rate")
			continue
		}
		rows[i.row].Off("interest", f.reading.interest(i, i.principal, f.rounding),
			i.rate.String()+" % "+f.reading.words+" on "+i.principal.String()+" for "+strconv.Itoa(i.days)+
				" days, the reading by which the other interest follows from the rate")
	}
}

// begin is the day of issue from which the first installment has the interest
// printed, when it begins on another; "" when there is none.
func (f *found) begin(c *schema.Case, rows []schema.Case, i *installment) string {
	if i.row > 0 {
		return ""
	}
	begun := rows[0].Date("issueDate")
	for _, path := range [...]string{"issueDate", issuePlan} {
		issue := c.Value(path).Date
		if issue.IsZero() || issue == begun {
			continue
		}
		longer := *i
		longer.days += begun.DaysSince(issue)
		if f.gives(&longer) {
			return issue.String()
		}
	}
	return ""
}

// follows is the rate a day from which the interest of a schedule follows, when it
// is a plain one; "" when there is none.
func follows(all []installment) string {
	const fewest, decimals = 2, 2 // installments that prove a rate, and places of a plain one
	if len(all) < fewest {
		return ""
	}
	stretches := make([]loan.Stretch, len(all))
	for i := range all {
		stretches[i] = loan.Stretch{Principal: all[i].principal, Days: all[i].days, Interest: all[i].interest}
	}
	for _, to := range [...]calc.Rounding{toHundredths, toUnits} {
		if _, _, rate, ok := loan.InferDailyRate(stretches, to); ok && rate.Sign() > 0 && rate.Scale() <= decimals {
			return rate.String()
		}
	}
	return ""
}
