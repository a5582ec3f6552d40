package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// A law that its document leaves open has several readings, and holds when one of
// them does. Where what tells them apart is 0, they are one equality.

// widest is the reading that says all that the readings of a relation say of an
// instance, when they say the same of it: what one of them reads and another does
// not is 0. It is nil when two say different things, and when no reading reads
// all that the others do: each of its figures may be the wrong one.
func widest(rel *formula.Relation, rec *schema.Record, instance int) *formula.Reading {
	var best *formula.Reading
	var first, widest formula.Equation
	var equations []formula.Equation
	for i := range rel.Readings {
		if _, _, gap := rel.Readings[i].Totals(rec, instance); gap != nil {
			continue
		}
		e, _ := rel.Readings[i].Equation(rec, instance)
		if len(equations) == 0 {
			first = withoutZeros(rec, e)
		} else if !same(first, withoutZeros(rec, e)) {
			return nil
		}
		equations = append(equations, e)
		if best == nil || len(e.Coefficients) > len(widest.Coefficients) {
			best, widest = &rel.Readings[i], e
		}
	}
	for _, e := range equations {
		for _, c := range e.Coefficients {
			if !slices.Contains(widest.Coefficients, c) {
				return nil
			}
		}
	}
	return best
}

// withoutZeros is an equation without the figures that are 0, in order.
func withoutZeros(rec *schema.Record, e formula.Equation) formula.Equation {
	e.Coefficients = slices.DeleteFunc(slices.Clone(e.Coefficients), func(c formula.Coefficient) bool {
		return rec.Value(c.Group, c.Instance, c.Slot).Amount.Sign() == 0
	})
	slices.SortFunc(e.Coefficients, func(a, b formula.Coefficient) int {
		return cmp.Or(a.Group-b.Group, a.Instance-b.Instance, a.Slot-b.Slot)
	})
	return e
}

// same tells whether two equations state the same.
func same(a, b formula.Equation) bool {
	return a.Op == b.Op && a.Constant.Equal(b.Constant) && slices.Equal(a.Coefficients, b.Coefficients)
}

// maxReadingTerms is the longest relation of which every figure becomes a
// candidate; of a longer one only its subject does.
const maxReadingTerms = 8

// readings makes candidates of the figures of each reading of a law: what each
// would be by that reading, those that a slip explains first, then by the reading
// that is nearest to what was printed. Where amounts are never negative, none
// becomes so, and none becomes what would break a relation that holds.
func (f *Finding) readings(n *recordNet, all []broken, notNegative bool) {
	nearest := make([]*broken, len(all))
	for i := range all {
		nearest[i] = &all[i]
	}
	slices.SortStableFunc(nearest, func(a, b *broken) int { return a.Difference.Abs().Cmp(b.Difference.Abs()) })
	for _, b := range nearest {
		if b.Op != formula.Equal || b.subject == nil {
			continue
		}
		suspects := b.Subject
		if len(b.Terms) <= maxReadingTerms {
			suspects = slices.Concat(b.Subject, b.Terms)
		}
		for k := range suspects {
			s := &suspects[k]
			if s.Pointer == "" || s.Coef != 1 && s.Coef != -1 {
				continue
			}
			change := b.unexplained().Times(s.Coef)
			if k < len(b.Subject) {
				change = change.Neg()
			}
			expected := s.Amount.Plus(change)
			if expected.Sign() < 0 && notNegative || n.breaks(s, expected) {
				continue
			}
			f.candidate(s, expected, b.Reading)
		}
	}
	f.Diagnosis.Text = "any of these figures can be the wrong one, by the reading that is meant"
	if len(f.Candidates) == 0 {
		f.Diagnosis.Text = "no figure alone explains it by any reading"
	}
	slices.SortStableFunc(f.Candidates, func(a, b Candidate) int { return a.Rank - b.Rank })
	named := len(f.Candidates) > 0 && f.Candidates[0].Class != Unknown
	for i := range f.Candidates {
		f.Candidates[i].Set = i + 1
		if !named { // no slip tells them apart
			f.Candidates[i].Rank = 1
		}
	}
}

// candidate adds what a figure would be by a reading, once for each value.
func (f *Finding) candidate(s *Figure, expected calc.Amount, reading int) {
	for _, c := range f.Candidates {
		if c.Pointer == s.Pointer && c.File == s.File && c.Expected.Equal(expected) {
			return
		}
	}
	slip := locate.Compare(s.Amount, expected)
	c := Candidate{
		Rank: 1, Field: s.Field, Pointer: s.Pointer, File: s.File, Actual: s.Amount, Expected: expected,
		Class: slip.Class,
	}
	if slip.Class == Unknown {
		c.Rank = 2
	}
	if reading > 0 {
		slip.Reason = fmt.Sprintf("by reading %d, %s", reading, slip.Reason)
	}
	c.Reason, c.Text = slip.Reason, slip.Text()
	f.Candidates = append(f.Candidates, c)
}

// breaks tells whether a figure with another value would break a relation of the
// net that holds.
func (n *recordNet) breaks(s *Figure, value calc.Amount) bool {
	for figure := range n.figures {
		if n.pointer(figure) != s.Pointer || fileOf(n.figures[figure].rec) != s.File {
			continue
		}
		change := value.Minus(n.net.Figures[figure].Value)
		for i := range n.net.Relations {
			r := &n.net.Relations[i]
			left, coef, ok := n.left(r, figure)
			if ok && coef != 0 && r.Holds(left) && !r.Holds(left.Plus(change.Times(coef))) {
				return true
			}
		}
	}
	return false
}

// left side of a relation, and the coefficient of a figure in it; ok is false when
// a figure of it is missing.
func (n *recordNet) left(r *locate.Relation, figure int) (left calc.Amount, coef int64, ok bool) {
	left = r.Constant
	for _, term := range r.Terms {
		f := &n.net.Figures[term.Figure]
		if f.Missing {
			return left, 0, false
		}
		left = left.Plus(f.Value.Times(term.Coef))
		if term.Figure == figure {
			coef += term.Coef
		}
	}
	return left, coef, true
}
