package ingest_test

import (
	"strings"
	"testing"
)

func TestAFaultInsideOneRecordCostsThatRecordOnly(t *testing.T) {
	many := `{` + manyMembers(40) + `"id":"b"}`
	for _, test := range []struct {
		name, text string
		keys       string
		rejects    string // places and reasons
	}{
		{
			"a name twice", `[{"id":"a"},{"id":"b","sum":1,"sum":2},{"id":"c"}]`, "a c",
			`1:31 /1/sum: duplicate key "sum", which has a value at 1:29 already`,
		},
		{
			"a name twice in a row of it", `{"list":[{"id":"a","rows":[{"part":1,"part":2}]},{"id":"c"}]}`, "c",
			`1:38 /list/0/rows/0/part: duplicate key "part", which has a value at 1:36 already`,
		},
		{
			"a name twice among many", `[{"id":"a"},` + strings.Replace(many, `"n07"`, `"n39"`, 1) + `]`, "a",
			`1:326 /1/n39: duplicate key "n39", which has a value at 1:76 already`,
		},
		{"many names, none twice", `[{"id":"a"},` + many + `]`, "a b", ""},
		{
			"a number that is none", `[{"id":"a"},{"id":"b","sum":NaN},{"id":"c"}]`, "a c",
			`1:29 /1/sum: not JSON: NaN is no value`,
		},
		{
			"several in two records", `[{"id":"a","sum":NaN,"rows":[-Infinity]},{"id":"b"},{"id":"c","sum":007}]`, "b",
			"1:18 /0/sum: not JSON: NaN is no value (the first of 2 faults)\n" +
				"1:69 /2/sum: a number does not begin with a zero that other digits follow",
		},
		{
			"one that is a record by itself", `[{"id":"a"},None,{"id":"c"}]`, "a c",
			`1:13 /1: not JSON: None is no value`,
		},
		{
			"a number in place of all records", `{"list":NaN}`, "",
			`1:9 /list: not JSON: NaN is no value`,
		},
		{
			"beside the records it costs all of them", `{"list":[{"id":"a"}],"list":[{"id":"b"}]}`, "",
			`1:22 /list: duplicate key "list", which has a value at 1:9 already`,
		},
		{
			"with another fault that is of syntax", `[{"id":"a","sum":NaN},{"id":"b",}]`, "",
			`1:18 /0/sum: not JSON: invalid character 'N' at start of value`,
		},
		{
			"an ellipsis may stand for anything", `[{"id":"a"},...]`, "",
			`1:13 /1: an ellipsis, as in a template, is not JSON`,
		},
		{
			"so may a text in other quotes", `[{"id":"a"},'x, {"id":"b"}, y']`, "",
			`1:13 /1: not JSON: invalid character '\'' at start of value`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := readSmall(t, false, test.text)
			var told []string
			for line := range strings.Lines(o.told()) {
				if !strings.HasPrefix(line, "  |") {
					told = append(told, strings.TrimSpace(line))
				}
			}
			if o.keys() != test.keys || strings.Join(told, "\n") != test.rejects || o.rejected != len(told) {
				t.Errorf("records %q, want %q; %d rejected:\n%s\nwant\n%s", o.keys(), test.keys, o.rejected, strings.Join(told, "\n"), test.rejects)
			}
		})
	}
	t.Run("in a text that is repaired", func(t *testing.T) {
		o := readSmall(t, true, `[{"id":"a","id":"x"} {"id":"b"}]`)
		if o.keys() != "b" || !strings.HasPrefix(o.told(), `1:12 /0/id: duplicate key "id", which has a value at 1:8 already`) {
			t.Errorf("records %q\n%s", o.keys(), o.told())
		}
	})
}

// manyMembers are members n0 to n and so on, each with a comma.
func manyMembers(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`"n` + string(rune('0'+i/10)) + string(rune('0'+i%10)) + `":1,`)
	}
	return b.String()
}
