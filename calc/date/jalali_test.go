package date_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"testing"

	"tieout/calc/date"
)

func TestFormsOfJalaliDates(t *testing.T) {
	want := date.Jalali{Year: 1409, Month: 4, Day: 30}
	for name, text := range map[string]string{
		"digits alone":                "14090430",
		"slashes":                     "1409/04/30",
		"hyphens":                     "1409-04-30",
		"a month of one digit":        "1409-4-30",
		"Persian digits":              "۱۴۰۹۰۴۳۰",
		"Persian digits with slashes": "۱۴۰۹/۰۴/۳۰",
		"Arabic digits":               "١٤٠٩/٠٤/٣٠",
		"Arabic digits with hyphens":  "١٤٠٩-٤-٣٠",
		"digits of all scripts":       "14۰۹٠430",
	} {
		t.Run(name, func(t *testing.T) {
			j, err := date.ParseJalali(text)
			if err != nil || j != want {
				t.Fatalf("%v, error %v", j, err)
			}
			if j.String() != "1409/04/30" || j.Compact() != "14090430" {
				t.Errorf("printed as %s and %s", j, j.Compact())
			}
		})
	}
	if j, err := date.ParseJalali("1409/4/3"); err != nil || j.String() != "1409/04/03" {
		t.Errorf("month and day of one digit: %s, %v", j, err)
	}
}

func TestTextsThatAreNoJalaliDates(t *testing.T) {
	tests := map[string]struct {
		text string
		want error
	}{
		"nothing":                         {"", date.ErrJalaliForm},
		"zero, which some send for none":  {"0", date.ErrJalaliForm},
		"a year of two digits":            {"09/04/30", date.ErrJalaliForm},
		"a year of three digits":          {"140/04/30", date.ErrJalaliForm},
		"two separators that differ":      {"1409/04-30", date.ErrJalaliForm},
		"dots":                            {"1409.04.30", date.ErrJalaliForm},
		"one separator":                   {"1409/0430", date.ErrJalaliForm},
		"three separators":                {"1409/4/3/", date.ErrJalaliForm},
		"no month":                        {"1409//30", date.ErrJalaliForm},
		"no day":                          {"1409/04/", date.ErrJalaliForm},
		"a month of three digits":         {"1409/004/3", date.ErrJalaliForm},
		"a day of three digits":           {"1409/4/030", date.ErrJalaliForm},
		"seven digits":                    {"1409430", date.ErrJalaliForm},
		"nine digits":                     {"140904300", date.ErrJalaliForm},
		"a time after it":                 {"14090430120000", date.ErrJalaliForm},
		"a blank before":                  {" 1409/4/30", date.ErrJalaliForm},
		"a sign":                          {"1409-+4-30", date.ErrJalaliForm},
		"letters":                         {"1409ab30", date.ErrJalaliForm},
		"a mark of writing direction":     {"\u200f1409/4/30", date.ErrJalaliForm},
		"digits of Devanagari":            {"१४०९०४३०", date.ErrJalaliForm},
		"bytes that are no text":          {"1409/04/3\xff", date.ErrJalaliForm},
		"the year before the range":       {"1299/12/29", date.ErrJalaliYear},
		"the year after the range":        {"1501/01/01", date.ErrJalaliYear},
		"a Gregorian year":                {"2030/07/21", date.ErrJalaliYear},
		"a year the library calls leap":   {"9999/12/30", date.ErrJalaliYear},
		"the sentinel of zeros":           {"00000000", date.ErrJalaliYear},
		"month 0":                         {"1403/00/10", date.ErrJalaliMonth},
		"month 13":                        {"1403/13/10", date.ErrJalaliMonth},
		"day 0":                           {"1403/01/00", date.ErrJalaliDay},
		"day 32":                          {"1403/01/32", date.ErrJalaliDay},
		"31 of a month of thirty":         {"1403/07/31", date.ErrJalaliDay},
		"31 Esfand of a leap year":        {"1403/12/31", date.ErrJalaliDay},
		"31 Esfand of a common year":      {"1404/12/31", date.ErrJalaliDay},
		"30 Esfand of 1404":               {"1404/12/30", date.ErrJalaliLeap},
		"30 Esfand of 1407, digits alone": {"14071230", date.ErrJalaliLeap},
	}
	all := []error{date.ErrJalaliForm, date.ErrJalaliYear, date.ErrJalaliMonth, date.ErrJalaliDay, date.ErrJalaliLeap}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			j, err := date.ParseJalali(test.text)
			for _, reason := range all {
				if errors.Is(err, reason) != errors.Is(reason, test.want) {
					t.Errorf("error %v, want %v", err, test.want)
				}
			}
			if !j.IsZero() {
				t.Errorf("read as %s", j)
			}
		})
	}
}

