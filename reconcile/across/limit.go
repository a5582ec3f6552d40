package across

import "tieout/calc/schema"

// open are the conditions of the invoices of which something is to be paid: not
// paid, or partly.
const open = " where InvoiceStatusDetailCode is one of 3, 4"

// left is what is left of an invoice.
const left = "invoices.InvoiceInfo.InvoiceAmount - invoices.InvoiceInfo.AmountPaid - invoices.InvoiceInfo.OffsetAmount"

// moved are how the formulas write the change of the guaranteed limit left, and
// what it should be by limit and invoices.
const (
	movedLeft  = "limit.RemainingGuaranteedLimit - limit_before.RemainingGuaranteedLimit"
	movedLimit = "limit.TotalGuaranteedLimit - limit_before.TotalGuaranteedLimit" +
		" - limit.GuaranteedInvoiceTotal + limit_before.GuaranteedInvoiceTotal"
	movedRisk    = " - limit.CashRisk + limit_before.CashRisk"
	movedBlocked = " + limit.GuaranteedInvoiceTotal2 - limit_before.GuaranteedInvoiceTotal2"
)

// limitRules compare the limit of a dealer with the invoices and with the earlier
// limit.
func limitRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "XD-20", Title: "the invoice total is not what is left of the open invoices",
			Cites: vakifbank + "TotalInvoiceAmount, InvoiceAmount, AmountPaid, OffsetAmount", Basis: schema.Inferred,
			Formula:  "limit.TotalInvoiceAmount = sum(" + left + open + ")",
			Severity: schema.Error, Surplus: schema.Warning,
			Why: "Every unpaid or partly paid invoice counts with what is left of it. A larger total may count invoices " +
				"outside the range of dates that was asked for.",
		},
		{
			ID: "XD-21", Title: "the guaranteed invoices are not the guaranteed part of the open ones",
			Cites: vakifbank + "GuaranteedInvoiceTotal, GuaranteedAmountOriginal", Basis: schema.Inferred,
			Formula: "limit.GuaranteedInvoiceTotal <= sum(invoices.InvoiceInfo.GuaranteedAmountOriginal" + open + ") and " +
				"limit.GuaranteedInvoiceTotal >= sum(invoices.InvoiceInfo.GuaranteedAmountOriginal" +
				" - invoices.InvoiceInfo.AmountPaid - invoices.InvoiceInfo.OffsetAmount" + open + ")",
			Severity: schema.Warning,
			Why: "The portal states the guaranteed part of an invoice when it was entered, not what a payment leaves of it: " +
				"at least what is left when every payment goes to it, at most all of it. While nothing is paid it is exact.",
		},
		{
			ID: "RF-10", Title: "what is left of the limit did not change with limit and invoices",
			Cites: "VakıfBank, DBS Limit-Risk Sorgula, remaining limits" + snapshots, Basis: schema.Inferred,
			Formula: movedLeft + " = " + movedLimit +
				" or " + movedLeft + " = " + movedLimit + movedRisk +
				" or " + movedLeft + " = " + movedLimit + movedBlocked +
				" or " + movedLeft + " = " + movedLimit + movedRisk + movedBlocked,
			Clauses: []schema.Clause{{
				Formula: "limit.RemainingNonGuaranteeLimit - limit_before.RemainingNonGuaranteeLimit = " +
					"limit.TotalNonGuaranteedLimit - limit_before.TotalNonGuaranteedLimit" +
					" - limit.NonGuaranteedInvoiceTotal + limit_before.NonGuaranteedInvoiceTotal",
				Severity: schema.Error,
			}},
			Severity: schema.Error,
			Why: "Whatever else the bank counts, a change of the limit or of the invoices changes what is left. The document does " +
				"not say whether cash risk and blocked money count, so any of the four readings may hold.",
		},
	}
}
