package formula_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// randomRecord fills a record; about one value in gaps is not given or no number,
// none when gaps is 0.
func randomRecord(rng *rand.Rand, l *schema.Layout, gaps int) *schema.Record {
	r := schema.NewRecord(l, nil)
	randomFill(rng, r, l.Root(), 0, gaps)
	for _, day := range []*date.Date{&r.AsOf, &r.PreviousAsOf} {
		if gaps == 0 || rng.IntN(gaps) > 0 {
			*day = date.MustParse(randomDate(rng))
		}
	}
	return r
}

func randomFill(rng *rand.Rand, r *schema.Record, at *schema.Node, instance, gaps int) {
	for _, name := range at.Names(r.Layout) {
		child := at.Child(name)
		state := schema.Present
		if gaps > 0 && rng.IntN(gaps) == 0 {
			state = schema.State(rng.IntN(int(schema.Present)))
		}
		switch child.Field.Kind {
		case schema.Object:
			if state == schema.Present {
				randomFill(rng, r, child, instance, gaps)
			} else {
				absent(r, child, instance, state, rng.IntN(2) == 0)
			}
		case schema.Rows:
			r.OpenRows(child.Rows, instance, schema.Span{State: state, Offset: -1})
			rows := 0
			if state == schema.Present {
				rows = rng.IntN(4)
			}
			for range rows {
				randomFill(rng, r, child, r.AddInstance(child.Rows, instance), gaps)
			}
		default:
			v := schema.Value{State: state, Text: strconv.Itoa(rng.IntN(3) - 1)}
			switch {
			case state != schema.Present:
			case child.Field.Kind.IsNumber():
				v.Text = randomAmount(rng)
				v.Amount = calc.MustAmount(v.Text)
			case child.Field.Kind.IsDate() && (gaps == 0 || rng.IntN(gaps) > 0):
				v.Text = randomDate(rng)
				v.Date = date.MustParse(v.Text)
			}
			r.Set(child.Group, instance, child.Slot, v)
		}
	}
}

func randomDate(rng *rand.Rand) string { return "2020-04-2" + strconv.Itoa(rng.IntN(5)) }

func randomAmount(rng *rand.Rand) string {
	switch rng.IntN(5) {
	case 0:
		return "0"
	case 1:
		return strconv.Itoa(rng.IntN(200)-100) + ".50"
	case 2:
		return strconv.Itoa(rng.IntN(9)+1) + "." + strings.Repeat("9", rng.IntN(20)+1) + "E" + strconv.Itoa(rng.IntN(20))
	}
	return strconv.FormatInt(rng.Int64N(2_000_000)-1_000_000, 10)
}

// FuzzCompile compiles any text. What compiles is evaluated, explained, written as
// a sheet formula and as an equation, and compiles again from its own text to the
// same values; what does not has a fault at a place inside the text.
func FuzzCompile(f *testing.F) {
	for _, text := range builtIn {
		f.Add(text, uint64(1))
	}
	for _, text := range []string{
		`"net-sum" = "for" - "a" when some {a, b} is not one of 1, "-2.50"`,
		"for row in rows, part in row.parts: part.end = 2 * prev(part.end, row.begin - 3 * a) - part.paid or part.end <= 1.50",
		"for x in {a, extra.amount}, y in {b}: -x - 2 * (y - 3 * (сумма + 4)) >= 0 and x = y",
		"sum({a, b}) = sum(rows.{paid, end}) + last(rows.end)",
		"for row in rows: row.paid = sum(row.parts.bits.amount) when row.mark is x and status is not active",
		`a = sum(rows.{paid, end} where due < as_of and rows.mark is not one of x, "y z" and settled >= "2020-04-22")`,
		`for k in {paid, end}, row in rows: a = last(row.parts.k where day <= row.due and k > "-5") - first(row.gifts.amount where mark is 1)`,
		`count = count(rows.parts where rows.due > closed and day >= previous_as_of and some bits.amount is 0) when some rows.booked < taken and a > 0`,
		`a = sum(rows.paid where some {due, settled} >= opened and noted < "as-of" and some parts)`,
	} {
		f.Add(text, uint64(2))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		compiled, err := formula.Compile(layout, text)
		if err != nil {
			checkFault(t, text, err)
			return
		}
		rng := rand.New(rand.NewPCG(seed, 0))
		for _, gaps := range []int{0, 20, 3} {
			rec := randomRecord(rng, layout, gaps)
			for i := range compiled.Relations {
				checkRelation(t, rec, &compiled.Relations[i])
			}
		}
	})
}

