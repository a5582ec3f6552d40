package arifmetika

import "tieout/calc/schema"

// The events that legitimately break a chain of balances. Amounts say how much larger
// the left side of the relation is because of them.
var (
	chargeBack = schema.Adjustment{
		Event: "charge-back", Meaning: "a payment was taken back by the payer's bank: what is left is larger by it than the chain says",
	}
	refund = schema.Adjustment{
		Event: "refund", Meaning: "money was given back to the client: what is left is larger by it than the chain says",
	}
	waiver = schema.Adjustment{
		Event: "waiver", Meaning: "a debt was forgiven: what is left is smaller by it (a negative amount)",
	}
	restructuring = schema.Adjustment{
		Event: "restructuring", Meaning: "the debt was stated anew: what is left differs from the old chain by the amount",
	}
	prolongation = schema.Adjustment{
		Event: "prolongation", Meaning: "the term was extended and interest moved or added: what is left differs by the amount",
	}
	exchange = schema.Adjustment{
		Event: "exchange", Meaning: "the goods were exchanged or returned: what is left differs by the change of the price",
	}
	otherDebt = schema.Adjustment{
		Event: "other-debt", Meaning: "another kind of debt, such as court costs, is in the total and not in its parts",
	}
)

// chainEvents break the chain from an opening to a closing balance.
var chainEvents = []schema.Adjustment{chargeBack, refund, waiver, restructuring, prolongation, exchange}

// paymentEvents part what is counted as paid from the payments listed.
var paymentEvents = []schema.Adjustment{
	{Event: "charge-back", Meaning: "a payment is listed that was taken back: the sum paid is smaller by it (a negative amount)"},
	{Event: "refund", Meaning: "a payment is listed that was given back: the sum paid is smaller by it (a negative amount)"},
	{Event: "waiver", Meaning: "a debt was forgiven and is counted as paid: the sum paid is larger by it"},
	{Event: "exchange", Meaning: "goods were returned and their price is counted as paid: the sum paid is larger by it"},
}

// totalEvents part a total from its parts.
var totalEvents = []schema.Adjustment{otherDebt}

// interestEvents part the interest owed from its parts.
var interestEvents = []schema.Adjustment{waiver, restructuring, prolongation}
