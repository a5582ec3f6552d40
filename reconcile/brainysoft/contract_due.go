package brainysoft

import (
	"maps"
	"slices"
	"strconv"

	"tieout/calc/calendar"
	"tieout/calc/date"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// dueDateRules are the laws of the first and the last due date.
func dueDateRules() []schema.Rule {
	const law = " follows from issuePlanDate, trancheDuration and trancheCount by dateCalcMethodId, " +
		"moved off days off unless allowHolidaysPayment; of an unknown dateCalcMethodId, by one of the known methods; " +
		"by another than its own, both due dates are a remark"
	const why = "Published contracts show three methods: 101231 steps by months, 101232 and 101233 by days. " +
		"They move a date off a weekend; whether off a holiday as well, and whether the next date is then counted " +
		"from the moved one, is left open. The ids are a dictionary of the installation."
	return []schema.Rule{
		{
			ID: "BC-04", Title: "the first due date does not follow from the terms",
			Cites: contract + "firstRepaymentDate, creditFieldReq.dateCalcMethodId", Basis: schema.Inferred,
			Law: "firstRepaymentDate" + law, Reads: dueReads, Data: calendarData, Check: func(c *schema.Case) { checkDue(c, firstDue) },
			Severity: schema.Error, Why: why,
		},
		{
			ID: "BC-05", Title: "the last due date does not follow from the terms",
			Cites: contract + "repaymentPlanDate, creditFieldReq.dateCalcMethodId", Basis: schema.Inferred,
			Law: "repaymentPlanDate" + law, Reads: dueReads, Data: calendarData, Check: func(c *schema.Case) { checkDue(c, lastDue) },
			Severity: schema.Error, Why: why,
		},
	}
}

// calendarData is what due dates are moved by.
var calendarData = []schema.Data{{Name: calendar.Name, Digest: calendar.Digest}}

// dueReads are the fields from which due dates follow.
var dueReads = []string{"creationDate", issuePlan, firstDue, lastDue, dateMethod, onHolidays, duration, tranches}

func checkDue(c *schema.Case, path string) {
	c.Date(issuePlan)
	printed := c.Date(path)
	c.Amount(duration)
	c.Amount(tranches)
	c.Flag(onHolidays)
	t := termsOf(c)
	if t.every <= 0 || t.count <= 0 {
		c.NotApplicable("the terms give no number of installments or no time between them")
		return
	}
	n := 1
	if path == lastDue {
		n = t.count
	}
	if t.otherwise != "" {
		own := t
		own.method = methods[c.Text(dateMethod)]
		if fits, _ := own.fits(t.issue, t.every, n, printed); !fits {
			c.Broken(dateMethod, "", "both due dates are those of the method that is "+t.otherwise+" in published contracts").Severity = schema.Info
		}
		return
	}
	fits, want := t.fits(t.issue, t.every, n, printed)
	switch {
	case fits:
	case want.IsZero():
		c.NotEvaluable("no due dates follow from the terms")
	case !t.known:
		c.NotEvaluable("the method of computing dates is not known, and none of the known ones gives the date")
	default:
		if wrong, expected, reason := t.wrong(); wrong != "" {
			c.Broken(wrong, expected, reason)
			return
		}
		c.Broken(path, want.String(), t.reason(n))
	}
}

// methods of computing dates that are known, by dateCalcMethodId.
var methods = map[string]loan.Method{"101231": loan.CalendarMonths, "101232": loan.Days, "101233": loan.DaysFromIssue}

// terms from which due dates follow; zero where the contract does not give them.
type terms struct {
	created, issue, first, last date.Date
	every, count                int // trancheDuration and trancheCount
	method                      loan.Method
	known                       bool // the method
	// otherwise is the id of the method that both due dates follow where that of the
	// contract gives neither or one; method is that one then.
	otherwise string
	moved     bool // dates are moved off days off
	calendar  schema.WorkingDays
}

// termsOf a contract, without asking for what it does not give.
func termsOf(c *schema.Case) terms {
	t := terms{
		created: c.Value("creationDate").Date, issue: c.Value(issuePlan).Date,
		first: c.Value(firstDue).Date, last: c.Value(lastDue).Date,
		every: c.Value(duration).Count(loan.MaxStep), count: c.Value(tranches).Count(loan.MaxStep),
		moved: c.Value(onHolidays).Text == "false", calendar: c.Calendar(),
	}
	t.method, t.known = methods[c.Value(dateMethod).Text]
	t.adopt()
	return t
}

// adopt the method that both due dates follow, when it is another than that of the
// contract: which id is which is said by the installation only.
func (t *terms) adopt() {
	if !t.known || t.every <= 0 || t.count <= 0 || t.both(t.issue, t.every) {
		return
	}
	for _, id := range slices.Sorted(maps.Keys(methods)) {
		other := *t
		if other.method = methods[id]; other.method != t.method && other.both(t.issue, t.every) {
			t.method, t.otherwise = other.method, id
			return
		}
	}
}

// both tells whether both due dates follow from an issue date and a time between
// the dates.
func (t *terms) both(issue date.Date, every int) bool {
	first, _ := t.fits(issue, every, 1, t.first)
	last, _ := t.fits(issue, every, t.count, t.last)
	return first && last
}

// fits tells whether a printed date can be the n-th due date of a loan issued on a
// day, and the first of the dates that it can be; no date when there is none.
func (t *terms) fits(issue date.Date, every, n int, printed date.Date) (fits bool, want date.Date) {
	is := func(by loan.Stepping, n int) bool {
		due, err := loan.LastDueDate(issue, n, by)
		if err != nil {
			return false // the calendar does not reach so far, or there are no such dates
		}
		if want.IsZero() {
			want = due
		}
		return due == printed
	}
	for _, m := range tried {
		if t.known && m != t.method {
			continue
		}
		step := steps(m, every)
		far := loan.Stepping{Method: m, Every: step * n}
		if !t.moved {
			if is(far, 1) {
				return true, printed
			}
			continue
		}
		// By weekends only, as in the published contract, and by the country's calendar.
		for _, days := range [...]loan.WorkingDays{loan.WeekendsOnly{}, t.calendar} {
			if days == nil {
				continue
			}
			far.DaysOff = days
			if is(far, 1) || n > 1 && m != loan.DaysFromIssue && is(loan.Stepping{Method: m, Every: step, DaysOff: days, Carry: true}, n) {
				return true, printed
			}
		}
	}
	return false, want
}

// nth tells whether a day is the n-th due date by terms that are known.
func (t *terms) nth(n int, day date.Date) bool {
	if !t.known || t.every <= 0 || t.count < n {
		return false
	}
	fits, _ := t.fits(t.issue, t.every, n, day)
	return fits
}

// tried are the methods that the dates can follow.
var tried = [...]loan.Method{loan.DaysFromIssue, loan.Days, loan.CalendarMonths}

// steps is how many days or months a method makes of trancheDuration: thirty days
// are a month.
func steps(m loan.Method, every int) int {
	switch {
	case m != loan.CalendarMonths:
		return every
	case every%30 == 0:
		return every / 30
	case every == 28 || every == 31:
		return 1
	}
	return every
}

// wrong is the value that is wrong when neither due date follows from the terms
// and both would with another: the issue date, or the time between the dates. It
// is "" when there is none.
func (t *terms) wrong() (path, expected, reason string) {
	if fits, _ := t.fits(t.issue, t.every, 1, t.first); fits || t.first.IsZero() || t.last.IsZero() {
		return "", "", ""
	}
	if fits, _ := t.fits(t.issue, t.every, t.count, t.last); fits {
		return "", "", ""
	}
	// With one installment any shift of one date is also one of the other.
	if t.count > 1 || t.both(t.created, t.every) {
		for _, issue := range t.before(t.first) {
			if (t.count > 1 || issue == t.created) && t.both(issue, t.every) {
				return issuePlan, issue.String(), "both due dates follow from this date by the other terms"
			}
		}
	}
	if t.method == loan.CalendarMonths || t.count == 1 {
		return "", "", ""
	}
	for back := range movedAtMost + 1 {
		if every := t.first.DaysSince(t.issue) - back; every > 0 && t.both(t.issue, every) {
			return duration, strconv.Itoa(every), "both due dates follow from it by the other terms"
		}
	}
	return "", "", ""
}

// movedAtMost is how many days a date is moved when a fitting term is looked for.
const movedAtMost = 3

// before are the days on which a loan can be issued whose first due date is known,
// the likeliest first.
func (t *terms) before(first date.Date) []date.Date {
	var days []date.Date
	step := steps(t.method, t.every)
	for back := range movedAtMost + 1 {
		planned := first.AddDays(-back)
		if t.method == loan.CalendarMonths {
			days = append(days, planned.AddMonths(-step, planned.Day()))
		} else {
			days = append(days, planned.AddDays(-step))
		}
		if !t.moved {
			break
		}
	}
	return days
}

// reason of the n-th due date.
func (t *terms) reason(n int) string {
	unit := " day"
	if t.method == loan.CalendarMonths {
		unit = " month"
	}
	every := steps(t.method, t.every)
	reason := strconv.Itoa(every) + unit
	if every > 1 {
		reason += "s"
	}
	if n > 1 {
		reason = strconv.Itoa(n) + " times " + reason
	}
	reason += " after " + t.issue.String()
	if t.moved {
		return reason + ", moved off days off"
	}
	return reason
}
