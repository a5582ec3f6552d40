package calendar_test

import (
	"testing"

	"tieout/calc/calendar"
	"tieout/calc/date"
)

func country(t *testing.T, code string) *calendar.Calendar {
	t.Helper()
	c, ok := calendar.Country(code)
	if !ok {
		t.Fatalf("no calendar of %s", code)
	}
	return c
}

// The days are those of the decrees and announcements that the files name.
func TestDaysOfBuiltInCalendars(t *testing.T) {
	const work, off = false, true
	tests := map[string]struct {
		code, from, to string // every day of the span
		off            bool
	}{
		"RU 2014: 3 November, moved from 23 February":    {"RU", "2014-11-03", "2014-11-03", off},
		"RU 2014: 24 February is worked":                 {"RU", "2014-02-24", "2014-02-24", work},
		"RU 2015: eleven days from New Year":             {"RU", "2015-01-01", "2015-01-11", off},
		"RU 2015: 12 January is worked":                  {"RU", "2015-01-12", "2015-01-12", work},
		"RU 2016: Saturday 20 February is worked":        {"RU", "2016-02-20", "2016-02-20", work},
		"RU 2016: three days of February":                {"RU", "2016-02-21", "2016-02-23", off},
		"RU 2016: four days of March":                    {"RU", "2016-03-05", "2016-03-08", off},
		"RU 2017: four days of May":                      {"RU", "2017-05-06", "2017-05-09", off},
		"RU 2018: New Year":                              {"RU", "2018-01-01", "2018-01-08", off},
		"RU 2018: work begins on 9 January":              {"RU", "2018-01-09", "2018-01-12", work},
		"RU 2018: four days of March":                    {"RU", "2018-03-08", "2018-03-11", off},
		"RU 2018: Saturday 28 April is worked":           {"RU", "2018-04-28", "2018-04-28", work},
		"RU 2018: four days from 29 April":               {"RU", "2018-04-29", "2018-05-02", off},
		"RU 2018: Saturday 9 June is worked":             {"RU", "2018-06-09", "2018-06-09", work},
		"RU 2018: three days of June":                    {"RU", "2018-06-10", "2018-06-12", off},
		"RU 2018: Saturday 29 December is worked":        {"RU", "2018-12-29", "2018-12-29", work},
		"RU 2018: New Year's Eve":                        {"RU", "2018-12-31", "2018-12-31", off},
		"RU 2019: 8 January":                             {"RU", "2019-01-08", "2019-01-08", off},
		"RU 2019: 9 January is worked":                   {"RU", "2019-01-09", "2019-01-09", work},
		"RU 2019: five days of May":                      {"RU", "2019-05-01", "2019-05-05", off},
		"RU 2019: 10 May, moved from 23 February":        {"RU", "2019-05-10", "2019-05-10", off},
		"RU 2019: New Year's Eve is worked":              {"RU", "2019-12-31", "2019-12-31", work},
		"RU 2020: the last day before the decrees":       {"RU", "2020-03-27", "2020-03-27", work},
		"RU 2020: non-working from 30 March":             {"RU", "2020-03-30", "2020-05-11", off},
		"RU 2020: work begins again":                     {"RU", "2020-05-12", "2020-05-12", work},
		"RU 2020: the parade":                            {"RU", "2020-06-24", "2020-06-24", off},
		"RU 2020: the vote":                              {"RU", "2020-07-01", "2020-07-01", off},
		"RU 2021: Saturday 20 February is worked":        {"RU", "2021-02-20", "2021-02-20", work},
		"RU 2021: ten days of May":                       {"RU", "2021-05-01", "2021-05-10", off},
		"RU 2021: nine days from 30 October":             {"RU", "2021-10-30", "2021-11-07", off},
		"RU 2022: Saturday 5 March is worked":            {"RU", "2022-03-05", "2022-03-05", work},
		"RU 2022: 7 March":                               {"RU", "2022-03-07", "2022-03-07", off},
		"RU 2023: 24 February, moved from 1 January":     {"RU", "2023-02-24", "2023-02-24", off},
		"RU 2024: Saturday 27 April is worked":           {"RU", "2024-04-27", "2024-04-27", work},
		"RU 2024: four days from 28 April":               {"RU", "2024-04-28", "2024-05-01", off},
		"RU 2024: Saturday 28 December is worked":        {"RU", "2024-12-28", "2024-12-28", work},
		"RU 2024: eleven days from 29 December":          {"RU", "2024-12-29", "2025-01-08", off},
		"RU 2025: Saturday 1 November is worked":         {"RU", "2025-11-01", "2025-11-01", work},
		"RU 2026: 9 January, moved from 3 January":       {"RU", "2026-01-09", "2026-01-11", off},
		"RU 2027: Saturday 20 February is worked":        {"RU", "2027-02-20", "2027-02-20", work},
		"TR 2016: 15 July is no holiday yet":             {"TR", "2016-07-15", "2016-07-15", work},
		"TR 2019: the feast of Ramadan":                  {"TR", "2019-06-04", "2019-06-06", off},
		"TR 2019: the day after the feast":               {"TR", "2019-06-07", "2019-06-07", work},
		"TR 2019: the eve of the feast is a half day":    {"TR", "2019-06-03", "2019-06-03", work},
		"TR 2021: the feast of Sacrifice":                {"TR", "2021-07-20", "2021-07-23", off},
		"TR 2022: 15 July":                               {"TR", "2022-07-15", "2022-07-15", off},
		"TR 2025: the eve of the Republic is a half day": {"TR", "2025-10-28", "2025-10-28", work},
		"IR 2021: New Year after a leap year":            {"IR", "2021-03-19", "2021-03-24", off},
		"IR 2023: Eid al-Fitr":                           {"IR", "2023-04-22", "2023-04-23", off},
		"IR 2024: Ashura":                                {"IR", "2024-07-16", "2024-07-16", off},
		"IR 2024: a Thursday is worked":                  {"IR", "2024-07-18", "2024-07-18", work},
		"IR 2024: a Friday is not":                       {"IR", "2024-07-19", "2024-07-19", off},
		"IR 2024: Saturday and Sunday are worked":        {"IR", "2024-07-20", "2024-07-21", work},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := country(t, test.code)
			for d := date.MustParse(test.from); !d.After(date.MustParse(test.to)); d = d.AddDays(1) {
				if off, known := c.Off(d); off != test.off || !known {
					t.Errorf("%s: off %t, known %t; want %t (%s)", d, off, known, test.off, c.Note(d))
				}
			}
		})
	}
}

