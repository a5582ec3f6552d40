package brainysoft

import (
	"tieout/calc/date"
	"tieout/calc/schema"
)

const (
	rowIssued = "schedules.tranches.issueDate"
	rowDue    = "schedules.tranches.repaymentDate"
)

// periodRules are the laws of the periods of installments.
func periodRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-23", Title: "the dates of an installment are no dates, or the periods do not follow each other",
			Cites: contract + "schedules.tranches.issueDate, repaymentDate", Basis: schema.Inferred,
			Law: "a tranche's issueDate and repaymentDate are days of the calendar in the form yyyy-MM-dd, the second after the " +
				"first, which is the repaymentDate of the tranche before",
			Each: []string{"schedules.tranches"}, Reads: append([]string{rowIssued, rowDue}, dueReads...), Check: checkPeriod,
			Severity: schema.Error, Replaces: "IN-06",
			Why: "Each installment runs from where the one before ended.",
		},
		{
			ID: "BC-24", Title: "the last installment is not due on the contract's last due date",
			Cites: contract + "repaymentPlanDate, schedules.tranches.repaymentDate", Basis: schema.Inferred,
			Law:  "the repaymentDate of the last tranche is repaymentPlanDate, in the last of the schedules",
			Each: []string{"schedules"}, Reads: append([]string{rowDue}, dueReads...), Data: calendarData, Check: checkEnd,
			Severity: schema.Error,
			Why:      "Both are the day on which all is repaid. Of several schedules, the later replace the earlier.",
		},
	}
}

func checkPeriod(c *schema.Case) {
	begins, ends := checkReal(c, "issueDate"), checkReal(c, "repaymentDate")
	if !begins || !ends {
		return
	}
	from, to := c.Date("issueDate"), c.Date("repaymentDate")
	before, has := c.Previous()
	if has {
		begun, ended := before.Date("issueDate"), before.Date("repaymentDate")
		switch {
		case ended == from:
		case !ended.After(begun):
			c.NotEvaluable("the period before is told wrong")
			return
		case from.After(begun) && from.Before(to) && (!ended.Before(to) || planned(c, from) && !planned(c, ended)):
			before.Broken("repaymentDate", from.String(), "the next installment begins on "+from.String())
			return
		default:
			c.Broken("issueDate", ended.String(), "the installment before it is due on "+ended.String())
			return
		}
	}
	if to.After(from) {
		return
	}
	next := ""
	if row, more := c.Next(); more && row.Value("issueDate").Date.After(from) {
		next = row.Value("issueDate").Date.String()
	}
	c.Broken("repaymentDate", next, "the installment begins on "+from.String())
}

// planned tells whether the installment before is due on a day by the terms.
func planned(c *schema.Case, day date.Date) bool {
	t := termsOf(c)
	return t.nth(c.Number(), day)
}

// follow tells whether the periods of a schedule follow each other, and end with
// the contract.
func follow(plan *schema.Case, rows []schema.Case) bool {
	for i := range rows {
		from, to := rows[i].Date("issueDate"), rows[i].Date("repaymentDate")
		if !from.Before(to) || i > 0 && from != rows[i-1].Date("repaymentDate") {
			return false
		}
	}
	if _, more := plan.Next(); more || len(rows) == 0 {
		return true
	}
	end := plan.Value(lastDue).Date
	return end.IsZero() || end == rows[len(rows)-1].Date("repaymentDate")
}

func checkEnd(c *schema.Case) {
	if _, more := c.Next(); more {
		c.NotApplicable("a later schedule replaces this one")
		return
	}
	planned := c.Date(lastDue)
	rows := c.Rows("tranches")
	if len(rows) == 0 {
		c.NotApplicable("the schedule has no installments")
		return
	}
	last := &rows[len(rows)-1]
	due := last.Date("repaymentDate")
	if due == planned {
		return
	}
	if t := termsOf(c); t.nth(t.count, due) && !t.nth(t.count, planned) {
		c.Broken(lastDue, due.String(), "the last installment is due on "+due.String())
		return
	}
	last.Broken("repaymentDate", planned.String(), "it is the last installment, and all is due on "+planned.String())
}