func checkFault(t *testing.T, text string, err error) {
	t.Helper()
	var fault *formula.Error
	if !errors.As(err, &fault) {
		t.Fatalf("%q: the error %v has no place", text, err)
	}
	if fault.Offset < 0 || fault.Offset > len(fault.Text) || fault.Column != utf8.RuneCountInString(fault.Text[:fault.Offset])+1 {
		t.Fatalf("%q: offset %d, column %d of %q", text, fault.Offset, fault.Column, fault.Text)
	}
	if !strings.HasPrefix(text, fault.Text) || fault.Reason == "" || !utf8.ValidString(fault.Error()) {
		t.Fatalf("%q: %#v", text, fault)
	}
}

// checkRelation checks that all that is made of a relation agrees in a record.
func checkRelation(t *testing.T, rec *schema.Record, rel *formula.Relation) {
	t.Helper()
	again := rel
	text := rel.String()
	if len(text) <= formula.MaxText { // bound names can be shorter than what they stand for
		f, err := formula.Compile(rec.Layout, text)
		if err != nil {
			t.Fatalf("the text of the relation does not compile: %v", err)
		}
		again = &f.Relations[0]
		if again.String() != text || len(f.Relations) != 1 || len(again.Readings) != len(rel.Readings) {
			t.Fatalf("the text of the relation changed:\n%s\n%s", text, again)
		}
	}
	instances, gaps := rel.Instances(rec)
	instancesAgain, gapsAgain := again.Instances(rec)
	if instances != instancesAgain || !reflect.DeepEqual(gaps, gapsAgain) {
		t.Fatalf("%s: %d instances and %d again", text, instances, instancesAgain)
	}
	if instances == 0 && len(gaps) == 0 {
		t.Fatalf("%s: silence", text)
	}
	for n := range instances {
		rel.Guard(rec, n)
		for i := range rel.Readings {
			checkReading(t, rec, n, &rel.Readings[i], &again.Readings[i])
		}
	}
}

func checkReading(t *testing.T, rec *schema.Record, n int, r, again *formula.Reading) {
	t.Helper()
	if got, want := outcome(again, rec, n), outcome(r, rec, n); got != want {
		t.Fatalf("%s: %s, and %s when compiled again", r, want, got)
	}
	for _, side := range [][]formula.Term{r.Left, r.Right} {
		operands, gap := r.Operands(rec, n, side)
		if gap != nil {
			continue
		}
		if r.Side(rec, n, side) == "" {
			t.Fatalf("%s: a side without text", r)
		}
		if text, ok := formula.SheetFormula(operands, "F", 2); text == "" || ok != (len(text) < formula.MaxSheetFormula) {
			t.Fatalf("%s: sheet formula %q, %t", r, text, ok)
		}
	}
	checkEquation(t, rec, n, r)
}

