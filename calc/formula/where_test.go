package formula_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Three rows, due before, on and after the day of the figures, 2020-04-23.
const dated = `{
	"a": 1, "b": 2, "c": 3, "status": "active", "type": "loan", "count": 2, "pieces": 3,
	"opened": "2020-04-20", "closed": "", "taken": "13990204",
	"rows": [
		{"begin": 50, "paid": 20, "end": 30, "mark": "x", "due": "2020-04-22", "settled": "2020-04-23", "booked": "13990203",
			"parts": [
				{"paid": 15, "end": 35, "day": "2020-04-21", "type": "big", "bits": [{"amount": 7}, {"amount": 8}]},
				{"paid": 5, "end": 30, "day": "2020-04-24", "type": "small", "bits": [{"amount": 5}]}],
			"gifts": [{"amount": 2, "mark": "x"}]},
		{"begin": 30, "paid": 10, "end": 20, "mark": "y", "due": "2020-04-23", "settled": "", "booked": "13990204",
			"parts": [{"paid": 10, "end": 20, "day": "2020-04-23", "type": "small", "bits": []}], "gifts": []},
		{"begin": 20, "paid": 20, "end": 0, "mark": "x y", "due": "2020-04-24", "settled": "", "booked": "13990205",
			"parts": [], "gifts": [{"amount": 4, "mark": "z"}]}],
	"others": []}`

// datedRecord decodes a record whose figures speak of 2020-04-23, and which is
// compared with one of the day before.
func datedRecord(t testing.TB, text string) *schema.Record {
	return datedRecordOf(t, layout, text)
}

func datedRecordOf(t testing.TB, l *schema.Layout, text string) *schema.Record {
	rec := recordOf(t, l, text)
	rec.AsOf, rec.PreviousAsOf = date.MustParse("2020-04-23"), date.MustParse("2020-04-22")
	return rec
}

