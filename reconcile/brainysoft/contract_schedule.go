package brainysoft

import (
	"tieout/calc"
	"tieout/calc/schema"
)

// scheduleRules are the laws of the sums of a schedule.
func scheduleRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-20", Title: "a schedule is not over the loan amount",
			Cites: contract + "schedules.amount", Basis: schema.Inferred, Adjustments: scheduleEvents,
			Formula: "first(schedules.amount) = loanAmount",
			Law: "a later schedule's amount is at most what the one before it leaves on its first day, where that one has an " +
				"installment due that day",
			Reads: []string{"schedules.amount", "schedules.tranches.rest", rowIssued, rowDue}, Check: checkLaterSchedules,
			Severity: schema.Error,
			Why: "A schedule distributes the loan over its installments. One that is made anew distributes what is still owed, " +
				"which is less after a payment before its time; that it is more, which an agreement can have made it, is a warning.",
		},
		{
			ID: "BC-21", Title: "the principal of the installments is not the sum of the schedule",
			Cites: contract + "schedules.tranches.principal", Basis: schema.Inferred, Adjustments: scheduleEvents,
			Formula:  "for plan in schedules: plan.amount = sum(plan.tranches.principal)",
			Severity: schema.Error,
			Why:      "The installments repay the whole sum of the schedule and no more.",
		},
		{
			ID: "BC-22", Title: "the principal left after an installment does not follow from the one before",
			Cites: contract + "schedules.tranches.rest", Basis: schema.Stated, Adjustments: scheduleEvents,
			Formula:  "for plan in schedules, tranche in plan.tranches: tranche.rest = prev(tranche.rest, plan.amount) - tranche.principal",
			Severity: schema.Error,
			Why:      "The document calls rest the principal that is left.",
		},
		{
			ID: "BC-26", Title: "principal is left after the last installment",
			Cites: contract + "schedules.tranches.rest", Basis: schema.Stated,
			Formula:  "for plan in schedules: last(plan.tranches.rest) = 0",
			Severity: schema.Error,
			Why:      "The last installment repays what is left.",
		},
	}
}

func checkLaterSchedules(c *schema.Case) {
	plans := c.Rows("schedules")
	if len(plans) < 2 {
		c.NotApplicable("there is no later schedule")
		return
	}
	for i := 1; i < len(plans); i++ {
		left, known := leftFor(&plans[i-1], &plans[i])
		if !known {
			continue
		}
		if amount := plans[i].Amount("amount"); amount.Cmp(left) > 0 {
			b := plans[i].Off("amount", left, "the schedule before it leaves that on the first day of this one")
			b.AtMost, b.Severity = true, schema.Warning
		}
	}
}

// leftFor is what a schedule leaves on the first day of the next one.
func leftFor(plan, next *schema.Case) (left calc.Amount, known bool) {
	begun := next.Rows("tranches")
	if len(begun) == 0 {
		return left, false
	}
	first := begun[0].Value("issueDate").Date
	rows := plan.Rows("tranches")
	for i := range rows {
		switch rest := rows[i].Value("rest"); {
		case first.IsZero():
			return left, false
		case i == 0 && rows[i].Value("issueDate").Date == first:
			return plan.Amount("amount"), true
		case rows[i].Value("repaymentDate").Date == first:
			return rest.Amount, rest.State == schema.Present
		}
	}
	return left, false
}
