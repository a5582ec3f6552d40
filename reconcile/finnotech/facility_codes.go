package finnotech

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// codeRules are the laws of a loan's codes and words, each by itself.
func codeRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-15", Title: "a current loan has something past due",
			Cites: inquiry + "FacilityStatus", Basis: schema.Inferred,
			Law: "with FacilityStatus جاری (current), FacilityPastExpiredAmount, FacilityDeferredAmount and " +
				"FacilitySuspiciousAmount are 0",
			Each: []string{"facilityList.FacilityStatus"}, Reads: ofLoans(append([]string{"FacilityStatus"}, late...)),
			Check: checkNotLate, Severity: schema.Warning,
			Why: "A loan is past due, deferred or doubtful by how late it is; a current one is not late.",
		},
		{
			ID: "FT-16", Title: "the type of a loan is not in the list",
			Cites: inquiry + "FacilityType", Basis: schema.Stated,
			Law:  "type and FacilityType are 10 to 26",
			Each: []string{"facilityList.type", "facilityList.FacilityType"}, Reads: []string{"facilityList.type", "facilityList.FacilityType"},
			Check: checkType, Severity: schema.Warning,
			Why: "The document numbers the contracts of Iranian banking from 10, the interest-free loan, to 26, murabaha.",
		},
		{
			ID: "FT-17", Title: "the currency is not the rial",
			Cites: inquiry + "FacilityCurrencyCode", Basis: schema.Stated,
			Law:  "FacilityCurrencyCode is IRR",
			Each: []string{"facilityList.FacilityCurrencyCode"}, Reads: []string{"facilityList.FacilityCurrencyCode"},
			Check: checkCurrency, Severity: schema.Warning,
			Why: "The document states this one value. Sums over the list would add currencies otherwise.",
		},
		{
			ID: "FT-18", Title: "an amount is negative or has a fraction",
			Cites: inquiry + "amounts", Basis: schema.Stated,
			Law:  "amounts are whole rials, 0 or more; 600000000.0 is whole",
			Each: amounts, Reads: amounts, Check: checkAmount,
			Severity: schema.Error,
			Why:      "The document prints amounts as whole rials, and none of them can be owed the other way.",
		},
		{
			ID: "FT-19", Title: "a text has Arabic letters where the others have Persian ones",
			Cites: inquiry + "texts", Basis: schema.Inferred,
			Law:  "texts have the Persian yeh and kaf when another text of the answer does",
			Each: texts, Reads: texts, Check: checkLetters,
			Severity: schema.Info, Replaces: "IN-03",
			Why: "The letters look alike and compare as different: a text that has them is not found by a search for the word.",
		},
	}
}

var (
	late    = []string{"FacilityPastExpiredAmount", "FacilityDeferredAmount", "FacilitySuspiciousAmount"}
	amounts = append([]string{
		"facilityTotalAmount", "facilityDebtTotalAmount", "facilityPastExpiredTotalAmount", "facilityDeferredTotalAmount",
		"facilitySuspiciousTotalAmount",
	}, ofLoans([]string{
		"pastExpiredAmount", "deferredAmount", "suspiciousAmount", older.debt, older.principal, older.benefit,
		"FacilityPastExpiredAmount", "FacilityDeferredAmount", "FacilitySuspiciousAmount", newer.debt, newer.principal,
		newer.benefit, "FacilityAmountObligation",
	})...)
	texts = append([]string{"name", "dishonored"}, ofLoans([]string{
		"branchDescription", "FacilityBranch", "FacilityStatus", "FacilityGroup",
	})...)
)

// current is the status of a loan with which nothing is late.
const current = "جاری"

func checkNotLate(c *schema.Case) {
	if same, _ := text.Same(c.Text(""), current); !same {
		c.NotApplicable("the loan is not current")
		return
	}
	said := ""
	for _, field := range late {
		if a := c.Amount(field); a.Sign() > 0 {
			said += ", " + field + " is " + a.String()
		}
	}
	if said != "" {
		c.Broken("", "", strings.TrimPrefix(said, ", "))
	}
}

func checkType(c *schema.Case) {
	const first, last = 10, 26
	if n, err := strconv.Atoi(c.Text("")); err != nil || n < first || n > last {
		c.Broken("", "", fmt.Sprintf("the types are %d to %d", first, last))
	}
}

func checkCurrency(c *schema.Case) {
	if c.Text("") != "IRR" {
		c.Broken("", "IRR", "amounts are in rials")
	}
}

func checkAmount(c *schema.Case) {
	switch {
	case c.IsNegative():
	case !c.Amount("").IsWhole():
		c.Broken("", "", "a rial has no parts")
	}
}

// persianOnly are letters that Arabic does not have.
const persianOnly = "یکپچژگ"

func checkLetters(c *schema.Case) {
	s := c.Text("")
	if isPersian(s) {
		return
	}
	if !c.Once("a text has letters that are only Persian", hasPersian) {
		c.NotApplicable("no text has letters that are only Persian")
		return
	}
	var where []string
	right := s
	for _, odd := range text.Examine(s) {
		if letter := string(odd.Rune); odd.Kind == text.ArabicForm && strings.Contains(right, letter) {
			right = strings.ReplaceAll(right, letter, text.Fold(letter))
			where = append(where, odd.Text)
		}
	}
	c.Broken("", right, strings.Join(where, "; "))
}

// hasPersian tells whether a text of an answer has letters that are only Persian.
func hasPersian(c *schema.Case) bool {
	has := false
	c.Each(isText, func(v *schema.Case) {
		has = has || strings.ContainsAny(v.Value("").Text, persianOnly)
	})
	return has
}

// isPersian tells whether a text has no letter of Arabic keyboards.
func isPersian(s string) bool {
	return !slices.ContainsFunc(text.Examine(s), func(o text.Oddity) bool { return o.Kind == text.ArabicForm })
}

func isText(k schema.Kind) bool { return k == schema.Text }
