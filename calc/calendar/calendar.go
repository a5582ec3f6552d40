// Package calendar tells working days from days off, by country and as dated data: no
// date is computed from a rule, because governments move days off by decree every year
// and feasts follow the moon. Outside the years that a calendar covers it says that it
// does not know.
//
// A calendar is a text file, the built-in ones (folder data) as well as a user's own:
//
//	# Days of our branch
//	extends: RU
//	calendar: Branch in Kazan
//	years: 2024-2025
//	source 2024-2025: order of the bank's board of 2023-12-01
//
//	2024-08-30 dayoff  Day of the Republic
//	2024-12-28 dayoff  moved by the board
//	2025-11-01 workday day off moved to 2025-11-03
//
// A line is empty, a remark after #, a header or a day. The headers come first:
//
//   - calendar: its name, for reports.
//   - weekend: the days off of every week, in English.
//   - years: the years covered, as 2024 or 2014-2027. A year is covered as a whole: a
//     day without a line is an ordinary one.
//   - source 2014: or source 2014-2027: where the days of these years come from. Every
//     year covered needs one.
//   - extends: the code of a built-in calendar. The file then has its headers and days
//     too; a day in both is taken from the file, years and sources are added, and the
//     other headers may be left out.
//   - country: the two-letter code (ISO 3166-1) of the country whose documents follow
//     the calendar. A file that extends a calendar is of its country unless it says
//     otherwise.
//
// A day is a date, its kind and a note of what it is. The kinds are
//
//   - holiday: a public holiday, also when it falls on a weekend.
//   - dayoff: a day off that is no public holiday, such as one moved there.
//   - workday: a day of the weekend on which work is done.
package calendar

import (
	"slices"

	"tieout/calc/date"
)

// Calendar knows the days off of a country, or of whoever wrote its file, for the
// years it covers. It is not changed after reading and may be shared.
type Calendar struct {
	name        string
	country     string
	weekend     [7]bool // by time.Weekday
	first, last int     // the years covered
	sources     []Source
	days        map[date.Date]day
}

// Source says where the days of some years come from.
type Source struct {
	First, Last int // the years
	Text        string
}

// day is a line about one day.
type day struct {
	kind kind
	note string
}

type kind string

const (
	holiday kind = "holiday"
	dayoff  kind = "dayoff"
	workday kind = "workday"
)

// Name of the calendar, for reports.
func (c *Calendar) Name() string { return c.name }

// Country whose documents follow the calendar, by its ISO 3166 code in capitals;
// empty when the file does not say.
func (c *Calendar) Country() string { return c.country }

// Years are the first and the last year covered; so is every year between them.
func (c *Calendar) Years() (first, last int) { return c.first, c.last }

// Sources of the days, in the order of the file; those of an extended calendar first.
func (c *Calendar) Sources() []Source { return slices.Clone(c.sources) }

// Off tells whether d is a day off: a public holiday, a day off moved there, or a day
// of the weekend that was not made a working day. It is known only in the years
// covered.
func (c *Calendar) Off(d date.Date) (off, known bool) {
	if !c.covers(d) {
		return false, false
	}
	return c.off(d), true
}

// Holiday tells whether d is a public holiday, and its name. A day off that was moved
// from a holiday is none. It is known only in the years covered.
func (c *Calendar) Holiday(d date.Date) (name string, is, known bool) {
	if !c.covers(d) {
		return "", false, false
	}
	if line := c.days[d]; line.kind == holiday {
		return line.note, true, true
	}
	return "", false, true
}

// Note is what the calendar says of d, such as the holiday's name or where a day off
// was moved from, and "" for a day it has no line about.
func (c *Calendar) Note(d date.Date) string { return c.days[d].note }

// NextWorkingDay is the first working day from d on, d itself when it is one. ok is
// false when the calendar does not know, because d lies outside the years covered or
// days off last until their end.
func (c *Calendar) NextWorkingDay(d date.Date) (next date.Date, ok bool) {
	for ; c.covers(d); d = d.AddDays(1) {
		if !c.off(d) {
			return d, true
		}
	}
	return date.Date{}, false
}

func (c *Calendar) covers(d date.Date) bool {
	return !d.IsZero() && d.Year() >= c.first && d.Year() <= c.last
}

func (c *Calendar) off(d date.Date) bool {
	switch c.days[d].kind {
	case holiday, dayoff:
		return true
	case workday:
		return false
	}
	return c.weekend[d.Weekday()]
}