// The rule of 33 years, independent of the library's table of breaks, holds from 1178
// to 1633; 1403 and 1408 are where the rule of 2820 years goes wrong.
func TestLeapYearsFollowTheRuleOf33Years(t *testing.T) {
	leapPlaces := []int{1, 5, 9, 13, 17, 22, 26, 30}
	for year := date.FirstJalaliYear; year <= date.LastJalaliYear; year++ {
		j := date.Jalali{Year: year, Month: 12, Day: 30}
		want := slices.Contains(leapPlaces, year%33)
		if j.IsLeap() != want || j.Date().IsZero() == want {
			t.Errorf("%d: leap %t, 30 Esfand is %q; want leap %t", year, j.IsLeap(), j.Date(), want)
		}
	}
	for _, year := range []int{1299, 1501, 9999} {
		if (date.Jalali{Year: year, Month: 1, Day: 1}).IsLeap() {
			t.Errorf("%d is outside the range", year)
		}
	}
}

// vectors are facts from the tests of two other libraries, which the file names.
type vectors struct {
	Pairs []struct{ Jalali, Gregorian, Source string } `json:"jalali_gregorian"`
	Days  []struct {
		Jalali, Source string
		JDN            int
	} `json:"jalali_julian_day"`
	Leap    []int    `json:"leap_years"`
	Common  []int    `json:"common_years"`
	Invalid []string `json:"invalid_dates"`
}

func TestOtherLibrariesAgree(t *testing.T) {
	text, err := os.ReadFile("testdata/jalali.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Pairs) < 20 || len(v.Days) < 30 || len(v.Leap) < 15 || len(v.Common) < 20 || len(v.Invalid) < 8 {
		t.Fatal("facts are missing")
	}
	for _, pair := range v.Pairs {
		checkBothWays(t, pair.Jalali, date.MustParse(pair.Gregorian), pair.Source)
	}
	const unix = 2440588 // the Julian day number of 1970-01-01
	for _, day := range v.Days {
		checkBothWays(t, day.Jalali, date.MustParse("1970-01-01").AddDays(day.JDN-unix), day.Source)
	}
	for _, year := range v.Leap {
		if !(date.Jalali{Year: year}).IsLeap() {
			t.Errorf("%d is a leap year", year)
		}
	}
	for _, year := range v.Common {
		if (date.Jalali{Year: year}).IsLeap() {
			t.Errorf("%d is no leap year", year)
		}
	}
	for _, text := range v.Invalid {
		if j, err := date.ParseJalali(text); err == nil {
			t.Errorf("%s is read as %s", text, j)
		}
	}
}

func checkBothWays(t *testing.T, jalali string, gregorian date.Date, source string) {
	t.Helper()
	j, err := date.ParseJalali(jalali)
	if err != nil || j.Date() != gregorian {
		t.Errorf("%s is %s, error %v; %s says %s", jalali, j.Date(), err, source, gregorian)
	}
	if back, ok := gregorian.Jalali(); !ok || back != j {
		t.Errorf("%s is %s; %s says %s", gregorian, back, source, jalali)
	}
}

// The walk counts the months itself, by the rule of 33 years.
func TestEveryDayOfTwoCenturiesBothWays(t *testing.T) {
	leapPlaces := []int{1, 5, 9, 13, 17, 22, 26, 30}
	year, month, day := date.FirstJalaliYear, 1, 1
	last := date.MustParse("2122-03-20")
	for d := date.MustParse("1921-03-21"); !d.After(last); d = d.AddDays(1) {
		want := date.Jalali{Year: year, Month: month, Day: day}
		if j, ok := d.Jalali(); !ok || j != want {
			t.Fatalf("%s is %s, want %s", d, j, want)
		}
		if back := want.Date(); back != d {
			t.Fatalf("%s is %s, want %s", want, back, d)
		}
		length := 30
		switch {
		case month <= 6:
			length = 31
		case month == 12 && !slices.Contains(leapPlaces, year%33):
			length = 29
		}
		if day++; day > length {
			month, day = month+1, 1
		}
		if month > 12 {
			year, month = year+1, 1
		}
	}
	if year != date.LastJalaliYear+1 || month != 1 || day != 1 {
		t.Errorf("the walk ended before %d/%d/%d", year, month, day)
	}
}

