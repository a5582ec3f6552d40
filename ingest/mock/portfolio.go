package mock

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"tieout/calc/date"
)

// contractNumber is one that a client's contract of 2024 can have.
func contractNumber(r *rand.Rand) string {
	return fmt.Sprintf("З24ПрИР%09d", r.Int64N(1_000_000_000))
}

// loan is what is known of a contract on a day. The list of a client's contracts, the
// payment schedule and the terms are all told of it, so that they agree.
type loan struct {
	number string
	issue  date.Date
	lent   int64 // in hundredths, as all sums
	rows   []installment
	today  date.Date
	wrong  slip
}

// installment of a loan.
type installment struct {
	from, due                    date.Date
	owed                         int64 // of the principal, before it
	principal, interest, penalty int64
	paid                         date.Date // no date while it is not
}

// slip is a figure of a loan that is told wrong.
type slip uint8

// The slips.
const (
	none             slip = iota
	sumExchanged          // the contract's sum in the list has two digits exchanged
	paymentExchanged      // the principal paid with the first installment has
	slips
)

// A day costs so much of what is owed, in hundred-thousandths: the interest of the
// principal, and the penalty of what is late, which are less than the law allows.
const (
	interestDaily = 100
	penaltyDaily  = 50
)

// ofDays is what days cost of a sum.
func ofDays(days int, sum, daily int64) int64 { return sum * daily * int64(days) / 100_000 }

// percent writes hundred-thousandths.
func percent(daily int64) string { return fmt.Sprintf("0.%03d", daily) }

// firstIssue is the day of the first loans.
var firstIssue = date.MustParse("2024-01-01")

// loan of a contract as it stands today. The number alone decides the terms and how the
// client pays: in time, some days late, or only at first.
func (s *Server) loan(number string) *loan {
	r := s.random("loan", number)
	l := &loan{
		number: number, issue: firstIssue.AddDays(r.IntN(366)), today: date.FromTime(s.o.Now().UTC()),
	}
	installments := 12 + r.IntN(49)
	l.plan(installments, between(r, 100, 1000)*10_00)
	switch r.IntN(4) {
	case 0:
		l.pay(installments, 1+r.IntN(20))
	case 1:
		l.pay(1+r.IntN(installments), 0)
	default:
		l.pay(installments, 0)
	}
	if wrong := s.random("wrong", number); wrong.IntN(1000) < s.o.Wrong {
		l.wrong = sumExchanged + slip(wrong.IntN(int(slips-sumExchanged)))
	}
	return l
}

// plan installments with the same principal each, on the same day of each month.
func (l *loan) plan(installments int, principal int64) {
	l.lent = principal * int64(installments)
	from, owed := l.issue, l.lent
	for k := range installments {
		due := l.issue.AddMonths(k+1, l.issue.Day())
		l.rows = append(l.rows, installment{
			from: from, due: due, owed: owed, principal: principal, interest: ofDays(due.DaysSince(from), owed, interestDaily),
		})
		from, owed = due, owed-principal
	}
}

// pay the first installments, each so many days late, as far as that was by today; what
// is late costs a penalty until it is paid.
func (l *loan) pay(first, late int) {
	for k := range l.rows {
		i, until := &l.rows[k], l.today
		if on := i.due.AddDays(late); k < first && !on.After(l.today) {
			i.paid, until = on, on
		}
		i.penalty = ofDays(max(0, until.DaysSince(i.due)), i.principal+i.interest, penaltyDaily)
	}
}

// told is a sum as the loan's document tells it where the slip is made: with the first
// two digits that differ exchanged.
func (l *loan) told(sum int64, where slip) int64 {
	if l.wrong != where {
		return sum
	}
	digits := []byte(strconv.FormatInt(sum, 10))
	for i := range digits[1:] {
		if digits[i] != digits[i+1] {
			digits[i], digits[i+1] = digits[i+1], digits[i]
			break
		}
	}
	exchanged, _ := strconv.ParseInt(string(digits), 10, 64) // they are digits
	return exchanged
}

// standing is what is owed of a loan today.
type standing struct {
	principal, overduePrincipal, overdueInterest, penalty int64
	// next is the first installment to come; nil after the last.
	next *installment
	// accrued is the interest on it up to today.
	accrued int64
	paidOff date.Date
}

func (l *loan) standing() (s standing) {
	for k := range l.rows {
		i := &l.rows[k]
		switch {
		case !i.paid.IsZero():
			s.paidOff = i.paid
		case i.due.Before(l.today):
			s.overduePrincipal, s.overdueInterest = s.overduePrincipal+i.principal, s.overdueInterest+i.interest
			s.principal, s.penalty = s.principal+i.principal, s.penalty+i.penalty
		default:
			s.principal += i.principal
			if s.next == nil {
				s.next, s.accrued = i, ofDays(max(0, l.today.DaysSince(i.from)), i.owed, interestDaily)
			}
		}
	}
	if s.principal > 0 {
		s.paidOff = date.Date{}
	}
	return s
}

