package arifmetika

import (
	"strings"

	"tieout/calc/schema"
)

var types = []string{"Installments", "ConsumerLoan", "IndividualOffer", "Partner", "TargetLoan"}

// typeRules are the laws of a contract's type and categories.
func typeRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-30", Title: "the type is none that the document lists",
			Cites: contractList + "type", Basis: schema.Stated,
			Law:   "type is one of " + strings.Join(types, ", "),
			Reads: []string{"type"}, Check: checkWord("type", types, schema.Warning),
			Severity: schema.Error,
			Why: "The document lists the types. A type that only looks like one of them is a warning: in the list " +
				"itself the C of ConsumerLoan is a Cyrillic letter, in the samples a Latin one.",
		},
		{
			ID: "AC-31", Title: "the categories contradict what is told of the contract",
			Cites: contractList + "categories", Basis: schema.Inferred,
			Law:   "categories has tranche exactly when tranche is there, and transfer exactly when transfer is there",
			Reads: []string{"categories.category", "tranche.status", "transfer.type", "type"}, Check: checkCategories,
			Severity: schema.Warning,
			Why: "The objects describe what the categories say. An offer may have the terms of a tranche without being " +
				"one; in other contracts that is a remark.",
		},
	}
}

func checkCategories(c *schema.Case) {
	tranche, transfer := isThere(c, "tranche.status"), isThere(c, "transfer.type")
	hasTranche, hasTransfer := checkCategory(c, "tranche", tranche), checkCategory(c, "transfer", transfer)
	if !tranche && !transfer && !hasTranche && !hasTransfer {
		c.NotApplicable("the contract is no tranche and not being paid out")
	}
	if transfer && !hasTransfer {
		c.BrokenRows("categories", "transfer is there, and they do not name it")
	}
	if tranche && !hasTranche {
		if kind, _ := listed(types, c.Text("type")); kind != "IndividualOffer" {
			c.BrokenRows("categories", "tranche is there, and they do not name it").Severity = schema.Info
		}
	}
}

// checkCategory demands the object that a category names. It tells whether the
// contract has the category.
func checkCategory(c *schema.Case, name string, isThere bool) bool {
	row, has := category(c, name)
	if has && !isThere {
		row.Broken("category", "", name+" is not there")
	}
	return has
}

// category of a contract by its name. No categories are as good as none.
func category(c *schema.Case, name string) (row schema.Case, has bool) {
	if !c.HasRows("categories") {
		if rows := c.Record.Layout.Find("categories").Rows; c.Record.Rows(rows, 0).State == schema.Unreadable {
			c.Rows("categories")
		}
		return schema.Case{}, false
	}
	for _, row := range c.Rows("categories") {
		if row.Text("category") == name {
			return row, true
		}
	}
	return schema.Case{}, false
}

// isThere tells whether an optional object is there, by one of its fields.
func isThere(c *schema.Case, field string) bool {
	v := c.Value(field)
	if v.State == schema.Unreadable {
		c.Text(field)
	}
	return !v.Waived
}
