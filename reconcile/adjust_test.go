package reconcile

import (
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
)

// event is one of "record name amount at".
func event(text string) schema.Event {
	words := append(strings.Fields(text), "")
	return schema.Event{
		Record: words[0], Rule: "T-1", Name: words[1], Amount: calc.MustAmount(words[2]), At: words[3],
		Date: date.MustParse("2020-02-11"), Reason: "order 7", From: "events.yaml:1",
	}
}

// checkedWith checks records by one rule, with events.
func checkedWith(t *testing.T, rule schema.Rule, events []string, records ...*schema.Record) *Result {
	t.Helper()
	l := records[0].Layout
	rule.ID, rule.Title, rule.Basis, rule.Severity = "T-1", "it is broken", schema.Stated, schema.Error
	c, err := NewChecker(l, []schema.Rule{rule, {
		ID: "T-2", Title: "b is not the sum", Basis: schema.Stated, Severity: schema.Error, Formula: "b = sum(rows.y)",
	}})
	if err != nil {
		t.Fatal(err)
	}
	run := NewRun(Tool{Name: "tieout"}, schema.Circumstances{}, nil, []*Checker{c})
	var all []schema.Event
	for _, e := range events {
		all = append(all, event(e))
	}
	run.Adjust(all)
	run.BeginInput(Input{File: "ledger.json"})
	for _, r := range records {
		run.Document(c, &schema.Document{Input: r.Document.Input, Source: l.Source, Records: []*schema.Record{r}})
	}
	return run.Result()
}

