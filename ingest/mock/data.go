package mock

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"

	"tieout/calc/date"
)

// cents writes an amount given in hundredths.
func cents(n int64) string {
	if n < 0 {
		return "-" + cents(-n)
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

// between is a random number of a range.
func between(r *rand.Rand, least, most int64) int64 { return least + r.Int64N(most-least+1) }

// list writes an array of n things.
func list(n int, thing func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = thing(i)
	}
	return "[" + strings.Join(all, ",") + "]"
}

// contractNumber is one that a client's contract of 2024 can have.
func contractNumber(r *rand.Rand) string {
	return fmt.Sprintf("З24ПрИР%09d", r.Int64N(1_000_000_000))
}

// contracts of a client of Arifmetika: some are paid on time, some are late.
func contracts(r *rand.Rand, n int) string {
	return list(n, func(int) string {
		principal, planned, later := between(r, 0, 200_000)*int64(r.IntN(2)), between(r, 10_000, 300_000), between(r, 100_000, 3_000_000)
		overdue, today, more, penalty := principal/7, between(r, 0, 20_000), between(r, 1, 20_000), principal/100
		status := "active"
		if principal+overdue+penalty > 0 {
			status = "expired"
		}
		debt := principal + planned + later
		return fmt.Sprintf(`{"type":"ConsumerLoan","base_source":"mock","contract_num":%q,"contract_date":"2024-01-31",`+
			`"contract_sum":%s,"payment_receiver":"9901000027","status":%q,"repay_before":"2024-07-31","repayment_date":"",`+
			`"penalty":%s,"total_balance":%s,"main_debt_balance":%s,"interest_balance":%s,"total_overdue":%s,`+
			`"main_debt_overdue":%s,"interest_overdue":%s,"date_planned_payment":"2024-04-30","total_planned_payment":%s,`+
			`"main_debt_planned_payment":%s,"interest_planned_payment":%s,"interest_planned_payment_today":%s,"total_today_sum":%s}`,
			contractNumber(r), cents(2*debt), status, cents(penalty), cents(debt+overdue+today+penalty), cents(debt),
			cents(overdue+today), cents(principal+overdue+penalty), cents(principal), cents(overdue),
			cents(planned+today+more), cents(planned), cents(today+more), cents(today),
			cents(principal+overdue+penalty+planned+today))
	})
}

// schedule of a contract of Arifmetika in equal parts: the first installments are paid,
// each on its day.
func schedule(r *rand.Rand, n int) string {
	type balance [3]int64
	write := func(b balance) string {
		return fmt.Sprintf(`"begin_balance":%s,"payment_sum":%s,"end_balance":%s`, cents(b[0]), cents(b[1]), cents(b[2]))
	}
	var totals [3]balance
	settled, names := r.IntN(n+1), []string{"main_debt", "percent", "penalty"}
	part := between(r, 100, 5000) * 100
	details := list(n, func(row int) string {
		day := date.MustParse("2024-01-31").AddMonths(row, 31)
		days := int64(day.DaysSince(date.MustParse("2023-12-31").AddMonths(row, 31)))
		due, paidOn, parts := day.String(), "", ""
		if row < settled {
			paidOn = due
		}
		for c, name := range names {
			b, facts := balance{}, ""
			switch c {
			case 0:
				b[0] = part
			case 1: // 0.1 percent a day of what is owed
				b[0] = part * int64(n-row) * days / 1000
			}
			b[2] = b[0]
			if paidOn != "" && b[0] > 0 {
				b[1], b[2] = b[0], 0
				facts = fmt.Sprintf(`{"date":%q,"begin_balance":0,"payment_sum":%s,"end_balance":0}`, due, cents(b[0]))
			}
			for k := range b {
				totals[c][k] += b[k]
			}
			parts += fmt.Sprintf(`,%q:{"fact_payment":[%s],%s}`, name, facts, write(b))
		}
		return fmt.Sprintf(`{"plan_payment_number":"%d","plan_payment_date":%q,"fact_payment_date":%q%s}`, row+1, due, paidOn, parts)
	})
	return fmt.Sprintf(`{"Total":{"main_debt":{%s},"percent":{%s},"penalty":{%s}},"Details":%s}`,
		write(totals[0]), write(totals[1]), write(totals[2]), details)
}

// facilities of a person or company, in whole rials.
func facilities(r *rand.Rand, user, track string, n int) string {
	var total, debts, late int64
	loans := list(n, func(int) string {
		principal := between(r, 10, 900) * 1_000_000
		benefit := annuityInterest(principal)
		debt := between(r, principal/10, principal)
		past, status := int64(0), "جاری"
		if r.IntN(3) == 0 {
			past, status = debt/9, "سررسید گذشته"
		}
		total, debts, late = total+principal+benefit, debts+debt, late+past
		return fmt.Sprintf(`{"FacilityBankCode":"14","FacilityBranchCode":"02159","FacilityBranch":"بانک مسکن - تهران",`+
			`"FacilityRequestNo":"021599704%07d","FacilityRequestType":"3","FacilityCurrencyCode":"IRR","FacilityPastExpiredAmount":"%d",`+
			`"FacilityDeferredAmount":"0","FacilitySuspiciousAmount":"0","FacilityDebtorTotalAmount":"%d","FacilityType":"18",`+
			`"FacilityStatus":%q,"FacilityAmountOrginal":"%d","FacilityBenefitAmount":"%d","FacilitySetDate":"13970430",`+
			`"FacilityEndDate":"14090430","FacilityAmountObligation":"0","FacilityGroup":"اصلی","FacilityMoratoriumDate":"0"}`,
			r.IntN(10_000_000), past, debt, status, principal, benefit)
	})
	return fmt.Sprintf(`{"result":{"user":%q,"name":"نام نمونه","facilityTotalAmount":"%d","facilityDebtTotalAmount":"%d",`+
		`"facilityPastExpiredTotalAmount":"%d","facilityDeferredTotalAmount":"0","facilitySuspiciousTotalAmount":"0",`+
		`"dishonored":"","facilityList":%s},"status":"DONE","responseCode":"FN-MOCK-20000100000","trackId":%s}`,
		user, total, debts, late, loans, quote(track))
}

// annuityInterest is the interest of the whole term of an annuity over 144 months at
// 18 percent a year, in whole rials.
func annuityInterest(principal int64) int64 {
	const months = 144
	growth := new(big.Rat).SetFrac( // (1 + 0.015)^144
		new(big.Int).Exp(big.NewInt(1015), big.NewInt(months), nil), new(big.Int).Exp(big.NewInt(1000), big.NewInt(months), nil))
	paid := new(big.Rat).Mul(growth, big.NewRat(principal*months*15, 1000))
	paid.Quo(paid, growth.Sub(growth, big.NewRat(1, 1)))
	return new(big.Int).Quo(paid.Num(), paid.Denom()).Int64() - principal
}

// brainyContract is a contract of bs-core with its schedule, repaid in equal parts
// every 30 days with 5 percent of the rest each time.
func brainyContract(r *rand.Rand, id, name, client string, tranches int) string {
	part := between(r, 1, 50) * 1000
	amount := part * int64(tranches)
	issue := date.MustParse("2017-01-05")
	day := func(n int) string { return issue.AddDays(30 * n).String() }
	rest := amount
	rows := list(tranches, func(n int) string {
		interest := rest / 20
		rest -= part
		return fmt.Sprintf(`{"id":%d,"issueDate":%q,"repaymentDate":%q,"principal":%d,"interest":%d,"eachRepaymentFee":0,"rest":%d,"lgot":false}`,
			1000+n, day(n), day(n+1), part, interest, rest)
	})
	return fmt.Sprintf(`{"id":%s,"name":%s,"creationDate":%q,"donorId":101091,"branchId":101302,"clientId":%s,"currencyId":101011,`+
		`"loanAmount":%d,"loanStage":1,"issuePlanDate":%q,"firstRepaymentDate":%q,"repaymentPlanDate":%q,"creditProductId":1013331,`+
		`"creditProductName":"Заём","underCourtAmount":0,"creditFieldReq":{"id":1013331,"dateCalcMethodId":101232,`+
		`"allowHolidaysPayment":true,"calcIntOnIssueDate":false,"trancheDuration":30,"interestForTranche":5,"delinquencyIntRate":0,`+
		`"interestRateTypeId":101121,"trancheCount":%d,"fees":[],"principalParts":[],"penaltyRates":[],"interestOnLoanAmount":false},`+
		`"joinFee":0,"fixedJoinFee":0,"insuranceFee":0,"fixedInsuranceFee":0,"estimateFee":0,"fixedEstimateFee":0,`+
		`"insurancePremiumRate":0,"insurancePremiumAmount":0,"issueDate":%q,"fullCostOfCredit":0,"closeDate":null,`+
		`"closedStatusId":null,"dropOutDate":null,"schedules":[{"id":1,"creationDate":1483574400000,"amount":%d,"issued":true,"tranches":%s}]}`,
		id, quote(name), issue, client, amount, issue, day(1), day(tranches), tranches, issue, amount, rows)
}

// limit of a dealer of VakıfBank.
func limit(r *rand.Rand, company, dealer, currency string) string {
	total, other := between(r, 10_000, 1_000_000_000), between(r, 10_000, 1_000_000_000)
	drawn, open := r.Int64N(total), r.Int64N(other)
	return fmt.Sprintf(`{"CurrencyCode":%q,"TotalInvoiceAmount":%s,"GuaranteedInvoiceTotal":%s,"NameSurname":"Api Test Bayi",`+
		`"CashRisk":0,"GuaranteedInvoiceTotal2":0,`+
		`"DepositAccountBalance":0,"TotalGuaranteedLimit":%s,"NonGuaranteedInvoiceTotal":%s,"TotalNonGuaranteedLimit":%s,"RemainingNonGuaranteeLimit":%s,`+
		`"RemainingGuaranteedLimit":%s,"BranchCode":"S00002","MainCompanyID":%s,"MainCompanyDealerCode":%s}`,
		currency, cents(drawn+open), cents(drawn), cents(total), cents(open), cents(other), cents(other-open),
		cents(total-drawn), company, quote(dealer))
}

// invoices of a dealer: what is left of them is what the limit says is open.
func invoices(r *rand.Rand, company, dealer, currency string, n int) string {
	total, other := between(r, 10_000, 1_000_000_000), between(r, 10_000, 1_000_000_000)
	left := r.Int64N(total) + r.Int64N(other) // drawn as for the limit
	return list(n, func(i int) string {
		share := left / int64(n-i)
		left -= share
		paid := r.Int64N(1_000_000)
		status := 3
		if paid > 0 {
			status = 4
		}
		return fmt.Sprintf(`{"MainCompanyID":%s,"MainCompanyDealerCode":%s,"CompanyName":"Api Test","NameSurname":"Api Test Bayi",`+
			`"InvoiceNumber":"F%012d","InvoiceReleaseDate":"2026-01-05T00:00:00","LastPaymentDate":"2026-12-05T00:00:00","InvoiceType":"1",`+
			`"CurrencyCode":%q,"InvoiceAmount":%s,"AmountPaid":%s,"OffsetAmount":0,"GuaranteedAmountOriginal":0,"InvoiceStatusCode":"1",`+
			`"InvoiceStatusDetailCode":"%d"}`, company, quote(dealer), r.Int64N(1_000_000_000_000), currency, cents(share+paid), cents(paid), status)
	})
}

// statements of a leasing contract, as testdata/sources/leasing.yaml describes them.
func statements(r *rand.Rand, contract, month string, vehicles int) string {
	var rents, booked int64
	cars := list(vehicles, func(n int) string {
		rent := between(r, 100, 900) * 100
		balance := rent
		rents += rent
		bookings := list(2, func(int) string {
			amount := between(r, -50_000, 50_000)
			balance, booked = balance+amount, booked+amount
			return fmt.Sprintf(`{"date":"2026-10-05","text":"booking","amount":%s,"balance":%s}`, cents(amount), cents(balance))
		})
		return fmt.Sprintf(`{"plate":"KA %d","rent":%s,"bookings":%s}`, n+1, cents(rent), bookings)
	})
	opening := between(r, 0, 100_000)
	return fmt.Sprintf(`{"contract":%s,"month":%q,"status":"running","opening":%s,"closing":%s,"vat":%s,"vehicles":%s,`+
		`"totals":{"rent":%s,"booked":%s}}`, quote(contract), month, cents(opening), cents(opening+booked), cents(rents*19/100),
		cars, cents(rents), cents(booked))
}
