package loan_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tieout/calc/date"
	"tieout/calc/loan"
)

func join(dates []date.Date) string {
	var texts []string
	for _, d := range dates {
		texts = append(texts, d.String())
	}
	return strings.Join(texts, " ")
}

func TestDueDatesFollowTheirMethod(t *testing.T) {
	weekends := loan.WeekendsOnly{}
	tests := map[string]struct {
		start string
		count int
		by    loan.Stepping
		want  string // the last ones
	}{
		"calendar months, as published":             {"2017-10-23", 2, loan.Stepping{Method: loan.CalendarMonths, Every: 1}, "2017-11-23 2017-12-23"},
		"calendar months over a year, as published": {"2016-08-22", 12, loan.Stepping{Method: loan.CalendarMonths, Every: 1}, "2017-07-22 2017-08-22"},
		"the end of the month is kept":              {"2020-01-31", 4, loan.Stepping{Method: loan.CalendarMonths, Every: 1}, "2020-02-29 2020-03-31 2020-04-30 2020-05-31"},
		"every third month":                         {"2020-11-30", 3, loan.Stepping{Method: loan.CalendarMonths, Every: 3}, "2021-02-28 2021-05-30 2021-08-30"},
		"every 30 days, as published":               {"2019-01-23", 4, loan.Stepping{Method: loan.Days, Every: 30}, "2019-02-22 2019-03-24 2019-04-23 2019-05-23"},
		"fixed to the issue, as published, first":   {"2017-01-05", 1, loan.Stepping{Method: loan.DaysFromIssue, Every: 30, DaysOff: weekends}, "2017-02-06"},
		"fixed to the issue, as published, last":    {"2017-01-05", 12, loan.Stepping{Method: loan.DaysFromIssue, Every: 30, DaysOff: weekends}, "2018-01-01"},
		"fixed to the issue never carries":          {"2017-01-05", 12, loan.Stepping{Method: loan.DaysFromIssue, Every: 30, DaysOff: weekends, Carry: true}, "2018-01-01"},
		"carried over the term grows":               {"2017-01-05", 12, loan.Stepping{Method: loan.Days, Every: 30, DaysOff: weekends, Carry: true}, "2018-01-05"},
		"not carried over it does not":              {"2017-01-05", 12, loan.Stepping{Method: loan.Days, Every: 30, DaysOff: weekends}, "2018-01-01"},
		"off weekends and holidays":                 {"2017-01-05", 12, loan.Stepping{Method: loan.DaysFromIssue, Every: 30, DaysOff: feast{}}, "2018-01-09"},
		"months off weekends":                       {"2017-01-15", 4, loan.Stepping{Method: loan.CalendarMonths, Every: 1, DaysOff: weekends}, "2017-02-15 2017-03-15 2017-04-17 2017-05-15"},
		"months off weekends, carried over":         {"2017-01-15", 4, loan.Stepping{Method: loan.CalendarMonths, Every: 1, DaysOff: weekends, Carry: true}, "2017-02-15 2017-03-15 2017-04-17 2017-05-17"},
		"month ends":                                {"2020-01-10", 3, loan.Stepping{Method: loan.MonthEnds, Every: 1}, "2020-02-29 2020-03-31 2020-04-30"},
		"month ends off weekends":                   {"2020-01-10", 4, loan.Stepping{Method: loan.MonthEnds, Every: 1, DaysOff: weekends}, "2020-03-02 2020-03-31 2020-04-30 2020-06-01"},
		"no dates":                                  {"2020-01-10", 0, loan.Stepping{Method: loan.Days, Every: 1}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dates, err := loan.DueDates(on(test.start), test.count, test.by)
			if err != nil || len(dates) != test.count || !strings.HasSuffix(join(dates), test.want) {
				t.Errorf("%s, %v; want %s", join(dates), err, test.want)
			}
		})
	}
}

// off takes all days for days off.
type off struct{}

func (off) Off(date.Date) (off, known bool) { return true, true }

