package locate

// solver decides whether a set of figures can be changed so that every row
// that contains one of them holds. It keeps its memory between calls.
type solver struct {
	s     *system
	loose bool // leave inequalities out
	lines []line
	mark  []int32 // by row: the call that last took it
	call  int32
	nums  []exact
	parts []share
	// memory of decide and outcomes
	rest    []line
	meeting [2][]line
	pivots  []*line
	changes []exact
}

// line is a linear condition on the changes d of the figures of a set:
// the sum of coef[j] * d[j] + rest is 0, or at most 0. It is the sum of rows
// times factors; a factor of a row that is an inequality is above zero.
type line struct {
	coef  []exact
	rest  exact
	equal bool
	pivot bool // solved for the change lead
	lead  int
	from  []share
}

// share is a row times a factor.
type share struct {
	row    int32
	factor exact
}

// verdict is what a call of the solver found. An infeasible set comes with the
// shares that contradict it: their sum is a condition in which no figure of
// the set remains and which the actual values do not meet, so that any larger
// set that explains must contain one of its figures.
type verdict struct {
	feasible bool
	overflow bool // too many conditions to decide
	conflict []share
}

// begin with another system.
func (v *solver) begin(s *system) {
	*v = solver{
		s: s, mark: cleared(v.mark, len(s.rows)), lines: v.lines[:0], nums: v.nums[:0], parts: v.parts[:0],
		rest: v.rest, meeting: v.meeting, pivots: v.pivots, changes: v.changes,
	}
}

// solve reduces the conditions on the changes of the set and decides whether
// they can be met.
func (v *solver) solve(set []int) verdict {
	v.setUp(set)
	if conflict, ok := v.eliminate(len(set)); !ok {
		return verdict{conflict: conflict}
	}
	return v.decide(len(set))
}

// setUp writes a line for each row that contains a figure of the set, two for
// an equality with a tolerance.
func (v *solver) setUp(set []int) {
	v.lines, v.nums, v.parts = v.lines[:0], v.nums[:0], v.parts[:0]
	v.call++
	for _, figure := range set {
		for _, e := range v.s.entries(figure) {
			if v.mark[e.row] == v.call {
				continue
			}
			v.mark[e.row] = v.call
			r := &v.s.rows[e.row]
			if v.loose && r.op == AtMost {
				continue
			}
			if r.op == Equal && r.tolerance.isZero() {
				v.add(set, e.row, one, r.left, true)
				continue
			}
			v.add(set, e.row, one, r.left.minus(r.tolerance), false)
			if r.op == Equal {
				minus := one.neg()
				v.add(set, e.row, minus, r.left.neg().minus(r.tolerance), false)
			}
		}
	}
}

// add writes one line: the row's coefficients times the factor, and rest.
func (v *solver) add(set []int, row int32, factor, rest exact, equal bool) {
	coef := v.numbers(len(set))
	for j, figure := range set {
		for _, e := range v.s.entries(figure) {
			if e.row == row {
				coef[j] = exact{whole: e.coef}.times(factor)
				break
			}
		}
	}
	start := len(v.parts)
	v.parts = append(v.parts, share{row, factor})
	v.lines = append(v.lines, line{coef: coef, rest: rest, equal: equal, from: v.parts[start:len(v.parts):len(v.parts)]})
}

// numbers takes n zeros from the solver's memory.
func (v *solver) numbers(n int) []exact {
	start := len(v.nums)
	for range n {
		v.nums = append(v.nums, exact{})
	}
	return v.nums[start:len(v.nums):len(v.nums)]
}

// eliminate solves the equalities for as many changes as they determine and
// removes those changes from all other lines (Gauss and Jordan). It reports
// the contradiction when the equalities have no solution.
func (v *solver) eliminate(n int) (conflict []share, ok bool) {
	for j := range n {
		pivot := v.pivotLine(j)
		if pivot < 0 {
			continue
		}
		p := &v.lines[pivot]
		p.pivot, p.lead = true, j
		v.scale(p, one.over(p.coef[j]))
		for i := range v.lines {
			if l := &v.lines[i]; i != pivot && !l.coef[j].isZero() {
				v.combine(l, p, l.coef[j].neg())
			}
		}
	}
	for i := range v.lines {
		if l := &v.lines[i]; l.equal && !l.pivot && !l.rest.isZero() {
			return l.from, false
		}
	}
	// A change whose decimal form does not end cannot be printed: no amount
	// satisfies the line.
	for i := range v.lines {
		if l := &v.lines[i]; l.pivot && l.unknowns() == 1 {
			if _, finite := l.rest.decimals(); !finite {
				return l.from, false
			}
		}
	}
	return nil, true
}

// pivotLine is the first unused equality that contains change j, -1 without.
func (v *solver) pivotLine(j int) int {
	for i := range v.lines {
		if l := &v.lines[i]; l.equal && !l.pivot && !l.coef[j].isZero() {
			return i
		}
	}
	return -1
}

// scale multiplies a line; its shares are copied because others may hold them.
func (v *solver) scale(l *line, factor exact) {
	if factor.equal(one) {
		return
	}
	for j := range l.coef {
		l.coef[j] = l.coef[j].times(factor)
	}
	l.rest = l.rest.times(factor)
	l.from = v.shares(nil, exact{}, l.from, factor)
}

// combine adds factor times p to l.
func (v *solver) combine(l, p *line, factor exact) {
	for j := range l.coef {
		if !p.coef[j].isZero() {
			l.coef[j] = l.coef[j].plus(p.coef[j].times(factor))
		}
	}
	l.rest = l.rest.plus(p.rest.times(factor))
	l.from = v.shares(l.from, one, p.from, factor)
}

// shares is f times a plus g times b.
func (v *solver) shares(a []share, f exact, b []share, g exact) []share {
	start := len(v.parts)
	for _, s := range a {
		v.parts = append(v.parts, share{s.row, s.factor.times(f)})
	}
	for _, s := range b {
		v.parts = append(v.parts, share{s.row, s.factor.times(g)})
	}
	return v.parts[start:len(v.parts):len(v.parts)]
}

// unknowns counts the changes that a line contains.
func (l *line) unknowns() int {
	n := 0
	for j := range l.coef {
		if !l.coef[j].isZero() {
			n++
		}
	}
	return n
}
