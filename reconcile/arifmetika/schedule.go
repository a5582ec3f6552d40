package arifmetika

import "tieout/calc/schema"

const schedule = "Arifmetika, График платежей по договору, "

// components is how the formulas say "for principal, interest and penalty".
const components = "c in {main_debt, percent, penalty}"

// ScheduleRules are the laws of a payment schedule, each for principal, interest
// and penalty.
func ScheduleRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AS-01", Title: "the opening total is not the sum of the installments",
			Cites: schedule + "Total", Basis: schema.Inferred,
			Formula:  "for " + components + ": Total.c.begin_balance = sum(Details.c.begin_balance)",
			Severity: schema.Error,
			Why:      "The document calls Total the common data of the schedule, and Details its parts.",
		},
		{
			ID: "AS-02", Title: "the total paid is not the sum of the installments",
			Cites: schedule + "Total", Basis: schema.Inferred,
			Formula:  "for " + components + ": Total.c.payment_sum = sum(Details.c.payment_sum)",
			Severity: schema.Error,
			Why:      "The document calls Total the common data of the schedule, and Details its parts.",
		},
		{
			ID: "AS-03", Title: "the closing total is not the sum of the installments",
			Cites: schedule + "Total", Basis: schema.Inferred,
			Formula:  "for " + components + ": Total.c.end_balance = sum(Details.c.end_balance)",
			Severity: schema.Error,
			Why:      "The document calls Total the common data of the schedule, and Details its parts.",
		},
		{
			ID: "AS-04", Title: "the totals do not lead from opening to closing balance",
			Cites: schedule + "begin_balance, payment_sum, end_balance", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula:  "for " + components + ": Total.c.end_balance = Total.c.begin_balance - Total.c.payment_sum",
			Severity: schema.Error,
			Why:      "What is left is what was owed less what was paid.",
		},
		{
			ID: "AS-05", Title: "an installment does not lead from opening to closing balance",
			Cites: schedule + "begin_balance, payment_sum, end_balance", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula:  "for row in Details, " + components + ": row.c.end_balance = row.c.begin_balance - row.c.payment_sum",
			Severity: schema.Error,
			Why:      "What is left is what was owed less what was paid.",
		},
		{
			ID: "AS-06", Title: "the paid part of an installment is not the sum of the payments made",
			Cites: schedule + "fact_payment", Basis: schema.Inferred, Adjustments: paymentEvents,
			Formula:  "for row in Details, " + components + ": row.c.payment_sum = sum(row.c.fact_payment.payment_sum)",
			Severity: schema.Error,
			Why:      "The document lists the actual payments of each installment; together they are what was paid.",
		},
		{
			ID: "AS-07", Title: "a payment does not lead from the balance before it to the balance after it",
			Cites: schedule + "fact_payment", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula: "for row in Details, " + components + ", fact in row.c.fact_payment: " +
				"fact.end_balance = prev(fact.end_balance, row.c.begin_balance) - fact.payment_sum",
			Severity: schema.Error,
			Why:      "Each payment goes on from the balance that the one before it left; the first from the installment's.",
		},
		{
			ID: "AS-08", Title: "a payment does not begin with the balance that the one before it left",
			Cites: schedule + "fact_payment.begin_balance", Basis: schema.Inferred,
			Formula: "for row in Details, " + components + ", fact in row.c.fact_payment: " +
				"fact.begin_balance = prev(fact.end_balance, row.c.begin_balance) " +
				"when some Details.{main_debt, percent, penalty}.fact_payment.begin_balance is not 0",
			Severity: schema.Warning, OncePerRecord: true,
			Why: "The published sample never fills the figure: it is 0 in every payment, and then nothing is said about it.",
		},
		{
			ID: "AS-09", Title: "an installment does not end with the balance that its last payment left",
			Cites: schedule + "fact_payment.end_balance", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula:  "for row in Details, " + components + ": row.c.end_balance = last(row.c.fact_payment.end_balance)",
			Severity: schema.Error,
			Why:      "Nothing changes an installment after its last payment.",
		},
	}
}
