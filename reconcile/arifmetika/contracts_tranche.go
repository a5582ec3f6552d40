package arifmetika

import (
	"tieout/calc"
	"tieout/calc/law"
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
			ID: "AC-34", Title: "the interest a day is above what the law allows",
			Cites: "Federal law 353-FZ, article 5; " + contractList + "tranche.rate_daily", Basis: schema.ByLaw,
			Law:   "tranche.rate_daily is at most the ceiling of contract_date: 1.5 % a day from 2019-01-28, 1 % from 2019-07-01, 0.8 % from 2023-07-01",
			Reads: []string{"tranche.rate_daily", "contract_date"}, Data: []schema.Data{{Name: law.Name, Digest: law.Digest}}, Check: checkRate,
			Severity: schema.Warning,
			Why:      "The date of the contract decides which ceiling applies.",
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

func checkRate(c *schema.Case) {
	rate, day := c.Amount("tranche.rate_daily"), c.Date("contract_date")
	ceiling, known := law.CeilingOn(day)
	switch {
	case !known || ceiling.DailyPercent == nil:
		c.NotApplicable("no law limited the interest a day on the date of the contract")
	case rate.Cmp(*ceiling.DailyPercent) > 0:
		c.Off("tranche.rate_daily", *ceiling.DailyPercent, "that is the ceiling for contracts from "+ceiling.From.String()+" on ("+ceiling.Source+")").AtMost = true
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
