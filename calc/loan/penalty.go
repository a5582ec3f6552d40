package loan

import (
	"errors"
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/law"
)

// ErrPenaltyTerms means bands out of order or overlapping, a negative rate or sum,
// no word of what the rates are per, or days off without a calendar.
var ErrPenaltyTerms = errors.New("terms of penalty that make no sense")

// PenaltyBand is the rates of some days of a delay: from the First to the Last,
// both counted, the day that closes with the row unpaid, its due date, being day
// 1. Rates are percents of what is overdue, for the Basis of the terms.
type PenaltyBand struct {
	First, Last               int // Last 0: no end
	Principal, Interest, Fees calc.Amount
}

// PenaltyTerms say what paying late costs. The zero value costs nothing. The names
// in brackets are bs-core's; its description of penaltyRates does not say what the
// rates are per, so Basis has no default: 1 when they are for each day, 360, 365,
// 366 or YearActual when they are for a year.
//
// Each due row has its own delay. A day costs when it closes: a row due on the 4th
// and paid on the 6th was late for two days, the 4th and the 5th.
type PenaltyTerms struct {
	Bands []PenaltyBand // in order, without overlap (penaltyRates)
	Basis Basis         // 0 only without bands
	// Fixed is charged once a delay, as stated (fixedDelayPenalty), when its day
	// FixedDay closes (delayPenaltyDay), or the first day after it that costs.
	Fixed    calc.Amount
	FixedDay int
	// WorkingDaysOnly counts and charges working days alone (calendarDaysPenalty
	// false).
	WorkingDaysOnly bool
	// FirstDaysOffFree charges nothing before the first working day when a row is
	// due on a day off (firstWeekendWithoutPenalty). Due on 4 January 2018, a row
	// paid by the 9th costs nothing; if it is not, the close of the 9th is the first
	// to cost. The days count for the bands all the same: the 9th is day 6.
	FirstDaysOffFree bool
	// StopAfterEnd charges no day from StopDays calendar days after the last due date
	// of the schedule on (stopPenaltyOnClose, qtyDaysStopPenaltyOnClose).
	StopAfterEnd bool
	StopDays     int
	// DaysOff is the calendar; needed by WorkingDaysOnly and FirstDaysOffFree alone.
	DaysOff  WorkingDays
	Rounding AccrualRounding
}

// PenaltyCeiling is the most that a law lets a delay cost, as terms: its yearly
// rate on all that is overdue when interest runs on in the delay, its daily rate
// when none does. The year is the actual one.
func PenaltyCeiling(p law.Penalty, interestRuns bool, r AccrualRounding) PenaltyTerms {
	percent, basis := p.DailyPercent, PerUnit
	if interestRuns {
		percent, basis = p.YearlyPercent, YearActual
	}
	return PenaltyTerms{
		Bands: []PenaltyBand{{First: 1, Principal: percent, Interest: percent, Fees: percent}},
		Basis: basis, Rounding: r,
	}
}

// PenaltyBound is the largest penalty that terms allow for a row that was paid so
// many calendar days late: the penalty when nothing of it was paid before. end is
// the last due date of the schedule, no date when the row is the last. The lines
// explain it. It errs as Settle does.
func PenaltyBound(row DebtRow, days int, end date.Date, terms PenaltyTerms) (bound calc.Amount, lines []AccrualLine, err error) {
	if end.IsZero() {
		end = row.Due
	}
	if days < 0 || days > MaxAccrualDays || end.Before(row.Due) {
		return bound, nil, fmt.Errorf("%w: due on %s, %d days late, the last due date %s", ErrDebt, row.Due, days, end)
	}
	s, err := settle(Debt{Rows: []DebtRow{row}}, nil, DebtTerms{Penalty: terms}, row.Due.AddDays(days), end)
	if err != nil {
		return bound, nil, err
	}
	return s.Accrued.Penalty, s.Lines, nil
}

