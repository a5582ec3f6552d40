package ingest_test

import (
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

func TestDocumentsInAnyArrangement(t *testing.T) {
	for _, test := range []struct {
		name, text string
		keys       string // of the records; "!" behind a partial one
		rejected   int
	}{
		{"one object", `{"id":"a","sum":1}`, "a", 0},
		{"an array", `[{"id":"a","sum":1},{"id":"b","sum":1}]`, "a b", 0},
		{"an object with the array inside", `{"list":[{"id":"a","sum":1},{"id":"b","sum":1}]}`, "a b", 0},
		{"an array of answers", `[{"list":[{"id":"a"}]},{"list":[{"id":"b"}]}]`, "a b", 0},
		{"one document a line", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", "a b", 0},
		{"carriage returns and blank lines", "{\"id\":\"a\"}\r\n\r\n{\"id\":\"b\"}\r\n", "a b", 0},
		{"documents side by side", `{"id":"a"}{"id":"b"} {"id":"c"}`, "a b c", 0},
		{"indented documents one below the other", "{\n  \"id\": \"a\"\n}\n{\n  \"id\": \"b\"\n}\n", "a b", 0},
		{"arrays and objects mixed", "[{\"id\":\"a\"}]\n{\"id\":\"b\"}\n[]\n", "a b", 0},
		{"an empty array says there is none", `[]`, "", 0},
		{"nothing at all", "", "", 1},
		{"blanks only", " \n\t\r\n", "", 1},
		{"a number is no document", `5`, "", 1},
		{"null is no document", `null`, "", 1},
		{"a record that is no object costs only itself", `[{"id":"a"},7,{"id":"b"}]`, "a b", 1},
		{"records that are null", `{"list":null}`, "", 1},
		{"records that are a number", `{"list":5,"id":"a"}`, "", 1},
		{"an unreadable value costs only itself", `[{"id":"a","sum":"x"},{"id":"b"}]`, "a! b", 1},
		{"three unreadable values are one record", `[{"id":[],"sum":"x","rows":5}]`, "in!", 1},

		{"a bad line of three", "{\"id\":\"a\"}\n{\"id\":\"b\",}\n{\"id\":\"c\"}\n", "a c", 1},
		{"a bad first line", "{\"id\":01}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", "b c", 1},
		{"a bad last line without line feed", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":", "a b", 1},
		{"a line cut short in an object", "{\"id\":\"a\"}\n{\"id\":\"b\",\n{\"id\":\"c\"}\n{\"id\":\"d\"}\n", "a c d", 1},
		{"a line cut short in an array", "{\"id\":\"a\"}\n{\"id\":\"b\",\"rows\":[{\"part\":1}\n{\"id\":\"c\"}\n{\"id\":\"d\"}\n", "a c d", 1},
		{"a first line cut short", "{\"id\":\"a\",\"rows\":[\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", "b c", 1},
		{"one of two lines cut short", "{\"id\":\"a\",\n{\"id\":\"b\"}\n", "b", 1},
		{"lines of arrays, the first cut short", "[{\"id\":\"a\"}\n[{\"id\":\"b\"}]\n", "b", 1},
		{"every line cut short", "{\"id\":\"a\n{\"id\":\"b\n{\"id\":\"c\n", "", 3},
		{"a string that is not closed", "{\"id\":\"a}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", "b c", 1},
		{"a quote inside a string", "{\"id\":\"a\"a}\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", "b c", 1},
		{"text that is not JSON between lines", "{\"id\":\"a\"}\nERROR timeout\n{\"id\":\"c\"}\n", "a c", 1},
		{"bad documents side by side", `{"id":01}{"id":"b"}{"id":02}{"id":"d"}`, "b d", 2},
		{"commas between documents", `{"id":"a"},{"id":"b"},{"id":"c"}`, "a b c", 2},
		{"a bracket too many", `{"id":"a"}}{"id":"b"}`, "a b", 1},
		{"a bracket of the wrong kind", `{"id":"a","rows":[}{"id":"b"}`, "b", 1},
		{"an indented document cut short", "{\n  \"id\": \"a\",\n{\n  \"id\": \"b\"\n}\n{\n  \"id\": \"c\"\n}\n", "b c", 1},
		{"an indented document cut short in an array", "{\n  \"rows\": [\n{\n  \"id\": \"b\"\n}\n{\n  \"id\": \"c\"\n}\n", "b c", 1},
		{"an indented document with a fault", "{\n  \"id\": 'a'\n}\n{\n  \"id\": \"b\"\n}\n", "b", 1},
		{"documents without indentation", "{\n\"id\": 'a'\n}\n{\n\"id\": \"b\"\n}\n", "b", 1},
		{"a line feed inside a string", "{\"id\":\"a\nb\"}\n", "", 1},
		{"a page instead of an answer", "<html>\n<style>body {color:red}</style>\n</html>\n", "", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := readSmall(t, false, test.text)
			if o.keys() != test.keys || o.rejected != test.rejected {
				t.Errorf("records %q, %d rejected; want %q, %d\n%s", o.keys(), o.rejected, test.keys, test.rejected, o.told())
			}
		})
	}
}

func TestSamplesAreRecognised(t *testing.T) {
	for _, test := range []struct {
		file, source string
		keys         string
		rejected     int
	}{
		{"arifmetika-contracts-none.json", "arifmetika.contracts", "", 0},
		{"arifmetika-contracts-overdue.json", "arifmetika.contracts", "З20УфАР123456789", 0},
		{
			"arifmetika-contracts-mixed.json", "arifmetika.contracts",
			"Р20ПмОР123456789 З20ПмАР123456789 З19ПмАР123456789 З19ПмАР123456789", 0,
		},
		{"arifmetika-schedule.json", "arifmetika.schedule", "arifmetika-schedule", 0},
		{"brainysoft-contract.json", "brainysoft.contract", "000684", 0},
		{"vakifbank-limit.json", "vakifbank.limit", "", 0},
	} {
		t.Run(test.file, func(t *testing.T) {
			o := read(ingest.Reader{Layouts: layouts(t)}, "x/"+test.file, fixture(t, "samples/"+test.file))
			if len(o.documents) != 1 || o.documents[0].Source.Name != test.source || o.rejected != test.rejected {
				t.Fatalf("%d documents, %d rejected\n%s", len(o.documents), o.rejected, o.told())
			}
			if test.keys != "" && o.keys() != test.keys {
				t.Errorf("keys %q, want %q", o.keys(), test.keys)
			}
		})
	}
}

func TestShapesThatAreNotClear(t *testing.T) {
	contract := `{"type":"x","base_source":"x","contract_num":"K1","contract_date":"2020-01-01","contract_sum":1,` +
		`"status":"x","repay_before":"","repayment_date":"","penalty":0,"total_balance":0,"main_debt_balance":0,"interest_balance":0}`
	schedule := `{"Total":{},"Details":[]}`
	for _, test := range []struct {
		name, text, reason string
	}{
		{
			"no source has it", `{"hello":"world"}`,
			"the document has the shape of none of these sources: arifmetika.contracts, arifmetika.schedule, " +
				"brainysoft.contract, finnotech.facility, vakifbank.limit; name one with --source",
		},
		{
			"two sources have it", `{"data":[],"contracts":[]}`,
			"the document has the shape of several sources: arifmetika.contracts, brainysoft.contract; name one with --source, " +
				"or describe a required member that only one of them has",
		},
		{
			"one of an array is of another source", "[" + contract + "," + schedule + "]",
			"this has the shape of arifmetika.schedule in an array of arifmetika.contracts",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := read(ingest.Reader{Layouts: layouts(t)}, "in.json", test.text)
			if len(o.rejects) != 1 || o.rejects[0].Reason != test.reason || o.rejected != 1 {
				t.Errorf("%d rejected\n%s", o.rejected, o.told())
			}
		})
	}
	t.Run("a broken element before the first record hides nothing", func(t *testing.T) {
		o := read(ingest.Reader{Layouts: layouts(t)}, "in.json", "[null,"+contract+"]")
		if o.keys() != "K1" || o.rejected != 1 {
			t.Errorf("records %q, %d rejected\n%s", o.keys(), o.rejected, o.told())
		}
	})
	t.Run("a named source reads what it is given", func(t *testing.T) {
		o := read(ingest.Reader{Layouts: layouts(t, "vakifbank.limit")}, "in.json", `{"Data":{"LimitInfo":{"CashRisk":1}}}`)
		if len(o.records) != 1 || o.rejected != 0 {
			t.Errorf("%d records, %d rejected\n%s", len(o.records), o.rejected, o.told())
		}
	})
	t.Run("an empty array is no schedule", func(t *testing.T) {
		o := read(ingest.Reader{Layouts: layouts(t, "arifmetika.schedule")}, "in.json", `[]`)
		if o.rejected != 1 {
			t.Errorf("%d rejected\n%s", o.rejected, o.told())
		}
	})
}

