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
	known := numbersOf(c.Record.Payload, len(rows))
	isBroken := false
	for i := range rows {
		isBroken = checkRestructuring(&rows[i], &known, c.Record.AsOf) || isBroken
	}
	if isBroken {
		return
	}
	isDated := false
	for i := range rows { // what is missing is one of a list that is right as far as it goes
		row := &rows[i]
		if !known.has(row.Text("contract_num")) {
			c.NotEvaluable("not every contract of the list could be read, or has a number")
		}
		row.Text("restructuring_id")
		isDated = !row.Date("restructuring_relevance_date").IsZero() || isDated
	}
	if isDated {
		c.AsOf() // a gap when it is not given
	}
}

// checkRestructuring tells what is wrong about an application, as far as it is
// told of, and whether anything is.
func checkRestructuring(row *schema.Case, known *numbers, asOf date.Date) (isBroken bool) {
	number, id, day := row.Value("contract_num"), row.Value("restructuring_id"), row.Value("restructuring_relevance_date").Date
	if number.State == schema.Present && !known.has(number.Text) {
		isBroken = true
		switch meant := known.folded[text.Fold(number.Text)]; {
		case meant != "":
			row.Broken("contract_num", meant, looksLike(number.Text, meant))
		case known.some: // it can be one of those that could not be read
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

// numbers of the contracts of a list.
type numbers struct {
	list *schema.Payload
	slot int // of the number
	// meant has them as they are, and as the usual number that a damaged one looks
	// like: that is told in its contract. It is nil until it is needed.
	meant map[string]bool
	// folded has them by the form in which look-alikes are compared.
	folded map[string]string
	// some is true when not all are known.
	some bool
}

// mostCompared is how often a number is compared with another before they are indexed.
const mostCompared = 1 << 12

// numbersOf the contracts of a list, to be asked for so many of them.
func numbersOf(list *schema.Payload, asked int) numbers {
	known := numbers{list: list, slot: list.Records[0].Layout.Find("contract_num").Slot}
	if asked*len(list.Records) > mostCompared {
		known.look()
	}
	return known
}

// has tells whether a contract has a number, or one that is meant to be it.
func (n *numbers) has(number string) bool {
	if n.meant == nil {
		for _, rec := range n.list.Records {
			if v := rec.Value(0, 0, n.slot); v.State == schema.Present && v.Text == number {
				return true
			}
		}
		n.look()
	}
	return n.meant[number]
}

// look at all numbers of the list.
func (n *numbers) look() {
	if n.meant != nil {
		return
	}
	n.meant, n.folded, n.some = map[string]bool{}, map[string]string{}, n.list.Lost > 0
	for _, rec := range n.list.Records {
		v := rec.Value(0, 0, n.slot)
		if v.State != schema.Present {
			n.some = true
			continue
		}
		n.meant[v.Text] = true
		if meant, how := numberMeant(v.Text); how != "" && numberFault(meant, 0, anyYear) == "" {
			n.meant[meant] = true
		}
		if form := text.Fold(v.Text); n.folded[form] == "" {
			n.folded[form] = v.Text
		}
	}
}
