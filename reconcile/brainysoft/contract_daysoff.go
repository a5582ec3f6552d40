package brainysoft

import (
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// dayOffRules are the laws of days off.
func dayOffRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-06", Title: "a due date is on a day off",
			Cites: contract + "creditFieldReq.allowHolidaysPayment", Basis: schema.Stated,
			Law:   "without allowHolidaysPayment, firstRepaymentDate, repaymentPlanDate and each repaymentDate are working days",
			Each:  []string{firstDue, lastDue, "schedules.tranches.repaymentDate"},
			Reads: []string{firstDue, lastDue, "schedules.tranches.repaymentDate", onHolidays}, Data: calendarData, Check: checkDayOff,
			Severity: schema.Info,
			Why: "The document says that dates are moved off holidays and weekends. The sample moves them off weekends only: " +
				"its last due date is a New Year holiday.",
		},
	}
}

func checkDayOff(c *schema.Case) {
	due := c.Date("")
	if c.Flag(onHolidays) {
		c.NotApplicable("the terms allow payments on days off")
		return
	}
	if repeated(c) {
		c.NotApplicable("the contract has the date as its first or last due date")
		return
	}
	calendar := c.Calendar()
	if calendar == nil {
		c.NotEvaluable("there is no calendar of working days")
		return
	}
	off, known := calendar.Off(due)
	switch {
	case !known && c.Value("") != firstUnknown(c, calendar):
		c.NotApplicable("told with another due date that the calendar of working days does not reach")
	case !known:
		c.NotEvaluable("the calendar of working days does not reach " + due.String())
	case off:
		next, _ := calendar.NextWorkingDay(due)
		reason := "it is a holiday"
		if weekend, _ := (loan.WeekendsOnly{}).Off(due); weekend {
			reason = "it is a " + due.Weekday().String()
		}
		c.Broken("", next.String(), reason)
	}
}

// firstUnknown is the first due date of which a calendar does not tell whether it is
// a day off: the last of the contract, else the first, else that of an installment.
// A long loan has many, for one reason.
func firstUnknown(c *schema.Case, calendar schema.WorkingDays) *schema.Value {
	unknown := func(v *schema.Value) bool {
		_, known := calendar.Off(v.Date)
		return !v.Date.IsZero() && !known
	}
	for _, path := range [...]string{lastDue, firstDue} {
		if v := c.Value(path); unknown(v) {
			return v
		}
	}
	for _, plan := range c.Rows("schedules") {
		for _, row := range plan.Rows("tranches") {
			if v := row.Value("repaymentDate"); unknown(v) {
				return v
			}
		}
	}
	return nil
}

// repeated tells whether the due date is also that of a field of more weight: the
// last of the contract, else the first.
func repeated(c *schema.Case) bool {
	due, first, last := c.Value(""), c.Value(firstDue), c.Value(lastDue)
	return due != last && (due.Date == last.Date || due != first && due.Date == first.Date)
}
