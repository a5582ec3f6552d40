package report

import (
	"tieout/calc"
	"tieout/calc/formula"
	"tieout/reconcile"
)

// mark says what a value of a record should be.
type mark struct {
	// sure is true for a located figure, and false for one that could be wrong.
	sure bool
	// sign stands before the value: → or ?, and a bound in words.
	sign  string
	value *calc.Amount
	// words in place of a value.
	words string
}

// cell beside the marked value.
func (m *mark) cell() cell {
	l := guessLook
	if m.sure {
		l = rightLook
	}
	if m.value == nil {
		return prose(m.words).looks(l)
	}
	return pointed(m.sign, *m.value).looks(l)
}

// The signs before what a figure should be, and what it would have to be.
const surely, perhaps = "→ ", "? "

// mark marks the values that a finding speaks of: the located one, else every
// candidate, else the one that the broken relation names. A value keeps its
// first mark, which is of the likeliest candidate, unless it is located.
func (b *recordBlock) mark(f *reconcile.Finding) {
	set := func(pointer string, m *mark) {
		if old := b.marks[pointer]; old == nil || m.sure && !old.sure {
			b.marks[pointer] = m
		}
	}
	bound := ""
	if f.HasFigures && f.Op != formula.Equal {
		bound = f.Op.Bound() + " "
	}
	if f.Located {
		set(f.Place.Pointer, &mark{sure: true, sign: surely + bound, value: &f.Expected})
		return
	}
	for i := range f.Candidates {
		c := &f.Candidates[i]
		set(c.Pointer, &mark{sign: perhaps, value: &c.Expected})
	}
	if len(f.Candidates) > 0 {
		return
	}
	m := &mark{words: "see the finding"}
	if f.HasFigures && (len(f.Evidence) == 0 || f.Evidence[0].Reading == 0) {
		m.sign, m.value = perhaps+bound, &f.Expected
	}
	set(f.Place.Pointer, m)
}

// missingFigure names a missing figure as well as the result does.
type missingFigure struct{ source, record, pointer string }

// missingFigures are the missing figures of a result with the value that each
// must have, nil where it is open or two records of one name differ in it.
func missingFigures(r *reconcile.Result) map[missingFigure]*calc.Amount {
	values := map[missingFigure]*calc.Amount{}
	for i := range r.NotEvaluable {
		m := &r.NotEvaluable[i]
		k := missingFigure{m.Source, m.Record, m.Pointer}
		old, seen := values[k]
		switch {
		case !seen:
			values[k] = m.Implied
		case old != nil && (m.Implied == nil || !old.Equal(*m.Implied)):
			values[k] = nil
		}
	}
	return values
}

// markMissing marks the missing figures for want of which a check could not be
// made.
func (b *recordBlock) markMissing(missing map[missingFigure]*calc.Amount) {
	s := b.snapshot
	for t := range s.Tables {
		for i := range s.Tables[t].Rows {
			for k := range s.Tables[t].Rows[i].Values {
				pointer := s.Tables[t].Rows[i].Values[k].Pointer
				value, wanted := missing[missingFigure{s.Source, s.Record, pointer}]
				if !wanted || b.marks[pointer] != nil {
					continue
				}
				m := &mark{words: "not known"}
				if value != nil {
					m = &mark{sign: "must be ", value: value}
				}
				b.marks[pointer] = m
			}
		}
	}
}
