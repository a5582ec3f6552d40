package catalogue

import (
	"fmt"

	"tieout/calc/calendar"
	"tieout/calc/schema"
)

// Calendars finds the working days of a country for schema.Circumstances: those of
// the user's files first, then the built-in ones. There are none for a country that
// neither knows. It errs on a calendar that is of no country, and on two of one.
func Calendars(files ...string) (func(country string) schema.WorkingDays, error) {
	of := map[string]*calendar.Calendar{}
	for _, file := range files {
		c, err := described(file, func(text []byte) (*calendar.Calendar, error) { return calendar.Parse(file, text) })
		if err != nil {
			return nil, err
		}
		code := c.Country()
		switch {
		case code == "":
			return nil, fmt.Errorf("%s: the calendar is of no country; it extends one, or has the header country", file)
		case of[code] != nil:
			return nil, fmt.Errorf("%s: the calendar is of %s, and so is %s, given before it", file, code, of[code].Name())
		}
		of[code] = c
	}
	return func(country string) schema.WorkingDays {
		if c := of[country]; c != nil {
			return c
		}
		if c, known := calendar.Country(country); known {
			return c
		}
		return nil // and not a *Calendar that is nil
	}, nil
}