func (t *PenaltyTerms) check() error {
	if len(t.Bands) > 0 && !accrualBasis(t.Basis) {
		return fmt.Errorf("%w: rates per %d days", ErrPenaltyTerms, t.Basis)
	}
	for i, b := range t.Bands {
		follows := i == 0 || t.Bands[i-1].Last != 0 && b.First > t.Bands[i-1].Last
		if b.First < 1 || b.Last != 0 && b.Last < b.First || !follows {
			return fmt.Errorf("%w: the band of days %d to %d", ErrPenaltyTerms, b.First, b.Last)
		}
		if b.Principal.Sign() < 0 || b.Interest.Sign() < 0 || b.Fees.Sign() < 0 {
			return fmt.Errorf("%w: a negative rate in days %d to %d", ErrPenaltyTerms, b.First, b.Last)
		}
	}
	switch {
	case t.Fixed.Sign() < 0 || t.Fixed.Sign() > 0 && t.FixedDay < 1:
		return fmt.Errorf("%w: %s on day %d", ErrPenaltyTerms, t.Fixed, t.FixedDay)
	case t.StopDays < 0:
		return fmt.Errorf("%w: an end after %d days", ErrPenaltyTerms, t.StopDays)
	case t.DaysOff == nil && (t.WorkingDaysOnly || t.FirstDaysOffFree):
		return fmt.Errorf("%w: days off without a calendar", ErrPenaltyTerms)
	case int(t.Rounding.When) >= len(accrualWhenWords):
		return fmt.Errorf("%w: %s", ErrPenaltyTerms, t.Rounding.When)
	}
	return nil
}

// penaltyDelay counts the days of a row's delay, from its due date on.
type penaltyDelay struct {
	terms *PenaltyTerms
	end   date.Date // the last due date of the schedule
	free  bool      // only days off have closed so far, and they cost nothing
	day   int       // the number of the last day counted
	band  int       // no earlier band has days left
	fixed bool      // the fixed penalty was charged
}

// close closes a day on which the row is unpaid: band is -1 when no rate applies,
// fixed tells that the fixed penalty falls on it. It errs with ErrUnknownDay.
func (p *penaltyDelay) close(d date.Date) (band int, fixed bool, err error) {
	t := p.terms
	if p.free || t.WorkingDaysOnly {
		off, known := t.DaysOff.Off(d)
		if !known {
			return -1, false, fmt.Errorf("%w: %s", ErrUnknownDay, d)
		}
		if off && t.WorkingDaysOnly {
			return -1, false, nil
		}
		p.free = p.free && off
	}
	p.day++
	if p.free || t.StopAfterEnd && d.DaysSince(p.end) >= t.StopDays {
		return -1, false, nil
	}
	if !p.fixed && t.Fixed.Sign() > 0 && p.day >= t.FixedDay {
		p.fixed, fixed = true, true
	}
	for p.band < len(t.Bands) && t.Bands[p.band].Last != 0 && p.day > t.Bands[p.band].Last {
		p.band++
	}
	if p.band == len(t.Bands) || p.day < t.Bands[p.band].First {
		return -1, fixed, nil
	}
	return p.band, fixed, nil
}

// lines are the accruals of a span on what a row owes.
func (t *PenaltyTerms) lines(row int, span accrualSpan, left DebtSums) []AccrualLine {
	band := t.Bands[span.rate]
	var lines []AccrualLine
	for _, part := range []struct {
		kind          AccrualKind
		base, percent calc.Amount
	}{
		{PenaltyOnPrincipal, left.Principal, band.Principal},
		{PenaltyOnInterest, left.Interest, band.Interest},
		{PenaltyOnFees, left.Fees, band.Fees},
	} {
		if part.base.Sign() > 0 && part.percent.Sign() > 0 {
			lines = append(lines, AccrualLine{
				Row: row, Kind: part.kind, From: span.from, To: span.to, Days: span.days, FirstDay: span.firstDay,
				Band: span.rate, Base: part.base, Percent: part.percent, Basis: span.basis,
			})
		}
	}
	return lines
}
