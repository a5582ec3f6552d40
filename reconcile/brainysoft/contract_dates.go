package brainysoft

import (
	"slices"
	"strings"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// dateRules are the laws of the dates of a contract.
func dateRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-03", Title: "a date of the contract is not a real date, or they are out of order",
			Cites: contract + "creationDate, issuePlanDate, firstRepaymentDate, repaymentPlanDate", Basis: schema.Inferred,
			Law: "creationDate <= issuePlanDate <= firstRepaymentDate <= repaymentPlanDate; these, issueDate, closeDate and " +
				"dropOutDate are days of the calendar in the form yyyy-MM-dd, and schedules.creationDate is one, or a number",
			Reads: slices.Concat(dueReads, laterDates[:], []string{planCreated}), Check: checkOrder,
			Severity: schema.Error, Replaces: "IN-06",
			Why: "A loan is agreed, then issued, then repaid. What follows from a date cannot be checked by one that is none.",
		},
	}
}

// ordered are the dates of a contract, each not before the one above it.
var ordered = [...]string{"creationDate", issuePlan, firstDue, lastDue}

// laterDates are the other dates of a contract; it has them once it is issued and
// closed.
var laterDates = [...]string{"issueDate", "closeDate", "dropOutDate"}

// allDates are both.
var allDates = slices.Concat(ordered[:], laterDates[:])

func checkOrder(c *schema.Case) {
	isReal := true
	for _, path := range allDates {
		isReal = checkReal(c, path) && isReal
	}
	checkPlans(c)
	if isReal {
		checkInOrder(c)
	}
}

// planCreated is a timestamp: the document does not say in which form.
const planCreated = "schedules.creationDate"

func checkPlans(c *schema.Case) {
	if !c.HasRows("schedules") {
		return
	}
	for _, plan := range c.Rows("schedules") {
		v := plan.Peek("creationDate")
		if v.State != schema.Present || strings.Trim(v.Text, "0123456789") == "" || !date.DayOf(v.Text).IsZero() {
			continue
		}
		if _, err := date.Parse(v.Text); err != nil {
			plan.Broken("creationDate", "", "it is neither a number nor a day in the form yyyy-MM-dd")
		}
	}
}

// checkReal tells a date that is none; it tells whether there is nothing to tell.
func checkReal(c *schema.Case, path string) bool {
	meant, reason := c.NoDay(path)
	if reason != "" {
		c.Broken(path, meant, reason)
	}
	return reason == ""
}

func checkInOrder(c *schema.Case) {
	var days [len(ordered)]date.Date
	turned := false
	for i, path := range ordered {
		days[i] = c.Date(path)
		turned = turned || i > 0 && days[i].Before(days[i-1])
	}
	if !turned {
		return
	}
	terms := termsOf(c)
	wrong := misplaced(days, &terms)
	for i, path := range ordered {
		switch {
		case i < wrong && days[i].After(days[wrong]):
			c.Broken(ordered[wrong], "", "it is before "+path+", "+days[i].String())
			return
		case i > wrong && days[i].Before(days[wrong]):
			c.Broken(ordered[wrong], "", "it is after "+path+", "+days[i].String())
			return
		}
	}
}

// misplaced is the date without which the others are in order; of several, the one
// that the terms speak against, else the latest that they do not speak for.
func misplaced(days [len(ordered)]date.Date, t *terms) int {
	trust := trusted(t)
	wrong := -1
	for i := range days {
		if ordersWithout(days, i) && (wrong < 0 || trust[i] <= trust[wrong]) {
			wrong = i
		}
	}
	if wrong >= 0 {
		return wrong
	}
	for i := 1; ; i++ { // more than one is wrong: the first that goes back
		if days[i].Before(days[i-1]) {
			return i
		}
	}
}

func ordersWithout(days [len(ordered)]date.Date, left int) bool {
	var before date.Date
	for i, d := range days {
		if i == left {
			continue
		}
		if d.Before(before) {
			return false
		}
		before = d
	}
	return true
}

// trusted is, for each date, 1 when it agrees with the terms, -1 when it is the
// one that does not, and 0 when nothing is known.
func trusted(t *terms) (trust [len(ordered)]int) {
	if !t.known || t.every <= 0 || t.count <= 0 {
		return trust
	}
	first, _ := t.fits(t.issue, t.every, 1, t.first)
	last, _ := t.fits(t.issue, t.every, t.count, t.last)
	wrong, _, _ := t.wrong()
	switch {
	case first || last:
		trust = [...]int{0, 1, sign(first), sign(last)}
	case wrong == issuePlan:
		trust[1] = -1
	}
	return trust
}

func sign(right bool) int {
	if right {
		return 1
	}
	return -1
}