// contract of a client's list.
func (l *loan) contract() string {
	s := l.standing()
	status, before, planned := "active", l.rows[len(l.rows)-1].due, installment{}
	overdue := s.overduePrincipal + s.overdueInterest + s.penalty
	interest := s.overdueInterest + s.accrued
	switch {
	case s.principal == 0:
		status, before = "completed", date.Date{}
	case overdue > 0:
		status = "expired"
	}
	if s.next != nil {
		planned = *s.next
	}
	return fmt.Sprintf(`{"type":"ConsumerLoan","base_source":"mock","contract_num":%q,"contract_date":%q,`+
		`"contract_sum":%s,"payment_receiver":"9901000027","status":%q,"repay_before":%q,"repayment_date":%q,`+
		`"penalty":%s,"total_balance":%s,"main_debt_balance":%s,"interest_balance":%s,"total_overdue":%s,`+
		`"main_debt_overdue":%s,"interest_overdue":%s,"date_planned_payment":%q,"total_planned_payment":%s,`+
		`"main_debt_planned_payment":%s,"interest_planned_payment":%s,"interest_planned_payment_today":%s,"total_today_sum":%s}`,
		l.number, l.issue, cents(l.told(l.lent, sumExchanged)), status, orNone(before), orNone(s.paidOff),
		cents(s.penalty), cents(s.principal+interest+s.penalty), cents(s.principal), cents(interest), cents(overdue),
		cents(s.overduePrincipal), cents(s.overdueInterest), orNone(planned.due), cents(planned.principal+planned.interest),
		cents(planned.principal), cents(planned.interest), cents(s.accrued), cents(overdue+planned.principal+s.accrued))
}

// orNone is a date, or "" for none.
func orNone(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// balance before and after what was paid.
type balance struct{ begin, paid, end int64 }

func (b balance) String() string {
	return fmt.Sprintf(`"begin_balance":%s,"payment_sum":%s,"end_balance":%s`, cents(b.begin), cents(b.paid), cents(b.end))
}

// schedule of the loan's payments.
func (l *loan) schedule() string {
	names := []string{"main_debt", "percent", "penalty"}
	totals := make([]balance, len(names))
	details := list(len(l.rows), func(k int) string {
		i, parts := l.rows[k], ""
		for c, due := range []int64{i.principal, i.interest, i.penalty} {
			b, facts := balance{begin: due, end: due}, ""
			if !i.paid.IsZero() && due > 0 {
				b.paid, b.end = due, 0
				facts = fmt.Sprintf(`{"date":%q,%s}`, i.paid, b)
			}
			totals[c].begin, totals[c].paid, totals[c].end = totals[c].begin+b.begin, totals[c].paid+b.paid, totals[c].end+b.end
			if k == 0 && c == 0 {
				b.paid = l.told(b.paid, paymentExchanged)
			}
			parts += fmt.Sprintf(`,%q:{"fact_payment":[%s],%s}`, names[c], facts, b)
		}
		return fmt.Sprintf(`{"plan_payment_number":"%d","plan_payment_date":%q,"fact_payment_date":%q%s}`, k+1, i.due, orNone(i.paid), parts)
	})
	var sums []string
	for c, name := range names {
		sums = append(sums, fmt.Sprintf("%q:{%s}", name, totals[c]))
	}
	return fmt.Sprintf(`{"Total":{%s},"Details":%s}`, strings.Join(sums, ","), details)
}

// terms of the loan and its plan, as BrainySoft has them of a contract and a client.
func (l *loan) terms(id, client string) string {
	rows := list(len(l.rows), func(k int) string {
		i := l.rows[k]
		return fmt.Sprintf(`{"id":%d,"issueDate":%q,"repaymentDate":%q,"principal":%s,"interest":%s,"eachRepaymentFee":0,"rest":%s,"lgot":false}`,
			1000+k, i.from, i.due, cents(i.principal), cents(i.interest), cents(i.owed-i.principal))
	})
	first, last := l.rows[0].due, l.rows[len(l.rows)-1].due
	return fmt.Sprintf(`{"id":%s,"name":%s,"creationDate":%q,"donorId":101091,"branchId":101302,"clientId":%s,"currencyId":101011,`+
		`"loanAmount":%s,"loanStage":1,"issuePlanDate":%q,"firstRepaymentDate":%q,"repaymentPlanDate":%q,"creditProductId":1013331,`+
		`"creditProductName":"Заём","underCourtAmount":0,"creditFieldReq":{"id":1013331,"dateCalcMethodId":101231,`+
		`"allowHolidaysPayment":true,"calcIntOnIssueDate":false,"trancheDuration":30,"interestForTranche":%s,"delinquencyIntRate":0,`+
		`"interestRateTypeId":101121,"trancheCount":%d,"fees":[],"principalParts":[],"interestOnLoanAmount":false,"fixedDelayPenalty":0,"delayPenaltyDay":1,`+
		`"penaltyRates":[{"periodBegin":1,"periodEnd":9999,"principalRate":%s,"interestRate":%s,"feeRate":0}]},`+
		`"joinFee":0,"fixedJoinFee":0,"insuranceFee":0,"fixedInsuranceFee":0,"estimateFee":0,"fixedEstimateFee":0,`+
		`"insurancePremiumRate":0,"insurancePremiumAmount":0,"issueDate":%q,"fullCostOfCredit":0,"closeDate":null,`+
		`"closedStatusId":null,"dropOutDate":null,"schedules":[{"id":1,"creationDate":1704067200000,"amount":%s,"issued":true,"tranches":%s}]}`,
		id, quote(l.number), l.issue, client, cents(l.lent), l.issue, first, last, percent(interestDaily), len(l.rows), percent(penaltyDaily), percent(penaltyDaily),
		l.issue, cents(l.lent), rows)
}
