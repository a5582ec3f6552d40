package loan

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
)

// span is the time of an installment and what it charges: percent for units of
// basis.
type span struct {
	from, due date.Date
	days      int // that earn interest
	percent   calc.Amount
	units     int
	basis     Basis
}

// spans are the installments in time. It errs with ErrTerms and the errors of
// DueDates.
func (t *Terms) spans() ([]span, error) {
	dates := t.Due
	if dates == nil {
		var err error
		if dates, err = DueDates(t.Issue, t.Installments, t.Step); err != nil {
			return nil, err
		}
	}
	if len(dates) != t.Installments {
		return nil, fmt.Errorf("%w: %d due dates of %d installments", ErrTerms, len(dates), t.Installments)
	}
	free := dates[len(dates)-1].DaysSince(t.Issue) <= t.GraceDays
	spans, from := make([]span, len(dates)), t.Issue
	for k, due := range dates {
		if due.IsZero() || due.Before(from) {
			return nil, fmt.Errorf("%w: due date %d, %s, is before %s", ErrTerms, k+1, due, from)
		}
		s := span{from: from, due: due, percent: t.percentOf(k), basis: PerUnit}
		first, length := t.earning(from, due)
		if s.days = max(0, due.DaysSince(t.Issue)-first+1); free {
			s.days = 0
		}
		if s.days > 0 {
			s.units, s.basis = t.RateFor.units(t.Issue.AddDays(first), due, s.days, length, t.Step.Every)
		} else if t.RateFor == PerInstallment && length == 0 && !free {
			s.units = 1 // an installment without a day, by dates that fall together
		}
		spans[k], from = s, due
	}
	return spans, nil
}

// percentOf is the rate of the k-th installment, from 0.
func (t *Terms) percentOf(k int) calc.Amount {
	for _, p := range t.RatePeriods {
		if k < p.Installments {
			return p.Percent
		}
		k -= p.Installments
	}
	return t.Percent
}

// earning is the first day of an installment that earns interest, counted from the
// issue, and the days that would earn interest if none were free.
func (t *Terms) earning(from, due date.Date) (first, length int) {
	skipped := 1
	if t.BothEnds {
		skipped = 0
	}
	first = from.DaysSince(t.Issue) + skipped
	length = due.DaysSince(from) + 1 - skipped
	return max(first, skipped+t.FreeDays), length
}

// units is the time of an installment in the unit of the rate, as units/basis: of
// the days from first to due, of which there are so many, and length with those
// that are free. A step has so many days, or months where the rate is for months.
func (r RateFor) units(first, due date.Date, days, length, step int) (units int, basis Basis) {
	switch r {
	case PerInstallment:
		if days == length {
			return 1, 1
		}
		return days, Basis(length)
	case PerStep:
		return days, Basis(step)
	case PerMonthOf12:
		if days == length {
			return step, Year12
		}
		return step * days, Year12 * Basis(length)
	case PerYear360:
		return days, Year360
	case PerYear365:
		return days, Year365
	case PerYear366:
		return days, Year366
	case PerYearActual:
		// The day due counts and is left out by calendarDays; the day after it need
		// not be a date.
		common, leap := calendarDays(first, due)
		if isLeap(due) {
			leap++
		} else {
			common++
		}
		return int(366*common + 365*leap), 365 * 366
	}
	return days, PerUnit
}
