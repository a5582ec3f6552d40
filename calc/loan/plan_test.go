package loan_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

func amounts(texts ...string) []calc.Amount {
	all := make([]calc.Amount, len(texts))
	for i, text := range texts {
		all[i] = of(text)
	}
	return all
}

// a1000 is 1000 at 1 % a day, in three parts of 10 days, in whole units.
func a1000(change func(t *loan.Terms)) loan.Terms {
	t := loan.Terms{
		Principal: of("1000"), Issue: date.MustParse("2020-01-01"), Installments: 3,
		Step:      loan.Stepping{Method: loan.Days, Every: 10},
		Repayment: loan.ByEqualPrincipal, Percent: of("1"), RateFor: loan.PerDay,
	}
	if change != nil {
		change(&t)
	}
	return t
}

// lines writes the rows as: date days interest principal fees payment closing.
func lines(s loan.Schedule) (all []string) {
	for _, r := range s.Rows {
		all = append(all, fmt.Sprintf("%s %d: %s + %s + %s = %s, %s",
			r.Due, r.Days, r.Interest, r.Principal, r.Fees, r.Payment, r.Closing))
	}
	return all
}

// The expectations are calculated by hand.
func TestSchedules(t *testing.T) {
	for name, test := range map[string]struct {
		change func(t *loan.Terms)
		want   string
	}{
		"equal parts, the last takes the residue": {
			nil,
			"2020-01-11 10: 100 + 333 + 0 = 433, 667\n2020-01-21 10: 67 + 333 + 0 = 400, 334\n2020-01-31 10: 33 + 334 + 0 = 367, 0",
		},
		"equal parts, the first takes the residue": {
			func(t *loan.Terms) { t.Residue = loan.ResidueFirst },
			"2020-01-11 10: 100 + 334 + 0 = 434, 666\n2020-01-21 10: 67 + 333 + 0 = 400, 333\n2020-01-31 10: 33 + 333 + 0 = 366, 0",
		},
		"shares": {
			func(t *loan.Terms) { t.Repayment, t.Shares = loan.ByShares, amounts("12.35", "0", "87.65") },
			"2020-01-11 10: 100 + 124 + 0 = 224, 876\n2020-01-21 10: 88 + 0 + 0 = 88, 876\n2020-01-31 10: 88 + 876 + 0 = 964, 0",
		},
		"all at the end": {
			func(t *loan.Terms) { t.Repayment = loan.AtTheEnd },
			"2020-01-11 10: 100 + 0 + 0 = 100, 1000\n2020-01-21 10: 100 + 0 + 0 = 100, 1000\n2020-01-31 10: 100 + 1000 + 0 = 1100, 0",
		},
		"payments of one sum, the last pays what is left": {
			func(t *loan.Terms) { t.Repayment, t.Payments = loan.ByPayments, amounts("400") },
			"2020-01-11 10: 100 + 300 + 0 = 400, 700\n2020-01-21 10: 70 + 330 + 0 = 400, 370\n2020-01-31 10: 37 + 370 + 0 = 407, 0",
		},
		// With 405 first the last pays 402, with 406 399.
		"payments of one sum, the first pays what is left": {
			func(t *loan.Terms) {
				t.Repayment, t.Payments, t.Residue = loan.ByPayments, amounts("400"), loan.ResidueFirst
			},
			"2020-01-11 10: 100 + 306 + 0 = 406, 694\n2020-01-21 10: 69 + 331 + 0 = 400, 363\n2020-01-31 10: 36 + 363 + 0 = 399, 0",
		},
		"payments of several sums": {
			func(t *loan.Terms) { t.Repayment, t.Payments = loan.ByPayments, amounts("100", "1070") },
			"2020-01-11 10: 100 + 0 + 0 = 100, 1000\n2020-01-21 10: 100 + 970 + 0 = 1070, 30\n2020-01-31 10: 3 + 30 + 0 = 33, 0",
		},
		// 1000 * 0.1 * 1.331 / 0.331 = 402.11
		"an annuity by its formula": {
			func(t *loan.Terms) { t.Repayment = loan.ByAnnuity },
			"2020-01-11 10: 100 + 302 + 0 = 402, 698\n2020-01-21 10: 70 + 332 + 0 = 402, 366\n2020-01-31 10: 37 + 366 + 0 = 403, 0",
		},
		// Days 10, 30 and 10: x = 1000 * 1.1 * 1.3 * 1.1, y = 1.3 * 1.1 + 1.1 + 1 = 3.53, x/y =
		// 445.6; with 445 the last pays 448, with 446 444.
		"an annuity by trial": {
			func(t *loan.Terms) {
				t.Repayment = loan.ByAnnuity
				t.Due = []date.Date{date.MustParse("2020-01-11"), date.MustParse("2020-02-10"), date.MustParse("2020-02-20")}
			},
			"2020-01-11 10: 100 + 346 + 0 = 446, 654\n2020-02-10 30: 196 + 250 + 0 = 446, 404\n2020-02-20 10: 40 + 404 + 0 = 444, 0",
		},
		"an annuity on the loan amount": { // (1000 + 300) / 3 = 433.3
			func(t *loan.Terms) { t.Repayment, t.OnLoan = loan.ByAnnuity, true },
			"2020-01-11 10: 100 + 333 + 0 = 433, 667\n2020-01-21 10: 100 + 333 + 0 = 433, 334\n2020-01-31 10: 100 + 334 + 0 = 434, 0",
		},
		"an annuity without interest": {
			func(t *loan.Terms) { t.Repayment, t.Percent = loan.ByAnnuity, of("0") },
			"2020-01-11 10: 0 + 333 + 0 = 333, 667\n2020-01-21 10: 0 + 333 + 0 = 333, 334\n2020-01-31 10: 0 + 334 + 0 = 334, 0",
		},
		"one installment": {
			func(t *loan.Terms) { t.Repayment, t.Installments = loan.ByAnnuity, 1 },
			"2020-01-11 10: 100 + 1000 + 0 = 1100, 0",
		},
		"both ends earn interest": {
			func(t *loan.Terms) { t.BothEnds = true },
			"2020-01-11 11: 110 + 333 + 0 = 443, 667\n2020-01-21 11: 73 + 333 + 0 = 406, 334\n2020-01-31 11: 37 + 334 + 0 = 371, 0",
		},
		"the first twelve days are free": {
			func(t *loan.Terms) { t.FreeDays = 12 },
			"2020-01-11 0: 0 + 333 + 0 = 333, 667\n2020-01-21 8: 53 + 333 + 0 = 386, 334\n2020-01-31 10: 33 + 334 + 0 = 367, 0",
		},
		"a loan repaid in its grace costs nothing": {
			func(t *loan.Terms) { t.GraceDays, t.Installments = 30, 3 },
			"2020-01-11 0: 0 + 333 + 0 = 333, 667\n2020-01-21 0: 0 + 333 + 0 = 333, 334\n2020-01-31 0: 0 + 334 + 0 = 334, 0",
		},
		"a loan repaid a day after its grace costs all": {
			func(t *loan.Terms) { t.GraceDays, t.Installments = 9, 1 },
			"2020-01-11 10: 100 + 1000 + 0 = 1100, 0",
		},
		"two periods with other rates": {
			func(t *loan.Terms) {
				t.RatePeriods = []loan.RatePeriod{{Installments: 1, Percent: of("0")}, {Installments: 1, Percent: of("2")}}
			},
			"2020-01-11 10: 0 + 333 + 0 = 333, 667\n2020-01-21 10: 133 + 333 + 0 = 466, 334\n2020-01-31 10: 33 + 334 + 0 = 367, 0",
		},
		"fees with each repayment, and one added to the loan": {
			func(t *loan.Terms) {
				t.Fees = []loan.Fee{{Charging: loan.EachRepayment, Percent: of("0.45"), Fixed: of("1")}, {Charging: loan.Added, Percent: of("20")}}
			},
			"2020-01-11 10: 120 + 400 + 6 = 526, 800\n2020-01-21 10: 80 + 400 + 6 = 486, 400\n2020-01-31 10: 40 + 400 + 6 = 446, 0",
		},
	} {
		s, err := loan.Plan(a1000(test.change))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(lines(s), "\n"); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

// One installment of a loan of 36600 at 10 % from 31 December 2019 on, in kopecks.
func TestReadingsOfARate(t *testing.T) {
	month := loan.Stepping{Method: loan.MonthEnds, Every: 1}
	days := loan.Stepping{Method: loan.Days, Every: 31}
	for name, test := range map[string]struct {
		rate loan.RateFor
		step loan.Stepping
		free int
		want string
	}{
		"a day":                       {loan.PerDay, month, 0, "113460.00"},
		"an installment":              {loan.PerInstallment, month, 0, "3660.00"},
		"the rest of an installment":  {loan.PerInstallment, month, 11, "2361.29"}, // 20/31
		"a step of 31 days":           {loan.PerStep, days, 0, "3660.00"},
		"a part of a step":            {loan.PerStep, days, 30, "118.06"},
		"a twelfth of a year":         {loan.PerMonthOf12, month, 0, "305.00"},
		"two twelfths":                {loan.PerMonthOf12, loan.Stepping{Method: loan.CalendarMonths, Every: 2}, 0, "610.00"},
		"the rest of a twelfth":       {loan.PerMonthOf12, month, 30, "9.84"},
		"31 of 360 days":              {loan.PerYear360, month, 0, "315.17"},
		"31 of 365 days":              {loan.PerYear365, month, 0, "310.85"},
		"31 of 366 days":              {loan.PerYear366, month, 0, "310.00"},
		"31 days of a leap year":      {loan.PerYearActual, month, 0, "310.00"},
		"nothing is left of the days": {loan.PerYearActual, month, 31, "0"},
	} {
		s, err := loan.Plan(loan.Terms{
			Principal: of("36600"), Issue: date.MustParse("2019-12-31"), Installments: 1, Step: test.step,
			Repayment: loan.AtTheEnd, Percent: of("10"), RateFor: test.rate, FreeDays: test.free,
			Rounding: loan.Roundings{Interest: cents},
		})
		if err != nil || !s.Interest.Equal(of(test.want)) {
			t.Errorf("%s: %s, %v; want %s", name, s.Interest, err, test.want)
		}
	}
	// Half of the time in a common year: 3650 * 10 % * (184/365 + 182/366).
	s, err := loan.Plan(loan.Terms{
		Principal: of("3650"), Issue: date.MustParse("2019-06-30"), Installments: 1, Step: loan.Stepping{Method: loan.CalendarMonths, Every: 12},
		Repayment: loan.AtTheEnd, Percent: of("10"), RateFor: loan.PerYearActual, Rounding: loan.Roundings{Interest: cents},
	})
	if err != nil || s.Interest.String() != "365.50" {
		t.Errorf("a year across two: %s, %v", s.Interest, err)
	}
}

func TestTheLastDayThereIs(t *testing.T) {
	terms := a1000(func(t *loan.Terms) {
		t.Issue, t.Installments, t.RateFor = date.MustParse("9999-12-21"), 1, loan.PerYearActual
	})
	if s, err := loan.Plan(terms); err != nil || s.Rows[0].Days != 10 {
		t.Errorf("%v, %v", s.Rows, err)
	}
	terms.Installments = 2
	if _, err := loan.Plan(terms); !errors.Is(err, loan.ErrCalendarEnd) {
		t.Error(err)
	}
}

// Days off can move two dates to one; the second installment then has no day.
func TestDatesThatFallTogether(t *testing.T) {
	terms := a1000(func(t *loan.Terms) {
		t.Issue, t.Installments = date.MustParse("2020-01-03"), 3 // a Friday
		t.Step = loan.Stepping{Method: loan.DaysFromIssue, Every: 1, DaysOff: loan.WeekendsOnly{}}
	})
	for rate, want := range map[loan.RateFor]string{loan.PerDay: "30 0 0", loan.PerStep: "30 0 0", loan.PerInstallment: "10 7 3", loan.PerYear365: "0 0 0"} {
		terms.RateFor = rate
		s, err := loan.Plan(terms)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(s.Rows[0].Interest, s.Rows[1].Interest, s.Rows[2].Interest); got != want {
			t.Errorf("%s: %s, want %s", rate, got, want)
		}
	}
}

func TestImpossibleTerms(t *testing.T) {
	for name, test := range map[string]struct {
		change func(t *loan.Terms)
		want   error
	}{
		"nothing lent":               {func(t *loan.Terms) { t.Principal = of("0") }, loan.ErrTerms},
		"no date":                    {func(t *loan.Terms) { t.Issue = date.Date{} }, loan.ErrTerms},
		"no installment":             {func(t *loan.Terms) { t.Installments = 0 }, loan.ErrTerms},
		"too many installments":      {func(t *loan.Terms) { t.Installments = loan.MaxInstallments + 1 }, loan.ErrTerms},
		"no step":                    {func(t *loan.Terms) { t.Step.Every = 0 }, loan.ErrStepping},
		"no repayment":               {func(t *loan.Terms) { t.Repayment = 0 }, loan.ErrTerms},
		"an unknown repayment":       {func(t *loan.Terms) { t.Repayment = 99 }, loan.ErrTerms},
		"an unknown residue":         {func(t *loan.Terms) { t.Residue = 99 }, loan.ErrTerms},
		"an unknown search":          {func(t *loan.Terms) { t.Search = 99 }, loan.ErrTerms},
		"no reading of the rate":     {func(t *loan.Terms) { t.RateFor = 0 }, loan.ErrTerms},
		"months in a step of days":   {func(t *loan.Terms) { t.RateFor = loan.PerMonthOf12 }, loan.ErrTerms},
		"days in a step of months":   {func(t *loan.Terms) { t.RateFor, t.Step.Method = loan.PerStep, loan.MonthEnds }, loan.ErrTerms},
		"a rate below zero":          {func(t *loan.Terms) { t.Percent = of("-1") }, loan.ErrRate},
		"free days below zero":       {func(t *loan.Terms) { t.FreeDays = -1 }, loan.ErrTerms},
		"grace below zero":           {func(t *loan.Terms) { t.GraceDays = -1 }, loan.ErrTerms},
		"a first rate below zero":    {func(t *loan.Terms) { t.RatePeriods = []loan.RatePeriod{{1, of("-1")}} }, loan.ErrRate},
		"rates for four of three":    {func(t *loan.Terms) { t.RatePeriods = []loan.RatePeriod{{2, of("1")}, {2, of("1")}} }, loan.ErrTerms},
		"no shares":                  {func(t *loan.Terms) { t.Repayment = loan.ByShares }, loan.ErrShares},
		"shares of 99":               {func(t *loan.Terms) { t.Repayment, t.Shares = loan.ByShares, amounts("33", "33", "33") }, loan.ErrShares},
		"a share below zero":         {func(t *loan.Terms) { t.Repayment, t.Shares = loan.ByShares, amounts("-1", "51", "50") }, loan.ErrShares},
		"no payments":                {func(t *loan.Terms) { t.Repayment = loan.ByPayments }, loan.ErrTerms},
		"payments for all but one":   {func(t *loan.Terms) { t.Repayment, t.Payments = loan.ByPayments, amounts("1", "2", "3") }, loan.ErrTerms},
		"a payment below interest":   {func(t *loan.Terms) { t.Repayment, t.Payments = loan.ByPayments, amounts("99") }, loan.ErrInterest},
		"a payment above the debt":   {func(t *loan.Terms) { t.Repayment, t.Payments = loan.ByPayments, amounts("1101") }, loan.ErrRepaid},
		"a unit above the loan":      {func(t *loan.Terms) { t.Rounding.Payment = calc.Rounding{Mode: calc.Up, Scale: -3} }, loan.ErrRepaid},
		"a first part below zero":    {func(t *loan.Terms) { t.Rounding.Payment = calc.Rounding{Mode: calc.Up, Scale: -3}; t.Residue = 1 }, loan.ErrRepaid},
		"two dates of three":         {func(t *loan.Terms) { t.Due = []date.Date{t.Issue, t.Issue} }, loan.ErrTerms},
		"dates that run back":        {func(t *loan.Terms) { t.Due = []date.Date{t.Issue, t.Issue.AddDays(2), t.Issue.AddDays(1)} }, loan.ErrTerms},
		"a date that is none":        {func(t *loan.Terms) { t.Due = make([]date.Date, 3) }, loan.ErrTerms},
		"a fee at no time":           {func(t *loan.Terms) { t.Fees = []loan.Fee{{Fixed: of("1")}} }, loan.ErrTerms},
		"a fee below zero":           {func(t *loan.Terms) { t.Fees = []loan.Fee{{Charging: loan.Added, Fixed: of("-1")}} }, loan.ErrTerms},
		"a lent fee out of the cost": {func(t *loan.Terms) { t.Fees = []loan.Fee{{Charging: loan.Added, NotInFullCost: true}} }, loan.ErrTerms},
		"all is withheld":            {func(t *loan.Terms) { t.Fees = []loan.Fee{{Charging: loan.Withheld, Percent: of("100")}} }, loan.ErrTerms},
		"given payments, first takes the residue": {
			func(t *loan.Terms) {
				t.Repayment, t.Payments, t.Residue = loan.ByPayments, amounts("400", "400"), loan.ResidueFirst
			}, loan.ErrTerms,
		},
	} {
		if s, err := loan.Plan(a1000(test.change)); !errors.Is(err, test.want) || len(s.Rows) != 0 {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// The payment to begin with lies 10^45 units from the one that is found.
func TestASearchFarAway(t *testing.T) {
	s, err := loan.Plan(a1000(func(t *loan.Terms) {
		t.Repayment, t.Payments, t.Residue = loan.ByPayments, amounts("100"), loan.ResidueFirst
		t.Principal, t.Rounding.Interest.Scale = of("1e30"), 15
	}))
	if err != nil || s.Rows[2].Payment.Round(cents).String() != "100.00" {
		t.Errorf("%v, %v", lines(s), err)
	}
}

// Of the 7 withheld and the 5 paid each time the flows know nothing.
func TestFlowsCountTheFeesOfTheFullCost(t *testing.T) {
	s, err := loan.Plan(a1000(func(t *loan.Terms) {
		t.Installments, t.Percent = 1, of("0")
		t.Fees = []loan.Fee{
			{Charging: loan.Withheld, Percent: of("20")},
			{Charging: loan.Withheld, Fixed: of("7"), NotInFullCost: true},
			{Charging: loan.Added, Fixed: of("30")},
			{Charging: loan.EachRepayment, Percent: of("5")}, // of 1000
			{Charging: loan.EachRepayment, Fixed: of("5"), NotInFullCost: true},
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	if s.PaidOut.String() != "793" || s.IssueFees.String() != "237" || s.Payment.String() != "1085" || s.Fees.String() != "55" {
		t.Errorf("paid out %s, fees %s and %s, payment %s", s.PaidOut, s.IssueFees, s.Fees, s.Payment)
	}
	want := []string{"2020-01-01 -800", "2020-01-11 1080"}
	var got []string
	for _, f := range s.Flows() {
		got = append(got, f.Date.String()+" "+f.Amount.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
