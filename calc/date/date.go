// Package date is about civil dates: days without a time and a zone, of the
// Gregorian calendar and of the Iranian one, and stepping from one to another.
package date

import (
	"errors"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, in the years 1 to 9999. The zero value
// is no date. Dates compare with ==.
type Date struct {
	year  int16
	month int8
	day   int8
}

// ErrNoDate tells that a text is not a real date in the form yyyy-MM-dd.
var ErrNoDate = errors.New("not a date yyyy-MM-dd")

// Of is the date of a year, month and day; ok is false when there is none.
func Of(year int, month time.Month, day int) (d Date, ok bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysIn(year, month) {
		return Date{}, false
	}
	return Date{int16(year), int8(month), int8(day)}, true
}

// MustParse is Parse for constants and tests; it panics on an error.
func MustParse(text string) Date {
	d, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// Parse reads a date from its one form, yyyy-MM-dd in digits 0 to 9. It errs with
// ErrNoDate for every other text and for days that no month has.
func Parse(text string) (Date, error) {
	if len(text) != len("yyyy-MM-dd") || text[4] != '-' || text[7] != '-' {
		return Date{}, fmt.Errorf("%w: %q", ErrNoDate, text)
	}
	year, a := number(text[:4])
	month, b := number(text[5:7])
	day, c := number(text[8:])
	d, ok := Of(year, time.Month(month), day)
	if !a || !b || !c || !ok {
		return Date{}, fmt.Errorf("%w: %q", ErrNoDate, text)
	}
	return d, nil
}

// DayOf is the day that a text begins with when a time of day follows it, behind a
// T or a blank. It is no date for every other text.
func DayOf(text string) Date {
	const day = len("yyyy-MM-dd")
	if len(text) <= day || text[day] != 'T' && text[day] != ' ' {
		return Date{}
	}
	d, _ := Parse(text[:day])
	return d
}

// number reads a few digits 0 to 9.
func number(digits string) (n int, ok bool) {
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, false
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n, len(digits) > 0
}

// DaysIn counts the days of a month.
func DaysIn(year int, month time.Month) int {
	switch {
	case month == time.February && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	case month >= time.January && month <= time.December:
		return monthDays[month-1]
	}
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

var monthDays = [12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// FromTime is the day of an instant in UTC.
func FromTime(t time.Time) Date {
	year, month, day := t.UTC().Date()
	d, _ := Of(year, month, day)
	return d
}

// Year of the date.
func (d Date) Year() int { return int(d.year) }

// Month of the date.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day of the month.
func (d Date) Day() int { return int(d.day) }

// IsZero tells whether this is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is the date as yyyy-MM-dd, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Compare is -1, 0 or 1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	a := int(d.year)<<16 | int(d.month)<<8 | int(d.day)
	b := int(e.year)<<16 | int(e.month)<<8 | int(e.day)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Before tells whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After tells whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Weekday of the date.
func (d Date) Weekday() time.Weekday {
	if d.IsZero() {
		return d.time().Weekday()
	}
	return time.Weekday((d.number() + firstWeekday) % 7)
}

// firstWeekday is that of the day with the number 0, a Wednesday.
const firstWeekday = int(time.Wednesday)

// DaysSince counts the days from e to d: 1 from one day to the next, negative when
// d is earlier. Both must be dates.
func (d Date) DaysSince(e Date) int {
	if d.IsZero() || e.IsZero() {
		const day = 24 * 60 * 60
		return int((d.time().Unix() - e.time().Unix()) / day)
	}
	return d.number() - e.number()
}

// number counts the days of the Gregorian calendar from 1 March of the year 0, with
// which a leap year ends in its leap day.
func (d Date) number() int {
	year, month := int(d.year), int(d.month)-3
	if month < 0 {
		year, month = year-1, month+12
	}
	return year*365 + year/4 - year/100 + year/400 + (153*month+2)/5 + int(d.day) - 1
}

// AddDays is the date so many days later; negative goes back. It is no date
// outside the years 1 to 9999, nor is a number of days after no date.
func (d Date) AddDays(days int) Date {
	const all = 9999 * 366 // further than this no date leads to another
	if d.IsZero() || days < -all || days > all {
		return Date{}
	}
	return FromTime(d.time().AddDate(0, 0, days))
}

// AddMonths is the date so many months later, on the given day of the month or on
// the month's last where it is shorter. Stepping a schedule passes the day it
// began on, so that 31 January leads to 29 February and on to 31 March. It is no
// date outside the years 1 to 9999, nor is a number of months after no date.
func (d Date) AddMonths(months, day int) Date {
	const all = 9999 * 12
	if d.IsZero() || months < -all || months > all {
		return Date{}
	}
	first := time.Date(d.Year(), d.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	next, _ := Of(first.Year(), first.Month(), min(day, DaysIn(first.Year(), first.Month())))
	return next
}

// MonthsUntil counts the whole months from d to e: the most that AddMonths can add,
// on the day of d, without passing e. It is negative, and the count from e to d,
// when e is earlier. Both must be dates.
func (d Date) MonthsUntil(e Date) int {
	if e.Before(d) {
		return -e.MonthsUntil(d)
	}
	months := (e.Year()-d.Year())*12 + int(e.Month()) - int(d.Month())
	if d.AddMonths(months, d.Day()).After(e) {
		months--
	}
	return months
}

// IsMonthEnd tells whether the date is the last day of its month.
func (d Date) IsMonthEnd() bool { return d.Day() == DaysIn(d.Year(), d.Month()) }

func (d Date) time() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}
