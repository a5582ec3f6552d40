package reconcile

import "sync"

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

// giveBack the memory of findings that are told.
func (r *Run) giveBack() {
	m := r.lent
	if m == nil {
		return
	}
	r.lent = nil
	m.evidence.empty()
	m.figures.empty()
	m.candidates.empty()
	memories.Put(m)
}

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
