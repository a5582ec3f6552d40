package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"tieout/ingest"
)

func TestRejectsAsPeopleReadThem(t *testing.T) {
	var b strings.Builder
	for _, text := range []string{
		``,
		`{"id":"ж" "sum":1}`,
		`{"id":"a","sum":1,}`,
		`[{"id":"a"},]`,
		`{"id":"a","sum"1}`,
		`{"id":"a","id":"b"}`,
		`{"id":"a","sum":007}`,
		`{"id":"a","sum":1.}`,
		`{"id":"a","sum":+1}`,
		`{"id":"a","sum":1 000}`,
		`{"id":"a","sum":NaN}`,
		`{"id":"a","sum":tru}`,
		`{'id':'a'}`,
		`{id:"a"}`,
		`{"id":"a"`,
		`{"id":"a}`,
		"{\"id\":\"a\nb\"}",
		"{\"id\":\"a\tb\"}",
		"{\"id\":\"a\xffb\"}",
		`{"id":"\ud800"}`,
		`{"id":"\x41"}`,
		"{\"id\":\x00\"a\"}",
		"\ufeff{\"id\":\"a\"}",
		"\xff\xfe{\x00}\x00",
		`{"id":"a"} // seen`,
		`{"id":"a"}, {"id":"b"}`,
		`{"id":...}`,
		`{"id":"a", …}`,
		`[{"id":"a"}, "extra":"x"]`,
		`[{"id":"a"}, "other":"x"]`,
		`[{"id":"a"} {"id":"b"}]`,
		`[{"id":"a"},,{"id":"b"}]`,
		`{"id":"a","rows":[}`,
		`5`,
		`[5]`,
		`{"list":"none"}`,
		`{"id":{},"sum":"1.000,00","rows":{}}`,
		`{"id":"a","rows":[{"part":true},[]]}`,
	} {
		o := readSmall(t, false, text)
		fmt.Fprintf(&b, "%q\n%s\n", text, o.told())
	}
	golden(t, "rejects.txt", b.String())
}

func TestPrintedSamplesAreRejectedWell(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{
		"arifmetika-contracts-mixed", "arifmetika-contracts-template", "arifmetika-schedule", "arifmetika-schedule-template",
	} {
		for _, repair := range []bool{false, true} {
			o := read(ingest.Reader{Layouts: layouts(t), Repair: repair}, name+".json", fixture(t, "as-printed/"+name+".json"))
			fmt.Fprintf(&b, "%s, repair %t: %d documents, %d records, %d rejected\n%s", name, repair,
				len(o.documents), len(o.records), o.rejected, o.told())
			for _, d := range o.documents {
				for _, e := range d.Repairs {
					fmt.Fprintf(&b, "%d:%d: %s, %q for %q\n  | %s\n  | %s^\n", e.Place.Line, e.Place.Column, e.Reason,
						e.Inserted, e.Removed, e.Excerpt.Line, strings.Repeat(" ", e.Excerpt.Caret))
				}
			}
			b.WriteString("\n")
		}
	}
	golden(t, "as-printed.txt", b.String())
}
