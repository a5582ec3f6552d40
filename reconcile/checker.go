// Package reconcile checks records against the laws of their source and reports
// what does not agree.
//
// A rule is a schema.Rule value: its law is a formula, or the readings of one
// that the API document leaves open, or a function where it is about dates,
// statuses and identifiers. Sub-packages list the rules of the built-in
// sources; a user's rules come from a description file. All are the same.
package reconcile

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Checker holds the compiled rules of one source.
type Checker struct {
	Layout *schema.Layout
	rules  []*schema.Rule
	laws   []law
	// isFlat tells that all laws say the same of each record, and reads are the slots of
	// their figures in it then.
	isFlat bool
	reads  []int
}

// law is a rule with one of its compiled formulas, or with the places of its
// function.
type law struct {
	rule     *schema.Rule
	formula  *formula.Formula
	function *function
	// clause weighs otherwise than the rule; zero for the rule's first formula.
	clause schema.Severity
	// stated lists the amounts of events that the document itself states.
	stated []statedEvent
	// notes say by which reading the law holds, where it has several.
	notes map[*formula.Reading]string
}

// NewChecker compiles the rules of a source. It errs, for all rules at once, on
// a rule without id, title, severity or basis, on an id given twice and on a
// formula that does not compile.
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
		c.rules = append(c.rules, r)
		laws, err := compile(layout, r)
		if err != nil {
			faults = append(faults, fmt.Errorf("rule %s, %w", r.ID, err))
		}
		c.laws = append(c.laws, laws...)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	c.findFlat()
	return c, nil
}

// compile the formulas of a rule, and find the places of its function.
func compile(layout *schema.Layout, r *schema.Rule) ([]law, error) {
	var laws []law
	add := func(text string, clause schema.Severity) error {
		f, err := formula.Compile(layout, text)
		if err != nil {
			return fmt.Errorf("formula, %w", err)
		}
		events, err := statedEvents(r, f)
		if err != nil {
			return err
		}
		laws = append(laws, law{rule: r, formula: f, clause: clause, stated: events, notes: notesOf(f)})
		return nil
	}
	if r.Formula != "" || r.Check == nil {
		if err := add(r.Formula, 0); err != nil {
			return nil, err
		}
	}
	for _, c := range r.Clauses {
		if err := add(c.Formula, c.Severity); err != nil {
			return nil, err
		}
	}
	if r.Check != nil {
		fn, err := newFunction(layout, r)
		if err != nil {
			return nil, err
		}
		laws = append(laws, law{rule: r, formula: &formula.Formula{Layout: layout}, function: fn})
	}
	return laws, nil
}

// Rules of the checker, in the order given.
func (c *Checker) Rules() []*schema.Rule { return c.rules }

