// Package across lists the laws between documents: those of several sources that
// speak of the same thing, and those of two snapshots of one.
package across

import "tieout/calc/schema"

// Joins lists the documents that are checked against each other.
func Joins() []schema.Join {
	return []schema.Join{loan()}
}

// loan joins the contract, the payment schedule and the terms of one loan, by the
// number of the contract.
func loan() schema.Join {
	return schema.Join{
		Name: "loan", Title: "contract, payment schedule and terms of one loan",
		Parts: []schema.Part{
			{Name: "contract", Source: "arifmetika.contracts"},
			{Name: "schedule", Source: "arifmetika.schedule"},
			{Name: "terms", Source: "brainysoft.contract"},
			{Name: "contract_before", Source: "arifmetika.contracts", Before: true},
			{Name: "schedule_before", Source: "arifmetika.schedule", Before: true},
		},
		Rules: balanceRules(),
	}
}

// balanceRules compare the balances of a contract with its schedule.
func balanceRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "XD-01", Title: "the principal owed is not what the schedule leaves",
			Cites: "Arifmetika, main_debt_balance and the schedule's Total.main_debt.end_balance", Basis: schema.Inferred, Adjustments: balanceEvents,
			Formula:  "contract.main_debt_balance = schedule.Total.main_debt.end_balance",
			Severity: schema.Error,
			Why:      "Both documents state the principal that is still owed.",
		},
	}
}
