package formula_test

import (
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/formula"
)

// The figures of two rows with two parts and one part, and of a total.
const filled = `{
	"total": 100, "principal": 70, "interest": 30, "a": 1, "b": 2, "c": 3, "d": 4, "сумма": 5, "net-sum": 6, "for": 7,
	"fee": 8, "none": 9, "dollars": 10, "rate": 0.5, "count": 2, "status": "active", "type": "loan", "open": true,
	"extra": {"amount": 11, "lines": [{"amount": 12}, {"amount": 13}]},
	"rows": [
		{"begin": 50, "paid": 20, "end": 30, "bonus": 1, "mark": "x", "side": {"amount": 1},
			"parts": [{"paid": 15, "end": 35, "bits": [{"amount": 7}, {"amount": 8}]}, {"paid": 5, "end": 30, "bits": [{"amount": 5}]}],
			"gifts": [{"amount": 2}]},
		{"begin": 30, "paid": 10, "end": 20, "bonus": 2, "mark": "y", "side": {"amount": 2},
			"parts": [{"paid": 10, "end": 20, "bits": []}], "gifts": []}],
	"others": [{"amount": 40}, {"amount": 60}]}`

func TestFormulasSayWhatTheirTextSays(t *testing.T) {
	rec := recordOf(t, layout, filled)
	tests := map[string]struct{ text, want string }{
		"a sum of figures":                      {"total = principal + interest", "100 = 70 + 30: 0"},
		"a difference keeps the order":          {"principal = total - interest + a", "70 = 100 - 30 + 1: -1"},
		"left may be a sum as well":             {"a + b = c", "1 + 2 = 3: 0"},
		"left minus right, with its sign":       {"b = a", "2 = 1: 1"},
		"a leading minus":                       {"-a = b - c", "-1 = 2 - 3: 0"},
		"at most holds below":                   {"a <= b", "1 <= 2: 0"},
		"at most holds when equal":              {"a <= b - a", "1 <= 2 - 1: 0"},
		"at most is broken above":               {"d <= a", "4 <= 1: 3"},
		"at least holds above":                  {"d >= a", "4 >= 1: 0"},
		"at least is broken below":              {"a >= d", "1 >= 4: -3"},
		"a constant":                            {"total = 100", "100 = 100: 0"},
		"a constant with a fraction":            {"total = 99.50", "100 = 99.50: 0.50"},
		"a whole coefficient":                   {"total = 25 * d", "100 = 25 * 4: 0"},
		"coefficients on both sides":            {"100 * a = 50 * b", "100 * 1 = 50 * 2: 0"},
		"a coefficient of a constant":           {"total = 2 * 50", "100 = 2 * 50: 0"},
		"a minus before parentheses":            {"a = d - (b + a)", "1 = 4 - 2 - 1: 0"},
		"a minus inside parentheses":            {"c = d - (b - a)", "3 = 4 - 2 + 1: 0"},
		"coefficients multiply":                 {"total = 5 * (2 * (a + b) + d)", "100 = 10 * 1 + 10 * 2 + 5 * 4: 50"},
		"minus times minus":                     {"total = -(2 * (a - 3 * b))", "100 = -2 * 1 + 6 * 2: 90"},
		"a name in another alphabet":            {"сумма = a + d", "5 = 1 + 4: 0"},
		"a quoted name":                         {`"net-sum" = 2 * c`, "6 = 2 * 3: 0"},
		"a name that is a word of the language": {`"for" = c + d`, "7 = 3 + 4: 0"},
		"a figure of a nested object":           {"extra.amount = total", "11 = 100: -89"},
		"a sum over rows":                       {"total = sum(others.amount)", "100 = 40 + 60: 0"},
		"a sum of two figures over rows":        {"total = sum(rows.begin + rows.paid)", "100 = 50 + 30 + 20 + 10: -10"},
		"a sum of a difference over rows":       {"total = sum(rows.begin - rows.paid)", "100 = 50 + 30 - 20 - 10: 50"},
		"a sum of a multiple over rows":         {"total = sum(2 * rows.begin)", "100 = 2 * 50 + 2 * 30: -60"},
		"a multiple of a sum":                   {"total = 2 * sum(rows.begin)", "100 = 2 * 50 + 2 * 30: -60"},
		"a sum over rows of rows":               {"interest = sum(rows.parts.paid)", "30 = 15 + 5 + 10: 0"},
		"a sum over three levels, the last row without any": {
			"sum(rows.parts.bits.amount) = 20", "7 + 8 + 5 = 20: 0",
		},
		"a sum over a set of fields":           {"sum({a, b, c}) = 6", "1 + 2 + 3 = 6: 0"},
		"a sum over rows and a set":            {"sum(rows.{paid, end}) = 80", "20 + 10 + 30 + 20 = 80: 0"},
		"a sum over rows that an object holds": {"sum(extra.lines.amount) = 25", "12 + 13 = 25: 0"},
		"the last row":                         {"last(rows.end) = 20", "20 = 20: 0"},
		"the same for each name of a set":      {"for x in {a, b}: x <= 1", "1 <= 1: 0\n2 <= 1: 1"},
		"a set of paths":                       {"for x in {a, extra.amount}: x = 11", "1 = 11: -10\n11 = 11: 0"},
		"two sets, every combination":          {"for x in {a, b}, y in {c, d}: x = y", "1 = 3: -2\n1 = 4: -3\n2 = 3: -1\n2 = 4: -2"},
		"the same in every row":                {"for row in rows: row.end = row.begin - row.paid", "30 = 50 - 20: 0\n20 = 30 - 10: 0"},
		"a figure of the record in every row":  {"for row in rows: row.end <= principal", "30 <= 70: 0\n20 <= 70: 0"},
		"a sum over the record in every row":   {"for row in rows: row.end <= sum(others.amount)", "30 <= 40 + 60: 0\n20 <= 40 + 60: 0"},
		"a sum over the rows below each row":   {"for row in rows: row.paid = sum(row.parts.paid)", "20 = 15 + 5: 0\n10 = 10: 0"},
		"a sum two levels below each row":      {"for row in rows: row.paid = sum(row.parts.bits.amount)", "20 = 7 + 8 + 5: 0\n10 = 0: 10"},
		"the last row below each row":          {"for row in rows: row.end = last(row.parts.end)", "30 = 30: 0\n20 = 20: 0"},
		"several relations, and":               {"a <= b and c = d", "1 <= 2: 0\n3 = 4: -1"},
		"readings of one law, or":              {"a = b or a = b - 1", "1 = 2: -1\n1 = 2 - 1: 0"},
		"every row of every row, with a figure of the row above": {
			"for row in rows, part in row.parts: part.end <= row.begin", "35 <= 50: 0\n30 <= 50: 0\n20 <= 30: 0",
		},
		"a chain, its start a figure of the row above": {
			"for row in rows, part in row.parts: part.end = prev(part.end, row.begin) - part.paid",
			"35 = 50 - 15: 0\n30 = 35 - 5: 0\n20 = 30 - 10: 0",
		},
		"a chain whose start is a sum": {
			"for row in rows: row.begin = prev(row.end, total - 2 * (a + b)) - 0", "50 = 100 - 2 * 1 - 2 * 2 - 0: -44\n30 = 30 - 0: 0",
		},
		"a multiple of a chain": {
			"for row in rows: 2 * row.begin = 2 * prev(row.end, principal - d)",
			"2 * 50 = 2 * 70 - 2 * 4: -32\n2 * 30 = 2 * 30: 0",
		},
		"a chain without a start does not apply to the first row": {
			"for row in rows: row.begin = prev(row.end)", "not applicable: the first row has none before it\n30 = 30: 0",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(outcomes(t, compile(t, test.text), rec), "\n")
			if got != test.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, got, test.want)
			}
		})
	}
}

