package report

import (
	"fmt"

	"tieout/calc/loan"
)

// Schedule is a payment schedule with its full cost.
type Schedule struct {
	Terms    loan.Terms
	Plan     loan.Schedule
	Cost     FullCost
	Calendar string // the name of the working days; empty without
}

// Calculation shows the schedule.
func (s *Schedule) Calculation() *Calculation {
	c := &Calculation{Kind: "schedule", Title: "Payment schedule"}
	p := &s.Plan
	c.result("loan", "Loan", amountValue(p.Loan), "")
	if p.IssueFees.Sign() != 0 {
		c.result("issue_fees", "Fees at issue", amountValue(p.IssueFees), "")
		c.result("paid_out", "Paid out", amountValue(p.PaidOut), "")
	}
	c.result("interest", "Interest", amountValue(p.Interest), "")
	if p.Fees.Sign() != 0 {
		c.result("fees", "Fees with installments", amountValue(p.Fees), "")
	}
	c.result("payments", "All payments", amountValue(p.Payment), "")
	s.Cost.results(c)
	c.level()
	c.table(s.table())
	flows := flowTable(s.Cost.Flows, s.Cost.Base)
	flows.filed = true
	c.table(flows)
	s.Cost.proof(c)
	s.read(c)
	return c
}

func (s *Schedule) table() calcTable {
	t := calcTable{key: "rows", title: "Schedule", totalled: true, columns: []calcColumn{
		{key: "number", title: "No.", kind: calcCount, width: tinyWidth},
		{key: "due", title: "Due", kind: calcText, width: wordWidth},
		{key: "days", title: "Days", kind: calcCount, width: tinyWidth, summed: true},
		{key: "opening", title: "Owed before", kind: calcAmount, width: amountWidth},
		{key: "interest", title: "Interest", kind: calcAmount, width: amountWidth, summed: true},
		{key: "principal", title: "Principal", kind: calcAmount, width: amountWidth, summed: true},
		{key: "fees", title: "Fees", kind: calcAmount, width: amountWidth, summed: true},
		{key: "payment", title: "Payment", kind: calcAmount, width: amountWidth, summed: true, formula: "{interest}+{principal}+{fees}"},
		{key: "closing", title: "Owed after", kind: calcAmount, width: amountWidth, formula: "{opening}-{principal}"},
	}}
	for i := range s.Plan.Rows {
		r := &s.Plan.Rows[i]
		t.rows = append(t.rows, []calcValue{
			countValue(r.Number), dateValue(r.Due), countValue(r.Days), amountValue(r.Opening), amountValue(r.Interest),
			amountValue(r.Principal), amountValue(r.Fees), amountValue(r.Payment), amountValue(r.Closing),
		})
	}
	return t
}

func (s *Schedule) read(c *Calculation) {
	t := &s.Terms
	on := "what is owed before each installment"
	if t.OnLoan {
		on = "the whole loan"
	}
	c.Reads(fmt.Sprintf("Interest: %s %s; charged on %s, rounded %s for each installment.", t.Percent, t.RateFor, on, t.Rounding.Interest))
	for i, p := range t.RatePeriods {
		c.Reads(fmt.Sprintf("Interest of the %s: %s %s.", nextInstallments(i, p.Installments), p.Percent, t.RateFor))
	}
	if t.BothEnds {
		c.Reads("Days: the first and the last day of each installment earn interest.")
	} else {
		c.Reads("Days: the last day of each installment earns interest, its first day does not.")
	}
	if t.FreeDays > 0 {
		c.Reads(fmt.Sprintf("The first %d days earn no interest.", t.FreeDays))
	}
	if t.GraceDays > 0 {
		c.Reads(fmt.Sprintf("A loan repaid within %d days costs no interest; a later one costs it from the first day.", t.GraceDays))
	}
	s.readRepayment(c)
	if t.Due != nil {
		c.Reads("Due dates: as given.")
	} else {
		c.Reads(steppingWords(t.Step))
	}
	if s.Calendar != "" && t.Step.DaysOff != nil {
		c.Reads("Working days: " + s.Calendar + ".")
	}
	if len(t.Fees) > 0 {
		c.Reads("Fees in percent: of the principal, rounded " + t.Rounding.Fee.String() + ".")
	}
	for i := range t.Fees {
		if t.Fees[i].NotInFullCost {
			c.Reads(fmt.Sprintf("Fee %d of %d is left out of the full cost and of the effective rate.", i+1, len(t.Fees)))
		}
	}
	s.Cost.read(c)
}

func (s *Schedule) readRepayment(c *Calculation) {
	t := &s.Terms
	words := "Repayment: " + t.Repayment.String()
	switch t.Repayment {
	case loan.ByAnnuity:
		words += ", its payment rounded " + t.Rounding.Payment.String() + ", found " + s.Plan.Search.String() + "; " + t.Residue.String()
	case loan.ByEqualPrincipal, loan.ByShares:
		words += ", rounded " + t.Rounding.Payment.String() + "; " + t.Residue.String()
	case loan.ByPayments:
		words += "; " + t.Residue.String()
	}
	c.Reads(words + ".")
}

func nextInstallments(i, n int) string {
	first := "next"
	if i == 0 {
		first = "first"
	}
	if n == 1 {
		return first + " installment"
	}
	return fmt.Sprintf("%s %d installments", first, n)
}
