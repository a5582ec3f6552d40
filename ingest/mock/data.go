package mock

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
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
	drawn, open := r.Int64N(total), r.Int64N(other) // as for the limit
	return list(n, func(i int) string {
		guaranteed, share := drawn/int64(n-i), open/int64(n-i)
		drawn, open = drawn-guaranteed, open-share
		paid := r.Int64N(1_000_000)
		status := 3
		if paid > 0 {
			status = 4
		}
		return fmt.Sprintf(`{"MainCompanyID":%s,"MainCompanyDealerCode":%s,"CompanyName":"Api Test","NameSurname":"Api Test Bayi",`+
			`"InvoiceNumber":"F%012d","InvoiceReleaseDate":"2026-01-05T00:00:00","LastPaymentDate":"2026-12-05T00:00:00","InvoiceType":"1",`+
			`"CurrencyCode":%q,"InvoiceAmount":%s,"AmountPaid":%s,"OffsetAmount":0,"GuaranteedAmountOriginal":%s,"InvoiceStatusCode":"1",`+
			`"InvoiceStatusDetailCode":"%d"}`, company, quote(dealer), r.Int64N(1_000_000_000_000), currency,
			cents(guaranteed+share+paid), cents(paid), cents(guaranteed), status)
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
