package arifmetika

import (
	"slices"

	"tieout/calc/schema"
)

const schedule = "Arifmetika, График платежей по договору, "

// inEach is how the formulas say "for principal, interest and penalty".
const inEach = "c in {main_debt, percent, penalty}"

// component is a part of what is owed, with the names of its fields in an
// installment.
type component struct{ name, payments, begin, paid, end string }

var (
	principal = newComponent("main_debt")
	interest  = newComponent("percent")
	penalty   = newComponent("penalty")

	components = [...]component{principal, interest, penalty}
)

func newComponent(name string) component {
	return component{name, name + ".fact_payment", name + ".begin_balance", name + ".payment_sum", name + ".end_balance"}
}

// ScheduleRules are the laws of a payment schedule.
func ScheduleRules() []schema.Rule {
	return slices.Concat(balanceRules(), installmentRules(), paymentRules(), chargeRules())
}

// balanceRules are the laws of the sums and balances of a schedule, each for
// principal, interest and penalty.
func balanceRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AS-01", Title: "the opening total is not the sum of the installments",
			Cites: schedule + "Total", Basis: schema.Inferred,
			Formula:  "for " + inEach + ": Total.c.begin_balance = sum(Details.c.begin_balance)",
			Severity: schema.Error,
			Why:      "The document calls Total the common data of the schedule, and Details its parts.",
		},
		{
			ID: "AS-02", Title: "the total paid is not the sum of the installments",
			Cites: schedule + "Total", Basis: schema.Inferred,
			Formula:  "for " + inEach + ": Total.c.payment_sum = sum(Details.c.payment_sum)",
			Severity: schema.Error,
			Why:      "The document calls Total the common data of the schedule, and Details its parts.",
		},
		{
			ID: "AS-03", Title: "the closing total is not the sum of the installments",
			Cites: schedule + "Total", Basis: schema.Inferred,
			Formula:  "for " + inEach + ": Total.c.end_balance = sum(Details.c.end_balance)",
			Severity: schema.Error,
			Why:      "The document calls Total the common data of the schedule, and Details its parts.",
		},
		{
			ID: "AS-04", Title: "the totals do not lead from opening to closing balance",
			Cites: schedule + "begin_balance, payment_sum, end_balance", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula:  "for " + inEach + ": Total.c.end_balance = Total.c.begin_balance - Total.c.payment_sum",
			Severity: schema.Error,
			Why:      "What is left is what was owed less what was paid.",
		},
		{
			ID: "AS-05", Title: "an installment does not lead from opening to closing balance",
			Cites: schedule + "begin_balance, payment_sum, end_balance", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula:  "for row in Details, " + inEach + ": row.c.end_balance = row.c.begin_balance - row.c.payment_sum",
			Severity: schema.Error,
			Why:      "What is left is what was owed less what was paid.",
		},
		{
			ID: "AS-06", Title: "the paid part of an installment is not the sum of the payments made",
			Cites: schedule + "fact_payment", Basis: schema.Inferred, Adjustments: paymentEvents,
			Formula:  "for row in Details, " + inEach + ": row.c.payment_sum = sum(row.c.fact_payment.payment_sum)",
			Severity: schema.Error,
			Why:      "The document lists the actual payments of each installment; together they are what was paid.",
		},
		{
			ID: "AS-07", Title: "a payment does not lead from the balance before it to the balance after it",
			Cites: schedule + "fact_payment", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula: "for row in Details, " + inEach + ", fact in row.c.fact_payment: " +
				"fact.end_balance = prev(fact.end_balance, row.c.begin_balance) - fact.payment_sum",
			Severity: schema.Error,
			Why:      "Each payment goes on from the balance that the one before it left; the first from the installment's.",
		},
		{
			ID: "AS-08", Title: "a payment does not begin with the balance that the one before it left",
			Cites: schedule + "fact_payment.begin_balance", Basis: schema.Inferred,
			Formula: "for row in Details, " + inEach + ", fact in row.c.fact_payment: " +
				"fact.begin_balance = prev(fact.end_balance, row.c.begin_balance) " +
				"when some Details.{main_debt, percent, penalty}.fact_payment.begin_balance is not 0",
			Severity: schema.Warning, OncePerRecord: true,
			Why: "The published sample never fills the figure: it is 0 in every payment, and then nothing is said about it.",
		},
		{
			ID: "AS-09", Title: "an installment does not end with the balance that its last payment left",
			Cites: schedule + "fact_payment.end_balance", Basis: schema.Inferred, Adjustments: chainEvents,
			Formula:  "for row in Details, " + inEach + ": row.c.end_balance = last(row.c.fact_payment.end_balance)",
			Severity: schema.Error,
			Why:      "Nothing changes an installment after its last payment.",
		},
		{
			ID: "AS-15", Title: "an amount is below zero",
			Cites: schedule + "begin_balance, payment_sum, end_balance", Basis: schema.Inferred,
			Law:  "every begin_balance, payment_sum and end_balance is 0 or more",
			Each: scheduleFigures(), Check: func(c *schema.Case) { c.IsNegative() },
			Severity: schema.Error,
			Why:      "They are what is owed and what is paid; the document has no field for what the lender owes.",
		},
	}
}

// scheduleFigures are the names of all amounts of a schedule.
func scheduleFigures() []string {
	var names []string
	for _, above := range []string{"Total.main_debt", "Total.percent", "Total.penalty"} {
		names = append(names, figuresOf(above)...)
	}
	for _, c := range components {
		names = append(names, figuresOf("Details."+c.name)...)
		names = append(names, figuresOf("Details."+c.payments)...)
	}
	return names
}

// figuresOf are the names of the amounts below a name.
func figuresOf(above string) []string {
	return []string{above + ".begin_balance", above + ".payment_sum", above + ".end_balance"}
}
