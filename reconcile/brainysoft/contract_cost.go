package brainysoft

import (
	"slices"

	"tieout/calc"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// costRules are the laws of the cost of a credit and of its fees.
func costRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-27", Title: "the full cost of credit does not follow from the schedule",
			Cites: contract + "fullCostOfCredit, creditFieldReq.fees.involvedInFullCostCalc, useDelinqIntRateForPsk", Basis: schema.Stated,
			Law: "fullCostOfCredit, unless 0, is i * 365/base * 100 to three decimals, where i is the rate of a base period (the interval " +
				"that lies most often between payments, 30 days, a month or trancheDuration) at which the payments of a schedule, " +
				"with the fees that count in it, are worth its amount",
			Reads: costReads, Check: checkFullCost,
			Severity: schema.Warning,
			Why: "The law on consumer credit (353-FZ, article 6) has the formula. 0 is a full cost that was not computed. " +
				"Of several schedules, any can be the one it was computed from. Which interval is the base period of a schedule " +
				"whose intervals differ, is read in several ways.",
		},
		{
			ID: "BC-28", Title: "a fixed fee is not the fee's rate of the loan amount",
			Cites: contract + "joinFee, fixedJoinFee, insuranceFee, fixedInsuranceFee, estimateFee, fixedEstimateFee", Basis: schema.Inferred,
			Law:   "a fixed fee = the rate of the fee * loanAmount / 100, to whole units or hundredths, where neither is 0",
			Reads: []string{"loanAmount", "joinFee", "fixedJoinFee", "insuranceFee", "fixedInsuranceFee", "estimateFee", "fixedEstimateFee"},
			Check: checkFees, Severity: schema.Info,
			Why: "The document has each fee as a rate and as a sum. Where both are given, they can also be two fees.",
		},
	}
}

// fees of the contract: the rate and the sum.
var fees = [...]struct{ rate, sum string }{
	{"joinFee", "fixedJoinFee"}, {"insuranceFee", "fixedInsuranceFee"}, {"estimateFee", "fixedEstimateFee"},
}

// The roundings of sums in use.
var (
	toUnits      = calc.Rounding{Scale: 0}
	toHundredths = calc.Rounding{Scale: 2}
)

func checkFees(c *schema.Case) {
	both := false
	for _, fee := range fees {
		if !nonzero(c, fee.rate) || !nonzero(c, fee.sum) {
			continue
		}
		both = true
		rate, sum, amount := c.Amount(fee.rate), c.Amount(fee.sum), c.Amount("loanAmount")
		want := loan.Interest(amount, rate, 1, loan.PerUnit, toHundredths)
		if !sum.Equal(want) && !sum.Equal(loan.Interest(amount, rate, 1, loan.PerUnit, toUnits)) {
			c.Off(fee.sum, want, fee.rate+" is "+rate.String()+" % of "+amount.String())
		}
	}
	if !both {
		c.NotApplicable("no fee is given both as a rate and as a sum")
	}
}

// costReads are the fields from which the full cost follows.
var costReads = append([]string{
	"fullCostOfCredit", "schedules.tranches.eachRepaymentFee", "creditFieldReq.fees.involvedInFullCostCalc",
	"creditFieldReq.useDelinqIntRateForPsk", "creditFieldReq.delinquencyIntRate",
	"joinFee", "fixedJoinFee", "insuranceFee", "fixedInsuranceFee", "estimateFee", "fixedEstimateFee",
}, interestReads...)

func checkFullCost(c *schema.Case) {
	printed := c.Amount("fullCostOfCredit")
	if printed.Sign() == 0 {
		c.NotApplicable("the full cost is not computed")
		return
	}
	plans := c.Rows("schedules")
	if len(plans) == 0 {
		c.NotApplicable("there is no schedule")
		return
	}
	if reason := otherCosts(c); reason != "" {
		c.NotEvaluable(reason)
		return
	}
	var first loan.CostFit
	for i := range plans {
		cost, reason := fullCost(c, &plans[i], printed)
		switch {
		case reason != "":
			c.NotEvaluable(reason)
			return
		case cost.Fits:
			return
		case i == 0:
			first = cost
		}
	}
	if c.Given("creditFieldReq.interestForTranche") && slices.ContainsFunc(plans, toldWrong) {
		c.NotEvaluable("the interest of an installment does not follow from the rate")
		return
	}
	c.Off("fullCostOfCredit", first.Percent, first.String())
}

