package loan_test

import (
	"errors"
	"fmt"
	"testing"

	"tieout/calc"
	"tieout/calc/calendar"
	"tieout/calc/date"
	"tieout/calc/law"
	"tieout/calc/loan"
)

// daily is a penalty in percent a day on principal, in kopecks.
func daily(bands ...loan.PenaltyBand) loan.PenaltyTerms {
	return loan.PenaltyTerms{Bands: bands, Basis: loan.PerUnit, Rounding: loan.AccrualRounding{To: cents}}
}

func band(first, last int, principal string) loan.PenaltyBand {
	return loan.PenaltyBand{First: first, Last: last, Principal: of(principal)}
}

func russia(t *testing.T) loan.WorkingDays {
	t.Helper()
	c, ok := calendar.Country("RU")
	if !ok {
		t.Fatal("no calendar of Russia")
	}
	return c
}

// The contract printed by Arifmetika: 1667 due on 17 April 2020, a penalty of 5 as
// of the 23rd. At the 20 % a year that the law allows it is 5.47.
func ExamplePenaltyBound() {
	row := loan.DebtRow{Due: date.MustParse("2020-04-17"), Principal: calc.MustAmount("1667")}
	ceiling, _ := law.PenaltyOn(date.MustParse("2020-02-17"))
	roubles := loan.AccrualRounding{To: calc.Rounding{Mode: calc.Down}}
	bound, lines, err := loan.PenaltyBound(row, 6, date.Date{}, loan.PenaltyCeiling(ceiling, true, roubles))
	fmt.Println(bound, err)
	for _, l := range lines {
		fmt.Println(l, "=", l.Amount(calc.Rounding{Scale: 2}))
	}
	// Output:
	// 5 <nil>
	// 2020-04-17 to 2020-04-23: penalty on principal, 1667 * 20 % / 366 * 6 days = 5.47
}

func TestPenaltyOfADelay(t *testing.T) {
	tenThenFive := daily(band(1, 10, "0.1"), band(11, 30, "0.05"))
	gap := daily(band(3, 4, "0.1"), band(8, 0, "0.2"))
	fixed := loan.PenaltyTerms{Fixed: of("700"), FixedDay: 3}
	both := daily(band(1, 365, "0.01"))
	both.Fixed, both.FixedDay = of("700"), 1
	stopped := daily(band(1, 0, "0.1"))
	stopped.StopAfterEnd, stopped.StopDays = true, 4
	year := daily(band(1, 0, "10"))
	year.Basis = loan.YearActual
	commercial := year
	commercial.Basis = loan.Year360
	tests := map[string]struct {
		terms loan.PenaltyTerms
		days  int
		want  string
	}{
		"no delay":                               {tenThenFive, 0, "0"},
		"the first day":                          {tenThenFive, 1, "10.00"},
		"the last day of the first band":         {tenThenFive, 10, "100.00"},
		"the first day of the second":            {tenThenFive, 11, "105.00"},
		"ten days at each rate":                  {tenThenFive, 20, "150.00"},
		"nothing after the last band":            {tenThenFive, 40, "200.00"},
		"before a band begins":                   {gap, 2, "0"},
		"between two bands":                      {gap, 7, "20.00"},
		"a band without an end":                  {gap, 9, "60.00"},
		"a fixed penalty before its day":         {fixed, 2, "0"},
		"on its day":                             {fixed, 3, "700"},
		"once":                                   {fixed, 30, "700"},
		"a rate and a fixed penalty":             {both, 2, "702.00"},
		"no terms":                               {loan.PenaltyTerms{}, 30, "0"},
		"an end four days after the schedule's":  {stopped, 30, "40.00"},
		"before that end":                        {stopped, 3, "30.00"},
		"a leap year":                            {year, 36, "98.36"},
		"a commercial year":                      {commercial, 36, "100.00"},
		"the turn to a common year: 306 and 365": {year, 306 + 365, "1836.07"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			row := loan.DebtRow{Due: on("2020-03-01"), Principal: of("10000")}
			got, lines, err := loan.PenaltyBound(row, test.days, date.Date{}, test.terms)
			if err != nil || got.String() != test.want {
				t.Errorf("%s, %v; want %s by\n%v", got, err, test.want, lines)
			}
		})
	}
}

// Every part has its rate; what no rate is on, costs nothing.
func TestPenaltyOnEveryPart(t *testing.T) {
	row := loan.DebtRow{Due: on("2021-03-01"), Principal: of("1000"), Interest: of("100"), Fees: of("10")}
	terms := daily(loan.PenaltyBand{First: 1, Principal: of("0.1"), Interest: of("0.2"), Fees: of("0.3")})
	got, lines, err := loan.PenaltyBound(row, 5, date.Date{}, terms)
	if err != nil || got.String() != "6.15" || len(lines) != 3 { // 5 + 1 + 0.15
		t.Errorf("%s, %v by %v", got, err, lines)
	}
	for i, want := range []string{"5.00", "1.00", "0.15"} {
		if lines[i].Amount(cents).String() != want {
			t.Errorf("%s is %s, want %s", lines[i], lines[i].Amount(cents), want)
		}
	}
}

