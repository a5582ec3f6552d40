package reconcile

import (
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// broken is a reading that does not hold, with its place.
type broken struct {
	Evidence
	subject *schema.Value // nil when the subject is not one figure
	unit    string
	clause  schema.Severity
	// reversed is true when the subject is the right side of the law.
	reversed bool
	home     *schema.Record // that holds the subject
	offset   int
	end      int
}

// evidences of a relation of which every reading that applies is broken, one for each;
// the first is the reading that the law names first.
func (r *Run) evidences(l *law, s *subject, rel *formula.Relation, instance int) []broken {
	all := s.evidence.take(len(rel.Readings))
	for i := range rel.Readings {
		left, right, gap := r.sheet.Sides(&rel.Readings[i], s.rec, instance)
		if gap != nil {
			continue
		}
		all = append(all, broken{})
		one := &all[len(all)-1]
		l.evidence(one, s.rec, &rel.Readings[i], instance, left, right, r.memory())
		if len(rel.Readings) > 1 {
			one.Reading = i + 1
		}
	}
	if len(all) > 1 {
		return r.asOne(all, l, s.rec, rel, instance)
	}
	return all
}

// asOne is the evidence of several readings, or of one for all where they say the
// same.
func (r *Run) asOne(evidence []broken, l *law, rec *schema.Record, rel *formula.Relation, instance int) []broken {
	reading := widest(rel, rec, instance)
	if reading == nil {
		return evidence
	}
	left, right, _ := reading.Sides(rec, instance)
	l.evidence(&evidence[0], rec, reading, instance, left, right, r.memory())
	return evidence[:1]
}

// evidence writes a broken reading down with all its terms.
func (l *law) evidence(
	b *broken, rec *schema.Record, r *formula.Reading, instance int, left, right []formula.Operand, m *memory,
) {
	subject, other, op := r.Subject()
	subjectFigures, otherFigures := left, right
	if r.SubjectOnRight() {
		subjectFigures, otherFigures = right, left
	}
	*b = broken{unit: unitOf(rec, r), clause: l.clause, reversed: r.SubjectOnRight()}
	b.Rule, b.Op = l.rule, op
	b.Field, b.Formula = r.Whole(rec, instance)
	b.Actual, b.Expected = formula.Value(subjectFigures), formula.Value(otherFigures)
	b.Difference = b.Actual.Minus(b.Expected)
	b.Allowed = l.rule.Tolerance.Allowed(formula.Figures(left) + formula.Figures(right))
	b.Numbers = formula.Numbers(otherFigures)
	b.home = homeOf(rec, subject, other)
	b.File = fileOf(b.home)
	all := figures(m.newFigures(len(left)+len(right)), rec, subjectFigures)
	n := len(subjectFigures)
	b.Subject, b.Terms = all[:n:n], figures(all[n:], rec, otherFigures)
	b.Pointer, b.offset, b.end = b.home.Pointer, b.home.Offset, b.home.Offset+1
	switch first := subject[0]; {
	case len(subjectFigures) == 1 && len(subject) == 1 && subjectFigures[0].Value != nil && subjectFigures[0].Coef == 1:
		b.subject = subjectFigures[0].Value
		b.Pointer, b.offset, b.end = b.Subject[0].Pointer, b.subject.Offset, b.subject.End
	case first.Kind == formula.Sum && rec.Layout.Groups[first.Group].Parent == first.From:
		parent := rec.Ascend(r.Scope(), instance, first.From)
		b.Pointer = rec.RowsPointer(first.Group, parent)
		b.offset = rec.Rows(first.Group, parent).Offset
		b.end = b.offset + 1
	}
}

// unitOf a reading: its figures all have one.
func unitOf(rec *schema.Record, r *formula.Reading) string {
	for _, side := range [][]formula.Term{r.Left, r.Right} {
		for i := range side {
			if side[i].HasFigure() {
				return rec.Unit(side[i].Group, side[i].Slot)
			}
		}
	}
	return ""
}

// homeOf a relation is the record that its subject stands in, or else its other
// side: in a joined record, one of its parts.
func homeOf(rec *schema.Record, sides ...[]formula.Term) *schema.Record {
	for _, side := range sides {
		for i := range side {
			if side[i].HasFigure() {
				home, _, _ := rec.Home(side[i].Group, side[i].Slot)
				return home
			}
		}
	}
	return rec
}

// fileOf a record; empty for a joined one, which is in none.
func fileOf(rec *schema.Record) string {
	if rec.Document == nil {
		return ""
	}
	return rec.Document.Input.File
}

// near leaves out the files and sources that are those of the finding, which go
// without saying.
func (f *Finding) near() {
	near := func(file *string) {
		if *file == f.Place.File {
			*file = ""
		}
	}
	for i := range f.Evidence {
		e := &f.Evidence[i]
		near(&e.File)
		for _, side := range [][]Figure{e.Subject, e.Terms} {
			for k := range side {
				near(&side[k].File)
			}
		}
	}
	for i := range f.Candidates {
		c := &f.Candidates[i]
		near(&c.File)
		if c.Source == f.Source {
			c.Source = ""
		}
	}
	if f.Value != nil {
		near(&f.Value.File)
	}
	for i := range f.Grounds {
		for k := range f.Grounds[i].Read {
			near(&f.Grounds[i].Read[k].File)
		}
	}
}

// figures appends those of a side.
func figures(all []Figure, rec *schema.Record, operands []formula.Operand) []Figure {
	for i := range operands {
		o := &operands[i]
		if o.Value == nil {
			all = append(all, Figure{Amount: o.Amount, Raw: o.Amount.Text(), Coef: o.Coef, Field: "constant"})
			continue
		}
		at, _, _ := rec.Home(o.Group, o.Slot)
		all = append(all, Figure{
			Amount: o.Amount, Raw: o.Value.Text, Coef: o.Coef,
			Field:   rec.SlotName(o.Group, o.Instance, o.Slot),
			Pointer: rec.SlotPointer(o.Group, o.Instance, o.Slot),
			File:    fileOf(at),
		})
	}
	return all
}
