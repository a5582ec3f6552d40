package arifmetika

import (
	"slices"
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
			Reads: append([]string{"contract_date"}, figures...), Compares: figures, Check: checkCopiedBlock,
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
	var room [16]string
	texts := room[:0]
	for _, path := range figures {
		c.Amount(path)
		text := c.Value(path).Text
		if told < tellingDigits && !slices.Contains(texts, text) {
			told += telling(text)
		}
		texts = append(texts, text)
	}
	if told < tellingDigits {
		c.NotApplicable("the sums are too few or too round")
		return
	}
	other, is := c.Earlier()
	if !is {
		return
	}
	if at := c.Record.Layout.Find("contract_date").Slot; other.Value(0, 0, at).Date != day {
		c.BrokenRow("all its sums are those of contract " + other.Key + " at " + other.Pointer).Copied = true
	}
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
