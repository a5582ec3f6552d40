// Package vakifbank lists the laws of the VakıfBank limit and risk inquiry.
package vakifbank

import (
	"slices"

	"tieout/calc/schema"
)

const inquiry = "VakıfBank, DBS Limit-Risk Sorgula, "

// Rules are the laws of the limits of one dealer.
func Rules() []schema.Rule { return slices.Concat(sumRules(), codeRules()) }

// sumRules are the laws of limits and invoices.
func sumRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "DB-02", Title: "the invoices are not the guaranteed and the other invoices",
			Cites: inquiry + "TotalInvoiceAmount", Basis: schema.Inferred, Adjustments: invoiceEvents,
			Formula:  "TotalInvoiceAmount = GuaranteedInvoiceTotal + NonGuaranteedInvoiceTotal",
			Severity: schema.Error,
			Why:      "Every open invoice is guaranteed or not.",
		},
		{
			ID: "DB-03", Title: "the guaranteed limit left does not follow from limit and invoices",
			Cites: inquiry + "RemainingGuaranteedLimit", Basis: schema.Inferred, Adjustments: limitEvents,
			Formula: "RemainingGuaranteedLimit = TotalGuaranteedLimit - GuaranteedInvoiceTotal" +
				" or RemainingGuaranteedLimit = TotalGuaranteedLimit - GuaranteedInvoiceTotal - CashRisk" +
				" or RemainingGuaranteedLimit = TotalGuaranteedLimit - GuaranteedInvoiceTotal + GuaranteedInvoiceTotal2" +
				" or RemainingGuaranteedLimit = TotalGuaranteedLimit - GuaranteedInvoiceTotal - CashRisk + GuaranteedInvoiceTotal2",
			Severity: schema.Error,
			Why: "Invoices use the limit up. Limit drawn in cash lowers it further, money blocked in the deposit gives it back; " +
				"the document does not say which of the two count, so any of the four readings may hold.",
		},
		{
			ID: "DB-04", Title: "the limit without guarantee left does not follow from limit and invoices",
			Cites: inquiry + "RemainingNonGuaranteeLimit", Basis: schema.Inferred, Adjustments: limitEvents,
			Formula:  "RemainingNonGuaranteeLimit = TotalNonGuaranteedLimit - NonGuaranteedInvoiceTotal",
			Severity: schema.Error,
			Why:      "Invoices use the limit up.",
		},
		{
			ID: "DB-05", Title: "a total is negative",
			Cites: inquiry + "totals", Basis: schema.Inferred,
			Formula: "for total in {TotalInvoiceAmount, GuaranteedInvoiceTotal, NonGuaranteedInvoiceTotal, GuaranteedInvoiceTotal2, " +
				"TotalGuaranteedLimit, TotalNonGuaranteedLimit}: total >= 0",
			Severity: schema.Warning,
			Why:      "Limits and open invoices are amounts of money; none is owed by the bank.",
		},
		{
			ID: "DB-06", Title: "the guaranteed invoices are more than all invoices",
			Cites: inquiry + "GuaranteedInvoiceTotal", Basis: schema.Inferred,
			Formula:  "GuaranteedInvoiceTotal <= TotalInvoiceAmount",
			Severity: schema.Warning,
			Why:      "They are a part of all invoices, unless the others are negative.",
		},
		{
			ID: "DB-07", Title: "more of a limit is left than the limit",
			Cites: inquiry + "remaining limits", Basis: schema.Inferred,
			Formula: "RemainingGuaranteedLimit <= TotalGuaranteedLimit" +
				" and RemainingNonGuaranteeLimit <= TotalNonGuaranteedLimit",
			Severity: schema.Warning,
			Why:      "What is left is a part of the limit, unless invoices are negative.",
		},
		{
			ID: "DB-08", Title: "a limit is overdrawn",
			Cites: inquiry + "remaining limits", Basis: schema.Inferred, Adjustments: limitEvents,
			Formula:  "for left in {RemainingGuaranteedLimit, RemainingNonGuaranteeLimit}: left >= 0",
			Severity: schema.Error,
			Why:      "No invoice is taken on beyond the limit.",
		},
		{
			ID: "DB-13", Title: "more is blocked in the deposit than there is, or than is needed",
			Cites: inquiry + "GuaranteedInvoiceTotal2", Basis: schema.Inferred,
			Formula:  "for most in {DepositAccountBalance, GuaranteedInvoiceTotal}: GuaranteedInvoiceTotal2 <= most",
			Severity: schema.Warning,
			Why:      "The money is blocked in the dealer's deposit to guarantee invoices.",
		},
	}
}
