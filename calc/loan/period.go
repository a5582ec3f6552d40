package loan

import (
	"errors"
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
)

// Period is a standard interval of time: so many days, or else so many months.
// The zero value is none.
type Period struct{ Days, Months int }

// ErrPeriod means that a base period is not 1 to 365 days or 1 to 12 months.
var ErrPeriod = errors.New("a base period that is not 1 to 365 days or 1 to 12 months")

// String is the period in words: 30 days, 1 month, and "" for none.
func (p Period) String() string {
	switch {
	case p.Days == 1:
		return "1 day"
	case p.Days != 0:
		return fmt.Sprintf("%d days", p.Days)
	case p.Months == 1:
		return "1 month"
	case p.Months != 0:
		return fmt.Sprintf("%d months", p.Months)
	}
	return ""
}

func (p Period) check() error {
	days := p.Days >= 1 && p.Days <= 365 && p.Months == 0
	months := p.Months >= 1 && p.Months <= 12 && p.Days == 0
	if !days && !months {
		return fmt.Errorf("%w: %d days, %d months", ErrPeriod, p.Days, p.Months)
	}
	return nil
}

// yearly is the number of such periods in a year of 365 days, as a fraction:
// 365/30, 12/1.
func (p Period) yearly() (num, den calc.Amount) {
	if p.Days != 0 {
		return calc.AmountOf(365), calc.AmountOf(int64(p.Days))
	}
	return calc.AmountOf(12), calc.AmountOf(int64(p.Months))
}

// PerYear is the number of such periods in a year of 365 days, as a fraction: 365/30
// for 30 days, 12 for a month; "" for no period.
func (p Period) PerYear() string {
	if p == (Period{}) {
		return ""
	}
	num, den := p.yearly()
	whole, err := calc.Quotient(num, den, calc.Rounding{Mode: calc.Floor})
	if err == nil && whole.Product(den).Equal(num) {
		return whole.String()
	}
	return num.String() + "/" + den.String()
}

// Count tells the time between two dates as FullCost does: whole periods, and the
// days that remain, rest of the period's days of. It errs with ErrPeriod, and with
// ErrFlows when to is before from or one is no date.
func (p Period) Count(from, to date.Date) (whole, rest, of int, err error) {
	if err = p.check(); err != nil {
		return 0, 0, 0, err
	}
	if from.IsZero() || to.Before(from) {
		return 0, 0, 0, fmt.Errorf("%w: %q to %q", ErrFlows, from, to)
	}
	n, r, o := p.count(from, to)
	return n, int(r), int(o), nil
}

// count tells the time from one date to a later one: whole periods, and the days
// that remain as a fraction of the period in which they lie. Months are counted
// from the first date's day of the month, or from a shorter month's last.
func (p Period) count(from, to date.Date) (whole int, rest, of int64) {
	if p.Days != 0 {
		days := to.DaysSince(from)
		return days / p.Days, int64(days % p.Days), int64(p.Days)
	}
	at := func(n int) date.Date { return from.AddMonths(n*p.Months, from.Day()) }
	whole = ((to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())) / p.Months
	if to.Before(at(whole)) {
		whole--
	}
	if next := at(whole + 1); !next.IsZero() {
		of = int64(next.DaysSince(at(whole)))
	} else { // behind the last year there is
		of = int64(p.Months) * 31
	}
	return whole, int64(to.DaysSince(at(whole))), of
}

// BasePeriod is the base period of a credit by its payments (353-FZ article 6): the
// standard interval, in days or in months and not over a year, that lies most often
// between one payment and the next, the issue being the first; of
// equally frequent ones the shortest, and of 365 days and twelve months, which are
// as long, the months. The law does not settle that last tie; a credit repaid once a
// year is one of years, though a leap day lie between two payments. When no interval occurs twice it is their
// mean, rounded half up to whole days, and a year when that is longer.
//
// Thirty days from 15 April are a month as well; such an interval counts as both.
// It errs with ErrFlows when a flow has no date or all have the same.
func BasePeriod(flows []Flow) (Period, error) {
	days, err := settled(flows)
	if err != nil {
		return Period{}, err
	}
	var room [16]counted
	seen := room[:0]
	for i := range days[1:] {
		from, to := days[i].Date, days[i+1].Date
		if days := to.DaysSince(from); days <= 365 {
			seen = seenAgain(seen, Period{Days: days})
		}
		if months := monthsBetween(from, to); months >= 1 && months <= 12 {
			seen = seenAgain(seen, Period{Months: months})
		}
	}
	var base counted
	for _, p := range seen {
		if p.n > 1 && (p.n > base.n || p.n == base.n && p.shorter(base.Period)) {
			base = p
		}
	}
	if base.n > 0 {
		return base.Period, nil
	}
	intervals := len(days) - 1
	mean := (2*days[intervals].Date.DaysSince(days[0].Date) + intervals) / (2 * intervals)
	if mean > 365 {
		return Period{Months: 12}, nil
	}
	return Period{Days: max(1, mean)}, nil
}

// counted is an interval with how often it was seen. There are few of them.
type counted struct {
	Period
	n int
}

func seenAgain(seen []counted, p Period) []counted {
	for i := range seen {
		if seen[i].Period == p {
			seen[i].n++
			return seen
		}
	}
	return append(seen, counted{p, 1})
}

// shorter compares periods by their part of a year of 365 days, and months come
// before as many days, so that of two different ones one is always shorter.
func (p Period) shorter(q Period) bool {
	length := func(p Period) int { return p.Days*12 + p.Months*365 }
	if length(p) == length(q) {
		return p.Months > q.Months
	}
	return length(p) < length(q)
}

// monthsBetween counts the months between two dates of a monthly schedule: on the
// same day, or on the last of a month that is too short for it. It is 0 when they
// are not whole months apart.
func monthsBetween(from, to date.Date) int {
	day := max(from.Day(), to.Day())
	for _, d := range []date.Date{from, to} {
		if d.Day() != min(day, date.DaysIn(d.Year(), d.Month())) {
			return 0
		}
	}
	return (to.Year()-from.Year())*12 + int(to.Month()-from.Month())
}
