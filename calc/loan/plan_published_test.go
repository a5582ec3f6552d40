package loan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// monthly are the terms of a published annuity, without its roundings.
func monthly(s published) loan.Terms {
	return loan.Terms{
		Principal: of(s.Principal), Issue: date.MustParse("2020-01-31"), Installments: s.Periods,
		Step:      loan.Stepping{Method: loan.CalendarMonths, Every: 1},
		Repayment: loan.ByAnnuity, Percent: of(s.AnnualRatePercent), RateFor: loan.PerMonthOf12,
	}
}

// printed are the rows of a published schedule, whose numbers begin with first.
func (s published) printed(first int) (rows []loan.Printed) {
	for _, row := range s.Rows {
		sum := func(column int) *calc.Amount { a := of(row[column].(string)); return &a }
		rows = append(rows, loan.Printed{Number: int(row[0].(float64)) + 1 - first, Principal: sum(1), Interest: sum(2), Closing: sum(3)})
	}
	return rows
}

func TestAPlanOfUnroundedFigures(t *testing.T) {
	s := schedules(t)["numpy-financial-ipmt"]
	all := loan.Fit(s.printed(1), monthly(s))
	if len(all) != 1 || !all[0].Exact() {
		t.Fatalf("%d readings", len(all))
	}
	want := "percent a year, in twelfths, on the balance, annuity, interest not rounded, payment not rounded by formula"
	if got := all[0].String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := all[0].Schedule.Interest.Round(cents).String(); got != s.TotalInterest {
		t.Errorf("interest %s, want %s", got, s.TotalInterest)
	}
}

func TestTheLastPaymentOfAPlanTakesTheCents(t *testing.T) {
	s := schedules(t)["oca-account-loan-826"]
	terms := monthly(s)
	terms.Rounding = loan.Roundings{Interest: cents, Payment: cents}
	plan, err := loan.Plan(terms)
	if err != nil {
		t.Fatal(err)
	}
	first, last := plan.Rows[0].Payment, plan.Rows[len(plan.Rows)-1].Payment
	if got := last.Minus(first).String(); got != s.LeftOver {
		t.Errorf("the last payment is %s more than %s, want %s", got, first, s.LeftOver)
	}
}

