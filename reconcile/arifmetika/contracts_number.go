package arifmetika

import (
	"fmt"
	"unicode"

	"tieout/calc/schema"
)

// numberRules are the laws of a contract's number.
func numberRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-26", Title: "the contract number does not have its usual form",
			Cites: contractList + "contract_num", Basis: schema.Inferred,
			Law: "contract_num is a Cyrillic letter (Р for type Installments, З for ConsumerLoan and TargetLoan), the last " +
				"two digits of the year of contract_date, four Cyrillic letters and nine digits",
			Reads: []string{"contract_num", "contract_date", "type"}, Check: checkNumber,
			Severity: schema.Info,
			Why:      "All published numbers have this form. A Latin letter that looks like a Cyrillic one makes a number that no search finds.",
		},
		{
			ID: "AC-27", Title: "two contracts of a list have the same number",
			Cites: contractList + "contract_num", Basis: schema.Inferred,
			Law:   "contract_num differs in all contracts of a list",
			Reads: []string{"contract_num"}, Check: checkUnique,
			Severity: schema.Error,
			Why:      "Payments and schedules are asked for by the number of the contract.",
		},
	}
}

// firstLetters of the numbers of contracts, by their type.
var firstLetters = map[string]rune{"Installments": 'Р', "ConsumerLoan": 'З', "TargetLoan": 'З'}

func checkNumber(c *schema.Case) {
	number, day := c.Text("contract_num"), c.Date("contract_date")
	kind, _ := listed(types, c.Text("type"))
	if fault := numberFault(number, firstLetters[kind], day.Year()%100); fault != "" {
		c.Broken("contract_num", "", fault)
	}
}

// form of a contract number: a letter, two digits of the year, four letters, nine
// digits.
const form = "LYYLLLLddddddddd"

// numberFault says what is unusual about the number of a contract of some year;
// first is its first letter, 0 when that can be any.
func numberFault(number string, first rune, year int) string {
	n := 0
	for _, r := range number {
		if n == len(form) {
			return "a number has 16 characters"
		}
		isDigit := '0' <= r && r <= '9'
		switch {
		case form[n] == 'L' && isDigit, form[n] != 'L' && !isDigit:
			return "a number is a letter, two digits, four letters and nine digits"
		case form[n] == 'L' && !unicode.Is(unicode.Cyrillic, r):
			return fmt.Sprintf("%q (%U) is no Cyrillic letter", r, r)
		case n == 0 && first != 0 && r != first:
			return fmt.Sprintf("numbers of this type begin with %c", first)
		case n == 1 && r != rune('0'+year/10), n == 2 && r != rune('0'+year%10):
			return fmt.Sprintf("the contract is of a year that ends in %02d", year)
		}
		n++
	}
	if n < len(form) {
		return "a number has 16 characters"
	}
	return ""
}

func checkUnique(c *schema.Case) {
	if isAlone(c) {
		c.NotApplicable("the list has one contract")
		return
	}
	c.Text("contract_num")
	if other, is := c.Earlier("contract_num"); is {
		c.Broken("contract_num", "", "the contract at "+other.Pointer+" has the same number")
	}
}

// isAlone tells whether a contract is the only one of its list.
func isAlone(c *schema.Case) bool {
	return c.Record.Payload == nil || len(c.Record.Payload.Records) < 2
}
