package reconcile

import (
	"slices"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// inferred are figures as a law has them that is no relation between printed
// figures: by a rate, by the terms, by the days. What is inferred may decide
// between the figures that relations leave in doubt; it accuses none alone.
type inferred map[inferredAt]calc.Amount

type inferredAt struct {
	home    *schema.Record
	pointer string
}

// infer gathers what the broken functions of some records have figures to be, and
// what two figures would be that should be the same, each as the other. A figure of which two say different things is in none's favour.
func infer(subjects []*subject) inferred {
	if !slices.ContainsFunc(subjects, func(s *subject) bool { return len(s.breaches) > 0 }) {
		return nil
	}
	all := inferred{}
	for _, s := range subjects {
		for i := range s.breaches {
			b := &s.breaches[i].Breach
			all.add(b)
			for k := range b.Either {
				all.add(&b.Either[k])
			}
		}
	}
	return all
}

// add what a breach has a figure to be.
func (all inferred) add(b *schema.Breach) {
	if !b.Figure || b.AtMost || b.AtLeast {
		return
	}
	at := inferredAt{b.Home, b.Pointer}
	if other, known := all[at]; known && !other.Equal(b.Amount) {
		delete(all, at)
		return
	}
	all[at] = b.Amount
}

// decide puts the explanation first that what is inferred bears out, when the
// relations leave a cause open: one figure alone that should be just what was
// inferred. It tells whether there is exactly one such.
func (all inferred) decide(n *recordNet, cause *locate.Cause) bool {
	if cause.Located || len(all) == 0 {
		return false
	}
	borneOut := func(c locate.Candidate) bool {
		if len(c.Changes) != 1 || isOpen(&c) {
			return false
		}
		ch := &c.Changes[0]
		value, known := all[inferredAt{n.figures[ch.Figure].rec, n.pointer(ch.Figure)}]
		return known && value.Equal(ch.Implied)
	}
	first := slices.IndexFunc(cause.Candidates, borneOut)
	if first < 0 || slices.ContainsFunc(cause.Candidates[first+1:], borneOut) {
		return false
	}
	one := cause.Candidates[first]
	cause.Candidates = slices.Insert(slices.Delete(slices.Clone(cause.Candidates), first, first+1), 0, one)
	return true
}
