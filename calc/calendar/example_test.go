package calendar_test

import (
	"fmt"

	"tieout/calc/calendar"
	"tieout/calc/date"
)

// An installment due on 4 January 2018 in Russia can be paid on the 9th, the first
// working day after the New Year holidays.
func Example() {
	russia, _ := calendar.Country("RU")
	due := date.MustParse("2018-01-04")
	name, _, _ := russia.Holiday(due)
	next, _ := russia.NextWorkingDay(due)
	fmt.Println(due, name+", next working day", next)
	_, known := russia.Off(date.MustParse("1998-01-04"))
	fmt.Println("1998 known:", known)
	// Output:
	// 2018-01-04 New Year holidays, next working day 2018-01-09
	// 1998 known: false
}