// checkEquation checks that the equation is left minus right, each figure once.
func checkEquation(t *testing.T, rec *schema.Record, n int, r *formula.Reading) {
	t.Helper()
	e, gap := r.Equation(rec, n)
	left, gapLeft := r.Operands(rec, n, r.Left)
	right, gapRight := r.Operands(rec, n, r.Right)
	// A figure that is only missing has its place in the equation.
	stated := func(g *formula.Gap) bool { return g == nil || g.Applies && g.Figure }
	if (gap == nil) != (stated(gapLeft) && stated(gapRight)) {
		t.Fatalf("%s: the equation's gap is %v; the sides' are %v and %v", r, gap, gapLeft, gapRight)
	}
	if gap != nil {
		return
	}
	sum := e.Constant
	seen := map[formula.Coefficient]bool{}
	for _, c := range e.Coefficients {
		place := c
		place.Coef = 0
		if seen[place] || c.Coef == 0 {
			t.Fatalf("%s: the figure %+v stands in the equation twice or with 0", r, c)
		}
		seen[place] = true
		sum = sum.Plus(rec.Value(c.Group, c.Instance, c.Slot).Amount.Times(c.Coef))
	}
	if want := formula.Value(left).Minus(formula.Value(right)); !sum.Equal(want) || e.Op != r.Op {
		t.Fatalf("%s: the equation gives %s %s 0, the sides %s", r, sum, e.Op, want)
	}
}

func TestTheEquationIsLeftMinusRight(t *testing.T) {
	rng := rand.New(rand.NewPCG(20201123, 0))
	texts := append([]string{
		"a - a + b = 2 * b - 3 - b", "a = 2 * (a - b) - 4",
		"for row in rows: row.end = prev(row.end, 2 * sum(rows.end) - a) - row.end",
		"sum(rows.end) = 2 * last(rows.end)",
	}, builtIn...)
	for range 50 {
		for _, text := range texts {
			f := compile(t, text)
			rec := randomRecord(rng, layout, 40*rng.IntN(2))
			for i := range f.Relations {
				checkRelation(t, rec, &f.Relations[i])
			}
		}
	}
}

// Coefficients of a figure add up; one that cancels out is gone.
func TestEquations(t *testing.T) {
	rec := recordOf(t, layout, filled)
	slot := func(name string) (n int) {
		return layout.Root().Child(name).Slot
	}
	rows := layout.Root().Child("rows")
	end := rows.Child("end").Slot
	for _, test := range []struct {
		text     string
		instance int
		want     []formula.Coefficient
		constant string
	}{
		{"a = b", 0, []formula.Coefficient{{0, 0, slot("a"), 1}, {0, 0, slot("b"), -1}}, "0"},
		{"2 * (a - 3) <= a + 1.5", 0, []formula.Coefficient{{0, 0, slot("a"), 1}}, "-7.5"},
		{"a + b = a - 1", 0, []formula.Coefficient{{0, 0, slot("b"), 1}}, "1"},
		{"a = a", 0, nil, "0"},
		{"sum(rows.end) = last(rows.end) - 4", 0, []formula.Coefficient{{rows.Rows, 0, end, 1}}, "4"},
		{"for row in rows: row.end = prev(row.end, 2 * a) - 1", 0, []formula.Coefficient{{rows.Rows, 0, end, 1}, {0, 0, slot("a"), -2}}, "1"},
		{"for row in rows: row.end = prev(row.end, 2 * a) - 1", 1, []formula.Coefficient{{rows.Rows, 1, end, 1}, {rows.Rows, 0, end, -1}}, "1"},
	} {
		e, gap := compile(t, test.text).Relations[0].Readings[0].Equation(rec, test.instance)
		if gap != nil || len(e.Coefficients) != len(test.want) || !e.Constant.Equal(calc.MustAmount(test.constant)) {
			t.Errorf("%s: %+v, constant %s, gap %v", test.text, e.Coefficients, e.Constant, gap)
			continue
		}
		for i := range test.want {
			if e.Coefficients[i] != test.want[i] {
				t.Errorf("%s: %+v, want %+v", test.text, e.Coefficients, test.want)
			}
		}
	}
	missing, gap := compile(t, "a = b").Relations[0].Readings[0].Equation(recordOf(t, layout, `{"a": 1}`), 0)
	if gap != nil || len(missing.Coefficients) != 2 {
		t.Errorf("a missing figure keeps its place: %+v, gap %v", missing, gap)
	}
	_, gap = compile(t, "a + b = fee").Relations[0].Readings[0].Equation(recordOf(t, layout, `{"a": 1}`), 0)
	if gap == nil || gap.Applies {
		t.Errorf("not to apply outweighs a missing figure: %+v", gap)
	}
}
