package formula_test

import (
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

func TestGuards(t *testing.T) {
	const rows = `, "rows": [{"paid": 0, "mark": "x"}, {"paid": 5}]`
	tests := map[string]struct{ when, record, want string }{
		"a word that fits":              {"status is active", `"status": "active"`, ""},
		"a word that does not fit":      {"status is active", `"status": "closed"`, "not applicable: status is closed"},
		"one of several words":          {"status is one of active, expired", `"status": "expired"`, ""},
		"none of several words":         {"status is one of active, expired", `"status": "new"`, "not applicable: status is new"},
		"not a word":                    {"status is not active", `"status": "active"`, "not applicable: status is active"},
		"not one of several":            {"status is not one of active, expired", `"status": "new"`, ""},
		"a quoted word":                 {`status is "not yet"`, `"status": "not yet"`, ""},
		"a word of digits is a text":    {"status is 01", `"status": "1"`, "not applicable: status is 1"},
		"a flag":                        {"open is true", `"open": true`, ""},
		"a number in any notation":      {"total is 1000", `"total": 1.0e3`, ""},
		"a negative number, quoted":     {`total is "-60"`, `"total": -60.00`, ""},
		"not a number":                  {"total is not 0", `"total": 0.00`, "not applicable: total is 0.00"},
		"a required field missing":      {"status is active", `"a": 0`, "not evaluable: status is missing at /status"},
		"a required field null":         {"status is not active", `"status": null`, "not evaluable: status is null at /status"},
		"an optional field missing":     {"type is not loan", `"a": 0`, "not applicable: type is missing"},
		"a figure that is no number":    {"total is 0", `"total": "x"`, "not evaluable: total is unreadable at /total"},
		"two conditions that hold":      {"status is active and total is 0", `"status": "active", "total": 0`, ""},
		"the second does not hold":      {"status is active and total is 0", `"status": "active", "total": 1`, "not applicable: total is 1"},
		"not to apply outweighs":        {"status is active and total is 0", `"total": 1`, "not applicable: total is 1"},
		"some row has it":               {"some rows.paid is not 0", `"a": 0` + rows, ""},
		"some row of several fields":    {"some rows.{begin, paid} is 5", `"a": 0, "rows": [{"begin": 1, "paid": 5}]`, ""},
		"no row has it":                 {"some rows.paid is one of 7, 8", `"a": 0` + rows, "not applicable: no rows.paid is 7 or 8"},
		"every row has it":              {"some rows.{begin, paid} is not 0", `"rows": [{"begin": 0, "paid": 0.0}]`, "not applicable: every rows.{begin, paid} is 0"},
		"no rows at all":                {"some rows.paid is not 0", `"rows": []`, "not applicable: there is no rows.paid"},
		"required rows are missing":     {"some rows.paid is not 0", `"a": 0`, "not evaluable: rows is missing at /rows"},
		"optional rows are missing":     {"some others.amount is not 0", `"a": 0`, "not applicable: there is no others.amount"},
		"one that gives it suffices":    {"some rows.paid is 5", `"rows": [{}, {"paid": 5}]`, ""},
		"one unread could have it":      {"some rows.paid is 5", `"rows": [{"paid": 4}, {"paid": "x"}]`, "not evaluable: rows.paid is unreadable at /rows/1/paid"},
		"one not given could not":       {"some rows.mark is y", `"a": 0` + rows, "not applicable: no rows.mark is y"},
		"an optional one not read":      {"some rows.bonus is 1", `"rows": [{}, {"bonus": "x"}]`, "not evaluable: rows.bonus is unreadable at /rows/1/bonus"},
		"some of a field of the record": {"some {a, b} is 1", `"a": 0, "b": 1`, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := compile(t, "c = d when "+test.when)
			got := ""
			if gap := f.Relations[0].Guard(recordOf(t, layout, "{"+test.record+"}"), 0); gap != nil {
				got = gapText(gap)
			}
			if got != test.want {
				t.Errorf("when %s: got %q, want %q", test.when, got, test.want)
			}
		})
	}
}

func TestGuardsOfRows(t *testing.T) {
	rec := recordOf(t, layout, `{"rows": [{"end": 0, "mark": "x", "parts": [{"paid": 1}]}, {"end": 0, "mark": "y", "parts": []}]}`)
	for text, want := range map[string]string{
		"for row in rows: row.end = 0 when row.mark is x":                        "0 = 0: 0\nnot applicable: rows.mark is y",
		"for row in rows: row.end = 0 when some row.parts.paid is 1":             "0 = 0: 0\nnot applicable: there is no rows.parts.paid",
		"for row in rows, m in {mark}: row.end = 0 when row.m is not one of x,z": "not applicable: rows.mark is x\n0 = 0: 0",
	} {
		if got := strings.Join(outcomes(t, compile(t, text), rec), "\n"); got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", text, got, want)
		}
	}
}

// A row whose array was never spoken of says nothing about the rows of the others.
func TestGuardsSeeTheRowsBesideARowWithoutAny(t *testing.T) {
	rows := layout.Root().Child("rows")
	parts := rows.Child("parts")
	rec := schema.NewRecord(layout, nil)
	rec.OpenRows(rows.Rows, 0, schema.Span{State: schema.Present})
	first := rec.AddInstance(rows.Rows, 0)
	rec.AddInstance(rows.Rows, 0)
	rec.OpenRows(parts.Rows, first, schema.Span{State: schema.Present})
	part := rec.AddInstance(parts.Rows, first)
	rec.Set(parts.Rows, part, parts.Child("paid").Slot, schema.Value{State: schema.Present, Amount: calc.AmountOf(5)})
	if gap := compile(t, "a = b when some rows.parts.paid is 5").Relations[0].Guard(rec, 0); gap != nil {
		t.Errorf("%+v", gap)
	}
}

// The condition that an array has rows tells none from one, whatever is in it.
func TestSomeRows(t *testing.T) {
	for _, test := range []struct{ name, record, want string }{
		{"a row holds, even one of zeros", `{"a": 1, "b": 1, "rows": [{"end": 0}]}`, ""},
		{"no row does not", `{"a": 1, "b": 1, "rows": []}`, "there are no rows in rows"},
	} {
		rec := recordOf(t, layout, test.record)
		got := ""
		if gap := compile(t, "a = b when some rows").Relations[0].Guard(rec, 0); gap != nil {
			got = gap.Reason
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if _, err := formula.Compile(layout, "a = b when some a"); err == nil {
		t.Error("a figure is no array of rows")
	}
}
