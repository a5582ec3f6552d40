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
	text := g.relation(mustUse)
	if g.rng.IntN(3) == 0 {
		text += g.one(" and ", " or ") + g.relation(mustUse)
	}
	if len(bound) > 0 {
		text = "for " + strings.Join(bound, ", ") + ": " + text
	}
	if g.rng.IntN(4) == 0 {
		text += " when " + g.one("status is 1", "some rows.{paid, end} is not 0", "type is not one of 0, 1", "some rows.bonus is 0 and a is not 0")
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
		return coef + "sum(" + g.one("", "-", "3 * ") + g.one(g.sums...) + g.one("", " + "+g.one(g.sums...)) + ")"
	case k == 2:
		return coef + "last(" + g.one(g.lasts...) + ")"
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
