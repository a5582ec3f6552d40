package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

var (
	contractTypes = []text{"ConsumerLoan", "Tranche", "SecuredLoan"}
	databases     = []text{"main", "archive", "Уфа-2"}
	states        = []text{"active", "overdue", "closed", "restructured"}
	receivers     = []text{
		`ООО МКК "Деньги до зарплаты"`, `АО МФК «Берег»`, `ООО "Взыскание и право"`, "ИП Кузнецова Мария Олеговна", "9901000027", "LLC Debt Service",
	}
)

// contract is one of the list of a client's contracts.
func contract(r *rand.Rand, number int, wrong bool) object {
	principal := logUniform(r, 5_000_00, 900_000_00)
	c := struct {
		penalty, balance, principal, interest, overdue, principalOverdue, interestOverdue kopecks
		planned, principalPlanned, interestPlanned, interestToday, today                  kopecks
	}{}
	c.principal = part(r, principal)
	c.interest = part(r, c.principal/3)
	if r.IntN(3) == 0 { // in arrears
		c.penalty = logUniform(r, 1_00, 20_000_00)
		c.principalOverdue, c.interestOverdue = part(r, c.principal), part(r, c.interest)
	}
	c.principalPlanned = part(r, c.principal-c.principalOverdue)
	c.interestToday = part(r, c.interest-c.interestOverdue)
	c.interestPlanned = c.interestToday + part(r, c.interest)
	c.balance = c.principal + c.interest + c.penalty
	c.overdue = c.principalOverdue + c.interestOverdue + c.penalty
	c.planned = c.principalPlanned + c.interestPlanned
	c.today = c.overdue + c.principalPlanned + c.interestToday
	if wrong {
		misprint(r, []*kopecks{
			&c.penalty, &c.balance, &c.principal, &c.interest, &c.overdue, &c.principalOverdue, &c.interestOverdue,
			&c.planned, &c.principalPlanned, &c.interestPlanned, &c.interestToday, &c.today,
		})
	}
	repaid := any(nil)
	if r.IntN(3) == 0 {
		repaid = day(r)
	}
	return object{
		{name: "type", value: pick(r, contractTypes)},
		{name: "base_source", value: pick(r, databases)},
		{name: "contract_num", value: contractNumber(r, number)},
		{name: "contract_date", value: day(r)},
		{name: "contract_sum", value: principal},
		{name: "payment_receiver", value: pick(r, receivers), optional: true},
		{name: "status", value: pick(r, states)},
		{name: "repay_before", value: day(r)},
		{name: "repayment_date", value: repaid, optional: true},
		{name: "penalty", value: c.penalty},
		{name: "total_balance", value: c.balance},
		{name: "main_debt_balance", value: c.principal},
		{name: "interest_balance", value: c.interest},
		{name: "total_overdue", value: c.overdue},
		{name: "main_debt_overdue", value: c.principalOverdue},
		{name: "interest_overdue", value: c.interestOverdue},
		{name: "date_planned_payment", value: day(r), optional: true},
		{name: "total_planned_payment", value: c.planned},
		{name: "main_debt_planned_payment", value: c.principalPlanned},
		{name: "interest_planned_payment", value: c.interestPlanned},
		{name: "interest_planned_payment_today", value: c.interestToday},
		{name: "total_today_sum", value: c.today},
	}
}

// installments of a schedule.
const installments = 12

// componentNames are the parts of what is owed in a schedule.
var componentNames = [...]string{"main_debt", "percent", "penalty"}

// account is what is owed before and after something, and what is paid.
type account struct{ begin, paid, end kopecks }

// installment has the account of each component, and the payments made of it.
type installment struct {
	accounts [len(componentNames)]account
	payments [len(componentNames)][]account
}

// schedule is the payment schedule of a loan that is repaid in equal parts.
func schedule(r *rand.Rand, number int, wrong bool) object {
	rows, totals := repayments(r)
	if wrong {
		misprint(r, readFigures(rows, totals))
	}
	details := make([]object, len(rows))
	for i := range rows {
		details[i] = rows[i].object(r, i+1)
	}
	total := object{}
	for c, name := range componentNames {
		total = append(total, member{name: name, value: totals[c].object()})
	}
	return object{
		{name: "contract_num", value: contractNumber(r, number), optional: true},
		{name: "Total", value: total},
		{name: "Details", value: details},
	}
}