// The program rounds the payment alone; the rows are shown in whole units. With
// interest in whole units other rows come out.
func TestAPlanWithThePaymentRounded(t *testing.T) {
	s := schedules(t)["frappe-lending-280000"]
	all := loan.Fit(s.printed(0), monthly(s), loan.AskInterestRounding, loan.AskPaymentRounding)
	var got []string
	for i := range all {
		sched := &all[i].Schedule
		if sched.Interest.Round(whole).String() != s.TotalInterest || sched.Payment.Round(whole).String() != s.TotalPayment ||
			!sched.Rows[0].Payment.Equal(of(s.Payment)) {
			t.Errorf("%s: interest %s, payments %s", all[i].String(), sched.Interest, sched.Payment)
		}
		_, roundings, _ := strings.Cut(all[i].String(), "annuity, ")
		got = append(got, roundings)
	}
	want := []string{
		"interest not rounded, payment half up to 1 by formula", "interest not rounded, payment half even to 1 by formula",
		"interest not rounded, payment up to 1 by formula", "interest not rounded, payment half up to 1 by trial",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// tranches are 5000 at 0.7 % a day in two installments of 30 days, which a lender
// prints as 3312 and 3313.
func tranches() (loan.Terms, []loan.Printed) {
	first, second := of("3312"), of("3313")
	terms := loan.Terms{
		Principal: of("5000"), Issue: date.MustParse("2019-01-23"), Installments: 2,
		Step:      loan.Stepping{Method: loan.Days, Every: 30},
		Repayment: loan.ByAnnuity, Percent: of("0.7"), RateFor: loan.PerDay,
	}
	return terms, []loan.Printed{
		{Number: 1, Due: date.MustParse("2019-02-22"), Payment: &first},
		{Number: 2, Due: date.MustParse("2019-03-24"), Payment: &second},
	}
}

// 3312.44 is rounded to 3312; interest of 1050 and 574.98, not cut to 574, makes the
// last 2738 + 575.
func TestAPlanOfTwoTranches(t *testing.T) {
	terms, printed := tranches()
	plan, err := loan.Plan(terms)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2019-02-22 30: 1050 + 2262 + 0 = 3312, 2738", "2019-03-24 30: 575 + 2738 + 0 = 3313, 0"}
	if got := lines(plan); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, r := range loan.Fit(printed, terms, loan.AskInterestRounding, loan.AskPaymentRounding) {
		if !r.Exact() || r.Terms.Rounding.Interest.Mode == calc.Down || r.Terms.Search == loan.ByFormula && r.Terms.Rounding.Payment.Mode == calc.Up {
			t.Errorf("%s: %v", r.String(), r.Off)
		}
	}
	terms.Search = loan.ByTrial
	if plan, err = loan.Plan(terms); err != nil || !slices.Equal(lines(plan), want) {
		t.Errorf("by trial: %q, %v", lines(plan), err)
	}
	if percent, err := loan.FullCost(plan.Flows(), loan.Period{}); err != nil || percent.String() != "255.503" {
		t.Errorf("full cost %s, %v", percent, err)
	}
}

// The published schedule of Arifmetika divides 16000 into 7440 and 8560. The first
// is paid after 28 days, the second in two payments; interest runs to the day of a
// payment.
func TestAPlanPaidBeforeItsDates(t *testing.T) {
	terms := loan.Terms{
		Principal: of("16000"), Issue: date.MustParse("2019-12-31"), Installments: 2,
		Step:      loan.Stepping{Method: loan.MonthEnds, Every: 1},
		Repayment: loan.ByShares, Shares: amounts("46.5", "53.5"), Percent: of("0.7"), RateFor: loan.PerDay,
	}
	planned, err := loan.Plan(terms)
	want := []string{"2020-01-31 31: 3472 + 7440 + 0 = 10912, 8560", "2020-02-29 29: 1738 + 8560 + 0 = 10298, 0"}
	if got := lines(planned); err != nil || !slices.Equal(got, want) {
		t.Errorf("planned: %q, %v", got, err)
	}
	terms.Installments = 3
	terms.Due = []date.Date{date.MustParse("2020-01-28"), date.MustParse("2020-02-05"), date.MustParse("2020-02-11")}
	terms.Repayment, terms.Payments = loan.ByPayments, amounts("10576", "5000")
	paid, err := loan.Plan(terms)
	want = []string{
		"2020-01-28 28: 3136 + 7440 + 0 = 10576, 8560",
		"2020-02-05 8: 479 + 4521 + 0 = 5000, 4039",
		"2020-02-11 6: 170 + 4039 + 0 = 4209, 0",
	}
	if got := lines(paid); err != nil || !slices.Equal(got, want) {
		t.Errorf("paid: %q, %v", got, err)
	}
	var printed []loan.Printed
	for _, r := range paid.Rows {
		printed = append(printed, r.Printed())
	}
	for _, r := range loan.Fit(printed, terms, loan.AskRate, loan.AskBalance) {
		if !r.Exact() || r.Terms.RateFor != loan.PerDay || r.Terms.OnLoan {
			t.Errorf("%s: %v", r.String(), r.Off)
		}
	}
}

func TestAReadingTellsTheRowsThatItDoesNotGive(t *testing.T) {
	terms, printed := tranches()
	for name, test := range map[string]struct {
		change func(rows []loan.Printed, t *loan.Terms) []loan.Printed
		rows   int
		want   string
	}{
		"another payment": {func(rows []loan.Printed, _ *loan.Terms) []loan.Printed {
			wrong := of("3314")
			rows[1].Payment = &wrong
			return rows
		}, 1, "[installment 2: payment printed 3314, should be 3313]"},
		"another date": {func(rows []loan.Printed, t *loan.Terms) []loan.Printed {
			rows[0].Due = rows[0].Due.AddDays(1)
			rows[1].Due = date.Date{}
			return rows
		}, 1, "[installment 1: due printed 2019-02-23, should be 2019-02-22]"},
		"a row too many": {func(rows []loan.Printed, t *loan.Terms) []loan.Printed {
			return append(rows, loan.Printed{Number: 3}, loan.Printed{Number: -1})
		}, 2, "[installment -1: number printed -1, should be 1 to 2 installment 3: number printed 3, should be 1 to 2]"},
		"nothing off": {func(rows []loan.Printed, _ *loan.Terms) []loan.Printed { return rows }, 0, "[]"},
	} {
		terms := terms
		rows := test.change(slices.Clone(printed), &terms)
		all := loan.Fit(rows, terms, loan.AskInterestRounding)
		if len(all) == 0 {
			t.Errorf("%s: no reading", name)
			continue
		}
		if got := fmt.Sprint(all[0].Off); got != test.want || all[0].RowsOff != test.rows || all[0].Exact() != (test.rows == 0) {
			t.Errorf("%s: %s, %d rows; want %s", name, got, all[0].RowsOff, test.want)
		}
		if test.rows > 0 && len(all) != 1 {
			t.Errorf("%s: %d readings", name, len(all))
		}
	}
	if all := loan.Fit(nil, terms); all != nil {
		t.Errorf("nothing printed: %d readings", len(all))
	}
	terms.Principal = calc.Amount{}
	if all := loan.Fit(printed, terms); all != nil {
		t.Errorf("nothing lent: %d readings", len(all))
	}
}

// Without a number of installments and without steps the printed rows say both.
func TestPrintedDatesStandForMissingOnes(t *testing.T) {
	terms, printed := tranches()
	terms.Installments, terms.Step = 0, loan.Stepping{}
	slices.Reverse(printed)
	all := loan.Fit(printed, terms, loan.AskRate)
	if len(all) != 1 || !all[0].Exact() || all[0].Terms.RateFor != loan.PerDay {
		t.Errorf("%d readings", len(all))
	}
}

// Payments and shares are tried where the terms have them.
func TestWaysToRepayNeedTheirFigures(t *testing.T) {
	terms := a1000(func(t *loan.Terms) { t.Payments, t.Shares = amounts("400"), amounts("10", "10", "80") })
	for _, repayment := range []loan.Repayment{loan.ByAnnuity, loan.ByPayments, loan.ByEqualPrincipal, loan.AtTheEnd, loan.ByShares} {
		terms.Repayment = repayment
		s, err := loan.Plan(terms)
		if err != nil {
			t.Fatal(err)
		}
		var printed []loan.Printed
		for _, r := range s.Rows {
			printed = append(printed, r.Printed())
		}
		all := loan.Fit(printed, terms, loan.AskRepayment)
		if len(all) != 1 || !all[0].Exact() || all[0].Terms.Repayment != repayment {
			t.Errorf("%s: %d readings", repayment, len(all))
		}
	}
}
