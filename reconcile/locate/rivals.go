package locate

// A single slip can change several figures at once: two figures exchanged, one
// component left out of several totals, a row copied whole. Where such a slip
// explains all that a smaller set of figures explains, it is a rival of that
// set: fewer figures are not fewer errors then.

// maxRivals bounds the exchanges listed for one cause.
const maxRivals = 8

// examiner turns the explanations of one part into causes.
type examiner struct {
	s     *system
	part  part
	whole *search // of the part, nil before it is needed
	shift []exact // by row: what the changes under test add to its left side
	pairs int     // exchanges tried
	loose []knot  // what explains the equalities, nil before it is needed
	steps int     // limit of the searches
	size  int     // of the smallest sets of the part
	// equalities are the broken ones of the part, nil before they are asked for.
	equalities []int
}

// search of the part.
func (x *examiner) search() *search {
	if x.whole == nil {
		x.whole = newSearch(x.s, x.part.broken, x.steps)
	}
	return x.whole
}

// release an examiner that is done with.
func (x *examiner) release() {
	if x.whole != nil {
		x.whole.release()
	}
}

// holds tells whether all rows hold after the changes: those that contain a
// changed figure, and every broken one.
func (x *examiner) holds(changes ...[]outcome) bool {
	if x.shift == nil {
		x.s.shift = cleared(x.s.shift, len(x.s.rows))
		x.shift = x.s.shift
	}
	x.apply(1, changes)
	ok := true
	for _, row := range x.part.broken {
		r := &x.s.rows[row]
		ok = ok && r.holds(r.left.plus(x.shift[row]))
	}
	for _, set := range changes {
		for _, o := range set {
			for _, e := range x.s.entries(o.figure) {
				r := &x.s.rows[e.row]
				ok = ok && r.holds(r.left.plus(x.shift[e.row]))
			}
		}
	}
	x.apply(-1, changes)
	return ok
}

// apply adds the changes, times a factor, to the shifts.
func (x *examiner) apply(factor int64, changes [][]outcome) {
	for _, set := range changes {
		for _, o := range set {
			change := o.change(x.s).times(exact{whole: factor})
			for _, e := range x.s.entries(o.figure) {
				x.shift[e.row] = x.shift[e.row].plus(change.times(exact{whole: e.coef}))
			}
		}
	}
}

// leftWith is the left side of a row once the changes are made.
func (x *examiner) leftWith(row int, changes []outcome) exact {
	r := &x.s.rows[row]
	left := r.left
	for _, o := range changes {
		if c := r.coef(o.figure); c != 0 {
			left = left.plus(o.change(x.s).times(exact{whole: c}))
		}
	}
	return left
}

// determinedAs is the outcome of a figure with a given value.
func determinedAs(figure int, value exact) outcome {
	return outcome{figure: figure, value: value, known: true, determined: true, span: span{value, value, true, true}}
}

// exchanges finds the pairs of figures that explain the rows when each takes
// the value of the other. One of the two stands in the shortest of the rows.
func (x *examiner) exchanges(rows []int, base []outcome, single []hypothesis) []hypothesis {
	var found []hypothesis
	var pair []outcome
	x.pairs = 0
	row := x.shortest(rows)
	r := &x.s.rows[row]
	left := x.leftWith(row, base)
	for i, term := range r.terms {
		x.s.seen[term.Figure] = int32(i) + 1
	}
	defer func() {
		for _, term := range r.terms {
			x.s.seen[term.Figure] = 0
		}
	}()
	for _, term := range r.terms {
		p := term.Figure
		if !x.s.suspect(p) || changed(base, p) {
			continue
		}
		for _, q := range x.part.figures {
			gap := x.s.value[q].minus(x.s.value[p])
			if gap.isZero() {
				continue
			}
			x.pairs++
			coef := exact{whole: term.Coef}
			if at := x.s.seen[q]; at > 0 {
				if q < p {
					continue // met already, the other way round
				}
				coef = coef.minus(exact{whole: r.terms[at-1].Coef})
			}
			if !r.holds(left.plus(coef.times(gap))) || changed(base, q) {
				continue
			}
			if len(found) == maxRivals {
				continue
			}
			if pair == nil {
				pair = x.s.outcomes.take(2)
			}
			pair[0], pair[1] = determinedAs(min(p, q), x.s.value[max(p, q)]), determinedAs(max(p, q), x.s.value[min(p, q)])
			if !contained(single, pair) && x.holds(base, pair) {
				slips := x.s.swappedSlips(pair)
				if x.s.faint(pair) {
					slips[0].level, slips[1].level = levelUnknown, levelUnknown
				}
				found = append(found, hypothesis{outcomes: pair, slips: slips})
				pair = nil
			}
		}
	}
	return found
}