func TestConditionsChooseAmongRows(t *testing.T) {
	rec := datedRecord(t, dated)
	tests := map[string]struct{ text, want string }{
		"a date before the day of the figures":  {"a = sum(rows.paid where due < as_of)", "1 = 20: -19"},
		"a date until that day":                 {"a = sum(rows.paid where due <= as_of)", "1 = 20 + 10: -29"},
		"a date after that day":                 {"a = sum(rows.begin where due > as_of)", "1 = 20: -19"},
		"a date from that day on":               {"a = sum(rows.begin where due >= as_of)", "1 = 30 + 20: -49"},
		"a date against the day of the earlier": {"a = sum(rows.begin where due <= previous_as_of)", "1 = 50: -49"},
		"a date against a date in quotes":       {`a = sum(rows.begin where due > "2020-04-22")`, "1 = 30 + 20: -49"},
		"a date against one of the record":      {"a = sum(rows.begin where due > opened)", "1 = 50 + 30 + 20: -99"},
		"a date against one of the same row":    {"a = sum(rows.begin where settled > due)", "1 = 50: -49"},
		"a date that there is none of meets no comparison": {
			"sum(rows.begin where settled < as_of) = sum(rows.begin where settled >= as_of)", "0 = 50: -50",
		},
		"compared with a date that there is none of": {"a = sum(rows.begin where due >= closed)", "1 = 0: 1"},
		"a date of the Iranian calendar against a date in quotes": {
			`a = sum(rows.begin where booked >= "2020-04-23")`, "1 = 30 + 20: -49",
		},
		"dates of two calendars":                 {"a = sum(rows.begin where due < taken)", "1 = 50: -49"},
		"dates of two calendars in a set":        {"a = sum(rows.begin where some {due, booked} > as_of)", "1 = 20: -19"},
		"a word":                                 {"a = sum(rows.begin where mark is x)", "1 = 50: -49"},
		"a word of blanks":                       {`a = sum(rows.begin where mark is "x y")`, "1 = 20: -19"},
		"one of several words":                   {`a = sum(rows.begin where mark is one of y, "x y")`, "1 = 30 + 20: -49"},
		"not a word":                             {"a = sum(rows.begin where mark is not y)", "1 = 50 + 20: -69"},
		"a figure that is a number":              {"a = sum(rows.begin where paid is 20)", "1 = 50 + 20: -69"},
		"a figure against a number":              {"a = sum(rows.begin where end > 0)", "1 = 50 + 30: -79"},
		"a figure against a number in quotes":    {`a = sum(rows.begin where end > "-1.5")`, "1 = 50 + 30 + 20: -99"},
		"some row of the row at hand":            {"a = sum(rows.begin where some parts.paid is 5)", "1 = 50: -49"},
		"the row at hand has rows":               {"a = sum(rows.begin where some gifts)", "1 = 50 + 20: -69"},
		"several conditions":                     {"a = sum(rows.begin where mark is not y and due > as_of)", "1 = 20: -19"},
		"a condition about the record":           {"a = sum(rows.begin where status is active)", "1 = 50 + 30 + 20: -99"},
		"the whole path of the row at hand":      {"a = sum(rows.begin where rows.mark is x)", "1 = 50: -49"},
		"rows of rows":                           {"a = sum(rows.parts.paid where day < as_of)", "1 = 15: -14"},
		"a field of the row above":               {"a = sum(rows.parts.paid where mark is x and day > due)", "1 = 5: -4"},
		"the row at hand and the record have it": {"a = sum(rows.parts.paid where rows.parts.type is small)", "1 = 5 + 10: -14"},
		"a field of the row two above":           {"a = sum(rows.parts.bits.amount where due < as_of and day < as_of and amount > 7)", "1 = 8: -7"},
		"several figures of rows":                {"a = sum(rows.begin - rows.paid where mark is x)", "1 = 50 - 20: -29"},
		"a set of figures of rows":               {"a = sum(rows.{paid, end} where mark is y)", "1 = 10 + 20: -29"},
		"figures of two sorts of rows":           {"a = sum(rows.paid - rows.parts.paid where mark is x)", "1 = 20 - 15 - 5: 1"},
		"a bound name":                           {"for k in {due, settled}: a = sum(rows.paid where k <= as_of)", "1 = 20 + 10: -29\n1 = 20: -19"},
		"no row":                                 {"a = sum(rows.paid where mark is q)", "1 = 0: 1"},
		"an array without rows":                  {"a = sum(others.amount where amount > 0)", "1 = 0: 1"},
		"rows below a bound row": {
			"for row in rows: row.paid = sum(row.parts.paid where day <= as_of)", "20 = 15: 5\n10 = 10: 0\n20 = 0: 20",
		},
		"against a field of the bound row": {
			"for row in rows: row.paid = sum(row.parts.paid where day > row.due)", "20 = 5: 15\n10 = 0: 10\n20 = 0: 20",
		},
		"against a bound row among all rows": {
			"for row in rows: row.paid = sum(rows.paid where due < row.due)", "20 = 0: 20\n10 = 20: -10\n20 = 20 + 10: -10",
		},
		"inside a multiple and a start": {
			"for row in rows: row.begin = prev(row.end, 2 * sum(rows.paid where mark is y) + c)", "50 = 2 * 10 + 3: 27\n30 = 30: 0\n20 = 20: 0",
		},
		"the first row":                            {"a = first(rows.end)", "1 = 30: -29"},
		"the first row that meets a condition":     {"a = first(rows.end where due >= as_of)", "1 = 20: -19"},
		"the last row that meets a condition":      {"a = last(rows.end where due <= as_of)", "1 = 20: -19"},
		"the first of none":                        {"a = first(rows.end where mark is q)", "not applicable: rows has no rows where mark is q"},
		"the last of none":                         {"a = last(others.amount where amount > 1)", "not applicable: others has no rows where amount > 1"},
		"the first row below each row":             {"for row in rows: row.end = first(row.parts.end)", "30 = 35: -5\n20 = 20: 0\nnot applicable: rows.parts has no rows"},
		"the number of rows":                       {"count = count(rows)", "2 = 3: -1"},
		"the number of rows of rows":               {"count = count(rows.parts)", "2 = 3: -1"},
		"the number of rows that meet a condition": {"count = count(rows where due <= as_of) - 1", "2 = 2 - 1: 1"},
		"no rows at all":                           {"count = count(others)", "2 = 0: 2"},
		"numbers of rows and numbers":              {"count(rows) <= 2", "3 <= 2: 1"},
		"numbers of rows against pieces":           {"pieces = 3 * count(rows.gifts where rows.gifts.mark is z)", "3 = 3 * 1: 0"},
		"the number of rows below each row":        {"for row in rows: count(row.parts) = count", "2 = 2: 0\n1 = 2: -1\n0 = 2: -2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(outcomes(t, compile(t, test.text), rec), "\n"); got != test.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, got, test.want)
			}
		})
	}
}

