// Package reconcile checks records against the laws of their source and reports
// what does not agree.
//
// A rule is a schema.Rule value: its law is a formula, or the readings of one
// that the API document leaves open. Sub-packages list the rules of the built-in
// sources; a user's rules come from a description file. All are the same.
package reconcile

import (
	"errors"
	"fmt"

	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Checker holds the compiled rules of one source.
type Checker struct {
	Layout *schema.Layout
	laws   []law
}

// law is a rule with its compiled formula.
type law struct {
	rule    *schema.Rule
	formula *formula.Formula
}

// NewChecker compiles the rules of a source. It errs, for all rules at once, on
// a rule without id, title, severity, basis or reason, on an id given twice and
// on a formula that does not compile.
func NewChecker(layout *schema.Layout, rules []schema.Rule) (*Checker, error) {
	c := &Checker{Layout: layout}
	var faults []error
	seen := map[string]bool{}
	for i := range rules {
		r := &rules[i]
		if r.ID == "" || r.Title == "" || r.Severity == 0 || r.Basis == 0 {
			faults = append(faults, fmt.Errorf("rule %q lacks an id, a title, a severity or a basis", r.ID))
		}
		if seen[r.ID] {
			faults = append(faults, fmt.Errorf("rule %s stands twice", r.ID))
		}
		seen[r.ID] = true
		f, err := formula.Compile(layout, r.Formula)
		if err != nil {
			faults = append(faults, fmt.Errorf("rule %s, formula, %w", r.ID, err))
			continue
		}
		c.laws = append(c.laws, law{rule: r, formula: f})
	}
	return c, errors.Join(faults...)
}

// Rules of the checker, in the order given.
func (c *Checker) Rules() []*schema.Rule {
	rules := make([]*schema.Rule, len(c.laws))
	for i := range c.laws {
		rules[i] = c.laws[i].rule
	}
	return rules
}

// Formula of a rule, compiled; nil when the checker does not have the rule.
func (c *Checker) Formula(id string) *formula.Formula {
	for i := range c.laws {
		if c.laws[i].rule.ID == id {
			return c.laws[i].formula
		}
	}
	return nil
}

// verdict is the outcome of one relation in one instance.
type verdict struct {
	outcome  Outcome
	instance int
	// evidence of a broken relation, one for each reading; the first is the
	// reading that the law names first.
	evidence []broken
	gap      *formula.Gap
	// note says by which reading a law with several holds, or what was forgiven.
	note string
}

// broken is a reading that does not hold, with its place.
type broken struct {
	Evidence
	subject  *schema.Value // nil when the subject is not one figure
	offset   int
	end      int
	instance int
}

// check judges a relation wherever it applies in a record: once for each
// instance, for each array whose rows are not known, and once for the record
// when a condition about the whole of it does not hold.
func (l *law) check(rec *schema.Record, rel *formula.Relation, tell func(verdict)) {
	instances, gaps := rel.Instances(rec)
	for _, gap := range gaps {
		tell(verdict{outcome: gapOutcome(gap), gap: gap})
	}
	whole := rel.GuardedAsAWhole()
	for n := range instances {
		if n == 0 || !whole {
			if gap := rel.Guard(rec, n); gap != nil {
				tell(verdict{outcome: gapOutcome(gap), gap: gap, instance: n})
				if whole {
					return
				}
				continue
			}
		}
		tell(l.judge(rec, rel, n))
	}
}

// judge evaluates a relation in an instance in which its conditions hold.
func (l *law) judge(rec *schema.Record, rel *formula.Relation, instance int) verdict {
	v := verdict{instance: instance}
	var gap *formula.Gap
	best := NotEvaluable + 1
	for i := range rel.Readings {
		reading := &rel.Readings[i]
		left, gapLeft := reading.Operands(rec, instance, reading.Left)
		right, gapRight := reading.Operands(rec, instance, reading.Right)
		if g := weightier(gapLeft, gapRight); g != nil {
			if gap == nil || g.Applies && !gap.Applies {
				gap = g
			}
			continue
		}
		outcome, residue := l.compare(reading, left, right)
		if outcome == Broken {
			one := l.evidence(rec, reading, instance, left, right)
			if len(rel.Readings) > 1 {
				one.Reading = i + 1
			}
			v.evidence = append(v.evidence, one)
		}
		if outcome < best {
			best = outcome
			v.note = note(rel, i, outcome, residue)
		}
	}
	if best > NotEvaluable {
		return verdict{outcome: gapOutcome(gap), gap: gap, instance: instance}
	}
	v.outcome = best
	return v
}

// weightier is the gap that decides: a relation that does not apply has nothing
// missing.
func weightier(a, b *formula.Gap) *formula.Gap {
	if a == nil || b != nil && a.Applies && !b.Applies {
		return b
	}
	return a
}

func gapOutcome(g *formula.Gap) Outcome {
	if g.Applies {
		return NotEvaluable
	}
	return NotApplicable
}

// compare tells whether two sides agree, and the residue when they do within
// the rule's tolerance.
func (l *law) compare(r *formula.Reading, left, right []formula.Operand) (Outcome, string) {
	violation := r.Op.Violation(formula.Value(left), formula.Value(right))
	switch allowed := l.rule.Tolerance.Allowed(figuresIn(left, right)); {
	case violation.Sign() == 0:
		return Holds, ""
	case violation.Abs().Cmp(allowed) <= 0:
		return WithinTolerance, violation.String()
	}
	return Broken, ""
}

// figuresIn counts the figures of a relation; its constants are not rounded.
func figuresIn(sides ...[]formula.Operand) int {
	n := 0
	for _, side := range sides {
		for i := range side {
			if side[i].Value != nil {
				n++
			}
		}
	}
	return n
}

func note(rel *formula.Relation, reading int, outcome Outcome, residue string) string {
	switch {
	case outcome == WithinTolerance:
		return "off by " + residue
	case outcome == Holds && len(rel.Readings) > 1:
		return "by reading " + fmt.Sprint(reading+1) + ": " + rel.Readings[reading].String()
	}
	return ""
}

// evidence writes a broken reading down with all its terms.
func (l *law) evidence(rec *schema.Record, r *formula.Reading, instance int, left, right []formula.Operand) broken {
	subject, other, op := r.Subject()
	subjectFigures, otherFigures := left, right
	if len(r.Left) > 0 && &subject[0] != &r.Left[0] {
		subjectFigures, otherFigures = right, left
	}
	b := broken{instance: instance}
	b.Rule, b.Op = l.rule, op
	b.Field = r.Side(rec, instance, subject)
	b.Formula = b.Field + " " + op.String() + " " + r.Side(rec, instance, other)
	b.Actual, b.Expected = formula.Value(subjectFigures), formula.Value(otherFigures)
	b.Difference = b.Actual.Minus(b.Expected)
	b.Allowed = l.rule.Tolerance.Allowed(figuresIn(left, right))
	b.Numbers = formula.Numbers(otherFigures)
	b.Subject, b.Terms = figures(rec, subjectFigures), figures(rec, otherFigures)
	b.Pointer, b.offset, b.end = rec.Pointer, rec.Offset, rec.Offset+1
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
	return b
}

func figures(rec *schema.Record, operands []formula.Operand) []Figure {
	all := make([]Figure, len(operands))
	for i, o := range operands {
		all[i] = Figure{Amount: o.Amount, Raw: o.Amount.Text(), Coef: o.Coef, Field: "constant"}
		if o.Value != nil {
			all[i].Field = rec.SlotName(o.Group, o.Instance, o.Slot)
			all[i].Pointer = rec.SlotPointer(o.Group, o.Instance, o.Slot)
			all[i].Raw = o.Value.Text
		}
	}
	return all
}
