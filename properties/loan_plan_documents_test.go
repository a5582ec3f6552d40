package properties

import (
	"fmt"
	"strings"
	"testing"

	"github.com/leanovate/gopter"

	"tieout/calc"
	"tieout/calc/loan"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// asSchedule writes a schedule as a document of Arifmetika: each installment was
// paid on its date. The interest paid of one installment, from 0, is off.
func asSchedule(s loan.Schedule, row int, off calc.Amount) string {
	component := func(name string, n, paid calc.Amount, day string) string {
		begin, sum, end := n.String(), paid.String(), n.Minus(n).String()
		balances := fmt.Sprintf(`"begin_balance":%s,"payment_sum":%s,"end_balance":%s`, begin, sum, end)
		if day == "" {
			return fmt.Sprintf(`%q:{%s}`, name, balances)
		}
		fact := fmt.Sprintf(`{"date":%q,"begin_balance":%s,"payment_sum":%s,"end_balance":%s}`, day, begin, begin, end)
		return fmt.Sprintf(`%q:{"fact_payment":[%s],%s}`, name, fact, balances)
	}
	var details []string
	for i := range s.Rows {
		r := &s.Rows[i]
		paid, day := r.Interest, r.Due.String()
		if i == row {
			paid = paid.Plus(off)
		}
		details = append(details, fmt.Sprintf(`{"plan_payment_number":"%d","plan_payment_date":%q,"fact_payment_date":%q,%s,%s,%s}`,
			r.Number, day, day, component("main_debt", r.Principal, r.Principal, day), component("percent", r.Interest, paid, day),
			component("penalty", calc.Amount{}, calc.Amount{}, day)))
	}
	return fmt.Sprintf("{\"Total\":{%s,%s,%s},\n\"Details\":[%s]}",
		component("main_debt", s.Principal, s.Principal, ""), component("percent", s.Interest, s.Interest, ""),
		component("penalty", calc.Amount{}, calc.Amount{}, ""), strings.Join(details, ",\n"))
}

// asContract writes terms and their schedule as a contract of BrainySoft that is
// not issued yet. The interest of one tranche, from 0, is off.
func asContract(t loan.Terms, s loan.Schedule, row int, off calc.Amount) string {
	method := map[loan.Method]string{loan.CalendarMonths: "101231", loan.Days: "101232", loan.DaysFromIssue: "101233"}[t.Step.Method]
	var tranches []string
	for i := range s.Rows {
		r := &s.Rows[i]
		interest := r.Interest
		if i == row {
			interest = interest.Plus(off)
		}
		tranches = append(tranches, fmt.Sprintf(`{"id":%d,"issueDate":%q,"repaymentDate":%q,"principal":%s,"interest":%s,`+
			`"eachRepaymentFee":%s,"rest":%s,"lgot":false}`, i+1, r.From, r.Due, r.Principal, interest, r.Fees, r.Closing))
	}
	terms := fmt.Sprintf(`{"dateCalcMethodId":%s,"allowHolidaysPayment":true,"calcIntOnIssueDate":%t,"trancheDuration":%d,`+
		`"interestForTranche":%s,"interestFreePeriod":0,"interestGracePeriod":0,"trancheCount":%d,"fees":[],"principalParts":[],`+
		`"qtyTranchesFirstPeriod":0,"intRateFirstPeriod":0,"qtyTranchesSecondPeriod":0,"intRateSecondPeriod":0,"interestOnLoanAmount":%t}`,
		method, t.BothEnds, t.Step.Every, t.Percent, t.Installments, t.OnLoan)
	return fmt.Sprintf(`{"status":"ok","timestamp":1600000000000,"data":{"id":1,"name":"1","creationDate":%q,"clientId":1,`+
		`"currencyId":101011,"loanAmount":%s,"issuePlanDate":%q,"firstRepaymentDate":%q,"repaymentPlanDate":%q,"creditProductId":1,`+
		"\"creditFieldReq\":%s,\"issueDate\":null,\"fullCostOfCredit\":%s,\"schedules\":[{\"id\":1,\"amount\":%s,\"tranches\":[\n%s]}]}}",
		t.Issue, t.Principal, t.Issue, s.Rows[0].Due, s.Rows[len(s.Rows)-1].Due, terms, fullCost(s), s.Loan, strings.Join(tranches, ",\n"))
}

// documentTerms are the terms of a case as both documents can state them: a rate
// a day, counted from the issue, in kopecks.
func documentTerms(c loanCase) loan.Terms {
	c.rateFor = loan.PerDay
	c.rate = min(c.rate, 1000)
	c.installments = min(c.installments, 12)
	c.kopecks += 1_000_000
	t := c.terms()
	t.Step = loan.Stepping{Method: loan.DaysFromIssue, Every: 14 + c.digit(0, 10)}
	t.FreeDays, t.Rounding.Interest.Mode = 0, calc.HalfUp
	return t
}

func TestSchedulesWrittenAsDocuments(t *testing.T) {
	var seen plans
	kopeck := calc.MustAmount("0.01")
	few := parameters()
	few.MinSuccessfulTests = 60 // each checks documents by all rules
	properties := gopter.NewProperties(few)
	properties.Property("a generated schedule is a document in which nothing is wrong", forLoans(func(c loanCase) string {
		terms := documentTerms(c)
		s, ok := seen.of(terms)
		if !ok {
			return ""
		}
		for _, text := range []string{asSchedule(s, -1, kopeck), asContract(terms, s, -1, kopeck)} {
			r := check(t, input("a.json", text))
			if r.Records != 1 || r.Rejects.Len() != 0 || r.Checks[reconcile.Holds] < 5 {
				return fmt.Sprintf("%d records, %d rejects of %s", r.Records, r.Rejects.Len(), text)
			}
			if told := findings(r, schema.Warning); told != "" {
				return told + " in " + text
			}
		}
		return ""
	}))
	properties.Property("of an interest paid that is a kopeck off, the row is told as an error", forLoans(func(c loanCase) string {
		terms := documentTerms(c)
		s, ok := seen.of(terms)
		if !ok {
			return ""
		}
		row := c.lot % len(s.Rows)
		told := findings(check(t, input("a.json", asSchedule(s, row, kopeck))), schema.Error)
		if want := fmt.Sprintf("Details[%d].percent.payment_sum", row); !strings.Contains(told, want) {
			return fmt.Sprintf("%s is off, told %q", want, told)
		}
		return ""
	}))
	properties.Property("of an interest planned that is a kopeck off, the tranche is told", forLoans(func(c loanCase) string {
		terms := documentTerms(c)
		terms.Installments = max(terms.Installments, 5) // the others tell how the rate is meant
		if terms.Repayment == loan.ByShares || terms.Repayment == loan.ByPayments {
			terms.Repayment = loan.ByEqualPrincipal
		}
		terms.Percent = terms.Percent.Plus(thousandths(100))
		s, ok := seen.of(terms)
		if !ok {
			return ""
		}
		row := c.lot % len(s.Rows)
		told := findings(check(t, input("a.json", asContract(terms, s, row, kopeck))), schema.Warning)
		if want := fmt.Sprintf("tranches[%d].interest", row); !strings.Contains(told, want) {
			return fmt.Sprintf("%s is off, told %q", want, told)
		}
		return ""
	}))
	properties.TestingRun(t)
	seen.enough(t)
}

// findings are the rules and figures of those from a severity on, but for what
// the law says about prices.
func findings(r *reconcile.Result, from schema.Severity) string {
	var told []string
	for i := range r.Findings.All() {
		if f := listed(r.Findings.All())[i]; f.Severity >= from && f.Rule.ID != "AS-21" {
			told = append(told, f.Rule.ID+" "+f.Field+": "+f.Text)
		}
	}
	return strings.Join(told, "; ")
}
