package properties

import (
	"fmt"
	"math/rand"
	"strings"

	"tieout/calc/date"
)

// writer writes amounts given in the smallest unit, in whole units or with two
// decimals.
type writer struct{ decimals bool }

func (w writer) amount(n int64) string {
	if !w.decimals {
		return fmt.Sprint(n)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// upTo is a random amount of a random order of magnitude, at least 1.
func upTo(r *rand.Rand, most int64) int64 {
	for range r.Intn(3) {
		most = max(most/10, 9)
	}
	return 1 + r.Int63n(most)
}

// sometimes is the amount or nothing.
func sometimes(r *rand.Rand, n int64) int64 { return n * int64(r.Intn(2)) }

func randomContract(r *rand.Rand) string {
	size := []int64{100_000, 1_000_000, 100_000_000}[r.Intn(3)]
	overdue := int64(r.Intn(2))
	return "[" + contract([]int64{
		overdue * sometimes(r, upTo(r, size/20)), overdue * upTo(r, size/4), overdue * upTo(r, size/10),
		upTo(r, size/4), upTo(r, size/20), upTo(r, size/20), sometimes(r, upTo(r, size)),
	}, writer{r.Intn(2) == 0}.amount, "", 0) + "]"
}

// plan is what a random payment schedule looks like.
type plan struct {
	rows   int
	totals bool
	// paid rows list their payments; unpaid ones have none; of unlisted ones
	// the document says only what was paid.
	payments string
	// filled tells whether payments state the balance they begin with, which
	// the published document never does.
	filled bool
}

const paid, unpaid, unlisted = "paid", "unpaid", "unlisted"

func randomSchedule(r *rand.Rand, p plan) string {
	w := writer{r.Intn(2) == 0}
	size := []int64{10_000, 100_000, 10_000_000}[r.Intn(3)]
	equal, paidRows := r.Intn(2) == 0, 1+r.Intn(p.rows)
	var total [3]balance
	var details []string
	for row := range p.rows {
		var parts []string
		left := int64(0)
		for c, name := range []string{"main_debt", "percent", "penalty"} {
			begin := []int64{upTo(r, size), upTo(r, size/8), sometimes(r, sometimes(r, upTo(r, size/50)))}[c]
			if equal && c == 0 {
				begin = size*7/10 + 7
			}
			facts, payment := randomPayments(r, p, w, begin, row, paidRows)
			b := balance{begin, payment, begin - payment}
			for k := range b {
				total[c][k] += b[k]
			}
			parts = append(parts, fmt.Sprintf("%q:{%s%s}", name, facts, balances(w, b)))
			left += b[2]
		}
		paidOn := ""
		if left == 0 {
			paidOn = dueDay(row).AddDays(3).String()
		}
		details = append(details, fmt.Sprintf(`{"plan_payment_number":"%d","plan_payment_date":%q,"fact_payment_date":%q,%s}`,
			row+1, dueDay(row), paidOn, strings.Join(parts, ",")))
	}
	text := fmt.Sprintf(`"Details":[%s]}`, strings.Join(details, ","))
	if !p.totals {
		return "{" + text
	}
	return fmt.Sprintf(`{"Total":{"main_debt":{%s},"percent":{%s},"penalty":{%s}},`,
		balances(w, total[0]), balances(w, total[1]), balances(w, total[2])) + text
}

// dueDay of an installment, by its place. All that is paid is paid three days
// late, so that no rule asks for what a random schedule cannot give.
func dueDay(row int) date.Date { return date.MustParse("2015-01-31").AddMonths(row, 31) }

func balances(w writer, b balance) string {
	return fmt.Sprintf(`"begin_balance":%s,"payment_sum":%s,"end_balance":%s`, w.amount(b[0]), w.amount(b[1]), w.amount(b[2]))
}

// randomPayments of a row, and their sum: in full, in part in the last row that
// is paid, none behind it.
func randomPayments(r *rand.Rand, p plan, w writer, begin int64, row, paidRows int) (facts string, sum int64) {
	var all []string
	if begin > 0 && row < paidRows && p.payments != unpaid {
		sum = begin
		if row == paidRows-1 {
			sum = 1 + r.Int63n(begin)
		}
		left, before := sum, begin
		for n := r.Intn(3); left > 0; n-- {
			pay := left
			if n > 0 {
				pay = 1 + r.Int63n(left)
			}
			b := balance{before, pay, before - pay}
			if !p.filled {
				b[0] = 0
			}
			all = append(all, fmt.Sprintf(`{"date":%q,%s}`, dueDay(row).AddDays(3), balances(w, b)))
			left, before = left-pay, before-pay
		}
	}
	if p.payments == unlisted {
		return "", sum
	}
	return fmt.Sprintf(`"fact_payment":[%s],`, strings.Join(all, ",")), sum
}

func randomFacilities(r *rand.Rand, loans int, both bool) string {
	lower, upper := true, true
	if !both {
		lower = r.Intn(2) == 0
		upper = !lower
	}
	interestInTotal := r.Intn(2) == 0
	var total, debts, expired, deferred, suspicious int64
	var list []string
	for range loans {
		principal := upTo(r, 9_000) * 1_000_000
		benefit := principal/100*int64(5+r.Intn(90)) + r.Int63n(1_000_000)
		debt := 1 + r.Int63n(principal+benefit)
		past, late, doubtful := sometimes(r, r.Int63n(debt/3+1)), sometimes(r, r.Int63n(debt/3+1)), sometimes(r, r.Int63n(debt/3+1))
		debts, expired, deferred, suspicious = debts+debt, expired+past, deferred+late, suspicious+doubtful
		total += principal
		if interestInTotal {
			total += benefit
		}
		var fields []string
		write := func(name string, n int64) { fields = append(fields, fmt.Sprintf(`%q:"%d"`, name, n)) }
		if lower {
			for i, name := range []string{"pastExpiredAmount", "deferredAmount", "suspiciousAmount", "debtorTotalAmount", "amountOrginal", "benefitAmount"} {
				write(name, []int64{past, late, doubtful, debt, principal, benefit}[i])
			}
		}
		if upper {
			for i, name := range []string{
				"FacilityPastExpiredAmount", "FacilityDeferredAmount", "FacilitySuspiciousAmount", "FacilityDebtorTotalAmount",
				"FacilityAmountOrginal", "FacilityBenefitAmount", "FacilityAmountObligation",
			} {
				write(name, []int64{past, late, doubtful, debt, principal, benefit, 0}[i])
			}
		}
		list = append(list, "{"+strings.Join(fields, ",")+"}")
	}
	return fmt.Sprintf(`{"result":{"nid":"0012345679","facilityTotalAmount":"%d","facilityDebtTotalAmount":"%d",`+
		`"facilityPastExpiredTotalAmount":"%d","facilityDeferredTotalAmount":"%d","facilitySuspiciousTotalAmount":"%d",`+
		`"dishonored":"","facilityList":[%s]},"status":"DONE"}`, total, debts, expired, deferred, suspicious, strings.Join(list, ","))
}

func randomLimit(r *rand.Rand) string {
	w := writer{r.Intn(2) == 0}
	size := []int64{100_000, 10_000_000, 1_000_000_000}[r.Intn(3)]
	limit, other := 1+r.Int63n(size), 1+r.Int63n(size)
	if r.Intn(4) == 0 {
		other = 99_999_999_999_999
	}
	drawn, invoices := r.Int63n(limit+1), r.Int63n(min(other, size)+1)
	left, cash := limit-drawn, ""
	if r.Intn(3) == 0 {
		risk := r.Int63n(left + 1)
		cash = fmt.Sprintf(`"CashRisk":%s,`, w.amount(risk))
		left -= risk
	}
	return fmt.Sprintf(`{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":{"MainCompanyID":371004,"MainCompanyDealerCode":"a1",`+
		`"CurrencyCode":"TL","TotalGuaranteedLimit":%s,"GuaranteedInvoiceTotal":%s,"RemainingGuaranteedLimit":%s,%s`+
		`"TotalNonGuaranteedLimit":%s,"NonGuaranteedInvoiceTotal":%s,"RemainingNonGuaranteeLimit":%s,"TotalInvoiceAmount":%s}}}`,
		w.amount(limit), w.amount(drawn), w.amount(left), cash,
		w.amount(other), w.amount(invoices), w.amount(other-invoices), w.amount(drawn+invoices))
}

func randomTranches(r *rand.Rand, tranches int) string {
	w := writer{r.Intn(2) == 0}
	size := int64(tranches) * []int64{10_000, 1_000_000, 10_000_000}[r.Intn(3)]
	var shares, plans []string
	if r.Intn(2) == 0 {
		left := int64(10_000)
		for n := range tranches {
			share := left
			if n < tranches-1 {
				share = 10_000 / int64(tranches)
			}
			left -= share
			shares = append(shares, fmt.Sprintf(`{"trancheNo":%d,"part":%s}`, n+1, writer{true}.amount(share)))
		}
	}
	equal, amount := r.Intn(2) == 0, size
	for range 1 + r.Intn(2) {
		var rows []string
		left := amount
		for n := range tranches {
			principal := left
			if n < tranches-1 {
				principal = amount / int64(tranches)
				if !equal {
					principal = 1 + r.Int63n(2*left/int64(tranches-n))
				}
			}
			left -= principal
			from := date.MustParse("2017-01-05").AddDays(30 * n)
			rows = append(rows, fmt.Sprintf(`{"issueDate":"%s","repaymentDate":"%s","principal":%s,"interest":%s,"rest":%s}`,
				from, from.AddDays(30), w.amount(principal), w.amount(upTo(r, size/10)), w.amount(left)))
		}
		plans = append(plans, fmt.Sprintf(`{"amount":%s,"tranches":[%s]}`, w.amount(amount), strings.Join(rows, ",")))
	}
	return fmt.Sprintf(`{"status":"ok","timestamp":1462821143198,"data":{"id":1,"name":"000684","loanAmount":%s,`+
		`"creditFieldReq":{"principalParts":[%s]},"schedules":[%s]}}`, w.amount(amount), strings.Join(shares, ","), strings.Join(plans, ","))
}

func randomStatement(r *rand.Rand, vehicles int) string {
	w := writer{true}
	var rents, booked int64
	var list []string
	for n := range vehicles {
		rent := upTo(r, 1_000_000)
		rents += rent
		balance := rent
		var bookings []string
		for range 1 + r.Intn(5) {
			amount := upTo(r, 1_000_000)
			if r.Intn(2) == 0 {
				amount = -amount
			}
			balance, booked = balance+amount, booked+amount
			bookings = append(bookings, fmt.Sprintf(`{"date":"2026-10-05","text":"x","amount":%s,"balance":%s}`, w.amount(amount), w.amount(balance)))
		}
		list = append(list, fmt.Sprintf(`{"plate":"KA %d","rent":%s,"bookings":[%s]}`, n, w.amount(rent), strings.Join(bookings, ",")))
	}
	opening := sometimes(r, upTo(r, 1_000_000))
	return fmt.Sprintf(`{"answer":{"state":"OK","statements":[{"contract":"L-1","month":"2026-10","status":"running",`+
		`"opening":%s,"closing":%s,"vat":%s,"vehicles":[%s],"totals":{"rent":%s,"booked":%s}}]}}`,
		w.amount(opening), w.amount(opening+booked), w.amount((19*rents+50)/100), strings.Join(list, ","), w.amount(rents), w.amount(booked))
}

// profitAndLoss describes the account of Scholtus (2009), section 4.
const profitAndLoss = `
source: example.account
records: ""
fields:
  x1: money EUR
  x2: money EUR
  x3: money EUR
  x4: money EUR
  x5: money EUR
  x6: money EUR
  x7: money EUR
  x8: money EUR
  x9: money EUR
  x10: money EUR
  x11: money EUR
rules:
  - {id: PL-1, title: x3 is not the sum of x1 and x2, formula: x3 = x1 + x2}
  - {id: PL-2, title: x2 and x4 differ, formula: x2 = x4}
  - {id: PL-3, title: x8 is not the sum of x5 to x7, formula: x8 = x5 + x6 + x7}
  - {id: PL-4, title: x9 is not the sum of x3 and x8, formula: x9 = x3 + x8}
  - {id: PL-5, title: x11 is not x9 less x10, formula: x11 = x9 - x10}
`

// account writes x1 to x11.
func account(x ...int64) string {
	var b strings.Builder
	for i, n := range x {
		fmt.Fprintf(&b, `,"x%d":%d`, i+1, n)
	}
	return "{" + b.String()[1:] + "}"
}

func randomAccount(r *rand.Rand) string {
	a, b, c, d, e := upTo(r, 100_000), upTo(r, 10_000), upTo(r, 10_000), upTo(r, 10_000), upTo(r, 1_000)
	x9 := a + b + c + d + e
	x10 := upTo(r, x9)
	return account(a, b, a+b, b, c, d, e, c+d+e, x9, x10, x9-x10)
}
