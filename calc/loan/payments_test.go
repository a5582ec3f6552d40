package loan_test

import (
	"errors"
	"fmt"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// A part of what is late is paid after five days, the rest after ten.
func ExampleSettle() {
	amount, day := calc.MustAmount, date.MustParse
	debt := loan.Debt{Rows: []loan.DebtRow{{Due: day("2021-03-10"), Principal: amount("1000"), Interest: amount("100")}}}
	payments := []loan.DebtPayment{
		{Date: day("2021-03-15"), Amount: amount("600")},
		{Date: day("2021-03-20"), Amount: amount("510")},
	}
	terms := loan.DebtTerms{Penalty: loan.PenaltyTerms{
		Bands:    []loan.PenaltyBand{{First: 1, Last: 365, Principal: amount("0.1"), Interest: amount("0.1")}},
		Basis:    loan.PerUnit,
		Rounding: loan.AccrualRounding{To: calc.Rounding{Scale: 2}},
	}}
	s, err := loan.Settle(debt, payments, terms, day("2021-04-01"))
	fmt.Println(err)
	for _, l := range s.Lines {
		fmt.Println(l, "=", l.Amount(calc.Rounding{Scale: 2}))
	}
	for _, p := range s.Postings {
		fmt.Println(p.Date, p.Part, p.Amount)
	}
	fmt.Println(s.Rows[0].DaysLate, "days late, owed", s.Owed.Total(), "and too much", s.Unapplied)
	// Output:
	// <nil>
	// 2021-03-10 to 2021-03-15: penalty on principal, 1000 * 0.1 % * 5 days = 5.00
	// 2021-03-15 to 2021-03-20: penalty on principal, 500 * 0.1 % * 5 days = 2.50
	// 2021-03-10 to 2021-03-15: penalty on interest, 100 * 0.1 % * 5 days = 0.50
	// 2021-03-15 overdue interest 100
	// 2021-03-15 overdue principal 500
	// 2021-03-20 overdue principal 500
	// 2021-03-20 penalty 8.00
	// 10 days late, owed 0.00 and too much 2.00
}

// 10000 at 0.1 % a day in days 1 to 10 and 0.05 % after; 4000 paid after five days:
// 5 * 10 + 5 * 6 in the first band, 3 a day in the second.
func TestAPaymentInTheMiddleOfADelay(t *testing.T) {
	debt := loan.Debt{Rows: []loan.DebtRow{{Due: on("2021-03-01"), Principal: of("10000")}}}
	terms := loan.DebtTerms{Penalty: daily(band(1, 10, "0.1"), band(11, 0, "0.05"))}
	payments := []loan.DebtPayment{{Date: on("2021-03-06"), Amount: of("4000")}}
	s, err := loan.Settle(debt, payments, terms, on("2021-03-21"))
	if err != nil {
		t.Fatal(err)
	}
	row := s.Rows[0]
	if fmt.Sprint(row.Bands) != "[80.00 30.00]" || row.Left.Penalty.String() != "110.00" || row.Left.Principal.String() != "6000" || row.DaysLate != 20 {
		t.Errorf("%+v by %v", row, s.Lines)
	}
	want := []string{
		"2021-03-01 to 2021-03-06: penalty on principal, 10000 * 0.1 % * 5 days",
		"2021-03-06 to 2021-03-11: penalty on principal, 6000 * 0.1 % * 5 days",
		"2021-03-11 to 2021-03-21: penalty on principal, 6000 * 0.05 % * 10 days",
	}
	if len(s.Lines) != len(want) {
		t.Fatalf("%v", s.Lines)
	}
	for i := range want {
		if s.Lines[i].String() != want[i] {
			t.Errorf("%s, want %s", s.Lines[i], want[i])
		}
	}
	if !s.Overdue.Total().Equal(of("6110")) || len(s.Lines) != 3 || s.Lines[2].Row != 0 {
		t.Errorf("overdue %s", s.Overdue.Total())
	}
}

// Two rows are overdue by ten and by five days with 1 and 0.50 of penalty, the third is current.
func TestOrderOfApplication(t *testing.T) {
	debt := loan.Debt{Rows: []loan.DebtRow{
		{Due: on("2021-03-01"), Principal: of("100"), Interest: of("10"), Fees: of("1")},
		{Due: on("2021-03-06"), Principal: of("100"), Interest: of("20"), Fees: of("2")},
		{Due: on("2021-03-31"), Principal: of("100"), Interest: of("30"), Fees: of("3")},
		{Due: on("2021-04-30"), Principal: of("100"), Interest: of("40"), Fees: of("4")},
	}}
	backwards := loan.LegalOrder()
	for i, j := 0, len(backwards)-1; i < j; i, j = i+1, j-1 {
		backwards[i], backwards[j] = backwards[j], backwards[i]
	}
	tests := map[string]struct {
		terms  loan.DebtTerms
		amount string
		want   string
	}{
		"interest first":             {loan.DebtTerms{}, "15", "0 overdue interest 10, 1 overdue interest 5, "},
		"principal of the oldest":    {loan.DebtTerms{}, "50", "0 overdue interest 10, 1 overdue interest 20, 0 overdue principal 20, "},
		"then penalty, then current": {loan.DebtTerms{}, "262.50", "0 overdue interest 10, 1 overdue interest 20, 0 overdue principal 100, 1 overdue principal 100, 0 penalty 1.00, 1 penalty 0.50, 2 current interest 30, 2 current principal 1.00, "},
		"fees last": {
			loan.DebtTerms{},
			"365.50",
			"0 overdue interest 10, 1 overdue interest 20, 0 overdue principal 100, 1 overdue principal 100, 0 penalty 1.00, 1 penalty 0.50, 2 current interest 30, 2 current principal 100, 0 overdue fees 1, 1 overdue fees 2, 2 current fees 1.00, ",
		},
		"the oldest row first": {loan.DebtTerms{OldestRowFirst: true}, "120", "0 overdue interest 10, 0 overdue principal 100, 0 penalty 1.00, 0 overdue fees 1, 1 overdue interest 8.00, "},
		"backwards":            {loan.DebtTerms{Order: backwards}, "10", "2 current fees 3, 0 overdue fees 1, 1 overdue fees 2, 2 current principal 4, "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.terms.Penalty = daily(band(1, 0, "0.1"))
			payments := []loan.DebtPayment{{Date: on("2021-03-11"), Amount: of(test.amount)}}
			s, err := loan.Settle(debt, payments, test.terms, on("2021-03-11"))
			got := ""
			for _, p := range s.Postings {
				got += fmt.Sprintf("%d %s %s, ", p.Row, p.Part, p.Amount)
			}
			if err != nil || got != test.want {
				t.Errorf("%s, %v\nwant %s", got, err, test.want)
			}
		})
	}
}

