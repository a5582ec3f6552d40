package loan_test

import (
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// year is the interest of a loan of 120000 for twelve months, repaid in equal parts.
func year(interest ...string) []loan.Charged {
	from, owed := on("2023-10-15"), calc.AmountOf(120_000)
	var all []loan.Charged
	for _, sum := range interest {
		due := from.AddMonths(1, 15)
		all = append(all, loan.Charged{
			Time: loan.Time{From: from, Due: due, Step: 30}, Principal: owed, Other: owed, Percent: of("24"), Interest: of(sum),
		})
		from, owed = due, owed.Minus(calc.AmountOf(10_000))
	}
	return all
}

func TestTheReadingOfARateIsFoundByTheInterest(t *testing.T) {
	for name, test := range map[string]struct {
		all    []loan.Charged
		want   loan.RateFor
		off    int
		proved bool
	}{
		"a year of 365 days":                       {year("2446.03", "2169.86", "2038.36", "1834.52"), loan.PerYear365, 0, true},
		"a year of 360 days":                       {year("2480", "2200", "2066.67", "1860"), loan.PerYear360, 0, true},
		"a twelfth of a year each month":           {year("2400", "2200", "2000", "1800"), loan.PerMonthOf12, 0, true},
		"a leap year, by the day that is repaid":   {year("2446.03", "2169.86", "2035.66", "1829.51"), loan.PerYearActual, 0, true},
		"a leap year, by the day that is lent":     {year("2446.03", "2169.86", "2035.84", "1829.51"), loan.PerYearActual, 0, true},
		"a leap year, by the year of the last day": {year("2446.03", "2169.86", "2032.79", "1829.51"), loan.PerYearActual, 0, true},
		"whole roubles":                            {year("2400", "2200", "2000", "1800"), loan.PerMonthOf12, 0, true},
		"one of four is wrong":                     {year("2446.03", "2196.86", "2038.36", "1834.52"), loan.PerYear365, 1, true},
		"half are those of another year":           {year("2446.03", "2169.86", "2066.67", "1860"), loan.PerYear360, 2, false},
		"no rate at all":                           {year("1", "2", "3", "4"), loan.PerDay, 4, false},
	} {
		fit := loan.FitCharges(test.all)
		if fit.For != test.want || fit.Off != test.off || fit.Proved != test.proved {
			t.Errorf("%s: got %s, %d off, proved %t", name, fit.For, fit.Off, fit.Proved)
		}
	}
}

// A schedule that Plan makes has the reading by which it was made.
func TestPlannedInterestHasItsReading(t *testing.T) {
	for r := loan.PerDay; r <= loan.PerYearActual; r++ {
		terms := loan.Terms{
			Principal: calc.AmountOf(100_000), Issue: on("2023-09-15"), Installments: 8,
			Step: loan.Stepping{Method: loan.CalendarMonths, Every: 1}, Repayment: loan.ByEqualPrincipal,
			Percent: of("9"), RateFor: r, Rounding: loan.Roundings{Interest: calc.Rounding{Scale: 2}, Payment: calc.Rounding{Scale: 2}},
		}
		if r == loan.PerStep {
			continue // a step of months has no days
		}
		s, err := loan.Plan(terms)
		if err != nil {
			t.Fatal(r, err)
		}
		var all []loan.Charged
		for _, row := range s.Rows {
			all = append(all, loan.Charged{
				Time: loan.Time{From: row.From, Due: row.Due}, Principal: row.Opening, Other: row.Opening, Percent: terms.Percent, Interest: row.Interest,
			})
		}
		if fit := loan.FitCharges(all); fit.For != r || fit.Off != 0 {
			t.Errorf("%s: got %s, %d off", r, fit.For, fit.Off)
		}
	}
}

func TestARateHasNoUnitsWithoutATime(t *testing.T) {
	day := on("2023-09-15")
	for name, test := range map[string]struct {
		rate loan.RateFor
		time loan.Time
	}{
		"no day":                   {loan.PerDay, loan.Time{From: day, Due: day}},
		"the days go back":         {loan.PerYear365, loan.Time{From: day, Due: day.AddDays(-1)}},
		"a step that is not known": {loan.PerStep, loan.Time{From: day, Due: day.AddDays(30)}},
		"no month":                 {loan.PerMonthOf12, loan.Time{From: day, Due: day.AddDays(10)}},
		"no dates":                 {loan.PerDay, loan.Time{From: date.Date{}, Due: date.Date{}}},
	} {
		if _, _, ok := test.rate.Units(test.time); ok {
			t.Errorf("%s: it has units", name)
		}
	}
}
