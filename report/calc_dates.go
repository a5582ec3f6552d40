package report

import (
	"strconv"
	"strings"

	"tieout/calc/date"
	"tieout/calc/loan"
)

// DayNotes are a calendar's words about a day; *calendar.Calendar has them.
type DayNotes interface {
	loan.WorkingDays
	Holiday(d date.Date) (name string, is, known bool)
	Note(d date.Date) string
}

// Dates are days, in both calendars, or the due dates of a stepping.
type Dates struct {
	Days    []loan.DueDate
	Stepped bool
	Start   date.Date
	By      loan.Stepping
	// DaysOff tells working days; nil when no calendar was given. Notes can be nil.
	DaysOff loan.WorkingDays
	Notes   DayNotes
	Name    string // of the calendar
}

// Calculation shows the dates.
func (d *Dates) Calculation() *Calculation {
	c := &Calculation{Kind: "date", Title: "Dates"}
	if d.Stepped {
		c.Title = "Due dates"
		c.result("start", "Start", dateValue(d.Start), "")
		c.result("start_jalali", "in the Iranian calendar", jalaliValue(d.Start), "")
		c.result("count", "Dates", countValue(len(d.Days)), "")
		if n := len(d.Days); n > 0 {
			last := d.Days[n-1].Due
			c.result("last", "Last date", dateValue(last), "")
			c.result("days", "Days from start to last", countValue(last.DaysSince(d.Start)), "")
		}
	}
	t := d.table()
	if t.implied = len(d.Days) == 1 && !d.Stepped; t.implied {
		d.single(c)
	}
	c.table(t)
	for _, text := range d.read() {
		c.Reads(text)
	}
	return c
}

// single tells everything of one date.
func (d *Dates) single(c *Calculation) {
	day := d.Days[0].Due
	c.result("date", "Gregorian", dateValue(day), day.Weekday().String())
	c.result("jalali", "Iranian", jalaliValue(day), "")
	if d.DaysOff == nil {
		return
	}
	off, known := d.DaysOff.Off(day)
	c.result("working_day", "Working day", yesValue(!off, known), "")
	if note := d.note(day); note != "" {
		c.result("note", "What day it is", textValue(note), "")
	}
}

func (d *Dates) table() calcTable {
	t := calcTable{key: "dates", title: "Dates", columns: []calcColumn{
		{key: "number", title: "No.", kind: calcCount, width: tinyWidth},
		{key: "date", title: "Date", kind: calcText, width: wordWidth},
		{key: "weekday", title: "Weekday", kind: calcText, width: wordWidth},
		{key: "jalali", title: "Jalali", kind: calcText, width: wordWidth},
	}}
	if d.Stepped {
		t.columns = append(t.columns, calcColumn{key: "planned", title: "Planned", kind: calcText, width: wordWidth})
	}
	if d.DaysOff != nil {
		t.columns = append(t.columns,
			calcColumn{key: "working_day", title: "Working day", kind: calcText, width: wordWidth},
			calcColumn{key: "note", title: "What day it is", kind: calcText, width: proseWidth})
	}
	for i, day := range d.Days {
		row := []calcValue{
			countValue(i + 1), dateValue(day.Due), textValue(day.Due.Weekday().String()), jalaliValue(day.Due),
		}
		if d.Stepped {
			row = append(row, dateValue(day.Planned))
		}
		if d.DaysOff != nil {
			off, known := d.DaysOff.Off(day.Due)
			note := d.note(day.Due)
			if day.Planned != day.Due {
				note = strings.TrimPrefix(note+"; moved off "+strings.TrimSpace(day.Planned.Weekday().String()+" "+day.Planned.String()), "; ")
				if why := d.note(day.Planned); why != "" {
					note += " (" + why + ")"
				}
			}
			row = append(row, yesValue(!off, known), textValue(note))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// note is the holiday's name, or what the calendar says of a day.
func (d *Dates) note(day date.Date) string {
	if d.Notes == nil {
		return ""
	}
	if name, is, _ := d.Notes.Holiday(day); is {
		return "holiday: " + name
	}
	return d.Notes.Note(day)
}

func (d *Dates) read() []string {
	var all []string
	if d.Stepped {
		all = append(all, steppingWords(d.By))
	}
	if d.DaysOff != nil {
		all = append(all, "Working days: "+d.Name+".")
	}
	return append(all, "Iranian dates: by the table of leap years, "+strconv.Itoa(date.FirstJalaliYear)+" to "+strconv.Itoa(date.LastJalaliYear)+".")
}

// steppingWords say how dates follow each other.
func steppingWords(by loan.Stepping) string {
	every, months := "every "+strconv.Itoa(by.Every)+" days", "every month"
	if by.Every == 1 {
		every = "every day"
	} else {
		months = "every " + strconv.Itoa(by.Every) + " months"
	}
	words := "Due dates: "
	switch by.Method {
	case loan.CalendarMonths:
		words += "on the day of the start, " + months + ", or on the last of a shorter month"
	case loan.JalaliMonths:
		words += "on the day of the start in the Iranian calendar, " + months + " of it, or on the last of a shorter month"
	case loan.MonthEnds:
		words += "on the last day of the month, " + months
	case loan.DaysFromIssue:
		words += every + ", counted from the start"
	default:
		words += every
	}
	switch {
	case by.DaysOff == nil:
		words += "; days off are not looked at"
	case by.Carry && by.Method != loan.DaysFromIssue:
		words += "; a day off moves to the next working day, and the next date is counted from there"
	default:
		words += "; a day off moves to the next working day, and the next date does not move with it"
	}
	return words + "."
}
