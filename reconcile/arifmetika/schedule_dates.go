package arifmetika

import (
	"strconv"
	"strings"
	"time"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// installmentRules are the laws of the numbers and due dates of installments.
func installmentRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AS-12", Title: "the installments are not numbered in order",
			Cites: schedule + "plan_payment_number", Basis: schema.Inferred,
			Law:  "plan_payment_number is the place of the installment in Details, from 1, or one more than the number before it",
			Each: []string{"Details"}, Reads: []string{"Details.plan_payment_number"}, Check: checkInstallmentNumber,
			Severity: schema.Error,
			Why:      "A number left out or given twice means that an installment is missing, stands twice or stands elsewhere.",
		},
		{
			ID: "AS-13", Title: "a due date is no date or does not follow the one before it",
			Cites: schedule + "plan_payment_date", Basis: schema.Inferred,
			Law:  "plan_payment_date is a date, and later than that of the installment before",
			Each: []string{"Details"}, Reads: []string{"Details.plan_payment_date"}, Check: checkDueDate,
			Severity: schema.Error, Replaces: "IN-06",
			Why: "The schedule lists the installments in the order in which they fall due.",
		},
		{
			ID: "AS-19", Title: "a due date is not a month after the one before it",
			Cites: schedule + "plan_payment_date", Basis: schema.Inferred,
			Law: "where most of the installments fall due on one day of successive months, all do, on the last day of a " +
				"month that is too short for it",
			Reads: []string{"Details.plan_payment_date"}, Check: checkMonthly,
			Severity: schema.Info,
			Why:      "The published schedule leads from 31 January to 29 February. Other steps exist, and then nothing is said.",
		},
	}
}

func checkInstallmentNumber(c *schema.Case) {
	number, want := c.Text("plan_payment_number"), strconv.Itoa(c.Number()+1)
	if is(number, want) {
		return
	}
	// What is out of step because of a row before is told there.
	if before, ok := c.Previous(); ok {
		last, err := strconv.Atoi(before.Text("plan_payment_number"))
		if err == nil && is(number, strconv.Itoa(last+1)) {
			return
		}
	}
	c.Broken("plan_payment_number", want, "it is the number of neither this place nor the one after the number before")
}

// is tells whether a text is a number, with zeros before it perhaps.
func is(text, number string) bool { return strings.TrimLeft(text, "0") == number }

func checkDueDate(c *schema.Case) {
	if noDate(c, "plan_payment_date") {
		return
	}
	before, ok := c.Previous()
	if !ok {
		return
	}
	due, last := c.Date("plan_payment_date"), before.Date("plan_payment_date")
	if last.IsZero() || due.IsZero() || due.After(last) {
		return
	}
	// Of the two the one is wrong that is not in step with its other neighbour.
	after, earlier := neighbour(c.Next()), neighbour(before.Previous())
	switch {
	case inStep(earlier, due, 2):
		before.Broken("plan_payment_date", between(earlier, due), "the next installment is due on "+due.String())
	case inStep(last, after, 2):
		c.Broken("plan_payment_date", between(last, after), "the installment before it is due on "+last.String())
	case earlier.IsZero() && inStep(due, after, 1):
		before.Broken("plan_payment_date", "", "the next installment is due on "+due.String())
	default:
		c.Broken("plan_payment_date", "", "the installment before it is due on "+last.String())
	}
}

// noDate tells of a text where a date should be.
func noDate(c *schema.Case, path string) bool {
	meant, reason := c.NoDay(path)
	if reason != "" {
		c.Broken(path, meant, reason)
	}
	return reason != ""
}

// neighbour is the due date of a row, and no date when there is none.
func neighbour(row schema.Case, ok bool) date.Date {
	if !ok {
		return date.Date{}
	}
	return row.Value("plan_payment_date").Date
}

// inStep tells whether two due dates lie so many months apart.
func inStep(from, to date.Date, months int) bool {
	return !from.IsZero() && !to.IsZero() && to == stepped(from, to, months)
}

// stepped is the date so many months after another in a schedule that leads to a
// third: 31 March after 29 February where the schedule has a 31st.
func stepped(from, to date.Date, months int) date.Date {
	day := from.Day()
	if from.IsMonthEnd() {
		day = max(day, to.Day())
	}
	return from.AddMonths(months, day)
}

// between is the due date between two that are two months apart, and "" where
// ends of short months do not tell the day.
func between(from, to date.Date) string {
	if from.IsMonthEnd() && to.IsMonthEnd() && max(from.Day(), to.Day()) < 31 {
		return ""
	}
	return stepped(from, to, 1).String()
}

func checkMonthly(c *schema.Case) {
	rows := c.Rows("Details")
	var room [fewDays]date.Date
	due := room[:0]
	for i := range rows {
		due = append(due, rows[i].Date("plan_payment_date"))
		if due[i].IsZero() {
			return
		}
	}
	plan, rival, fits := monthlyPlan(due)
	switch {
	case fits == len(due) && fits > 1:
		return
	case 2*fits <= len(due) || evenSteps(due):
		c.NotApplicable("the installments do not step by months")
		return
	case rival != plan:
		c.BrokenRow("as many installments are due on day " + strconv.Itoa(plan.day) + " of successive months as on day " +
			strconv.Itoa(rival.day))
		return
	}
	inStepBefore := true
	for i := range rows {
		want := plan.due(i)
		// A row of rows that keep step with each other is out of step for one cause.
		if due[i] != want && (inStepBefore || !inStep(due[i-1], due[i], 1)) {
			rows[i].Broken("plan_payment_date", want.String(),
				"most installments are due on day "+strconv.Itoa(plan.day)+" of successive months")
		}
		inStepBefore = due[i] == want
	}
}

// evenSteps tells whether all due dates are as many days apart.
func evenSteps(due []date.Date) bool {
	for i := 2; i < len(due); i++ {
		if due[i].DaysSince(due[i-1]) != due[1].DaysSince(due[0]) {
			return false
		}
	}
	return true
}

// monthly is a schedule of one installment a month: the month before the first,
// counted from the year 0, and the day.
type monthly struct{ before, day int }

// due date of the installment in place i; no date outside the calendar.
func (m monthly) due(i int) date.Date {
	month := m.before + i
	first, _ := date.Of(month/12, time.Month(month%12+1), 1)
	return first.AddMonths(0, m.day)
}

// monthlyPlan is the monthly schedule that most due dates fit, and how many do;
// the rival has another day and fits as many, or else is the same.
func monthlyPlan(due []date.Date) (best, rival monthly, fits int) {
	var begin, inside majority
	latest := 0
	for i, d := range due {
		begin.vote(d.Year()*12 + int(d.Month()) - 1 - i)
		if !d.IsMonthEnd() {
			inside.vote(d.Day())
		}
		latest = max(latest, d.Day())
	}
	best, rival = monthly{begin.choice, latest}, monthly{begin.choice, inside.choice}
	fits, others := best.fits(due), rival.fits(due)
	switch {
	case others > fits:
		return rival, rival, others
	case others < fits:
		return best, best, fits
	}
	return best, rival, fits
}

// fits counts the due dates that are those of the schedule.
func (m monthly) fits(due []date.Date) (n int) {
	for i, d := range due {
		if d == m.due(i) {
			n++
		}
	}
	return n
}

// majority finds what more than half of the votes are for, if anything is (Boyer
// and Moore).
type majority struct{ choice, lead int }

func (m *majority) vote(v int) {
	switch {
	case m.lead == 0:
		m.choice, m.lead = v, 1
	case m.choice == v:
		m.lead++
	default:
		m.lead--
	}
}
