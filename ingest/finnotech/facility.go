// Package finnotech describes the facility inquiry of the Finnotech API: the
// loans of a person or company at all Iranian banks, from the central bank's
// registry.
//
// Amounts are whole rials in strings of digits; dates are of the Iranian
// calendar, yyyyMMdd, and "0" says that there is none.
package finnotech

import "tieout/calc/schema"

const irr = "IRR"

func money(name, meaning string) schema.Field {
	return schema.Field{Name: name, Kind: schema.Money, Unit: irr, Meaning: meaning}
}

// optional is the field, which later versions of the API may leave out.
func optional(f schema.Field) schema.Field {
	f.Presence = schema.Optional
	return f
}

func code(name, meaning string) schema.Field {
	return schema.Field{Name: name, Kind: schema.Code, Presence: schema.Optional, Meaning: meaning}
}

// Facility is the answer of facilityInquiry. The loans stand in facilityList in
// two generations of fields: lower-case names, and later Facility… names.
func Facility() *schema.Source {
	return &schema.Source{
		Name:        "finnotech.facility",
		Title:       "loans of a person or company at all banks",
		Publisher:   "Finnotech",
		Document:    "GET /credit/v2/clients/{clientId}/users/{user}/facilityInquiry",
		Records:     []string{"result"},
		NotNegative: true,
		Country:     "IR",
		Keys:        [][]string{{"nid"}, {"user"}, {"legalId"}},
		Failed: []schema.Answer{
			{Path: "status", Is: []string{"FAILED"}, Tell: []string{"error.code", "error.message"}},
			{Path: "result.status", Is: []string{"FAILED"}, Tell: []string{"result.error.code", "result.error.message"}},
		},
		Nothing: []schema.Answer{{Path: "result.result", Is: []string{"120", "110"}, Tell: []string{"result.message"}}},
		Context: []schema.Field{
			{Name: "status", Kind: schema.Code, Meaning: "status of the call"},
			{Name: "trackId", Kind: schema.Code, Meaning: "tracking code of the call"},
			{Name: "responseCode", Kind: schema.Code, Presence: schema.Optional, Meaning: "code of the answer"},
		},
		Fields: []schema.Field{
			code("result", "why there is no list: 120 when no facility was found"),
			code("nid", "national code of the person"),
			code("user", "national code or legal id asked for"),
			code("legalId", "legal id of the company"),
			{Name: "name", Kind: schema.Text, Presence: schema.Optional, Meaning: "name"},
			money("facilityTotalAmount", "total of the facilities"),
			money("facilityDebtTotalAmount", "total debt"),
			money("facilityPastExpiredTotalAmount", "past due in total"),
			money("facilityDeferredTotalAmount", "deferred in total"),
			money("facilitySuspiciousTotalAmount", "doubtful in total"),
			{Name: "dishonored", Kind: schema.Text, Presence: schema.EmptyIsNone, Meaning: "bad record"},
			{Name: "facilityList", Kind: schema.Rows, Meaning: "loans", Fields: loan()},
		},
	}
}

func loan() []schema.Field {
	return []schema.Field{
		code("bankCode", "bank"),
		code("branchCode", "branch"),
		{Name: "branchDescription", Kind: schema.Text, Presence: schema.Optional, Meaning: "name of the branch"},
		optional(money("pastExpiredAmount", "past due")),
		optional(money("deferredAmount", "deferred")),
		optional(money("suspiciousAmount", "doubtful")),
		optional(money("debtorTotalAmount", "total debt")),
		code("type", "type of contract"),
		optional(money("amountOrginal", "principal")),
		optional(money("benefitAmount", "interest of the whole term")),
		code("FacilityBankCode", "bank"),
		code("FacilityBranchCode", "branch"),
		{Name: "FacilityBranch", Kind: schema.Text, Presence: schema.Optional, Meaning: "name of the branch"},
		code("FacilityRequestNo", "request number"),
		code("FacilityRequestType", "type of request"),
		code("FacilityCurrencyCode", "currency"),
		money("FacilityPastExpiredAmount", "past due"),
		money("FacilityDeferredAmount", "deferred"),
		money("FacilitySuspiciousAmount", "doubtful"),
		money("FacilityDebtorTotalAmount", "total debt"),
		code("FacilityType", "type of contract"),
		{Name: "FacilityStatus", Kind: schema.Text, Presence: schema.Optional, Meaning: "status"},
		money("FacilityAmountOrginal", "principal"),
		money("FacilityBenefitAmount", "interest of the whole term"),
		{Name: "FacilitySetDate", Kind: schema.JalaliDate, Presence: schema.Optional, None: "0", Meaning: "date of the contract"},
		{Name: "FacilityEndDate", Kind: schema.JalaliDate, Presence: schema.Optional, None: "0", Meaning: "final due date"},
		money("FacilityAmountObligation", "obligation penalty"),
		{Name: "FacilityGroup", Kind: schema.Text, Presence: schema.Optional, Meaning: "group"},
		{Name: "FacilityMoratoriumDate", Kind: schema.JalaliDate, Presence: schema.Optional, None: "0", Meaning: "end of the moratorium"},
	}
}
