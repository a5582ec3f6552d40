package across

import (
	"slices"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// components of a schedule's rows.
var components = []string{"main_debt", "percent", "penalty"}

// factDates are the dates of the payments made.
var factDates = []string{
	"schedule.Details.main_debt.fact_payment.date", "schedule.Details.percent.fact_payment.date",
	"schedule.Details.penalty.fact_payment.date",
}

// dateRules compare the dates and the status of a contract with its schedule.
func dateRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "XD-06", Title: "the last date of the contract is not that of the schedule",
			Cites: arifmetika + "repay_before, repayment_date, plan_payment_date, fact_payment.date", Basis: schema.Inferred,
			Law: "while something is left, repay_before is the last plan_payment_date; " +
				"when all is paid, repayment_date is the last date of a fact_payment",
			Reads: append([]string{
				"contract.repay_before", "contract.repayment_date", planDate, mainLeft, percentLeft, penaltyLeft,
			}, factDates...),
			Check: checkLastDate, Severity: schema.Error,
			Why: "The contract ends with the last payment of its schedule.",
		},
		{
			ID: "XD-07", Title: "the status contradicts the schedule",
			Cites: arifmetika + "status, end_balance", Basis: schema.Inferred,
			Law: "an issued contract is completed when every end_balance is 0, else expired when an installment " +
				"due before today has something left, else active",
			Reads: []string{"contract.status", planDate, mainLeft, percentLeft, penaltyLeft},
			Check: checkStatusBySchedule, Severity: schema.Error,
			Why: "The statuses say what is owed and what is overdue, and the schedule shows it row by row.",
		},
		{
			ID: "XD-08", Title: "the schedule begins before the contract",
			Cites: arifmetika + "contract_date, plan_payment_date, fact_payment.date", Basis: schema.Inferred,
			Law:   "contract_date is before the first plan_payment_date, and not after the first date of a fact_payment",
			Reads: append([]string{"contract.contract_date", planDate}, factDates...),
			Check: checkBegin, Severity: schema.Error,
			Why: "Nothing is due and nothing is paid on a contract that does not exist yet.",
		},
	}
}

// isOpen tells whether anything of an installment is not paid.
func isOpen(row *schema.Case) bool {
	left := isLeft(row)
	return row.Amount("penalty.end_balance").Sign() > 0 || left
}

func checkLastDate(c *schema.Case) {
	open := false
	var last, paid date.Date
	for _, row := range c.Rows("schedule.Details") {
		open = isOpen(&row) || open
		last = later(last, row.Date("plan_payment_date"))
		for _, component := range components {
			for _, fact := range row.Rows(component + ".fact_payment") {
				paid = later(paid, fact.Date("date"))
			}
		}
	}
	path, want, reason := "contract.repayment_date", paid, "all is paid, and the schedule's last payment was made that day"
	if open {
		path, want, reason = "contract.repay_before", last, "the last installment of the schedule is due that day"
	}
	stated := dateOrNone(c, path)
	switch {
	case want.IsZero():
		c.NotApplicable("the schedule lists no payments")
	case stated != want:
		c.Broken(path, want.String(), reason)
	}
}

func later(a, b date.Date) date.Date {
	if b.After(a) {
		return b
	}
	return a
}

func checkStatusBySchedule(c *schema.Case) {
	status, today := c.Text("contract.status"), c.AsOf()
	if !isIssued(status) {
		c.NotApplicable("the contract is not issued")
		return
	}
	want, reason := "completed", "the schedule has nothing left to pay"
	for _, row := range c.Rows("schedule.Details") {
		due := row.Date("plan_payment_date")
		switch {
		case !isOpen(&row):
		case due.Before(today):
			want, reason = "expired", "an installment due on "+due.String()+" has something left"
		case want == "completed":
			want, reason = "active", "the schedule has something left to pay, and nothing is overdue"
		}
		if want == "expired" {
			break
		}
	}
	if status != want {
		c.Broken("contract.status", want, reason)
	}
}

// issued are the statuses of contracts under which money was paid out.
var issued = []string{"active", "expired", "completed"}

func isIssued(status string) bool { return slices.Contains(issued, status) }

func checkBegin(c *schema.Case) {
	signed := c.Date("contract.contract_date")
	var first, paid dated
	for _, row := range c.Rows("schedule.Details") {
		first.earlier(row, "plan_payment_date")
		for _, component := range components {
			for _, fact := range row.Rows(component + ".fact_payment") {
				paid.earlier(fact, "date")
			}
		}
	}
	dueEarly := !first.on.IsZero() && !signed.Before(first.on)
	paidEarly := !paid.on.IsZero() && paid.on.Before(signed)
	switch {
	case dueEarly && paidEarly:
		c.Broken("contract.contract_date", "", "the first installment is due on "+first.on.String()+
			" and the first payment was made on "+paid.on.String())
	case dueEarly:
		first.at.Broken("plan_payment_date", "", "the contract is of "+signed.String())
	case paidEarly:
		paid.at.Broken("date", "", "the contract is of "+signed.String())
	}
}

// dated is the row with the earliest date of some.
type dated struct {
	at schema.Case
	on date.Date
}

func (d *dated) earlier(row schema.Case, path string) {
	if on := row.Date(path); !on.IsZero() && (d.on.IsZero() || on.Before(d.on)) {
		d.at, d.on = row, on
	}
}
