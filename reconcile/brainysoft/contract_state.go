package brainysoft

import "tieout/calc/schema"

const byID = "BrainySoft bs-core, Получение контракта по ID, "

// cancelled is the closedStatusId of a contract that came to nothing.
const cancelled = "101486"

// stateRules are the laws of whether a contract is issued and closed.
func stateRules() []schema.Rule {
	reads := []string{"issueDate", "closeDate", "closedStatusId", "dropOutDate"}
	return []schema.Rule{
		{
			ID: "BC-08", Title: "a contract that is not issued is closed or repaid",
			Cites: byID + "issueDate, closeDate", Basis: schema.Stated,
			Law:   "without issueDate there is no closeDate, no closedStatusId and no dropOutDate, unless the contract was cancelled",
			Reads: reads, Check: checkNotIssued,
			Severity: schema.Error,
			Why:      "The document tells three states by two dates: not issued, open, closed.",
		},
		{
			ID: "BC-09", Title: "the date and the way of closing do not come together",
			Cites: byID + "closeDate, closedStatusId", Basis: schema.Stated,
			Law:   "closedStatusId is given where closeDate is, and only there",
			Reads: reads, Check: checkClosed,
			Severity: schema.Error,
			Why:      "closeDate says that a contract is closed, closedStatusId how.",
		},
	}
}

func checkNotIssued(c *schema.Case) {
	if c.Given("issueDate") {
		c.NotApplicable("the contract is issued")
		return
	}
	if c.Given("closedStatusId") && c.Text("closedStatusId") == cancelled {
		c.NotApplicable("the contract was cancelled")
		return
	}
	switch path := unissued(c); path {
	case "":
	case "issueDate":
		c.Broken(path, "", "more than one of closeDate, closedStatusId and dropOutDate is given, as only for an issued contract")
	default:
		c.Broken(path, "", "the contract is not issued")
	}
}

// unissued is which value of a contract without issueDate is wrong: what it has
// from the time after issue or, where that is more than one value, the issueDate
// that it lacks.
func unissued(c *schema.Case) (path string) {
	for _, later := range [...]string{"closeDate", "closedStatusId", "dropOutDate"} {
		switch {
		case !c.Given(later):
		case path != "":
			return "issueDate"
		default:
			path = later
		}
	}
	return path
}

func checkClosed(c *schema.Case) {
	dated, told := c.Given("closeDate"), c.Given("closedStatusId")
	if dated == told {
		return
	}
	open := !c.Given("issueDate") && unissued(c) != "issueDate"
	switch {
	case dated && open:
		c.Broken("closeDate", "", "nothing says how the contract was closed")
	case told && open && c.Text("closedStatusId") != cancelled:
		c.Broken("closedStatusId", "", "nothing says when the contract was closed")
	case dated:
		c.Broken("closedStatusId", "", "the contract was closed on "+c.Text("closeDate"))
	default:
		c.Broken("closeDate", "", "the contract was closed, by closedStatusId "+c.Text("closedStatusId"))
	}
}
