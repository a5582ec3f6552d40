package arifmetika

import (
	"slices"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
)

// paymentRules are the laws of the days on which installments were paid.
func paymentRules() []schema.Rule {
	days := []string{"Details.fact_payment_date"}
	var balances []string
	for _, c := range components {
		days = append(days, "Details."+c.payments+".date")
		balances = append(balances, "Details."+c.payments+".end_balance",
			"Details."+c.begin, "Details."+c.paid, "Details."+c.end)
	}
	both := slices.Concat(days, balances)
	return []schema.Rule{
		{
			ID: "AS-11", Title: "the days of the payments made are out of order",
			Cites: schedule + "fact_payment.date", Basis: schema.Inferred,
			Law: "in fact_payment every date is a date and none is before the one above it; where principal and interest of " +
				"an installment have two payments each or more, as many of one as of the other, they are the parts of the same " +
				"payments and of the same days, which is said when one day differs",
			Each: []string{"Details"}, Reads: days, Check: checkPaymentDays,
			Severity: schema.Error,
			Why: "A payment made on one day is split over principal, interest and penalty. A payment can also go to one " +
				"of them alone: a day that differs is a warning, and one of which no other payment shows the pattern is none.",
		},
		{
			ID: "AS-14", Title: "the day an installment was paid is not that of its last payment",
			Cites: schedule + "fact_payment_date", Basis: schema.Inferred,
			Law: "where nothing is left in end_balance, fact_payment_date is the last date in fact_payment; where something " +
				"is, it is empty; yyyy-MM-dd is a placeholder and no date",
			Each: []string{"Details"}, Reads: both, Check: checkPaidDay,
			Severity: schema.Warning,
			Why:      "An installment is paid when its last part is. The published sample prints the placeholder of its template.",
		},
		{
			ID: "AS-20", Title: "an installment that was paid in time has a penalty",
			Cites: schedule + "penalty", Basis: schema.Inferred,
			Law: "where principal and interest have end_balance 0 and no payment after plan_payment_date, " +
				"penalty.begin_balance is 0",
			Each: []string{"Details"}, Reads: append(both, "Details.plan_payment_date"), Check: checkPenalty,
			Severity: schema.Warning,
			Why:      "A penalty is charged for what is paid late.",
		},
	}
}

// payments of an installment, by component.
type payments [len(components)][]schema.Case

func paymentsOf(c *schema.Case) (p payments) {
	for i := range components {
		p[i] = c.Rows(components[i].payments)
	}
	return p
}

func checkPaymentDays(c *schema.Case) {
	paid := paymentsOf(c)
	made, real := 0, true
	for _, rows := range paid {
		made += len(rows)
		for i := range rows {
			if noDate(&rows[i], "date") {
				real = false
			}
		}
	}
	switch {
	case made == 0:
		c.NotApplicable("no payment was made")
		return
	case !real:
		return
	}
	odd, isOdd := oddDay(c, &paid)
	if isOdd {
		b := odd.row.Broken("date", odd.want.String(), odd.because)
		if !odd.back {
			b.Severity = schema.Warning
		}
	}
	for i, rows := range paid {
		if isOdd && odd.back && i == odd.component {
			continue
		}
		for j := 1; j < len(rows); j++ {
			before, day := rows[j-1].Date("date"), rows[j].Date("date")
			if !before.IsZero() && day.Before(before) {
				rows[j].Broken("date", "", "the payment before it was made on "+before.String())
			}
		}
	}
}

// strayDay is the day of a part of a payment that differs from the day of the
// other part.
type strayDay struct {
	row       *schema.Case
	component int
	want      date.Date
	because   string
	back      bool // the day is out of order among its own
}

// oddDay finds the one payment of which principal and interest have different
// days, where both have as many payments and the days of all others agree. Of one
// payment each, nothing shows that they were made together.
func oddDay(c *schema.Case, paid *payments) (strayDay, bool) {
	const fewest = 2
	main, percent := paid[0], paid[1]
	if len(main) != len(percent) || len(main) < fewest {
		return strayDay{}, false
	}
	at := -1
	for i := range main {
		a, b := main[i].Date("date"), percent[i].Date("date")
		if a == b {
			continue
		}
		if at >= 0 || a.IsZero() || b.IsZero() {
			return strayDay{}, false
		}
		at = i
	}
	if at < 0 {
		return strayDay{}, false
	}
	a, b := main[at].Date("date"), percent[at].Date("date")
	ofPrincipal := strayDay{&main[at], 0, b, "the interest of the payment is of " + b.String(), outOfOrder(main, at)}
	ofInterest := strayDay{&percent[at], 1, a, "the principal of the payment is of " + a.String(), outOfOrder(percent, at)}
	closed := c.Value("fact_payment_date").Date
	switch {
	case ofPrincipal.back != ofInterest.back:
		if ofPrincipal.back {
			return ofPrincipal, true
		}
	case witnessed(paid[2], b) && !witnessed(paid[2], a), closed == b && at == len(main)-1:
		return ofPrincipal, true
	}
	return ofInterest, true
}

