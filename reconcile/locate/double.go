package locate

// Two errors of one size in two figures can look like one error in a third:
// what is missing in total_overdue and in total_today is exactly what too much
// in main_debt_overdue looks like. By chance that takes two equal errors, which
// is unlikely unless they are small; but exchanged figures, and one value
// printed twice, are equal errors by nature.

// smallError is how many grains an error must have for two unrelated ones of
// that size to be left out of account.
const smallError = 10

// doubleError tells whether two other figures explain what the figure of h
// explains, in one of the ways above.
func (x *examiner) doubleError(h *hypothesis, rows []int) bool {
	z := h.outcomes[0]
	small := z.change(x.s).abs().cmp(x.grain(rows).times(exact{whole: smallError})) < 0
	pairs, complete := x.pairsWithout(z.figure)
	if !complete {
		return true // what was not searched may hold one
	}
	for _, pair := range pairs {
		if small || x.sameTwice(pair) || x.exchangeAnd(z, pair) {
			return true
		}
	}
	return false
}

// pairsWithout are the explanations of the broken equalities by two figures
// other than z, and whether they are all.
func (x *examiner) pairsWithout(z int) (pairs [][]outcome, complete bool) {
	equalities := x.brokenEqualities()
	if len(equalities) == 0 {
		return nil, true
	}
	q := newSearch(x.s, equalities, x.steps)
	defer q.release()
	q.solver.loose = true
	q.forbidden[z] = true
	q.size = 2
	q.cut = true // larger sets are not asked for
	q.extend()
	for _, set := range q.found {
		if pair := q.solver.outcomes(set); len(pair) == 2 && pair[0].known && pair[1].known {
			pairs = append(pairs, pair)
		}
	}
	return pairs, !q.spent
}

// sameTwice tells whether the two figures are equal, and would be equal again
// without one slip.
func (x *examiner) sameTwice(pair []outcome) bool {
	p, q := pair[0], pair[1]
	if !x.s.value[p.figure].equal(x.s.value[q.figure]) || !p.value.equal(q.value) {
		return false
	}
	if x.s.value[p.figure].isZero() { // neither was filled in
		return true
	}
	slip := x.s.name(p)
	return slip.Class != Unknown
}

// exchangeAnd tells whether a recognised slip in z is left when the two figures
// are exchanged. The exchange does a part of what the change of z does.
func (x *examiner) exchangeAnd(z outcome, pair []outcome) bool {
	p, q := pair[0].change(x.s), pair[1].change(x.s)
	gap := x.s.value[pair[1].figure].minus(x.s.value[pair[0].figure])
	if !p.equal(q.neg()) || p.isZero() || gap.isZero() {
		return false
	}
	change := z.change(x.s)
	part := change.times(gap)
	if !part.endsOver(p) {
		return false
	}
	left := determinedAs(z.figure, x.s.value[z.figure].plus(change).minus(part.over(p)))
	if _, finite := left.value.decimals(); !finite || left.change(x.s).isZero() {
		return false
	}
	slip := x.s.name(left)
	return slip.Class != Unknown
}
