package date_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"tieout/calc/date"
)

func TestDatesReadAndPrint(t *testing.T) {
	for name, text := range map[string]string{
		"an ordinary day":              "2018-01-09",
		"a leap day":                   "2024-02-29",
		"a leap day of a century":      "2000-02-29",
		"the first date":               "0001-01-01",
		"the last date":                "9999-12-31",
		"the end of a month of thirty": "2019-04-30",
	} {
		t.Run(name, func(t *testing.T) {
			d, err := date.Parse(text)
			if err != nil || d.String() != text || d.IsZero() {
				t.Errorf("%q, zero %t, error %v", d, d.IsZero(), err)
			}
			if of, ok := date.Of(d.Year(), d.Month(), d.Day()); !ok || of != d {
				t.Errorf("its parts make %q", of)
			}
		})
	}
}

func TestTextsThatAreNoDates(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                          "",
		"a month without a leading zero":   "2018-1-09",
		"the day first":                    "09-01-2018",
		"dots":                             "2018.01.09",
		"slashes":                          "2018/01/09",
		"no separators":                    "20180109",
		"a time after it":                  "2018-01-09T00:00:00",
		"a blank before":                   " 2018-01-09",
		"a line break after":               "2018-01-09\n",
		"a sign":                           "-018-01-09",
		"a plus in the month":              "2018-+1-09",
		"letters":                          "2018-ab-09",
		"digits of another script":         "۲۰۱۸-۰۱-۰۹",
		"the year 0":                       "0000-01-01",
		"month 0":                          "2018-00-01",
		"month 13":                         "2018-13-01",
		"day 0":                            "2018-01-00",
		"the 31st of a month of thirty":    "2018-04-31",
		"a leap day of a common year":      "2023-02-29",
		"a leap day of a common century":   "1900-02-29",
		"30 February of a leap year":       "2024-02-30",
		"the sentinel of some old systems": "0000-00-00",
	} {
		t.Run(name, func(t *testing.T) {
			if d, err := date.Parse(text); !errors.Is(err, date.ErrNoDate) || !d.IsZero() {
				t.Errorf("%q is read as %q, error %v", text, d, err)
			}
		})
	}
}

func TestADayWithATimeBehindIt(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a time behind a T", "2018-01-09T00:00:00", "2018-01-09"},
		{"a time behind a blank", "2018-01-09 23:59", "2018-01-09"},
		{"a day alone is read by Parse", "2018-01-09", ""},
		{"digits behind the day", "2018-01-091", ""},
		{"a day that no month has", "2018-02-30T00:00:00", ""},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := date.DayOf(test.text).String(); got != test.want {
				t.Errorf("%q begins with %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestAddMonths(t *testing.T) {
	tests := map[string]struct {
		from        string
		months, day int
		want        string
	}{
		"an ordinary month":                      {"2017-10-23", 1, 23, "2017-11-23"},
		"over the end of a year":                 {"2017-12-23", 1, 23, "2018-01-23"},
		"a year":                                 {"2016-08-22", 12, 22, "2017-08-22"},
		"31 January to the end of February":      {"2023-01-31", 1, 31, "2023-02-28"},
		"31 January to a leap day":               {"2024-01-31", 1, 31, "2024-02-29"},
		"back to the day it began on":            {"2024-02-29", 1, 31, "2024-03-31"},
		"and to a month of thirty":               {"2024-03-31", 1, 31, "2024-04-30"},
		"a leap day a year later":                {"2024-02-29", 12, 29, "2025-02-28"},
		"no month, the day it began on":          {"2024-02-29", 0, 31, "2024-02-29"},
		"back over the start of a year":          {"2024-01-15", -1, 15, "2023-12-15"},
		"back many years":                        {"2024-03-31", -25, 31, "2022-02-28"},
		"after the last year":                    {"9999-12-01", 1, 1, ""},
		"before the first year":                  {"0001-01-31", -1, 31, ""},
		"further than there are dates":           {"2024-01-01", math.MaxInt, 1, ""},
		"further back than there are dates":      {"2024-01-01", math.MinInt, 1, ""},
		"from the first month to the last":       {"0001-01-01", 9999*12 - 1, 31, "9999-12-31"},
		"from the last month back to the first":  {"9999-12-31", 1 - 9999*12, 31, "0001-01-31"},
		"a day that no month has is no date":     {"2024-01-01", 1, 0, ""},
		"a day past every month is the last one": {"2024-01-01", 1, 99, "2024-02-29"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := date.MustParse(test.from).AddMonths(test.months, test.day); got.String() != test.want {
				t.Errorf("%s and %d months on day %d is %q, want %q", test.from, test.months, test.day, got, test.want)
			}
		})
	}
}

func TestAScheduleOfMonthEndsKeepsItsDay(t *testing.T) {
	d := date.MustParse("2023-12-31")
	for _, want := range []string{"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"} {
		if d = d.AddMonths(1, 31); d.String() != want || !d.IsMonthEnd() {
			t.Errorf("%s, want %s", d, want)
		}
	}
	if date.MustParse("2024-02-28").IsMonthEnd() {
		t.Error("28 February 2024 is no end of a month")
	}
}

func TestNothingFollowsFromNoDate(t *testing.T) {
	var none date.Date
	if d := none.AddDays(400); !d.IsZero() {
		t.Errorf("400 days after no date is %s", d)
	}
	if d := none.AddMonths(13, 1); !d.IsZero() {
		t.Errorf("13 months after no date is %s", d)
	}
	if none.String() != "" || none.IsMonthEnd() || !none.Before(date.MustParse("0001-01-01")) {
		t.Error("no date is empty and comes before every date")
	}
}

func TestDaysBetween(t *testing.T) {
	tests := map[string]struct {
		from, to string
		days     int
	}{
		"the same day":                {"2024-02-29", "2024-02-29", 0},
		"the next day":                {"2024-02-28", "2024-02-29", 1},
		"over a leap day":             {"2024-02-28", "2024-03-01", 2},
		"February of a common year":   {"2023-02-28", "2023-03-01", 1},
		"a common year":               {"2018-01-01", "2019-01-01", 365},
		"a leap year":                 {"2024-01-01", "2025-01-01", 366},
		"a common century":            {"1800-03-01", "1900-03-01", 36524},
		"a century with its leap day": {"1900-03-01", "2000-03-01", 36525},
		"four centuries":              {"1600-01-01", "2000-01-01", 146097},
		"all dates":                   {"0001-01-01", "9999-12-31", 3652058},
		"over the start of Unix time": {"1969-12-31", "1970-01-01", 1},
		"four periods of thirty days": {"2019-01-23", "2019-05-23", 120},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			from, to := date.MustParse(test.from), date.MustParse(test.to)
			if got := to.DaysSince(from); got != test.days {
				t.Errorf("%d days, want %d", got, test.days)
			}
			if got := from.DaysSince(to); got != -test.days {
				t.Errorf("%d days back, want %d", got, -test.days)
			}
			if got := from.AddDays(test.days); got != to {
				t.Errorf("%s and %d days is %s", from, test.days, got)
			}
			if got := to.AddDays(-test.days); got != from {
				t.Errorf("%s less %d days is %s", to, test.days, got)
			}
		})
	}
	for _, days := range []int{1, math.MaxInt} {
		if d := date.MustParse("9999-12-31").AddDays(days); !d.IsZero() {
			t.Errorf("%d days after the last date is %s", days, d)
		}
	}
	for _, days := range []int{-1, math.MinInt} {
		if d := date.MustParse("0001-01-01").AddDays(days); !d.IsZero() {
			t.Errorf("%d days before the first date is %s", days, d)
		}
	}
}

