package locate

import "slices"

// Limits bound the search for explanations of several figures. Within them all
// smallest sets are found.
type Limits struct {
	// Changes is the size of the largest sets looked for in one part of the
	// net. 0 stands for DefaultChanges.
	Changes int
	// Steps bounds the sets tried in one part. 0 stands for DefaultSteps.
	Steps int
}

// The limits that hold unless others are given. A step costs about a
// microsecond.
const (
	DefaultChanges = 6
	DefaultSteps   = 20_000
)

// Explain finds, for every connected part of the net that holds a broken
// relation, the smallest sets of figures whose change makes all relations
// hold. It never changes the net. The same net gives the same explanation.
//
// It errs with
//   - ErrFigure for a term whose figure is not in the net,
//   - ErrCoefficient for a coefficient beyond MaxCoef,
//   - ErrTolerance for a tolerance below zero.
func Explain(net *Net, limits Limits) (Explanation, error) {
	if limits.Changes <= 0 {
		limits.Changes = DefaultChanges
	}
	if limits.Steps <= 0 {
		limits.Steps = DefaultSteps
	}
	e, err := explainOnce(net, limits)
	for i := 0; i < len(e.Causes); i++ {
		if c := &e.Causes[i]; c.GaveUp && len(c.Candidates) == 0 {
			if parts := net.clusters(c, limits); parts != nil {
				e.Causes = slices.Replace(e.Causes, i, i+1, parts...)
				i += len(parts) - 1
			}
		}
	}
	if len(e.Causes) > 1 {
		slices.SortStableFunc(e.Causes, func(a, b Cause) int { return a.Evidence[0] - b.Evidence[0] })
	}
	return e, err
}

// explainOnce searches every part as a whole.
func explainOnce(net *Net, limits Limits) (Explanation, error) {
	s, err := systemOf(net)
	if err != nil {
		return Explanation{}, err
	}
	defer s.release()
	var e Explanation
	var repaired map[int]exact
	var doubtful map[int]bool
	if s.lacks {
		repaired, doubtful = map[int]exact{}, map[int]bool{}
	}
	for _, part := range s.parts() {
		found := s.explainPart(part, limits)
		if e.Causes == nil {
			e.Causes = make([]Cause, 0, len(found))
		}
		for i := range found {
			if s.lacks {
				found[i].settle(repaired, doubtful)
			}
			e.Causes = append(e.Causes, found[i].Cause)
		}
	}
	if s.lacks {
		e.Missing = s.missing(repaired, doubtful)
	}
	return e, nil
}

func hasMissing(net *Net) bool {
	for i := range net.Figures {
		if net.Figures[i].Missing {
			return true
		}
	}
	return false
}

// part is a connected part of the net that holds a broken row.
type part struct {
	broken  []int // ascending
	figures []int // those that may be wrong
	number  int32 // in the frame of the net, 0 when it was not known there
}

// parts collects the connected parts with broken rows. Two rows are connected
// when they share a figure that may be wrong.
func (s *system) parts() []part {
	all := s.parted[:0]
	var rowSeen, figureSeen []bool
	for i := range s.rows {
		if !s.rows[i].broken() || rowSeen != nil && rowSeen[i] {
			continue
		}
		if number := s.frame.partOf(i); number > 0 {
			at := slices.IndexFunc(all, func(p part) bool { return p.number == number })
			if at < 0 {
				at = len(all)
				all = append(all, part{
					broken: s.numbers.take(len(s.rows))[:0], figures: s.frame.parts[number-1], number: number,
				})
			}
			all[at].broken = append(all[at].broken, i)
			continue
		}
		if rowSeen == nil {
			rowSeen, figureSeen = s.marks.take(len(s.rows)), s.marks.take(len(s.value))
		}
		all = append(all, s.connected(i, rowSeen, figureSeen))
		s.frame.keep(all[len(all)-1].figures, rowSeen)
	}
	s.parted = all
	return all
}

// connected collects the part of row start.
func (s *system) connected(start int, rowSeen, figureSeen []bool) part {
	p := part{broken: s.numbers.take(len(s.rows))[:0], figures: s.numbers.take(len(s.value))[:0]}
	queue := append(s.queue[:0], start)
	rowSeen[start] = true
	for len(queue) > 0 {
		row := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		r := &s.rows[row]
		if r.broken() {
			p.broken = append(p.broken, row)
		}
		for _, term := range r.live() {
			if figureSeen[term.Figure] || !s.suspect(term.Figure) {
				continue
			}
			figureSeen[term.Figure] = true
			p.figures = append(p.figures, term.Figure)
			for _, e := range s.entries(term.Figure) {
				if !rowSeen[e.row] {
					rowSeen[e.row] = true
					queue = append(queue, int(e.row))
				}
			}
		}
	}
	s.queue = queue
	slices.Sort(p.broken)
	slices.Sort(p.figures)
	return p
}

// explainPart searches one part and tells its causes apart.
func (s *system) explainPart(p part, limits Limits) []finding {
	x := &examiner{s: s, part: p, steps: limits.Steps, size: 1}
	defer x.release()
	if alone, ok := s.singles(p.broken, limits.Steps); ok && len(alone) > 0 {
		sets := s.sets.take(len(alone))
		for i := range alone {
			sets[i] = alone[i : i+1 : i+1]
		}
		return x.causes(sets, false)
	}
	a := x.search().run(limits.Changes)
	if len(a.sets) == 0 {
		c := Cause{AtLeast: a.atLeast, GaveUp: a.gaveUp}
		s.addEvidence(&c, p.broken)
		f := finding{Cause: c}
		if s.lacks {
			f.doubtful = s.figuresOf(p.broken)
		}
		return []finding{f}
	}
	x.size = a.atLeast
	solved := make([][]outcome, len(a.sets))
	for i, set := range a.sets {
		solved[i] = x.search().solver.outcomes(set)
	}
	return x.causes(solved, a.gaveUp)
}