func TestNamesOfRecords(t *testing.T) {
	for _, test := range []struct {
		name, key, file, text string
		keys, from            string
	}{
		{"its own field", "K", "f.json", `{"id":"a"}`, "a", "document"},
		{"a number as its own field", "", "f.json", `{"id":1.50}`, "1.50", "document"},
		{"the file", "", "dir/З20НвАР.007.json", `{"sum":1}`, "З20НвАР.007", "file name"},
		{"a file that is only an ending", "", "dir/.json", `{"sum":1}`, ".json", "file name"},
		{"the option", "K-1", "f.json", `{"sum":1}`, "K-1", "--key"},
		{"an empty field is no name", "", "f.json", `{"id":""}`, "f", "file name"},
		{"several without a name", "K", "f.json", "[{\"sum\":1},{\"id\":\"x\"},{\"sum\":2}]\n{\"sum\":3}", "K x K#2 K#3", "--key"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := read(ingest.Reader{Layouts: []*schema.Layout{smallLayout(t)}, Key: test.key}, test.file, test.text)
			if o.keys() != test.keys || o.records[0].KeyFrom != test.from {
				t.Errorf("keys %q from %q, want %q from %q", o.keys(), o.records[0].KeyFrom, test.keys, test.from)
			}
		})
	}
}