func TestRowsWhoseConditionCannotBeRead(t *testing.T) {
	const byDue, byNoted = "a = sum(rows.paid where due < as_of)", "a = sum(rows.paid where noted < as_of)"
	tests := map[string]struct{ text, record, want string }{
		"a date that is missing": {
			byDue, `"rows": [{"paid": 1, "due": "2020-04-22"}, {"paid": 2}]`, "not evaluable: rows.due is missing at /rows/1/due",
		},
		"a date that is no real day": {
			byDue, `"rows": [{"paid": 1, "due": "2020-04-31"}]`, "not evaluable: rows.due is not a date at /rows/0/due",
		},
		"an optional date that is no real day": {
			byNoted, `"rows": [{"paid": 1, "noted": "soon"}]`, "not evaluable: rows.noted is not a date at /rows/0/noted",
		},
		"an optional date that no row gives": {
			byNoted, `"rows": [{"paid": 1}, {"paid": 2}]`, "not applicable: rows.noted is missing",
		},
		"an optional date that only some rows give": {
			byNoted, `"rows": [{"paid": 1}, {"paid": 2, "noted": "2020-04-24"}]`, "not evaluable: rows.noted is missing at /rows/0/noted",
		},
		"an optional date, and no row that counts by another condition": {
			"a = sum(rows.paid where mark is x and noted < as_of)",
			`"rows": [{"paid": 1, "mark": "y"}, {"paid": 2, "mark": "y", "noted": "2020-04-22"}]`, "1 = 0: 1",
		},
		"a condition that does not hold outweighs one that cannot be read": {
			"a = sum(rows.paid where due < as_of and paid > 5)", `"rows": [{"paid": 1}, {"paid": 7, "due": "2020-04-20"}]`, "1 = 7: -6",
		},
		"the figure of a row that does not count may be missing": {
			byDue, `"rows": [{"due": "2020-04-24"}, {"paid": 2, "due": "2020-04-20"}]`, "1 = 2: -1",
		},
		"the figure of a row that counts may not": {
			byDue, `"rows": [{"due": "2020-04-20"}, {"paid": 2, "due": "2020-04-20"}]`, "not evaluable: rows.paid is missing at /rows/0/paid",
		},
		"an optional figure that only a row gives that does not count": {
			"a = sum(rows.bonus where due < as_of)", `"rows": [{"due": "2020-04-20"}, {"bonus": 2, "due": "2020-04-24"}]`,
			"not evaluable: rows.bonus is missing at /rows/0/bonus",
		},
		"optional rows of which some are given and do not count": {
			"a = sum(rows.gifts.amount where rows.gifts.mark is x)", `"rows": [{}, {"gifts": [{"amount": 1, "mark": "y"}]}]`,
			"not evaluable: rows.gifts is missing at /rows/0/gifts",
		},
		"rows that are missing": {byDue, `"b": 1`, "not evaluable: rows is missing at /rows"},
		"a figure that is no number": {
			"a = sum(rows.begin where paid > 1)", `"rows": [{"begin": 1, "paid": "x"}]`, "not evaluable: rows.paid is unreadable at /rows/0/paid",
		},
		"\"\" where a word is asked for": {
			`a = sum(rows.begin where settled is x)`, `"rows": [{"begin": 1, "settled": ""}]`, `not applicable: rows.settled is ""`,
		},
		"a date of the record that is missing": {
			"a = sum(rows.begin where due < opened)", `"rows": [{"begin": 1, "due": "2020-04-20"}]`, "not evaluable: opened is missing at /opened",
		},
		"the first row before one that cannot be read": {
			"a = first(rows.begin where due < as_of)", `"rows": [{"begin": 1, "due": "2020-04-20"}, {"begin": 2}]`, "1 = 1: 0",
		},
		"the last row behind one that cannot be read": {
			"a = last(rows.begin where due < as_of)", `"rows": [{"begin": 1, "due": "2020-04-20"}, {"begin": 2}]`,
			"not evaluable: rows.due is missing at /rows/1/due",
		},
		"the last row, none of which can be read": {
			"a = last(rows.begin where noted < as_of)", `"rows": [{"begin": 1}]`, "not applicable: rows.noted is missing",
		},
		"the first of rows that are missing": {"a = first(rows.begin)", `"b": 1`, "not evaluable: rows is missing at /rows"},
		"the number of rows that are missing": {
			"count = count(rows)", `"count": 1`, "not evaluable: rows is missing at /rows",
		},
		"the number of optional rows that are missing": {"count = count(others)", `"count": 1`, "not applicable: others is missing"},
		"the number of optional rows that some rows give": {
			"count = count(rows.gifts)", `"count": 1, "rows": [{}, {"gifts": [{}]}]`, "not evaluable: rows.gifts is missing at /rows/0/gifts",
		},
		"the number of rows that cannot be told": {
			"count = count(rows where due < as_of)", `"count": 1, "rows": [{}]`, "not evaluable: rows.due is missing at /rows/0/due",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rec := datedRecord(t, `{"a": 1, `+test.record+"}")
			if got := strings.Join(outcomes(t, compile(t, test.text), rec), "\n"); got != test.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, got, test.want)
			}
		})
	}
}

