package date

import (
	"cmp"
	"errors"
	"fmt"

	jalaali "github.com/jalaali/go-jalaali"
)

// Jalali is a day of the Iranian calendar: six months of 31 days, five of 30 and a
// last one of 29, or 30 in a leap year. The zero value is no date. Values made by
// ParseJalali and Date.Jalali are days that exist; one written out by hand need not
// be. Dates compare with ==.
type Jalali struct{ Year, Month, Day int }

// The years that are read and converted, 21 March 1921 to 20 March 2122. The
// library beneath converts without a fault from 1828 to 2251 and gives one day too
// many in some years outside, so the range stays well inside.
const (
	FirstJalaliYear = 1300
	LastJalaliYear  = 1500
)

// The reasons why a text is not a Jalali date.
var (
	// ErrJalaliForm: the text is not a year of four digits, a month and a day.
	ErrJalaliForm = errors.New("not a Jalali date yyyyMMdd or yyyy/MM/dd")
	// ErrJalaliYear: the year is outside FirstJalaliYear to LastJalaliYear.
	ErrJalaliYear = fmt.Errorf("Jalali year outside %d to %d", FirstJalaliYear, LastJalaliYear)
	// ErrJalaliMonth: the month is not 1 to 12.
	ErrJalaliMonth = errors.New("no such Jalali month")
	// ErrJalaliDay: no year has this day in this month.
	ErrJalaliDay = errors.New("no such day in the Jalali month")
	// ErrJalaliLeap: the day is 30 Esfand and the year is no leap year.
	ErrJalaliLeap = errors.New("30 Esfand of a Jalali year that is no leap year")
)

// ParseJalali reads a date written as 14090430, or with slashes or hyphens as
// 1409/04/30 or 1409-4-30: a year of four digits, month and day of one or two. The
// digits may be 0 to 9, Persian or Arabic, also mixed, as keyboards mix them.
//
// It errs with
//   - ErrJalaliForm for any other text,
//   - ErrJalaliYear for a year that is not converted,
//   - ErrJalaliMonth and ErrJalaliDay for a month or a day that does not exist,
//   - ErrJalaliLeap for 30 Esfand of a common year.
func ParseJalali(text string) (Jalali, error) {
	j, ok := readJalali(text)
	if !ok {
		return Jalali{}, fmt.Errorf("%w: %q", ErrJalaliForm, text)
	}
	if err := j.check(); err != nil {
		return Jalali{}, fmt.Errorf("%w: %q", err, text)
	}
	return j, nil
}

// MustParseJalali is ParseJalali for constants and tests; it panics on an error.
func MustParseJalali(text string) Jalali {
	j, err := ParseJalali(text)
	if err != nil {
		panic(err)
	}
	return j
}

// readJalali takes the three numbers out of a text of one of the forms.
func readJalali(text string) (j Jalali, ok bool) {
	if len(text) > 2*len("yyyy/MM/dd") { // a Persian digit has two bytes
		return Jalali{}, false
	}
	folded := make([]byte, 0, len("yyyy/MM/dd"))
	for _, r := range text {
		switch {
		case '۰' <= r && r <= '۹':
			r += '0' - '۰'
		case '٠' <= r && r <= '٩':
			r += '0' - '٠'
		case r > '9':
			return Jalali{}, false
		}
		folded = append(folded, byte(r))
	}
	year, month, day, ok := cutJalali(string(folded))
	if !ok {
		return Jalali{}, false
	}
	y, a := number(year)
	m, b := number(month)
	d, c := number(day)
	return Jalali{y, m, d}, a && b && c
}

// cutJalali cuts yyyyMMdd, or yyyy, M or MM and d or dd between equal separators.
func cutJalali(text string) (year, month, day string, ok bool) {
	const y = len("yyyy")
	if len(text) == len("yyyyMMdd") && text[y] != '/' && text[y] != '-' {
		return text[:y], text[y : y+2], text[y+2:], true
	}
	if len(text) < len("yyyy/M/d") || len(text) > len("yyyy/MM/dd") || text[y] != '/' && text[y] != '-' {
		return "", "", "", false
	}
	rest := text[y+1:]
	for width := 1; width <= 2; width++ {
		if rest[width] == text[y] && len(rest)-width-1 <= 2 {
			return text[:y], rest[:width], rest[width+1:], true
		}
	}
	return "", "", "", false
}

// check says why this is not a day of the calendar, if it is not.
func (j Jalali) check() error {
	switch {
	case j.Year < FirstJalaliYear || j.Year > LastJalaliYear:
		return ErrJalaliYear
	case j.Month < 1 || j.Month > 12:
		return ErrJalaliMonth
	case j.Month == 12 && j.Day == 30 && !isJalaliLeap(j.Year):
		return ErrJalaliLeap
	case j.Day < 1 || j.Day > jalaliDaysIn(j.Year, j.Month):
		return ErrJalaliDay
	}
	return nil
}

