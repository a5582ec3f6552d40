package report

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"tieout/calc"
	"tieout/calc/formula"
	characters "tieout/calc/text"
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
		c := prose(m.words)
		if m.sure { // stands beside the value and is as short, mostly
			c = c.right()
			c.Style.Wrap = utf8.RuneCountInString(m.words) >= charactersIn[nameWidth]
		}
		return c.looks(l)
	}
	return pointed(m.sign, *m.value).looks(l)
}

// The signs before what a figure should be, and what it would have to be.
const surely, perhaps = "→ ", "? "

// set marks a value. It keeps its first mark, which is of the likeliest candidate,
// unless it is found to be wrong for sure.
func (b *recordBlock) set(pointer string, m *mark) {
	if old := b.marks[pointer]; old == nil || m.sure && !old.sure {
		b.marks[pointer] = m
	}
}

// mark marks the values that a finding speaks of: the located one, else every
// candidate, else the one that the broken rule names. Candidates of other records
// are marked there, where they are shown.
func (plan *recordPlan) mark(finding int, f *reconcile.Finding) {
	b := plan.of[finding]
	bound := ""
	if f.HasFigures && f.Op != formula.Equal {
		bound = f.Op.Bound() + " "
	}
	if f.Located {
		b.set(f.Place.Pointer, &mark{sure: true, sign: surely + bound, value: &f.Expected})
		return
	}
	here := false // whether a candidate stands in the finding's own record
	for i := range f.Candidates {
		c := &f.Candidates[i]
		at := b
		if c.File == "" && c.Source == "" {
			here = true
		} else if at = plan.other(f, c); at == nil {
			continue
		}
		at.set(c.Pointer, &mark{sign: perhaps, value: &c.Expected})
		at.alsoFinding(finding)
	}
	switch {
	case here:
		return
	case len(f.Candidates) > 0: // they are not what the finding names
		b.set(f.Place.Pointer, &mark{words: "see the finding"})
		return
	case !f.HasFigures:
		b.markText(f)
		return
	}
	m := &mark{words: "see the finding"}
	if len(f.Evidence) == 0 || f.Evidence[0].Reading == 0 {
		m.sign, m.value = perhaps+bound, &f.Expected
	}
	b.set(f.Place.Pointer, m)
}

// markText marks the value that a finding tells wrong that is not about amounts,
// or the row.
func (b *recordBlock) markText(f *reconcile.Finding) {
	m := &mark{words: "see the finding"}
	if wanted := wantedWords(f); wanted != "" {
		m = &mark{sure: true, words: surely + oneLine(cutText(wanted, longestValue))}
	}
	if f.Value == nil && f.Raw == "" {
		b.rows[f.Place.Pointer] = true
		return
	}
	b.set(f.Place.Pointer, m)
}

// other is the block of the record that a candidate of another record stands in;
// nil when it is not shown.
func (plan *recordPlan) other(f *reconcile.Finding, c *reconcile.Candidate) *recordBlock {
	file := cmp.Or(c.File, f.Place.File)
	for _, b := range plan.blocks {
		s := b.snapshot
		switch {
		case s == f.Snapshot || s.File != file || c.Source != "" && s.Source != c.Source:
		case characters.Fold(s.Record) == characters.Fold(f.Record): // as records are joined
			return b
		}
	}
	return nil
}

// alsoFinding adds a finding of another record that speaks of this one too.
func (b *recordBlock) alsoFinding(i int) {
	if !slices.Contains(b.findings, i) {
		b.findings = append(b.findings, i)
		slices.Sort(b.findings)
	}
}

// missingFigure names a missing figure as well as the result does.
type missingFigure struct{ source, record, pointer string }

// missingFigures are the missing figures of the records that are shown with the value
// that each must have, nil where it is open or two records of one name differ in it.
func (plan *recordPlan) missingFigures(r *reconcile.Result) map[missingFigure]*calc.Amount {
	type record struct{ source, name string }
	shown := map[record]bool{}
	for _, b := range plan.blocks {
		shown[record{b.snapshot.Source, b.snapshot.Record}] = true
	}
	values := map[missingFigure]*calc.Amount{}
	if len(shown) == 0 {
		return values
	}
	for _, m := range r.NotEvaluable.All() {
		if !shown[record{m.Source, m.Record}] {
			continue
		}
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
