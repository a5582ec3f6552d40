package schema_test

import (
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
)

// A record with rows of rows, below objects, whose names need escapes.
var source = schema.Source{
	Name: "test.record", Keys: [][]string{{"id"}, {"id", "a/b"}},
	Fields: []schema.Field{
		{Name: "id", Kind: schema.Code},
		{Name: "a/b", Kind: schema.Money},
		{Name: "total", Kind: schema.Object, Fields: []schema.Field{
			{Name: "m~n", Kind: schema.Money}, {Name: "share", Kind: schema.Rate}, {Name: "when", Kind: schema.Date},
		}},
		{Name: "list", Kind: schema.Object, Fields: []schema.Field{
			{Name: "rows", Kind: schema.Rows, Fields: []schema.Field{
				{Name: "n", Kind: schema.Count},
				{Name: "part", Kind: schema.Object, Fields: []schema.Field{
					{Name: "paid", Kind: schema.Money},
					{Name: "x/y", Kind: schema.Rows, Presence: schema.Optional, Fields: []schema.Field{{Name: "sum", Kind: schema.Money}}},
				}},
			}},
		}},
		{Name: "others", Kind: schema.Rows, Fields: []schema.Field{{Name: "sum", Kind: schema.Money}}},
	},
}

func layout(t *testing.T) *schema.Layout {
	t.Helper()
	l, err := schema.NewLayout(&source)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLayoutsThatAreRefused(t *testing.T) {
	field := func(f schema.Field) schema.Source { return schema.Source{Name: "s", Fields: []schema.Field{f}} }
	inner := []schema.Field{{Name: "x", Kind: schema.Money}}
	tests := map[string]struct {
		source schema.Source
		want   string
	}{
		"a field without a name":     {field(schema.Field{Kind: schema.Money}), `a field under "" has no name`},
		"a field without a kind":     {field(schema.Field{Name: "x"}), `field "x" has no kind`},
		"a kind that does not exist": {field(schema.Field{Name: "x", Kind: schema.Entries + 1}), `field "x" has no kind`},
		"an object without fields":   {field(schema.Field{Name: "x", Kind: schema.Object}), `field "x" is object and has 0 fields`},
		"rows without fields":        {field(schema.Field{Name: "x", Kind: schema.Rows}), `field "x" is rows and has 0 fields`},
		"an amount with fields":      {field(schema.Field{Name: "x", Kind: schema.Money, Fields: inner}), `field "x" is money and has 1 fields`},
		"a field described twice":    {schema.Source{Name: "s", Fields: append(inner, inner...)}, `field "x" is described twice`},
		"a fault deep in the layout": {field(schema.Field{Name: "o", Kind: schema.Object, Fields: []schema.Field{{Name: "p", Kind: schema.Object, Fields: append(inner, inner...)}}}), `field "o.p.x" is described twice`},
		"a key that is not a field":  {schema.Source{Name: "s", Fields: inner, Keys: [][]string{{"y"}}}, `key "y" is not a plain field of the record or of its rows`},
		"a key that is an object":    {schema.Source{Name: "s", Fields: []schema.Field{{Name: "o", Kind: schema.Object, Fields: inner}}, Keys: [][]string{{"o"}}}, `key "o" is not a plain field of the record or of its rows`},
		"the second field of a key":  {schema.Source{Name: "s", Fields: inner, Keys: [][]string{{"x"}, {"x", "z"}}}, `key "z" is not a plain field of the record or of its rows`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := schema.NewLayout(&test.source); err == nil || err.Error() != "source s: "+test.want {
				t.Errorf("the error is %v, want source s: %s", err, test.want)
			}
		})
	}
}

