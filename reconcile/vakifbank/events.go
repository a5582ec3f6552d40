package vakifbank

import "tieout/calc/schema"

// limitEvents part what is left of a limit from limit and invoices. Amounts say how much
// larger the left side is because of them.
var limitEvents = []schema.Adjustment{
	{Event: "block", Meaning: "a part of the limit is blocked: less is left (a negative amount)"},
	{Event: "temporary-limit", Meaning: "a limit beside the stated one was granted for a time: more is left"},
	{Event: "limit-cut", Meaning: "the limit was lowered while invoices were open: less is left (a negative amount)"},
}

// invoiceEvents part the invoices from their two kinds.
var invoiceEvents = []schema.Adjustment{
	{Event: "return", Meaning: "goods were returned and the invoice is in one of the figures only"},
	{Event: "refund", Meaning: "an invoice was paid back and is in one of the figures only"},
}