func TestEventsExplainBrokenRelations(t *testing.T) {
	sum := schema.Rule{Formula: "total = a + b", Adjustments: []schema.Adjustment{{Event: "fee"}, {Event: "waiver"}}}
	turned := schema.Rule{Formula: "a + b = total", Adjustments: sum.Adjustments}
	forgiving := sum
	forgiving.Tolerance.Relation = calc.MustAmount("1")
	bound := schema.Rule{Formula: "total <= a", Adjustments: sum.Adjustments}
	stated := schema.Rule{Formula: "total = a + b", Adjustments: []schema.Adjustment{{Event: "fee", Formula: "sum(rows.x)"}, {Event: "waiver"}}}
	either := schema.Rule{Formula: "total = a or total = a + b", Adjustments: sum.Adjustments}
	rows := schema.Rule{Formula: "for row in rows: row.x = row.y", Adjustments: sum.Adjustments}
	tests := []struct {
		name   string
		rule   schema.Rule
		record []string // total, a, b, fee
		rows   [][]string
		events []string
		// want are severity, explained and residue of the finding of T-1; told is what
		// is said of the first event that is not used.
		severity, explained, residue, told string
	}{
		{"without events it is an error", sum, []string{"10", "3", "4"}, nil, nil, "error", "", "0", ""},
		{"an event of the whole difference explains it", sum, []string{"10", "3", "4"}, nil, []string{"r fee 3"}, "info", "fee 3", "0", ""},
		{"so do several events together", sum, []string{"10", "3", "4"}, nil, []string{"r fee 5", "r waiver -2"}, "info", "fee 5, waiver -2", "0", ""},
		{"a part of it is explained and the rest is an error", sum, []string{"10", "3", "4"}, nil, []string{"r fee 2"}, "error", "fee 2", "1", ""},
		{"too much leaves a rest with the other sign", sum, []string{"10", "3", "4"}, nil, []string{"r fee 4"}, "error", "fee 4", "-1", ""},
		{
			"an event that makes the difference no smaller is not used", sum,
			[]string{"10", "3", "4"},
			nil,
			[]string{"r fee 6"},
			"error", "", "0", "no less of the difference of total, which is 3",
		},
		{"an event of the other sign is not used", sum, []string{"10", "3", "4"}, nil, []string{"r fee -3"}, "error", "", "0", "no less"},
		{"where the subject stands on the right, the sign of the difference is turned", turned, []string{"10", "3", "4"}, nil, []string{"r fee -3"}, "info", "fee 3", "0", ""},
		{"the tolerance is forgiven after the events", forgiving, []string{"10", "3", "4"}, nil, []string{"r fee 2"}, "info", "fee 2", "1", ""},
		{"a bound is kept by an event that is large enough", bound, []string{"10", "3", "4"}, nil, []string{"r fee 9"}, "info", "fee 9", "0", ""},
		{"a bound is exceeded by what an event leaves", bound, []string{"10", "3", "4"}, nil, []string{"r fee 5"}, "error", "fee 5", "2", ""},
		{"the document states an event", stated, []string{"10", "3", "4"}, [][]string{{"1", "4"}, {"2", "0"}}, nil, "info", "fee 3", "0", ""},
		{
			"an event of the user adds to those of the document", stated,
			[]string{"9", "3", "4"},
			[][]string{{"1", "4"}, {"2", "0"}},
			[]string{"r waiver -1"},
			"info", "fee 3, waiver -1", "0", "",
		},
		{
			"what the document states is not explained a second time", stated,
			[]string{"10", "3", "4"},
			[][]string{{"1", "4"}, {"2", "0"}},
			[]string{"r waiver 3"},
			"info", "fee 3", "0", "which is 0 without it",
		},
		{"an event explains one of several readings", either, []string{"10", "3", "4"}, nil, []string{"r fee 7"}, "info", "fee 7", "0", ""},
		{"an event is not used where the relation holds", sum, []string{"7", "3", "4"}, nil, []string{"r fee 7"}, "", "", "", "T-1 is not broken there"},
		{"an event of another record is not used", sum, []string{"10", "3", "4"}, nil, []string{"s fee 3"}, "error", "", "0", "no record of that name"},
		{"an event names the row", rows, []string{"0", "0", "12"}, [][]string{{"5", "4"}, {"8", "8"}}, []string{"r fee 1 rows[0]"}, "info", "fee 1", "0", ""},
		{"or its pointer", rows, []string{"0", "0", "12"}, [][]string{{"5", "4"}, {"8", "8"}}, []string{"r fee 1 /rows/0"}, "info", "fee 1", "0", ""},
		{"or the figure", rows, []string{"0", "0", "12"}, [][]string{{"5", "4"}, {"8", "8"}}, []string{"r fee 1 rows[0].x"}, "info", "fee 1", "0", ""},
		{"or its pointer", rows, []string{"0", "0", "12"}, [][]string{{"5", "4"}, {"8", "8"}}, []string{"r fee 1 /rows/0/x"}, "info", "fee 1", "0", ""},
		{
			"a row that is not broken is told", rows,
			[]string{"0", "0", "12"},
			[][]string{{"5", "4"}, {"8", "8"}},
			[]string{"r fee 1 rows[1]"},
			"error", "", "0", "T-1 is not broken at rows[1], but at rows[0].x",
		},
		{
			"where several are broken, the event must say at which", rows,
			[]string{"0", "0", "12"},
			[][]string{{"5", "4"}, {"9", "8"}},
			[]string{"r fee 1"},
			"error", "", "0", "several relations of T-1 are broken there; say at which of rows[0].x, rows[1].x",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rec := record(ledger(t), "r", test.record, test.rows...)
			if test.rows == nil {
				rec = record(ledger(t), "r", test.record, []string{"", test.record[2]})
			}
			r := checkedWith(t, test.rule, test.events, rec)
			var f *Finding
			for i := range r.Findings.All() {
				if listed(r.Findings.All())[i].Rule.ID == "T-1" {
					f = listed(r.Findings.All())[i]
					break
				}
			}
			if (f == nil) != (test.severity == "") {
				t.Fatalf("findings %+v", r.Findings)
			}
			if f != nil {
				var explained []string
				for _, e := range f.Explained {
					explained = append(explained, e.Event+" "+e.Amount.String())
				}
				if got := strings.Join(explained, ", "); f.Severity.String() != test.severity || got != test.explained || f.Residue.String() != test.residue {
					t.Errorf("%s, explained %q, residue %s: %s", f.Severity, got, f.Residue, f.Text)
				}
				if f.IsExplained != (test.severity == "info") || r.Checks[Broken] == 0 {
					t.Errorf("explained %t, %d broken", f.IsExplained, r.Checks[Broken])
				}
			}
			switch {
			case len(r.UnusedEvents) == 0 && test.told != "", len(r.UnusedEvents) > 0 && test.told == "":
				t.Errorf("unused %+v", r.UnusedEvents)
			case test.told != "" && !strings.Contains(r.UnusedEvents[0].Why, test.told):
				t.Errorf("told %q", r.UnusedEvents[0].Why)
			}
		})
	}
}