func TestReadingStopsWhenAsked(t *testing.T) {
	r := ingest.Reader{Layouts: []*schema.Layout{smallLayout(t)}}
	for _, text := range []string{"{}\n{}\n{}", "x\ny\nz", "{1}\n{2}\n{3}"} {
		seen := 0
		for range r.Read(&schema.Input{Text: []byte(text)}) {
			seen++
			break
		}
		if seen != 1 {
			t.Errorf("%q: %d items after the first", text, seen-1)
		}
	}
}

// figureOf is the value of a field of a record.
func figureOf(r *schema.Record, path ...string) *schema.Value {
	n := r.Layout.Root()
	for _, name := range path {
		n = n.Child(name)
	}
	return r.Value(n.Group, 0, n.Slot)
}

func TestFiguresAreExactAndPlaced(t *testing.T) {
	long := strings.Repeat("1", 64)
	for _, test := range []struct {
		sent  string // as it stands in the document
		text  string // its text
		plain string // written out; "" when it is not an amount
	}{
		{"0", "0", "0"},
		{"-0", "-0", "0"},
		{"1.50", "1.50", "1.50"},
		{`"1.50"`, "1.50", "1.50"},
		{`"\u0031.50"`, "1.50", "1.50"},
		{"9.99999999999999E14", "9.99999999999999E14", "999999999999999"},
		{"1e-3", "1e-3", "0.001"},
		{"12345678901234567890.12", "12345678901234567890.12", "12345678901234567890.12"},
		{long, long, long},
		{long + "1", long + "1", ""},
		{"1e999999999", "1e999999999", ""},
		{"1e-999999999", "1e-999999999", ""},
		{"1e99999999999999999999", "1e99999999999999999999", ""},
		{`"1 000"`, "1 000", ""},
		{`"1,5"`, "1,5", ""},
		{`"+1"`, "+1", ""},
		{`"٣"`, "٣", ""},
		{`" "`, " ", ""},
		{"true", "true", ""},
		{"[1]", "", ""},
		{"{}", "", ""},
	} {
		t.Run(test.sent[:min(30, len(test.sent))], func(t *testing.T) {
			text := `{"id":"ж", "sum":` + test.sent + `}`
			o := readSmall(t, false, text)
			v := figureOf(o.records[0], "sum")
			if got := text[v.Offset:v.End]; got != test.sent || v.Text != test.text {
				t.Errorf("text %q at %q, want %q at %q", v.Text, got, test.text, test.sent)
			}
			if test.plain == "" {
				if v.State != schema.Unreadable || o.rejected != 1 || !o.records[0].Partial || o.rejects[0].Place.Pointer != "/sum" || o.rejects[0].Place.Column != 18 {
					t.Errorf("%s, %d rejected\n%s", v.State, o.rejected, o.told())
				}
			} else if v.State != schema.Present || v.Amount.String() != test.plain || v.Amount.Text() != test.text {
				t.Errorf("%s %s (%s), want %s (%s)", v.State, v.Amount, v.Amount.Text(), test.plain, test.text)
			}
		})
	}
}

