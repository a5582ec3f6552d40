package arifmetika

import (
	"slices"
	"strconv"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/law"
	"tieout/calc/schema"
)

// chargeRules are the laws of what a loan costs.
func chargeRules() []schema.Rule {
	days := []string{"Details.plan_payment_date"}
	for _, c := range components {
		days = append(days, "Details."+c.payments+".date")
	}
	return []schema.Rule{
		{
			ID: "AS-18", Title: "the interest paid is not that of one rate",
			Cites: schedule + "percent.fact_payment.payment_sum", Basis: schema.Inferred,
			Law: "one rate, by the day or by the year, gives the interest paid between any two payments of principal and " +
				"interest made in time: owed principal * rate * days, rounded as the figures are; the days before the first " +
				"payment are not known",
			Reads: []string{
				"Total.main_debt.begin_balance", "Details.plan_payment_date",
				"Details.main_debt.begin_balance", "Details.main_debt.payment_sum",
				"Details.main_debt.fact_payment.date", "Details.main_debt.fact_payment.payment_sum",
				"Details.percent.fact_payment.date", "Details.percent.fact_payment.payment_sum",
			},
			Check:    checkOneRate,
			Severity: schema.Info,
			Why: "Interest accrues on the principal still owed, and whoever repays principal in time has paid the interest " +
				"up to that day. The published schedule runs on 0.7 % a day.",
		},
		{
			ID: "AS-21", Title: "interest and penalty are above the ceiling of the law",
			Cites: "353-FZ article 5, 151-FZ article 12; " + schedule + "Total", Basis: schema.ByLaw,
			Law: "in a loan for up to a year, as due dates within a year are taken for, Total.percent.begin_balance and " +
				"Total.penalty.begin_balance are at most the legal multiple of Total.main_debt.begin_balance; the multiple is " +
				"that of the contract's date, so it is broken where it is on every day from a year before the last " +
				"plan_payment_date up to the first day in the document",
			Reads: append(days, "Total.main_debt.begin_balance", "Total.percent.begin_balance", "Total.penalty.begin_balance"),
			Check: checkCeiling, Data: []schema.Data{{Name: law.Name, Digest: law.Digest}}, Severity: schema.Warning,
			Why: "The law limits all that a short consumer loan costs. The document does not tell the day of the contract.",
		},
	}
}

// paymentDay is all that was paid of a loan on one day.
type paymentDay struct {
	on                  date.Date
	principal, interest calc.Amount
	late                bool
	// of is the one payment of interest; nil when there is none, or several.
	of    *schema.Case
	parts int // of interest
}

// settles tells whether nothing of the interest up to that day can be left.
func (d *paymentDay) settles() bool {
	return d.principal.Sign() > 0 && d.interest.Sign() > 0 && !d.late
}

// paymentDays gathers the payments of all installments by their days, in order.
// They are not sound when the principal owed does not follow from them. The room is
// theirs.
func paymentDays(c *schema.Case, owed calc.Amount, room []paymentDay) (days []paymentDay, sound bool) {
	days, sound = room, true
	rows := c.Rows("Details")
	for i := range rows {
		row := &rows[i]
		due, paid := row.Date("plan_payment_date"), row.Amount("main_debt.payment_sum")
		owed = owed.Minus(row.Amount("main_debt.begin_balance"))
		for _, fact := range row.Rows(principal.payments) {
			on, sum := fact.Date("date"), fact.Amount("payment_sum")
			paid = paid.Minus(sum)
			days = append(days, paymentDay{on: on, principal: sum, late: on.After(due)})
		}
		sound = sound && paid.Sign() == 0
		facts := row.Rows(interest.payments)
		for j := range facts {
			on := facts[j].Date("date")
			days = append(days, paymentDay{
				on: on, interest: facts[j].Amount("payment_sum"), late: on.After(due), of: &facts[j], parts: 1,
			})
		}
	}
	slices.SortStableFunc(days, func(a, b paymentDay) int { return a.on.Compare(b.on) })
	return merged(days), sound && owed.Sign() == 0
}

// merged makes one of the payments of each day; they come in order.
func merged(all []paymentDay) []paymentDay {
	days := all[:0]
	for _, one := range all {
		if n := len(days); n == 0 || days[n-1].on != one.on {
			days = append(days, one)
			continue
		}
		d := &days[len(days)-1]
		d.principal, d.interest = d.principal.Plus(one.principal), d.interest.Plus(one.interest)
		d.late = d.late || one.late
		d.add(one.of, one.parts)
	}
	return days
}

// add payments of interest.
func (d *paymentDay) add(of *schema.Case, parts int) {
	if d.parts += parts; parts > 0 {
		d.of = of
	}
	if d.parts > 1 {
		d.of = nil
	}
}

