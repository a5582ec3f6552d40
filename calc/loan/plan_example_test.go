package loan_test

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// 280000 at 8.4 % a year in three months, each a twelfth of a year, in kopecks.
func ExamplePlan() {
	kopecks := calc.Rounding{Mode: calc.HalfUp, Scale: loan.Kopeck}
	s, err := loan.Plan(loan.Terms{
		Principal: calc.MustAmount("280000"), Issue: date.MustParse("2024-01-31"), Installments: 3,
		Step:      loan.Stepping{Method: loan.CalendarMonths, Every: 1},
		Repayment: loan.ByAnnuity, Percent: calc.MustAmount("8.4"), RateFor: loan.PerMonthOf12,
		Rounding: loan.Roundings{Interest: kopecks, Payment: kopecks},
	})
	for _, r := range s.Rows {
		fmt.Println(r.Due, r.Payment, "=", r.Interest, "+", r.Principal, "leaves", r.Closing)
	}
	percent, _ := loan.FullCost(s.Flows(), loan.Period{})
	fmt.Println(s.Interest, percent, err)
	// Output:
	// 2024-02-29 94643.04 = 1960.00 + 92683.04 leaves 187316.96
	// 2024-03-31 94643.04 = 1311.22 + 93331.82 leaves 93985.14
	// 2024-04-30 94643.04 = 657.90 + 93985.14 leaves 0.00
	// 3929.12 8.400 <nil>
}

// A document prints two payments, and the terms do not say what 0.7 % are for.
func ExampleFit() {
	first, second := calc.MustAmount("3312"), calc.MustAmount("3313")
	readings := loan.Fit(
		[]loan.Printed{{Number: 1, Payment: &first}, {Number: 2, Payment: &second}},
		loan.Terms{
			Principal: calc.MustAmount("5000"), Issue: date.MustParse("2019-01-23"),
			Step:    loan.Stepping{Method: loan.Days, Every: 30},
			Percent: calc.MustAmount("0.7"), Repayment: loan.ByAnnuity,
		},
		loan.AskRate, loan.AskBalance)
	for i := range readings {
		fmt.Println(readings[i].String(), readings[i].Exact())
	}
	// Output: percent a day, on the balance, annuity, interest half up to 1, payment half up to 1 by formula or trial true
}