// b is 145 and stands for 154: total and the sum of the rows say so, once the fee of 700
// is taken into account.
func TestASecondErrorIsFoundBehindAnEvent(t *testing.T) {
	rule := schema.Rule{Formula: "total = a + b", Adjustments: []schema.Adjustment{{Event: "fee"}}}
	rec := record(ledger(t), "r", []string{"1154", "300", "145"}, []string{"", "150"}, []string{"", "4"})
	r := checkedWith(t, rule, []string{"r fee 700"}, rec)
	if r.Findings.Len() != 1 {
		t.Fatalf("%d findings", r.Findings.Len())
	}
	f := listed(r.Findings.All())[0]
	if !f.Located || f.Field != "b" || f.Expected.String() != "154" || f.Severity != schema.Error || f.IsExplained {
		t.Errorf("%s", f.Text)
	}
	if len(f.Explained) != 1 || f.Residue.String() != "9" ||
		!strings.HasSuffix(f.Text, "; explained in T-1: fee 700 (2020-02-11, order 7); of the difference of 709, 9 is not explained") {
		t.Errorf("%v, residue %s: %s", f.Explained, f.Residue, f.Text)
	}
}

func TestADocumentOfTwoJoinsIsToldOnce(t *testing.T) {
	l := ledger(t)
	other := *l.Source
	other.Name = "copy"
	second, err := schema.NewLayout(&other)
	if err != nil {
		t.Fatal(err)
	}
	own, err := NewChecker(l, []schema.Rule{{ID: "T-1", Title: "t", Basis: schema.Stated, Severity: schema.Error, Formula: "total = a + b"}})
	if err != nil {
		t.Fatal(err)
	}
	none, err := NewChecker(second, nil)
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]*schema.Source{"ledger": l.Source, "copy": second.Source}
	var joints []*Joint
	for _, name := range []string{"one", "two"} {
		j, err := NewJoint(&schema.Join{
			Name: name, Parts: []schema.Part{{Name: "left", Source: "ledger"}, {Name: "right", Source: "copy"}},
			Rules: []schema.Rule{{ID: "J-" + name, Title: "t", Basis: schema.Stated, Severity: schema.Error, Formula: "left.total = right.total"}},
		}, sources)
		if err != nil {
			t.Fatal(err)
		}
		joints = append(joints, j)
	}
	run := NewRun(Tool{}, schema.Circumstances{}, nil, []*Checker{own, none})
	run.Join(joints...)
	run.BeginInput(Input{File: "ledger.json"})
	for _, one := range []struct {
		checker *Checker
		rec     *schema.Record
	}{{own, record(l, "К-1", []string{"45", "50", "4"})}, {none, record(second, "K-1", []string{"54", "50", "4"})}} {
		layout := one.checker.Layout
		run.Document(one.checker, &schema.Document{Input: one.rec.Document.Input, Source: layout.Source, Records: []*schema.Record{one.rec}})
	}
	r := run.Result()
	if r.Findings.Len() != 2 || r.Joined != 2 {
		t.Fatalf("%d findings, %d joined", r.Findings.Len(), r.Joined)
	}
	for _, f := range r.Findings.All() {
		if f.Rule.ID != "IN-05" && (len(f.Evidence) != 3 || f.Field != "total" || f.Expected.String() != "54") {
			t.Errorf("%d relations: %s", len(f.Evidence), f.Text)
		}
	}
}
