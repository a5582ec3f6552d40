package arifmetika

import (
	"strings"

	"tieout/calc/schema"
)

// copyRules are the laws of figures that stand where they do not belong.
func copyRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-37", Title: "all figures are those of another contract",
			Cites: contractList + "contracts", Basis: schema.Inferred,
			Law: "the sums of a contract are not all the same as those of an earlier one of the list with another " +
				"contract_date, when they have 8 digits or more that tell them from round ones",
			Reads: append([]string{"contract_date"}, figures...), Check: checkCopiedBlock,
			Severity: schema.Warning,
			Why: "Contracts of one day can have the same terms, so that their figures are the same. Of other days that " +
				"many digits do not agree by chance: the block was copied.",
		},
	}
}

// tellingDigits is how many digits exclude chance.
const tellingDigits = 8

func checkCopiedBlock(c *schema.Case) {
	if c.IsAlone() {
		c.NotApplicable("the list has one contract")
		return
	}
	day, told := c.Date("contract_date"), 0
	for i, path := range figures {
		c.Amount(path)
		if text := c.Value(path).Text; !repeats(c, figures[:i], text) {
			told += telling(text)
		}
	}
	if told < tellingDigits {
		c.NotApplicable("the sums are too few or too round")
		return
	}
	other, is := c.Earlier(figures...)
	if !is {
		return
	}
	if at := c.Record.Layout.Find("contract_date").Slot; other.Value(0, 0, at).Date != day {
		c.BrokenRow("all its sums are those of contract " + other.Key + " at " + other.Pointer).Copied = true
	}
}

// repeats tells whether one of some fields has a text.
func repeats(c *schema.Case, paths []string, text string) bool {
	for _, path := range paths {
		if c.Value(path).Text == text {
			return true
		}
	}
	return false
}

// telling counts the digits of a number without the zeros around them: 1820.00
// has three.
func telling(number string) int {
	if end := strings.IndexAny(number, "eE"); end >= 0 {
		number = number[:end]
	}
	number = strings.Trim(number, "-0.")
	return len(number) - strings.Count(number, ".")
}
