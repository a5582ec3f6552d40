package properties

import (
	"errors"
	"fmt"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// loanCase is a loan drawn by lot, in numbers that shrink to readable ones.
type loanCase struct {
	kopecks      int64 // of the principal
	installments int
	rate         int // in thousandths of a percent
	repayment    loan.Repayment
	rateFor      loan.RateFor
	lot          int // the rest of the terms, a digit each
}

// String is the case for the message of a property that fails.
func (c loanCase) String() string {
	return fmt.Sprintf("%s e-2 in %d, %s e-3 %s, %s, lot %d", calc.AmountOf(c.kopecks), c.installments, calc.AmountOf(int64(c.rate)), c.rateFor, c.repayment, c.lot)
}

// digit is the n-th digit of the lot, below a bound.
func (c loanCase) digit(n, below int) int {
	lot := c.lot
	for range n {
		lot /= 10
	}
	return lot % 10 % below
}

var modes = []calc.Mode{calc.HalfUp, calc.HalfEven, calc.Down, calc.Up}

// terms of the case. Digits of the lot choose the roundings, the residue, interest
// on the loan, both ends, free days and the way to step; 0 is the plainest.
func (c loanCase) terms() loan.Terms {
	t := loan.Terms{
		Principal: calc.MustAmount(kopecks(c.kopecks)), Issue: date.MustParse("2019-12-31"), Installments: c.installments,
		Step:      []loan.Stepping{{Method: loan.Days, Every: 30}, {Method: loan.DaysFromIssue, Every: 14}}[c.digit(0, 2)],
		Repayment: c.repayment, RateFor: c.rateFor, Percent: thousandths(c.rate),
		Residue: loan.Residue(c.digit(1, 2)), Search: loan.Search(c.digit(2, 3)),
		OnLoan: c.digit(3, 3) == 2, BothEnds: c.digit(4, 3) == 1, FreeDays: 7 * c.digit(5, 3),
		Rounding: loan.Roundings{
			Interest: calc.Rounding{Mode: modes[c.digit(6, 4)], Scale: loan.Kopeck},
			Payment:  calc.Rounding{Mode: modes[c.digit(7, 4)], Scale: loan.Kopeck},
		},
	}
	if months := c.digit(0, 10); c.rateFor == loan.PerMonthOf12 || c.rateFor != loan.PerStep && months > 5 {
		t.Step = loan.Stepping{Method: []loan.Method{loan.CalendarMonths, loan.MonthEnds}[months%2], Every: 1 + months%3}
	}
	switch c.repayment {
	case loan.ByShares:
		t.Shares = sharesOf(c.installments)
	case loan.ByPayments:
		t.Payments = []calc.Amount{t.Principal} // the first pays almost all
		t.Installments, t.Residue = min(2, c.installments), loan.ResidueLast
	}
	return t
}

func thousandths(n int) calc.Amount { return calc.MustAmount(fmt.Sprintf("%de-3", n)) }

// sharesOf divides 100 percent: 1 %, 1 %, and the rest.
func sharesOf(n int) []calc.Amount {
	shares := make([]calc.Amount, n)
	for i := range shares {
		shares[i] = calc.MustAmount("0.01")
	}
	shares[n-1] = calc.AmountOf(100).Minus(shares[0].Times(int64(n - 1)))
	return shares
}

// forLoans is a property of loans. Rates are not above 1 % a day, 30 % an
// installment and 100 % a year.
func forLoans(holds func(c loanCase) string) gopter.Prop {
	return prop.ForAll(func(kopecks int64, installments, rate, repayment, rateFor, lot int) string {
		c := loanCase{kopecks, installments, rate, loan.Repayment(repayment), loan.RateFor(rateFor), lot}
		switch c.rateFor {
		case loan.PerDay:
			c.rate /= 100
		case loan.PerInstallment, loan.PerStep:
			c.rate /= 4
		}
		if wrong := holds(c); wrong != "" {
			return fmt.Sprintf("%s (%s; seed %d)", wrong, c, seed)
		}
		return ""
	},
		gen.OneGenOf(gen.Int64Range(100, 10_000), gen.Int64Range(100_000, 100_000_000), gen.Const(int64(999_999_999_999_99))),
		gen.Frequency(map[int]gopter.Gen{1: gen.Const(1), 8: gen.IntRange(1, 24), 2: gen.IntRange(25, 120)}),
		gen.OneGenOf(gen.Const(0), gen.IntRange(0, 100_000)),
		gen.IntRange(int(loan.ByAnnuity), int(loan.ByShares)),
		gen.IntRange(int(loan.PerDay), int(loan.PerYearActual)),
		gen.IntRange(0, 99_999_999))
}

// plans counts how many loans had a schedule: a property of none proves nothing.
type plans struct{ made, refused int }

// of plans the terms; terms can be refused because a payment is below the interest
// or a rounded part above the debt, and the property then says nothing.
func (p *plans) of(t loan.Terms) (s loan.Schedule, ok bool) {
	s, err := loan.Plan(t)
	switch {
	case err == nil:
		p.made++
		return s, true
	case errors.Is(err, loan.ErrInterest) || errors.Is(err, loan.ErrRepaid):
		p.refused++
		return s, false
	}
	panic(err)
}

func (p *plans) enough(t *testing.T) {
	t.Helper()
	if p.made < 4*p.refused || p.made == 0 {
		t.Errorf("seed %d: %d schedules, %d refused", seed, p.made, p.refused)
	}
}

func TestLoanSchedules(t *testing.T) {
	var seen plans
	properties := gopter.NewProperties(parameters())
	properties.Property("rows chain from the loan to 0, and the totals are their sums", forLoans(func(c loanCase) string {
		s, ok := seen.of(c.terms())
		if !ok {
			return ""
		}
		return chained(s, c.terms())
	}))
	properties.Property("dates never run back, and each installment begins when the one before it is due", forLoans(func(c loanCase) string {
		s, ok := seen.of(c.terms())
		from := c.terms().Issue
		for i := range s.Rows {
			if r := &s.Rows[i]; ok && (r.From != from || !r.Due.After(from) || r.Days < 0 || r.Days > r.Due.DaysSince(from)+1) {
				return fmt.Sprintf("row %d from %s to %s, %d days", r.Number, r.From, r.Due, r.Days)
			}
			from = s.Rows[i].Due
		}
		return ""
	}))
	properties.Property("a higher rate never costs less, nor do both ends, and free days never cost more", forLoans(func(c loanCase) string {
		return monotone(c, &seen)
	}))
	properties.Property("all money times ten to the k makes all results so", forLoans(func(c loanCase) string {
		return scaled(c, &seen)
	}))
	properties.TestingRun(t)
	seen.enough(t)
}

// chained says what of a schedule does not lead from the loan to 0.
func chained(s loan.Schedule, t loan.Terms) string {
	balance := s.Loan
	var interest, principal, payment calc.Amount
	for i := range s.Rows {
		r := &s.Rows[i]
		interest, principal, payment = interest.Plus(r.Interest), principal.Plus(r.Principal), payment.Plus(r.Payment)
		switch {
		case r.Number != i+1 || !r.Opening.Equal(balance):
			return fmt.Sprintf("row %d opens with %s after %s", r.Number, r.Opening, balance)
		case !r.Closing.Equal(r.Opening.Minus(r.Principal)) || !r.Payment.Equal(r.Interest.Plus(r.Principal).Plus(r.Fees)):
			return fmt.Sprintf("row %d does not add up", r.Number)
		case r.Closing.Sign() < 0 || r.Interest.Sign() < 0 || r.Principal.Sign() < 0:
			return fmt.Sprintf("row %d is below zero", r.Number)
		}
		balance = r.Closing
	}
	if balance.Sign() != 0 || !principal.Equal(t.Principal) || len(s.Rows) != t.Installments {
		return fmt.Sprintf("%s is repaid, %s left", principal, balance)
	}
	if !s.Interest.Equal(interest) || !s.Principal.Equal(principal) || !s.Payment.Equal(payment) {
		return "the totals are not the sums"
	}
	return ""
}

// monotone compares a loan with one that costs more in each way. The principal of
// an annuity depends on its rate: rounding can then move a total by a unit a row.
func monotone(c loanCase, seen *plans) string {
	base := c.terms()
	s, ok := seen.of(base)
	if !ok {
		return ""
	}
	rate, ends, free := base, base, base
	rate.Percent, ends.BothEnds, free.FreeDays = rate.Percent.Plus(thousandths(500)), true, 0
	for name, dearer := range map[string]loan.Terms{"a higher rate": rate, "both ends": ends, "no free days": free} {
		d, ok := seen.of(dearer)
		if !ok {
			continue
		}
		slack := calc.Amount{}
		if base.Repayment == loan.ByAnnuity || base.Repayment == loan.ByPayments {
			slack = residue(s, dearer).Times(2) // of both loans
		}
		if d.Interest.Plus(slack).Cmp(s.Interest) < 0 {
			return fmt.Sprintf("interest %s, with %s %s", s.Interest, name, d.Interest)
		}
		for i := range s.Rows {
			if slack.Sign() == 0 && d.Rows[i].Interest.Cmp(s.Rows[i].Interest) < 0 {
				return fmt.Sprintf("row %d: interest %s, with %s %s", i+1, s.Rows[i].Interest, name, d.Rows[i].Interest)
			}
		}
	}
	return ""
}

// scaled compares a loan in kopecks with the same in larger units.
func scaled(c loanCase, seen *plans) string {
	t := c.terms()
	t.Fees = []loan.Fee{
		{Charging: loan.Withheld, Percent: thousandths(125)},
		{Charging: loan.EachRepayment, Fixed: calc.MustAmount("0.03")},
		{Charging: loan.Added, Percent: thousandths(c.rate), Fixed: calc.MustAmount("0.05")},
	}
	s, ok := seen.of(t)
	if !ok {
		return ""
	}
	k := int32(1 + c.digit(3, 10))
	factor := calc.MustAmount(fmt.Sprintf("1e%d", k))
	t.Principal = t.Principal.Product(factor)
	for i := range t.Fees {
		t.Fees[i].Fixed = t.Fees[i].Fixed.Product(factor)
	}
	for i := range t.Payments {
		t.Payments[i] = t.Payments[i].Product(factor)
	}
	for _, r := range []*calc.Rounding{&t.Rounding.Interest, &t.Rounding.Payment, &t.Rounding.Fee} {
		r.Scale -= k
	}
	large, err := loan.Plan(t)
	if err != nil {
		return err.Error()
	}
	pairs := [][2]calc.Amount{{s.Loan, large.Loan}, {s.PaidOut, large.PaidOut}, {s.Payment, large.Payment}, {s.Fees, large.Fees}}
	for i := range s.Rows {
		a, b := &s.Rows[i], &large.Rows[i]
		pairs = append(pairs, [2]calc.Amount{a.Interest, b.Interest}, [2]calc.Amount{a.Principal, b.Principal}, [2]calc.Amount{a.Closing, b.Closing})
	}
	for _, pair := range pairs {
		if !pair[0].Product(factor).Equal(pair[1]) {
			return fmt.Sprintf("%s, and %s times larger %s", pair[0], factor, pair[1])
		}
	}
	return ""
}

func TestFeesAndFullCost(t *testing.T) {
	var seen plans
	properties := gopter.NewProperties(parameters())
	properties.Property("the full cost rises with each fee that counts in it, and with no other", forLoans(func(c loanCase) string {
		c.kopecks += 1_000_000 // the full cost has three decimals
		c.installments = min(c.installments, 12)
		terms := c.terms()
		s, ok := seen.of(terms)
		if !ok {
			return ""
		}
		cost := fullCost(s)
		for charging := loan.Withheld; charging <= loan.EachRepayment; charging++ {
			for _, fee := range []loan.Fee{{Percent: calc.AmountOf(5)}, {Fixed: terms.Principal.Times(5).Product(calc.MustAmount("0.01"))}} {
				fee.Charging = charging
				with := terms
				with.Fees = []loan.Fee{fee}
				if dearer, ok := seen.of(with); ok && fullCost(dearer).Cmp(cost) <= 0 {
					return fmt.Sprintf("full cost %s, with a fee %v %s", cost, fee, fullCost(dearer))
				}
				with.Fees[0].NotInFullCost = true
				if charging == loan.Added {
					continue
				}
				if same, ok := seen.of(with); ok && !fullCost(same).Equal(cost) {
					return fmt.Sprintf("full cost %s, with a fee that does not count %s", cost, fullCost(same))
				}
			}
		}
		return ""
	}))
	properties.Property("near a guess it is what it is without one", forLoans(func(c loanCase) string {
		c.installments = min(c.installments, 12)
		s, ok := seen.of(c.terms())
		if !ok {
			return ""
		}
		flows := s.Flows()
		for _, base := range []loan.Period{{}, {Days: 30}, {Months: 1}} {
			want, err := loan.FullCost(flows, base)
			if err != nil {
				return err.Error()
			}
			for _, guess := range []calc.Amount{want, want.Plus(calc.MustAmount("0.001")), want.Minus(calc.MustAmount("0.0005"))} {
				if got, err := loan.FullCostNear(flows, base, guess); err != nil || got.String() != want.String() {
					return fmt.Sprintf("full cost %s, near %s %s, %v", want, guess, got, err)
				}
			}
		}
		return ""
	}))
	properties.TestingRun(t)
	seen.enough(t)
}

// fullCost of a schedule. A loan without interest can pay back less than it lends
// by no kopeck, so there is always one.
func fullCost(s loan.Schedule) calc.Amount {
	percent, err := loan.FullCost(s.Flows(), loan.Period{})
	if err != nil {
		panic(err)
	}
	return percent
}

func TestReadingsOfSchedules(t *testing.T) {
	var seen plans
	properties := gopter.NewProperties(parameters())
	properties.Property("the reading that a schedule was made by is among those that give it", forLoans(func(c loanCase) string {
		c.installments = min(c.installments, 6)
		terms := c.terms()
		s, ok := seen.of(terms)
		if !ok {
			return ""
		}
		open := terms
		open.RateFor, open.OnLoan, open.Repayment = 0, false, 0
		for _, r := range loan.Fit(printedRows(s), open, loan.AskRate, loan.AskBalance, loan.AskRepayment) {
			if !r.Exact() {
				return r.String()
			}
			if r.Terms.RateFor == terms.RateFor && r.Terms.OnLoan == terms.OnLoan && r.Terms.Repayment == terms.Repayment {
				return ""
			}
		}
		return "it is not"
	}))
	properties.Property("of one interest that is a kopeck off, the row is told", forLoans(func(c loanCase) string {
		c.installments = min(c.installments, 6)
		terms := c.terms()
		s, ok := seen.of(terms)
		if !ok {
			return ""
		}
		rows := printedRows(s)
		at := c.lot % len(rows)
		wrong := s.Rows[at].Interest.Plus(calc.MustAmount("0.01"))
		rows[at].Interest = &wrong
		all := loan.Fit(rows, terms, loan.AskRate, loan.AskRepayment)
		if len(all) != 1 || all[0].RowsOff != 1 || all[0].Off[0].Number != at+1 || all[0].Off[0].Figure != "interest" {
			return fmt.Sprintf("row %d is off, told %v", at+1, all[0].Off)
		}
		return ""
	}))
	properties.TestingRun(t)
	seen.enough(t)
}

func printedRows(s loan.Schedule) (rows []loan.Printed) {
	for _, r := range s.Rows {
		rows = append(rows, r.Printed())
	}
	return rows
}
