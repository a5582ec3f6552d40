package calendar_test

import (
	"errors"
	"strings"
	"testing"

	"tieout/calc/calendar"
	"tieout/calc/date"
)

const own = `calendar: Branch
weekend: Thursday Friday
years: 2024
source 2024: order 1

2024-01-01 holiday New Year
`

func TestAFileExtendsABuiltInCalendar(t *testing.T) {
	const file = "\uFEFF# days of our branch\r\n" + `extends: RU
calendar: Branch in Kazan
years: 2027-2028
source 2028: order 7

2020-04-06	workday	the branch was open
2024-08-30 dayoff  Day of the Republic
2018-01-09 holiday Day of the branch
2028-01-03 holiday New Year
`
	c, err := calendar.Parse("kazan.txt", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if first, last := c.Years(); c.Name() != "Branch in Kazan" || first != 2014 || last != 2028 {
		t.Errorf("%s, %d-%d", c.Name(), first, last)
	}
	for day, want := range map[string]bool{
		"2020-04-06": false, "2020-04-07": true, "2024-08-30": true, "2018-01-08": true, "2018-01-09": true,
		"2018-04-28": false, "2028-01-03": true, "2028-01-04": false, "2028-01-08": true,
	} {
		if off, known := c.Off(date.MustParse(day)); off != want || !known {
			t.Errorf("%s: off %t, known %t; want %t", day, off, known, want)
		}
	}
	if s := c.Sources(); s[len(s)-1] != (calendar.Source{First: 2028, Last: 2028, Text: "order 7"}) {
		t.Errorf("last source %v", s[len(s)-1])
	}
	if off, _ := country(t, "RU").Off(date.MustParse("2024-08-30")); off {
		t.Error("the built-in calendar was changed")
	}
	if _, known := country(t, "RU").Off(date.MustParse("2028-01-04")); known {
		t.Error("the built-in calendar covers more years now")
	}
}

func TestACalendarKnowsItsCountry(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"a file that extends a calendar is of its country", "extends: RU\n", "RU"},
		{"it may say that it is of another", "extends: RU\ncountry: BY\n", "BY"},
		{"a file that extends none says it", "country: KZ\n" + own, "KZ"},
		{"or does not", own, ""},
	} {
		c, err := calendar.Parse("own.txt", []byte(test.file))
		if err != nil || c.Country() != test.want {
			t.Errorf("%s: %q, %v", test.name, c.Country(), err)
		}
	}
	if got := country(t, "IR").Country(); got != "IR" {
		t.Errorf("the built-in calendar is of %q", got)
	}
	for _, code := range []string{"ru", "RUS", "Р1"} {
		_, err := calendar.Parse("own.txt", []byte("country: "+code+"\n"+own))
		if err == nil || !strings.Contains(err.Error(), "own.txt:1: country: ") {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestAFileMayExtendWithoutOtherHeaders(t *testing.T) {
	c, err := calendar.Parse("ir.txt", []byte("extends: IR\nweekend: Thursday Friday\n"))
	if err != nil {
		t.Fatal(err)
	}
	if off, known := c.Off(date.MustParse("2024-07-18")); !off || !known || c.Name() != "Iran" {
		t.Errorf("a Thursday: off %t, known %t, calendar %s", off, known, c.Name())
	}
}

func TestMistakesInCalendarFiles(t *testing.T) {
	tests := map[string]struct{ file, want string }{
		"an empty file":            {"", "x: the header calendar is missing"},
		"no weekend":               {strings.Replace(own, "weekend: Thursday Friday\n", "", 1), "x:5: the header weekend is missing"},
		"no years":                 {strings.Replace(own, "years: 2024\n", "", 1), "x:5: the header years is missing"},
		"a year without a source":  {strings.Replace(own, "years: 2024", "years: 2024-2025", 1), "x:6: the year 2025 has no source"},
		"years in reverse":         {strings.Replace(own, "years: 2024", "years: 2025-2024", 1), `x:3: years: "2025-2024" is neither a year nor a span such as 2014-2027`},
		"a year of two digits":     {strings.Replace(own, "years: 2024", "years: 24", 1), `x:3: years: "24" is neither a year`},
		"a source without years":   {"source : order\n", `x:1: no header is called "source"`},
		"a source of no year":      {"source next: order\n", `x:1: source: "next" is neither a year`},
		"an unknown weekday":       {strings.Replace(own, "Friday", "Fri", 1), `x:2: weekend: "Fri" is not a day from Monday to Sunday`},
		"a weekday twice":          {strings.Replace(own, "Friday", "Thursday", 1), `x:2: weekend: "Thursday" is not a day from Monday to Sunday, or is named twice`},
		"no day to work":           {"weekend: Sunday Monday Tuesday Wednesday Thursday Friday Saturday\n", "x:1: weekend: no day of the week is left"},
		"an unknown header":        {"region: RU\n", `x:1: no header is called "region"`},
		"a header twice":           {"calendar: A\ncalendar: B\n", `x:2: a second header "calendar"`},
		"a header without a value": {"calendar:\n", "x:1: neither a day"},
		"neither header nor day":   {"hello\n", "x:1: neither a day"},
		"a header after a day":     {own + "calendar: B\n", "x:7: a header stands after the first day"},
		"no such date":             {own + "2024-02-30 holiday A\n", `x:7: not a date yyyy-MM-dd: "2024-02-30"`},
		"a date in another form":   {own + "01.02.2024 holiday A\n", `x:7: not a date yyyy-MM-dd: "01.02.2024"`},
		"an unknown kind":          {own + "2024-02-01 free A\n", `x:7: 2024-02-01: "free" is none of holiday, dayoff and workday`},
		"a day without a note":     {own + "2024-02-01 holiday\n", "x:7: 2024-02-01: what the day is is missing"},
		"a day twice":              {own + "2024-01-01 workday A\n", "x:7: 2024-01-01 stands already in line 6"},
		"a day outside the years":  {own + "2025-01-01 holiday A\n", "x:7: 2025-01-01 is outside the years 2024-2024"},
		"a working Monday":         {own + "2024-02-05 workday A\n", "x:7: 2024-02-05 is a working day already"},
		"a Friday off":             {own + "2024-02-02 dayoff A\n", "x:7: 2024-02-02 is a day off already"},
		"a control character":      {own + "2024-02-01 holiday A\x00B\n", "x:7: has control characters"},
		"no UTF-8":                 {own + "2024-02-01 holiday \xff\n", "x:7: has control characters or bytes that are no text in UTF-8"},
		"an unknown country":       {"extends: XX\n", `x:1: extends "XX", which is none of IR, RU, TR`},
		"extends after others":     {"calendar: A\nextends: RU\n", "x:2: extends must be the first header"},
		"a gap between the years":  {"extends: RU\nyears: 2030\n", "x:2: years: a gap is left between 2030 and the 2014-2027"},
		"a new year, no source":    {"extends: RU\nyears: 2028\n", "x: the year 2028 has no source"},
		"every mistake is told":    {own + "2024-02-30 holiday A\n2025-01-01 holiday A\n", "x:8: 2025-01-01 is outside"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := calendar.Parse("x", []byte(test.file))
			var mistake *calendar.Error
			if c != nil || !errors.As(err, &mistake) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("calendar %v, error %v; want %s", c, err, test.want)
			}
		})
	}
}

