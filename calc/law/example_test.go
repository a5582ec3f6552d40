package law_test

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/law"
)

// A rate of 5 % a day in a contract of 2020 is above the ceiling of its date.
func ExampleCeilingOn() {
	ceiling, _ := law.CeilingOn(date.MustParse("2020-02-26"))
	rate := calc.MustAmount("5")
	fmt.Println(rate.Cmp(*ceiling.DailyPercent) > 0, *ceiling.DailyPercent)
	fmt.Println(ceiling.Source)
	// Output:
	// true 1
	// 353-FZ art. 5 and 6 as amended by 554-FZ of 2018, as reported by the press
}
