package locate

import (
	"slices"
	"sync"
)

// search finds all smallest sets of figures that explain the broken rows of a
// part, by the branching of Fellegi and Holt: whatever explains must change a
// figure of each condition that does not hold, so one such condition is chosen
// and each of its figures tried in turn. The conditions are the broken rows
// and, once a figure is chosen, what remains of the rows when it is eliminated.
type search struct {
	s      *system
	solver *solver
	broken []int // rows, those with the fewest suspects first

	set       []int
	touched   []int32 // by row: how many figures of the set it contains
	forbidden []bool  // by figure: tried already in this branch
	size      int     // of the sets looked for
	steps     int     // nodes left
	found     [][]int
	cut       bool // a larger set might explain
	spent     bool // gave up

	seen  []int32 // by figure: the call of packing that counted it
	call  int32
	coefs []exact   // by figure, scratch of options
	lists room[int] // what is to be tried
	// untried is the condition of a row without a figure of the set.
	untried [1]share
}

// searches that are done with, for their memory.
var searches = sync.Pool{New: func() any { return &search{solver: &solver{}} }}

// release a search that is done with, and its solver.
func (q *search) release() {
	clear(q.found)
	q.s, q.solver.s = nil, nil
	searches.Put(q)
}

func newSearch(s *system, broken []int, steps int) *search {
	q := searches.Get().(*search)
	*q = search{
		s:         s,
		solver:    q.solver,
		broken:    append(q.broken[:0], broken...),
		set:       q.set[:0],
		touched:   cleared(q.touched, len(s.rows)),
		forbidden: cleared(q.forbidden, len(s.value)),
		steps:     steps,
		found:     q.found[:0],
		seen:      cleared(q.seen, len(s.value)),
		coefs:     cleared(q.coefs, len(s.value)),
		lists:     q.lists,
	}
	q.lists.empty()
	q.solver.begin(s)
	slices.SortStableFunc(q.broken, func(a, b int) int { return s.suspects(a) - s.suspects(b) })
	return q
}

// suspects counts the figures of a row that may be wrong.
func (s *system) suspects(row int) int {
	n := 0
	for _, term := range s.rows[row].terms {
		if s.suspect(term.Figure) {
			n++
		}
	}
	return n
}

// answer is what a search ends with.
type answer struct {
	sets    [][]int // all smallest sets, empty when there are none or it gave up
	atLeast int     // no smaller set explains
	gaveUp  bool
}

// run looks for sets of one figure, of two and so on up to limit.
func (q *search) run(limit int) answer {
	for q.size = q.packing(limit + 1); q.size <= limit; q.size++ {
		q.cut = false
		q.extend()
		switch {
		case q.spent:
			return answer{sets: q.found, atLeast: q.size, gaveUp: true}
		case len(q.found) > 0:
			return answer{sets: q.found, atLeast: q.size}
		case !q.cut:
			return answer{atLeast: q.size}
		}
	}
	return answer{atLeast: q.size, gaveUp: true}
}

// extend tries the set and, when it does not explain, each larger one.
func (q *search) extend() {
	if q.steps--; q.steps < 0 {
		q.spent = true
	}
	if q.spent {
		return
	}
	if len(q.set) == q.size && (q.cut || len(q.found) > 0) && q.isContradicted() {
		return // and nothing hangs on why
	}
	var condition []share
	if row := q.untouched(); row >= 0 {
		if len(q.set)+q.packing(q.size+1-len(q.set)) > q.size {
			q.cut = q.cut || q.open(row)
			return
		}
		q.untried[0] = share{int32(row), one}
		condition = q.untried[:]
	} else {
		v := q.solver.solve(q.set)
		switch {
		case v.overflow:
			q.spent = true
			return
		case v.feasible:
			found := q.s.numbers.take(len(q.set))
			copy(found, q.set)
			slices.Sort(found)
			q.found = append(q.found, found)
			return
		}
		condition = v.conflict
	}
	if len(q.set) == q.size {
		q.cut = q.cut || q.hasOption(condition)
		return
	}
	before := q.lists
	options := q.options(condition)
	for _, figure := range options {
		q.push(figure)
		q.extend()
		q.pop(figure)
		q.forbidden[figure] = true
	}
	for _, figure := range options {
		q.forbidden[figure] = false
	}
	q.lists.back(before)
}

// isContradicted tells whether two equalities, of which each contains one figure of the
// set and both the same one, demand different values of it. Then the set does not explain.
func (q *search) isContradicted() bool {
	for _, figure := range q.set {
		met, left, coef := false, exact{}, int64(0)
		for _, e := range q.s.entries(figure) {
			r := &q.s.rows[e.row]
			switch {
			case q.touched[e.row] > 1 || !r.isExact():
			case !met:
				met, left, coef = true, r.left, e.coef
			case !left.times(exact{whole: e.coef}).equal(r.left.times(exact{whole: coef})):
				return true
			}
		}
	}
	return false
}

// untouched is the first broken row without a figure of the set, -1 when there
// is none.
func (q *search) untouched() int {
	for _, row := range q.broken {
		if q.touched[row] == 0 {
			return row
		}
	}
	return -1
}

// open tells whether a row has a figure still to be tried.
func (q *search) open(row int) bool {
	for _, term := range q.s.rows[row].terms {
		if q.s.suspect(term.Figure) && !q.forbidden[term.Figure] {
			return true
		}
	}
	return false
}

// options are the suspects that a sum of rows contains, in order, without
// those that cancel out and those tried before.
func (q *search) options(from []share) []int {
	most := 0
	for _, part := range from {
		most += len(q.s.rows[part.row].terms)
	}
	figures := q.lists.take(most)[:0]
	for _, part := range from {
		for _, term := range q.s.rows[part.row].terms {
			q.coefs[term.Figure] = q.coefs[term.Figure].plus(part.factor.times(exact{whole: term.Coef}))
			figures = append(figures, term.Figure)
		}
	}
	slices.Sort(figures)
	figures = slices.Compact(figures)
	kept := figures[:0]
	for _, figure := range figures {
		if !q.coefs[figure].isZero() && q.s.suspect(figure) && !q.forbidden[figure] {
			kept = append(kept, figure)
		}
		q.coefs[figure] = exact{}
	}
	return kept
}

// hasOption tells whether there are options.
func (q *search) hasOption(from []share) bool {
	if len(from) == 1 {
		return q.open(int(from[0].row))
	}
	before := q.lists
	defer func() { q.lists.back(before) }()
	return len(q.options(from)) > 0
}

func (q *search) push(figure int) {
	q.set = append(q.set, figure)
	for _, e := range q.s.entries(figure) {
		q.touched[e.row]++
	}
}

func (q *search) pop(figure int) {
	q.set = q.set[:len(q.set)-1]
	for _, e := range q.s.entries(figure) {
		q.touched[e.row]--
	}
}

// packing counts broken rows that the set does not touch and of which no two
// share a figure still to be tried: so many figures more, at least, an
// explanation needs. It stops counting at most.
func (q *search) packing(most int) int {
	q.call++
	count := 0
	for _, row := range q.broken {
		if count >= most {
			break
		}
		if q.touched[row] > 0 || q.shares(row) {
			continue
		}
		count++
		for _, term := range q.s.rows[row].terms {
			q.seen[term.Figure] = q.call
		}
	}
	return count
}

// shares tells whether a row has a figure to be tried in common with a row
// that packing counted.
func (q *search) shares(row int) bool {
	for _, term := range q.s.rows[row].terms {
		f := term.Figure
		if q.seen[f] == q.call && !q.forbidden[f] && q.s.suspect(f) {
			return true
		}
	}
	return false
}