// Which rows a sum is of must be known before it is an equation.
func TestARowThatCannotBeToldIsNoMissingFigure(t *testing.T) {
	rec := datedRecord(t, `{"a": 1, "rows": [{"due": "2020-04-20"}, {"paid": 2}]}`)
	r := &compile(t, "a = sum(rows.paid where due < as_of)").Relations[0].Readings[0]
	if _, gap := r.Equation(rec, 0); gap == nil || gap.Figure || gap.Name() != "rows[1].due" {
		t.Errorf("the gap is %+v", gap)
	}
}

func TestComparisonsDecideWhetherARelationApplies(t *testing.T) {
	tests := map[string]struct{ when, record, want string }{
		"a date that fits":            {`opened >= "2019-07-01"`, `"opened": "2019-07-01"`, ""},
		"a date that does not":        {`opened >= "2019-07-01"`, `"opened": "2019-06-30"`, `not applicable: opened is not >= "2019-07-01"`},
		"the day of the figures":      {"opened < as_of", `"opened": "2020-04-22"`, ""},
		"the day of the earlier":      {"opened < previous_as_of", `"opened": "2020-04-22"`, "not applicable: opened is not < previous_as_of"},
		"another date":                {"opened <= taken", `"opened": "2020-04-23", "taken": "13990204"`, ""},
		"a field in quotes":           {`opened <= "as-of"`, `"opened": "2020-04-23", "as-of": "2020-04-22"`, "not applicable: opened is not <= as-of"},
		"a figure that fits":          {"a > 1.5", `"a": 1.51`, ""},
		"a figure that does not":      {"a > 1.5", `"a": 1.50`, "not applicable: a is not > 1.5"},
		"no real date":                {"opened < as_of", `"opened": "2020-02-30"`, "not evaluable: opened is not a date at /opened"},
		"no date":                     {"opened < as_of", `"a": 1`, "not evaluable: opened is missing at /opened"},
		"a date that there is not":    {"closed < as_of", `"closed": ""`, `not applicable: closed is ""`},
		"the other date is not":       {"opened < closed", `"opened": "2020-02-20", "closed": ""`, `not applicable: closed is ""`},
		"some date that fits":         {"some rows.due > as_of", `"rows": [{"due": "2020-04-23"}, {"due": "2020-04-24"}]`, ""},
		"some date, and none fits":    {"some rows.due > as_of", `"rows": [{"due": "2020-04-23"}]`, "not applicable: no rows.due is > as_of"},
		"some date, and there is not": {"some rows.due > as_of", `"rows": []`, "not applicable: there is no rows.due"},
		"some date that is unread":    {"some rows.due > as_of", `"rows": [{"due": "2020-04-23"}, {"due": "x"}]`, "not evaluable: rows.due is not a date at /rows/1/due"},
		"comparisons and words":       {"opened < as_of and status is active", `"opened": "2020-04-20", "status": "new"`, "not applicable: status is new"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			if gap := compile(t, "c = d when "+test.when).Relations[0].Guard(datedRecord(t, "{"+test.record+"}"), 0); gap != nil {
				got = gapText(gap)
			}
			if got != test.want {
				t.Errorf("when %s: got %q, want %q", test.when, got, test.want)
			}
		})
	}
}

