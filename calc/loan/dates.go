package loan

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"tieout/calc/date"
)

// Method says how one due date follows from another.
type Method uint8

// The methods. The numbers are those of bs-core's dateCalcMethodId, as far as its
// published contracts show what they mean.
const (
	// CalendarMonths: on the same day of every n-th month, or on the last of a
	// shorter one (101231, "banking").
	CalendarMonths Method = iota
	// Days: every n days (101232, "standard").
	Days
	// DaysFromIssue: every n days counted from the issue, so that a date moved off
	// a day off never moves the next (101233, "without offset").
	DaysFromIssue
	// MonthEnds: on the last day of every n-th month after the month of issue.
	MonthEnds
	// JalaliMonths: as CalendarMonths, in the Iranian calendar.
	JalaliMonths
)

var methodWords = [...]string{"calendar months", "days", "days from issue", "month ends", "months of the Iranian calendar"}

// String is the method in words.
func (m Method) String() string {
	if int(m) < len(methodWords) {
		return methodWords[m]
	}
	return fmt.Sprintf("method %d", uint8(m))
}

// byMonths tells whether steps are months.
func (m Method) byMonths() bool { return m == CalendarMonths || m == MonthEnds || m == JalaliMonths }

// WorkingDays knows the days off of a country; known is false for a day that it
// knows nothing about.
type WorkingDays interface {
	Off(d date.Date) (off, known bool)
}

// WeekendsOnly takes Saturdays and Sundays for the days off, and no holidays.
type WeekendsOnly struct{}

// Off tells whether a date is a Saturday or a Sunday; that is always known.
func (WeekendsOnly) Off(d date.Date) (off, known bool) {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday, true
}

// Stepping says how the due dates of a schedule follow from its issue.
type Stepping struct {
	Method Method
	Every  int // months or days from one date to the next, 1 to MaxStep
	// DaysOff moves a date to the next working day; nil leaves all where they are.
	DaysOff WorkingDays
	// Carry counts the next date from the moved one instead of the planned one, so
	// that the term grows. DaysFromIssue never carries.
	Carry bool
}

// The bounds of a schedule.
const (
	MaxDueDates = 10_000 // dates asked for at once
	MaxStep     = 36_525 // days or months in a step
)

// maxDaysOff is the longest row of days off that a date is moved over.
const maxDaysOff = 60

// The reasons why there are no due dates.
var (
	// ErrStepping: the method is none, the step is not 1 to MaxStep, the start is
	// no date, or the number of dates is not 0 to MaxDueDates.
	ErrStepping = errors.New("no way to step")
	// ErrCalendarEnd: a date lies behind the year 9999, or outside the years that are
	// converted to the Iranian calendar.
	ErrCalendarEnd = errors.New("behind the end of the calendar")
	// ErrUnknownDay: the calendar does not know whether a day is a working day.
	ErrUnknownDay = errors.New("not known whether a working day")
	// ErrNoWorkingDay: more than 60 days off follow each other.
	ErrNoWorkingDay = errors.New("no working day within 60 days")
)

// DueDate is a due date with the date from which days off moved it.
type DueDate struct {
	Planned, Due date.Date
}

// DueDates are the first count due dates after the issue on start. It errs with
// ErrStepping, ErrCalendarEnd, ErrUnknownDay and ErrNoWorkingDay; the dates before
// the one in question are returned with the last three.
func DueDates(start date.Date, count int, by Stepping) ([]date.Date, error) {
	planned, err := PlannedDates(start, count, by)
	if planned == nil {
		return nil, err
	}
	dates := make([]date.Date, len(planned))
	for i := range planned {
		dates[i] = planned[i].Due
	}
	return dates, err
}

// LastDueDate is the last of the first count DueDates, of which there is at least one.
func LastDueDate(start date.Date, count int, by Stepping) (date.Date, error) {
	if err := by.check(start, count); err != nil || count == 0 {
		return date.Date{}, cmp.Or(err, ErrStepping)
	}
	from, steps := start, 0
	var last DueDate
	for n := range count {
		var err error
		if last, err = by.next(&from, &steps, n); err != nil {
			return date.Date{}, err
		}
	}
	return last.Due, nil
}

// PlannedDates are the DueDates, each with the date that was planned.
func PlannedDates(start date.Date, count int, by Stepping) ([]DueDate, error) {
	if err := by.check(start, count); err != nil {
		return nil, err
	}
	dates := make([]DueDate, 0, count)
	from, steps := start, 0
	for n := range count {
		next, err := by.next(&from, &steps, n)
		if err != nil {
			return dates, err
		}
		dates = append(dates, next)
	}
	return dates, nil
}

// check that so many dates can be asked for.
func (s Stepping) check(start date.Date, count int) error {
	known := int(s.Method) < len(methodWords) && s.Every >= 1 && s.Every <= MaxStep
	if !known || start.IsZero() || count < 0 || count > MaxDueDates {
		return fmt.Errorf("%w: %d dates after %q, every %d %s", ErrStepping, count, start, s.Every, s.Method)
	}
	return nil
}

// next is the due date so many steps and one after a date, which it counts on; before
// it there were n.
func (s Stepping) next(from *date.Date, steps *int, n int) (DueDate, error) {
	*steps++
	planned := s.after(*from, *steps)
	if planned.IsZero() {
		return DueDate{}, fmt.Errorf("%w: due date %d", ErrCalendarEnd, n+1)
	}
	due, err := workingDay(planned, s.DaysOff)
	if err != nil {
		return DueDate{}, err
	}
	if due != planned && s.Carry && s.Method != DaysFromIssue {
		*from, *steps = due, 0
	}
	return DueDate{planned, due}, nil
}

// after is the date so many steps after another, no date behind the end of the
// calendar.
func (s Stepping) after(from date.Date, steps int) date.Date {
	n := steps * s.Every
	switch s.Method {
	case CalendarMonths:
		return from.AddMonths(n, from.Day())
	case MonthEnds:
		return from.AddMonths(n, 31)
	case JalaliMonths:
		j, _ := from.Jalali()
		return j.AddMonths(n).Date()
	}
	return from.AddDays(n)
}

// workingDay is the date, or the first working day after it.
func workingDay(d date.Date, days WorkingDays) (date.Date, error) {
	if days == nil {
		return d, nil
	}
	for day, moved := d, 0; moved <= maxDaysOff; moved++ {
		if day.IsZero() {
			return day, fmt.Errorf("%w: the working day after %s", ErrCalendarEnd, d)
		}
		off, known := days.Off(day)
		if !known {
			return day, fmt.Errorf("%w: %s", ErrUnknownDay, day)
		}
		if !off {
			return day, nil
		}
		day = day.AddDays(1)
	}
	return d, fmt.Errorf("%w: after %s", ErrNoWorkingDay, d)
}
