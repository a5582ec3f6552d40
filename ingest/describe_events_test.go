package ingest_test

import (
	"errors"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

// mistake demands a mistake at a place.
func mistake(t *testing.T, err error, line, column int, reason string) {
	t.Helper()
	var m *ingest.DescriptionError
	if !errors.As(err, &m) || m.Line != line || m.Column != column || !strings.Contains(m.Reason, reason) {
		t.Errorf("%v\nwant %d:%d: … %s …", err, line, column, reason)
	}
}

var eventRules = []*schema.Rule{
	{ID: "R-1", Adjustments: []schema.Adjustment{{Event: "waiver"}, {Event: "charge-back"}}},
	{ID: "R-2"},
}

func TestEvents(t *testing.T) {
	all, err := ingest.DescribeEvents("e.yaml", []byte(`# events of February
- {record: 0042, rule: R-1, event: waiver, amount: -5.50, date: 2020-02-11, reason: order 7}
- record: З20НвАР007200054
  rule: R-1
  event: charge-back
  amount: "45"
  at: Details[1].percent.payment_sum
  date: 2020-02-12
  reason: |
    case 8
`), eventRules)
	if err != nil || len(all) != 2 {
		t.Fatal(len(all), err)
	}
	if e := all[0]; e.Record != "0042" || e.Rule != "R-1" || e.Name != "waiver" || e.Amount.Text() != "-5.50" || e.At != "" ||
		e.Date.String() != "2020-02-11" || e.Reason != "order 7" || e.From != "e.yaml:2" {
		t.Errorf("%+v", e)
	}
	if e := all[1]; e.At != "Details[1].percent.payment_sum" || e.Amount.Text() != "45" || e.Reason != "case 8" || e.From != "e.yaml:3" {
		t.Errorf("%+v", e)
	}
}

func TestMistakesInEvents(t *testing.T) {
	for _, test := range []struct {
		name, yaml   string
		line, column int
		reason       string
	}{
		{"nothing", "", 1, 1, "empty"},
		{"a mapping", "record: A\n", 1, 1, "a list, each with record, rule, event, amount, date and reason"},
		{"a text", "- A\n", 1, 3, "an event is expected to be a mapping"},
		{"an unknown key", "- {record: A, sum: 5}\n", 1, 15, `an event has no key "sum"`},
		{"no reason", "- {record: A, rule: R-1, event: waiver, amount: 5, date: 2020-02-11}\n", 1, 3, `lacks the key "reason"`},
		{"an empty reason", "- {record: A, reason: ' '}\n", 1, 23, "not empty"},
		{"an amount of nothing", "- {record: A, amount: 0.00}\n", 1, 23, `a number that is not 0, not "0.00"`},
		{"an amount that is a word", "- {record: A, amount: five}\n", 1, 23, `not "five"`},
		{"an amount in a list", "- {record: A, amount: [5]}\n", 1, 23, "an amount is a number"},
		{"a day that is none", "- {record: A, date: 2020-02-30}\n", 1, 21, `not "2020-02-30"`},
		{"an unknown rule", "- {record: A, rule: R-9, event: waiver, amount: 5, date: 2020-02-11, reason: x}\n", 1, 21, `there is no rule "R-9"`},
		{"an unknown event", "- {record: A, rule: R-1, event: refund, amount: 5, date: 2020-02-11, reason: x}\n", 1, 33, `R-1 knows no event "refund"; it knows waiver, charge-back`},
		{"a rule without events", "- {record: A, rule: R-2, event: waiver, amount: 5, date: 2020-02-11, reason: x}\n", 1, 21, "R-2 knows no event that may legitimately break it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ingest.DescribeEvents("e.yaml", []byte(test.yaml), eventRules)
			mistake(t, err, test.line, test.column, test.reason)
		})
	}
}

func joinSources() map[string]*schema.Source {
	return map[string]*schema.Source{
		"my.terms": {Name: "my.terms", Fields: []schema.Field{{Name: "sum", Kind: schema.Money, Unit: "EUR"}, {Name: "rate", Kind: schema.Rate}}},
		"my.plan": {Name: "my.plan", Fields: []schema.Field{
			{Name: "rows", Kind: schema.Rows, Fields: []schema.Field{{Name: "principal", Kind: schema.Money, Unit: "EUR"}}},
		}},
	}
}

func TestJoins(t *testing.T) {
	all, err := ingest.DescribeJoins("j.yaml", []byte(`
- name: terms-and-plan
  title: the terms of a loan and its plan
  parts:
    - {name: terms, source: my.terms}
    - {name: plan, source: my.plan}
    - {name: before, source: my.plan, before: true}
  rules:
    - id: TP-1
      title: the plan is not over the sum of the terms
      formula: terms.sum = sum(plan.rows.principal)
      adjustments: {change: sum(plan.rows.principal) - sum(before.rows.principal)}
- name: empty
  parts: [{name: a, source: my.terms}, {name: b, source: my.plan}]
  rules: []
`), joinSources())
	if err != nil || len(all) != 2 {
		t.Fatal(len(all), err)
	}
	j := all[0]
	if j.Name != "terms-and-plan" || j.Title == "" || len(j.Parts) != 3 || j.Parts[1] != (schema.Part{Name: "plan", Source: "my.plan"}) || !j.Parts[2].Before {
		t.Errorf("%+v", j)
	}
	if r := j.Rules[0]; r.ID != "TP-1" || len(r.Adjustments) != 1 || r.Adjustments[0].Event != "change" {
		t.Errorf("%+v", r)
	}
}

func TestMistakesInJoins(t *testing.T) {
	const head = "name: j\nparts:\n  - {name: terms, source: my.terms}\n  - {name: plan, source: my.plan}\n"
	for _, test := range []struct {
		name, yaml   string
		line, column int
		reason       string
	}{
		{"an empty list", "[]\n", 1, 1, "the list is empty"},
		{"a text", "j\n", 1, 1, "a join is expected to be a mapping"},
		{"an unknown key", head + "law: []\n", 5, 1, `a join has no key "law"`},
		{"no rules", head, 1, 1, `a join lacks the key "rules"`},
		{"one part", "name: j\nparts: [{name: a, source: my.plan}]\nrules: []\n", 2, 8, "two or more"},
		{"an unknown source", "name: j\nparts: [{name: a, source: my.pln}, {name: b, source: my.plan}]\nrules: []\n", 2, 27, `there is no source "my.pln"; there are my.plan, my.terms`},
		{"a part twice", "name: j\nparts: [{name: a, source: my.plan}, {name: a, source: my.terms}]\nrules: []\n", 2, 37, `the part "a" stands twice`},
		{"a document twice", "name: j\nparts: [{name: a, source: my.plan}, {name: b, source: my.plan}]\nrules: []\n", 2, 37, "the parts a and b are the same document"},
		{"a join twice", "- &j {name: j, parts: [{name: a, source: my.plan}, {name: b, source: my.terms}], rules: []}\n- *j\n", 1, 3, "the join j stands twice"},
		{"an unknown part", head + "rules:\n  - {id: R, title: t, formula: terms.sum = pln.x}\n", 6, 44, `unknown field "pln"; the record has terms, plan`},
		{"figures that do not add", head + "rules:\n  - {id: R, title: t, formula: terms.rate = sum(plan.rows.principal)}\n", 6, 49, "they do not add"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ingest.DescribeJoins("j.yaml", []byte(test.yaml), joinSources())
			mistake(t, err, test.line, test.column, test.reason)
		})
	}
}