// isJalaliLeap tells whether a year of the range has a 30 Esfand. The library is
// asked whether that day exists: its IsLeapYear and MonthLength answer wrongly,
// partly without an error, when asked outside what they know.
func isJalaliLeap(year int) bool { return jalaali.IsValidDate(year, 12, 30) }

// jalaliDaysIn counts the days of a month of the range.
func jalaliDaysIn(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month <= 11 || isJalaliLeap(year):
		return 30
	}
	return 29
}

// IsZero tells whether this is no date.
func (j Jalali) IsZero() bool { return j == Jalali{} }

// IsLeap tells whether the date's year has 366 days; false outside the range.
func (j Jalali) IsLeap() bool {
	return j.Year >= FirstJalaliYear && j.Year <= LastJalaliYear && isJalaliLeap(j.Year)
}

// Date is the same day in the Gregorian calendar, and no date for a day that does
// not exist or lies outside the range.
func (j Jalali) Date() Date {
	if j.check() != nil {
		return Date{}
	}
	year, month, day, err := jalaali.ToGregorian(j.Year, jalaali.Month(j.Month), j.Day)
	if err != nil {
		return Date{}
	}
	d, _ := Of(year, month, day)
	return d
}

// The first and the last day that Date.Jalali converts.
var (
	firstJalaliDay = Jalali{FirstJalaliYear, 1, 1}.Date()
	lastJalaliDay  = Jalali{LastJalaliYear, 12, jalaliDaysIn(LastJalaliYear, 12)}.Date()
)

// Jalali is the same day in the Iranian calendar; ok is false for no date and for
// a day outside FirstJalaliYear to LastJalaliYear.
func (d Date) Jalali() (j Jalali, ok bool) {
	if d.Before(firstJalaliDay) || d.After(lastJalaliDay) {
		return Jalali{}, false
	}
	year, month, day, err := jalaali.ToJalaali(d.Year(), d.Month(), d.Day())
	if err != nil {
		return Jalali{}, false
	}
	return Jalali{year, int(month), day}, true
}

// String is the date as 1409/04/30, and "" for no date.
func (j Jalali) String() string { return j.print("%04d/%02d/%02d") }

// Compact is the date as 14090430, and "" for no date.
func (j Jalali) Compact() string { return j.print("%04d%02d%02d") }

// IsCompact tells whether a text is the date as Compact has it.
func (j Jalali) IsCompact(text string) bool {
	return len(text) == len("yyyyMMdd") && !j.IsZero() && isTwoDigits(text, j.Year/100) && isTwoDigits(text[2:], j.Year%100) &&
		isTwoDigits(text[4:], j.Month) && isTwoDigits(text[6:], j.Day)
}

func isTwoDigits(text string, n int) bool {
	return len(text) >= 2 && text[0] == byte('0'+n/10) && text[1] == byte('0'+n%10)
}

func (j Jalali) print(format string) string {
	if j.IsZero() {
		return ""
	}
	return fmt.Sprintf(format, j.Year, j.Month, j.Day)
}

// Compare is -1, 0 or 1 as j is before, on or after k.
func (j Jalali) Compare(k Jalali) int {
	return cmp.Or(cmp.Compare(j.Year, k.Year), cmp.Compare(j.Month, k.Month), cmp.Compare(j.Day, k.Day))
}

// AddMonths is the same day so many months later, or the month's last day where the
// month is shorter; negative goes back. A schedule is stepped from its first day, by
// 1, 2, 3 months, so that 31 Shahrivar leads to 30 Mehr and, after seven, to 31
// Farvardin. It is no date outside the range.
func (j Jalali) AddMonths(months int) Jalali {
	const all = (LastJalaliYear - FirstJalaliYear + 1) * 12
	if j.check() != nil || months < -all || months > all {
		return Jalali{}
	}
	count := j.Year*12 + j.Month - 1 + months
	next := Jalali{count / 12, count%12 + 1, 0}
	if next.Year < FirstJalaliYear || next.Year > LastJalaliYear {
		return Jalali{}
	}
	next.Day = min(j.Day, jalaliDaysIn(next.Year, next.Month))
	return next
}

// MonthsUntil counts the whole months from j to k: the most that AddMonths can add
// without passing k. It is negative, and the count from k to j, when k is earlier.
// Both must be dates of the range.
func (j Jalali) MonthsUntil(k Jalali) int {
	if k.Compare(j) < 0 {
		return -k.MonthsUntil(j)
	}
	months := (k.Year-j.Year)*12 + k.Month - j.Month
	if j.AddMonths(months).Compare(k) > 0 {
		months--
	}
	return months
}
