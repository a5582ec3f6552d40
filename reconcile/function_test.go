package reconcile

import (
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
)

// checkAll checks a record of the ledger by several rules.
func checkAll(t *testing.T, l *schema.Layout, rec *schema.Record, rules ...schema.Rule) *Result {
	t.Helper()
	for i := range rules {
		r := &rules[i]
		r.Title, r.Basis = "it is broken", schema.Stated
		if r.Severity == 0 {
			r.Severity = schema.Warning
		}
	}
	c, err := NewChecker(l, rules)
	if err != nil {
		t.Fatal(err)
	}
	run := NewRun(Tool{Name: "tieout"}, schema.Circumstances{}, nil, []*Checker{c})
	run.BeginInput(Input{File: "ledger.json"})
	run.Document(c, &schema.Document{Input: rec.Document.Input, Source: l.Source, Records: []*schema.Record{rec}})
	return run.Result()
}

// grounds are the rules that a finding rests on, functions last.
func grounds(f *Finding) string {
	var ids []string
	for i := range f.Evidence {
		ids = append(ids, f.Evidence[i].Rule.ID)
	}
	for i := range f.Grounds {
		ids = append(ids, f.Grounds[i].Rule.ID)
	}
	return strings.Join(slices.Compact(ids), " ")
}

// notNegative is a function that demands 0 or more of a figure.
func notNegative(field string) schema.Rule {
	return schema.Rule{ID: "F-1", Law: "not negative", Reads: []string{field}, Check: func(c *schema.Case) {
		if c.Amount(field).Sign() < 0 {
			c.Off(field, calc.Amount{}, "no amount is negative").AtLeast = true
		}
	}}
}

func TestWhatFollowsFromAFigureThatAFunctionTellsWrongIsToldWithIt(t *testing.T) {
	tests := []struct {
		name, formula string
		figures       []string // total, a, b
		want          []string
	}{
		{"an inequality that would hold", "a <= total + b", []string{"5", "5", "-1"}, []string{"/b F-1 R-1 F-1"}},
		{"on its other side", "total - a >= 0 and a - b <= total", []string{"5", "5", "-1"}, []string{"/b F-1 R-1 F-1"}},
		{"one that would not hold either", "a <= total + b", []string{"5", "6", "-1"}, []string{"/a R-1", "/b F-1"}},
		{"one that does not read the figure", "a <= total", []string{"5", "6", "-1"}, []string{"/a R-1", "/b F-1"}},
		{"an equality, of which another figure can be wrong", "total = a + b", []string{"5", "5", "-1"}, []string{"/total R-1", "/b F-1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			formula := schema.Rule{ID: "R-1", Formula: test.formula, Severity: schema.Error}
			r := checkAll(t, l, record(l, "1", test.figures), formula, notNegative("b"))
			var got []string
			for i := range r.Findings.All() {
				got = append(got, listed(r.Findings.All())[i].Place.Pointer+" "+grounds(listed(r.Findings.All())[i]))
			}
			slices.Sort(got)
			slices.Sort(test.want)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if r.Findings.Len() == 1 && listed(r.Findings.All())[0].Severity != schema.Error {
				t.Errorf("the finding is %s, and the worst of its rules an error", listed(r.Findings.All())[0].Severity)
			}
		})
	}
}

func TestASecondFunctionCanKnowWhatTheFigureShouldBe(t *testing.T) {
	tell := func(id string, check func(*schema.Case)) schema.Rule {
		return schema.Rule{ID: id, Law: "law", Reads: []string{"a"}, Check: check}
	}
	copied := tell("F-1", func(c *schema.Case) { c.Broken("a", "", "it is that of another").Copied = true })
	known := tell("F-2", func(c *schema.Case) { c.Off("a", calc.MustAmount("7"), "seven it is") })
	known.Severity = schema.Info
	l := ledger(t)
	r := checkAll(t, l, record(l, "1", []string{"9", "1", "2"}), copied, known)
	if r.Findings.Len() != 1 {
		t.Fatalf("%d findings", r.Findings.Len())
	}
	f := listed(r.Findings.All())[0]
	if f.Rule.ID != "F-1" || f.Severity != schema.Warning || f.Diagnosis.Class != "copied_figure" || grounds(f) != "F-2 F-1 F-2" {
		t.Errorf("got %s, %s, %s, %s", f.Rule.ID, f.Severity, f.Diagnosis.Class, grounds(f))
	}
	if !f.HasFigures || f.Expected.String() != "7" || f.Difference.String() != "-6" ||
		!strings.HasSuffix(f.Text, "; and by F-2, it should be 7: seven it is") {
		t.Errorf("got %s, difference %s: %s", f.Expected, f.Difference, f.Text)
	}
}

func TestASecondFunctionThatKnowsWhatTheTextShouldBeSaysIt(t *testing.T) {
	tell := func(id, expected, reason string) schema.Rule {
		return schema.Rule{ID: id, Law: "law", Reads: []string{"a"}, Check: func(c *schema.Case) { c.Broken("a", expected, reason) }}
	}
	l := ledger(t)
	r := checkAll(t, l, record(l, "1", []string{"9", "1", "2"}),
		tell("F-1", "", "out of order"), tell("F-2", "5", "a step further"), tell("F-3", "6", "no working day"))
	want := `a is "1": out of order; and by F-2, it should be "5": a step further; and by F-3, no working day`
	if r.Findings.Len() != 1 || listed(r.Findings.All())[0].Text != want || listed(r.Findings.All())[0].Wanted != "5" {
		t.Errorf("got %q", listed(r.Findings.All())[0].Text)
	}
}

// What stands beside the records has no name; findings about it are of the record.
func TestAFindingBesideARecordIsOfTheRecord(t *testing.T) {
	l, err := schema.NewLayout(&schema.Source{
		Name: "ledger", Records: []string{"data"},
		Context: []schema.Field{{Name: "status", Kind: schema.Code}},
		Fields:  []schema.Field{{Name: "total", Kind: schema.Money}},
	})
	if err != nil {
		t.Fatal(err)
	}
	rec := record(l, "K1", nil)
	beside := schema.NewRecord(l.Context, rec.Document)
	beside.Set(0, 0, 0, schema.Value{State: schema.Present, Text: "bad", Offset: 3, End: 6})
	rec.Payload = &schema.Payload{Context: beside, Records: []*schema.Record{rec}}
	r := checkAll(t, l, rec, schema.Rule{ID: "F-1", Law: "good", Beside: []string{"status"}, Check: func(c *schema.Case) {
		if header, _ := c.Context(); header.Text("status") != "good" {
			header.Broken("status", "good", "it is not good")
		}
	}})
	if r.Findings.Len() != 1 {
		t.Fatalf("%d findings", r.Findings.Len())
	}
	if f := listed(r.Findings.All())[0]; f.Record != "K1" || f.Place.Pointer != "/status" || f.Wanted != "good" || f.Snapshot == nil || f.Snapshot.Record != "K1" {
		t.Errorf("got %s at %s", f.Record, f.Place.Pointer)
	}
}

func TestARecordThatSaysNothingIsCheckedByFewRules(t *testing.T) {
	l := ledger(t)
	rec := record(l, "1", []string{"9", "1", "2"})
	rec.Nothing = "none"
	always := notNegative("a")
	always.Always = true
	r := checkAll(t, l, rec, schema.Rule{ID: "R-1", Formula: "total = a + b"}, always)
	if r.Checks != (Counts{Holds: 1, NotApplicable: 1}) {
		t.Errorf("got %v", r.Checks)
	}
}
