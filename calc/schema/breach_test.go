package schema_test

import (
	"fmt"
	"testing"

	"tieout/calc/schema"
)

// list is a record with a code and rows of one text each; a row without a text
// lacks it.
func list(t *testing.T, code string, rows ...string) (*schema.Record, *schema.Paths) {
	t.Helper()
	l, err := schema.NewLayout(&schema.Source{Name: "list", Fields: []schema.Field{
		{Name: "code", Kind: schema.Code},
		{Name: "rows", Kind: schema.Rows, Fields: []schema.Field{{Name: "text", Kind: schema.Text}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	r := schema.NewRecord(l, &schema.Document{Input: &schema.Input{}})
	r.Set(0, 0, 0, schema.Value{State: schema.Present, Text: code})
	r.OpenRows(1, 0, schema.Span{State: schema.Present})
	for _, row := range rows {
		instance := r.AddInstance(1, 0)
		if row != "" {
			r.Set(1, instance, 0, schema.Value{State: schema.Present, Text: row})
		}
	}
	paths, err := schema.NewPaths(l, []string{"code", "rows.text"})
	if err != nil {
		t.Fatal(err)
	}
	return r, paths
}

// wrongRows tells every row wrong whose text is the record's code.
func wrongRows(c *schema.Case) {
	code := c.Text("code")
	for _, row := range c.Rows("rows") {
		if row.Text("text") == code {
			row.Broken("text", "", "it is the code")
		}
	}
}

func TestAGapTakesBackOnlyWhatIsSaidAfterIt(t *testing.T) {
	tests := []struct {
		name   string
		code   string
		rows   []string
		want   schema.Outcome
		broken int
	}{
		{"nothing is wrong", "x", []string{"a", "b"}, schema.Holds, 0},
		{"a row is wrong", "x", []string{"a", "x"}, schema.Broken, 1},
		{"a row is wrong, and then one is missing", "x", []string{"x", "", "x"}, schema.Broken, 1},
		{"a row is missing, and then one is wrong", "x", []string{"", "x"}, schema.NotEvaluable, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rec, paths := list(t, test.code, test.rows...)
			c := schema.NewCase(rec, &schema.Circumstances{}, paths, 0, 0, -1, false)
			wrongRows(c)
			if v := c.Verdict(); v.Outcome != test.want || len(v.Broken) != test.broken {
				t.Errorf("%s with %d breaches, want %s with %d", v.Outcome, len(v.Broken), test.want, test.broken)
			}
		})
	}
}

// A rule may read all of a long record; what it tells of each breach is bounded.
func TestABreachTellsWhatWasReadAtItsPlace(t *testing.T) {
	rows := make([]string, 100)
	for i := range rows {
		rows[i] = "x"
	}
	rec, paths := list(t, "x", rows...)
	c := schema.NewCase(rec, &schema.Circumstances{}, paths, 0, 0, -1, true)
	wrongRows(c)
	broken := c.Verdict().Broken
	if len(broken) != 100 {
		t.Fatalf("%d breaches", len(broken))
	}
	last := map[string]bool{}
	for _, r := range broken[99].Read {
		last[r.Name] = true
	}
	if len(last) != schema.MaxReadBeside+2 || !last["code"] || !last["rows[99].text"] {
		t.Errorf("read %d values: %v", len(last), fmt.Sprint(last))
	}
}