func TestAMillionDigitsAreRejectedAtOnce(t *testing.T) {
	digits := strings.Repeat("7", 1_000_000)
	for _, text := range []string{`{"sum":` + digits + `}`, `{"sum":"` + digits + `"}`, `{"sum":1e` + digits + `}`} {
		o := readSmall(t, false, text)
		if o.rejected != 1 || len(o.rejects[0].Reason) > 300 || len(o.rejects[0].Excerpt.Line) > 400 {
			t.Errorf("%d rejected, reason of %d bytes", o.rejected, len(o.rejects[0].Reason))
		}
	}
}

func TestMissingNullEmptyAndZeroDiffer(t *testing.T) {
	for _, test := range []struct {
		text  string
		state schema.State
	}{
		{`{"id":"a"}`, schema.Missing},
		{`{"id":"a","sum":null}`, schema.Null},
		{`{"id":"a","sum":""}`, schema.Empty},
		{`{"id":"a","sum":0}`, schema.Present},
		{`{"id":"a","sum":false}`, schema.Unreadable},
	} {
		if v := figureOf(readSmall(t, false, test.text).records[0], "sum"); v.State != test.state {
			t.Errorf("%s: %s, want %s", test.text, v.State, test.state)
		}
	}
}

func TestARowThatIsNoRowLeavesTheOthers(t *testing.T) {
	o := readSmall(t, false, `{"id":"a","rows":[{"part":1},5,{"part":3}]}`)
	rec := o.records[0]
	if rec.Instances(1) != 3 || rec.Value(1, 0, 0).Text != "1" || rec.Value(1, 1, 0).State != schema.Unreadable || rec.Value(1, 2, 0).Text != "3" {
		t.Errorf("%d rows: %+v", rec.Instances(1), rec.Value(1, 1, 0))
	}
	if rec.SlotPointer(1, 2, 0) != "/rows/2/part" || !rec.Partial || o.rejected != 1 || o.rejects[0].Place.Pointer != "/rows/1" {
		t.Errorf("pointer %s, %d rejected\n%s", rec.SlotPointer(1, 2, 0), o.rejected, o.told())
	}
}

func TestDepthIsBounded(t *testing.T) {
	nested := func(n int) string {
		return `{"id":"a","x":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + "}"
	}
	if o := readSmall(t, false, nested(ingest.MaxDepth)+`{"id":"b"}`); o.keys() != "a b" {
		t.Errorf("%d deep: records %q\n%s", ingest.MaxDepth, o.keys(), o.told())
	}
	o := readSmall(t, false, nested(ingest.MaxDepth+1)+`{"id":"b"}`)
	if o.keys() != "b" || o.rejected != 1 || o.rejects[0].Place.Column != 14+ingest.MaxDepth {
		t.Errorf("too deep: records %q\n%s", o.keys(), o.told())
	}
	for _, open := range []string{"[", `{"a":`, `[{"a":`} {
		if o := readSmall(t, true, strings.Repeat(open, 200_000)); o.rejected != 1 {
			t.Errorf("200000 × %s: %d rejected", open, o.rejected)
		}
	}
}
