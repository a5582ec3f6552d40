package arifmetika

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// numberRules are the laws of a contract's number.
func numberRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-26", Title: "the contract number does not have its usual form",
			Cites: contractList + "contract_num", Basis: schema.Inferred,
			Law: "contract_num is a Cyrillic letter (Р for type Installments, З for ConsumerLoan and TargetLoan), the last " +
				"two digits of the year of contract_date, four Cyrillic letters and nine digits",
			Reads:  []string{"contract_num", "contract_date", "type"},
			Beside: []string{"contracts_restruct.contract_num"}, Check: checkNumber,
			Severity: schema.Info,
			Why: "All published numbers have this form. A Latin letter that looks like a Cyrillic one makes a number that no " +
				"search finds: it is a warning, and an error where an application for restructuring has the right number.",
		},
		{
			ID: "AC-27", Title: "two contracts of a list have the same number",
			Cites: contractList + "contract_num", Basis: schema.Inferred,
			Law:   "contract_num differs in all contracts of a list",
			Reads: []string{"contract_num"}, Compares: []string{"contract_num"}, Check: checkUnique,
			Severity: schema.Error, Replaces: "IN-07",
			Why: "Payments and schedules are asked for by the number of the contract.",
		},
	}
}

// firstLetters of the numbers of contracts, by their type.
var firstLetters = map[string]rune{"Installments": 'Р', "ConsumerLoan": 'З', "TargetLoan": 'З'}

func checkNumber(c *schema.Case) {
	number, day := c.Text("contract_num"), c.Date("contract_date")
	kind, _ := listed(types, c.Text("type"))
	first, year := firstLetters[kind], day.Year()%100
	fault := numberFault(number, first, year)
	if fault == "" {
		return
	}
	meant, how := numberMeant(number)
	switch {
	case how == "" || numberFault(meant, first, year) != "":
		c.Broken("contract_num", "", fault)
	case isApplied(c, meant):
		c.Broken("contract_num", meant, how+"; an application for restructuring has this number").Severity = schema.Error
	default:
		c.Broken("contract_num", meant, how).Severity = schema.Warning
	}
}

// isApplied tells whether an application for restructuring names a contract.
func isApplied(c *schema.Case, number string) bool {
	beside, ok := c.Context()
	return ok && beside.HasRows("contracts_restruct") &&
		slices.ContainsFunc(beside.Rows("contracts_restruct"), func(row schema.Case) bool {
			return row.Value("contract_num").Text == number
		})
}

// form of a contract number: a letter, two digits of the year, four letters, nine
// digits.
const form = "LYYLLLLddddddddd"

// numberFault says what is unusual about the number of a contract of some year,
// or anyYear; first is its first letter, 0 when that can be any.
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
		case year == anyYear:
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

// anyYear lets numberFault pass over the year.
const anyYear = -1

// numberMeant is the number that looks like one with letters and digits in their
// usual places, and how it differs; how is empty when nothing in it only looks right.
func numberMeant(number string) (meant, how string) {
	var b strings.Builder
	for _, r := range number {
		n := utf8.RuneCountInString(b.String())
		if unicode.IsSpace(r) || text.Hidden(r) {
			continue
		}
		right := r
		if n < len(form) {
			right = inPlace(form[n], r)
		}
		if how == "" && right != r && r < utf8.RuneSelf && unicode.IsDigit(r) {
			how = fmt.Sprintf("the digit %c looks like the letter %c", r, right)
		} else if how == "" && right != r && unicode.IsDigit(right) {
			how = fmt.Sprintf("%q (%U) looks like the digit %c", r, r, right)
		}
		b.WriteRune(right)
	}
	meant = b.String()
	if same, _ := text.Same(number, meant); how == "" && same && number != meant {
		how = looksLike(number, meant)
	}
	return meant, how
}

// digitsOfLetters are the digits that letters look like.
var digitsOfLetters = map[rune]rune{'З': '3', 'з': '3', 'О': '0', 'о': '0', 'O': '0', 'o': '0', 'б': '6', 'l': '1', 'I': '1'}

// inPlace is the letter or digit that a character looks like, whichever belongs in
// its place; the character itself when it looks like none.
func inPlace(place byte, r rune) rune {
	folded, _ := utf8.DecodeRuneInString(text.Fold(string(r)))
	isDigit := '0' <= folded && folded <= '9'
	switch {
	case place != 'L' && isDigit:
		return folded
	case place != 'L' && digitsOfLetters[r] != 0:
		return digitsOfLetters[r]
	case place == 'L' && r == '3':
		return 'З'
	case place == 'L' && r == '0':
		return 'О'
	case place == 'L' && !isDigit && !unicode.Is(unicode.Cyrillic, r):
		for letter := 'А'; letter <= 'я'; letter++ {
			if text.Fold(string(letter)) == string(folded) {
				return letter
			}
		}
	}
	return r
}

func checkUnique(c *schema.Case) {
	if c.IsAlone() {
		c.NotApplicable("the list has one contract")
		return
	}
	c.Text("contract_num")
	if other, is := c.Earlier(); is {
		c.Broken("contract_num", "", "the contract at "+other.Pointer+" has the same number")
	}
}
