package formula_test

import (
	"errors"
	"strings"
	"testing"

	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Two documents as objects of one record.
var joined = func() *schema.Layout {
	const must = schema.Required
	l, err := schema.NewLayout(&schema.Source{Name: "joined", Fields: join(
		nest(schema.Object, "plan", must, money("total"), field(schema.Date, "", "begins"),
			nest(schema.Object, "loan terms", must, field(schema.Count, "", "tranches")),
			nest(schema.Rows, "rows", must, money("paid end"), field(schema.Date, "", "due"), nest(schema.Rows, "parts", must, money("sum")))),
		nest(schema.Object, "terms", must, money("total"), field(schema.Date, "", "as_of")),
		field(schema.Code, "", "id"),
	)})
	if err != nil {
		panic(err)
	}
	return l
}()

const joinedRecord = `{
	"plan": {"total": 30, "begins": "2020-04-22", "loan terms": {"tranches": 2},
		"rows": [{"paid": 10, "end": 20, "due": "2020-04-21", "parts": [{"sum": 4}, {"sum": 6}]}, {"paid": 20, "end": 0, "due": "2020-04-23", "parts": []}]},
	"terms": {"total": 7, "as_of": "2020-04-20"}, "id": "L1"}`

func TestAFormulaSpeaksOfAnObjectOfTheRecord(t *testing.T) {
	rec := datedRecordOf(t, joined, joinedRecord)
	for name, test := range map[string]struct{ text, relation, want string }{
		"figures":           {"total = sum(rows.paid)", "plan.total = sum(plan.rows.paid)", "30 = 10 + 20: 0"},
		"rows":              {"for row in rows: row.end = prev(row.end, total) - row.paid", "for row in plan.rows: row.end = prev(row.end, plan.total) - row.paid", "20 = 30 - 10: 0\n0 = 20 - 20: 0"},
		"rows of rows":      {"for row in rows: row.paid = sum(row.parts.sum)", "for row in plan.rows: row.paid = sum(row.parts.sum)", "10 = 4 + 6: 0\n20 = 0: 20"},
		"a set":             {"for x in {total}: x = last(rows.end)", "plan.total = last(plan.rows.end)", "30 = 0: 30"},
		"a number of rows":  {`"loan terms".tranches = count(rows)`, `plan."loan terms".tranches = count(plan.rows)`, "2 = 2: 0"},
		"a condition":       {"total = sum(rows.paid where due > begins)", "plan.total = sum(plan.rows.paid where due > plan.begins)", "30 = 20: 10"},
		"the row at hand":   {"total = sum(rows.parts.sum where rows.due < as_of)", "plan.total = sum(plan.rows.parts.sum where plan.rows.due < as_of)", "30 = 4 + 6: 20"},
		"when":              {"total = 3 when begins > as_of", "plan.total = 3", "not applicable: plan.begins is not > as_of"},
		"when some":         {"total = 3 when some rows.paid is 5", "plan.total = 3", "not applicable: no plan.rows.paid is 5"},
		"a bound row named": {"for plan in rows: plan.end = 0", "for plan in plan.rows: plan.end = 0", "20 = 0: 20\n0 = 0: 0"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := formula.CompileAt(joined, joined.Root().Child("plan"), test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := f.Relations[0].String(); got != test.relation {
				t.Errorf("got  %s\nwant %s", got, test.relation)
			}
			if got := strings.Join(outcomes(t, f, rec), "\n"); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if name != "a bound row named" { // from the record on, that is a field
				checkRelation(t, rec, &f.Relations[0])
			}
		})
	}
	at := joined.Root().Child("plan").Child("loan terms")
	if f, err := formula.CompileAt(joined, at, "tranches = 2"); err != nil || f.Relations[0].String() != `plan."loan terms".tranches = 2` {
		t.Errorf("an object of an object: %v", err)
	}
}

func TestFaultsOfFormulasAboutAnObject(t *testing.T) {
	at := func(names ...string) *schema.Node {
		n := joined.Root()
		for _, name := range names {
			n = n.Child(name)
		}
		return n
	}
	for name, test := range map[string]struct {
		at   *schema.Node
		text string
		want string
	}{
		"a field of another object": {at("plan"), "total = terms.total", `unknown field "terms"; plan has total, begins, loan terms, rows`},
		"an unknown field of a row": {at("plan"), "total = sum(rows.sum)", `unknown field "sum"; plan.rows has paid, end, due, parts`},
		"an unknown field in a where": {
			at("plan"), "total = sum(rows.paid where x > 1)", `unknown field "x"; plan.rows has paid, end, due, parts; plan has total, begins, loan terms, rows`,
		},
		"a bound name that is a field": {at("plan"), "for total in rows: total.end = 0", "'total' is ambiguous: it is also a field of plan"},
		"a day that is a field":        {at("terms"), "total = 1 when as_of < as_of", "'as_of' is ambiguous: it is a day and also a name of the record"},
		"rows":                         {at("plan", "rows"), "paid = 1", "the formula is to speak of what is no object of the record"},
		"a plain field":                {at("id"), "id = 1", "the formula is to speak of what is no object of the record"},
		"an object of another layout":  {layout.Root(), "a = 1", "the formula is to speak of what is no object of the record"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := formula.CompileAt(joined, test.at, test.text)
			var fault *formula.Error
			if !errors.As(err, &fault) || fault.Reason != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}
