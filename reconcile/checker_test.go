package reconcile

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
)

// ledger is a small source: a total with two parts, an optional fee, and rows.
func ledger(t *testing.T) *schema.Layout {
	t.Helper()
	money := func(name string) schema.Field { return schema.Field{Name: name, Kind: schema.Money} }
	fee := money("fee")
	fee.Presence = schema.Optional
	l, err := schema.NewLayout(&schema.Source{
		Name: "ledger", Records: []string{""},
		Fields: []schema.Field{
			money("total"), money("a"), money("b"), fee,
			{Name: "rows", Kind: schema.Rows, Fields: []schema.Field{money("x"), money("y"), {Name: "n", Kind: schema.Count, Presence: schema.Optional}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// record fills total, a, b and fee, and the rows' x and y; "" is missing and
// "null" is null.
func record(l *schema.Layout, key string, figures []string, rows ...[]string) *schema.Record {
	in := &schema.Input{File: "ledger.json", Text: []byte(strings.Repeat(" ", 500))}
	r := schema.NewRecord(l, &schema.Document{Input: in, Source: l.Source})
	r.Key, r.KeyFrom = key, "document"
	set := func(group, instance int, texts []string) {
		for slot, text := range texts {
			switch text {
			case "":
			case "null":
				r.Set(group, instance, slot, schema.Value{State: schema.Null})
			default:
				r.Set(group, instance, slot, schema.Value{
					State: schema.Present, Text: text, Amount: calc.MustAmount(text), Offset: 10 * slot, End: 10*slot + 1,
				})
			}
		}
	}
	set(0, 0, figures)
	if len(l.Groups) > 1 {
		r.OpenRows(1, 0, schema.Span{State: schema.Present, Offset: 400})
	}
	for _, texts := range rows {
		set(1, r.AddInstance(1, 0), texts)
	}
	return r
}

// result of checking records by one rule.
func result(t *testing.T, l *schema.Layout, rule schema.Rule, records ...*schema.Record) *Result {
	t.Helper()
	rule.ID, rule.Title, rule.Basis = "T-1", "it is broken", schema.Stated
	if rule.Severity == 0 {
		rule.Severity = schema.Error
	}
	c, err := NewChecker(l, []schema.Rule{rule})
	if err != nil {
		t.Fatal(err)
	}
	run := NewRun(Tool{Name: "tieout"}, schema.Circumstances{}, nil, []*Checker{c})
	run.BeginInput(Input{File: "ledger.json"})
	for _, r := range records {
		run.Document(c, &schema.Document{Input: r.Document.Input, Source: l.Source, Records: []*schema.Record{r}})
	}
	return run.Result()
}

func TestEveryCheckHasOneOfFiveOutcomes(t *testing.T) {
	sum := schema.Rule{Formula: "total = a + b"}
	forgiving := sum
	forgiving.Tolerance.Relation = calc.MustAmount("0.01")
	perFigure := sum
	perFigure.Tolerance.Figure = calc.MustAmount("0.5")
	fees := schema.Rule{Formula: "total = a + b + fee"}
	readings := schema.Rule{Formula: "total = a + b or total = a + b + fee"}
	each := schema.Rule{Formula: "for r in rows: r.x <= r.y"}
	tests := []struct {
		name    string
		rule    schema.Rule
		figures []string
		rows    [][]string
		want    Counts
		reason  string
	}{
		{"equal sums hold, whatever their scale", sum, []string{"3", "1.50", "1.5"}, nil, Counts{Holds: 1}, ""},
		{"a difference of the smallest unit is broken", sum, []string{"3.01", "1.50", "1.50"}, nil, Counts{Broken: 1}, ""},
		{"a difference at the tolerance is forgiven, and shown", forgiving, []string{"3.01", "1.50", "1.50"}, nil, Counts{WithinTolerance: 1}, "off by 0.01"},
		{"a negative difference is shown with its sign", forgiving, []string{"2.99", "1.50", "1.50"}, nil, Counts{WithinTolerance: 1}, "off by -0.01"},
		{"a difference beyond the tolerance is broken", forgiving, []string{"3.02", "1.50", "1.50"}, nil, Counts{Broken: 1}, ""},
		{"a tolerance per figure grows with the figures", perFigure, []string{"4.5", "1.50", "1.50"}, nil, Counts{WithinTolerance: 1}, "off by 1.50"},
		{"a missing figure makes the check not evaluable", sum, []string{"3", "1.50", ""}, nil, Counts{NotEvaluable: 1}, "b is missing"},
		{"so does null", sum, []string{"3", "1.50", "null"}, nil, Counts{NotEvaluable: 1}, "b is null"},
		{"an optional figure that is not given: not applicable", fees, []string{"3", "1", "2", ""}, nil, Counts{NotApplicable: 1}, "fee is missing"},
		{"zero is a figure like any other", fees, []string{"3", "1", "2", "0"}, nil, Counts{Holds: 1}, ""},
		{"one reading of a law is enough", readings, []string{"4", "1", "2", "1"}, nil, Counts{Holds: 1}, "by reading 2: total = a + b + fee"},
		{"the first reading is enough without the optional figure", readings, []string{"3", "1", "2", ""}, nil, Counts{Holds: 1}, "by reading 1: total = a + b"},
		{"no reading fits", readings, []string{"9", "1", "2", "1"}, nil, Counts{Broken: 1}, ""},
		{"every row is a check", each, nil, [][]string{{"1", "2"}, {"2", "2"}, {"3", "2"}}, Counts{Holds: 2, Broken: 1}, ""},
		{"no rows, nothing to check", each, nil, nil, Counts{NotApplicable: 1}, "no rows in rows"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			r := result(t, l, test.rule, record(l, "1", test.figures, test.rows...))
			if r.Checks != test.want || r.Rules[0].Counts != test.want {
				t.Errorf("got %v, want %v", r.Checks, test.want)
			}
			var reasons []string
			for _, x := range r.Rules[0].Reasons {
				reasons = append(reasons, x.Text)
			}
			if got := strings.Join(reasons, "; "); got != test.reason {
				t.Errorf("reason %q, want %q", got, test.reason)
			}
			if r.NotEvaluable.Len() != test.want[NotEvaluable] {
				t.Errorf("%d checks are listed as not evaluable, want %d", r.NotEvaluable.Len(), test.want[NotEvaluable])
			}
		})
	}
}

func TestFindingsSpeakOfOneFigure(t *testing.T) {
	tests := []struct {
		name, formula                             string
		pointer, actual, expected, difference, op string
	}{
		{"the left side when it is one figure", "total = a + b", "/total", "9", "3", "6", "="},
		{"else the right side", "a + b = total", "/total", "9", "3", "6", "="},
		{"with the comparison turned round", "a + b >= total", "/total", "9", "3", "6", "<="},
		{"else the left side as a whole", "a + b = 2 * total", "", "3", "18", "-15", "="},
		{"a sum over rows is told at its array", "sum(rows.x) = 100", "/rows", "3", "100", "-97", "="},
		{"the last of the rows is a figure", "last(rows.x) = 0", "/rows/1/x", "2", "0", "2", "="},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			r := result(t, l, schema.Rule{Formula: test.formula}, record(l, "1", []string{"9", "1", "2"}, []string{"1", "0"}, []string{"2", "0"}))
			if r.Findings.Len() != 1 {
				t.Fatalf("%d findings", r.Findings.Len())
			}
			f := listed(r.Findings.All())[0]
			got := []string{f.Place.Pointer, f.Actual.String(), f.Expected.String(), f.Difference.String(), f.Op.String()}
			want := []string{test.pointer, test.actual, test.expected, test.difference, test.op}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestASurplusMayWeighLessThanAShortfall(t *testing.T) {
	l := ledger(t)
	rule := schema.Rule{Formula: "total = a + b", Severity: schema.Error, Surplus: schema.Warning}
	r := result(t, l, rule, record(l, "more", []string{"4", "1", "2"}), record(l, "less", []string{"2", "1", "2"}))
	for _, f := range r.Findings.All() {
		if want := map[string]schema.Severity{"more": schema.Warning, "less": schema.Error}[f.Record]; f.Severity != want {
			t.Errorf("%s: %s, want %s", f.Record, f.Severity, want)
		}
	}
}

func TestASurplusThatASlipExplainsWeighsAsMuchAsAShortfall(t *testing.T) {
	tests := []struct {
		name    string
		figures []string // total, a, b
		want    schema.Severity
	}{
		{"a hundred times too large", []string{"630042", "6000.4", "300.02"}, schema.Error},
		{"digits exchanged, in one figure or another", []string{"6304.02", "6000.4", "300.02"}, schema.Error},
		{"one digit replaced, which any round amount does", []string{"6350.42", "6000.4", "300.02"}, schema.Warning},
		{"no slip", []string{"6377.83", "6000.4", "300.02"}, schema.Warning},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			rule := schema.Rule{Formula: "total = a + b", Severity: schema.Error, Surplus: schema.Warning}
			r := result(t, l, rule, record(l, "1", test.figures))
			if r.Findings.Len() != 1 || listed(r.Findings.All())[0].Severity != test.want {
				t.Errorf("%d findings, the first is %s", r.Findings.Len(), listed(r.Findings.All())[0].Severity)
			}
		})
	}
}

func TestARuleMayBeToldOncePerRecord(t *testing.T) {
	l := ledger(t)
	rule := schema.Rule{Formula: "for r in rows: r.x = r.y", OncePerRecord: true}
	r := result(t, l, rule, record(l, "1", nil, []string{"1", "2"}, []string{"2", "2"}, []string{"3", "2"}))
	if r.Findings.Len() != 1 || len(listed(r.Findings.All())[0].Evidence) != 2 || r.Checks[Broken] != 2 {
		t.Fatalf("got %d findings, %v", r.Findings.Len(), r.Checks)
	}
	if text := listed(r.Findings.All())[0].Text; !strings.Contains(text, "the same in 1 other place of this record") {
		t.Errorf("text %q", text)
	}
}

// The id of a finding is that of its cause: the value may move, the id stays.
func TestAnIDDependsOnSourceRecordRuleAndPlaceOnly(t *testing.T) {
	l := ledger(t)
	rule := schema.Rule{Formula: "total = a + b"}
	id := func(key, total string) string {
		return listed(result(t, l, rule, record(l, key, []string{total, "1", "2"})).Findings.All())[0].ID
	}
	if id("1", "4") != id("1", "5") {
		t.Error("another value, another id")
	}
	if id("1", "4") == id("2", "4") {
		t.Error("another record, the same id")
	}
	twice := result(t, l, rule, record(l, "1", []string{"4", "1", "2"}), record(l, "1", []string{"5", "1", "2"}))
	if a, b := listed(twice.Findings.All())[0].ID, listed(twice.Findings.All())[1].ID; b != a+"-2" {
		t.Errorf("two findings with one id: %s, %s", a, b)
	}
}

func TestFaultyRulesAreToldAllAtOnce(t *testing.T) {
	good := schema.Rule{ID: "T-1", Title: "t", Severity: schema.Error, Basis: schema.Stated, Formula: "total = a"}
	unknown, nameless := good, good
	unknown.ID, unknown.Formula = "T-2", "total = c"
	nameless.ID = ""
	_, err := NewChecker(ledger(t), []schema.Rule{good, good, unknown, nameless})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"rule T-1 stands twice", `rule T-2, formula, column 9: unknown field "c"`, `rule "" lacks an id`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

func TestTheRuleSetChangesWithWhatDecides(t *testing.T) {
	l := ledger(t)
	base := schema.Rule{Formula: "total = a"}
	tolerant, why := base, base
	tolerant.Tolerance.Relation = calc.MustAmount("0.01")
	why.Why = "because"
	set := func(r schema.Rule) string { return result(t, l, r).Tool.RuleSet }
	if set(base) == set(tolerant) {
		t.Error("a tolerance does not change the rule set")
	}
	table := "1,5"
	tabled := base
	tabled.Data = []schema.Data{{Name: "ceilings", Digest: func() string { return calc.Digest(table) }}}
	before := set(tabled)
	if table = "1,6"; set(tabled) == before {
		t.Error("another table of ceilings does not change the rule set")
	}
	plain := set(base)
	l.Source.Fields[1].Fixed = true
	if set(base) == plain {
		t.Error("a figure that is never suspected does not change the rule set")
	}
	l.Source.Fields[1].Fixed = false
	if set(base) != set(why) {
		t.Error("a remark changes the rule set")
	}
}

// listed are the things of a store.
func listed[T any](store iter.Seq2[int, *T]) []*T {
	var all []*T
	for _, one := range store {
		all = append(all, one)
	}
	return all
}
