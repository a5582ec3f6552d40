package loan_test

import (
	"errors"
	"fmt"
	"testing"

	"tieout/calc"
	"tieout/calc/loan"
)

// The schedule printed by Arifmetika: 16000 at 0.7 % a day, in whole roubles. The
// first row is paid three days early, so those days are of the second.
func TestTheInterestOfThePublishedSchedule(t *testing.T) {
	debt := loan.Debt{Start: on("2019-12-31"), Rows: []loan.DebtRow{
		{Due: on("2020-01-31"), Principal: of("7440")}, {Due: on("2020-02-29"), Principal: of("8560")},
	}}
	payments := []loan.DebtPayment{
		{Date: on("2020-01-28"), Amount: of("10576")}, {Date: on("2020-02-05"), Amount: of("5000")}, {Date: on("2020-02-11"), Amount: of("4209")},
	}
	terms := loan.DebtTerms{Interest: &loan.AccrualTerms{Percent: of("0.7"), Basis: loan.PerUnit}}
	s, err := loan.Settle(debt, payments, terms, on("2020-03-31"))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		row    int
		part   loan.DebtPart
		amount string
	}{
		{0, loan.CurrentInterest, "3136"},
		{0, loan.CurrentPrincipal, "7440"},
		{1, loan.CurrentInterest, "479"},
		{1, loan.CurrentPrincipal, "4521"},
		{1, loan.CurrentInterest, "170"},
		{1, loan.CurrentPrincipal, "4039"},
	}
	if len(s.Postings) != len(want) {
		t.Fatalf("%v", s.Postings)
	}
	for i, w := range want {
		if p := s.Postings[i]; p.Row != w.row || p.Part != w.part || p.Amount.String() != w.amount {
			t.Errorf("posting %d: %v, want %v", i, p, w)
		}
	}
	if s.Owed.Total().Sign() != 0 || s.Unapplied.Sign() != 0 || s.Accrued.Interest.String() != "3785" {
		t.Errorf("%+v", s)
	}
	if s.Rows[0].Settled != on("2020-01-28") || s.Rows[1].Settled != on("2020-02-11") || s.Rows[1].DaysLate != 0 {
		t.Errorf("%+v", s.Rows)
	}
}

// A row whose principal was paid before its interest is not done with: the days left
// of its time are its own.
func TestARowThatOwesInterestIsNotDoneWith(t *testing.T) {
	debt := loan.Debt{Start: on("2021-01-01"), Rows: []loan.DebtRow{
		{Due: on("2021-01-31"), Principal: of("1000")}, {Due: on("2021-03-02"), Principal: of("1000")},
	}}
	terms := loan.DebtTerms{
		Interest: &loan.AccrualTerms{Percent: of("0.1"), Basis: loan.PerUnit, Rounding: loan.AccrualRounding{To: cents}},
		Order: []loan.DebtPart{
			loan.OverduePrincipal, loan.OverdueInterest, loan.PenaltyPart, loan.CurrentPrincipal, loan.CurrentInterest, loan.OverdueFees, loan.CurrentFees,
		},
	}
	for amount, want := range map[string]string{
		"1000": "[40.00 0]",     // 10 * 2 + 20 * 1, all of the first row
		"1020": "[20.00 20.00]", // the interest of ten days is paid too
	} {
		s, err := loan.Settle(debt, []loan.DebtPayment{{Date: on("2021-01-11"), Amount: of(amount)}}, terms, on("2021-01-31"))
		got := fmt.Sprint([]calc.Amount{s.Rows[0].Owes.Interest, s.Rows[1].Owes.Interest})
		if err != nil || got != want {
			t.Errorf("%s paid: interest %s, %v; want %s", amount, got, err, want)
		}
	}
}

