package arifmetika

import (
	"tieout/calc"
	"tieout/calc/schema"
)

// trancheRules are the laws of the terms of a tranche.
func trancheRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-33", Title: "the interest a year is not that of the days of a year",
			Cites: contractList + "tranche.rate_daily, tranche.rate_annual", Basis: schema.Inferred,
			Formula: "tranche.rate_annual = 365 * tranche.rate_daily or tranche.rate_annual = 366 * tranche.rate_daily",
			// A rate a day has two decimals: half of 0.01 in each day of a year.
			Tolerance: schema.Tolerance{Relation: calc.MustAmount("1.83")},
			Severity:  schema.Warning,
			Why: "Both are the interest of one loan. The rate a day may be one a year, rounded to 0.01: that makes " +
				"1.83 in a year of 366 days.",
		},
		{
			ID: "AC-35", Title: "the day until which tranches are available is not a date",
			Cites: contractList + "tranche.available_at", Basis: schema.Stated,
			Law:  "tranche.available_at is a day of the calendar in the form yyyy-MM-dd",
			Each: []string{"tranche.available_at"}, Check: checkRealDate,
			Severity: schema.Warning,
			Why:      "The document calls it a date, and gives dates in this form.",
		},
		{
			ID: "AC-36", Title: "the tranche has no number",
			Cites: contractList + "tranche.tranche_num", Basis: schema.Stated,
			Law:   "tranche.tranche_num is there when categories has tranche or tranche.status is process",
			Reads: []string{"tranche.tranche_num", "tranche.status", "categories.category"}, Check: checkTrancheNumber,
			Severity: schema.Warning,
			Why:      "The document lists the number of the tranche that is being taken out; an offer alone has none.",
		},
	}
}

func checkTrancheNumber(c *schema.Case) {
	if !isThere(c, "tranche.tranche_num") {
		c.NotApplicable("no tranche is told of")
		return
	}
	_, isTranche := category(c, "tranche")
	if !isTranche && c.Value("tranche.status").Text != "process" {
		c.NotApplicable("no tranche is being taken out")
		return
	}
	if !c.Given("tranche.tranche_num") {
		c.Broken("tranche.tranche_num", "", "the contract is a tranche")
	}
}
