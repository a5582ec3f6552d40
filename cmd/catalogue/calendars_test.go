package catalogue_test

import (
	"os"
	"path/filepath"
	"testing"

	"tieout/calc/date"
	"tieout/cmd/catalogue"
)

func TestAUsersCalendarStandsForItsCountry(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	branch := file("branch.txt", "extends: RU\n\n2024-08-30 dayoff Day of the Republic\n")
	kz := file("kz.txt", "calendar: KZ\ncountry: KZ\nweekend: Sunday\nyears: 2024\nsource 2024: made up\n")
	for _, test := range []struct {
		name    string
		files   []string
		country string
		day     string
		off     bool
	}{
		{"a built-in calendar", nil, "RU", "2024-08-30", false},
		{"a file that extends it", []string{branch}, "RU", "2024-08-30", true},
		{"what the file does not say is as built in", []string{branch}, "RU", "2024-01-01", true},
		{"another country's is as built in", []string{branch}, "TR", "2024-08-30", true},
		{"a country that only the file knows", []string{branch, kz}, "KZ", "2024-08-31", false},
	} {
		of, err := catalogue.Calendars(test.files...)
		if err != nil {
			t.Fatal(err)
		}
		if off, known := of(test.country).Off(date.MustParse(test.day)); off != test.off || !known {
			t.Errorf("%s: off %t, known %t", test.name, off, known)
		}
	}
	of, err := catalogue.Calendars()
	if err != nil {
		t.Fatal(err)
	}
	for _, country := range []string{"", "KZ"} {
		if of(country) != nil {
			t.Errorf("there is a calendar of %q", country)
		}
	}
}