func TestWhatIsMissingDecidesTheOutcome(t *testing.T) {
	tests := map[string]struct{ text, record, want string }{
		"a required figure that is missing":   {"a = b", `{"a": 1}`, "not evaluable: b is missing at /b"},
		"a required figure that is null":      {"a = b", `{"a": 1, "b": null}`, "not evaluable: b is null at /b"},
		"a required figure that is empty":     {"a = b", `{"a": 1, "b": ""}`, `not evaluable: b is "" at /b`},
		"a required figure that is no number": {"a = b", `{"a": 1, "b": "x"}`, "not evaluable: b is unreadable at /b"},
		"zero is a figure":                    {"a = b", `{"a": 0, "b": 0}`, "0 = 0: 0"},
		"an optional figure that is missing":  {"a = fee", `{"a": 1}`, "not applicable: fee is missing"},
		"an optional figure that is null":     {"a = fee", `{"a": 1, "fee": null}`, "not applicable: fee is null"},
		"an optional figure that is empty":    {"a = fee", `{"a": 1, "fee": ""}`, `not applicable: fee is ""`},
		"an optional figure that is no number": {
			"a = fee", `{"a": 1, "fee": "x"}`, "not evaluable: fee is unreadable at /fee",
		},
		"a figure whose emptiness says none": {"a = none", `{"a": 1, "none": ""}`, `not applicable: none is ""`},
		"such a figure is always sent":       {"a = none", `{"a": 1}`, "not evaluable: none is missing at /none"},
		"such a figure is not null":          {"a = none", `{"a": 1, "none": null}`, "not evaluable: none is null at /none"},
		"not to apply outweighs a missing figure": {
			"a = b + fee", `{"a": 1}`, "not applicable: fee is missing",
		},
		"a figure of an optional object that is missing": {
			"a = extra.amount", `{"a": 1}`, "not applicable: extra.amount is missing",
		},
		"a figure of an optional object that is there": {
			"a = extra.amount", `{"a": 1, "extra": {}}`, "not evaluable: extra.amount is missing at /extra/amount",
		},
		"a figure of an optional object that is no object": {
			"a = extra.amount", `{"a": 1, "extra": 5}`, "not evaluable: extra.amount is unreadable at /extra/amount",
		},
		"rows of an optional object that is missing": {
			"a = sum(extra.lines.amount)", `{"a": 1}`, "not applicable: extra.lines is missing",
		},
		"a sum of no rows is nothing":        {"a = sum(others.amount)", `{"a": 1, "others": []}`, "1 = 0: 1"},
		"a sum over required rows not given": {"a = sum(rows.paid)", `{"a": 1}`, "not evaluable: rows is missing at /rows"},
		"a sum over rows that are null":      {"a = sum(rows.paid)", `{"a": 1, "rows": null}`, "not evaluable: rows is null at /rows"},
		"a sum over rows that are none":      {"a = sum(rows.paid)", `{"a": 1, "rows": 5}`, "not evaluable: rows is unreadable at /rows"},
		"a sum over optional rows not given": {"a = sum(others.amount)", `{"a": 1}`, "not applicable: others is missing"},
		"a sum with a required figure missing": {
			"a = sum(rows.paid)", `{"a": 1, "rows": [{"paid": 1}, {}, {}]}`, "not evaluable: rows.paid is missing at /rows/1/paid",
		},
		"an optional figure that no row gives": {
			"a = sum(rows.bonus)", `{"a": 1, "rows": [{}, {}]}`, "not applicable: rows.bonus is missing",
		},
		"an optional figure that only some rows give": {
			"a = sum(rows.bonus)", `{"a": 1, "rows": [{}, {"bonus": 1}, {}]}`, "not evaluable: rows.bonus is missing at /rows/0/bonus",
		},
		"an optional figure that one row gives and cannot be read": {
			"a = sum(rows.bonus)", `{"a": 1, "rows": [{}, {"bonus": "x"}]}`, "not evaluable: rows.bonus is missing at /rows/0/bonus",
		},
		"an optional object that only some rows give": {
			"a = sum(rows.side.amount)", `{"a": 1, "rows": [{"side": {"amount": 1}}, {}]}`,
			"not evaluable: rows.side.amount is missing at /rows/1/side/amount",
		},
		"optional rows that only some rows give": {
			"a = sum(rows.gifts.amount)", `{"a": 1, "rows": [{}, {"gifts": [{"amount": 1}]}]}`,
			"not evaluable: rows.gifts is missing at /rows/0/gifts",
		},
		"optional rows that no row gives": {
			"a = sum(rows.gifts.amount)", `{"a": 1, "rows": [{}, {"gifts": []}]}`, "not applicable: rows.gifts is missing",
		},
		"the sum of one term does not excuse another": {
			"a = sum(rows.bonus) + sum(rows.paid)", `{"a": 1, "rows": [{"paid": 1}]}`, "not applicable: rows.bonus is missing",
		},
		"the last of no rows":             {"a = last(others.amount)", `{"a": 1, "others": []}`, "not applicable: others has no rows"},
		"the last of rows not given":      {"a = last(rows.end)", `{"a": 1}`, "not evaluable: rows is missing at /rows"},
		"the last row without its figure": {"a = last(rows.end)", `{"a": 1, "rows": [{"end": 1}, {}]}`, "not evaluable: rows.end is missing at /rows/1/end"},
		"no rows to check":                {"for row in rows: row.end = 0", `{"rows": []}`, "not applicable: no rows in rows"},
		"rows to check that are missing":  {"for row in rows: row.end = 0", `{}`, "not evaluable: rows is missing at /rows"},
		"optional rows that are missing":  {"for row in others: row.amount = 0", `{}`, "not applicable: others is missing"},
		"rows that only some rows have":   {"for row in rows, part in row.parts: part.end = 0", `{"rows": [{}, {"parts": [{"end": 0}]}]}`, "not evaluable: rows.parts is missing at /rows/0/parts\n0 = 0: 0"},
		"rows of rows whose rows are missing": {
			"for row in rows, part in row.parts: part.end = 0", `{}`, "not evaluable: rows is missing at /rows",
		},
		"no row has rows":                  {"for row in rows, part in row.parts: part.end = 0", `{"rows": [{"parts": []}]}`, "not applicable: no rows in rows.parts"},
		"a broken chain goes on after it":  {"for row in rows: row.begin = prev(row.end, a)", `{"a": 1, "rows": [{"begin": 1}, {"begin": 2, "end": 3}, {"begin": 3}]}`, "1 = 1: 0\nnot evaluable: rows.end is missing at /rows/0/end\n3 = 3: 0"},
		"a chain whose start is not given": {"for row in rows: row.begin = prev(row.end, fee)", `{"rows": [{"begin": 1}]}`, "not applicable: fee is missing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(outcomes(t, compile(t, test.text), recordOf(t, layout, test.record)), "\n")
			if got != test.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, got, test.want)
			}
		})
	}
}

