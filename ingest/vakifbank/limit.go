// Package vakifbank describes the limit and risk inquiry of VakıfBank's direct
// debiting system (DBS): the limits of a dealer and the invoices drawn on them.
package vakifbank

import "tieout/calc/schema"

// Limit is the answer of inquireDDSLimitRisk. Data.LimitInfo is documented as a
// list and printed as one object; both are read. Amounts are JSON numbers in the
// currency of CurrencyCode, some in scientific notation.
func Limit() *schema.Source {
	money := func(name string, presence schema.Presence, meaning string) schema.Field {
		return schema.Field{Name: name, Kind: schema.Money, Presence: presence, Meaning: meaning}
	}
	return &schema.Source{
		Name:        "vakifbank.limit",
		Title:       "limits and open invoices of a dealer",
		Publisher:   "VakıfBank",
		Document:    "DBS Limit-Risk Sorgula (inquireDDSLimitRisk)",
		Records:     []string{"Data.LimitInfo"},
		NotNegative: true,
		Currency:    "CurrencyCode",
		Keys:        [][]string{{"MainCompanyID", "MainCompanyDealerCode"}, {"MainCompanyDealerCode"}},
		Failed:      failed(),
		Context:     header(),
		Fields: []schema.Field{
			{Name: "MainCompanyID", Kind: schema.Code, Meaning: "main company"},
			{Name: "MainCompanyDealerCode", Kind: schema.Code, Meaning: "dealer"},
			{Name: "NameSurname", Kind: schema.Text, Presence: schema.Optional, Meaning: "name of the dealer"},
			{Name: "BranchCode", Kind: schema.Code, Presence: schema.Optional, Meaning: "branch of the dealer's account"},
			{Name: "CurrencyCode", Kind: schema.Code, Meaning: "currency"},
			lasting(money("TotalGuaranteedLimit", schema.Required, "guaranteed limit")),
			money("GuaranteedInvoiceTotal", schema.Required, "open guaranteed invoices"),
			money("RemainingGuaranteedLimit", schema.Required, "guaranteed limit left"),
			lasting(money("TotalNonGuaranteedLimit", schema.Required, "limit without guarantee")),
			money("NonGuaranteedInvoiceTotal", schema.Required, "open invoices without guarantee"),
			money("RemainingNonGuaranteeLimit", schema.Required, "limit without guarantee left"),
			money("CashRisk", schema.Optional, "limit drawn in cash"),
			money("TotalInvoiceAmount", schema.Required, "all open invoices"),
			money("GuaranteedInvoiceTotal2", schema.Optional, "blocked in the dealer's deposit for guarantees"),
			money("DepositAccountBalance", schema.Optional, "balance of the dealer's deposit"),
		},
	}
}

// lasting is the field of a figure that seldom changes.
func lasting(f schema.Field) schema.Field {
	f.Lasting = true
	return f
}
