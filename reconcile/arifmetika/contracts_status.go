package arifmetika

import (
	"slices"

	"tieout/calc/schema"
)

// issued are the statuses of contracts whose money was paid out.
var issued = []string{"active", "completed", "expired"}

// statusRules are the laws of a contract's status.
func statusRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-16", Title: "the status contradicts the balances",
			Cites: contractList + "status", Basis: schema.Stated,
			Law:   "an issued contract is completed when total_balance <= 0, else expired when total_overdue > 0, else active",
			Reads: []string{"status", "total_balance", "total_overdue"}, Check: checkStatus,
			Severity: schema.Error,
			Why:      "The document defines the three statuses of issued contracts by what is owed and what is overdue.",
		},
	}
}

func checkStatus(c *schema.Case) {
	status := c.Text("status")
	if !slices.Contains(issued, status) {
		c.NotApplicable("the contract is not issued")
		return
	}
	want, because := "active", "money is owed and nothing is overdue"
	switch {
	case c.Amount("total_balance").Sign() <= 0:
		want, because = "completed", "nothing is owed"
	case c.Amount("total_overdue").Sign() > 0:
		want, because = "expired", "money is overdue"
	}
	if status != want {
		c.Broken("status", want, because)
	}
}
