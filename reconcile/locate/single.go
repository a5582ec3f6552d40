package locate

import "slices"

// Most errors are one wrong figure in relations without tolerance. What it must be then
// follows from one of them, and needs no search.

// singles are the figures of a part of which each alone explains it, ascending, with what
// it must be. ok is false where only a search tells, which finds the same otherwise: where
// the broken rows allow a tolerance, a figure would not be a whole number of units, or
// there are more to be tried than the search has steps.
func (s *system) singles(broken []int, steps int) (found []outcome, ok bool) {
	row := s.fewestSuspects(broken)
	if !slices.ContainsFunc(broken, func(row int) bool { return s.rows[row].isExact() }) || len(s.rows[row].terms) >= steps {
		return nil, false
	}
	found = s.outcomes.take(len(s.rows[row].terms))[:0]
	for _, term := range s.rows[row].terms {
		if !s.suspect(term.Figure) {
			continue
		}
		change, is, ok := s.changeAlone(term.Figure, broken)
		if !ok {
			return nil, false
		}
		if is {
			found = append(found, determinedAs(term.Figure, s.value[term.Figure].plus(change)))
		}
	}
	slices.SortFunc(found, func(a, b outcome) int { return a.figure - b.figure })
	return found, true
}

// fewestSuspects is the first of some rows of which none has fewer figures that may be
// wrong.
func (s *system) fewestSuspects(rows []int) int {
	best, fewest := -1, 0
	for _, row := range rows {
		if n := s.suspects(row); best < 0 || n < fewest {
			best, fewest = row, n
		}
	}
	return best
}

// isExact tells whether the row is an equality without tolerance.
func (r *row) isExact() bool { return r.op == Equal && r.tolerance.isZero() }

// changeAlone is the change of a figure with which all rows hold that it stands in, if
// there is one and all broken rows are among them. ok is false when it is not known to be
// whole.
func (s *system) changeAlone(figure int, broken []int) (change exact, is, ok bool) {
	met, exactly := 0, entry{row: -1}
	for _, e := range s.entries(figure) {
		r := &s.rows[e.row]
		if r.broken() {
			met++
		}
		if exactly.row < 0 && r.isExact() {
			exactly = e
		}
	}
	if met < len(broken) {
		return exact{}, false, true
	}
	left, coef := s.rows[exactly.row].left, exact{whole: exactly.coef}
	if !left.isMultiple(coef) {
		return exact{}, false, false
	}
	change = left.over(coef).neg()
	for _, e := range s.entries(figure) {
		r := &s.rows[e.row]
		if !r.holds(r.left.plus(change.times(exact{whole: e.coef}))) {
			return exact{}, false, true
		}
	}
	return change, true, true
}