// Asks lists the parameters of the request that the rules know.
func (c *Checker) Asks() []string {
	var all []string
	for _, r := range c.rules {
		all = append(all, r.Asks...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Relations of a rule's formulas, compiled; none for a rule that is a function.
func (c *Checker) Relations(id string) []formula.Relation {
	var all []formula.Relation
	for i := range c.laws {
		if c.laws[i].rule.ID == id {
			all = append(all, c.laws[i].formula.Relations...)
		}
	}
	return all
}

// Reads lists the dotted names of the fields that a rule reads, in the order of the
// names; those beside the records are not among them.
func (c *Checker) Reads(id string) []string {
	var names []string
	for i := range c.laws {
		l := &c.laws[i]
		if l.rule.ID != id {
			continue
		}
		for _, s := range l.formula.Reads() {
			names = append(names, c.Layout.SlotName(s.Group, s.Slot))
		}
		names = append(names, l.rule.Reads...)
		for g := range c.Layout.Groups {
			for slot, s := range c.Layout.Groups[g].Slots {
				name := c.Layout.SlotName(g, slot)
				if slices.Contains(l.rule.ReadsKinds, s.Field.Kind) || slices.Contains(l.rule.Each, name) {
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// verdict is the outcome of one relation in one instance.
type verdict struct {
	outcome  Outcome
	instance int
	gap      *formula.Gap
	// note says by which reading a law with several holds, or what was forgiven.
	note string
}

// check judges a relation wherever it applies in a record: once for each
// instance, for each array whose rows are not known, and once for the record
// when a condition about the whole of it does not hold.
func (l *law) check(on *formula.Sheet, rec *schema.Record, rel *formula.Relation, tell func(verdict)) {
	instances, gaps := on.Instances(rel, rec)
	for _, gap := range gaps {
		tell(verdict{outcome: gapOutcome(gap), gap: gap})
	}
	whole := rel.GuardedAsAWhole()
	for n := range instances {
		on.Clear()
		if n == 0 || !whole {
			if gap := on.Guard(rel, rec, n); gap != nil {
				tell(verdict{outcome: gapOutcome(gap), gap: gap, instance: n})
				if whole {
					return
				}
				continue
			}
		}
		tell(l.judge(on, rec, rel, n))
	}
}

// judge evaluates a relation in an instance in which its conditions hold. It
// holds when one of its readings does, and is broken only when every reading that
// applies could be read.
func (l *law) judge(on *formula.Sheet, rec *schema.Record, rel *formula.Relation, instance int) verdict {
	v := verdict{instance: instance, outcome: NotApplicable}
	var unread *formula.Gap
	for i := range rel.Readings {
		reading := &rel.Readings[i]
		left, right, gap := on.Totals(reading, rec, instance)
		if gap != nil {
			if v.gap == nil {
				v.gap = gap
			}
			if unread == nil && gap.Applies {
				unread = gap
			}
			continue
		}
		outcome, residue := l.compare(reading, left, right)
		if outcome < v.outcome {
			v.outcome, v.note = outcome, l.note(on, rel, i, outcome, residue)
		}
	}
	if unread != nil && v.outcome >= Broken {
		return verdict{outcome: NotEvaluable, gap: unread, instance: instance}
	}
	if v.outcome < NotApplicable {
		v.gap = nil
	}
	return v
}

func gapOutcome(g *formula.Gap) Outcome {
	if g.Applies {
		return NotEvaluable
	}
	return NotApplicable
}

// compare tells whether two sides agree, and the residue when they do within
// the rule's tolerance.
func (l *law) compare(r *formula.Reading, left, right formula.Total) (Outcome, calc.Amount) {
	violation := r.Op.Violation(left.Value, right.Value)
	switch {
	case violation.Sign() == 0:
		return Holds, violation
	case violation.Abs().Cmp(l.rule.Tolerance.Allowed(left.Figures+right.Figures)) <= 0:
		return WithinTolerance, violation
	}
	return Broken, violation
}

// note says what was forgiven, or by which reading a law with several holds.
func (l *law) note(on *formula.Sheet, rel *formula.Relation, reading int, outcome Outcome, residue calc.Amount) string {
	switch {
	case outcome == WithinTolerance:
		return on.Residue(residue)
	case outcome == Holds && len(rel.Readings) > 1:
		return l.notes[&rel.Readings[reading]]
	}
	return ""
}

// notesOf the readings of a formula by which a law can hold.
func notesOf(f *formula.Formula) map[*formula.Reading]string {
	notes := map[*formula.Reading]string{}
	for i := range f.Relations {
		readings := f.Relations[i].Readings
		for k := range readings {
			if len(readings) > 1 {
				notes[&readings[k]] = "by reading " + strconv.Itoa(k+1) + ": " + readings[k].String()
			}
		}
	}
	return notes
}

// Comparisons are those that the checker's rules make between the records of a payload.
func (c *Checker) Comparisons() []schema.Comparison {
	var all []schema.Comparison
	for i := range c.laws {
		fn := c.laws[i].function
		if fn == nil {
			continue
		}
		if len(fn.paths.Compares) > 0 {
			all = append(all, schema.Comparison{Slots: fn.paths.Compares})
		}
		if fn.paths.Namesakes {
			all = append(all, schema.Comparison{})
		}
	}
	return all
}
