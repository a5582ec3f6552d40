package locate

import "slices"

// finding is a cause with what it says of the net's values.
type finding struct {
	Cause
	located  []outcome // the answer, when it is known
	doubtful []int     // otherwise the figures that may be wrong
}

// settle records what is known of the values after the cause.
func (f *finding) settle(repaired map[int]exact, doubtful map[int]bool) {
	for _, o := range f.located {
		repaired[o.figure] = o.value
	}
	for _, figure := range f.doubtful {
		doubtful[figure] = true
	}
}

// causes tells the errors in the explanations of a part apart, adds the rivals
// of each, names the slips and ranks.
func (x *examiner) causes(sets [][]outcome, gaveUp bool) []finding {
	var knots []knot
	var copies []hypothesis
	if !gaveUp {
		copies = x.copiedBlocks(sets)
		if len(copies) == 0 {
			knots = x.s.split(sets)
		}
	}
	if knots == nil {
		knots = x.s.whole(sets)
	}
	x.s.found = cleared(x.s.found, len(knots))
	found := x.s.found
	best := x.s.guesses.take(len(knots))
	for i := range knots {
		all := append(x.named(&knots[i]), copies...)
		rows := x.s.rowsOf(&knots[i])
		if !gaveUp {
			all = append(all, x.rivals(knots, i, rows, all)...)
		}
		f := &found[i]
		f.Candidates, f.Located = x.ranked(all, rows)
		f.AtLeast, f.GaveUp = len(knots[i].alternatives[0]), gaveUp
		x.s.addEvidence(&f.Cause, rows)
		best[i] = hypothesisOf(all, f.Candidates[0])
		if x.s.lacks {
			f.note(all)
		}
	}
	entangled := len(sets[0]) > 1 && x.entangled(best)
	for i := range found {
		f := &found[i]
		if gaveUp || entangled && !best[i].provenByDigits() {
			f.Located = false
		}
		if f.Located {
			f.located, f.doubtful = best[i].outcomes, nil
		}
	}
	return found
}

// note the figures in doubt after the cause, unless it is located.
func (f *finding) note(all []hypothesis) {
	for _, h := range all {
		for _, o := range h.outcomes {
			f.doubtful = append(f.doubtful, o.figure)
		}
	}
}

// hypothesisOf finds the hypothesis that became a candidate.
func hypothesisOf(all []hypothesis, c Candidate) hypothesis {
	i := slices.IndexFunc(all, func(h hypothesis) bool {
		return slices.EqualFunc(h.outcomes, c.Changes, func(o outcome, c Change) bool {
			return o.figure == c.Figure
		})
	})
	return all[i]
}

// named gives each alternative of a knot its slips.
func (x *examiner) named(k *knot) []hypothesis {
	all := x.s.guesses.take(len(k.alternatives))
	for i, set := range k.alternatives {
		all[i] = hypothesis{outcomes: set, slips: x.slipsOf(set)}
	}
	return all
}

// slipsOf names the slips of an explanation.
func (x *examiner) slipsOf(set []outcome) []Slip {
	if len(set) == 2 && x.s.exchanged(set[0], set[1]) {
		return x.s.swappedSlips(set)
	}
	slips := x.s.slips.take(len(set))
	for i := range set {
		slips[i] = x.s.name(set[i])
	}
	return slips
}

// rivals are the single slips of several figures that explain what one figure
// of knot i explains, the other knots being repaired.
func (x *examiner) rivals(knots []knot, i int, rows []int, all []hypothesis) []hypothesis {
	if len(knots[i].alternatives[0]) > 1 {
		return nil
	}
	var base []outcome
	for j := range knots {
		if j != i {
			base = append(base, knots[j].alternatives[0]...)
		}
	}
	rivals := x.exchanges(rows, base, all)
	if h, ok := x.sharedComponent(rows, base); ok {
		rivals = append(rivals, h)
	}
	return rivals
}