// The production calendars print how many days are worked; 2020 and 2021 less the
// 29 and 7 weekdays that the President's decrees made non-working.
func TestWorkingDaysOfRussianYears(t *testing.T) {
	want := map[int]int{
		2014: 247, 2015: 247, 2016: 247, 2017: 247, 2018: 247, 2019: 247, 2020: 248 - 29,
		2021: 247 - 7, 2022: 247, 2023: 247, 2024: 248, 2025: 247, 2026: 247, 2027: 247,
	}
	c := country(t, "RU")
	first, last := c.Years()
	if len(want) != last-first+1 {
		t.Errorf("%d-%d are covered, %d years counted", first, last, len(want))
	}
	for year, days := range want {
		worked := 0
		start, _ := date.Of(year, 1, 1)
		for d := start; d.Year() == year; d = d.AddDays(1) {
			if off, _ := c.Off(d); !off {
				worked++
			}
		}
		if worked != days {
			t.Errorf("%d: %d working days, want %d", year, worked, days)
		}
	}
}

// The lunar feasts are entered by hand; the solar ones must stand on their Jalali days.
func TestIranianSolarHolidays(t *testing.T) {
	c := country(t, "IR")
	for _, day := range []string{"01-01", "01-02", "01-03", "01-04", "01-12", "01-13", "03-14", "03-15", "11-22", "12-29", "12-30"} {
		for year := date.MustParseJalali("1398-01-01"); year.Year < 1404; year = year.AddMonths(12) {
			j, err := date.ParseJalali(year.String()[:4] + "-" + day)
			if err != nil {
				continue // 30 Esfand of a common year
			}
			if name, is, known := c.Holiday(j.Date()); !is || !known {
				t.Errorf("%s, %s is no holiday: %q, known %t", j, j.Date(), name, known)
			}
		}
	}
}

