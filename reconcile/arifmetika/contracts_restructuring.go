package arifmetika

import (
	"tieout/calc/date"
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
	if !c.IsFirst() {
		return
	}
	rows := beside.Rows("contracts_restruct")
	if len(rows) == 0 {
		c.NotApplicable("there are no applications")
		return
	}
	known := contractNumbers(c.Record)
	isBroken := false
	for i := range rows {
		isBroken = checkRestructuring(&rows[i], known, c.Record.AsOf, c.Record.Payload.Lost > 0) || isBroken
	}
	if isBroken {
		return
	}
	isDated := false
	for i := range rows { // what is missing is one of a list that is right as far as it goes
		row := &rows[i]
		if number := row.Text("contract_num"); known[number] != number {
			c.NotEvaluable("not every contract of the list could be read")
		}
		row.Text("restructuring_id")
		isDated = !row.Date("restructuring_relevance_date").IsZero() || isDated
	}
	if isDated {
		c.AsOf() // a gap when it is not given
	}
}

// checkRestructuring tells what is wrong about an application, as far as it is
// told of, and whether anything is; lost tells that not all contracts are known.
func checkRestructuring(row *schema.Case, known map[string]string, asOf date.Date, lost bool) (isBroken bool) {
	number, id, day := row.Value("contract_num"), row.Value("restructuring_id"), row.Value("restructuring_relevance_date").Date
	if number.State == schema.Present && known[number.Text] != number.Text {
		isBroken = true
		switch meant := known[text.Fold(number.Text)]; {
		case meant != "":
			row.Broken("contract_num", meant, looksLike(number.Text, meant))
		case lost: // it can be one of those that could not be read
			isBroken = false
		default:
			row.Broken("contract_num", "", "no contract of the list has this number")
		}
	}
	if id.State == schema.Present && !identifier.UUID(id.Text) {
		isBroken = true
		row.Broken("restructuring_id", "", "it is not a UUID")
	}
	if !day.IsZero() && !asOf.IsZero() && day.Before(asOf) {
		isBroken = true
		row.Broken("restructuring_relevance_date", "", "it is before "+asOf.String()+", the day the figures speak of")
	}
	return isBroken
}

// contractNumbers of the list that a contract is in, by themselves and by the form
// in which look-alikes are compared.
func contractNumbers(rec *schema.Record) map[string]string {
	slot := rec.Layout.Find("contract_num").Slot
	known := make(map[string]string, 2*len(rec.Payload.Records))
	for _, other := range rec.Payload.Records {
		if v := other.Value(0, 0, slot); v.State == schema.Present {
			known[v.Text] = v.Text
		}
	}
	for _, other := range rec.Payload.Records {
		number := other.Value(0, 0, slot).Text
		if form := text.Fold(number); known[form] == "" {
			known[form] = number
		}
	}
	return known
}
