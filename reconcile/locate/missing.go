package locate

import "slices"

// definition is the relation that a missing figure is computed from: the
// figure is what makes the terms and the constant come to zero.
type definition struct {
	figure   int
	coef     int64
	terms    []Term // all others; among them may be figures defined later
	constant exact
	relation int
}

// dropMissing removes the missing figures: one exact relation that contains
// such a figure becomes its definition, which is put into all the others that
// contain it. A relation whose missing figure no exact relation defines cannot
// be evaluated and is dead.
func (s *system) dropMissing() {
	for figure := range s.net.Figures {
		if !s.net.Figures[figure].Missing {
			continue
		}
		pivot := s.definingRow(figure)
		if pivot >= 0 {
			s.substitute(figure, pivot)
		}
		for i := range s.rows {
			if s.rows[i].coef(figure) != 0 {
				s.rows[i].dead = true
			}
		}
	}
}

// definingRow is the shortest live exact relation that contains the figure, -1
// when there is none.
func (s *system) definingRow(figure int) int {
	best := -1
	for i := range s.rows {
		r := &s.rows[i]
		if r.op != Equal || !r.tolerance.isZero() || r.coef(figure) == 0 {
			continue
		}
		if best < 0 || len(r.terms) < len(s.rows[best].terms) {
			best = i
		}
	}
	return best
}

// substitute puts the definition of a figure by row pivot into all other rows
// that contain the figure; the pivot row is used up.
func (s *system) substitute(figure, pivot int) {
	p := s.rows[pivot]
	coef := p.coef(figure)
	others := slices.DeleteFunc(slices.Clone(p.terms), func(t Term) bool { return t.Figure == figure })
	s.defs = append(s.defs, definition{figure, coef, others, p.constant, pivot})
	s.rows[pivot].dead = true
	for i := range s.rows {
		r := &s.rows[i]
		if c := r.coef(figure); c != 0 {
			s.replace(r, c, &p, coef)
			r.also = append(slices.Clone(r.also), append([]int{pivot}, p.also...)...)
		}
	}
}

// replace makes r the sum of |coef| times r and the multiple of p that cancels
// a figure with coefficient c in r and coef in p. The factor of r is above
// zero, so that an inequality keeps its sense. A row whose coefficients
// overflow dies.
func (s *system) replace(r *row, c int64, p *row, coef int64) {
	keep, add := coef, -c
	if coef < 0 {
		keep, add = -coef, c
	}
	sum := make([]Term, 0, len(r.terms)+len(p.terms))
	ok := true
	put := func(t Term, factor int64) {
		scaled, fits := product(t.Coef, factor)
		ok = ok && fits
		for i := range sum {
			if sum[i].Figure == t.Figure {
				total := exact{whole: sum[i].Coef}.plus(exact{whole: scaled})
				ok = ok && total.wide == nil
				sum[i].Coef = total.whole
				return
			}
		}
		sum = append(sum, Term{t.Figure, scaled})
	}
	for _, t := range r.terms {
		put(t, keep)
	}
	for _, t := range p.terms {
		put(t, add)
	}
	r.dead = r.dead || !ok
	r.terms = withoutZeros(sum)
	r.constant = r.constant.times(exact{whole: keep}).plus(p.constant.times(exact{whole: add}))
	r.tolerance = r.tolerance.times(exact{whole: keep})
}

// coef is the coefficient of a figure in a live row, 0 when it is not there.
func (r *row) coef(figure int) int64 {
	for _, term := range r.live() {
		if term.Figure == figure {
			return term.Coef
		}
	}
	return 0
}

// missing tells what the missing figures must be. A figure that rests on a
// figure in doubt has no value; repaired holds the values of those located.
func (s *system) missing(repaired map[int]exact, doubtful map[int]bool) []Missing {
	var all []Missing
	known := map[int]exact{}
	relation := map[int]int{}
	for _, def := range slices.Backward(s.defs) {
		relation[def.figure] = def.relation
		sum, ok := def.constant, true
		for _, term := range def.terms {
			value, repairedHere := repaired[term.Figure]
			switch {
			case repairedHere:
			case s.net.Figures[term.Figure].Missing:
				if value, repairedHere = known[term.Figure]; !repairedHere {
					ok = false
				}
			case doubtful[term.Figure]:
				ok = false
			default:
				value = s.value[term.Figure]
			}
			sum = sum.plus(value.times(exact{whole: term.Coef}))
		}
		if ok {
			known[def.figure] = sum.neg().over(exact{whole: def.coef})
		}
	}
	for figure := range s.net.Figures {
		if !s.net.Figures[figure].Missing {
			continue
		}
		m := Missing{Figure: figure, Relation: -1}
		if value, ok := known[figure]; ok {
			m.Relation = relation[figure]
			m.Implied, m.Determined = s.amount(value, 0)
		}
		all = append(all, m)
	}
	return all
}