// accrualsOf are the stretches between days on which the interest was settled, in
// which the principal owed did not change and the interest paid is what accrued, behind
// others.
func accrualsOf(owed calc.Amount, days []paymentDay, all []accrual) []accrual {
	var since paymentDay // settled on its day, and the interest paid after it
	for i := range days {
		d := &days[i]
		if owed.Sign() <= 0 {
			break
		}
		since.interest = since.interest.Plus(d.interest)
		since.add(d.of, d.parts)
		switch {
		case d.settles():
			if !since.on.IsZero() {
				all = append(all, accrual{owed, since.interest, since.on, d.on, since.of})
			}
			since = paymentDay{on: d.on}
		case d.late || d.principal.Sign() != 0:
			since = paymentDay{}
		}
		owed = owed.Minus(d.principal)
	}
	return all
}

// fewDays need no room but a function's own.
const fewDays = 48

// accrual is the interest paid for a stretch of days on what was owed in it.
type accrual struct {
	owed, paid calc.Amount
	from, to   date.Date
	of         *schema.Case // the one payment it was paid by, if it is one
}

// daily is an interest of the accrual in percent a day.
func (a *accrual) daily(interest calc.Amount, decimals int32) calc.Amount {
	rate, err := calc.Quotient(interest.Times(100), a.owed.Times(int64(a.to.DaysSince(a.from))), calc.Rounding{Scale: decimals})
	if err != nil {
		panic(err) // something was owed, and a day passed
	}
	return rate
}

// text is the interest paid in percent a day, for people.
func (a *accrual) text() string { return a.daily(a.paid, 4).String() + " %" }

// highestDaily is more than any loan costs in percent a day.
var highestDaily = calc.AmountOf(5)

func checkOneRate(c *schema.Case) {
	owed := c.Amount("Total.main_debt.begin_balance")
	var dayRoom [fewDays]paymentDay
	days, sound := paymentDays(c, owed, dayRoom[:0])
	if !sound {
		c.NotEvaluable("the figures of the principal contradict each other")
		return
	}
	var room [fewDays]accrual
	all := accrualsOf(owed, days, room[:0])
	if len(all) < 2 {
		c.NotApplicable("there are no two stretches of interest to compare")
		return
	}
	if isPlain(all) {
		return
	}
	if fit, ok := oneRate(all); !ok {
		tellOddAccrual(c, all)
	} else if fit.daily().Cmp(highestDaily) > 0 {
		c.BrokenRow("the interest paid is " + all[0].text() + " a day of the principal owed, which no loan costs")
	}
}

// tellOddAccrual tells the one payment of interest without which one rate fits
// all others, or that there is none.
func tellOddAccrual(c *schema.Case, all []accrual) {
	odd, rate := oddAccrual(all)
	if odd < 0 || all[odd].of == nil {
		least, most := extremes(all)
		low, high := &all[least], &all[most]
		c.BrokenRow("the interest paid by " + low.to.String() + " is " + low.text() + " a day of the principal owed, and by " +
			high.to.String() + " " + high.text())
		return
	}
	a := &all[odd]
	because := "at the rate of the other payments, " + rate.daily().String() + " % a day, " +
		strconv.Itoa(a.to.DaysSince(a.from)) + " days from " + a.from.String() + " on " + a.owed.String() + " give another interest"
	if low, high := rate.interest(a, rate.low), rate.interest(a, rate.high); low.Equal(high) {
		a.of.Off("payment_sum", low, because)
	} else {
		a.of.Broken("payment_sum", "", because)
	}
}

// oddAccrual finds the one accrual without which one rate fits all others, of
// three or more, and that rate; -1 when there is none, or two.
func oddAccrual(all []accrual) (odd int, rate rateFit) {
	odd = -1
	if len(all) < 3 {
		return odd, rate
	}
	// Without any other the two that contradict each other most would be left.
	least, most := extremes(all)
	others := make([]accrual, 0, len(all))
	for _, i := range []int{least, most} {
		others = append(append(others[:0], all[:i]...), all[i+1:]...)
		fit, ok := oneRate(others)
		if !ok || fit.daily().Cmp(highestDaily) > 0 {
			continue
		}
		if odd >= 0 {
			return -1, rate
		}
		odd, rate = i, fit
	}
	return odd, rate
}

// extremes are the accruals of the lowest and the highest rate a day, each with
// what its rounding leaves open in favour of the others.
func extremes(all []accrual) (least, most int) {
	unit := rounding(all).Unit()
	var low, high calc.Amount
	for i := range all {
		if rate := all[i].daily(all[i].paid.Plus(unit), 24); i == 0 || rate.Cmp(low) < 0 {
			least, low = i, rate
		}
		if rate := all[i].daily(all[i].paid.Minus(unit), 24); i == 0 || rate.Cmp(high) > 0 {
			most, high = i, rate
		}
	}
	return least, most
}
