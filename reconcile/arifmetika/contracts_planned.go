package arifmetika

import "tieout/calc/schema"

// plannedRules are the laws of the next planned payment.
func plannedRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-21", Title: "the date of the next planned payment contradicts its sums",
			Cites: contractList + "date_planned_payment, total_planned_payment", Basis: schema.Stated,
			Law: `the planned sums are 0 when date_planned_payment is ""; when it is a date, the contract is issued and ` +
				"total_planned_payment is above 0",
			Reads: append([]string{"status", "date_planned_payment", "total_balance"}, planned...), Check: checkPlanned,
			Severity: schema.Error,
			Why: `After the last planned payment the date is "" and the sum 0. A date without a sum is a warning, and a ` +
				"remark in a contract that is not issued: the document does not speak of them.",
		},
	}
}

func checkPlanned(c *schema.Case) {
	wrong, sums := "", 0
	for _, path := range planned {
		if c.Amount(path).Sign() != 0 {
			if wrong == "" {
				wrong = path
			}
			sums++
		}
	}
	balance := c.Value("total_balance")
	settled := balance.State == schema.Present && balance.Amount.Sign() <= 0
	none := isNone(c, "date_planned_payment")
	switch {
	case none && sums > 1 && !settled:
		c.Broken("date_planned_payment", "", "a payment of "+c.Amount("total_planned_payment").String()+" is planned, and it has a date")
	case none && sums > 0:
		c.Off(wrong, zero, "no payment is planned")
	case none:
	case !isIssued(status(c)):
		c.Broken("date_planned_payment", "", notIssued+", so that no payment is planned yet").Severity = schema.Info
	case c.Amount("total_planned_payment").Sign() > 0:
	case settled:
		c.Broken("date_planned_payment", "", "nothing is owed, so that no payment is planned").Severity = schema.Warning
	default:
		c.Broken("total_planned_payment", "", "a payment is planned on "+c.Date("date_planned_payment").String()).Severity = schema.Warning
	}
}