func TestDatesCompare(t *testing.T) {
	ordered := []string{"0001-01-01", "1999-12-31", "2000-01-01", "2000-01-02", "2000-02-01", "2001-01-01", "9999-12-31"}
	for i, a := range ordered {
		for k, b := range ordered {
			x, y := date.MustParse(a), date.MustParse(b)
			want := 0
			if i < k {
				want = -1
			} else if i > k {
				want = 1
			}
			if x.Compare(y) != want || x.Before(y) != (want < 0) || x.After(y) != (want > 0) || (x == y) != (want == 0) {
				t.Errorf("%s and %s compare as %d, want %d", a, b, x.Compare(y), want)
			}
		}
	}
}

func TestWeekdaysAndInstants(t *testing.T) {
	if day := date.MustParse("2018-01-09").Weekday(); day != time.Tuesday {
		t.Errorf("9 January 2018 was a Tuesday, not a %s", day)
	}
	tehran := time.FixedZone("Tehran", 3*3600+1800)
	if d := date.FromTime(time.Date(2025, 3, 21, 1, 0, 0, 0, tehran)); d.String() != "2025-03-20" {
		t.Errorf("an instant is taken in UTC, not as %s", d)
	}
	if d := date.FromTime(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)); !d.IsZero() {
		t.Errorf("the year 10000 is %s", d)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"2018-01-09", "2024-02-29", "1900-02-29", "0001-01-01", "2018-1-9", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := date.Parse(text)
		if (err != nil) != d.IsZero() {
			t.Fatalf("%q with error %v", d, err)
		}
		if err == nil && d.String() != text {
			t.Errorf("%q is printed as %q", text, d)
		}
	})
}

func TestWholeMonthsBetweenDates(t *testing.T) {
	for name, test := range map[string]struct {
		from, to string
		want     int
	}{
		"the same day":                         {"2020-01-31", "2020-01-31", 0},
		"a day short of a month":               {"2020-01-15", "2020-02-14", 0},
		"a month":                              {"2020-01-15", "2020-02-15", 1},
		"a shorter month is full at its end":   {"2020-01-31", "2020-02-29", 1},
		"twelve years":                         {"2018-05-05", "2030-05-05", 144},
		"back":                                 {"2020-02-15", "2020-01-15", -1},
		"back, a day short of a second month":  {"2020-03-14", "2020-01-15", -1},
		"across the end of a year, a day more": {"2019-12-31", "2020-02-01", 1},
	} {
		if got := date.MustParse(test.from).MonthsUntil(date.MustParse(test.to)); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

// Days are counted as the standard library does, over all kinds of years.
func TestEveryDayOfFourCenturies(t *testing.T) {
	first := date.MustParse("1999-12-31")
	instant := time.Date(1999, time.December, 31, 0, 0, 0, 0, time.UTC)
	for n := range 146_097 {
		d := date.FromTime(instant)
		if d.DaysSince(first) != n || d.Weekday() != instant.Weekday() ||
			d.IsMonthEnd() != (instant.AddDate(0, 0, 1).Day() == 1) {
			t.Fatalf("%s: %d days, %s", d, d.DaysSince(first), d.Weekday())
		}
		instant = instant.AddDate(0, 0, 1)
	}
}
