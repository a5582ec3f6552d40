package formula_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"tieout/calc/formula"
)

// generator writes formulas that compile, from random numbers.
type generator struct {
	rng *rand.Rand
	// figures, sums and lasts are the paths that can stand in the scope.
	figures, sums, lasts []string
	// row is the row variable bound last, and chained its figures.
	row     string
	chained []string
}

func (g *generator) one(of ...string) string { return of[g.rng.IntN(len(of))] }

// formula binds rows down to a random level and a set perhaps.
func (g *generator) formula() string {
	g.figures = strings.Fields(`total principal interest a b c d сумма "net-sum" "for" fee none extra.amount`)
	g.sums = strings.Fields("rows.begin rows.bonus rows.side.amount rows.{paid, rows.parts.end rows.parts.bits.amount " +
		"rows.gifts.amount others.amount extra.lines.amount")
	g.sums[3] = "rows.{paid, end}"
	g.lasts = strings.Fields("rows.end others.amount extra.lines.amount rows.bonus")
	var bound []string
	var mustUse []string
	depth := g.rng.IntN(4)
	if depth > 0 {
		bound = append(bound, "row in rows")
		g.bind("row", "row.begin row.paid row.end row.bonus row.side.amount", "row.parts.paid row.gifts.amount row.parts.bits.amount", "row.parts.end row.gifts.amount")
	}
	if depth > 1 {
		bound = append(bound, "part in row.parts")
		g.bind("part", "part.paid part.end", "part.bits.amount", "part.bits.amount")
	}
	if depth > 2 {
		bound = append(bound, "bit in part.bits")
		g.bind("bit", "bit.amount", "", "")
	}
	if depth > 0 {
		mustUse = append(mustUse, g.one(g.chained...))
	}
	if g.rng.IntN(3) == 0 {
		bound = append(bound, "x in {a, extra.amount, "+g.one("b", "fee", `"net-sum"`)+"}")
		mustUse = append(mustUse, "x")
	}
	if len(mustUse) == 0 { // a relation without any figure does not compile
		mustUse = append(mustUse, g.one(g.figures...))
	}
	if g.rng.IntN(5) == 0 {
		return g.counts()
	}
	text := g.relation(mustUse)
	if g.rng.IntN(3) == 0 {
		text += g.one(" and ", " or ") + g.relation(mustUse)
	}
	if len(bound) > 0 {
		text = "for " + strings.Join(bound, ", ") + ": " + text
	}
	if g.rng.IntN(4) == 0 {
		text += " when " + g.one("status is 1", "some rows.{paid, end} is not 0", "type is not one of 0, 1", "some rows.bonus is 0 and a is not 0",
			`opened >= "2020-04-22"`, "some rows.due < as_of and closed > taken", "a < 0.5")
	}
	return text
}

// counts is a relation of numbers of rows.
func (g *generator) counts() string {
	count := func(rows string) string { return g.one("", "2 * ") + "count(" + rows + g.where(rows+".x") + ")" }
	compare := g.one(" = ", " <= ")
	return g.one(
		"count"+compare+count("rows"),
		"pieces - 3"+compare+count("rows.parts")+" - "+count("extra.lines"),
		"2 >= "+count("rows.gifts"),
		"for row in rows: "+count("row.parts")+compare+"count + "+count("rows"),
		"for row in rows, part in row.parts: "+count("part.bits")+compare+count("row.gifts")+" + count",
	)
}

// conditions that can stand after the path of a figure, by that of its rows.
var conditions = map[string][]string{
	"rows": {
		"due < as_of", "mark is 1", `rows.settled >= "2020-04-22"`, "end > 5", "some parts.paid is 0", "some gifts", "booked <= taken",
		"closed > rows.due", "type is not one of 0, 1", `noted <= previous_as_of`, "some {due, booked} > opened", `paid is not "-1"`, "a >= 0",
	},
	"rows.side":       {"side.amount > 2", "due >= opened"},
	"rows.parts":      {"day <= as_of", "mark is not 1", "rows.due > day", "rows.parts.type is 1", "some bits.amount < 100", "rows.parts.paid > 0"},
	"rows.parts.bits": {"amount > 0", "day < previous_as_of", "due < day", "some rows.gifts.amount is not 0"},
	"rows.gifts":      {"rows.gifts.mark is 1", "rows.mark is 1", "amount < 0"},
	"others":          {"amount < 100"},
	"extra.lines":     {"amount >= 0", "extra.lines.amount < 9 and extra.amount is 1"},
	"row.parts":       {"day <= row.due", "row.parts.day < as_of", "row.mark is 1", "paid <= 0 and row.booked > day"},
	"row.parts.bits":  {"amount < 1", "day > row.due"},
	"row.gifts":       {"mark is 1", "row.mark is not 1"},
	"part.bits":       {"amount < 1", "part.day >= row.due", "closed < part.day"},
}

// where is the conditions of a figure perhaps.
func (g *generator) where(path string) string {
	known := conditions[path[:strings.LastIndex(path, ".")]]
	if len(known) == 0 || g.rng.IntN(2) == 0 {
		return ""
	}
	text := " where " + g.one(known...)
	for g.rng.IntN(3) == 0 {
		text += " and " + g.one(known...)
	}
	return text
}

func (g *generator) bind(row, figures, sums, lasts string) {
	g.row, g.chained = row, strings.Fields(figures)
	g.figures = append(g.figures, g.chained...)
	g.sums = append(g.sums, strings.Fields(sums)...)
	g.lasts = append(g.lasts, strings.Fields(lasts)...)
}

func (g *generator) relation(mustUse []string) string {
	return strings.Join(append(mustUse, g.sum(3, true)), " + ") + g.one(" = ", " <= ", " >= ") + g.one("", "-") + g.sum(3, true)
}

func (g *generator) sum(depth int, chains bool) string {
	text := g.term(depth, chains)
	for g.rng.IntN(2) == 0 {
		text += g.one(" + ", " - ") + g.term(depth, chains)
	}
	return text
}

func (g *generator) term(depth int, chains bool) string {
	coef := g.one("", "", "", "2 * ", "7*", "0 * ")
	switch k := g.rng.IntN(8); {
	case k == 0:
		return coef + g.one("0", "1.50", "100")
	case k == 1:
		path := g.one(g.sums...)
		return coef + "sum(" + g.one("", "-", "3 * ") + path + g.one(g.where(path), " + "+g.one(g.sums...)) + ")"
	case k == 2:
		path := g.one(g.lasts...)
		return coef + g.one("first(", "last(") + path + g.where(path) + ")"
	case k == 3 && depth > 0:
		return coef + "(" + g.one("", "-") + g.sum(depth-1, chains) + ")"
	case k == 4 && g.row != "" && chains:
		return coef + "prev(" + g.one(g.chained...) + g.one("", ", "+g.sum(0, false)) + ")"
	}
	return coef + g.one(g.figures...)
}

// FuzzGenerated checks formulas that all compile as FuzzCompile checks the few that
// do among random texts.
func FuzzGenerated(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		rng := rand.New(rand.NewPCG(seed, 1))
		text := (&generator{rng: rng}).formula()
		if len(text) > formula.MaxText {
			return
		}
		compiled, err := formula.Compile(layout, text)
		if err != nil {
			t.Fatalf("%v", err)
		}
		for _, gaps := range []int{0, 30, 3} {
			rec := randomRecord(rng, layout, gaps)
			for i := range compiled.Relations {
				checkRelation(t, rec, &compiled.Relations[i])
			}
		}
	})
}