// What the current row does not need pays the coming rows, and the last remainder is kept.
func TestMoneyInAdvance(t *testing.T) {
	debt := loan.Debt{Rows: []loan.DebtRow{
		{Due: on("2021-03-31"), Principal: of("100"), Interest: of("30")}, {Due: on("2021-04-30"), Principal: of("100"), Interest: of("40")},
	}}
	for amount, want := range map[string]string{"130": "140", "165": "105", "270": "0", "300": "0"} {
		payments := []loan.DebtPayment{{Date: on("2021-03-01"), Amount: of(amount)}}
		s, err := loan.Settle(debt, payments, loan.DebtTerms{}, on("2021-05-31"))
		if err != nil || s.Owed.Total().String() != want || !s.Unapplied.Equal(of(amount).Minus(s.Paid.Total())) {
			t.Errorf("%s paid: %s owed, %s over, %v", amount, s.Owed.Total(), s.Unapplied, err)
		}
		if left := s.Rows[1].Left; amount == "165" && (left.Interest.String() != "5" || s.Rows[1].DaysLate != 31) {
			t.Errorf("%+v", s.Rows[1])
		}
	}
}

// Paid after two days, with the penalty of 2.00 twenty days later.
func TestPenaltyLeftOverProlongsNoDelay(t *testing.T) {
	debt := loan.Debt{Rows: []loan.DebtRow{{Due: on("2021-03-10"), Principal: of("1000")}}}
	payments := []loan.DebtPayment{{Date: on("2021-04-01"), Amount: of("2")}, {Date: on("2021-03-12"), Amount: of("1000")}}
	for day, left := range map[string]string{"2021-03-31": "2.00", "2021-04-30": "0.00"} {
		s, err := loan.Settle(debt, payments, loan.DebtTerms{Penalty: daily(band(1, 0, "0.1"))}, on(day))
		if row := s.Rows[0]; err != nil || row.DaysLate != 2 || row.Settled != on("2021-03-12") || row.Overdue || row.Left.Penalty.String() != left {
			t.Errorf("%s: %+v, %v", day, row, err)
		}
	}
}

// The row of 31 March is paid by the second payment already; what comes on the next
// day goes to what is overdue, not to the row of 30 April as the new current one.
func TestARowPaidInAdvanceStaysTheCurrentOne(t *testing.T) {
	debt := loan.Debt{Rows: []loan.DebtRow{
		{Due: on("2021-03-01"), Principal: of("100")}, {Due: on("2021-03-31"), Principal: of("100")}, {Due: on("2021-04-30"), Principal: of("100")},
	}}
	order := []loan.DebtPart{
		loan.CurrentPrincipal, loan.OverduePrincipal, loan.CurrentInterest, loan.CurrentFees, loan.OverdueInterest, loan.OverdueFees, loan.PenaltyPart,
	}
	payments := []loan.DebtPayment{{Date: on("2021-03-05"), Amount: of("100")}, {Date: on("2021-03-06"), Amount: of("30")}}
	s, err := loan.Settle(debt, payments, loan.DebtTerms{Order: order}, on("2021-03-06"))
	if err != nil || fmt.Sprint(s.Postings) != "[{2021-03-05 1 current principal 100} {2021-03-06 0 overdue principal 30}]" {
		t.Errorf("%v, %v", s.Postings, err)
	}
}

