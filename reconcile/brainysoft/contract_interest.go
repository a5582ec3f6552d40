package brainysoft

import (
	"tieout/calc"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// interestRules are the laws of the interest of a schedule.
func interestRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-25", Title: "the interest of an installment does not follow from the rate",
			Cites: contract + "creditFieldReq.interestForTranche, schedules.tranches.interest", Basis: schema.Inferred,
			Law: "interest = rest of the tranche before (with interestOnLoanAmount, loanAmount) * interestForTranche * days, " +
				"to whole units or hundredths, by one reading of the rate for the whole schedule: a day, a tranche, each trancheDuration, a month of a " +
				"year of twelve, or a year of 360, 365, 366 or as many days as it has; which it is, most of the interest must show",
			Each: []string{"schedules"}, Reads: interestReads, Check: checkInterest,
			Severity: schema.Warning,
			Why: "What the rate is for is told by interestRateTypeId, whose values are those of the installation. The reading " +
				"that gives most of the interest is taken; where none does, nothing is said to be wrong.",
		},
	}
}

// interestReads are the fields from which interest follows.
var interestReads = append([]string{
	"loanAmount", "issueDate", "schedules.amount", "schedules.tranches.principal", "schedules.tranches.interest",
	"schedules.tranches.rest", "schedules.tranches.lgot", rowIssued, rowDue,
	"creditFieldReq.interestForTranche", "creditFieldReq.interestOnLoanAmount", "creditFieldReq.calcIntOnIssueDate",
	"creditFieldReq.interestFreePeriod", "creditFieldReq.interestGracePeriod",
	"creditFieldReq.qtyTranchesFirstPeriod", "creditFieldReq.intRateFirstPeriod",
	"creditFieldReq.qtyTranchesSecondPeriod", "creditFieldReq.intRateSecondPeriod",
}, dueReads...)

func checkInterest(c *schema.Case) {
	if nonzero(c, "creditFieldReq.interestFreePeriod") || nonzero(c, "creditFieldReq.interestGracePeriod") {
		c.NotApplicable("some days are free of interest")
		return
	}
	rows := c.Rows("tranches")
	if !follow(c, rows) {
		c.NotEvaluable("the periods of the installments do not follow each other")
		return
	}
	var room [fewInstallments]installment
	all := installmentsOf(c, rows, room[:0])
	if len(all) == 0 {
		c.NotApplicable("no interest is charged by a rate")
		return
	}
	var charged [fewInstallments]loan.Charged
	fit := loan.FitCharges(charges(all, charged[:0]))
	switch {
	case fit.Off == 0:
		return
	case fit.Proved:
		accuse(c, rows, all, &fit)
		return
	}
	reason := "by no reading of interestForTranche, " + c.Text("creditFieldReq.interestForTranche") +
		" %, do most installments have the interest printed"
	if a := follows(all); a != "" {
		reason += ", which follows from " + a + " % a day"
	}
	c.NotEvaluable(reason)
}

// nonzero tells whether a figure is there and not zero.
func nonzero(c *schema.Case, path string) bool {
	return c.Given(path) && c.Value(path).Amount.Sign() != 0
}

// installment is a tranche of which the interest follows from a rate.
type installment struct {
	loan.Charged     // Principal as printed, Other by the principal of the installments
	row          int // in the schedule
}

// fewInstallments need no room but a function's own.
const fewInstallments = 48

// installmentsOf a schedule that have interest by a rate, behind others. Their periods
// follow each other.
func installmentsOf(c *schema.Case, rows []schema.Case, all []installment) []installment {
	terms := interestTermsOf(c)
	var owed calc.Amount // by the principal of the installments
	for i := range rows {
		owed = owed.Plus(rows[i].Amount("principal"))
	}
	left := c.Amount("amount")
	for i := range rows {
		row := &rows[i]
		from, to := row.Date("issueDate"), row.Date("repaymentDate")
		one := installment{row: i, Charged: loan.Charged{
			Time:      loan.Time{From: from, Due: to, BothEnds: terms.bothEnds, Step: terms.every},
			Principal: left, Other: owed, Percent: terms.rate(i), Interest: row.Amount("interest"),
		}}
		if terms.onLoan {
			one.Principal, one.Other = c.Amount("loanAmount"), c.Amount("amount")
		}
		if one.Percent.Sign() > 0 && row.Value("lgot").Text != "true" {
			all = append(all, one)
		}
		owed = owed.Minus(row.Value("principal").Amount)
		left = owed
		if rest := row.Value("rest"); rest.State == schema.Present {
			left = rest.Amount
		}
	}
	return all
}

// interestTerms are the terms by which interest is charged.
type interestTerms struct {
	regular  calc.Amount
	periods  [2]ratePeriod // 1 and 2
	every    int           // days of an installment
	bothEnds bool          // the first and the last day are both charged
	onLoan   bool          // interest is charged on the loan amount
}

// ratePeriod is a number of installments with a rate of their own.
type ratePeriod struct {
	number int
	rate   calc.Amount
}

func interestTermsOf(c *schema.Case) interestTerms {
	t := interestTerms{
		regular: c.Amount("creditFieldReq.interestForTranche"),
		periods: [2]ratePeriod{
			{c.Value("creditFieldReq.qtyTranchesFirstPeriod").Count(loan.MaxStep), c.Value("creditFieldReq.intRateFirstPeriod").Amount},
			{c.Value("creditFieldReq.qtyTranchesSecondPeriod").Count(loan.MaxStep), c.Value("creditFieldReq.intRateSecondPeriod").Amount},
		},
		every:    c.Value(duration).Count(loan.MaxStep),
		onLoan:   c.Value("creditFieldReq.interestOnLoanAmount").Text == "true",
		bothEnds: c.Value("creditFieldReq.calcIntOnIssueDate").Text == "true",
	}
	return t
}

// rate of an installment by its number from 0.
func (t *interestTerms) rate(number int) calc.Amount {
	for _, p := range t.periods {
		if number < p.number {
			return p.rate
		}
		number -= p.number
	}
	return t.regular
}
