package across

import (
	"slices"
	"strconv"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/law"
	"tieout/calc/schema"
)

// accrualRules lead from the interest and the penalty of an earlier snapshot to
// those of today.
func accrualRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "RF-02", Title: "the interest owed does not follow from the earlier one, what accrued and what was paid",
			Cites: arifmetika + "interest_balance, tranche.rate_daily, fact_payment" + snapshots, Basis: schema.Inferred,
			Law: "interest_balance is the earlier one, plus the principal owed * tranche.rate_daily * days of each stretch between payments, " +
				"less the interest paid, within a unit of the last place a stretch; without a rate, it lies between what no interest " +
				"and what the legal ceiling of contract_date gives",
			Reads: []string{
				"contract.interest_balance", "contract.tranche.rate_daily", "contract.contract_date", "contract_before.interest_balance",
				"contract_before.main_debt_balance", "schedule.Details.main_debt.fact_payment.date",
				"schedule.Details.main_debt.fact_payment.payment_sum", "schedule.Details.percent.fact_payment.date",
				"schedule.Details.percent.fact_payment.payment_sum",
			},
			Data: []schema.Data{{Name: law.Name, Digest: law.Digest}}, Check: checkInterest, Severity: schema.Warning,
			Why: "Interest accrues each day on the principal that is owed, and is paid off by payments.",
		},
		{
			ID: "RF-03", Title: "the penalty grew by more than the law allows, or fell without a payment",
			Cites: arifmetika + "penalty, main_debt_overdue, interest_overdue, fact_payment" + snapshots, Basis: schema.ByLaw,
			Law: "penalty is at least the earlier one less the penalty paid, and at most that and the ceiling of the law on consumer credit " +
				"(353-FZ, article 5, part 21), where no interest runs, on all that was overdue or fell due in between, up to a whole unit",
			Reads: []string{
				"contract.penalty", "contract.contract_date", "contract_before.penalty", "contract_before.main_debt_overdue",
				"contract_before.interest_overdue", planDate, "schedule.Details.main_debt.begin_balance",
				"schedule.Details.percent.begin_balance", "schedule.Details.penalty.fact_payment.date",
				"schedule.Details.penalty.fact_payment.payment_sum",
			},
			Data: []schema.Data{{Name: law.Name, Digest: law.Digest}}, Check: checkPenalty, Severity: schema.Warning,
			Why: "A penalty accrues on overdue sums only, at a rate that the law bounds. One that was remitted fell without a payment.",
		},
	}
}

// payment on a day.
type payment struct {
	on  date.Date
	sum calc.Amount
}