// Due on 4 January 2018, in the holidays: overdue from the close of the 4th, free of
// penalty until the 9th, the first working day, has closed.
func TestTheFirstDaysOffAreFree(t *testing.T) {
	terms := daily(band(1, 0, "0.1"))
	terms.FirstDaysOffFree, terms.DaysOff = true, russia(t)
	debt := loan.Debt{Rows: []loan.DebtRow{{Due: on("2018-01-04"), Principal: of("10000")}}}
	for _, test := range []struct {
		day, penalty string
		late         int
	}{
		{"2018-01-03", "0", 0},
		{"2018-01-04", "0", 0},
		{"2018-01-05", "0", 1},
		{"2018-01-06", "0", 2},
		{"2018-01-07", "0", 3},
		{"2018-01-08", "0", 4},
		{"2018-01-09", "0", 5},
		{"2018-01-10", "10.00", 6},
		{"2018-01-11", "20.00", 7},
		{"2018-01-15", "60.00", 11}, // a later weekend is not free
	} {
		s, err := loan.Settle(debt, nil, loan.DebtTerms{Penalty: terms}, on(test.day))
		if err != nil {
			t.Fatal(err)
		}
		row := s.Rows[0]
		if row.Owes.Penalty.String() != test.penalty || row.DaysLate != test.late || row.Overdue != (test.late > 0) {
			t.Errorf("%s: penalty %s, %d days late, overdue %t; want %s and %d",
				test.day, row.Owes.Penalty, row.DaysLate, row.Overdue, test.penalty, test.late)
		}
		if len(s.Lines) > 0 && s.Lines[0].String()[:10] != "2018-01-09" {
			t.Errorf("%s: %s", test.day, s.Lines[0])
		}
	}
	paid := []loan.DebtPayment{{Date: on("2018-01-09"), Amount: of("10000")}}
	s, err := loan.Settle(debt, paid, loan.DebtTerms{Penalty: terms}, on("2018-02-01"))
	if err != nil || s.Owed.Total().Sign() != 0 || s.Rows[0].DaysLate != 5 {
		t.Errorf("paid on the first working day: %+v, %v", s.Rows[0], err)
	}
}

// The free days count for the bands and for the day of the fixed penalty, which
// falls on the first day that costs.
func TestFreeDaysCountForTheBands(t *testing.T) {
	terms := daily(band(1, 6, "0.1"), band(7, 0, "0.2"))
	terms.FirstDaysOffFree, terms.DaysOff = true, russia(t)
	terms.Fixed, terms.FixedDay = of("700"), 1
	row := loan.DebtRow{Due: on("2018-01-04"), Principal: of("10000")}
	got, lines, err := loan.PenaltyBound(row, 8, date.Date{}, terms)
	if err != nil || got.String() != "750.00" { // the 9th is day 6: 10, then 20 a day, and 700
		t.Errorf("%s, %v by %v", got, err, lines)
	}
	if want := "2018-01-09: fixed penalty, 700 on day 6"; lines[1].String() != want && lines[2].String() != want {
		t.Errorf("%v", lines)
	}
}

// Friday 1 to Tuesday 5 June 2018 with the weekend left out; Saturday 9 June was
// worked on, Monday the 11th and Tuesday the 12th were not.
func TestPenaltyOfWorkingDays(t *testing.T) {
	terms := daily(band(1, 2, "0.1"), band(3, 0, "0.2"))
	terms.WorkingDaysOnly, terms.DaysOff = true, russia(t)
	row := loan.DebtRow{Due: on("2018-06-01"), Principal: of("10000")}
	for days, want := range map[int]string{
		1: "10.00", 2: "10.00", 3: "10.00", 4: "20.00", 5: "40.00", 8: "100.00", 9: "120.00", 12: "120.00", 13: "140.00",
	} {
		got, lines, err := loan.PenaltyBound(row, days, date.Date{}, terms)
		if err != nil || got.String() != want {
			t.Errorf("%d days: %s, %v; want %s by %v", days, got, err, want, lines)
		}
	}
}

// 101.70 at 0.1 % a day for three days and 0.2 % for two is 0.3051 and 0.4068.
func TestPenaltyIsRoundedAsItsPolicySays(t *testing.T) {
	row := loan.DebtRow{Due: on("2021-03-01"), Principal: of("101.70")}
	for _, test := range []struct {
		when loan.AccrualWhen
		to   calc.Rounding
		want string
	}{
		{loan.RoundPerRow, cents, "0.71"},
		{loan.RoundPerBand, cents, "0.72"}, // 0.31 + 0.41
		{loan.RoundPerDay, cents, "0.70"},  // 3 * 0.10 + 2 * 0.20
		{loan.RoundPerRow, calc.Rounding{Mode: calc.Up, Scale: 2}, "0.72"},
		{loan.RoundPerDay, calc.Rounding{Mode: calc.Up, Scale: 2}, "0.75"},
		{loan.RoundPerRow, whole, "1"},
		{loan.RoundPerDay, whole, "0"},
	} {
		terms := daily(band(1, 3, "0.1"), band(4, 0, "0.2"))
		terms.Rounding = loan.AccrualRounding{When: test.when, To: test.to}
		got, lines, err := loan.PenaltyBound(row, 5, date.Date{}, terms)
		if err != nil || got.String() != test.want {
			t.Errorf("%s: %s, %v; want %s", terms.Rounding, got, err, test.want)
		}
		if exact := unroundedSum(lines).Round(calc.Rounding{Scale: 4}); exact.String() != "0.7119" {
			t.Errorf("%s: the lines add up to %s", terms.Rounding, exact)
		}
	}
}

