package ingest_test

import (
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

// described are the layouts of some descriptions.
func described(t testing.TB, texts ...string) []*schema.Layout {
	t.Helper()
	var all []*schema.Layout
	for _, text := range texts {
		d, err := ingest.Describe("d.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d.Layout)
	}
	return all
}

func TestOfSeveralShapesTheClosestIsTaken(t *testing.T) {
	const (
		terms = "source: terms\nkey: id\nfields: {id: code, sum: money}\n"
		plan  = "source: plan\nkey: id\nfields: {id: code, rows: {kind: rows, fields: {principal: money}}}\n"
		twin  = "source: twin\nkey: id\nfields: {id: code, sum: money, note: text optional}\n"
		large = "source: large\nkey: id\nfields: {id: code, sum: money, fee: money, rest: money}\n"
		fails = "source: fails\nkey: id\nfailed: [{path: state, is: ERROR}]\nfields: {id: code, state: code}\n"
	)
	for _, test := range []struct {
		name    string
		sources []string
		text    string
		source  string // "" where several are as close
	}{
		{"all required members are those of one", []string{terms, plan}, `{"id":"a","sum":1}`, "terms"},
		{"or of the other", []string{terms, plan}, `{"id":"a","rows":[]}`, "plan"},
		{"by the first of many documents", []string{terms, plan}, `[{"id":"a","rows":[]},{"id":"b","rows":[]}]`, "plan"},
		{"one has an optional member more", []string{terms, twin}, `{"id":"a","sum":1,"note":"x"}`, "twin"},
		{"two are as close", []string{terms, twin}, `{"id":"a","sum":1}`, ""},
		{"nothing tells two apart", []string{terms, plan}, `{"id":"a"}`, ""},
		{"one is complete and the other has more", []string{terms, large}, `{"id":"a","sum":1,"fee":1}`, ""},
		{"one takes it for a failed answer", []string{fails, terms}, `{"id":"a","sum":1,"state":"ERROR"}`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := read(ingest.Reader{Layouts: described(t, test.sources...)}, "in.json", test.text)
			if test.source == "" {
				if len(o.rejects) != 1 || !strings.HasSuffix(o.rejects[0].Reason, "; name one with --source, or describe a required member that only one of them has") {
					t.Errorf("rejected:\n%s", o.told())
				}
				return
			}
			if len(o.documents) != 1 || o.documents[0].Source.Name != test.source || o.rejected > 0 {
				t.Errorf("%d documents\n%s", len(o.documents), o.told())
			}
		})
	}
}

func TestAFailedAnswerIsOneWithoutRecords(t *testing.T) {
	const head = `{"Header":{"StatusCode":"ACBH000250","StatusDescription":"Currency must be TL","ObjectID":"x"},"Data":`
	const failed = "the upstream answered that it failed: Header.StatusCode is ACBH000250: Currency must be TL"
	for _, test := range []struct{ name, text, reason string }{
		{"null", head + `null}`, failed},
		{"no records", head + `{"LimitInfo":[]}}`, failed},
		{"records that are null", head + `{"LimitInfo":null}}`, failed},
		{"a record without members", head + `{"LimitInfo":[{}]}}`, failed},
		{"a record", head + `{"LimitInfo":[{"MainCompanyDealerCode":"7","CurrencyCode":"TL"}]}}`, ""},
		{
			"no records and a good status",
			strings.Replace(head, "ACBH000250", "APIGW000000", 1) + `{"LimitInfo":[]}}`, "",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := read(ingest.Reader{Layouts: layouts(t, "vakifbank.limit")}, "in.json", test.text)
			if test.reason == "" && o.rejected == 0 {
				return
			}
			if o.rejected != 1 || o.rejects[0].Reason != test.reason {
				t.Errorf("rejected:\n%s", o.told())
			}
		})
	}
}

func TestNullInPlaceOfTheRecordsIsTold(t *testing.T) {
	for _, test := range []struct{ text, told string }{
		{`{"status":"ok","data":null}`, "; data is null, where the records of brainysoft.contract belong; "},
		{`{"contracts":null,"payment_systems":{}}`, "; contracts is null, where the records of arifmetika.contracts belong; "},
		{`{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":null}}`, "; Data.LimitInfo is null, where the records of vakifbank.limit belong; "},
		{`{"Header":{"StatusCode":"APIGW000000"},"Data":null}`, "; Data is null, where the records of vakifbank.limit belong; "},
		{`{"hello":null}`, "vakifbank.limit; name one"},
	} {
		t.Run(test.text, func(t *testing.T) {
			o := read(ingest.Reader{Layouts: layouts(t)}, "in.json", test.text)
			if o.rejected != 1 || !strings.Contains(o.rejects[0].Reason, test.told) {
				t.Errorf("rejected:\n%s", o.told())
			}
		})
	}
}

func TestAMemberThatIsNearlyAMissingFieldIsTold(t *testing.T) {
	for _, test := range []struct{ name, text, reason string }{
		{"a slip in the name", `{"id":"a","smu":1,"rows":[]}`, "sum is missing"}, // too short to tell
		{"a slip in a longer name", `{"id":"a","amuont":1}`, "amount is missing (there is a member amuont that is not described)"},
		{"words parted otherwise", `{"id":"a","AMOUNT":1}`, "amount is missing (there is a member AMOUNT that is not described)"},
		{"another name", `{"id":"a","total":1}`, "amount is missing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			field, _, _ := strings.Cut(test.reason, " ")
			l := described(t, "source: near\nkey: id\nfields: {id: code, "+field+": money}\n")
			o := read(ingest.Reader{Layouts: l}, "in.json", test.text)
			if len(o.records) != 1 {
				t.Fatal(o.told())
			}
			slot := l[0].Root().Child(field).Slot
			if applies, reason := o.records[0].SlotGap(0, 0, slot); !applies || reason != test.reason {
				t.Errorf("%q, want %q", reason, test.reason)
			}
		})
	}
}

func TestWhatStandsBesideOneRecordHasItsName(t *testing.T) {
	answer := func(records string) string {
		return `{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":[` + records + `]}}`
	}
	const one, other = `{"MainCompanyDealerCode":"7"}`, `{"MainCompanyDealerCode":"8"}`
	for records, want := range map[string]string{one: "7 document", one + "," + other: "in file name"} {
		o := read(ingest.Reader{Layouts: layouts(t, "vakifbank.limit")}, "in.json", answer(records))
		beside := o.records[0].Payload.Context
		if got := beside.Key + " " + beside.KeyFrom; got != want {
			t.Errorf("%s: named %q, want %q", records, got, want)
		}
	}
}