// Three rows of 1000, each of thirty days, at 0.1 % a day, or 0.2 % when overdue.
// The first row, due on 31 January with 90 of interest, is paid on 10 February; the
// second when it is due.
func TestInterestAtTheDelinquencyRate(t *testing.T) {
	debt := loan.Debt{Start: on("2021-01-01"), Rows: []loan.DebtRow{
		{Due: on("2021-01-31"), Principal: of("1000")}, {Due: on("2021-03-02"), Principal: of("1000")}, {Due: on("2021-04-01"), Principal: of("1000")},
	}}
	regular := loan.AccrualTerms{Percent: of("0.1"), Basis: loan.PerUnit, OnOverdue: true, Rounding: loan.AccrualRounding{To: cents}}
	with := func(change func(a *loan.AccrualTerms)) loan.AccrualTerms {
		a := regular
		a.DelinquencyPercent = of("0.2")
		change(&a)
		return a
	}
	tests := map[string]struct {
		terms         loan.AccrualTerms
		second, third string
	}{
		"no such rate":          {regular, "70.00", "30.00"},                                                     // 10 * 3 + 20 * 2
		"from the first day":    {with(func(*loan.AccrualTerms) {}), "100.00", "30.00"},                          // 10 * 6 + 20 * 2
		"not on what is late":   {with(func(a *loan.AccrualTerms) { a.OnOverdue = false }), "80.00", "30.00"},    // 10 * 4 + 20 * 2
		"after five days":       {with(func(a *loan.AccrualTerms) { a.DelinquencyDelay = 5 }), "85.00", "30.00"}, // 5 * 3 + 5 * 6 + 20 * 2
		"till the next row":     {with(func(a *loan.AccrualTerms) { a.TillNextRow = true }), "140.00", "30.00"},  // 10 * 6 + 20 * 4
		"till the end":          {with(func(a *loan.AccrualTerms) { a.KeepDelinquency = true }), "140.00", "60.00"},
		"five days, to the end": {with(func(a *loan.AccrualTerms) { a.DelinquencyDelay, a.KeepDelinquency = 5, true }), "125.00", "60.00"}, // 5 * 3 + 5 * 6 + 20 * 4
		"paid within the delay": {with(func(a *loan.AccrualTerms) { a.DelinquencyDelay, a.TillNextRow = 15, true }), "70.00", "30.00"},
		"within it, to the end": {with(func(a *loan.AccrualTerms) { a.DelinquencyDelay, a.KeepDelinquency = 15, true }), "100.00", "60.00"}, // 10 * 3 + 5 * 2 + 15 * 4
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			payments := []loan.DebtPayment{
				{Date: on("2021-02-10"), Amount: of("1090")}, {Date: on("2021-03-02"), Amount: of("1000").Plus(of(test.second))},
			}
			s, err := loan.Settle(debt, payments, loan.DebtTerms{Interest: &test.terms}, on("2021-04-01"))
			if err != nil {
				t.Fatal(err)
			}
			first, second, third := s.Rows[0], s.Rows[1], s.Rows[2]
			if first.Owes.Interest.String() != "90.00" || second.Owes.Interest.String() != test.second || third.Owes.Interest.String() != test.third {
				t.Errorf("interest %s, %s, %s; want 90.00, %s, %s by %v",
					first.Owes.Interest, second.Owes.Interest, third.Owes.Interest, test.second, test.third, s.Lines)
			}
			if first.DaysLate != 10 || second.DaysLate != 0 || third.Overdue {
				t.Errorf("%+v", s.Rows)
			}
		})
	}
}