// A payment on the due date is in time, one on the next day is a day late.
func TestPaymentsAroundTheDueDate(t *testing.T) {
	debt := loan.Debt{Rows: []loan.DebtRow{{Due: on("2021-03-10"), Principal: of("1000")}}}
	for day, test := range map[string]struct {
		late    int
		penalty string
	}{
		"2021-03-01": {0, "0"}, "2021-03-10": {0, "0"}, "2021-03-11": {1, "1.00"}, "2021-03-12": {2, "2.00"},
	} {
		payments := []loan.DebtPayment{{Date: on(day), Amount: of("1000")}}
		s, err := loan.Settle(debt, payments, loan.DebtTerms{Penalty: daily(band(1, 0, "0.1"))}, on("2021-03-31"))
		row := s.Rows[0]
		if err != nil || row.DaysLate != test.late || row.Left.Penalty.String() != test.penalty || row.Settled != on(day) || row.Overdue {
			t.Errorf("%s: %+v, %v", day, row, err)
		}
	}
}

func TestDebtsThatCannotBeSettled(t *testing.T) {
	row := loan.DebtRow{Due: on("2021-03-10"), Principal: of("1000")}
	good := loan.Debt{Start: on("2021-02-10"), Rows: []loan.DebtRow{row}}
	interest := loan.DebtTerms{Interest: &loan.AccrualTerms{Basis: loan.PerUnit}}
	pay := func(day, amount string) []loan.DebtPayment {
		p := loan.DebtPayment{Amount: of(amount)}
		if day != "" {
			p.Date = on(day)
		}
		return []loan.DebtPayment{p}
	}
	for name, test := range map[string]struct {
		debt     loan.Debt
		payments []loan.DebtPayment
		terms    loan.DebtTerms
		day      string
		want     error
	}{
		"nothing due":                  {loan.Debt{}, nil, loan.DebtTerms{}, "2021-03-01", loan.ErrDebt},
		"too much due":                 {loan.Debt{Rows: make([]loan.DebtRow, loan.MaxDueDates+1)}, nil, loan.DebtTerms{}, "2021-03-01", loan.ErrDebt},
		"as of no day":                 {good, nil, loan.DebtTerms{}, "", loan.ErrDebt},
		"no due date":                  {loan.Debt{Rows: make([]loan.DebtRow, 1)}, nil, loan.DebtTerms{}, "2021-03-01", loan.ErrDebt},
		"a due date twice":             {loan.Debt{Rows: []loan.DebtRow{row, row}}, nil, loan.DebtTerms{}, "2021-03-01", loan.ErrDebt},
		"due at the start":             {loan.Debt{Start: row.Due, Rows: good.Rows}, nil, loan.DebtTerms{}, "2021-03-01", loan.ErrDebt},
		"interest from no date":        {loan.Debt{Rows: good.Rows}, nil, interest, "2021-03-01", loan.ErrDebt},
		"a negative sum":               {loan.Debt{Rows: []loan.DebtRow{{Due: row.Due, Interest: of("-1")}}}, nil, loan.DebtTerms{}, "2021-03-01", loan.ErrDebt},
		"more than a hundred years":    {good, nil, loan.DebtTerms{}, "2122-02-10", loan.ErrDebt},
		"a negative payment":           {good, pay("2021-03-01", "-1"), loan.DebtTerms{}, "2021-03-01", loan.ErrPayments},
		"a payment on no day":          {good, pay("", "1"), loan.DebtTerms{}, "2021-03-01", loan.ErrPayments},
		"a payment before the start":   {good, pay("2021-02-09", "1"), loan.DebtTerms{}, "2021-03-01", loan.ErrPayments},
		"an order that lacks parts":    {good, nil, loan.DebtTerms{Order: loan.LegalOrder()[1:]}, "2021-03-01", loan.ErrOrder},
		"an order that repeats a part": {good, nil, loan.DebtTerms{Order: append(loan.LegalOrder()[1:], loan.CurrentFees)}, "2021-03-01", loan.ErrOrder},
		"an order with no part":        {good, nil, loan.DebtTerms{Order: []loan.DebtPart{9}}, "2021-03-01", loan.ErrOrder},
	} {
		var day date.Date
		if test.day != "" {
			day = on(test.day)
		}
		if _, err := loan.Settle(test.debt, test.payments, test.terms, day); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := loan.Settle(good, pay("2021-03-02", "1"), interest, on("2021-03-01")); err != nil || s.Paid.Total().Sign() != 0 {
		t.Errorf("a payment after the day: %+v, %v", s, err)
	}
	if s, err := loan.Settle(good, nil, interest, on("2021-01-01")); err != nil || s.Accrued.Total().Sign() != 0 {
		t.Errorf("before the start: %+v, %v", s, err)
	}
}
