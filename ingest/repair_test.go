package ingest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

// mended is what a reader that repairs makes of a document: the text with the
// edits that it lists.
func mended(text string, d *schema.Document) string {
	var b strings.Builder
	at := 0
	for _, e := range d.Repairs {
		b.WriteString(text[at:e.Place.Offset] + e.Inserted)
		at = e.Place.Offset + len(e.Removed)
	}
	return b.String() + text[at:]
}

func TestRepairs(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a comma between members", `{"id":"a" "sum":1}`, `{"id":"a", "sum":1}`},
		{"a comma between members without a blank", `{"sum":1"id":"a"}`, `{"sum":1,"id":"a"}`},
		{"a comma after true", `{"x":true "id":"a"}`, `{"x":true, "id":"a"}`},
		{"a comma before a line", "{\"id\":\"a\"\n\"sum\":1}", "{\"id\":\"a\",\n\"sum\":1}"},
		{"commas between records", `[{"id":"a"}{"id":"b"} {"id":"c"}]`, `[{"id":"a"},{"id":"b"}, {"id":"c"}]`},
		{"commas between strings", `{"id":"a","x":["p" "q"]}`, `{"id":"a","x":["p", "q"]}`},
		{"a comma after the last member", `{"id":"a","sum":1,}`, `{"id":"a","sum":1}`},
		{"a comma after the last record", `[{"id":"a"},]`, `[{"id":"a"}]`},
		{"commas after the last of both", `[{"id":"a",} ,  ]`, `[{"id":"a"}   ]`},
		{"a byte-order mark", "\ufeff{\"id\":\"a\"}", `{"id":"a"}`},
		{"a byte-order mark and more", "\ufeff{\"id\":\"a\" \"sum\":1,}", `{"id":"a", "sum":1}`},
		{"a member inside the array", `[{"id":"a"}, "extra":"x"]`, `{"list": [{"id":"a"}], "extra":"x"}`},
		{"a member inside the array without a comma", `[{"id":"a"} "extra":"x"]`, `{"list": [{"id":"a"}], "extra":"x"}`},
		{"members inside the array", `[{"id":"a"}, "extra":"x", "y":[1,2]]`, `{"list": [{"id":"a"}], "extra":"x", "y":[1,2]}`},
		{"a member and other slips", `[{"id":"a",}, "extra":"x",]`, `{"list": [{"id":"a"}], "extra":"x"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := readSmall(t, true, test.text)
			if o.rejected != 0 || len(o.documents) != 1 {
				t.Fatalf("%d documents, %d rejected\n%s", len(o.documents), o.rejected, o.told())
			}
			if got := mended(test.text, o.documents[0]); got != test.want {
				t.Errorf("mended %s\nwant   %s", got, test.want)
			}
			strict := readSmall(t, false, test.text)
			if strict.rejected != 1 || len(strict.documents) != 0 || !strings.HasSuffix(strict.rejects[0].Reason, "; --repair mends it on a copy") {
				t.Errorf("without repair: %d rejected\n%s", strict.rejected, strict.told())
			}
		})
	}
}

func TestWhatRepairLeavesAlone(t *testing.T) {
	for _, test := range []struct {
		name, text string
		keys       string // of the records that are read all the same
		rejected   int
	}{
		{"a key twice", `{"id":"a" "id":"b"}`, "", 1},
		{"a key twice behind a comma too many", `[{"id":"a","sum":1,"sum":2},]`, "", 1},
		{"a number cut in two by a blank", `{"id":"a","x":[1 250]}`, "", 1},
		{"a sum cut in two by a blank", `{"id":"a","sum":1 250}`, "", 1},
		{"a date without quotes", `{"id":"a","x":[2020-01-31]}`, "", 1},
		{"zeros before a number", `{"id":"a","x":[00012]}`, "", 1},
		{"a colon that is missing", `{"id" "a"}`, "", 1},
		{"a value that is missing", `{"id":"a","sum":,}`, "", 1},
		{"two commas", `[{"id":"a"},,{"id":"b"}]`, "", 1},
		{"two commas at the end", `[{"id":"a"},,]`, "", 1},
		{"only a comma", `[,]`, "", 1},
		{"only a comma in an object", `{,}`, "", 1},
		{"a quote inside a string", `{"id":"a"b"c"}`, "", 1},
		{"a quote inside a string of an array", `{"id":"a","x":["p"q"r"]}`, "", 1},
		{"a document cut short", `[{"id":"a"} {"id":"b"}`, "", 1},
		{"a string cut short", `[{"id":"a"} {"id":"b]`, "", 1},
		{"an ellipsis", `[{"id":"a"}, ...]`, "", 1},
		{"bad UTF-8", "[{\"id\":\"\xff\"},]", "", 1},
		{"a member no source has there", `[{"id":"a"}, "other":1]`, "", 1},
		{"a member in an empty array", `["extra":1]`, "", 1},
		{"a member in an inner array", `[[{"id":"a"}, "extra":1]]`, "", 1},
		{"a record after the member", `[{"id":"a"}, "extra":1, {"id":"b"}]`, "", 1},
		{"two members of one name", `[{"id":"a"}, "extra":1, "extra":2]`, "", 1},
		{"a member named like the records", `[{"id":"a"}, "extra":1, "list":[]]`, "", 1},
		{"two documents", `{"id":"a"}{"id":"b"}`, "a b", 0},
		{"a slip in one of two documents", `{"id":"a",}{"id":"b"}`, "a b", 0},
		{"slips in two documents on a line", `[{"id":"a",}][{"id":"b"}{"id":"c"}]`, "a b c", 0},
		{"a line cut short before a line", "{\"id\":\"a\",\"rows\":[{\"part\":1}\n{\"id\":\"b\"}\n{\"id\":\"c\"}]}\n", "b c", 2},
		{"indented documents, the first cut short", "{\n  \"rows\": [\n  {}\n{\n  \"id\": \"b\"\n}\n", "b", 1},
		{"slips on two of three lines", "{\"id\":\"a\",}\n{\"id\":\"b\"}\n{\"id\":\"c\" \"sum\":1}\n", "a b c", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := readSmall(t, true, test.text)
			if o.keys() != test.keys || o.rejected != test.rejected {
				t.Errorf("records %q, %d rejected; want %q, %d\n%s", o.keys(), o.rejected, test.keys, test.rejected, o.told())
			}
		})
	}
}

func TestFiguresOfARepairedDocumentStandInTheOriginal(t *testing.T) {
	text := `[{"id":"a" "sum":10,}, {"id":"b","sum":"20" "rows":[{"part":1}{"part":"2",}]}, "extra":"x"]`
	o := readSmall(t, true, text)
	if o.keys() != "a b" {
		t.Fatalf("records %q\n%s", o.keys(), o.told())
	}
	for _, test := range []struct {
		value *schema.Value
		want  string
	}{
		{figureOf(o.records[0], "id"), `"a"`},
		{figureOf(o.records[0], "sum"), `10`},
		{figureOf(o.records[1], "id"), `"b"`},
		{figureOf(o.records[1], "sum"), `"20"`},
		{o.records[1].Value(1, 0, 0), `1`},
		{o.records[1].Value(1, 1, 0), `"2"`},
	} {
		if got := text[test.value.Offset:test.value.End]; got != test.want {
			t.Errorf("%q stands at %q", test.want, got)
		}
	}
	if p := o.records[0].Pointer; p != "/list/0" {
		t.Errorf("pointer %s", p)
	}
	digits := func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}
	if got := mended(text, o.documents[0]); strings.Map(digits, got) != strings.Map(digits, text) {
		t.Errorf("digits touched: %s", got)
	}
}

// Two sources that put their records under different names leave open which is
// meant.
func TestAStrayMemberOfTwoSourcesIsLeftAlone(t *testing.T) {
	text := `[{"id":1}, "status":"ok"]`
	if o := read(ingest.Reader{Layouts: layouts(t), Repair: true}, "in.json", text); o.rejected != 1 || len(o.documents) != 0 {
		t.Errorf("%d documents, %d rejected", len(o.documents), o.rejected)
	}
	o := read(ingest.Reader{Layouts: layouts(t, "brainysoft.contract"), Repair: true}, "in.json", text)
	if len(o.documents) != 1 || len(o.documents[0].Repairs) != 3 {
		t.Errorf("%d documents, %d rejected\n%s", len(o.documents), o.rejected, o.told())
	}
}

func TestRepairsAreBounded(t *testing.T) {
	missing := func(n int) string {
		return "[" + strings.Repeat(`{"id":"a"} `, n+1) + "]"
	}
	for _, test := range []struct{ slips, records, rejected int }{{900, 901, 0}, {1000, 1001, 0}, {1001, 0, 1}} {
		o := readSmall(t, true, missing(test.slips))
		if len(o.records) != test.records || o.rejected != test.rejected {
			t.Errorf("%d slips: %d records, %d rejected", test.slips, len(o.records), o.rejected)
		}
	}
}

// The published schedule needs exactly two commas; its figures are those of the
// sample in which they were put by hand.
func TestThePrintedScheduleReadsWithTwoCommas(t *testing.T) {
	r := ingest.Reader{Layouts: layouts(t), Repair: true}
	printed := read(r, "s.json", fixture(t, "as-printed/arifmetika-schedule.json"))
	valid := read(r, "s.json", fixture(t, "samples/arifmetika-schedule.json"))
	if len(printed.records) != 1 || len(printed.documents[0].Repairs) != 2 || printed.rejected != 0 {
		t.Fatalf("%d records\n%s", len(printed.records), printed.told())
	}
	for i, e := range printed.documents[0].Repairs {
		if e.Inserted != "," || e.Removed != "" || e.Place.Line != 1 || e.Place.Column != []int{286, 844}[i] {
			t.Errorf("repair %d: %+v", i, e)
		}
	}
	if a, b := texts(printed.records[0]), texts(valid.records[0]); !slices.Equal(a, b) {
		t.Errorf("figures differ:\n%s\n%s", a, b)
	}
}

func TestThePrintedContractsReadAsAnObject(t *testing.T) {
	text := fixture(t, "as-printed/arifmetika-contracts-mixed.json")
	o := read(ingest.Reader{Layouts: layouts(t), Repair: true}, "c.json", text)
	if len(o.records) != 4 || len(o.documents[0].Repairs) != 3 || o.rejected != 0 || o.records[3].Pointer != "/contracts/3" {
		t.Fatalf("%d records\n%s", len(o.records), o.told())
	}
	if got := mended(text, o.documents[0]); !strings.HasPrefix(got, `{"contracts": [ {`) || !strings.HasSuffix(strings.TrimSpace(got), `}], "payment_systems": { "pays": { "5410059568": { "bank_code": "arifmetika", "system": "ЦФТ" } }, "loans": "" } }`) {
		t.Errorf("mended %s", got)
	}
}

// texts are all values of a record with their pointers.
func texts(r *schema.Record) []string {
	var all []string
	for g := range r.Layout.Groups {
		for i := range r.Instances(g) {
			for s := range r.Layout.Groups[g].Slots {
				v := r.Value(g, i, s)
				all = append(all, fmt.Sprintf("%s %s %s", r.SlotPointer(g, i, s), v.State, v.Text))
			}
		}
	}
	return all
}
