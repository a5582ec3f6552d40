package arifmetika

import (
	"slices"

	"tieout/calc/identifier"
	"tieout/calc/schema"
	"tieout/calc/text"
)

// restructuringRules are the laws of the applications for restructuring.
func restructuringRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-38", Title: "an application for restructuring does not fit the contracts",
			Cites: contractList + "contracts_restruct", Basis: schema.Inferred,
			Law: "every contracts_restruct.contract_num is the contract_num of one of the contracts, " +
				"restructuring_id is a UUID, and restructuring_relevance_date is not before the as-of date",
			Reads: []string{"contract_num"},
			Beside: []string{
				"contracts_restruct.contract_num", "contracts_restruct.restructuring_id", "contracts_restruct.restructuring_relevance_date",
			},
			Check: checkRestructurings, Severity: schema.Warning,
			Why: "The list has the contracts with a current application: one that is out of date is not current.",
		},
	}
}

// checkRestructurings looks at the applications once, with the first contract of
// their list.
func checkRestructurings(c *schema.Case) {
	beside, ok := c.Context()
	if !ok {
		c.NotApplicable("no applications are told of")
		return
	}
	if c.Record != c.Record.Payload.Records[0] {
		c.NotApplicable("applications are checked with the first contract")
		return
	}
	rows := beside.Rows("contracts_restruct")
	if len(rows) == 0 {
		c.NotApplicable("there are no applications")
		return
	}
	known := contractNumbers(c.Record)
	isBroken, isDated := false, false
	for i := range rows {
		row := &rows[i]
		number, id, day := row.Text("contract_num"), row.Text("restructuring_id"), row.Date("restructuring_relevance_date")
		switch meant := known[text.Fold(number)]; {
		case known[number] != "": // a damaged number is told in its contract
		case meant != "":
			row.Broken("contract_num", meant, looksLike(number, meant))
			isBroken = true
		case lacksNumber(c.Record):
			c.NotEvaluable("a contract of the list has no number")
		default:
			row.Broken("contract_num", "", "no contract of the list has this number")
			isBroken = true
		}
		if !identifier.UUID(id) {
			row.Broken("restructuring_id", "", "it is not a UUID")
			isBroken = true
		}
		if asOf := c.Record.AsOf; !asOf.IsZero() && day.Before(asOf) {
			row.Broken("restructuring_relevance_date", "", "it is before "+asOf.String()+", the day the figures speak of")
		}
		isDated = isDated || !day.IsZero()
	}
	if !isBroken && isDated {
		c.AsOf() // a gap when it is not given
	}
}

// contractNumbers of the list that a contract is in, by themselves, by the form in
// which look-alikes are compared, and by the usual number that a damaged one looks
// like.
func contractNumbers(rec *schema.Record) map[string]string {
	known := map[string]string{}
	slot := rec.Layout.Find("contract_num").Slot
	as := func(form func(number string) string) {
		for _, other := range rec.Payload.Records {
			v := other.Value(0, 0, slot)
			if key := form(v.Text); v.State == schema.Present && known[key] == "" {
				known[key] = v.Text
			}
		}
	}
	as(func(number string) string { return number })
	as(func(number string) string {
		if meant, how := numberMeant(number); how != "" && numberFault(meant, 0, anyYear) == "" {
			return meant
		}
		return number
	})
	as(text.Fold)
	return known
}

// lacksNumber tells whether a contract of the list has no number.
func lacksNumber(rec *schema.Record) bool {
	slot := rec.Layout.Find("contract_num").Slot
	return slices.ContainsFunc(rec.Payload.Records, func(other *schema.Record) bool {
		return other.Value(0, 0, slot).State != schema.Present
	})
}
