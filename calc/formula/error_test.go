package formula_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"tieout/calc/formula"
	"tieout/calc/schema"
)

// The column of each fault counts characters from 1, of which some here take
// several bytes.
func TestFaultsOfFormulasAreToldAtTheirPlace(t *testing.T) {
	tests := map[string]struct {
		text   string
		column int
		reason string
	}{
		"an empty text":                  {"", 1, "expected a field name, found the end"},
		"no comparison":                  {"сумма", 6, "expected '=', '<=' or '>=', found the end"},
		"no right side":                  {"сумма =", 8, "expected a field name, found the end"},
		"two comparisons":                {"a = b = c", 7, "expected the end of the formula, found '='"},
		"a comparison that is not known": {"a < b", 3, "expected '=', '<=' or '>=', found '<'"},
		"two signs":                      {"a = b + - c", 9, "expected a field name, found '-'"},
		"a leading plus":                 {"a = +b", 5, "expected a field name, found '+'"},
		"a division":                     {"сумма = b / 2", 11, "unexpected '/'"},
		"a factor after a field":         {"a = b * 2", 7, "expected the end of the formula, found '*'"},
		"a coefficient that is no whole number": {
			"a = 0.5 * b", 5, "a coefficient is a whole number of at most 1000000000, not 0.5",
		},
		"a number with an exponent":     {"a = 1e5", 6, "expected the end of the formula, found 'e5'"},
		"a number that ends in a point": {"a = 1. ", 6, "expected the end of the formula, found '.'"},
		"parentheses without an end":    {"a = (b + c", 11, "expected ')', found the end"},
		"an empty call":                 {"a = sum()", 9, "expected a field name, found ')'"},
		"too many arguments":            {"a = sum(rows.end, rows.paid)", 17, "expected ')', found ','"},
		"an unknown function":           {"a = max(b)", 5, "unknown function; there are sum, first, last, count and prev"},
		"a call of a path":              {"a = rows.sum(b)", 5, "unknown function; there are sum, first, last, count and prev"},
		"a quoted name without an end":  {`сумма = "b`, 9, "a quoted name is empty or has no closing quote"},
		"an empty quoted name":          {`a = ""`, 5, "a quoted name is empty or has no closing quote"},
		"text after the end":            {"a = b c", 7, "expected the end of the formula, found 'c'"},
		"and with or":                   {"a = b and c = d or a = c", 17, "'and' and 'or' do not mix in one formula"},
		"bytes that are not UTF-8":      {"сумма = \xff", 9, "the formula is not valid UTF-8"},
		"a replaced character":          {"сум\ufffd = b", 4, "the formula is not valid UTF-8"},

		"a binding without a name":  {"for {a}: a = b", 5, "expected a name after 'for', found '{'"},
		"a binding without in":      {"for x of rows: a = b", 7, "expected 'in', found 'of'"},
		"a binding without an end":  {"for x in rows a = b", 15, "expected ':' or ',', found 'a'"},
		"a set without an end":      {"for x in {a, b: a = x", 15, "expected ',' or '}', found ':'"},
		"the same twice in a set":   {"for x in {a, сумма, a}: b = x", 21, "'a' stands twice in the set"},
		"a name bound twice":        {"for x in {a}, x in {b}: x = c", 15, "'x' is bound twice"},
		"a name bound and not used": {"for сумма2 in {a, b}: c = d", 5, "'сумма2' is bound and not used in the relation"},
		"a row bound and not used":  {"for row in rows: a = sum(rows.end)", 5, "'row' is bound and not used in the relation"},
		"a row not used in one relation": {
			"for row in rows: row.end = 0 and a = b", 5, "'row' is bound and not used in the relation",
		},
		"a bound name that is a field of the record": {
			"for c in {a, b}: c = d", 5, "'c' is ambiguous: it is also a field of the record",
		},
		"a bound name that is a field below": {
			"for end in {a, b}: end = sum(rows.end)", 35, "'end' is ambiguous: it is bound and also a field of rows",
		},
		"a set bound to a name": {
			"for x in {Total.{main_debt, percent}}: sum(x.end_balance) = a", 18, "a field bound to 'x' cannot be a set of fields",
		},
		"two bound names for one field": {
			"for x in {a}, y in {a}: sum({x, y}) = b", 33, "a stands twice in the set",
		},
		"a path in a set inside a path": {"sum({a.b, c}) = d", 6, "a set inside a path holds plain names"},
		"rows of what is no array":      {"for row in extra: row.amount = a", 12, "extra is not an array of rows"},
		"rows of a set":                 {"for row in {rows, others}: row.amount = a", 32, `unknown field "amount"; rows has begin`},
		"rows below rows not bound":     {"for part in rows.parts: part.end = 0", 13, "the rows of rows.parts lie below other rows; bind those first"},
		"rows beside the rows bound": {
			"for row in rows, other in others: row.end = other.amount", 18, "others does not lie below the rows bound before it",
		},
		"the rows themselves bound again": {
			"for row in rows, again in row: again.end = 0", 27, "the rows of row lie below other rows; bind those first",
		},

		"an unknown field":          {"сумма = bb", 9, `unknown field "bb"; the record has total, principal, interest, a, b, c, d, сумма, net-sum, for, fee, none and`},
		"an unknown field of a row": {"for row in rows: row.sum = 0", 22, `unknown field "sum"; row has begin, paid, end, bonus, mark, side, parts, gifts`},
		"an unknown field of a bound field": {
			"for x in {extra, rows}: x.lines = 0", 25, "extra.lines has fields of its own; name one of them",
		},
		"a field of a figure":   {"a.b = c", 3, `unknown field "b"; a has no fields`},
		"an object as a figure": {"a = extra", 5, "extra has fields of its own; name one of them"},
		"an array as a figure":  {"a = rows", 5, "rows has fields of its own; name one of them"},
		"a row as a figure":     {"for row in rows: a = row", 22, "row has fields of its own; name one of them"},
		"a word as a figure":    {"сумма = status", 9, "status is a code, not a figure"},
		"a figure of many rows": {"a = rows.end", 5, "rows.end is ambiguous: it goes through many rows; bind them with 'for row in …:' or use sum() or last()"},
		"a set as a figure":     {"a = {b, c}", 5, "a set of fields is ambiguous here; bind it with 'for x in {…}:' or use sum()"},
		"different units":       {"сумма = a + dollars", 13, "сумма is money EUR and dollars is money USD: they do not add"},
		"different kinds":       {"a = b - rate", 9, "a is money EUR and rate is rate %: they do not add"},
		"different units in a chain": {
			"for row in rows: row.end = prev(row.end, dollars)", 42, "row.end is money EUR and dollars is money USD: they do not add",
		},
		"no figure at all":       {"1 = 2 - 1", 1, "the relation reads no figure"},
		"a sum of one figure":    {"a = sum(b)", 9, "b is one figure; sum() needs rows or a set"},
		"a sum of a number":      {"a = sum(rows.end + 1)", 20, "sum() adds fields of rows, nothing else"},
		"a sum of a sum":         {"a = sum(sum(rows.end))", 9, "sum() adds fields of rows, nothing else"},
		"a sum of rows as such":  {"a = sum(rows)", 9, "rows has fields of its own; name one of them"},
		"the last of one figure": {"a = last(b)", 5, "last() takes a field of rows directly below, not b"},
		"the last of rows of rows": {
			"a = last(rows.parts.end)", 5, "last() takes a field of rows directly below, not rows.parts.end",
		},
		"the last of the row bound": {"for row in rows: a = last(row.end)", 22, "last() takes a field of rows directly below, not row.end"},
		"the last of a sum":         {"a = last(rows.end + rows.paid)", 5, "last() takes one field"},
		"the last of a multiple":    {"a = last(2 * rows.end)", 5, "last() takes one field"},
		"the last of a set":         {"a = last(rows.{end, paid})", 5, "last() takes one field, not a set"},
		"a chain without rows":      {"a = prev(b)", 5, "prev() takes a field of the row bound last, not b"},
		"a chain of another row": {
			"for row in rows, part in row.parts: part.end = prev(row.end)", 48, "prev() takes a field of the row bound last, not row.end",
		},
		"a chain that starts with a chain": {
			"for row in rows: row.end = prev(row.end, prev(row.paid))", 42, "the start of prev() cannot be a prev() itself",
		},

		"a chain of a word": {
			"for row in rows: row.end = prev(row.mark)", 28, "row.mark is a code, not a figure",
		},
		"a chain of two fields": {
			"for row in rows: row.end = prev(row.end + row.paid)", 28, "prev() takes one field",
		},
		"a chain whose start is unknown": {
			"for row in rows: row.end = prev(row.end, x)", 42, `unknown field "x"; the record has`,
		},
		"rows that are unknown":       {"for row in lines: row.end = 0", 12, `unknown field "lines"; the record has`},
		"a number bound to a name":    {"for x in {1}: a = x", 11, "expected a field name, found '1'"},
		"a set in a path, not closed": {"a = rows.{end", 14, "expected ',' or '}', found the end"},
		"a quoted name out of place":  {`a = b "c"`, 7, `expected the end of the formula, found "c"`},
		"a condition without a field": {"a = b when 5 is 0", 12, "expected a field name, found '5'"},

		"a condition without is":             {"a = b when status", 18, "expected 'is', '<', '<=', '>' or '>=', found the end"},
		"a condition without a word":         {"a = b when status is", 21, "expected a word to compare with, found the end"},
		"one without of":                     {"a = b when status is one active", 26, "expected 'of', found 'active'"},
		"a list that goes on":                {"a = b when status is active,", 29, "expected a word to compare with, found the end"},
		"a condition on an object":           {"a = b when extra is x", 12, "extra has fields of its own; name one of them"},
		"a condition on many values":         {"a = b when rows.end is 0", 12, "rows.end is ambiguous: it means many values; write 'some' before it"},
		"a figure against a word":            {"сумма = b when a is zero", 21, "a is a money; compare it with a number"},
		"some of fields of two kinds":        {"a = b when some {total, status} is 0", 18, "total is a money and status is a code: they do not compare with the same words"},
		"a where without a condition":        {"a = sum(rows.end where)", 23, "expected a field name, found ')'"},
		"a where without a comparison":       {"a = sum(rows.end where due)", 27, "expected 'is', '<', '<=', '>' or '>=', found ')'"},
		"a comparison without a right side":  {"a = sum(rows.end where due <)", 29, "expected a date in quotes, a number or a field name, found ')'"},
		"a where in a chain":                 {"for row in rows: row.end = prev(row.end where mark is x)", 41, "expected ')', found 'where'"},
		"a where in parentheses":             {"a = (b where c is 1)", 8, "expected ')', found 'where'"},
		"a where of a relation":              {"a = b where c is 1", 7, "expected the end of the formula, found 'where'"},
		"a where that chooses among no rows": {"сумма = sum({a, b} where c is 1)", 13, "a is one figure; 'where' chooses among rows"},
		"an unknown field in a where":        {"a = sum(rows.end where x is 1)", 24, `unknown field "x"; rows has begin, paid, end, bonus, mark, side, parts, gifts, due, settled, noted, booked; the record has total`},
		"an unknown field further on":        {"a = sum(rows.end where side.x is 1)", 29, `unknown field "x"; side has amount`},
		"a field of the bound row as such":   {"for row in rows: row.end = sum(row.parts.end where mark is x)", 52, `unknown field "mark"; rows.parts has paid, end, bits, day, type; the record has`},
		"a field of the row and of the record": {
			"a = sum(rows.parts.end where type is 1)", 30, "'type' is ambiguous: it is a field of rows.parts and of the record; write the path of its rows before it",
		},
		"a field of the row and of the one above": {
			"a = sum(rows.parts.end where paid > 1)", 30, "'paid' is ambiguous: it is a field of rows.parts and of rows; write the path of its rows before it",
		},
		"a bound name that is a field of the row": {
			"for due in {a, b}: due = sum(rows.end where due < as_of)", 45, "'due' is ambiguous: it is bound and also a field of rows",
		},
		"a bound row that is a field of the row at hand": {
			"for parts in rows: parts.end = sum(rows.end where parts.end is 1)", 51, "'parts' is ambiguous: it is bound and also a field of rows",
		},
		"a set of fields of two objects": {
			"a = sum(rows.end where some {due, opened} < as_of)", 35, "'due' is a field of rows and 'opened' one of the record; a set is of one object's fields",
		},
		"many values in a where":           {"a = sum(rows.end where parts.end is 1)", 24, "parts.end is ambiguous: it means many values; write 'some' before it"},
		"a date against a number":          {"a = b when opened < 5", 21, "opened is a date; compare it with a date in quotes, as_of or another date"},
		"a date against no date":           {`a = b when opened < "2020-02-30"`, 21, `"2020-02-30" is no date yyyy-MM-dd, and no field`},
		"a date against a figure":          {"a = b when opened < total", 21, "total is a money, not a date"},
		"a date against rows":              {"a = b when opened < rows", 21, "rows is a rows, not a date"},
		"a date against many":              {"a = b when opened < rows.due", 21, "rows.due is ambiguous: it means many values"},
		"a date against what is unknown":   {"a = b when opened < today", 21, `unknown field "today"; the record has`},
		"a date that is a day that passes": {"a = b when opened is as_of", 22, "'is' compares letter by letter; compare with 'as_of' by <, <=, > or >="},
		"a figure against a figure":        {"a = b when c < d", 16, "c is a money; compare it with a number"},
		"a figure against a text":          {`a = b when c < "x"`, 16, "c is a money; compare it with a number"},
		"a word before another":            {"a = b when status < 5", 12, "status is a code; only dates and figures are before or after each other"},
		"the first of rows of rows":        {"a = first(rows.parts.end)", 5, "first() takes a field of rows directly below, not rows.parts.end"},
		"the number of a figure":           {"count = count(a)", 9, "count() takes an array of rows, not a"},
		"the number of the row bound":      {"for row in rows: count = count(row)", 26, "count() takes an array of rows, not row"},
		"the number of two arrays":         {"count = count(rows.{parts, gifts})", 9, "count() takes one field, not a set"},
		"a number of rows and a figure":    {"a = count(rows)", 5, "a is money EUR and count(rows) is count: they do not add"},
		"a number of rows before a rate":   {"count(rows) = rate", 15, "rate is rate % and count(rows) is count: they do not add"},
		"a number of rows between":         {"count + count(rows) = a", 23, "count is count and a is money EUR: they do not add"},
		"an unknown field after when":      {"a = b when x is 0", 12, `unknown field "x"; the record has`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := formula.Compile(layout, test.text)
			var fault *formula.Error
			if !errors.As(err, &fault) {
				t.Fatalf("%s: the error is %v", test.text, err)
			}
			if fault.Column != test.column || !strings.HasPrefix(fault.Reason, test.reason) {
				t.Errorf("%s\ngot  column %d: %s\nwant column %d: %s", test.text, fault.Column, fault.Reason, test.column, test.reason)
			}
			if want := utf8.RuneCountInString(fault.Text[:fault.Offset]) + 1; fault.Text != test.text || fault.Column != want {
				t.Errorf("%s: offset %d is not column %d of %q", test.text, fault.Offset, fault.Column, fault.Text)
			}
		})
	}
}

