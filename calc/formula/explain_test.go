package formula_test

import (
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

func TestRelationsAsText(t *testing.T) {
	for text, want := range map[string]string{
		"total=principal+interest":       "total = principal + interest",
		"a = d - 2*(b - 3*c) - 1.50":     "a = d - 2 * b + 6 * c - 1.50",
		"-a <= -(2 * 3)":                 "-a <= -2 * 3",
		`"net-sum" = "for" - "a"`:        `"net-sum" = "for" - a`,
		"a = sum({b, c})":                "a = b + c",
		"a = sum(2*rows.{end, paid})":    "a = 2 * sum(rows.end) + 2 * sum(rows.paid)",
		"a = b or a = c":                 "a = b or a = c",
		"a = b when status is active":    "a = b",
		"for x in {extra}: a = x.amount": "a = extra.amount",
		"for x in {a}, row in rows: row.end = last(row.parts.end) - x":                                   "for row in rows: row.end = last(row.parts.end) - a",
		"for x in {parts}, row in rows, y in row.x: y.end = prev(y.end, 2 * row.end - 5) + prev(y.paid)": "for row in rows, y in row.parts: y.end = prev(y.end, 2 * row.end - 5) + prev(y.paid)",
	} {
		f := compile(t, text)
		if got := f.Relations[0].String(); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// Conditions name their fields for people: sets as written, bound names replaced.
func TestReasonsNameTheFields(t *testing.T) {
	rec := recordOf(t, layout, `{"rows": [{"end": 0, "paid": 0, "parts": [{"paid": 0, "end": 0}]}]}`)
	for text, want := range map[string]string{
		"a = b when some rows.{end, paid} is not 0":                                 "every rows.{end, paid} is 0",
		"for x in {end, paid}: a = sum(rows.x) when some rows.x is not 0":           "every rows.end is 0",
		"for row in rows: row.end = a when some row.parts.{end, paid} is 5":         "no rows.parts.{end, paid} is 5",
		"for x in {rows}: sum(x.end) = a when some x.parts.paid is not one of 0, 1": "every rows.parts.paid is 0 or 1",
	} {
		f := compile(t, text)
		if gap := f.Relations[0].Guard(rec, 0); gap == nil || gap.Reason != want {
			t.Errorf("%s: %+v, want %q", text, gap, want)
		}
	}
}

func TestSidesNameTheRowsOfARecord(t *testing.T) {
	rec := recordOf(t, layout, filled)
	const chain = "for row in rows, part in row.parts: part.end = 2 * prev(part.end, row.begin - 3 * a) - part.paid"
	for _, test := range []struct {
		text        string
		instance    int
		left, right string
	}{
		{"total = principal + 2 * extra.amount", 0, "total", "principal + 2 * extra.amount"},
		{"for row in rows: row.end = row.begin - a", 1, "rows[1].end", "rows[1].begin - a"},
		{"for row in rows: row.paid = sum(row.parts.bits.amount)", 0, "rows[0].paid", "sum(rows[0].parts.bits.amount)"},
		{"for row in rows: row.paid = sum(rows.parts.paid)", 1, "rows[1].paid", "sum(rows.parts.paid)"},
		{"a = sum(extra.lines.amount)", 0, "a", "sum(extra.lines.amount)"},
		{"for row in rows: row.end = last(row.parts.end)", 0, "rows[0].end", "rows[0].parts[1].end"},
		{chain, 0, "rows[0].parts[0].end", "2 * rows[0].begin - 6 * a - rows[0].parts[0].paid"},
		{chain, 1, "rows[0].parts[1].end", "2 * rows[0].parts[0].end - rows[0].parts[1].paid"},
		{chain, 2, "rows[1].parts[0].end", "2 * rows[1].begin - 6 * a - rows[1].parts[0].paid"},
	} {
		r := compile(t, test.text).Relations[0].Readings[0]
		if got := r.Side(rec, test.instance, r.Left); got != test.left {
			t.Errorf("%s: the left side of %d is %q, want %q", test.text, test.instance, got, test.left)
		}
		if got := r.Side(rec, test.instance, r.Right); got != test.right {
			t.Errorf("%s: the right side of %d is %q, want %q", test.text, test.instance, got, test.right)
		}
	}
	r := compile(t, "a = last(rows.end)").Relations[0].Readings[0]
	if got := r.Side(recordOf(t, layout, `{"rows": []}`), 0, r.Right); got != "last(rows.end)" {
		t.Errorf("the last of no rows is written %q", got)
	}
}

// operandsOf makes operands from texts like "2*5", "-1*3".
func operandsOf(texts ...string) []formula.Operand {
	var all []formula.Operand
	for _, text := range texts {
		coef, amount, _ := strings.Cut(text, "*")
		c, _ := map[string]int64{"": 1, "-": -1, "1": 1, "-1": -1, "2": 2, "-3": -3, "0": 0}[coef]
		all = append(all, formula.Operand{Coef: c, Amount: calc.MustAmount(amount), Value: &schema.Value{}})
	}
	return all
}

func TestNumbersAreASideInFigures(t *testing.T) {
	for _, test := range []struct {
		operands []string
		want     string
	}{
		{nil, "0"},
		{[]string{"1*479", "1*170"}, "479 + 170"},
		{[]string{"-1*479", "-1*170.50"}, "-479 - 170.50"},
		{[]string{"2*479", "-3*170"}, "2 * 479 - 3 * 170"},
		{[]string{"1*-60", "1*-60"}, "-60 + (-60)"},
		{[]string{"-1*-60", "-1*-60"}, "-(-60) - (-60)"},
		{[]string{"2*-60"}, "2 * (-60)"},
		{[]string{"0*5"}, "0 * 5"},
		{[]string{"1*9.99E2"}, "999"},
		{slices.Repeat([]string{"1*1"}, 8), "1 + 1 + 1 + 1 + 1 + 1 + 1 + 1"},
		{slices.Repeat([]string{"1*1"}, 9), "1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + … (9 figures)"},
	} {
		if got := formula.Numbers(operandsOf(test.operands...)); got != test.want {
			t.Errorf("%q: %q, want %q", test.operands, got, test.want)
		}
	}
}

func TestSheetFormulas(t *testing.T) {
	for _, test := range []struct {
		operands []string
		want     string
	}{
		{nil, "0"},
		{[]string{"1*1"}, "F12"},
		{[]string{"-1*1"}, "-F12"},
		{[]string{"1*1", "-1*2"}, "F12-F13"},
		{[]string{"-1*1", "1*2"}, "-F12+F13"},
		{[]string{"1*1", "1*2"}, "F12+F13"},
		{[]string{"1*1", "1*2", "1*3"}, "SUM(F12:F14)"},
		{[]string{"-1*1", "-1*2", "-1*3"}, "-SUM(F12:F14)"},
		{[]string{"2*1"}, "2*F12"},
		{[]string{"1*1", "-3*2"}, "F12-3*F13"},
		{[]string{"1*1", "2*2", "2*3", "2*4", "-1*5"}, "F12+2*SUM(F13:F15)-F16"},
		{[]string{"1*1", "1*2", "-1*3", "-1*4", "-1*5", "1*6"}, "F12+F13-SUM(F14:F16)+F17"},
		{[]string{"0*1", "1*1"}, "0*F12+F13"},
		{slices.Repeat([]string{"1*1"}, 5000), "SUM(F12:F5011)"},
	} {
		if got, ok := formula.SheetFormula(operandsOf(test.operands...), "F", 12); got != test.want || !ok {
			t.Errorf("%q: %q %t, want %q", test.operands, got, ok, test.want)
		}
	}
}

// A spreadsheet takes 8192 characters, one of which is the equals sign.
func TestSheetFormulasThatAreTooLong(t *testing.T) {
	// "A10-A11+A12-..." has 3 characters for each operand and a sign for all but
	// the first, 4 of each from A100 on: 90*4 + 900*5 + n*6 - 1.
	length := 90*4 + 900*5 + 555*6 - 1 // 8189
	operands := operandsOf(slices.Repeat([]string{"1*1", "-1*1"}, (90+900+555+1)/2)...)
	text, ok := formula.SheetFormula(operands[:90+900+555], "A", 10)
	if len(text) != length || !ok {
		t.Errorf("%d characters, %t; want %d, true", len(text), ok, length)
	}
	if text, ok = formula.SheetFormula(operands, "A", 10); len(text) != length+6 || ok {
		t.Errorf("%d characters, %t; want %d, false", len(text), ok, length+6)
	}
	if text, ok = formula.SheetFormula(operands[:90+900+555], "A", 10); len(text)+2 != formula.MaxSheetFormula-1 || !ok {
		t.Errorf("%d characters, %t", len(text), ok)
	}
	// A leading coefficient of 2 adds the two characters that are still free.
	operands[0].Coef = 2
	if text, ok = formula.SheetFormula(operands[:90+900+555], "A", 10); len(text) != 8191 || !ok {
		t.Errorf("%d characters, %t; want 8191, true", len(text), ok)
	}
	operands[0].Coef = -2
	if text, ok = formula.SheetFormula(operands[:90+900+555], "A", 10); len(text) != 8192 || ok {
		t.Errorf("%d characters, %t; want 8192, false", len(text), ok)
	}
}