func TestDaysOutsideTheRangeAreNotConverted(t *testing.T) {
	for _, text := range []string{"1921-03-20", "2122-03-21", "0001-01-01", "1798-01-15", "9999-12-31"} {
		if j, ok := date.MustParse(text).Jalali(); ok {
			t.Errorf("%s is converted to %s", text, j)
		}
	}
	if j, ok := (date.Date{}).Jalali(); ok {
		t.Errorf("no date is converted to %s", j)
	}
	for _, j := range []date.Jalali{{}, {Year: 1404, Month: 12, Day: 30}, {Year: 1403, Month: 13, Day: 1}, {Year: 1299, Month: 1, Day: 1}, {Year: 9999, Month: 3, Day: 1}} {
		if d := j.Date(); !d.IsZero() {
			t.Errorf("%v is converted to %s", j, d)
		}
	}
	if (date.Jalali{}).String() != "" || (date.Jalali{}).Compact() != "" {
		t.Error("no date prints nothing")
	}
}

func TestJalaliMonths(t *testing.T) {
	tests := map[string]struct {
		from   string
		months int
		want   string
		until  int // from back to itself: MonthsUntil(want)
	}{
		"an ordinary month":                       {"1397/04/30", 1, "1397/05/30", 1},
		"twelve years":                            {"1397/04/30", 144, "1409/04/30", 144},
		"31 Shahrivar to the end of Mehr":         {"1403/06/31", 1, "1403/07/30", 1},
		"and seven months on the 31st again":      {"1403/06/31", 7, "1404/01/31", 7},
		"30 Bahman to the end of a common Esfand": {"1402/11/30", 1, "1402/12/29", 1},
		"30 Bahman to the end of a leap Esfand":   {"1403/11/30", 1, "1403/12/30", 1},
		"30 Esfand a year later":                  {"1403/12/30", 12, "1404/12/29", 12},
		"no month":                                {"1403/12/30", 0, "1403/12/30", 0},
		"back over the start of a year":           {"1404/01/15", -1, "1403/12/15", -1},
		"after the range":                         {"1500/12/01", 1, "", 0},
		"before the range":                        {"1300/01/01", -1, "", 0},
		"further than there are dates":            {"1400/01/01", math.MaxInt, "", 0},
		"further back than there are dates":       {"1400/01/01", math.MinInt, "", 0},
		"from the first month to the last":        {"1300/01/31", 201*12 - 1, "1500/12/29", 201*12 - 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			from := date.MustParseJalali(test.from)
			to := from.AddMonths(test.months)
			if to.String() != test.want {
				t.Fatalf("%s and %d months is %q, want %q", from, test.months, to, test.want)
			}
			if test.want != "" && from.MonthsUntil(to) != test.until {
				t.Errorf("%d months from %s until %s, want %d", from.MonthsUntil(to), from, to, test.until)
			}
		})
	}
}

func TestWholeJalaliMonths(t *testing.T) {
	tests := map[string]struct {
		from, to string
		want     int
	}{
		"a day short of a month":     {"1403/02/15", "1403/03/14", 0},
		"a month to the day":         {"1403/02/15", "1403/03/15", 1},
		"a day short of a year":      {"1403/02/15", "1404/02/14", 11},
		"the other way round":        {"1404/02/14", "1403/02/15", -11},
		"to the end of a month":      {"1403/06/31", "1403/07/29", 0},
		"a facility of twelve years": {"1397/04/30", "1409/04/30", 144},
		"the same day":               {"1403/12/30", "1403/12/30", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			from, to := date.MustParseJalali(test.from), date.MustParseJalali(test.to)
			if got := from.MonthsUntil(to); got != test.want {
				t.Errorf("%d months from %s until %s, want %d", got, from, to, test.want)
			}
			if from.Compare(to) != from.Date().Compare(to.Date()) {
				t.Error("the days are ordered otherwise than their Gregorian dates")
			}
		})
	}
}

func FuzzParseJalali(f *testing.F) {
	for _, text := range []string{"14090430", "1409/04/30", "1409-4-30", "۱۴۰۹/۰۴/۳۰", "١٤٠٩٠٤٣٠", "1404/12/30", "1403/12/30", "0", "1409//3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		j, err := date.ParseJalali(text)
		if (err != nil) != j.IsZero() {
			t.Fatalf("%s with error %v", j, err)
		}
		if err != nil {
			return
		}
		for _, form := range []string{j.String(), j.Compact()} {
			if again, err := date.ParseJalali(form); err != nil || again != j {
				t.Errorf("%q is printed as %s and read as %s, error %v", text, form, again, err)
			}
		}
		if back, ok := j.Date().Jalali(); !ok || back != j {
			t.Errorf("%s is %s and back %s", j, j.Date(), back)
		}
	})
}