// The rows of a group stand side by side whichever of the rows above have none.
func TestSumsOverRowsSkipRowsWithoutRows(t *testing.T) {
	f := compile(t, "a = sum(rows.parts.paid)")
	for record, want := range map[string]string{
		`{"a": 6, "rows": []}`:                             "6 = 0: 6",
		`{"a": 6, "rows": [{"parts": []}, {"parts": []}]}`: "6 = 0: 6",
		`{"a": 6, "rows": [{"parts": []}, {"parts": [{"paid": 1}, {"paid": 2}]}, {"parts": []}, {"parts": [{"paid": 3}]}]}`: "6 = 1 + 2 + 3: 0",
		`{"a": 6, "rows": [{"parts": [{"paid": 1}]}, {"parts": [{"paid": 2}]}, {"parts": []}]}`:                             "6 = 1 + 2: 3",
	} {
		if got := outcomes(t, f, recordOf(t, layout, record)); len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", record, got, want)
		}
	}
}

func TestTheSubjectIsTheSideThatIsOneFigure(t *testing.T) {
	for text, want := range map[string]string{
		"a = b":                           "a =",
		"a = b + c":                       "a =",
		"b + c = a":                       "a =",
		"b + c <= a":                      "a >=",
		"b + c >= a":                      "a <=",
		"a + b = c + d":                   "a + b =",
		"-a = b":                          "b =",
		"2 * a <= b":                      "b >=",
		"100 = sum(rows.paid)":            "100 =",
		"sum(rows.paid) = 100":            "sum(rows.paid) =",
		"sum(rows.paid) = last(rows.end)": "last(rows.end) =",
	} {
		side, _, op := compile(t, text).Relations[0].Readings[0].Subject()
		r := formula.Reading{Left: side, Right: side, Op: op}
		if got := strings.TrimSuffix(r.String(), " "+r.String()[:strings.Index(r.String(), " "+op.String())]); got != want {
			t.Errorf("%s: the subject is %q, want %q", text, got, want)
		}
	}
}

func TestViolationIsWhatTheComparisonDoesNotAllow(t *testing.T) {
	for _, test := range []struct {
		op          formula.Op
		left, right string
		want        string
	}{
		{formula.Equal, "1.10", "1.1", "0"},
		{formula.Equal, "3", "1", "2"},
		{formula.Equal, "1", "3", "-2"},
		{formula.AtMost, "1", "3", "0"},
		{formula.AtMost, "3", "3.00", "0"},
		{formula.AtMost, "3.01", "3", "0.01"},
		{formula.AtLeast, "3", "1", "0"},
		{formula.AtLeast, "1", "3", "-2"},
	} {
		left, right := calc.MustAmount(test.left), calc.MustAmount(test.right)
		if got := test.op.Violation(left, right); !got.Equal(calc.MustAmount(test.want)) {
			t.Errorf("%s %s %s: %s, want %s", left, test.op, right, got, test.want)
		}
		// The mirrored comparison of the exchanged sides forbids as much.
		if got := test.op.Mirror().Violation(right, left); !got.Equal(calc.MustAmount(test.want).Neg()) {
			t.Errorf("mirror of %s %s %s: %s, want the opposite of %s", left, test.op, right, got, test.want)
		}
	}
}