func TestMistakesAreBounded(t *testing.T) {
	_, err := calendar.Parse("x", []byte(own+strings.Repeat("2025-01-01 holiday A\n", 1000)))
	if n := strings.Count(err.Error(), "\n") + 1; n != 20 {
		t.Errorf("%d mistakes told", n)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(own))
	f.Add([]byte("extends: RU\nyears: 2028\nsource 2028: a\n2028-01-03 dayoff b\n2020-04-06 workday c\n"))
	f.Add([]byte("calendar: A\nweekend: Friday\nyears: 0001-9999\nsource 0001-9999: a\n9999-12-31 holiday b\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := calendar.Parse("fuzz", file)
		if (err == nil) == (c == nil) {
			t.Fatalf("calendar %v and error %v", c, err)
		}
		if err != nil {
			return
		}
		first, last := c.Years()
		start, ok := date.Of(first, 1, 1)
		if !ok || first > last || c.Name() == "" || len(c.Sources()) == 0 {
			t.Fatalf("%q covers %d-%d", c.Name(), first, last)
		}
		next, ok := c.NextWorkingDay(start)
		if off, known := c.Off(next); ok && (off || !known || next.Before(start)) {
			t.Errorf("next working day %s: off %t, known %t", next, off, known)
		}
		if _, known := c.Off(start.AddDays(-1)); known {
			t.Error("the day before the years is known")
		}
	})
}
