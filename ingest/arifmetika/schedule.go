package arifmetika

import "tieout/calc/schema"

// Schedule is the payment schedule of one contract. The document does not name
// its contract; a member contract_num is read where someone has added one.
func Schedule() *schema.Source {
	balances := func(what string) []schema.Field {
		return []schema.Field{
			{Name: "begin_balance", Kind: schema.Money, Unit: rub, Meaning: what + " owed before the payment"},
			{Name: "payment_sum", Kind: schema.Money, Unit: rub, Meaning: what + " paid"},
			{Name: "end_balance", Kind: schema.Money, Unit: rub, Meaning: what + " owed after the payment"},
		}
	}
	total := func(name, what string) schema.Field {
		return schema.Field{Name: name, Kind: schema.Object, Meaning: what, Fields: balances(what)}
	}
	detail := func(name, what string) schema.Field {
		facts := schema.Field{
			Name: "fact_payment", Kind: schema.Rows, Meaning: "payments made",
			Fields: append([]schema.Field{{Name: "date", Kind: schema.Date, Meaning: "date of the payment"}}, balances(what)...),
		}
		return schema.Field{Name: name, Kind: schema.Object, Meaning: what, Fields: append([]schema.Field{facts}, balances(what)...)}
	}
	return &schema.Source{
		Name:        "arifmetika.schedule",
		Title:       "payment schedule of a contract",
		Publisher:   publisher,
		Document:    "График платежей по договору",
		Records:     []string{""},
		NotNegative: true,
		Decimals:    new(int32(2)), // число (15,2)
		Keys:        [][]string{{"contract_num"}},
		Fields: []schema.Field{
			{Name: "contract_num", Kind: schema.Code, Presence: schema.Optional, Meaning: "contract number, where it was added"},
			{Name: "Total", Kind: schema.Object, Meaning: "totals of the schedule", Fields: []schema.Field{
				total("main_debt", "principal"), total("percent", "interest"), total("penalty", "penalty"),
			}},
			{Name: "Details", Kind: schema.Rows, Meaning: "installments", Fields: []schema.Field{
				{Name: "plan_payment_number", Kind: schema.Code, Meaning: "number of the installment"},
				{Name: "plan_payment_date", Kind: schema.Date, Meaning: "due date"},
				{Name: "fact_payment_date", Kind: schema.Date, Presence: schema.EmptyIsNone, Meaning: "date the installment was paid"},
				detail("main_debt", "principal"), detail("percent", "interest"), detail("penalty", "penalty"),
			}},
		},
	}
}
