package across

import "tieout/calc/schema"

// termsRules compare the terms of a loan with its schedule.
func termsRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "XD-11", Title: "the schedule is not over the loan amount of the terms",
			Cites: terms + "loanAmount, main_debt.begin_balance", Basis: schema.Inferred,
			Formula:  "terms.loanAmount = sum(schedule.Details.main_debt.begin_balance)",
			Severity: schema.Error,
			Why:      "The installments repay the whole loan and no more.",
		},
		{
			ID: "XD-12", Title: "the schedule has not the installments and dates of the terms",
			Cites: terms + "trancheCount, firstRepaymentDate, repaymentPlanDate, plan_payment_date", Basis: schema.Inferred,
			Formula:  "terms.creditFieldReq.trancheCount = count(schedule.Details)",
			Law:      "the first and the last plan_payment_date are firstRepaymentDate and repaymentPlanDate",
			Reads:    []string{"terms.firstRepaymentDate", "terms.repaymentPlanDate", planDate},
			Check:    checkTermDates,
			Severity: schema.Error,
			Why:      "The terms say how many installments there are, and when the first and the last are due.",
		},
	}
}

func checkTermDates(c *schema.Case) {
	first, last := c.Date("terms.firstRepaymentDate"), c.Date("terms.repaymentPlanDate")
	rows := c.Rows("schedule.Details")
	if len(rows) == 0 {
		c.NotApplicable("the schedule has no installments")
		return
	}
	if due := rows[0].Date("plan_payment_date"); due != first {
		c.Broken("terms.firstRepaymentDate", due.String(), "the first installment of the schedule is due that day")
	}
	if due := rows[len(rows)-1].Date("plan_payment_date"); due != last {
		c.Broken("terms.repaymentPlanDate", due.String(), "the last installment of the schedule is due that day")
	}
}
