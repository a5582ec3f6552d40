package locate

import "slices"

// An inequality is broken by any large error, so it says little about which
// figure holds the error: with two errors in one record it can exclude the
// right explanation and leave a wrong one alone. A figure is therefore not
// located by inequalities. What explains all equalities, and was excluded by
// inequalities only, is a hidden rival: it is no candidate, but a slip has to
// decide against it as against any other rival.

// hidden are the hidden rivals of a hypothesis.
func (x *examiner) hidden(h *hypothesis) []hypothesis {
	if x.loose == nil && x.size == 1 && len(h.outcomes) == 1 && x.alone(h.outcomes[0].figure) {
		return nil
	}
	if x.loose == nil {
		x.loose = x.looseKnots()
	}
	var rivals []hypothesis
	met := false
	for i := range x.loose {
		k := &x.loose[i]
		if !k.meets(h.outcomes) {
			continue
		}
		met = true
		for _, set := range k.alternatives {
			if compareFigures(set, h.outcomes) != 0 {
				rivals = append(rivals, hypothesis{outcomes: set, slips: x.slipsOf(set)})
			}
		}
	}
	if !met { // the equalities do not point to it at all
		rivals = append(rivals, hypothesis{})
	}
	return rivals
}

// alone tells whether the figure stands in all broken equalities, and no other
// suspect does. Then no other figure alone can explain them.
func (x *examiner) alone(figure int) bool {
	equalities := x.brokenEqualities()
	if len(equalities) == 0 {
		return false
	}
	for _, row := range equalities {
		if x.coefIn(row, figure) == 0 {
			return false
		}
	}
	for _, term := range x.s.rows[x.shortest(equalities)].terms {
		if term.Figure == figure || !x.s.suspect(term.Figure) {
			continue
		}
		everywhere := true
		for _, row := range equalities {
			everywhere = everywhere && x.coefIn(row, term.Figure) != 0
		}
		if everywhere {
			return false
		}
	}
	return true
}

// brokenEqualities are those of the part.
func (x *examiner) brokenEqualities() []int {
	if x.equalities == nil {
		x.equalities = x.s.numbers.take(len(x.part.broken))[:0]
		for _, row := range x.part.broken {
			if x.s.rows[row].op == Equal {
				x.equalities = append(x.equalities, row)
			}
		}
	}
	return x.equalities
}

// looseKnots are the explanations of the broken equalities of the part.
func (x *examiner) looseKnots() []knot {
	equalities := x.brokenEqualities()
	if len(equalities) == 0 {
		return []knot{}
	}
	q := newSearch(x.s, equalities, x.steps)
	defer q.release()
	q.solver.loose = true
	a := q.run(x.size)
	if a.gaveUp || len(a.sets) == 0 {
		return []knot{}
	}
	sets := make([][]outcome, len(a.sets))
	for i, set := range a.sets {
		sets[i] = q.solver.outcomes(set)
	}
	return x.s.split(sets)
}

// meets tells whether a knot has a figure of the set.
func (k *knot) meets(set []outcome) bool {
	return slices.ContainsFunc(set, func(o outcome) bool { return k.has(o.figure) })
}

// Two figures exchanged in a document with a second error differ in three
// places, which two other figures can often explain as well. What gives such an
// explanation away is that a figure in it changes by exactly the difference of
// two other figures.

// entangled tells whether the explanation of a part in several changes may be
// of that kind. A change whose digits prove it is not counted.
func (x *examiner) entangled(best []hypothesis) bool {
	near := x.s.figuresOf(x.part.broken)
	slices.Sort(near)
	near = slices.Compact(near)
	for i := range best {
		for j, o := range best[i].outcomes {
			if !best[i].slips[j].provenByDigits() && x.differenceOfTwo(o, near) {
				return true
			}
		}
	}
	return false
}

// differenceOfTwo tells whether the figure changes by the difference of two
// other figures, the first of them one of near.
func (x *examiner) differenceOfTwo(o outcome, near []int) bool {
	change := o.change(x.s).abs()
	for _, p := range near {
		if p == o.figure {
			continue
		}
		for _, q := range x.part.figures {
			if q != o.figure && x.s.value[p].minus(x.s.value[q]).abs().equal(change) {
				return true
			}
		}
	}
	return false
}

// provenByDigits tells whether the digits alone show the slip.
func (s *Slip) provenByDigits() bool {
	switch s.level {
	case levelSwapped, levelSign, levelFactor, levelTransposed, levelDropped, levelAdded:
		return true
	}
	return false
}

// provenByDigits tells whether the digits show all slips.
func (h *hypothesis) provenByDigits() bool {
	return !slices.ContainsFunc(h.slips, func(s Slip) bool { return !s.provenByDigits() })
}