func TestTheErrorShowsThePlace(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"under the character": {
			"сумма = x1", "column 9: unknown field \"x1\"; …\n\tсумма = x1\n\t        ^",
		},
		"on the line of the fault": {
			"сумма =\n\tx1 +\n\tb", "column 10: unknown field \"x1\"; …\n\t x1 +\n\t ^",
		},
		"control characters cannot steer the terminal": {
			"\"\x1b[31m\" = a", "column 1: unknown field \"\\x1b[31m\"; …\n\t\"·[31m\" = a\n\t^",
		},
		"a long formula is cut": {
			"a = " + strings.Repeat("b + ", 100) + "x1", "column 405: unknown field \"x1\"; …\n\t…" + strings.Repeat("b + ", 12) + "x1\n\t" + strings.Repeat(" ", 49) + "^",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := formula.Compile(layout, test.text)
			got := err.Error()
			if i, j := strings.Index(got, "; the record has"), strings.Index(got, "\n"); i >= 0 {
				got = got[:i] + "; …" + got[j:]
			}
			if got != test.want {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	nested := func(n int) string { return "a = " + strings.Repeat("(", n) + "b" + strings.Repeat(")", n) }
	digits := func(n int) string { return "a = " + strings.Repeat("9", n) }
	// Sets of 2 names each expand to 2^n relations.
	sets := func(n int) string {
		var bound, used []string
		for i := range n {
			bound = append(bound, fmt.Sprintf("x%d in {a, b}", i))
			used = append(used, fmt.Sprintf("x%d", i))
		}
		return "for " + strings.Join(bound, ", ") + ": c = " + strings.Join(used, " + ")
	}
	long := func(n int) string { return "a = b" + strings.Repeat(" ", n-len("a = b")) }
	tests := map[string]struct{ good, bad, reason string }{
		"the text":      {long(formula.MaxText), long(formula.MaxText + 1), "the formula has 4097 bytes; 4096 are allowed"},
		"parentheses":   {nested(32), nested(33), "more than 32 parentheses inside each other"},
		"the expansion": {sets(8), sets(9), "the sets expand to more than 256 relations"},
		"a number":      {digits(64), digits(65), "longer than 64 characters: 65 characters"},
		"a coefficient": {"a = 1000000000 * b", "a = 1000000001 * b", "a coefficient is a whole number of at most 1000000000, not 1000000001"},
		"a coefficient that is no machine number": {
			"a = 0000000000000000000001 * b", "a = 99999999999999999999 * b", "a coefficient is a whole number of at most 1000000000",
		},
		"coefficients multiplied": {
			"a = 1000 * (1000 * (1000 * b))", "a = 1000 * (1000 * (1001 * b))", "the coefficient is larger than 1000000000",
		},
		"coefficients multiplied in a sum": {
			"a = 1000 * sum(1000000 * rows.end)", "a = 1000 * sum(1000001 * rows.end)", "the coefficient is larger than 1000000000",
		},
		"coefficients multiplied in a start": {
			"for row in rows: row.end = 1000 * prev(row.end, 1000000 * b)",
			"for row in rows: row.end = 1000 * prev(row.end, 1000001 * b)", "the coefficient is larger than 1000000000",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := formula.Compile(layout, test.good); err != nil {
				t.Errorf("within the limit: %v", err)
			}
			var fault *formula.Error
			if _, err := formula.Compile(layout, test.bad); !errors.As(err, &fault) || !strings.HasPrefix(fault.Reason, test.reason) {
				t.Errorf("beyond the limit: %v, want %s", err, test.reason)
			}
		})
	}
}

// A long text is cut in its error, also in the middle of a character.
func TestTheErrorOfALongTextIsShort(t *testing.T) {
	_, err := formula.Compile(layout, "a"+strings.Repeat("с", formula.MaxText))
	var fault *formula.Error
	if !errors.As(err, &fault) || len(fault.Text) > 40 || !utf8.ValidString(fault.Text) {
		t.Errorf("%#v", fault)
	}
}

// Names bound to one field, used in sets, would multiply at every level of the
// layout without the check that a field stands in a set once.
func TestSetsDoNotMultiplyTheSameField(t *testing.T) {
	fields := []schema.Field{{Name: "a", Kind: schema.Money}}
	for range 30 {
		fields = []schema.Field{{Name: "a", Kind: schema.Object, Fields: fields}}
	}
	deep, err := schema.NewLayout(&schema.Source{Fields: fields})
	if err != nil {
		t.Fatal(err)
	}
	text := "for x in {a}, y in {a}: sum(" + strings.Repeat("{x, y}.", 30) + "{x, y}) = 0"
	if _, err := formula.Compile(deep, text); err == nil || !strings.Contains(err.Error(), "a stands twice in the set") {
		t.Errorf("the error is %v", err)
	}
}
