package across

import (
	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

const stepDays = "terms.creditFieldReq.trancheDuration"

// flowReads are the fields from which the planned payments follow.
var flowReads = append([]string{
	"terms.loanAmount", "terms.issuePlanDate", stepDays, planDate, "schedule.Details.main_debt.begin_balance",
	"schedule.Details.percent.begin_balance",
}, factDates...)

// installment is a planned payment with the principal owed before it.
type installment struct {
	from, due                date.Date
	owed, principal, planned calc.Amount
}

// installments of the schedule; none, and the case says why, when its interest may
// have been computed anew, or its days do not follow each other.
func installments(c *schema.Case) []installment {
	from, owed := c.Date("terms.issuePlanDate"), c.Amount("terms.loanAmount")
	rows := c.Rows("schedule.Details")
	all := make([]installment, 0, len(rows))
	for i := range rows {
		row := &rows[i]
		one := installment{
			from: from, due: row.Date("plan_payment_date"), owed: owed,
			principal: row.Amount("main_debt.begin_balance"), planned: row.Amount("percent.begin_balance"),
		}
		for _, component := range components[:2] {
			for _, fact := range row.Rows(component + ".fact_payment") {
				if on := fact.Date("date"); on != one.due {
					c.NotApplicable("a payment was made on another day than planned, and interest may have been computed anew")
					return nil
				}
			}
		}
		if !one.due.After(from) {
			c.NotEvaluable("the days of the installments do not follow each other")
			return nil
		}
		from, owed = one.due, owed.Minus(one.principal)
		all = append(all, one)
	}
	if len(all) == 0 {
		c.NotApplicable("the schedule has no installments")
	}
	return all
}

func checkRates(c *schema.Case) {
	rate := c.Amount("terms.creditFieldReq.interestForTranche")
	for _, name := range []string{"interestFreePeriod", "interestGracePeriod", "qtyTranchesFirstPeriod", "qtyTranchesSecondPeriod"} {
		if path := "terms.creditFieldReq." + name; c.Given(path) && c.Amount(path).Sign() > 0 {
			c.NotApplicable("not all days and installments have the one rate")
			return
		}
	}
	all := installments(c)
	if len(all) == 0 || rate.Sign() == 0 {
		return
	}
	charged := charges(c, all, rate)
	fit := loan.FitCharges(charged)
	switch {
	case fit.Off == 0:
		return
	case !fit.Proved:
		c.NotEvaluable("by no reading of interestForTranche, " + rate.String() + " %, do most installments of the schedule have the " +
			"interest that they plan")
		return
	}
	rows := c.Rows("schedule.Details")
	for i := range charged {
		if !fit.Gives(&charged[i]) {
			rows[i].Off("percent.begin_balance", fit.Interest(&charged[i]), rate.String()+" "+fit.For.String()+
				" gives it, as it does in the other installments")
		}
	}
}

// charges are the installments as the terms charge them.
func charges(c *schema.Case, all []installment, rate calc.Amount) []loan.Charged {
	isSet := func(path string) bool { return c.Given(path) && c.Flag(path) }
	bothEnds := isSet("terms.creditFieldReq.calcIntOnIssueDate")
	onLoan := isSet("terms.creditFieldReq.interestOnLoanAmount")
	charged := make([]loan.Charged, len(all))
	for i := range all {
		one := &all[i]
		owed := one.owed
		if onLoan {
			owed = c.Amount("terms.loanAmount")
		}
		charged[i] = loan.Charged{
			Time:      loan.Time{From: one.from, Due: one.due, BothEnds: bothEnds, Step: c.Value(stepDays).Count(loan.MaxStep)},
			Principal: owed, Other: owed, Percent: rate, Interest: one.planned,
		}
	}
	return charged
}

func checkFullCost(c *schema.Case) {
	stated := c.Amount("terms.fullCostOfCredit")
	if stated.Sign() == 0 {
		c.NotApplicable("the full cost is not computed")
		return
	}
	for _, name := range []string{"joinFee", "fixedJoinFee", "insuranceFee", "fixedInsuranceFee", "estimateFee", "fixedEstimateFee"} {
		if c.Given("terms."+name) && c.Amount("terms."+name).Sign() > 0 {
			c.NotEvaluable("the schedule does not have the fees of the terms")
		}
	}
	if c.HasRows("terms.creditFieldReq.fees") && len(c.Rows("terms.creditFieldReq.fees")) > 0 {
		c.NotEvaluable("the schedule does not have the fees of the terms")
	}
	if path := "terms.creditFieldReq.useDelinqIntRateForPsk"; c.Given(path) && c.Flag(path) {
		c.NotEvaluable("the full cost is that of the rate when overdue, which the schedule does not have")
	}
	all := installments(c)
	if len(all) == 0 {
		return
	}
	lent, issued := c.Amount("terms.loanAmount"), c.Date("terms.issuePlanDate")
	flows := []loan.Flow{{Date: issued, Amount: lent.Neg()}}
	for i := range all {
		flows = append(flows, loan.Flow{Date: all[i].due, Amount: all[i].principal.Plus(all[i].planned)})
	}
	cost, err := loan.FitFullCost(flows, stated, loan.Period{Days: c.Value(stepDays).Count(loan.MaxStep)})
	switch {
	case err != nil:
		c.NotEvaluable("the payments of the schedule have no rate")
	case !cost.Fits:
		c.Off("terms.fullCostOfCredit", cost.Percent, cost.String())
	}
}
