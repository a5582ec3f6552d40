package catalogue

import (
	"tieout/calc/calendar"
	"tieout/calc/schema"
)

// Calendar of working days of a country, by its two-letter code; nil when there is
// none.
func Calendar(country string) schema.WorkingDays {
	if c, known := calendar.Country(country); known {
		return c
	}
	return nil
}
