package locate

// maxLines bounds the inequalities that the elimination of one change may
// leave; their number can square at each step.
const maxLines = 400

// decide tells whether the inequalities left after the equalities were solved
// have a solution, by eliminating one change after the other (Fourier and
// Motzkin).
func (v *solver) decide(n int) verdict {
	lines := v.inequalities()
	for j := range n {
		var ok bool
		if lines, ok = v.project(lines, j); !ok {
			return verdict{overflow: true}
		}
	}
	for i := range lines {
		if lines[i].rest.sign() > 0 {
			return verdict{conflict: lines[i].from}
		}
	}
	return verdict{feasible: true}
}

// inequalities are the lines that are not equalities.
func (v *solver) inequalities() []line {
	v.rest = v.rest[:0]
	for i := range v.lines {
		if !v.lines[i].equal {
			v.rest = append(v.rest, v.lines[i])
		}
	}
	return v.rest
}

// project removes change j: each upper bound meets each lower bound. ok is
// false when there would be too many lines. What it gives stays until it has given lines
// twice more.
func (v *solver) project(lines []line, j int) (out []line, ok bool) {
	contains := false
	for i := range lines {
		contains = contains || !lines[i].coef[j].isZero()
	}
	if !contains {
		return lines, true
	}
	v.meeting[0], v.meeting[1] = v.meeting[1], v.meeting[0]
	out = v.meeting[0][:0]
	defer func() { v.meeting[0] = out }()
	for i := range lines {
		up := &lines[i]
		if up.coef[j].isZero() {
			out = append(out, *up)
			continue
		}
		if up.coef[j].sign() < 0 {
			continue
		}
		for k := range lines {
			low := &lines[k]
			if low.coef[j].sign() >= 0 {
				continue
			}
			if len(out) >= maxLines {
				return nil, false
			}
			// up times |low's coefficient| plus low times up's cancels j.
			out = append(out, v.cancel(up, low, j))
		}
	}
	return out, true
}

// cancel is the sum of two lines, each times a factor above zero, that does
// not contain change j.
func (v *solver) cancel(up, low *line, j int) line {
	f, g := low.coef[j].neg(), up.coef[j]
	sum := line{coef: v.numbers(len(up.coef)), rest: up.rest.times(f).plus(low.rest.times(g))}
	for i := range sum.coef {
		sum.coef[i] = up.coef[i].times(f).plus(low.coef[i].times(g))
	}
	sum.from = v.shares(up.from, f, low.from, g)
	return sum
}

// span is a range of numbers; a side that is not set is open.
type span struct {
	low, high       exact
	hasLow, hasHigh bool
}

// point tells whether the range is a single number.
func (r span) point() bool { return r.hasLow && r.hasHigh && r.low.equal(r.high) }

// shifted is the range moved by a number.
func (r span) shifted(by exact) span {
	r.low, r.high = r.low.plus(by), r.high.plus(by)
	return r
}

// spanOf is the range of change j that the lines leave when all others may
// vary; ok is false when that was too much to compute.
func (v *solver) spanOf(lines []line, n, j int) (r span, ok bool) {
	for k := range n {
		if k == j {
			continue
		}
		if lines, ok = v.project(lines, k); !ok {
			return span{}, false
		}
	}
	for i := range lines {
		l := &lines[i]
		switch l.coef[j].sign() {
		case 1:
			if bound := l.rest.over(l.coef[j]).neg(); !r.hasHigh || bound.cmp(r.high) < 0 {
				r.high, r.hasHigh = bound, true
			}
		case -1:
			if bound := l.rest.over(l.coef[j]).neg(); !r.hasLow || bound.cmp(r.low) > 0 {
				r.low, r.hasLow = bound, true
			}
		}
	}
	return r, true
}

// fix puts a value for change j into the lines.
func (v *solver) fix(lines []line, j int, value exact) []line {
	out := make([]line, len(lines))
	for i := range lines {
		out[i] = lines[i]
		if c := lines[i].coef[j]; !c.isZero() {
			out[i].coef = v.numbers(len(lines[i].coef))
			copy(out[i].coef, lines[i].coef)
			out[i].coef[j] = exact{}
			out[i].rest = lines[i].rest.plus(c.times(value))
		}
	}
	return out
}
