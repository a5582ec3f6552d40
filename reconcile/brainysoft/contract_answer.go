package brainysoft

import (
	"time"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// answerRules are the laws of a contract as the answer to a question.
func answerRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-01", Title: "the answer is older than the contract in it",
			Cites: contract + "timestamp, creationDate", Basis: schema.Inferred,
			Law:   "the day of timestamp, or the day after it where the clocks are ahead, is not before creationDate",
			Reads: []string{"creationDate", issuePlan}, Beside: []string{"timestamp"}, Check: checkTimestamp,
			Severity: schema.Warning,
			Why:      "An answer cannot tell of a contract that is not made yet. Either date can be the wrong one.",
		},
		{
			ID: "BC-02", Title: "the contract is not the one that was asked for",
			Cites: contract + "field, value", Basis: schema.Inferred,
			Law:   "clientId is the client.id asked for, id the id and name the name",
			Reads: []string{"clientId", "id", "name"}, Asks: []string{"client.id", "id", "name"}, Check: checkAsked,
			Severity: schema.Warning,
			Why:      "The call returns the contracts whose field has the value. Of a passport or a surname nothing is in the answer.",
		},
	}
}

func checkTimestamp(c *schema.Case) {
	created := c.Date("creationDate")
	answer, ok := c.Context()
	if !ok {
		c.NotEvaluable("the contract stands without its answer")
		return
	}
	milliseconds, ok := answer.Amount("timestamp").Int64()
	day := date.FromTime(time.UnixMilli(milliseconds))
	if !ok || day.IsZero() {
		c.NotEvaluable("timestamp is no time")
		return
	}
	if created.After(day.AddDays(1)) {
		if issue := c.Value(issuePlan).Date; !issue.IsZero() && created.After(issue) {
			c.Broken("creationDate", "", "the answer is of "+day.String()) // and the other dates speak against it
			return
		}
		answer.Broken("timestamp", "", "it is "+day.String()+", before the contract was created on "+created.String())
	}
}

// searched are the parameters of the call whose values the contract repeats.
var searched = []struct{ parameter, path string }{{"client.id", "clientId"}, {"id", "id"}, {"name", "name"}}

func checkAsked(c *schema.Case) {
	known := false
	for _, by := range searched {
		_, asked := c.AnswersFor(by.parameter, by.path, func(asked string) bool { return c.Text(by.path) == asked })
		known = known || asked
	}
	if !known {
		c.NotApplicable("nothing was asked for that the contract repeats")
	}
}
