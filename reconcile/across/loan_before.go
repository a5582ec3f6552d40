package across

import (
	"tieout/calc/date"
	"tieout/calc/schema"
)

// paidSince are the conditions of the payments made between the two snapshots.
const paidSince = " where date > previous_as_of and date <= as_of"

// rollForwardRules lead from the balances of an earlier snapshot to those of today.
func rollForwardRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "RF-01", Title: "the principal owed does not follow from the earlier one and the payments since",
			Cites: arifmetika + "main_debt_balance, fact_payment" + snapshots, Basis: schema.Inferred, Adjustments: balanceEvents,
			Formula: "contract.main_debt_balance = contract_before.main_debt_balance - " +
				"sum(schedule.Details.main_debt.fact_payment.payment_sum" + paidSince + ")",
			Severity: schema.Error,
			Why:      "Principal is only paid back; nothing is added to it.",
		},
		{
			ID: "RF-06", Title: "what was paid in all did not grow by the payments since",
			Cites: arifmetika + "Total.payment_sum, fact_payment" + snapshots, Basis: schema.Inferred,
			Formula: "for c in {main_debt, percent, penalty}: schedule.Total.c.payment_sum = " +
				"schedule_before.Total.c.payment_sum + sum(schedule.Details.c.fact_payment.payment_sum" + paidSince + ")",
			Severity: schema.Error,
			Why:      "What is paid of principal, interest and penalty is what was paid before and what was paid since.",
		},
	}
}

// lastingRules name what two snapshots of a contract have in common.
func lastingRules() []schema.Rule {
	reads := []string{
		"contract.contract_date", "contract.type", "contract.payment_receiver",
		"contract_before.contract_date", "contract_before.type", "contract_before.payment_receiver",
	}
	var payments []string
	for _, part := range []string{"schedule", "schedule_before"} {
		rows := []string{part + ".Details.plan_payment_number", part + ".Details.plan_payment_date"}
		reads = append(reads, rows...)
		reads = append(reads, part+".Details.main_debt.begin_balance", part+".Details.percent.begin_balance")
		payments = append(payments, rows...)
		for _, c := range components {
			payments = append(payments, part+".Details."+c+".fact_payment.date", part+".Details."+c+".fact_payment.payment_sum")
		}
	}
	return []schema.Rule{
		{
			ID: "RF-04", Title: "the contract is not the one of the earlier snapshot",
			Cites:   arifmetika + "contract_date, contract_sum, type, payment_receiver, begin_balance" + snapshots,
			Basis:   schema.Inferred,
			Formula: "contract.contract_sum = contract_before.contract_sum",
			Law: "contract_date, type and payment_receiver stay, and so does begin_balance of principal and interest " +
				"in a schedule of the same dates",
			Reads: reads, Check: checkLasting, Severity: schema.Error,
			Why: "A contract is not rewritten, and what its installments begin with stays until the schedule is made anew.",
		},
		{
			ID: "RF-05", Title: "a payment of the earlier snapshot is changed or gone",
			Cites: arifmetika + "fact_payment" + snapshots, Basis: schema.Inferred,
			Law:   "date and payment_sum of every fact_payment stay; payments are only added behind them",
			Reads: payments, Check: checkPayments, Severity: schema.Error,
			Why: "A payment was made; a reversal is a payment of its own.",
		},
	}
}

// isGiven tells whether the part of a value is there, whether or not the value is.
func isGiven(c *schema.Case, path string) bool { return !c.Value(path).Waived }

// sameSchedule pairs the installments of the schedule with those of the earlier
// one. There are none when one is missing, or when their numbers or dates differ:
// then the schedule was made anew.
func sameSchedule(c *schema.Case) (now, before []schema.Case) {
	now, before = c.Rows("schedule.Details"), c.Rows("schedule_before.Details")
	if len(now) != len(before) {
		return nil, nil
	}
	for i := range now {
		if now[i].Text("plan_payment_number") != before[i].Text("plan_payment_number") ||
			now[i].Date("plan_payment_date") != before[i].Date("plan_payment_date") {
			return nil, nil
		}
	}
	return now, before
}

func checkLasting(c *schema.Case) {
	contracts := isGiven(c, "contract.type") && isGiven(c, "contract_before.type")
	if contracts {
		for _, name := range []string{"contract_date", "type"} {
			stays(c, "contract."+name, c.Text("contract_before."+name))
		}
		if c.Given("contract.payment_receiver") && c.Given("contract_before.payment_receiver") {
			stays(c, "contract.payment_receiver", c.Text("contract_before.payment_receiver"))
		}
	}
	if contracts && (!c.HasRows("schedule.Details") || !c.HasRows("schedule_before.Details")) {
		return
	}
	now, before := sameSchedule(c)
	if len(now) == 0 && !contracts {
		c.NotApplicable("the schedule was made anew")
	}
	for i := range now {
		for _, path := range []string{"main_debt.begin_balance", "percent.begin_balance"} {
			if was := before[i].Amount(path); !now[i].Amount(path).Equal(was) {
				now[i].Off(path, was, "the earlier snapshot has it, in a schedule of the same dates")
			}
		}
	}
}