// repayments are the installments of a loan, with the sums over them.
func repayments(r *rand.Rand) (rows []installment, totals *[len(componentNames)]account) {
	rows, totals = make([]installment, installments), new([len(componentNames)]account)
	left := logUniform(r, 5_000_00, 900_000_00)
	each := left / installments
	for i := range rows {
		row := &rows[i]
		principal := each
		if i == len(rows)-1 {
			principal = left
		}
		interest, penalty := part(r, left/40), kopecks(0)
		if r.IntN(6) == 0 {
			penalty = logUniform(r, 1, 3_000_00)
		}
		row.accounts = [...]account{{left, principal, left - principal}, {interest, interest, 0}, {penalty, penalty, 0}}
		left -= principal
		for c, a := range row.accounts {
			row.payments[c] = payments(r, a)
			totals[c].begin += a.begin
			totals[c].paid += a.paid
			totals[c].end += a.end
		}
	}
	return rows, totals
}

// payments made of an installment: none of nothing, one, or two.
func payments(r *rand.Rand, whole account) []account {
	switch {
	case whole.paid == 0:
		return nil
	case whole.paid > 1 && r.IntN(4) == 0:
		first := 1 + part(r, whole.paid-1)
		return []account{{whole.begin, first, whole.begin - first}, {whole.begin - first, whole.paid - first, whole.end}}
	}
	return []account{whole}
}

// readFigures are those that a relation reads which the comparison checks.
func readFigures(rows []installment, totals *[len(componentNames)]account) []*kopecks {
	var all []*kopecks
	of := func(a *account) { all = append(all, &a.begin, &a.paid, &a.end) }
	for c := range componentNames {
		of(&totals[c])
		for i := range rows {
			of(&rows[i].accounts[c])
			for k := range rows[i].payments[c] {
				all = append(all, &rows[i].payments[c][k].paid)
			}
		}
	}
	return all
}

func (row *installment) object(r *rand.Rand, number int) object {
	due := day(r)
	o := object{
		{name: "plan_payment_number", value: number},
		{name: "plan_payment_date", value: due},
		{name: "fact_payment_date", value: due, optional: true},
	}
	for c, name := range componentNames {
		made := make([]object, len(row.payments[c]))
		for i, p := range row.payments[c] {
			made[i] = append(object{{name: "date", value: due}}, p.object()...)
		}
		component := append(object{{name: "fact_payment", value: made}}, row.accounts[c].object()...)
		o = append(o, member{name: name, value: component})
	}
	return o
}

func (a *account) object() object {
	return object{{name: "begin_balance", value: a.begin}, {name: "payment_sum", value: a.paid}, {name: "end_balance", value: a.end}}
}

// misprint makes one of some figures wrong.
func misprint(r *rand.Rand, figures []*kopecks) {
	figure := figures[r.IntN(len(figures))]
	var wrong kopecks
	switch right := *figure; r.IntN(4) {
	case 0: // a kopeck, a rouble or a hundred
		wrong = right + []kopecks{1, 1_00, 100_00}[r.IntN(3)]
	case 1: // a decimal point
		wrong = right * 10
	case 2: // two digits
		place := []kopecks{1, 10, 100, 1000}[r.IntN(4)]
		low, high := right/place%10, right/place/10%10
		wrong = right + (low-high)*9*place
	default:
		wrong = right - 1 - kopecks(r.IntN(500_00))
	}
	if wrong == *figure { // two digits that are the same, ten times nothing
		wrong++
	}
	*figure = wrong
}

// logUniform is an amount of which every order of magnitude is as likely.
func logUniform(r *rand.Rand, low, high kopecks) kopecks {
	return kopecks(float64(low) * math.Pow(float64(high)/float64(low), r.Float64()))
}

// part of an amount, from nothing to nearly all.
func part(r *rand.Rand, of kopecks) kopecks { return kopecks(float64(of) * r.Float64()) }

func contractNumber(r *rand.Rand, number int) text {
	return text(fmt.Sprintf("З%02d%sАР%09d", 18+r.IntN(8), []string{"Уф", "Нв", "Пр", "Сб"}[r.IntN(4)], number))
}

func day(r *rand.Rand) text {
	return text(fmt.Sprintf("20%02d-%02d-%02d", 18+r.IntN(8), 1+r.IntN(12), 1+r.IntN(28)))
}

func pick(r *rand.Rand, all []text) text { return all[r.IntN(len(all))] }
