package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tieout/calc/calendar"
	"tieout/calc/date"
	"tieout/calc/loan"
	"tieout/report"
)

// workingDays are the params that say which days are off.
type workingDays struct {
	country, file string
	weekends      bool

	days  loan.WorkingDays
	notes report.DayNotes
	name  string
}

func (w *workingDays) params() []param {
	text := func(text string) (string, error) { return text, nil }
	return []param{
		{name: "country", what: "code", usage: "the days off of a country: " + strings.Join(calendar.Countries(), ", "), set: into(&w.country, text)},
		{name: "calendar", what: "file", isFile: true, usage: "the days off of a calendar file of your own (docs/sources.md)", set: into(&w.file, text)},
		{name: "weekends-only", isSwitch: true, usage: "Saturdays and Sundays are the days off", set: switchTo(&w.weekends)},
	}
}

// load finds the calendar that was asked for, if one was.
func (w *workingDays) load(in *inputs) error {
	err := errors.Join(in.notBoth("country", "calendar", "a calendar file can extend that of a country"),
		in.notBoth("country", "weekends-only", "a country has holidays too"),
		in.notBoth("calendar", "weekends-only", "a calendar has its own weekends"))
	switch {
	case err != nil:
		return err
	case w.country != "":
		c, known := calendar.Country(strings.ToUpper(w.country))
		if !known {
			return fmt.Errorf("--country %s: there is no calendar of it; there are %s, and --calendar takes a file", w.country, strings.Join(calendar.Countries(), ", "))
		}
		w.take(c)
	case w.file != "":
		text, err := in.readFile(w.file)
		if err != nil {
			return err
		}
		c, err := calendar.Parse(w.file, text)
		if err != nil {
			return &unreadError{err}
		}
		w.take(c)
	case w.weekends:
		w.days, w.name = loan.WeekendsOnly{}, "all but Saturdays and Sundays; no holidays"
	}
	return nil
}

func (w *workingDays) take(c *calendar.Calendar) {
	first, last := c.Years()
	w.days, w.notes = c, c
	w.name = fmt.Sprintf("the calendar %s, %d to %d", c.Name(), first, last)
}

// dueDates are the params that make due dates.
type dueDates struct {
	workingDays
	by      loan.Stepping
	daysOff string
}

var methods = []choice[loan.Method]{
	{"calendar-months", loan.CalendarMonths},
	{"days", loan.Days},
	{"days-from-issue", loan.DaysFromIssue},
	{"month-ends", loan.MonthEnds},
	{"jalali-months", loan.JalaliMonths},
}

var daysOffChoices = []choice[string]{{"keep", "keep"}, {"move", "move"}, {"carry", "carry"}}

func (d *dueDates) params() []param {
	d.by.Every, d.daysOff = 1, "keep"
	return append([]param{
		{name: "method", what: "method", usage: "how dates follow each other: " + choiceWords(methods), set: choiceTo(&d.by.Method, methods)},
		{name: "every", what: "count", usage: "months (default 1) or days from one date to the next", set: countTo(&d.by.Every)},
		{
			name: "days-off", what: "way",
			usage: "a date on a day off: keep (default), move to the next working day, or move and carry the next " +
				"dates along",
			set: choiceTo(&d.daysOff, daysOffChoices),
		},
	}, d.workingDays.params()...)
}

// stepping is how the dates are made.
func (d *dueDates) stepping(in *inputs) (loan.Stepping, error) {
	if err := d.load(in); err != nil {
		return d.by, err
	}
	byDays := d.by.Method == loan.Days || d.by.Method == loan.DaysFromIssue
	if in.has["method"] && byDays && !in.has["every"] {
		return d.by, errors.New("--method days and days-from-issue need --every, the days from one date to the next")
	}
	if d.daysOff == "keep" {
		return d.by, nil
	}
	if d.days == nil {
		return d.by, fmt.Errorf("--days-off %s needs to know the days off: --country, --calendar or --weekends-only", d.daysOff)
	}
	if d.daysOff == "carry" && d.by.Method == loan.DaysFromIssue {
		return d.by, errors.New("--days-off carry does not go with --method days-from-issue, which counts all dates from the start")
	}
	d.by.DaysOff, d.by.Carry = d.days, d.daysOff == "carry"
	return d.by, nil
}

func dateCalculation() calculation {
	var d dueDates
	var start date.Date
	var count int
	return calculation{
		use:   "date [DATE]...",
		short: "Dates in both calendars, working days, and due dates",
		long: "date shows dates in the Gregorian and the Iranian calendar and, with --country or --calendar,\n" +
			"whether they are working days and which holiday they are. With --start and --count it makes\n" +
			"due dates. A date is written 2024-03-20, or 1403/01/01 or 14030101; a year from 1300 to 1500\n" +
			"is of the Iranian calendar.",
		example: "  tieout calc date 1403/01/01 --country IR\n" +
			"  tieout calc date --start 2017-01-05 --count 12 --method days --every 30 --country RU --days-off move",
		args: cobra.ArbitraryArgs,
		params: append([]param{
			{name: "start", what: "date", usage: "the day from which due dates are counted", set: dateTo(&start)},
			{name: "count", what: "count", usage: "how many due dates", set: countTo(&count)},
		}, d.params()...),
		answers: func(in *inputs) (*report.Calculation, error) {
			if len(in.args) > 0 {
				return d.convert(in)
			}
			if err := in.need("start", "count"); err != nil {
				return nil, fmt.Errorf("%w; or give dates to show, as in tieout calc date 2024-03-20", err)
			}
			if count == 0 {
				return nil, errors.New("--count is 0; it has to be above 0")
			}
			if err := in.need("method"); err != nil {
				return nil, err
			}
			by, err := d.stepping(in)
			if err != nil {
				return nil, err
			}
			days, err := loan.PlannedDates(start, count, by)
			if err != nil {
				return nil, advised(err)
			}
			dates := report.Dates{Days: days, Stepped: true, Start: start, By: by, DaysOff: d.days, Notes: d.notes, Name: d.name}
			return dates.Calculation(), nil
		},
	}
}

// convert shows the dates that are given as arguments.
func (d *dueDates) convert(in *inputs) (*report.Calculation, error) {
	err := in.useless("makes due dates; it does not go with dates to show", "start", "count", "method", "every", "days-off")
	if err == nil {
		err = d.load(in)
	}
	if err != nil {
		return nil, err
	}
	dates := report.Dates{DaysOff: d.days, Notes: d.notes, Name: d.name}
	for _, text := range in.args {
		day, _, err := parseDate(text)
		if err != nil {
			return nil, err
		}
		dates.Days = append(dates.Days, loan.DueDate{Planned: day, Due: day})
	}
	return dates.Calculation(), nil
}