func TestLayoutNumbersFields(t *testing.T) {
	l := layout(t)
	rows := l.Root().Child("list").Child("rows")
	deep := rows.Child("part").Child("x/y")
	others := l.Root().Child("others")
	if len(l.Groups) != 4 || rows.Rows != 1 || deep.Rows != 2 || others.Rows != 3 {
		t.Fatalf("%d groups: rows %d, x/y %d, others %d", len(l.Groups), rows.Rows, deep.Rows, others.Rows)
	}
	if l.RowsOf(deep.Rows) != deep || l.RowsOf(0) != l.Root() || deep.Group != 1 || rows.Group != 0 {
		t.Error("the rows of a group are not found from its number")
	}
	for name, got := range map[string]string{
		"a/b": l.SlotName(0, 1), "total.m~n": l.SlotName(0, 2), "list.rows.n": l.SlotName(1, 0), "list.rows.part.paid": l.SlotName(1, 1),
		"list.rows.part.x/y.sum": l.SlotName(2, 0), "list.rows.part.x/y": l.Name(2), "list.rows": l.Name(1), "": l.Name(0), "others.sum": l.SlotName(3, 0),
	} {
		if got != name {
			t.Errorf("%q, want %q", got, name)
		}
	}
	if got := strings.Join(rows.Names(l), " ") + ", " + strings.Join(l.Root().Names(l), " "); got != "n part, id a/b total list others" {
		t.Errorf("names: %s", got)
	}
	if l.Root().Child("x") != nil {
		t.Error("a field that is not described is found")
	}
}

// filled is a record with three rows, of which the second has two rows below it.
func filled(t *testing.T) *schema.Record {
	t.Helper()
	r := schema.NewRecord(layout(t), nil)
	r.Pointer = "/data/0"
	present := schema.Span{State: schema.Present}
	r.OpenRows(1, 0, present)
	for i := range 3 {
		row := r.AddInstance(1, 0)
		if i == 2 {
			continue // its array is missing
		}
		r.OpenRows(2, row, present)
		for range 2 * i {
			r.AddInstance(2, row)
		}
	}
	r.OpenRows(3, 0, present)
	r.AddInstance(3, 0)
	return r
}

func TestPointersAndNamesOfARecord(t *testing.T) {
	r := filled(t)
	for name, test := range map[string]struct{ got, want string }{
		"a slash in a name":              {r.SlotPointer(0, 0, 1), "/data/0/a~1b"},
		"a tilde in a name":              {r.SlotPointer(0, 0, 2), "/data/0/total/m~0n"},
		"a figure of a row":              {r.SlotPointer(1, 2, 0), "/data/0/list/rows/2/n"},
		"a figure of a row of a row":     {r.SlotPointer(2, 1, 0), "/data/0/list/rows/1/part/x~1y/1/sum"},
		"an array":                       {r.RowsPointer(2, 0), "/data/0/list/rows/0/part/x~1y"},
		"a row":                          {r.InstancePointer(1, 1), "/data/0/list/rows/1"},
		"the record":                     {r.InstancePointer(0, 0), "/data/0"},
		"the name of a figure":           {r.SlotName(0, 0, 2), "total.m~n"},
		"the name of a figure of a row":  {r.SlotName(1, 2, 1), "list.rows[2].part.paid"},
		"the name two levels down":       {r.SlotName(2, 1, 0), "list.rows[1].part.x/y[1].sum"},
		"the name of an array":           {r.RowsName(2, 0), "list.rows[0].part.x/y"},
		"the name of a row":              {r.InstanceName(2, 0), "list.rows[1].part.x/y[0]"},
		"the name of the record":         {r.InstanceName(0, 0), ""},
		"a tilde is escaped once":        {schema.EscapePointer("~1/~"), "~01~1~0"},
		"the empty name is a step":       {schema.EscapePointer(""), ""},
		"the name of an array, at top":   {r.RowsName(3, 0), "others"},
		"a figure of the array, at top":  {r.SlotPointer(3, 0, 0), "/data/0/others/0/sum"},
		"the array of a row without one": {r.RowsPointer(2, 2), "/data/0/list/rows/2/part/x~1y"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", name, test.got, test.want)
		}
	}
}