// toldWrong tells whether the interest of some installments of a schedule does not
// follow from the rate, from which the others' does.
func toldWrong(plan schema.Case) bool {
	all := installmentsOf(&plan, plan.Rows("tranches"), nil)
	if len(all) == 0 {
		return false
	}
	fit := loan.FitCharges(charges(all, nil))
	return fit.Off > 0 && fit.Proved
}

// otherCosts is why the payments of a schedule are not all that the full cost
// depends on; "" when they are.
func otherCosts(c *schema.Case) string {
	for _, fee := range fees {
		if nonzero(c, fee.rate) || nonzero(c, fee.sum) {
			return "it is not stated whether the fees at issue count in the full cost"
		}
	}
	if c.Given("creditFieldReq.useDelinqIntRateForPsk") && c.Flag("creditFieldReq.useDelinqIntRateForPsk") &&
		nonzero(c, "creditFieldReq.delinquencyIntRate") &&
		!c.Amount("creditFieldReq.delinquencyIntRate").Equal(c.Amount("creditFieldReq.interestForTranche")) {
		return "the full cost is that of a schedule at the rate when overdue, which the answer does not have"
	}
	return ""
}

// counted tells whether the fees of installments count in the full cost; known is
// false when the contract does not tell.
func counted(c *schema.Case) (counts, known bool) {
	if !c.HasRows("creditFieldReq.fees") {
		return false, false
	}
	rows := c.Rows("creditFieldReq.fees")
	in := 0
	for i := range rows {
		if rows[i].Given("involvedInFullCostCalc") && rows[i].Flag("involvedInFullCostCalc") {
			in++
		}
	}
	return in > 0, len(rows) > 0 && (in == 0 || in == len(rows))
}

// fullCost compares the one that is printed with that of a schedule, or tells why it
// cannot be told.
func fullCost(c, plan *schema.Case, printed calc.Amount) (cost loan.CostFit, reason string) {
	rows := plan.Rows("tranches")
	if len(rows) == 0 {
		return cost, "the schedule has no installments"
	}
	if !follow(plan, rows) {
		return cost, "the periods of the installments do not follow each other"
	}
	counts, known := counted(c)
	amount := plan.Amount("amount")
	var room [64]loan.Flow
	flows := room[:0]
	flows = append(flows, loan.Flow{Date: rows[0].Date("issueDate"), Amount: amount.Neg()})
	paid, fees := calc.Amount{}, calc.Amount{}
	for i := range rows {
		row := &rows[i]
		principal, fee := row.Amount("principal"), calc.Amount{}
		if row.Given("eachRepaymentFee") {
			fee = row.Amount("eachRepaymentFee")
		}
		payment := principal.Plus(row.Amount("interest"))
		if counts {
			payment = payment.Plus(fee)
		}
		paid, fees = paid.Plus(principal), fees.Plus(fee)
		flows = append(flows, loan.Flow{Date: row.Date("repaymentDate"), Amount: payment})
	}
	switch {
	case !paid.Equal(amount):
		return cost, "the installments do not repay the amount of the schedule"
	case fees.Sign() != 0 && !known:
		return cost, "it is not stated which fees of the installments count in the full cost"
	case fees.Sign() == 0 && counts:
		return cost, "a fee that counts in the full cost is not in the installments"
	}
	cost, err := loan.FitFullCost(flows, printed, loan.Period{Days: c.Value(duration).Count(loan.MaxStep)})
	if err != nil {
		return cost, "the payments of the schedule have no rate"
	}
	return cost, ""
}
