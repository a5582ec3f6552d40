package across

import (
	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// flowReads are the fields from which the planned payments follow.
var flowReads = append([]string{
	"terms.loanAmount", "terms.issuePlanDate", planDate, "schedule.Details.main_debt.begin_balance",
	"schedule.Details.percent.begin_balance",
}, factDates...)

// installment is a planned payment with the principal owed before it.
type installment struct {
	due                      date.Date
	days                     int64
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
			due: row.Date("plan_payment_date"), owed: owed,
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
		one.days = int64(one.due.DaysSince(from))
		from, owed = one.due, owed.Minus(one.principal)
		all = append(all, one)
	}
	if len(all) == 0 {
		c.NotApplicable("the schedule has no installments")
	}
	return all
}

// hundredths and units are the roundings of interest in use.
var hundredths, units = calc.Rounding{Scale: 2}, calc.Rounding{}

// readings of the rate of a loan: what it is for.
var readings = []struct {
	name  string
	basis loan.Basis
	days  bool // it counts days, not installments
}{{"a day", loan.PerUnit, true}, {"an installment", loan.PerUnit, false}, {"a year", loan.Year365, true}}

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
	if path := "terms.creditFieldReq.calcIntOnIssueDate"; c.Given(path) && c.Flag(path) {
		for i := range all {
			all[i].days++
		}
	}
	if path := "terms.creditFieldReq.interestOnLoanAmount"; c.Given(path) && c.Flag(path) {
		for i := range all {
			all[i].owed = c.Amount("terms.loanAmount")
		}
	}
	best, most := 0, -1
	for r := range readings {
		fit := 0
		for i := range all {
			if all[i].fits(rate, r) {
				fit++
			}
		}
		if fit > most {
			best, most = r, fit
		}
	}
	if 2*most <= len(all) {
		c.Broken("terms.creditFieldReq.interestForTranche", "", "by no reading of the rate do most installments of the schedule "+
			"have the interest that they plan")
		return
	}
	rows := c.Rows("schedule.Details")
	for i := range all {
		if !all[i].fits(rate, best) {
			rows[i].Off("percent.begin_balance", all[i].interest(rate, best, hundredths), rate.String()+" % "+readings[best].name+
				" gives it, as it does in the other installments")
		}
	}
}

// interest of an installment by a reading of the rate.
func (i *installment) interest(rate calc.Amount, reading int, r calc.Rounding) calc.Amount {
	count := 1
	if readings[reading].days {
		count = int(i.days)
	}
	return loan.Interest(i.owed, rate, count, readings[reading].basis, r)
}

func (i *installment) fits(rate calc.Amount, reading int) bool {
	return i.planned.Equal(i.interest(rate, reading, hundredths)) || i.planned.Equal(i.interest(rate, reading, units))
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
	want, err := loan.FullCost(flows, loan.Period{})
	switch {
	case err != nil:
		c.NotEvaluable("the payments of the schedule have no rate")
	case !want.Equal(stated):
		c.Off("terms.fullCostOfCredit", want, "it is the rate at which the payments of the schedule are worth the loan amount")
	}
}