// 1000 for ten days after the end, at 0.1 % a day; 30 were due before.
func TestInterestAfterTheEnd(t *testing.T) {
	debt := loan.Debt{Start: on("2021-01-01"), Rows: []loan.DebtRow{{Due: on("2021-01-31"), Principal: of("1000")}}}
	for name, test := range map[string]struct {
		after, overdue bool
		want           string
	}{
		"goes on":                         {true, true, "10.00"},
		"does not go on":                  {false, true, "0"},
		"does not accrue on what is late": {true, false, "0"},
	} {
		interest := &loan.AccrualTerms{
			Percent: of("0.1"), Basis: loan.PerUnit, AfterEnd: test.after, OnOverdue: test.overdue, Rounding: loan.AccrualRounding{To: cents},
		}
		s, err := loan.Settle(debt, nil, loan.DebtTerms{Interest: interest}, on("2021-02-10"))
		if err != nil || s.AfterEnd.Left.Interest.String() != test.want || s.Rows[0].Left.Interest.String() != "30.00" {
			t.Errorf("%s: %s, %v", name, s.AfterEnd.Left.Interest, err)
		}
		if !s.Overdue.Interest.Equal(of("30").Plus(of(test.want))) {
			t.Errorf("%s: overdue %s", name, s.Overdue.Interest)
		}
	}
}

// A year's rate splits at the year's end: 16 days of 366 and 15 of 365.
func TestAccrualsOfAnActualYear(t *testing.T) {
	debt := loan.Debt{Start: on("2020-12-16"), Rows: []loan.DebtRow{{Due: on("2021-01-16"), Principal: of("100000")}}}
	interest := &loan.AccrualTerms{Percent: of("10"), Basis: loan.YearActual, Rounding: loan.AccrualRounding{To: cents}}
	s, err := loan.Settle(debt, nil, loan.DebtTerms{Interest: interest}, on("2021-01-16"))
	if err != nil || len(s.Lines) != 2 || s.Owed.Interest.String() != "848.12" {
		t.Fatalf("%s by %v, %v", s.Owed.Interest, s.Lines, err)
	}
	if !s.Owed.Interest.Equal(loan.InterestActual(of("100000"), of("10"), on("2020-12-16"), on("2021-01-16"), cents)) {
		t.Error("another route gives another sum")
	}
	if s.Lines[0].String() != "2020-12-16 to 2021-01-01: interest, 100000 * 10 % / 366 * 16 days" || s.Lines[1].Basis != loan.Year365 {
		t.Errorf("%v", s.Lines)
	}
}

func TestTermsOfInterestThatMakeNoSense(t *testing.T) {
	debt := loan.Debt{Start: on("2021-01-01"), Rows: []loan.DebtRow{{Due: on("2021-01-31"), Principal: of("1000")}}}
	for name, terms := range map[string]loan.AccrualTerms{
		"a rate per nothing":             {Percent: of("1")},
		"a rate per a million days":      {Percent: of("1"), Basis: 1_000_000},
		"a negative rate":                {Percent: of("-1"), Basis: loan.PerUnit},
		"a negative rate when overdue":   {DelinquencyPercent: of("-1"), Basis: loan.PerUnit},
		"a delay of less than no day":    {DelinquencyDelay: -1, Basis: loan.PerUnit},
		"a time of rounding that is not": {Basis: loan.PerUnit, Rounding: loan.AccrualRounding{When: 9}},
	} {
		if _, err := loan.Settle(debt, nil, loan.DebtTerms{Interest: &terms}, on("2021-02-01")); !errors.Is(err, loan.ErrAccrualTerms) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWordsOfAccruals(t *testing.T) {
	for got, want := range map[string]string{
		loan.AccrualRounding{}.String():                                               "per row, half up to 1",
		loan.AccrualRounding{When: loan.RoundPerDay, To: cents}.String():              "per day, half up to 0.01",
		loan.AccrualWhen(9).String():                                                  "time of rounding 9",
		loan.PenaltyOnFees.String():                                                   "penalty on fees",
		loan.AccrualKind(9).String():                                                  "kind of accrual 9",
		loan.CurrentInterest.String():                                                 "current interest",
		loan.DebtPart(9).String():                                                     "part 9",
		loan.AccrualLine{Days: 1, Basis: 1, Base: of("5"), Percent: of("2")}.String(): " to : interest, 5 * 2 % * 1 day",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
