package locate

import "slices"

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
	return x.hasPairWithout(z.figure, func(pair []outcome) bool {
		return small || x.sameTwice(pair) || x.exchangeAnd(z, pair)
	})
}

// hasPairWithout tells whether two figures other than z may explain the broken equalities
// in a way that counts. What is not searched may hold such.
func (x *examiner) hasPairWithout(z int, counts func(pair []outcome) bool) bool {
	equalities := x.brokenEqualities()
	if len(equalities) == 0 {
		return false
	}
	q := newSearch(x.s, equalities, x.steps)
	defer q.release()
	q.solver.loose = true
	q.forbidden[z] = true
	q.size = 2
	q.cut = true // larger sets are not asked for
	q.extend()
	return q.spent || slices.ContainsFunc(q.found, func(set []int) bool {
		pair := q.solver.outcomes(set)
		return len(pair) == 2 && pair[0].known && pair[1].known && counts(pair)
	})
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
