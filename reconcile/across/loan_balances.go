package across

import (
	"tieout/calc/date"
	"tieout/calc/schema"
)

// nextRow are the conditions of the row that the next planned payment is of: the
// first that is not past and not paid.
const nextRow = " where plan_payment_date >= as_of and some schedule.Details.{main_debt, percent}.end_balance > 0"

// balanceRules compare the balances of a contract with its schedule.
func balanceRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "XD-01", Title: "the principal owed is not what the schedule leaves",
			Cites: arifmetika + "main_debt_balance, Total.main_debt.end_balance", Basis: schema.Inferred, Adjustments: balanceEvents,
			Formula:  "contract.main_debt_balance = schedule.Total.main_debt.end_balance",
			Severity: schema.Error,
			Why:      "Both documents state the principal that is still owed.",
		},
		{
			ID: "XD-02", Title: "what is overdue is not what the past installments leave",
			Cites: arifmetika + "main_debt_overdue, interest_overdue, end_balance", Basis: schema.Inferred, Adjustments: balanceEvents,
			Formula: "contract.main_debt_overdue = sum(schedule.Details.main_debt.end_balance where plan_payment_date < as_of) and " +
				"contract.interest_overdue = sum(schedule.Details.percent.end_balance where plan_payment_date < as_of)",
			Severity: schema.Error,
			Why:      "Overdue is what was due before today and is not paid.",
		},
		{
			ID: "XD-03", Title: "the penalty owed is not what the schedule leaves",
			Cites: arifmetika + "penalty, Total.penalty.end_balance", Basis: schema.Inferred, Adjustments: balanceEvents,
			Formula:  "contract.penalty = schedule.Total.penalty.end_balance",
			Severity: schema.Error,
			Why:      "Both documents state the penalty that is still owed.",
		},
		{
			ID: "XD-04", Title: "the schedule is not over the sum of the contract",
			Cites: arifmetika + "contract_sum, Total.main_debt.begin_balance", Basis: schema.Inferred, Adjustments: balanceEvents,
			Formula: "contract.contract_sum = schedule.Total.main_debt.begin_balance when contract.type is not Installments",
			Clauses: []schema.Clause{{
				Formula:  "contract.contract_sum = schedule.Total.main_debt.begin_balance when contract.type is Installments",
				Severity: schema.Warning,
			}},
			Severity: schema.Error,
			Why: "The schedule distributes the sum of the contract. That of an instalment purchase is the original one, " +
				"without exchanges and returns, so there it is only to be looked at.",
		},
		{
			ID: "XD-05", Title: "the next planned payment is not the next of the schedule",
			Cites: arifmetika + "date_planned_payment, main_debt_planned_payment, interest_planned_payment", Basis: schema.Inferred,
			Formula: "contract.main_debt_planned_payment = first(schedule.Details.main_debt.end_balance" + nextRow + ")",
			Clauses: []schema.Clause{{
				Formula:  "contract.interest_planned_payment = first(schedule.Details.percent.end_balance" + nextRow + ")",
				Severity: schema.Warning,
			}},
			Law:      "date_planned_payment is the first plan_payment_date from today on with something left to pay; none when there is none",
			Reads:    []string{"contract.date_planned_payment", planDate, mainLeft, percentLeft},
			Check:    checkPlannedDate,
			Severity: schema.Error,
			Why:      "Both documents state the next payment. Its interest may be computed anew each day, so there a difference is only to be looked at.",
		},
		{
			ID: "XD-09", Title: "the interest owed is not what is overdue and what has accrued since",
			Cites: arifmetika + "interest_balance, interest_planned_payment_today, percent.end_balance", Basis: schema.Inferred,
			Formula: "contract.interest_balance = contract.interest_planned_payment_today + " +
				"sum(schedule.Details.percent.end_balance where plan_payment_date < as_of)",
			Severity: schema.Warning,
			Why:      "Interest that is owed is left from past installments or has accrued on the current one.",
		},
	}
}

// Names of fields that several rules read.
const (
	planDate    = "schedule.Details.plan_payment_date"
	mainLeft    = "schedule.Details.main_debt.end_balance"
	percentLeft = "schedule.Details.percent.end_balance"
	penaltyLeft = "schedule.Details.penalty.end_balance"
)

// isLeft tells whether principal or interest of an installment is not paid.
func isLeft(row *schema.Case) bool {
	main, percent := row.Amount("main_debt.end_balance"), row.Amount("percent.end_balance")
	return main.Sign() > 0 || percent.Sign() > 0
}

// dateOrNone is a date, zero where the document says that there is none.
func dateOrNone(c *schema.Case, path string) date.Date {
	if c.Value(path).State == schema.Empty {
		return date.Date{}
	}
	return c.Date(path)
}

func checkPlannedDate(c *schema.Case) {
	stated, today := dateOrNone(c, "contract.date_planned_payment"), c.AsOf()
	var next date.Date
	for _, row := range c.Rows("schedule.Details") {
		due := row.Date("plan_payment_date")
		if isLeft(&row) && !due.Before(today) && next.IsZero() {
			next = due
		}
	}
	switch {
	case stated == next:
	case next.IsZero():
		c.Broken("contract.date_planned_payment", "", "the schedule has nothing left to pay from "+today.String()+" on")
	default:
		c.Broken("contract.date_planned_payment", next.String(), "the next installment of the schedule that is not paid is due that day")
	}
}
