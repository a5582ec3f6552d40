package locate

import (
	"slices"
	"strconv"
	"strings"
)

// maxSplit is the largest number of explanations that are told apart into
// independent causes.
const maxSplit = 512

// knot is a group of figures whose explanations do not depend on the others:
// each of its alternatives goes together with each of every other knot.
type knot struct {
	alternatives [][]outcome
}

// figures are those of all alternatives, ascending.
func (k *knot) figures() []int {
	all := make([]int, 0, len(k.alternatives)*len(k.alternatives[0]))
	for _, set := range k.alternatives {
		for _, o := range set {
			all = append(all, o.figure)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// has tells whether a figure is in one of the alternatives.
func (k *knot) has(figure int) bool {
	return slices.ContainsFunc(k.alternatives, func(set []outcome) bool { return changed(set, figure) })
}

// rowsOf are the broken rows with a figure of the knot, ascending.
func (s *system) rowsOf(k *knot) []int {
	rows := s.numbers.take(len(s.rows))[:0]
	seen := s.marks.take(len(s.rows))
	for _, set := range k.alternatives {
		for _, o := range set {
			for _, e := range s.entries(o.figure) {
				if !seen[e.row] && s.rows[e.row].broken() {
					rows = append(rows, int(e.row))
				}
				seen[e.row] = true
			}
		}
	}
	slices.Sort(rows)
	return rows
}

// whole are explanations that are not told apart.
func (s *system) whole(sets [][]outcome) []knot {
	knots := s.knots.take(1)
	knots[0] = knot{sets}
	return knots
}

// split tells the independent errors in the explanations of one part apart.
func (s *system) split(sets [][]outcome) []knot {
	whole := s.whole(sets)
	if len(sets) > maxSplit || len(sets[0]) == 1 {
		return whole
	}
	g := groups{}
	for _, set := range sets {
		s.tie(g, set)
	}
	tieAlternatives(g, sets)
	var roots []int
	for _, figure := range whole[0].figures() {
		if root := g.root(figure); !slices.Contains(roots, root) {
			roots = append(roots, root)
		}
	}
	knots, count := make([]knot, len(roots)), 1
	for i, root := range roots {
		var ok bool
		if knots[i], ok = project(sets, func(figure int) bool { return g.root(figure) == root }); !ok {
			return whole
		}
		if count *= len(knots[i].alternatives); count > len(sets) || len(s.rowsOf(&knots[i])) == 0 {
			return whole
		}
	}
	// Each explanation is one alternative of each knot. When there are as many
	// explanations as combinations, every combination explains.
	if count != len(sets) {
		return whole
	}
	return knots
}

// groups joins figures; the root of a group is its lowest figure.
type groups map[int]int

func (g groups) root(figure int) int {
	for {
		up, ok := g[figure]
		if !ok || up == figure {
			return figure
		}
		figure = up
	}
}

func (g groups) join(a, b int) {
	a, b = g.root(a), g.root(b)
	g[max(a, b)] = min(a, b)
}

// tie joins the figures of one explanation that depend on each other: those
// that stand in each other's place, and a figure that no relation without
// another figure of the set determines, with all it shares a relation with.
func (s *system) tie(g groups, set []outcome) {
	for i := range set {
		for j := range i {
			if s.exchanged(set[i], set[j]) {
				g.join(set[i].figure, set[j].figure)
			}
		}
		alone := false
		for _, e := range s.entries(set[i].figure) {
			alone = alone || s.rows[e.row].op == Equal && s.others(int(e.row), set, i) == 0
		}
		if alone && set[i].determined {
			continue
		}
		for _, e := range s.entries(set[i].figure) {
			for j := range set {
				if j != i && s.rows[e.row].coef(set[j].figure) != 0 {
					g.join(set[i].figure, set[j].figure)
				}
			}
		}
	}
}

// others counts the figures of the set, but for the i-th, in a row.
func (s *system) others(row int, set []outcome, i int) int {
	n := 0
	for j := range set {
		if j != i && s.rows[row].coef(set[j].figure) != 0 {
			n++
		}
	}
	return n
}

// exchanged tells whether each of two figures has the value the other should
// have.
func (s *system) exchanged(a, b outcome) bool {
	return a.known && b.known &&
		a.value.equal(s.value[b.figure]) && b.value.equal(s.value[a.figure])
}

// tieAlternatives joins figures that stand for each other in two explanations
// that are the same in all else.
func tieAlternatives(g groups, sets [][]outcome) {
	place := map[string]int{}
	for _, set := range sets {
		for i := range set {
			key := keyWithout(set, i)
			if other, ok := place[key]; ok {
				g.join(other, set[i].figure)
			} else {
				place[key] = set[i].figure
			}
		}
	}
}

// keyWithout identifies a set without its i-th figure.
func keyWithout(set []outcome, i int) string {
	var b strings.Builder
	for j := range set {
		if j != i {
			b.WriteString(strconv.Itoa(set[j].figure))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// project restricts the explanations to the figures of one group, each kept
// once; ok is false when the values of the same figures differ.
func project(sets [][]outcome, in func(figure int) bool) (k knot, ok bool) {
	seen := map[string][]outcome{}
	for _, set := range sets {
		var part []outcome
		for _, o := range set {
			if in(o.figure) {
				part = append(part, o)
			}
		}
		key := keyWithout(part, -1)
		before, known := seen[key]
		if !known {
			seen[key] = part
			k.alternatives = append(k.alternatives, part)
			continue
		}
		for i := range part {
			if part[i].known != before[i].known || !part[i].value.equal(before[i].value) {
				return knot{}, false
			}
		}
	}
	return k, true
}

// figuresOf are the suspects of the rows.
func (s *system) figuresOf(rows []int) []int {
	var all []int
	for _, row := range rows {
		for _, term := range s.rows[row].live() {
			if s.suspect(term.Figure) {
				all = append(all, term.Figure)
			}
		}
	}
	return all
}

// addEvidence lists the broken relations of a cause and, where equalities tell
// it, which of them are inequalities.
func (s *system) addEvidence(c *Cause, rows []int) {
	equalities := false
	c.Evidence = make([]int, 0, len(rows))
	for _, row := range rows {
		c.Evidence = append(append(c.Evidence, row), s.rows[row].also...)
		equalities = equalities || s.rows[row].op == Equal
	}
	slices.Sort(c.Evidence)
	c.Evidence = slices.Compact(c.Evidence)
	for _, row := range rows {
		if equalities && s.rows[row].op == AtMost {
			c.Consequences = append(c.Consequences, row)
		}
	}
}
