package brainysoft

import "tieout/calc/schema"

// scheduleRules are the laws of the sums of a schedule.
func scheduleRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-20", Title: "a schedule is not over the loan amount",
			Cites: contract + "schedules.amount", Basis: schema.Inferred, Adjustments: scheduleEvents,
			Formula:  "for plan in schedules: plan.amount = loanAmount",
			Severity: schema.Error,
			Why:      "A schedule distributes the loan over its installments.",
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