func TestADayThatIsNotGiven(t *testing.T) {
	rec := recordOf(t, layout, dated)
	for text, want := range map[string]string{
		"a = sum(rows.paid where due < as_of)":           "not evaluable: the as-of date is not given at ",
		"a = sum(rows.paid where due < previous_as_of)":  "not evaluable: the previous as-of date is not given at ",
		"a = b when opened <= as_of":                     "not evaluable: the as-of date is not given at ",
		"a = sum(others.amount where opened < as_of)":    "1 = 0: 1",
		"a = sum(rows.paid where a > 1 and due < as_of)": "1 = 0: 1",
	} {
		if got := strings.Join(outcomes(t, compile(t, text), rec), "\n"); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestConditionsAsText(t *testing.T) {
	rec := datedRecord(t, dated)
	for _, test := range []struct{ text, relation, side string }{
		{
			"a=sum(rows.paid where due<as_of and mark is not one of x,3,\"y z\")",
			`a = sum(rows.paid where due < as_of and mark is not one of x, 3, "y z")`,
			`sum(rows.paid where due < as_of and mark is not one of x, 3, "y z")`,
		},
		{
			`for k in {"due"}: a = sum(rows.paid + 2 * rows.end where k >= "2020-04-22" and rows.paid <= 5)`,
			`a = sum(rows.paid where due >= "2020-04-22" and rows.paid <= 5) + 2 * sum(rows.end where due >= "2020-04-22" and rows.paid <= 5)`,
			`sum(rows.paid where due >= "2020-04-22" and rows.paid <= 5) + 2 * sum(rows.end where due >= "2020-04-22" and rows.paid <= 5)`,
		},
		{
			"for row in rows: row.paid = sum(row.parts.paid where day > row.due and some bits.{amount} > 1 and some bits)",
			"for row in rows: row.paid = sum(row.parts.paid where day > row.due and some bits.amount > 1 and some bits)",
			"sum(rows[0].parts.paid where day > row.due and some bits.amount > 1 and some bits)",
		},
		{
			`a = first(rows.end where some {due, settled} < "as-of") - last(rows.end where mark is x)`,
			`a = first(rows.end where some {due, settled} < "as-of") - last(rows.end where mark is x)`,
			`first(rows.end where some {due, settled} < "as-of") - rows[0].end`,
		},
		{"count = 2 * count(rows) + count(rows.parts where day < as_of)", "count = 2 * count(rows) + count(rows.parts where day < as_of)", "2 * count(rows) + count(rows.parts where day < as_of)"},
	} {
		rel := &compile(t, test.text).Relations[0]
		if got := rel.String(); got != test.relation {
			t.Errorf("%s\ngot  %s\nwant %s", test.text, got, test.relation)
		}
		r := &rel.Readings[0]
		if got := r.Side(rec, 0, r.Right); got != test.side {
			t.Errorf("%s\ngot  %s\nwant %s", test.text, got, test.side)
		}
		checkRelation(t, rec, rel)
	}
	const when = `for row in rows: row.end = a when row.due < as_of and some row.parts.{paid, end} > "-1" and status is one of active, "not yet" and some others`
	const want = `rows.due < as_of and some rows.parts.{paid, end} > "-1" and status is one of active, "not yet" and some others`
	if got := compile(t, when).Relations[0].Condition(); got != want {
		t.Errorf("the condition is %s, want %s", got, want)
	}
}

func TestGuardedAsAWhole(t *testing.T) {
	for text, want := range map[string]bool{
		"for row in rows: row.end = a":                                       true,
		"for row in rows: row.end = a when opened < closed":                  true,
		"for row in rows: row.end = a when some rows.due < as_of":            true,
		"for row in rows: row.end = a when row.due < as_of":                  false,
		"for row in rows: row.end = a when opened < row.due":                 false,
		"for row in rows: row.end = sum(row.parts.paid where day < row.due)": true,
		"for row in rows: row.end = a when status is 1 and some row.parts":   false,
	} {
		if got := compile(t, text).Relations[0].GuardedAsAWhole(); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

// The rows that meet a condition and those that do not are all rows.
func TestTheSumsOfAConditionAndItsContraryAreTheWholeSum(t *testing.T) {
	contraries := [][2]string{
		{"due < as_of", "due >= as_of"},
		{"booked <= due", "rows.booked > due"},
		{"paid > 0.5", "rows.paid <= 0.5"},
		{"mark is one of 0, 1", "mark is not one of 0, 1"},
	}
	rng := rand.New(rand.NewPCG(20200423, 0))
	for range 300 {
		rec := randomRecord(rng, layout, 0)
		for _, c := range contraries {
			for _, text := range []string{
				"sum(rows.end where " + c[0] + ") + sum(rows.end where " + c[1] + ") = sum(rows.end)",
				"sum(rows.parts.end where " + strings.ReplaceAll(c[0], "paid", "rows.paid") + ") = sum(rows.parts.end) - sum(rows.parts.end where " +
					strings.ReplaceAll(strings.ReplaceAll(c[1], "rows.", ""), "paid", "rows.paid") + ")",
				"count(rows where " + c[0] + ") + count(rows where " + c[1] + ") = count(rows)",
			} {
				r := &compile(t, text).Relations[0].Readings[0]
				left, right, gap := r.Sides(rec, 0)
				if gap != nil || !formula.Value(left).Equal(formula.Value(right)) {
					t.Fatalf("%s: %s and %s, gap %v", text, formula.Numbers(left), formula.Numbers(right), gap)
				}
			}
		}
	}
}

func TestReadsListsTheFieldsThatAFormulaReads(t *testing.T) {
	for text, want := range map[string]string{
		"a = b + a": "a b",
		"for k in {a, b}: c = 2 * k - sum(rows.end)":                                      "a b c rows.end",
		"for row in rows: row.end = prev(row.end, sum(others.amount))":                    "rows.end others.amount",
		"count = count(rows) + count(rows.parts where day < rows.due)":                    "count rows.due rows.parts.day",
		"a = last(rows.end where mark is x) when some rows.gifts and opened <= closed":    "a opened closed rows.end rows.mark",
		"a = b or a = first(rows.end where some parts.{paid, end} > 0) when status is on": "a b status rows.end rows.parts.paid rows.parts.end",
	} {
		var got []string
		for _, s := range compile(t, text).Reads() {
			got = append(got, layout.SlotName(s.Group, s.Slot))
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s reads %v, want %s", text, got, want)
		}
	}
}
