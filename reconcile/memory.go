package reconcile

import (
	"sync"

	"tieout/calc/formula"
)

// memory is that of the findings of a part which are only told: it is used again for
// those of another part. A nil one is for findings that are kept, which have memory of
// their own.
type memory struct {
	evidence   reused[Evidence]
	figures    reused[Figure]
	candidates reused[Candidate]
}

var memories = sync.Pool{New: func() any { return &memory{} }}

// foundLists are empty lists of the findings of parts, for their memory.
var foundLists = sync.Pool{New: func() any { return new([]Finding) }}

// memory for what the findings of the run hold, nil when they are kept.
func (r *Run) memory() *memory {
	if r.whole == nil || !r.whole.result.Findings.passing {
		return nil
	}
	if r.lent == nil {
		r.lent = memories.Get().(*memory)
	}
	return r.lent
}

// takeBack the memory of a part whose findings are added.
func (r *Run) takeBack(p *Run) {
	if s := p.scratch; s != nil {
		p.scratch = nil
		if s.spare != nil {
			s.spare.empty()
		}
		r.scratches.Put(s)
	}
	if m := p.lent; m != nil {
		p.lent = nil
		m.evidence.empty()
		m.figures.empty()
		m.candidates.empty()
		memories.Put(m)
	}
}

// scratch is the memory in which a run checks one record after the other.
type scratch struct {
	sheet     formula.Sheet
	spare     *subject // room for the next record
	concluded []Finding
}

// lend a part the memory of another one of the run.
func (r *Run) lend() *scratch {
	if s, is := r.scratches.Get().(*scratch); is {
		return s
	}
	return &scratch{}
}

// isKept tells whether the findings are kept, and shown with the text around their places.
func (m *memory) isKept() bool { return m == nil }

func (m *memory) newEvidence(n int) []Evidence {
	if m == nil {
		return make([]Evidence, 0, n)
	}
	return m.evidence.take(n)
}

func (m *memory) newFigures(n int) []Figure {
	if m == nil {
		return make([]Figure, 0, n)
	}
	return m.figures.take(n)
}

func (m *memory) newCandidates(n int) []Candidate {
	if m == nil {
		return make([]Candidate, 0, n)
	}
	return m.candidates.take(n)
}

// reused is memory for lists that are done with together.
type reused[T any] struct{ all []T }

// The fewest and, unless more are asked for, the most things that more memory is taken for.
const leastReused, mostReused = 16, 1024

// take gives an empty list with room for n.
func (r *reused[T]) take(n int) []T {
	from := len(r.all)
	if from+n > cap(r.all) {
		r.all, from = make([]T, 0, max(n, min(2*cap(r.all), mostReused), leastReused)), 0
	}
	r.all = r.all[:from+n]
	return r.all[from : from : from+n]
}

// empty takes all lists back, and forgets what is in them.
func (r *reused[T]) empty() {
	clear(r.all)
	r.all = r.all[:0]
}