// coefIn is the coefficient of a figure in a row, found from the figure.
func (x *examiner) coefIn(row, figure int) int64 {
	for _, e := range x.s.entries(figure) {
		if int(e.row) == row {
			return e.coef
		}
	}
	return 0
}

func changed(set []outcome, figure int) bool {
	for _, o := range set {
		if o.figure == figure {
			return true
		}
	}
	return false
}

// contained tells whether a hypothesis of one figure is part of the pair.
func contained(single []hypothesis, pair []outcome) bool {
	for _, h := range single {
		for _, o := range pair {
			if len(h.outcomes) == 1 && h.outcomes[0].figure == o.figure && h.outcomes[0].value.equal(o.value) {
				return true
			}
		}
	}
	return false
}

// shortest is the row with the fewest terms.
func (x *examiner) shortest(rows []int) int {
	best := rows[0]
	for _, row := range rows {
		if len(x.s.rows[row].terms) < len(x.s.rows[best].terms) {
			best = row
		}
	}
	return best
}

// faint tells whether an exchange of two figures is no evidence: one of them is 0,
// of which there are many, or both are so short that many pairs would fit.
func (s *system) faint(pair []outcome) bool {
	short := true
	for _, o := range pair {
		if s.value[o.figure].isZero() {
			return true
		}
		short = short && s.net.Figures[o.figure].Value.SignificantDigits() < minDigits
	}
	return short
}

func (s *system) swappedSlips(pair []outcome) []Slip {
	slips := make([]Slip, 2)
	for i := range pair {
		other := pair[1-i].figure
		actual := s.net.Figures[pair[i].figure].Value
		slips[i] = Slip{
			Class:   Swapped,
			Reason:  "exchanged with another figure",
			Figures: forText(actual, s.net.Figures[other].Value),
			Other:   other,
			level:   levelSwapped,
		}
	}
	return slips
}

// sharedComponent finds a component that all the figures defined by the rows
// lack, have twice or have with the wrong sign. Equalities that define one
// figure only have no such answer.
func (x *examiner) sharedComponent(rows []int, base []outcome) (h hypothesis, ok bool) {
	equalities := x.s.numbers.take(len(rows))[:0]
	for _, row := range rows {
		if x.s.rows[row].op == Equal {
			equalities = append(equalities, row)
		}
	}
	if rows = equalities; len(rows) < 2 {
		return hypothesis{}, false
	}
	for _, term := range x.s.rows[rows[0]].terms[1:] {
		if h, ok := x.component(term.Figure, rows, base); ok {
			return h, true
		}
	}
	return hypothesis{}, false
}

// component tests one component against all rows.
func (x *examiner) component(figure int, rows []int, base []outcome) (hypothesis, bool) {
	var h hypothesis
	class := Unknown
	for _, row := range rows {
		r := &x.s.rows[row]
		if !r.defines(r.terms[0].Figure) || !r.tolerance.isZero() {
			return hypothesis{}, false
		}
		defined, c := r.terms[0].Figure, r.coef(figure)
		if c == 0 || defined == figure || !x.s.suspect(defined) {
			return hypothesis{}, false
		}
		difference := x.leftWith(row, base).neg().over(exact{whole: r.terms[0].Coef})
		here, _ := componentClass(difference, x.s.contribution(r, Term{figure, c}))
		if here == Unknown || class != Unknown && here != class {
			return hypothesis{}, false
		}
		class = here
		if h.outcomes == nil {
			h.outcomes = x.s.outcomes.take(len(rows))[:0]
		}
		if !changed(h.outcomes, defined) {
			h.outcomes = append(h.outcomes, determinedAs(defined, x.s.value[defined].plus(difference)))
		}
	}
	if len(h.outcomes) < 2 || !x.holds(base, h.outcomes) {
		return hypothesis{}, false
	}
	h.sort()
	h.slips = x.s.slips.take(len(h.outcomes))
	for i, o := range h.outcomes {
		h.slips[i] = x.s.componentSlip(class, figure)
		h.slips[i].Figures = x.s.forOutcome(o)
	}
	return h, true
}
