package catalogue

import (
	"fmt"

	"tieout/calc/calendar"
	"tieout/calc/schema"
)

// Calendars finds the working days of a country for schema.Circumstances: those of
// the user's calendars first, then the built-in ones. There are none for a country
// that neither knows. It errs on a calendar that is of no country, and on two of one.
func Calendars(own ...*calendar.Calendar) (func(country string) schema.WorkingDays, error) {
	of := map[string]*calendar.Calendar{}
	for _, c := range own {
		code := c.Country()
		switch {
		case code == "":
			return nil, fmt.Errorf("the calendar %s is of no country; it extends one, or has the header country", c.Name())
		case of[code] != nil:
			return nil, fmt.Errorf("the calendars %s and %s are both of %s", of[code].Name(), c.Name(), code)
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