// unroundedSum adds up lines of many decimals.
func unroundedSum(lines []loan.AccrualLine) (sum calc.Amount) {
	for _, l := range lines {
		sum = sum.Plus(l.Amount(calc.Rounding{Scale: 20}))
	}
	return sum
}

// Where no interest runs the law allows a tenth of a percent a day.
func TestTheLegalCeiling(t *testing.T) {
	p, _ := law.PenaltyOn(on("2017-01-05"))
	row := loan.DebtRow{Due: on("2017-02-06"), Principal: of("2750"), Interest: of("50"), Fees: of("10")}
	for runs, want := range map[bool]string{false: "2.81", true: "1.54"} { // 2810 * 0.1 %, 2810 * 20 % / 365
		got, _, err := loan.PenaltyBound(row, 1, date.Date{}, loan.PenaltyCeiling(p, runs, loan.AccrualRounding{To: cents}))
		if err != nil || got.String() != want {
			t.Errorf("interest runs %t: %s, %v; want %s", runs, got, err, want)
		}
	}
}

func TestTermsOfPenaltyThatMakeNoSense(t *testing.T) {
	negative := band(1, 2, "0.1")
	negative.Fees = of("-1")
	for name, terms := range map[string]loan.PenaltyTerms{
		"rates per nothing":            {Bands: []loan.PenaltyBand{band(1, 2, "0.1")}},
		"rates per minus two days":     {Bands: []loan.PenaltyBand{band(1, 2, "0.1")}, Basis: -2},
		"a day 0":                      daily(band(0, 2, "0.1")),
		"a band that ends before":      daily(band(3, 2, "0.1")),
		"bands that overlap":           daily(band(1, 5, "0.1"), band(5, 8, "0.1")),
		"bands out of order":           daily(band(6, 8, "0.1"), band(1, 5, "0.1")),
		"a band after one without end": daily(band(1, 0, "0.1"), band(5, 8, "0.1")),
		"a negative rate":              daily(negative),
		"a negative fixed penalty":     {Fixed: of("-1"), FixedDay: 1},
		"a fixed penalty on no day":    {Fixed: of("700")},
		"a negative end":               {StopAfterEnd: true, StopDays: -1},
		"working days of no calendar":  {WorkingDaysOnly: true},
		"first days of no calendar":    {FirstDaysOffFree: true},
		"an unknown time of rounding":  {Rounding: loan.AccrualRounding{When: 3}},
	} {
		row := loan.DebtRow{Due: on("2021-03-01"), Principal: of("100")}
		if _, _, err := loan.PenaltyBound(row, 1, date.Date{}, terms); !errors.Is(err, loan.ErrPenaltyTerms) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBoundsThatThereAreNot(t *testing.T) {
	row := loan.DebtRow{Due: on("2021-03-01"), Principal: of("100")}
	for name, test := range map[string]struct {
		row  loan.DebtRow
		days int
		end  date.Date
	}{
		"days before the due date":       {row, -1, date.Date{}},
		"more than a hundred years":      {row, loan.MaxAccrualDays + 1, date.Date{}},
		"a schedule that ends before":    {row, 1, on("2021-02-28")},
		"no due date":                    {loan.DebtRow{}, 1, date.Date{}},
		"behind the end of the calendar": {loan.DebtRow{Due: on("9999-12-31")}, 1, date.Date{}},
		"a negative sum":                 {loan.DebtRow{Due: row.Due, Fees: of("-1")}, 1, date.Date{}},
	} {
		if _, _, err := loan.PenaltyBound(test.row, test.days, test.end, loan.PenaltyTerms{}); !errors.Is(err, loan.ErrDebt) {
			t.Errorf("%s: %v", name, err)
		}
	}
	terms := daily(band(1, 0, "0.1"))
	terms.WorkingDaysOnly, terms.DaysOff = true, russia(t)
	old := loan.DebtRow{Due: on("1990-03-01"), Principal: of("100")}
	if _, _, err := loan.PenaltyBound(old, 1, date.Date{}, terms); !errors.Is(err, loan.ErrUnknownDay) {
		t.Errorf("a day that the calendar does not know: %v", err)
	}
	if _, _, err := loan.PenaltyBound(old, 0, date.Date{}, terms); err != nil {
		t.Errorf("a day that nobody asks about: %v", err)
	}
}
