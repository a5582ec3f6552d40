package vakifbank

import "tieout/calc/schema"

// Invoices is the answer of inquireDDSInvoice, asked for one dealer and currency:
// the record is the answer as a whole, named by the company and dealer that all its
// invoices name. An answer about several dealers has no name and is joined with no
// limit. The bank's portal describes the fields; it has no sample of the inquiry
// that is not cut short.
func Invoices() *schema.Source {
	money := func(name, meaning string) schema.Field {
		return schema.Field{Name: name, Kind: schema.Money, Meaning: meaning}
	}
	optional := func(name string, kind schema.Kind, meaning string) schema.Field {
		return schema.Field{Name: name, Kind: kind, Presence: schema.Optional, Meaning: meaning}
	}
	return &schema.Source{
		Name:        "vakifbank.invoices",
		Title:       "invoices of a dealer",
		Publisher:   "VakıfBank",
		Document:    "DBS Fatura Sorgula (inquireDDSInvoice)",
		Records:     []string{"Data"},
		NotNegative: true,
		Keys: [][]string{
			{"InvoiceInfo.MainCompanyID", "InvoiceInfo.MainCompanyDealerCode"}, {"InvoiceInfo.MainCompanyDealerCode"},
		},
		Failed:  failed(),
		Context: header(),
		Fields: []schema.Field{{Name: "InvoiceInfo", Kind: schema.Rows, Meaning: "invoices", Fields: []schema.Field{
			{Name: "MainCompanyID", Kind: schema.Code, Meaning: "main company"},
			{Name: "MainCompanyDealerCode", Kind: schema.Code, Meaning: "dealer"},
			optional("CompanyName", schema.Text, "name of the main company"),
			optional("NameSurname", schema.Text, "name of the dealer"),
			optional("AreaCode", schema.Code, "area of the dealer"),
			{Name: "InvoiceNumber", Kind: schema.Code, Meaning: "number of the invoice"},
			// A time of day stands behind the day: yyyy-MM-ddTHH:mm:ss.
			optional("InvoiceReleaseDate", schema.Date, "time the invoice was issued"),
			optional("LastPaymentDate", schema.Date, "time the invoice is due"),
			optional("InvoiceType", schema.Code, "1 on term, 2 in advance"),
			{Name: "CurrencyCode", Kind: schema.Code, Meaning: "currency"},
			money("InvoiceAmount", "amount of the invoice"),
			money("AmountPaid", "paid of it"),
			money("OffsetAmount", "offset in total"),
			money("GuaranteedAmountOriginal", "guaranteed of it when it was entered"),
			{Name: "InvoiceStatusCode", Kind: schema.Code, Presence: schema.Optional, Meaning: "1 active, 2 inactive"},
			{
				Name: "InvoiceStatusDetailCode", Kind: schema.Code,
				Meaning: "0 none, 1 paid, 2 cancelled, 3 unpaid, 4 partly paid, 5 offset, 6 discounted, 7 faulty",
			},
			optional("TransactionId", schema.Code, "transaction"),
			optional("Description", schema.Text, "description"),
		}}},
	}
}
