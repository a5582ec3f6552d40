// Package across lists the laws between documents: those of several sources that
// speak of the same thing, and those of two snapshots of one.
package across

import (
	"slices"

	"tieout/calc/schema"
)

// Joins lists the documents that are checked against each other.
func Joins() []schema.Join {
	return []schema.Join{loanJoin(), limitJoin(), facilitiesJoin()}
}

// loanJoin joins the contract, the payment schedule and the terms of one loan, by the
// number of the contract.
func loanJoin() schema.Join {
	return schema.Join{
		Name: "loan", Title: "contract, payment schedule and terms of one loan",
		Parts: []schema.Part{
			{Name: "contract", Source: "arifmetika.contracts", Awaits: issuedOnes},
			{Name: "schedule", Source: "arifmetika.schedule"},
			{Name: "terms", Source: "brainysoft.contract"},
			{Name: "contract_before", Source: "arifmetika.contracts", Before: true, Awaits: issuedOnes},
			{Name: "schedule_before", Source: "arifmetika.schedule", Before: true},
		},
		Rules: slices.Concat(balanceRules(), dateRules(), termsRules(), chargeRules(), rollForwardRules(), accrualRules(), lastingRules(), statusRules()),
	}
}

// issuedOnes are the contracts with a schedule: there is none of an application, be it
// denied or under way.
var issuedOnes = &schema.Among{Field: "status", Texts: issued}

// limitJoin joins the limit of a dealer with the dealer's invoices.
func limitJoin() schema.Join {
	return schema.Join{
		Name: "limit", Title: "limit and invoices of one dealer",
		Parts: []schema.Part{
			{Name: "limit", Source: "vakifbank.limit"},
			{Name: "invoices", Source: "vakifbank.invoices"},
			{Name: "limit_before", Source: "vakifbank.limit", Before: true},
		},
		Rules: limitRules(),
	}
}

// facilitiesJoin joins two answers about the loans of one person or company.
func facilitiesJoin() schema.Join {
	return schema.Join{
		Name: "facilities", Title: "loans of one person or company in two snapshots",
		Parts: []schema.Part{
			{Name: "facilities", Source: "finnotech.facility"},
			{Name: "facilities_before", Source: "finnotech.facility", Before: true},
		},
		Rules: facilityRules(),
	}
}

// The documents that the rules cite.
const (
	arifmetika = "Arifmetika, Получение списка договоров клиента and График платежей по договору, "
	terms      = "BrainySoft bs-core, Поиск контрактов по указанному полю, with Arifmetika, График платежей по договору, "
	vakifbank  = "VakıfBank, DBS Limit-Risk Sorgula and DBS Fatura Sorgula, "
	snapshots  = " of both snapshots"
)
