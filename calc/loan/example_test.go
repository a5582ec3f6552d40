package loan_test

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// A lender prints interest in whole roubles; the rate behind it is not printed.
func ExampleInferDailyRate() {
	printed := []loan.Stretch{
		{Principal: calc.MustAmount("16000"), Days: 28, Interest: calc.MustAmount("3136")},
		{Principal: calc.MustAmount("8560"), Days: 8, Interest: calc.MustAmount("479")},
		{Principal: calc.MustAmount("4039"), Days: 6, Interest: calc.MustAmount("170")},
	}
	_, _, rate, ok := loan.InferDailyRate(printed, calc.Rounding{Mode: calc.HalfUp})
	fmt.Println(rate, "% a day,", ok)
	// Output: 0.7 % a day, true
}

// The interest of an annuity reveals its rate, to the last digit.
func ExamplePrintedAnnuity() {
	printed := loan.PrintedAnnuity{
		Principal: calc.MustAmount("600000000"), Sum: calc.MustAmount("752873056"), Rounding: loan.WholeDown,
	}
	rate, ok := printed.Rate(144)
	fmt.Println(rate, "% a year,", ok)
	// Output: 16 % a year, true
}

// 5000 lent and repaid in two tranches of 30 days.
func ExampleFullCost() {
	lent := date.MustParse("2019-01-23")
	flows := []loan.Flow{
		{Date: lent, Amount: calc.MustAmount("-5000")},
		{Date: lent.AddDays(30), Amount: calc.MustAmount("3312")},
		{Date: lent.AddDays(60), Amount: calc.MustAmount("3313")},
	}
	base, _ := loan.BasePeriod(flows)
	percent, err := loan.FullCost(flows, base)
	fmt.Println(percent, "% a year by periods of", base, err)
	// Output: 255.503 % a year by periods of 30 days <nil>
}

// Saturday 4 February moves to Monday; the next date does not move with it.
func ExampleDueDates() {
	dates, err := loan.DueDates(date.MustParse("2017-01-05"), 3, loan.Stepping{
		Method: loan.DaysFromIssue, Every: 30, DaysOff: loan.WeekendsOnly{},
	})
	fmt.Println(dates, err)
	// Output: [2017-02-06 2017-03-06 2017-04-05] <nil>
}
