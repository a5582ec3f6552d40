package arifmetika

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/schema"
)

// owed are the figures of what is owed, and planned those of the next planned
// payment.
var (
	owed = []string{
		"penalty", "total_balance", "main_debt_balance", "interest_balance",
		"total_overdue", "main_debt_overdue", "interest_overdue",
	}
	planned = []string{"total_planned_payment", "main_debt_planned_payment", "interest_planned_payment"}
)

// figures are all sums of money of a contract itself.
var figures = slices.Concat([]string{"contract_sum"}, owed, planned, []string{"interest_planned_payment_today", "total_today_sum"})

var zero = calc.AmountOf(0)

// formatRules are the laws of how sums are written.
func formatRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-14", Title: "a sum is negative or has more digits than the document allows",
			Cites: contractList + "число (15,2)", Basis: schema.Stated,
			Law:      "every sum is at least 0 and has at most 15 digits, 2 of them decimals",
			Each:     append([]string{"tranche.sum"}, figures...),
			Check:    checkFormat,
			Severity: schema.Error,
			Why:      "The document gives sums as numbers (15,2), and nothing in it is owed by the lender.",
		},
	}
}

const digits = 15

func checkFormat(c *schema.Case) {
	sum, most := c.Amount(""), *c.Record.Layout.Source.Decimals
	switch {
	case sum.Sign() < 0 && strings.HasSuffix(c.Field().Name, "_balance"):
		c.Off("", zero, "the lender would owe it; the document calls a contract repaid that owes 0 or less, and prints no sum below 0").AtLeast = true
	case c.IsNegative():
	case sum.Scale() > most && sum.Decimals() > most:
		c.Broken("", "", fmt.Sprintf("a sum has at most %d decimals", most))
	case isLong(c.Text("")) && sum.SignificantDigits() > digits:
		c.Broken("", "", "a sum has at most 15 digits")
	}
}

// isLong tells whether a number may have too many digits.
func isLong(text string) bool { return len(text) > digits || strings.ContainsAny(text, "eE") }
