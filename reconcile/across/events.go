package across

import "tieout/calc/schema"

// balanceEvents part two statements of what is owed, where one document knows of the
// event and the other does not yet. Amounts say how much larger the left side is.
var balanceEvents = []schema.Adjustment{
	{Event: "charge-back", Meaning: "a payment was taken back, and only the left side knows"},
	{Event: "refund", Meaning: "money was given back to the client, and only the left side knows"},
	{Event: "waiver", Meaning: "a debt was forgiven, and only the left side knows (a negative amount)"},
	{Event: "restructuring", Meaning: "the debt was stated anew, and only the left side knows"},
	{Event: "exchange", Meaning: "the goods were exchanged or returned, and only the left side knows"},
}