func TestHolidayAndDayOffDiffer(t *testing.T) {
	c := country(t, "RU")
	tests := map[string]struct {
		day, name string
		is, known bool
		note      string
	}{
		"a holiday":              {"2018-01-07", "Christmas", true, true, "Christmas"},
		"a day off moved there":  {"2018-03-09", "", false, true, "moved from 2018-01-06"},
		"a working Saturday":     {"2018-04-28", "", false, true, "day off moved to 2018-04-30"},
		"an ordinary Sunday":     {"2018-01-14", "", false, true, ""},
		"a day before the years": {"2013-01-01", "", false, false, ""},
		"a day after the years":  {"2028-01-01", "", false, false, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := date.MustParse(test.day)
			if name, is, known := c.Holiday(d); name != test.name || is != test.is || known != test.known {
				t.Errorf("%q, %t, %t; want %q, %t, %t", name, is, known, test.name, test.is, test.known)
			}
			if _, known := c.Off(d); known != test.known {
				t.Errorf("off is known %t, want %t", known, test.known)
			}
			if note := c.Note(d); note != test.note {
				t.Errorf("note %q, want %q", note, test.note)
			}
		})
	}
}

func TestNextWorkingDay(t *testing.T) {
	tests := map[string]struct {
		code, from, want string // want "" means not known
	}{
		"a working day stays":                  {"RU", "2018-01-09", "2018-01-09"},
		"from the first day of the year":       {"RU", "2018-01-01", "2018-01-09"},
		"from a holiday in the middle":         {"RU", "2018-01-04", "2018-01-09"},
		"a Sunday to Monday":                   {"RU", "2017-11-12", "2017-11-13"},
		"a working Saturday stays":             {"RU", "2018-06-09", "2018-06-09"},
		"over the end of a year":               {"RU", "2018-12-30", "2019-01-09"},
		"days off until the end of the years":  {"RU", "2027-12-31", ""},
		"before the years":                     {"RU", "2013-12-31", ""},
		"a Friday in Iran to Saturday":         {"IR", "2024-07-19", "2024-07-20"},
		"a Saturday in Turkey to Monday":       {"TR", "2024-07-20", "2024-07-22"},
		"a feast in Turkey and its weekend":    {"TR", "2024-06-15", "2024-06-20"},
		"a holiday on a Sunday is not made up": {"TR", "2022-05-01", "2022-05-05"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d, ok := country(t, test.code).NextWorkingDay(date.MustParse(test.from))
			if d.String() != test.want || ok != (test.want != "") {
				t.Errorf("%q, %t; want %q", d, ok, test.want)
			}
		})
	}
	if d, ok := country(t, "RU").NextWorkingDay(date.Date{}); ok {
		t.Errorf("no date leads to %s", d)
	}
}

func TestEveryYearOfABuiltInCalendarNamesItsSources(t *testing.T) {
	if got := calendar.Countries(); len(got) != 3 || got[0] != "IR" || got[1] != "RU" || got[2] != "TR" {
		t.Errorf("countries %v", got)
	}
	for _, code := range calendar.Countries() {
		c := country(t, code)
		first, last := c.Years()
		for year := first; year <= last; year++ {
			n := 0
			for _, s := range c.Sources() {
				if s.First <= year && year <= s.Last {
					n++
				}
			}
			if n < 2 {
				t.Errorf("%s: %d has %d sources; a built-in year is checked against two", c.Name(), year, n)
			}
		}
	}
	if _, ok := calendar.Country("ru"); ok {
		t.Error("a code in small letters is accepted")
	}
}
