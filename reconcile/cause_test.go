package reconcile

import (
	"fmt"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// said is a finding in short: the figure and what it should be when it is
// located, and the candidates.
func said(f *Finding) string {
	var b strings.Builder
	if f.Located {
		fmt.Fprintf(&b, "%s %s->%s %s", f.Place.Pointer, f.Actual, f.Expected, f.Diagnosis.Class)
	}
	for _, c := range f.Candidates {
		fmt.Fprintf(&b, " [%d] %s %s->%s", c.Rank, c.Pointer, c.Actual, c.Expected)
	}
	return strings.TrimSpace(b.String())
}

func TestAFigureIsLocatedWhereNoOtherExplainsItAsWell(t *testing.T) {
	tests := []struct {
		name, formula string
		fixed         []string
		figures       []string
		want          string
	}{
		{
			"in one relation each figure can be the wrong one", "total = a + b", nil,
			[]string{"9", "1", "2"},
			"[1] /total 9->3 [1] /a 1->7 [1] /b 2->8",
		},
		{
			"figures known to be right are not suspected", "total = a + b",
			[]string{"a", "b"},
			[]string{"9", "1", "2"},
			"/total 9->3 unknown",
		},
		{
			"the figure that two broken relations read is wrong", "total = a + b and fee = a + b", nil,
			[]string{"30", "16", "41", "30"},
			"",
		},
		{
			"a relation that holds clears its figures", "total = a + b and fee = total", nil,
			[]string{"57", "16", "14", "57"},
			"",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			for i := range l.Source.Fields {
				f := &l.Source.Fields[i]
				f.Fixed = strings.Contains(" "+strings.Join(test.fixed, " ")+" ", " "+f.Name+" ")
			}
			r := result(t, l, schema.Rule{Formula: test.formula}, record(l, "1", test.figures))
			if test.want == "" {
				checkExplains(t, l, r, test.formula)
				return
			}
			if r.Findings.Len() != 1 || said(listed(r.Findings.All())[0]) != test.want {
				t.Errorf("%d findings: %q, want %q", r.Findings.Len(), said(listed(r.Findings.All())[0]), test.want)
			}
		})
	}
}

// checkExplains demands that a cause gathers all broken relations, and that
// every candidate repairs them.
func checkExplains(t *testing.T, l *schema.Layout, r *Result, formula string) {
	t.Helper()
	if r.Findings.Len() != 1 || len(listed(r.Findings.All())[0].Evidence) != r.Checks[Broken] {
		t.Fatalf("%d findings for %d broken relations", r.Findings.Len(), r.Checks[Broken])
	}
	f := listed(r.Findings.All())[0]
	sets := map[int]map[string]string{}
	for _, c := range f.Candidates {
		if sets[c.Set] == nil {
			sets[c.Set] = map[string]string{}
		}
		sets[c.Set][c.Field] = c.Expected.String()
	}
	if f.Located {
		sets[0] = map[string]string{f.Field: f.Expected.String()}
	}
	if len(sets) == 0 {
		t.Fatal("nothing explains the finding")
	}
	for _, changes := range sets {
		var figures []string
		for slot, text := range []string{"total", "a", "b", "fee"} {
			v := f.Snapshot.Tables[0].Rows[0].Values[slot].Value.Text
			if changed, is := changes[text]; is {
				v = changed
			}
			figures = append(figures, v)
		}
		if again := result(t, l, schema.Rule{Formula: formula}, record(l, "1", figures)); again.Findings.Len() > 0 {
			t.Errorf("with %v: %s", changes, listed(again.Findings.All())[0].Text)
		}
	}
}

func TestAMissingFigureIsToldWithTheValueItMustHave(t *testing.T) {
	l := ledger(t)
	r := result(t, l, schema.Rule{Formula: "total = a + b"}, record(l, "1", []string{"9", "", "2"}))
	if r.NotEvaluable.Len() != 1 || listed(r.NotEvaluable.All())[0].Implied == nil || listed(r.NotEvaluable.All())[0].Implied.String() != "7" {
		t.Errorf("got %+v", r.NotEvaluable)
	}
}