// outOfOrder tells whether a day is before the one above it or after the one
// below it.
func outOfOrder(rows []schema.Case, at int) bool {
	day := rows[at].Date("date")
	return at > 0 && day.Before(rows[at-1].Date("date")) || at+1 < len(rows) && rows[at+1].Date("date").Before(day)
}

// witnessed tells whether one of some payments was made on a day.
func witnessed(rows []schema.Case, day date.Date) bool {
	for i := range rows {
		if rows[i].Value("date").Date == day {
			return true
		}
	}
	return false
}

// lastWithout is the latest day of some payments if the stray one were the day that
// is wanted of it.
func (s *strayDay) lastWithout(paid [][]schema.Case) date.Date {
	last := s.want
	for _, rows := range paid {
		for i := range rows {
			if day := rows[i].Date("date"); &rows[i] != s.row && day.After(last) {
				last = day
			}
		}
	}
	return last
}

const placeholder = "yyyy-MM-dd"

func checkPaidDay(c *schema.Case) {
	v := c.Value("fact_payment_date")
	if v.State != schema.Present && v.State != schema.Empty {
		c.Text("fact_payment_date") // which is a gap
		return
	}
	paid := paymentsOf(c)
	left := false
	for i := range components {
		left = isLeft(c, &components[i], paid[i]) || left
	}
	if left {
		switch {
		case v.State == schema.Empty:
		case v.Text == placeholder:
			c.Broken("fact_payment_date", "", "it is a placeholder, and the installment is not paid in full")
		default:
			c.Broken("fact_payment_date", "", "the installment is not paid in full")
		}
		return
	}
	last := lastDay(paid[:])
	if last.IsZero() {
		c.NotApplicable("nothing was owed, and nothing paid")
		return
	}
	if v.Date == last {
		return
	}
	if odd, is := oddDay(c, &paid); is && v.Date == odd.lastWithout(paid[:]) {
		c.NotEvaluable("the days of the payments contradict each other")
		return
	}
	because := "the last payment was made on " + last.String()
	if v.Text == placeholder {
		because = "it is a placeholder; " + because
	}
	c.Broken("fact_payment_date", last.String(), because)
}

// isLeft tells whether something is left of a component, which the last payment
// or what was owed and paid must bear out: a balance that both contradict is told
// by rules about balances.
func isLeft(c *schema.Case, of *component, paid []schema.Case) bool {
	end := c.Amount(of.end)
	sure := len(paid) > 0 && paid[len(paid)-1].Amount("end_balance").Equal(end)
	if !sure && !c.Amount(of.begin).Minus(c.Amount(of.paid)).Equal(end) {
		c.NotEvaluable("what is left of the installment is in doubt")
	}
	return end.Sign() != 0
}

// lastDay is the latest day on which a payment was made, and no date when none
// was.
func lastDay(paid [][]schema.Case) (last date.Date) {
	for _, rows := range paid {
		for i := range rows {
			if day := rows[i].Date("date"); day.After(last) {
				last = day
			}
		}
	}
	return last
}

func checkPenalty(c *schema.Case) {
	paid := paymentsOf(c)
	if isLeft(c, &principal, paid[0]) || isLeft(c, &interest, paid[1]) {
		c.NotApplicable("principal and interest are not paid in full")
		return
	}
	due := c.Date("plan_payment_date")
	last := lastDay(paid[:2])
	switch {
	case last.IsZero():
		c.NotApplicable("nothing was owed, and nothing paid")
	case last.After(due):
		c.NotApplicable("the installment was paid late")
	case c.Amount(penalty.begin).Sign() != 0:
		c.Off(penalty.begin, calc.Amount{}, "the installment was due on "+due.String()+" and paid on "+last.String())
	}
}
