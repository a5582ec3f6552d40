// Package arifmetika lists the laws of the Arifmetika documents. Formulas use
// the member names of the API documents.
package arifmetika

import (
	"slices"

	"tieout/calc/schema"
)

const contractList = "Arifmetika, Получение списка договоров клиента, "

// ContractRules are the laws of a contract in the list of a client's contracts.
func ContractRules() []schema.Rule {
	return slices.Concat(
		sumRules(), formatRules(), statusRules(), plannedRules(), dateRules(), numberRules(), receiverRules(), typeRules(),
		trancheRules(), copyRules(), restructuringRules(),
	)
}

// sumRules are the laws of a contract's sums.
func sumRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-01", Title: "the total balance is not the sum of its parts",
			Cites: contractList + "total_balance", Basis: schema.Stated, Adjustments: totalEvents,
			Formula:  "total_balance = main_debt_balance + interest_balance + penalty",
			Severity: schema.Error, Surplus: schema.Warning,
			Why: "The document lists principal, interest and penalty as the parts of the total. It also speaks of other " +
				"kinds of debt, which it does not list: a total that is larger than its parts is a warning.",
		},
		{
			ID: "AC-02", Title: "the overdue total is not the sum of its parts",
			Cites: contractList + "total_overdue", Basis: schema.Stated, Adjustments: totalEvents,
			Formula:  "total_overdue = main_debt_overdue + interest_overdue + penalty",
			Severity: schema.Error,
			Why:      "The overdue total has only overdue principal, overdue interest and penalty, and no planned sums.",
		},
		{
			ID: "AC-03", Title: "the next planned payment is not the sum of its parts",
			Cites: contractList + "total_planned_payment", Basis: schema.Stated,
			Formula:  "total_planned_payment = main_debt_planned_payment + interest_planned_payment",
			Severity: schema.Error,
			Why:      "A planned payment is principal and the interest accrued by its date; overdue sums are not in it.",
		},
		{
			ID: "AC-04", Title: "the sum due today is not the sum of its parts",
			Cites: contractList + "total_today_sum", Basis: schema.Stated, Adjustments: totalEvents,
			Formula: "total_today_sum = main_debt_overdue + interest_overdue + penalty + main_debt_planned_payment" +
				" + interest_planned_payment_today",
			Severity: schema.Error,
			Why:      "What settles everything due today is the overdue parts, the next planned principal and its interest so far.",
		},
		{
			ID: "AC-05", Title: "the sum due today does not follow from the overdue total",
			Cites: contractList + "total_today_sum, total_overdue", Basis: schema.Inferred, Adjustments: totalEvents,
			Formula:  "total_today_sum = total_overdue + main_debt_planned_payment + interest_planned_payment_today",
			Severity: schema.Error,
			Why:      "It follows from AC-02 and AC-04; together the three tell which of the figures is wrong.",
		},
		{
			ID: "AC-06", Title: "the interest owed is not the overdue interest and the interest accrued since",
			Cites: contractList + "interest_balance", Basis: schema.Inferred, Adjustments: interestEvents,
			Formula:  "interest_balance = interest_overdue + interest_planned_payment_today",
			Severity: schema.Warning,
			Why:      "Interest owed today is overdue or belongs to the current installment. It holds in all published samples.",
		},
		{
			ID: "AC-07", Title: "more principal is overdue than is owed",
			Cites: contractList + "main_debt_overdue", Basis: schema.Inferred,
			Formula:  "main_debt_overdue <= main_debt_balance",
			Severity: schema.Error,
			Why:      "What is overdue is a part of what is owed.",
		},
		{
			ID: "AC-08", Title: "more interest is overdue than is owed",
			Cites: contractList + "interest_overdue", Basis: schema.Inferred,
			Formula:  "interest_overdue <= interest_balance",
			Severity: schema.Error,
			Why:      "What is overdue is a part of what is owed.",
		},
		{
			ID: "AC-09", Title: "more is overdue than is owed in total",
			Cites: contractList + "total_overdue", Basis: schema.Inferred,
			Formula:  "total_overdue <= total_balance",
			Severity: schema.Error,
			Why:      "What is overdue is a part of what is owed.",
		},
		{
			ID: "AC-10", Title: "overdue and planned principal are more than the principal owed",
			Cites: contractList + "main_debt_planned_payment", Basis: schema.Inferred,
			Formula:  "main_debt_overdue + main_debt_planned_payment <= main_debt_balance",
			Severity: schema.Error,
			Why:      "The next installment's principal is not overdue yet, and both are parts of what is owed.",
		},
		{
			ID: "AC-11", Title: "more interest has accrued today than will have by the planned date",
			Cites: contractList + "interest_planned_payment_today", Basis: schema.Stated,
			Formula:  "interest_planned_payment_today <= interest_planned_payment",
			Severity: schema.Error,
			Why:      "The interest of the planned payment is what has accrued and what will accrue by its date.",
		},
		{
			ID: "AC-12", Title: "the sum due today is more than all that is owed",
			Cites: contractList + "total_today_sum, total_balance", Basis: schema.Inferred,
			Formula:  "total_today_sum <= total_balance",
			Severity: schema.Warning,
			Why:      "It follows from AC-06 and AC-10.",
		},
		{
			ID: "AC-13", Title: "more principal is owed than the contract was concluded for",
			Cites: contractList + "main_debt_balance, contract_sum", Basis: schema.Inferred,
			Formula:  "main_debt_balance <= contract_sum",
			Severity: schema.Warning,
			Why: "Payments only lower the principal. Of an instalment purchase the document says that its original sum " +
				"leaves exchanges and returns out.",
		},
	}
}