func TestAMissingFigureThatWouldHaveToBeTwoThingsIsAFinding(t *testing.T) {
	l := ledger(t)
	r := result(t, l, schema.Rule{Formula: "total = a and b = a"}, record(l, "1", []string{"500", "", "600"}))
	if r.Findings.Len() != 1 || r.Checks[Broken] != 0 || r.Checks[NotEvaluable] != 2 {
		t.Fatalf("%d findings, %v", r.Findings.Len(), r.Checks)
	}
	f := listed(r.Findings.All())[0]
	if f.Text != "a is missing, and would have to be 500 by T-1 and 600 by T-1 at once" || f.Place.Pointer != "/a" || f.Located {
		t.Errorf("got %q at %s", f.Text, f.Place.Pointer)
	}
}

// Rows that are the same in every value come before a total in suspicion.
func TestACopiedRowIsTold(t *testing.T) {
	l := ledger(t)
	rule := schema.Rule{Formula: "total = sum(rows.x) and fee = sum(rows.x)"}
	figures := []string{"100", "1", "1", "100"}
	r := result(t, l, rule, record(l, "1", figures, []string{"40", "7", "1"}, []string{"40", "7", "1"}))
	f := listed(r.Findings.All())[0]
	if f.Located || f.Diagnosis.Class != locate.Copied || !strings.HasPrefix(f.Diagnosis.Text, "rows[0] and rows[1] are the same") {
		t.Errorf("got %q, located %t", f.Diagnosis.Text, f.Located)
	}
	r = result(t, l, rule, record(l, "1", figures, []string{"40", "7", "1"}, []string{"40", "7", "2"}))
	if listed(r.Findings.All())[0].Diagnosis.Class == locate.Copied {
		t.Error("rows that differ are no copies")
	}
}

// Every broken relation is evidence of a finding of its own rule.
func TestNoBrokenRelationIsLostBesideARuleThatIsToldOnce(t *testing.T) {
	l := ledger(t)
	rules := []schema.Rule{
		{ID: "R-1", Formula: "for r in rows: r.x = r.y", OncePerRecord: true},
		{ID: "R-2", Formula: "total = a + b or total = a + b + fee"},
		{ID: "R-3", Formula: "total = sum(rows.x)"},
	}
	for i := range rules {
		rules[i].Title, rules[i].Severity, rules[i].Basis = "t", schema.Error, schema.Stated
	}
	c, err := NewChecker(l, rules)
	if err != nil {
		t.Fatal(err)
	}
	rec := record(l, "1", []string{"9", "1", "2", "1"}, []string{"1", "2"}, []string{"3", "5"}, []string{"5", "5"})
	run := NewRun(Tool{}, schema.Circumstances{}, nil, []*Checker{c})
	run.BeginInput(Input{})
	run.Document(c, &schema.Document{Input: rec.Document.Input, Source: l.Source, Records: []*schema.Record{rec}})
	r := run.Result()
	told := map[string]int{}
	for _, f := range r.Findings.All() {
		for _, e := range f.Evidence {
			told[e.Rule.ID]++
		}
	}
	// R-2 is one broken check with two readings.
	if told["R-1"] != 2 || told["R-2"] != 2 || r.Checks[Broken] != 3 {
		t.Errorf("told %v of %v", told, r.Checks)
	}
}

func TestEveryReadingOfALawIsACandidate(t *testing.T) {
	l := ledger(t)
	r := result(t, l, schema.Rule{Formula: "total = a + b or total = a + b + fee"}, record(l, "1", []string{"9", "1", "2", "4"}))
	if want := "[1] /total 9->7 [1] /a 1->3 [1] /b 2->4 [1] /fee 4->6 [1] /total 9->3 [1] /a 1->7 [1] /b 2->8"; r.Findings.Len() != 1 || said(listed(r.Findings.All())[0]) != want {
		t.Fatalf("got %q, want %q", said(listed(r.Findings.All())[0]), want)
	}
	if f := listed(r.Findings.All())[0]; f.Expected.String() != "7" || f.Located {
		t.Errorf("the nearest reading speaks: %s, located %t", f.Expected, f.Located)
	}
}