// paidBetween are the payments of a component made between the snapshots, by day.
func paidBetween(c *schema.Case, component string) (all []payment, sum calc.Amount) {
	from, to := c.PreviousAsOf(), c.AsOf()
	for _, row := range c.Rows("schedule.Details") {
		for _, fact := range row.Rows(component + ".fact_payment") {
			p := payment{fact.Date("date"), fact.Amount("payment_sum")}
			if p.on.After(from) && !p.on.After(to) {
				all, sum = append(all, p), sum.Plus(p.sum)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b payment) int { return a.on.Compare(b.on) })
	return all, sum
}

func checkInterest(c *schema.Case) {
	now, before := c.Amount("contract.interest_balance"), c.Amount("contract_before.interest_balance")
	principal := c.Amount("contract_before.main_debt_balance")
	repaid, _ := paidBetween(c, "main_debt")
	_, paid := paidBetween(c, "percent")
	from, to := c.PreviousAsOf(), c.AsOf()
	if from.IsZero() || to.IsZero() {
		return
	}
	var earning calc.Amount // principal times days
	stretches := int64(1)
	for _, p := range repaid {
		earning = earning.Plus(principal.Times(int64(p.on.DaysSince(from))))
		principal, from = principal.Minus(p.sum), p.on
		stretches++
	}
	earning = earning.Plus(principal.Times(int64(to.DaysSince(from))))
	least := before.Minus(paid)
	if c.Value("contract.tranche.rate_daily").State == schema.Present {
		unit := calc.MustAmount("0.01")
		if now.IsWhole() && before.IsWhole() && paid.IsWhole() {
			unit = calc.AmountOf(1)
		}
		rate := c.Amount("contract.tranche.rate_daily")
		want := least.Plus(earning.Product(rate).Product(percent))
		if now.Minus(want).Abs().Cmp(unit.Times(stretches)) > 0 {
			c.Off("contract.interest_balance", want.Round(calc.Rounding{Scale: unit.Scale()}), before.String()+" before, "+
				paid.String()+" paid, and the rest accrued at "+rate.String()+" % a day")
		}
		return
	}
	signed := c.Date("contract.contract_date")
	ceiling, known := law.CeilingOn(signed)
	switch {
	case now.Cmp(least) < 0:
		c.Broken("contract.interest_balance", "", "it was "+before.String()+" before, and only "+paid.String()+" was paid since")
	case known && ceiling.DailyPercent != nil:
		most := least.Plus(earning.Product(*ceiling.DailyPercent).Product(percent)).Round(roundUp)
		if now.Cmp(most) > 0 {
			c.Off("contract.interest_balance", most, before.String()+" before, "+paid.String()+" paid, and no more than "+
				ceiling.DailyPercent.String()+" % a day by law").AtMost = true
		}
	}
}

var (
	percent = calc.MustAmount("0.01")
	roundUp = calc.Rounding{Mode: calc.Ceiling}
)

func checkPenalty(c *schema.Case) {
	now, before := c.Amount("contract.penalty"), c.Amount("contract_before.penalty")
	overdue := c.Amount("contract_before.main_debt_overdue").Plus(c.Amount("contract_before.interest_overdue"))
	signed, from, to := c.Date("contract.contract_date"), c.PreviousAsOf(), c.AsOf()
	for _, row := range c.Rows("schedule.Details") {
		if due := row.Date("plan_payment_date"); !due.Before(from) && due.Before(to) {
			overdue = overdue.Plus(row.Amount("main_debt.begin_balance")).Plus(row.Amount("percent.begin_balance"))
		}
	}
	_, paid := paidBetween(c, "penalty")
	least := before.Minus(paid)
	if from.IsZero() || to.IsZero() {
		return
	}
	if now.Cmp(least) < 0 {
		c.Broken("contract.penalty", "", "it was "+before.String()+" before, and only "+paid.String()+" was paid since")
		return
	}
	ceiling, known := law.PenaltyOn(signed)
	if !known {
		return
	}
	days := int64(to.DaysSince(from))
	most := least.Plus(overdue.Product(ceiling.DailyPercent).Product(percent).Times(days)).Round(roundUp)
	if now.Cmp(most) > 0 {
		c.Off("contract.penalty", most, "at most "+overdue.String()+" was overdue for "+strconv.FormatInt(days, 10)+" days, at "+
			ceiling.DailyPercent.String()+" % a day by law").AtMost = true
	}
}

// chargeRules compare interest, full cost and penalties of the schedule with the
// terms of the loan.
func chargeRules() []schema.Rule {
	const fee = "terms.creditFieldReq."
	return []schema.Rule{
		{
			ID: "XD-13", Title: "the interest of an installment does not follow from the rate of the terms",
			Cites: terms + "interestForTranche, percent.begin_balance", Basis: schema.Inferred,
			Law: "percent.begin_balance = the principal not yet due (with interestOnLoanAmount, loanAmount) * interestForTranche * days, to whole " +
				"units or hundredths, by one reading of the rate for all installments, as in BC-25",
			Reads: append([]string{
				fee + "interestForTranche", fee + "interestOnLoanAmount", fee + "calcIntOnIssueDate", fee + "interestFreePeriod",
				fee + "interestGracePeriod", fee + "qtyTranchesFirstPeriod", fee + "qtyTranchesSecondPeriod",
			}, flowReads...),
			Check: checkRates, Severity: schema.Warning,
			Why: "What the rate is for is told by an id of the installation. The reading that gives the interest of most installments is " +
				"taken; where none does, nothing is said to be wrong. Interest that was computed anew after a payment on another day than planned is not judged.",
		},
		{
			ID: "XD-14", Title: "the full cost of credit does not follow from the schedule",
			Cites: terms + "fullCostOfCredit, begin_balance", Basis: schema.ByLaw,
			Law: "fullCostOfCredit, unless 0, is i * 365/base * 100 to three decimals, where i is the rate of a base period (the interval that " +
				"lies most often between payments, 30 days, a month or trancheDuration) at which the planned payments of the schedule are " +
				"worth the loan amount (353-FZ, article 6)",
			Reads: append([]string{
				"terms.fullCostOfCredit", "terms.joinFee", "terms.fixedJoinFee", "terms.insuranceFee", "terms.fixedInsuranceFee",
				"terms.estimateFee", "terms.fixedEstimateFee", fee + "useDelinqIntRateForPsk", fee + "fees.value",
			}, flowReads...),
			Check: checkFullCost, Severity: schema.Warning,
			Why: "The law has the formula, and the schedule the payments. 0 is a full cost that was not computed.",
		},
		{
			ID: "XD-15", Title: "the penalty is more than the terms allow",
			Cites: terms + "penaltyRates, fixedDelayPenalty, delayPenaltyDay, penalty.begin_balance", Basis: schema.Inferred,
			Law: "penalty.begin_balance of an installment is at most principalRate and interestRate percent of its principal and interest for each " +
				"day of delay, and fixedDelayPenalty from day delayPenaltyDay on",
			Each: []string{"schedule.Details"},
			Reads: append([]string{
				fee + "penaltyRates.periodBegin", fee + "penaltyRates.periodEnd", fee + "penaltyRates.principalRate",
				fee + "penaltyRates.interestRate", fee + "fixedDelayPenalty", fee + "delayPenaltyDay", planDate, mainLeft, percentLeft,
				"schedule.Details.main_debt.begin_balance", "schedule.Details.percent.begin_balance",
				"schedule.Details.penalty.begin_balance",
			}, factDates...),
			Check: checkPenaltyTerms, Severity: schema.Warning,
			Why: "The terms say what each day of delay costs, on all of an installment at most.",
		},
	}
}

func checkPenaltyTerms(c *schema.Case) {
	if !isGiven(c, "terms.creditFieldReq.delayPenaltyDay") || !c.HasRows("terms.creditFieldReq.penaltyRates") {
		c.NotApplicable("there are no terms of penalties")
		return
	}
	charged := c.Amount("penalty.begin_balance")
	due, today := c.Date("plan_payment_date"), c.AsOf()
	until := today
	if !isLeft(c) {
		until = date.Date{}
		for _, component := range components {
			for _, fact := range c.Rows(component + ".fact_payment") {
				until = later(until, fact.Date("date"))
			}
		}
	}
	late := 0
	if until.After(due) {
		late = until.DaysSince(due)
	}
	main, interest := c.Amount("main_debt.begin_balance"), c.Amount("percent.begin_balance")
	var most calc.Amount
	for _, rate := range c.Rows("terms.creditFieldReq.penaltyRates") {
		first, last := rate.Amount("periodBegin"), rate.Amount("periodEnd")
		daily := main.Product(rate.Amount("principalRate")).Plus(interest.Product(rate.Amount("interestRate"))).Product(percent)
		for day := range late {
			if n := calc.AmountOf(int64(day + 1)); n.Cmp(first) >= 0 && n.Cmp(last) <= 0 {
				most = most.Plus(daily)
			}
		}
	}
	if c.Given("terms.creditFieldReq.fixedDelayPenalty") && late > 0 {
		fixed := c.Amount("terms.creditFieldReq.fixedDelayPenalty")
		if fixed.Sign() > 0 && calc.AmountOf(int64(late)).Cmp(c.Amount("terms.creditFieldReq.delayPenaltyDay")) >= 0 {
			most = most.Plus(fixed)
		}
	}
	if most = most.Round(calc.Rounding{Mode: calc.Ceiling, Scale: 2}); charged.Cmp(most) > 0 {
		c.Off("penalty.begin_balance", most, "it is "+strconv.Itoa(late)+" days late, and the terms allow no more").AtMost = true
	}
}
