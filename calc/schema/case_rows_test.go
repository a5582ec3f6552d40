package schema

import "testing"

func TestRowsAreFoundByATextOfTheirs(t *testing.T) {
	l, err := NewLayout(&Source{Name: "list", Fields: []Field{
		{Name: "rows", Kind: Rows, Fields: []Field{{Name: "name", Kind: Text}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	paths, err := NewPaths(l, []string{"rows.name"})
	if err != nil {
		t.Fatal(err)
	}
	const group = 1
	record := func(values ...Value) *Record {
		r := NewRecord(l, &Document{})
		r.OpenRows(group, 0, Span{State: Present})
		for i := range values {
			r.Set(group, r.AddInstance(group, 0), 0, values[i])
		}
		return r
	}
	a, gap := Value{State: Present, Text: "a"}, Value{State: Null}
	for name, test := range map[string]struct {
		record *Record
		number int // of the row found; -1 for none
		gap    bool
	}{
		"the first of two":          {record(gap, a, a), 1, false},
		"none, and all are read":    {record(Value{State: Present, Text: "b"}), -1, false},
		"none, and one has no text": {record(Value{State: Present, Text: "b"}, gap), -1, true},
		"no rows":                   {record(), -1, false},
		"no array":                  {NewRecord(l, &Document{}), -1, true},
	} {
		c := NewCase(test.record, &Circumstances{}, paths, 0, 0, -1, false)
		row, ok := c.RowWith("rows", "name", "a")
		number := -1
		if ok {
			number = row.Number()
		}
		if number != test.number {
			t.Errorf("%s: row %d, want %d", name, number, test.number)
		}
		if g := c.Verdict().Gap; (g.Reason != "") != test.gap {
			t.Errorf("%s: the gap is %+v", name, g)
		}
	}
}

func TestAQuestionAboutARecordIsAnsweredOnce(t *testing.T) {
	l, err := NewLayout(&Source{Name: "list", Fields: []Field{{Name: "name", Kind: Text}}})
	if err != nil {
		t.Fatal(err)
	}
	r, asked := NewRecord(l, &Document{}), 0
	for range 3 {
		c := NewCase(r, &Circumstances{}, nil, 0, 0, -1, false)
		if !c.Once("is it so", func(*Case) bool { asked++; return true }) {
			t.Error("the answer is not kept")
		}
	}
	if asked != 1 {
		t.Errorf("it was looked into %d times", asked)
	}
}
