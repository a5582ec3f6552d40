package arifmetika

import (
	"fmt"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// laterDates are the dates that do not come before contract_date.
var laterDates = []string{"repay_before", "repayment_date", "date_planned_payment"}

// dateRules are the laws of a contract's dates.
func dateRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-22", Title: "a date is not a real date",
			Cites: contractList + "строка даты в формате ISO", Basis: schema.Inferred,
			Law:   "every date is a day of the calendar in the form yyyy-MM-dd",
			Each:  append([]string{"contract_date"}, laterDates...),
			Check: checkRealDate, Severity: schema.Error, Replaces: "IN-06",
			Why: `The document gives dates in this form, and says "" where there is none.`,
		},
		{
			ID: "AC-23", Title: "a date is before the contract was concluded",
			Cites: contractList + "contract_date", Basis: schema.Inferred,
			Law:  "contract_date <= repay_before, repayment_date, date_planned_payment",
			Each: laterDates, Reads: append([]string{"contract_date"}, laterDates...),
			Check: checkAfterContract, Severity: schema.Error,
			Why: "Nothing is planned or repaid before there is a contract. Where several dates are before it, " +
				"contract_date is told wrong.",
		},
		{
			ID: "AC-24", Title: "a payment is planned after the last one or after repayment",
			Cites: contractList + "date_planned_payment", Basis: schema.Inferred,
			Law:   "date_planned_payment <= repay_before and date_planned_payment <= repayment_date",
			Reads: append([]string{"contract_date", "total_balance"}, laterDates...),
			Check: checkPlannedInTime, Severity: schema.Error,
			Why: "repay_before is the date of the last planned payment, and after repayment nothing is planned. While " +
				"money is owed repayment_date is told wrong.",
		},
		{
			ID: "AC-25", Title: "the next payment is not planned on the contract's day of the month",
			Cites: contractList + "date_planned_payment", Basis: schema.Inferred,
			Law: "the day of date_planned_payment is that of contract_date, or the last one of a shorter month, unless " +
				"repay_before shows that payments are not monthly",
			Reads: []string{"contract_date", "date_planned_payment", "repay_before"},
			Check: checkDayOfMonth, Severity: schema.Info,
			Why: "Monthly payments keep the day of the contract in the published samples.",
		},
	}
}

func checkRealDate(c *schema.Case) {
	c.Text("")
	if meant, reason := c.NoDay(""); reason != "" {
		c.Broken("", meant, reason)
	} else if d := c.Value("").Date; !d.IsZero() && isStandIn(d) {
		c.Broken("", "", `it stands for no date, which is ""`)
	}
}

// isStandIn tells days that programs write where there is none.
func isStandIn(d date.Date) bool { return d.Year() <= 1900 || d.Year() == 9999 }

func checkAfterContract(c *schema.Case) {
	day, contract := c.Date(""), c.Date("contract_date")
	if day.IsZero() || contract.IsZero() || !day.Before(contract) {
		return
	}
	before := 0
	for _, path := range laterDates {
		if d := c.Value(path).Date; !d.IsZero() && d.Before(contract) {
			before++
		}
	}
	if before > 1 {
		c.Broken("contract_date", "", fmt.Sprintf("%d other dates of the contract are before it", before))
	} else {
		c.Broken("", "", "the contract was concluded on "+contract.String())
	}
}

// dateOrNone is a date, when there is one; a gap when it is no real date.
func dateOrNone(c *schema.Case, path string) (d date.Date, ok bool) {
	if c.Value(path).State == schema.Empty {
		return date.Date{}, false
	}
	d = c.Date(path)
	return d, !d.IsZero()
}

func checkPlannedInTime(c *schema.Case) {
	next := c.Date("date_planned_payment")
	last, hasLast := dateOrNone(c, "repay_before")
	repaid, isRepaid := dateOrNone(c, "repayment_date")
	if !hasLast && !isRepaid {
		c.NotApplicable("there is neither a last payment nor a repayment")
		return
	}
	if hasLast && next.After(last) {
		// Of the two, the one off the contract's day of the month is wrong.
		contract := c.Value("contract_date").Date
		if !contract.IsZero() && isOnDay(next, contract.Day()) && !isOnDay(last, contract.Day()) {
			c.Broken("repay_before", "", "a payment is planned on "+next.String())
		} else {
			c.Broken("date_planned_payment", "", "the last payment is planned on "+last.String())
		}
	}
	if isRepaid && next.After(repaid) {
		if balance := c.Value("total_balance"); balance.State == schema.Present && balance.Amount.Sign() > 0 {
			c.Broken("repayment_date", "", "a payment is planned on "+next.String())
		} else {
			c.Broken("date_planned_payment", "", "the contract was repaid on "+repaid.String())
		}
	}
}

func checkDayOfMonth(c *schema.Case) {
	next, contract := c.Date("date_planned_payment"), c.Date("contract_date")
	if next.IsZero() || contract.IsZero() || isOnDay(next, contract.Day()) {
		return
	}
	last := c.Value("repay_before").Date
	switch {
	case last.IsZero() || isOnDay(last, contract.Day()):
		c.Broken("date_planned_payment", next.AddMonths(0, contract.Day()).String(), "the contract is of "+contract.String())
	case isOnDay(last, next.Day()) || isOnDay(next, last.Day()):
		c.Broken("contract_date", "", fmt.Sprintf("payments are planned on %s and %s", next, last))
	default:
		c.NotApplicable("the payments are not monthly")
	}
}

// isOnDay tells whether a date is on a day of the month, or on the last day of a
// month that is shorter.
func isOnDay(d date.Date, day int) bool {
	return d.Day() == day || d.Day() < day && d.IsMonthEnd()
}
