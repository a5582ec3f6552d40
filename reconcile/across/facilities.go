package across

import (
	"strconv"

	"tieout/calc/schema"
)

// facilityRules name what may become of a loan between two snapshots.
func facilityRules() []schema.Rule {
	var reads []string
	for _, part := range []string{"facilities", "facilities_before"} {
		for _, name := range []string{
			"FacilityRequestNo", "FacilityAmountOrginal", "FacilityBenefitAmount", "FacilitySetDate", "FacilityEndDate",
			"FacilityDebtorTotalAmount", "FacilityAmountObligation", "FacilityPastExpiredAmount", "FacilityDeferredAmount",
			"FacilitySuspiciousAmount",
		} {
			reads = append(reads, part+".facilityList."+name)
		}
	}
	return []schema.Rule{{
		ID: "RF-09", Title: "a loan changed as no loan does",
		Cites: "Finnotech, facilityInquiry, facilityList" + snapshots, Basis: schema.Inferred,
		Law: "of each FacilityRequestNo the original amount, the benefit and the dates stay; the debt does not grow unless the obligation " +
			"or the late amounts do; a loan is gone only after its end or when it owed no more than the installments since",
		Each: []string{"facilities_before.facilityList"}, Reads: reads, Check: checkFacility, Severity: schema.Warning,
		Why: "The registry carries a loan from its first day to its last installment, and its terms are not rewritten.",
	}}
}

func checkFacility(c *schema.Case) {
	number := c.Text("FacilityRequestNo")
	var now *schema.Case
	for _, row := range c.Rows("facilities.facilityList") {
		if row.Text("FacilityRequestNo") == number {
			now = &row
			break
		}
	}
	if now == nil {
		checkGone(c)
		return
	}
	for _, path := range []string{"FacilityAmountOrginal", "FacilityBenefitAmount"} {
		if was := c.Amount(path); !now.Amount(path).Equal(was) {
			now.Off(path, was, "the earlier snapshot has it, and the terms of a loan stay")
		}
	}
	for _, path := range []string{"FacilitySetDate", "FacilityEndDate"} {
		if c.Given(path) && now.Given(path) && now.Date(path) != c.Date(path) {
			now.Broken(path, c.Text(path), "the earlier snapshot has it, and the terms of a loan stay")
		}
	}
	if was := c.Amount("FacilityDebtorTotalAmount"); now.Amount("FacilityDebtorTotalAmount").Cmp(was) > 0 && !isLater(now, c) {
		now.Off("FacilityDebtorTotalAmount", was, "neither the obligation nor what is past due, deferred or doubtful has grown").AtMost = true
	}
}

// isLater tells whether a loan owes more for being late than it did before.
func isLater(now, before *schema.Case) bool {
	grown := false
	for _, path := range []string{
		"FacilityAmountObligation", "FacilityPastExpiredAmount", "FacilityDeferredAmount", "FacilitySuspiciousAmount",
	} {
		grown = now.Amount(path).Cmp(before.Amount(path)) > 0 || grown
	}
	return grown
}

// checkGone judges a loan that the later snapshot does not have.
func checkGone(c *schema.Case) {
	set, end := c.Date("FacilitySetDate"), c.Date("FacilityEndDate")
	today, before := c.AsOf(), c.PreviousAsOf()
	if set.IsZero() || end.IsZero() || today.IsZero() || before.IsZero() || !end.After(today) {
		return
	}
	// All that the loan pays, by the days that it runs and the days since; one
	// installment more, of a month, may have been paid ahead.
	days, most := int64(end.DaysSince(set)), int64(today.DaysSince(before)+month)
	if days <= 0 {
		c.NotEvaluable("the loan ends before it begins")
		return
	}
	all := c.Amount("FacilityAmountOrginal").Plus(c.Amount("FacilityBenefitAmount"))
	if debt := c.Amount("FacilityDebtorTotalAmount"); debt.Times(days).Cmp(all.Times(most)) > 0 {
		c.BrokenRow("the loan is not in the later snapshot, though it owed " + debt.String() + " and runs until " + end.String() +
			", " + strconv.Itoa(end.DaysSince(today)) + " days more")
	}
}

// month is the most days between two installments.
const month = 31
