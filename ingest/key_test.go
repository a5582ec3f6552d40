package ingest_test

import (
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/vakifbank"
)

// A record is named by a field of its rows where all rows have the same.
func TestRecordsNamedByTheirRows(t *testing.T) {
	layout, err := schema.NewLayout(vakifbank.Invoices())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`{"Data": {"InvoiceInfo": [{"MainCompanyID": 7, "MainCompanyDealerCode": "a"}]}}`:                                                      "7/a",
		`{"Data": {"InvoiceInfo": [{"MainCompanyID": 7, "MainCompanyDealerCode": "a"}, {"MainCompanyID": 7, "MainCompanyDealerCode": "a"}]}}`:  "7/a",
		`{"Data": {"InvoiceInfo": [{"MainCompanyID": 7, "MainCompanyDealerCode": "a"}, {"MainCompanyID": 8, "MainCompanyDealerCode": "a"}]}}`:  "a",
		`{"Data": {"InvoiceInfo": [{"MainCompanyID": 7, "MainCompanyDealerCode": "a"}, {"MainCompanyID": 7, "MainCompanyDealerCode": "b"}]}}`:  "",
		`{"Data": {"InvoiceInfo": [{"MainCompanyID": 7, "MainCompanyDealerCode": "a"}, {"MainCompanyID": 7, "MainCompanyDealerCode": null}]}}`: "",
		`{"Data": {"InvoiceInfo": []}}`: "",
	} {
		reader := ingest.Reader{Layouts: []*schema.Layout{layout}}
		for item := range reader.Read(&schema.Input{File: "f.json", Text: []byte(text)}) {
			if item.Document == nil || len(item.Document.Records) != 1 {
				t.Fatalf("%s: %v", text, item.Rejects)
			}
			if got := item.Document.Records[0].Key; got != want && (want != "" || item.Document.Records[0].KeyFrom == "document") {
				t.Errorf("%s: named %q, want %q", text, got, want)
			}
		}
	}
}