func TestAFigureWithMoreDecimalsThanItsSourceHasIsTheFirstSuspect(t *testing.T) {
	l := ledger(t)
	l.Source.Decimals = new(int32(2))
	r := result(t, l, schema.Rule{Formula: "total = a + b"}, record(l, "1", []string{"6300.42", "6000.401", "300.02"}))
	if want := "[1] /a 6000.401->6000.40 [2] /total 6300.42->6300.421 [3] /b 300.02->300.019"; r.Findings.Len() != 1 || said(listed(r.Findings.All())[0]) != want {
		t.Errorf("got %q, want %q", said(listed(r.Findings.All())[0]), want)
	}
}

// What tells readings apart may be 0: then they are one relation, which takes part
// with the others. What is missing for a reading leaves it out.
func TestReadingsThatSayTheSameAreOneRelation(t *testing.T) {
	tests := []struct {
		name, formula string
		figures       []string
		want          string
		evidence      int
	}{
		{
			"what they have not in common is 0", "total = a + b or total = a + b + fee",
			[]string{"9", "1", "2", "0"},
			"[1] /total 9->3 [1] /a 1->7 [1] /b 2->8 [1] /fee 0->6", 1,
		},
		{
			"another relation breaks with them", "total = a + b or total = a + b + fee and b = a",
			[]string{"1618", "936", "809", "0"},
			"/a 936->809 unknown", 2,
		},
		{
			"what would break a relation that holds is not listed", "total = a + b or total = a + b + fee and a = 1",
			[]string{"9", "1", "2", "4"},
			"[1] /total 9->7 [1] /b 2->4 [1] /fee 4->6 [1] /total 9->3 [1] /b 2->8", 2,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			formula, clause, has := strings.Cut(test.formula, " and ")
			rule := schema.Rule{Formula: formula}
			if has {
				rule.Clauses = []schema.Clause{{Formula: clause, Severity: schema.Error}}
			}
			r := result(t, l, rule, record(l, "1", test.figures))
			if r.Findings.Len() != 1 || len(listed(r.Findings.All())[0].Evidence) != test.evidence || said(listed(r.Findings.All())[0]) != test.want {
				t.Errorf("%d findings, want %q: %q", r.Findings.Len(), test.want, said(listed(r.Findings.All())[0]))
			}
		})
	}
}

func TestSlipsThatRecordsShareInSeveralFiguresAreToldOnce(t *testing.T) {
	l := ledger(t)
	var all []*schema.Record
	for i := range 4 {
		a, b := 1000+17*i, 40+i
		all = append(all, record(l, fmt.Sprint(i), []string{fmt.Sprint(a), fmt.Sprint(a), fmt.Sprint(b), fmt.Sprint(a)}))
	}
	r := result(t, l, schema.Rule{Formula: "total = a + b and fee = a + b"}, all...)
	if len(r.Patterns) != 1 || r.Patterns[0].Records != 4 || r.Patterns[0].Field != "total and fee" || r.Patterns[0].Text != "b left out" {
		t.Errorf("got %+v, %q", r.Patterns, said(listed(r.Findings.All())[0]))
	}
}

func TestASlipThatRecordsShareIsToldOnce(t *testing.T) {
	l := ledger(t)
	for i := range l.Source.Fields {
		l.Source.Fields[i].Fixed = l.Source.Fields[i].Name != "total"
	}
	records := func(n int) []*schema.Record {
		var all []*schema.Record
		for i := range n {
			all = append(all, record(l, fmt.Sprint(i), []string{fmt.Sprint(100 + i), fmt.Sprint(100 + i), "7"}))
		}
		return all
	}
	rule := schema.Rule{Formula: "total = a + b"}
	if r := result(t, l, rule, records(2)...); len(r.Patterns) > 0 {
		t.Errorf("two records are no pattern: %+v", r.Patterns)
	}
	r := result(t, l, rule, records(4)...)
	if len(r.Patterns) != 1 || r.Patterns[0].Records != 4 || r.Patterns[0].Class != locate.ComponentOmitted || r.Patterns[0].Text != "b left out" {
		t.Fatalf("got %+v", r.Patterns)
	}
	for _, f := range r.Findings.All() {
		if f.Pattern != "total: b left out" {
			t.Errorf("a finding does not know its pattern: %q", f.Pattern)
		}
	}
}
