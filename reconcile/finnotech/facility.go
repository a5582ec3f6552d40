// Package finnotech lists the laws of the Finnotech facility inquiry.
package finnotech

import (
	"slices"

	"tieout/calc/schema"
)

const inquiry = "Finnotech, facilityInquiry, "

// Rules are the laws of the loans of one person or company.
func Rules() []schema.Rule {
	return slices.Concat(
		identityRules(), sumRules(), generationRules(), dateRules(), benefitRules(), codeRules(), listRules(), answerRules(),
	)
}

// sumRules are the laws of totals and amounts.
func sumRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-02", Title: "the total debt is not the sum over the loans",
			Cites: inquiry + "facilityDebtTotalAmount", Basis: schema.Stated,
			Formula:  "for debt in {debtorTotalAmount, FacilityDebtorTotalAmount}: facilityDebtTotalAmount = sum(facilityList.debt)",
			Severity: schema.Error,
			Why:      "The header is the total of the list. The list states the figure in two generations of field names, and each must add up to it.",
		},
		{
			ID: "FT-03", Title: "the total past due is not the sum over the loans",
			Cites: inquiry + "facilityPastExpiredTotalAmount", Basis: schema.Stated,
			Formula:  "for due in {pastExpiredAmount, FacilityPastExpiredAmount}: facilityPastExpiredTotalAmount = sum(facilityList.due)",
			Severity: schema.Error,
			Why:      "The header is the total of the list. The list states the figure in two generations of field names, and each must add up to it.",
		},
		{
			ID: "FT-04", Title: "the total deferred is not the sum over the loans",
			Cites: inquiry + "facilityDeferredTotalAmount", Basis: schema.Stated,
			Formula:  "for deferred in {deferredAmount, FacilityDeferredAmount}: facilityDeferredTotalAmount = sum(facilityList.deferred)",
			Severity: schema.Error,
			Why:      "The header is the total of the list. The list states the figure in two generations of field names, and each must add up to it.",
		},
		{
			ID: "FT-05", Title: "the total doubtful is not the sum over the loans",
			Cites: inquiry + "facilitySuspiciousTotalAmount", Basis: schema.Stated,
			Formula:  "for doubtful in {suspiciousAmount, FacilitySuspiciousAmount}: facilitySuspiciousTotalAmount = sum(facilityList.doubtful)",
			Severity: schema.Error,
			Why:      "The header is the total of the list. The list states the figure in two generations of field names, and each must add up to it.",
		},
		{
			ID: "FT-06", Title: "the total of the facilities fits no sum over the loans",
			Cites: inquiry + "facilityTotalAmount", Basis: schema.Inferred,
			Formula: "facilityTotalAmount = sum(facilityList.FacilityAmountOrginal + facilityList.FacilityBenefitAmount)" +
				" or facilityTotalAmount = sum(facilityList.FacilityAmountOrginal)" +
				" or facilityTotalAmount = sum(facilityList.amountOrginal + facilityList.benefitAmount)" +
				" or facilityTotalAmount = sum(facilityList.amountOrginal)",
			Severity: schema.Warning,
			Why: "The document does not say what the total of the facilities counts: principal and interest, or principal alone, " +
				"in either generation of field names. One of the four should fit.",
		},
		{
			ID: "FT-08", Title: "more is past due, deferred and doubtful than is owed",
			Cites: inquiry + "past due, deferred, doubtful, total debt", Basis: schema.Inferred,
			Formula: "for loan in facilityList: " +
				"loan.FacilityPastExpiredAmount + loan.FacilityDeferredAmount + loan.FacilitySuspiciousAmount <= loan.FacilityDebtorTotalAmount" +
				" and loan.pastExpiredAmount + loan.deferredAmount + loan.suspiciousAmount <= loan.debtorTotalAmount",
			Severity: schema.Error,
			Why:      "The three are parts of the debt.",
		},
		{
			ID: "FT-09", Title: "the debt of a loan is more than principal, interest and penalty together",
			Cites: inquiry + "FacilityDebtorTotalAmount", Basis: schema.Inferred, Adjustments: debtEvents,
			Formula: "for loan in facilityList: loan.FacilityDebtorTotalAmount <= " +
				"loan.FacilityAmountOrginal + loan.FacilityBenefitAmount + loan.FacilityAmountObligation",
			Severity: schema.Warning,
			Why:      "Nothing else can be owed on a loan.",
		},
	}
}