// stays tells a text that is not the one of the earlier snapshot.
func stays(c *schema.Case, path, before string) {
	if c.Text(path) != before {
		c.Broken(path, before, "the earlier snapshot of the contract has it")
	}
}

func checkPayments(c *schema.Case) {
	now, before := sameSchedule(c)
	if len(now) == 0 {
		c.NotApplicable("the schedule was made anew")
	}
	for i := range now {
		for _, component := range components {
			paid, was := now[i].Rows(component+".fact_payment"), before[i].Rows(component+".fact_payment")
			for k := range was {
				if k < len(paid) {
					checkPayment(&paid[k], &was[k])
				} else {
					was[k].BrokenRow("the payment of " + was[k].Amount("payment_sum").String() + " on " +
						was[k].Date("date").String() + " is not in the schedule any more")
				}
			}
		}
	}
}

// checkPayment compares a payment with what it was.
func checkPayment(paid, was *schema.Case) {
	if on := was.Text("date"); paid.Text("date") != on {
		paid.Broken("date", on, "the earlier snapshot has it")
	}
	if sum := was.Amount("payment_sum"); !paid.Amount("payment_sum").Equal(sum) {
		paid.Off("payment_sum", sum, "the earlier snapshot has it")
	}
}

// statusRules name what may become of a contract.
func statusRules() []schema.Rule {
	paid := []string{}
	for _, part := range []string{"schedule", "schedule_before"} {
		for _, c := range components {
			paid = append(paid, part+".Total."+c+".payment_sum")
		}
	}
	return []schema.Rule{
		{
			ID: "RF-07", Title: "the status went back",
			Cites: arifmetika + "status" + snapshots, Basis: schema.Inferred,
			Law: "status goes from in_process by on_check and transfer_process to active or expired, between which it changes, " +
				"and to completed; back from completed only when less is paid than before",
			Reads: append([]string{"contract.status", "contract_before.status"}, paid...),
			Check: checkStatusMove, Severity: schema.Warning,
			Why: "An issued contract was an application once and does not become one again; a repaid one is open again " +
				"only when a payment was taken back.",
		},
		{
			ID: "RF-08", Title: "a date that was reached has moved",
			Cites: arifmetika + "repayment_date, date_planned_payment" + snapshots, Basis: schema.Inferred,
			Law: "repayment_date, once set, stays; date_planned_payment does not go back",
			Reads: []string{
				"contract.status", "contract_before.status", "contract.repayment_date", "contract_before.repayment_date",
				"contract.date_planned_payment", "contract_before.date_planned_payment",
			},
			Check: checkMovedDates, Severity: schema.Warning,
			Why: "The day of repayment is past, and after a payment the next one is due later.",
		},
	}
}

// steps of a contract from the application to the last payment.
var steps = map[string]int{
	"in_process": 1, "on_check": 2, "transfer_process": 3, "active": 4, "expired": 4, "completed": 5,
}

func checkStatusMove(c *schema.Case) {
	now, before := c.Text("contract.status"), c.Text("contract_before.status")
	switch {
	case steps[now] == 0 || steps[before] == 0:
		c.NotApplicable("the status is none of those that follow each other")
	case steps[now] >= steps[before]:
	case before == "completed" && isIssued(now):
		if !isGiven(c, "schedule.Total.main_debt.payment_sum") || !isGiven(c, "schedule_before.Total.main_debt.payment_sum") {
			c.NotEvaluable("whether a payment was taken back is not known without both schedules")
			return
		}
		if !paidLess(c) {
			c.Broken("contract.status", before, "it was completed, and no payment was taken back")
		}
	default:
		c.Broken("contract.status", "", "it was "+before+" before")
	}
}

// paidLess tells whether less is paid than in the earlier snapshot.
func paidLess(c *schema.Case) bool {
	less := false
	for _, component := range components {
		path := ".Total." + component + ".payment_sum"
		less = c.Amount("schedule"+path).Cmp(c.Amount("schedule_before"+path)) < 0 || less
	}
	return less
}

func checkMovedDates(c *schema.Case) {
	repaid, was := dateOrNone(c, "contract.repayment_date"), dateOrNone(c, "contract_before.repayment_date")
	reopened := c.Text("contract_before.status") == "completed" && c.Text("contract.status") != "completed"
	if !was.IsZero() && repaid != was && !reopened {
		c.Broken("contract.repayment_date", was.String(), "the earlier snapshot has that day")
	}
	planned, before := dateOrNone(c, "contract.date_planned_payment"), dateOrNone(c, "contract_before.date_planned_payment")
	if isBack(planned, before) {
		c.Broken("contract.date_planned_payment", "", "it was "+before.String()+" in the earlier snapshot")
	}
	if was.IsZero() && (planned.IsZero() || before.IsZero()) {
		c.NotApplicable("there is no date that could have moved")
	}
}

// isBack tells whether a date is before what it was; none is not.
func isBack(now, before date.Date) bool {
	return !now.IsZero() && !before.IsZero() && now.Before(before)
}
