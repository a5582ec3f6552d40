package locate

// outcome is what a set that explains says of one of its figures.
type outcome struct {
	figure     int
	value      exact // what the figure must be, or one value that it may have
	known      bool  // value is set; false where no printable value was found
	determined bool  // no other value is possible at the scale of the net's figures
	span       span  // all values that are possible
}

// change is by how much the figure would change.
func (o outcome) change(s *system) exact { return o.value.minus(s.value[o.figure]) }

// outcomes computes the values of a set that the solver found feasible.
func (v *solver) outcomes(set []int) []outcome {
	if !v.solve(set).feasible {
		return nil
	}
	n := len(set)
	v.pivots = cleared(v.pivots, n)
	pivotOf := v.pivots
	for i := range v.lines {
		l := &v.lines[i]
		if l.pivot {
			pivotOf[l.lead] = l
		}
	}
	out := v.s.outcomes.take(n)
	lines := v.inequalities()
	rest := lines
	v.changes = cleared(v.changes, n)
	change := v.changes
	for j, figure := range set {
		out[j].figure = figure
		if pivotOf[j] != nil {
			continue
		}
		actual := v.s.value[figure]
		if r, ok := v.spanOf(lines, n, j); ok {
			out[j].span = r.shifted(actual)
		}
		if r, ok := v.spanOf(rest, n, j); ok {
			out[j].value, out[j].known = v.s.pick(r.shifted(actual), actual)
			change[j] = out[j].value.minus(actual)
			rest = v.fix(rest, j, change[j])
		}
		out[j].determined = v.s.single(out[j].span)
	}
	for j, l := range pivotOf {
		if l != nil {
			v.depend(&out[j], l, j, change, out)
		}
	}
	return out
}

// depend computes a figure from its line once the free changes are chosen.
func (v *solver) depend(o *outcome, l *line, j int, change []exact, all []outcome) {
	actual := v.s.value[o.figure]
	sum, free, known := l.rest, -1, true
	for k, c := range l.coef {
		if k == j || c.isZero() {
			continue
		}
		sum = sum.plus(c.times(change[k]))
		known = known && all[k].known
		if free == -1 {
			free = k
		} else {
			free = -2 // more than one: the range is not a line
		}
	}
	o.value = actual.minus(sum)
	_, finite := o.value.decimals()
	o.known = known && finite
	switch free {
	case -1:
		o.span = span{o.value, o.value, true, true}
	case -2:
	default:
		o.span = v.mapped(all[free], l, free).shifted(actual)
	}
	o.determined = o.known && v.s.single(o.span)
}

// mapped is the range of a change that is minus the line's rest minus a
// coefficient times one free change.
func (v *solver) mapped(o outcome, l *line, free int) span {
	c := l.coef[free]
	in := o.span.shifted(v.s.value[o.figure].neg())
	if c.sign() > 0 {
		in = span{in.high, in.low, in.hasHigh, in.hasLow}
	}
	at := func(x exact) exact { return l.rest.plus(c.times(x)).neg() }
	return span{at(in.low), at(in.high), in.hasLow, in.hasHigh}
}

// pick chooses a value from a range: the middle of a range with two ends, which
// is the nominal value of a relation with a tolerance, the end of a range with
// one, at the scale of the net's figures where that is possible.
func (s *system) pick(r span, actual exact) (value exact, ok bool) {
	unit := powerOfTen(s.scale - s.printed)
	if !r.hasLow && !r.hasHigh {
		return actual, true
	}
	for range 8 {
		switch {
		case r.hasLow && r.hasHigh:
			middle := r.low.plus(r.high).over(exact{whole: 2})
			value = middle.over(unit).plus(one.over(exact{whole: 2})).floor().times(unit)
		case r.hasLow:
			value = r.low.over(unit).ceil().times(unit)
		default:
			value = r.high.over(unit).floor().times(unit)
		}
		if (!r.hasLow || r.low.cmp(value) <= 0) && (!r.hasHigh || value.cmp(r.high) <= 0) {
			return value, true
		}
		unit = unit.over(powerOfTen(1))
	}
	return exact{}, false
}

// single tells whether exactly one value at the scale of the net's figures
// lies in the range, or the range is one value of any scale.
func (s *system) single(r span) bool {
	if r.point() {
		return true
	}
	if !r.hasLow || !r.hasHigh {
		return false
	}
	unit := powerOfTen(s.scale - s.printed)
	return r.low.over(unit).ceil().equal(r.high.over(unit).floor())
}
