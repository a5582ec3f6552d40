// Package arifmetika describes the documents of the Arifmetika microlender's
// API: the list of a client's contracts and the payment schedule of a contract.
//
// Amounts are roubles, JSON numbers of up to 15 digits with 2 decimals. Dates are
// yyyy-MM-dd, and "" says that there is none.
package arifmetika

import "tieout/calc/schema"

const (
	publisher = "Arifmetika"
	rub       = "RUB"
)

// Contracts is the list of a client's contracts. A document is an object with
// the member contracts, or a bare array of contracts; an empty array says that
// the client has none.
func Contracts() *schema.Source {
	return &schema.Source{
		Name:           "arifmetika.contracts",
		Title:          "list of a client's contracts",
		Publisher:      publisher,
		Document:       "Получение списка договоров клиента",
		Records:        []string{"contracts", ""},
		EmptyMeansNone: true,
		NotNegative:    true,
		Decimals:       new(int32(2)), // число (15,2)
		Keys:           [][]string{{"contract_num"}},
		Country:        "RU",
		Context: []schema.Field{
			{Name: "contracts_restruct", Kind: schema.Rows, Presence: schema.Optional, Meaning: "contracts with a current application for restructuring", Fields: []schema.Field{
				{Name: "contract_num", Kind: schema.Code, Meaning: "contract number"},
				{Name: "restructuring_relevance_date", Kind: schema.Date, Meaning: "last day on which the client can sign"},
				{Name: "restructuring_status", Kind: schema.Code, Meaning: "status of the application"},
				{Name: "restructuring_id", Kind: schema.Code, Meaning: "identifier of the application"},
				{Name: "restructuring_num", Kind: schema.Code, Meaning: "number of the application"},
			}},
			{Name: "payment_systems", Kind: schema.Object, Presence: schema.Optional, Meaning: "payment systems, by the receiver's tax number", Fields: []schema.Field{
				{Name: "pays", Kind: schema.Entries, Presence: schema.Optional, Meaning: "receivers of payments", Fields: []schema.Field{
					{Name: "receiver", Kind: schema.Code, Meaning: "tax number of the receiver"},
					{Name: "system", Kind: schema.Code, Presence: schema.Optional, Meaning: "payment system"},
					{Name: "bank_code", Kind: schema.Code, Presence: schema.Optional, Meaning: "bank"},
				}},
				{Name: "loans", Kind: schema.Code, Presence: schema.Optional, Meaning: "payment system for paying loans out"},
			}},
		},
		Fields: []schema.Field{
			{Name: "type", Kind: schema.Code, Meaning: "type of contract"},
			{Name: "base_source", Kind: schema.Code, Meaning: "database the contract is kept in"},
			{Name: "contract_num", Kind: schema.Code, Meaning: "contract number"},
			{Name: "contract_date", Kind: schema.Date, Meaning: "date of the contract"},
			{Name: "contract_sum", Kind: schema.Money, Unit: rub, Lasting: true, Meaning: "original sum of the contract"},
			{Name: "payment_receiver", Kind: schema.Code, Presence: schema.Optional, Meaning: "tax number of the receiver of payments"},
			{Name: "status", Kind: schema.Code, Meaning: "status of the contract"},
			{Name: "categories", Kind: schema.List, Presence: schema.Optional, Meaning: "what else is told of the contract", Fields: []schema.Field{
				{Name: "category", Kind: schema.Code},
			}},
			{Name: "tranche", Kind: schema.Object, Presence: schema.Optional, Meaning: "terms of a tranche", Fields: []schema.Field{
				{Name: "available_number", Kind: schema.Count, Presence: schema.Optional, Meaning: "tranches available"},
				{Name: "available_at", Kind: schema.Date, Presence: schema.Optional, Meaning: "tranches are available until"},
				{Name: "term", Kind: schema.Text, Presence: schema.EmptyIsNone, Meaning: "term of the tranche"},
				{Name: "sum", Kind: schema.Money, Unit: rub, Presence: schema.Optional, Meaning: "sum of the tranche"},
				{Name: "rate_daily", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "interest a day"},
				{Name: "rate_annual", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "interest a year"},
				{Name: "tranche_num", Kind: schema.Code, Presence: schema.Optional, Meaning: "number of the tranche"},
				{Name: "status", Kind: schema.Code, Presence: schema.Optional, Meaning: "status of the offer"},
				{Name: "insurance_available", Kind: schema.Flag, Presence: schema.Optional, Meaning: "insurance is available"},
			}},
			{Name: "transfer", Kind: schema.Object, Presence: schema.Optional, Meaning: "state of the payout", Fields: []schema.Field{
				{Name: "type", Kind: schema.Code, Presence: schema.Optional, Meaning: "kind of the error"},
				{Name: "description-error", Kind: schema.Text, Presence: schema.Optional, Meaning: "the error, for the lender"},
				{Name: "description", Kind: schema.Text, Presence: schema.Optional, Meaning: "the situation, for the client"},
				{Name: "available_actions", Kind: schema.List, Presence: schema.Optional, Meaning: "what can be done", Fields: []schema.Field{
					{Name: "action", Kind: schema.Code},
				}},
			}},
			{Name: "repay_before", Kind: schema.Date, Presence: schema.EmptyIsNone, Meaning: "date of the last planned payment; none when repaid"},
			{Name: "repayment_date", Kind: schema.Date, Presence: schema.EmptyIsNone, Meaning: "date of repayment; none while open"},
			{Name: "penalty", Kind: schema.Money, Unit: rub, Meaning: "penalties owed: fines, late fees, state duty"},
			{Name: "total_balance", Kind: schema.Money, Unit: rub, Meaning: "all that is owed"},
			{Name: "main_debt_balance", Kind: schema.Money, Unit: rub, Meaning: "principal owed"},
			{Name: "interest_balance", Kind: schema.Money, Unit: rub, Meaning: "interest owed"},
			{Name: "total_overdue", Kind: schema.Money, Unit: rub, Meaning: "all that is overdue, without planned sums"},
			{Name: "main_debt_overdue", Kind: schema.Money, Unit: rub, Meaning: "principal overdue"},
			{Name: "interest_overdue", Kind: schema.Money, Unit: rub, Meaning: "interest overdue"},
			{Name: "date_planned_payment", Kind: schema.Date, Presence: schema.EmptyIsNone, Meaning: "date of the next planned payment"},
			{Name: "total_planned_payment", Kind: schema.Money, Unit: rub, Meaning: "next planned payment on its date"},
			{Name: "main_debt_planned_payment", Kind: schema.Money, Unit: rub, Meaning: "principal in the next planned payment"},
			{Name: "interest_planned_payment", Kind: schema.Money, Unit: rub, Meaning: "interest in the next planned payment, accrued on its date"},
			{Name: "interest_planned_payment_today", Kind: schema.Money, Unit: rub, Meaning: "interest in the next planned payment, accrued today"},
			{Name: "total_today_sum", Kind: schema.Money, Unit: rub, Meaning: "what settles everything due as of today"},
		},
	}
}