func TestRowsOfARecord(t *testing.T) {
	r := filled(t)
	for _, test := range []struct {
		group, parent int
		want          schema.Span
	}{
		{1, 0, schema.Span{State: schema.Present, First: 0, End: 3}},
		{2, 0, schema.Span{State: schema.Present, First: 0, End: 0}},
		{2, 1, schema.Span{State: schema.Present, First: 0, End: 2}},
		{2, 2, schema.Span{State: schema.Missing, First: 2, End: 2, Offset: -1}},
		{3, 0, schema.Span{State: schema.Present, First: 0, End: 1}},
	} {
		if got := r.Rows(test.group, test.parent); got != test.want {
			t.Errorf("rows of group %d below %d: %+v, want %+v", test.group, test.parent, got, test.want)
		}
	}
	if r.Instances(0) != 1 || r.Instances(1) != 3 || r.Instances(2) != 2 || r.Parent(2, 1) != 1 || r.Ascend(2, 1, 0) != 0 || r.Ascend(2, 1, 1) != 1 {
		t.Error("instances and parents do not agree")
	}
}

// Figures are present values of the kinds that formulas add.
func TestFiguresAreCounted(t *testing.T) {
	r := filled(t)
	set := func(group, instance, slot int, state schema.State) {
		r.Set(group, instance, slot, schema.Value{State: state, Amount: calc.AmountOf(1)})
	}
	if n := r.Figures(); n != 0 {
		t.Errorf("%d figures in an empty record", n)
	}
	set(0, 0, 0, schema.Present)    // a code
	set(0, 0, 4, schema.Present)    // a date
	set(0, 0, 1, schema.Present)    // money
	set(0, 0, 3, schema.Present)    // a rate
	set(1, 2, 0, schema.Present)    // a count
	set(2, 1, 0, schema.Present)    // money two levels down
	set(1, 0, 1, schema.Null)       // and what does not count
	set(1, 1, 1, schema.Empty)      //
	set(1, 2, 1, schema.Unreadable) //
	if n := r.Figures(); n != 4 {
		t.Errorf("%d figures, want 4", n)
	}
}

// Every word is read back as what it is the word of.
func TestWordsAreReadBack(t *testing.T) {
	for _, word := range schema.KindNames() {
		if k, ok := schema.ParseKind(word); !ok || k.String() != word {
			t.Errorf("kind %q: %v, %t", word, k, ok)
		}
	}
	for _, word := range schema.PresenceNames() {
		if p, ok := schema.ParsePresence(word); !ok || p.String() != word {
			t.Errorf("presence %q: %v, %t", word, p, ok)
		}
	}
	for _, word := range schema.SeverityNames() {
		if s, ok := schema.ParseSeverity(word); !ok || s.String() != word {
			t.Errorf("severity %q: %v, %t", word, s, ok)
		}
	}
	for _, word := range schema.BasisNames() {
		if b, ok := schema.ParseBasis(word); !ok || b.String() != word {
			t.Errorf("basis %q: %v, %t", word, b, ok)
		}
	}
	for _, word := range []string{"", "Money", "none"} {
		_, kind := schema.ParseKind(word)
		_, presence := schema.ParsePresence(word)
		_, severity := schema.ParseSeverity(word)
		if _, basis := schema.ParseBasis(word); kind || presence || severity || basis {
			t.Errorf("%q is a word", word)
		}
	}
	if schema.Info >= schema.Warning || schema.Warning >= schema.Error {
		t.Error("the severities are not in the order of badness")
	}
}

func TestToleranceGrowsWithTheFigures(t *testing.T) {
	half := schema.Tolerance{Relation: calc.MustAmount("0.01"), Figure: calc.MustAmount("0.005")}
	if got := half.Allowed(3); !got.Equal(calc.MustAmount("0.025")) || half.IsZero() {
		t.Errorf("%s allowed", got)
	}
	if zero := (schema.Tolerance{}); zero.Allowed(5).Sign() != 0 || !zero.IsZero() {
		t.Error("the zero value forgives something")
	}
}

func TestRejectsAsOneLine(t *testing.T) {
	r := &schema.Reject{Place: schema.Place{File: "a.json", Line: 3}, Reason: "not JSON"}
	if r.Error() != "a.json: not JSON" {
		t.Errorf("%v", r)
	}
	if got := schema.Missing.String() + " " + schema.Null.String() + " " + schema.Empty.String() + " " + schema.Unreadable.String() + " " + schema.Present.String(); got != "missing null empty unreadable present" {
		t.Errorf("states: %s", got)
	}
}
