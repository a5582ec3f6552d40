package arifmetika

import (
	"tieout/calc"
	"tieout/calc/identifier"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// receiverRules are the laws of who receives payments.
func receiverRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-28", Title: "the receiver of payments is missing or no tax number",
			Cites: contractList + "payment_receiver", Basis: schema.Stated,
			Law:   "payment_receiver of an issued contract is there, and wherever it is, it is an INN with right check digits",
			Reads: []string{"payment_receiver", "status"}, Check: checkReceiver,
			Severity: schema.Warning,
			Why:      "The document says that a payment cannot be sent without it.",
		},
		{
			ID: "AC-29", Title: "no payment system is given for the receiver of payments",
			Cites: contractList + "payment_systems.pays", Basis: schema.Stated,
			Law:   "payment_receiver is a member of payment_systems.pays",
			Reads: []string{"payment_receiver"}, Beside: []string{"payment_systems.pays.receiver"}, Check: checkPaymentSystem,
			Severity: schema.Error,
			Why:      "The members of pays are named by the payment_receiver of the contracts.",
		},
	}
}

func checkReceiver(c *schema.Case) {
	switch v := c.Value("payment_receiver"); v.State {
	case schema.Present:
		if err := identifier.INN(v.Text); err != nil {
			c.Broken("payment_receiver", "", err.Error())
		}
	case schema.Unreadable:
		c.Text("payment_receiver")
	default:
		if onlyIssued(c) {
			c.Broken("payment_receiver", "", "payments to an issued contract need it")
		}
	}
}

func checkPaymentSystem(c *schema.Case) {
	receiver := c.Text("payment_receiver")
	beside, ok := c.Context()
	if !ok {
		c.NotApplicable("no payment systems are given")
		return
	}
	if _, named := beside.RowWith("payment_systems.pays", "receiver", receiver); named {
		return
	}
	meant, how, near := "", "", 0
	for _, row := range beside.Rows("payment_systems.pays") {
		named := row.Text("receiver")
		if slip := slipOf(receiver, named); slip != "" {
			meant, how = named, slip
			near++
		}
	}
	const why = "payment_systems.pays does not name it"
	if near == 1 {
		c.Broken("payment_receiver", meant, how+"; "+why)
	} else {
		c.Broken("payment_receiver", "", why)
	}
}

// slipOf says by which slip of digits a tax number was made of another; "" when it is
// by none.
func slipOf(seen, meant string) string {
	actual, err := calc.ParseAmount(seen)
	implied, wrong := calc.ParseAmount(meant)
	if err != nil || wrong != nil || identifier.INN(meant) != nil {
		return ""
	}
	switch slip := locate.Compare(actual, implied); slip.Class {
	case locate.Transposed, locate.DigitReplaced, locate.DigitAdded, locate.DigitDropped:
		return slip.Reason
	}
	return ""
}