func TestNoDueDates(t *testing.T) {
	days := loan.Stepping{Method: loan.Days, Every: 30}
	for name, test := range map[string]struct {
		start date.Date
		count int
		by    loan.Stepping
		want  error
		dates string
	}{
		"no start":                     {date.Date{}, 1, days, loan.ErrStepping, ""},
		"a negative number":            {on("2020-01-01"), -1, days, loan.ErrStepping, ""},
		"too many":                     {on("2020-01-01"), loan.MaxDueDates + 1, days, loan.ErrStepping, ""},
		"no step":                      {on("2020-01-01"), 1, loan.Stepping{}, loan.ErrStepping, ""},
		"a step too long":              {on("2020-01-01"), 1, loan.Stepping{Every: loan.MaxStep + 1}, loan.ErrStepping, ""},
		"no method":                    {on("2020-01-01"), 1, loan.Stepping{Method: 9, Every: 1}, loan.ErrStepping, ""},
		"behind the last year":         {on("9999-11-30"), 2, days, loan.ErrCalendarEnd, "9999-12-30"},
		"months behind the last year":  {on("9999-11-30"), 2, loan.Stepping{Every: 1}, loan.ErrCalendarEnd, "9999-12-30"},
		"as far as one can step":       {on("2020-01-01"), loan.MaxDueDates, loan.Stepping{Every: loan.MaxStep}, loan.ErrCalendarEnd, "5063-10-01 8107-07-01"},
		"a day that is not known":      {on("2016-12-15"), 2, loan.Stepping{Method: loan.Days, Every: 10, DaysOff: feast{}}, loan.ErrUnknownDay, ""},
		"a later day is not known":     {on("2018-01-20"), 2, loan.Stepping{Method: loan.Days, Every: 10, DaysOff: feast{}}, loan.ErrUnknownDay, "2018-01-30"},
		"nothing but days off":         {on("2020-01-01"), 2, loan.Stepping{Method: loan.Days, Every: 10, DaysOff: off{}}, loan.ErrNoWorkingDay, ""},
		"days off until the last year": {on("9999-12-30"), 1, loan.Stepping{Method: loan.Days, Every: 1, DaysOff: off{}}, loan.ErrCalendarEnd, ""},
	} {
		if dates, err := loan.DueDates(test.start, test.count, test.by); !errors.Is(err, test.want) || join(dates) != test.dates {
			t.Errorf("%s: %s, %v; want %s, %v", name, join(dates), err, test.dates, test.want)
		}
	}
}

func TestMethodsHaveWords(t *testing.T) {
	for want, m := range map[string]loan.Method{
		"calendar months": loan.CalendarMonths, "days": loan.Days, "days from issue": loan.DaysFromIssue,
		"month ends": loan.MonthEnds, "method 9": 9,
	} {
		if m.String() != want {
			t.Errorf("%s, want %s", m, want)
		}
	}
}

// 31 Shahrivar 1402 is 2023-09-22; Mehr has 30 days, Farvardin 31.
func TestMonthsOfTheIranianCalendar(t *testing.T) {
	by := loan.Stepping{Method: loan.JalaliMonths, Every: 1}
	dates, err := loan.DueDates(date.MustParseJalali("1402/06/31").Date(), 7, by)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range dates {
		j, _ := d.Jalali()
		got = append(got, j.String())
	}
	want := "[1402/07/30 1402/08/30 1402/09/30 1402/10/30 1402/11/30 1402/12/29 1403/01/31]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if _, err := loan.DueDates(date.MustParseJalali("1500/12/01").Date(), 1, by); !errors.Is(err, loan.ErrCalendarEnd) {
		t.Error(err)
	}
}

// Of 30 days from Thursday 5 January 2017 the first lead to a Saturday.
func TestPlannedDatesKeepWhatWasMoved(t *testing.T) {
	by := loan.Stepping{Method: loan.Days, Every: 30, DaysOff: loan.WeekendsOnly{}, Carry: true}
	dates, err := loan.PlannedDates(date.MustParse("2017-01-05"), 2, by)
	if got := fmt.Sprint(dates); err != nil || got != "[{2017-02-04 2017-02-06} {2017-03-08 2017-03-08}]" {
		t.Errorf("%s, %v", got, err)
	}
}
