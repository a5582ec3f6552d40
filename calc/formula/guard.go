package formula

import (
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/schema"
)

// Guard tells whether the relation's conditions hold in an instance: nil when
// they do, else why the relation does not apply or cannot be evaluated.
func (r *Relation) Guard(rec *schema.Record, instance int) *Gap {
	var gap *Gap
	for i := range r.guards {
		gap = weightier(gap, r.guards[i].check(rec, r.Scope, instance))
		if gap != nil && !gap.Applies {
			break
		}
	}
	return gap
}

// GuardedAsAWhole tells whether the relation's conditions are about the record
// and so the same in every instance.
func (r *Relation) GuardedAsAWhole() bool {
	for i := range r.guards {
		for _, t := range r.guards[i].terms {
			if t.From != 0 {
				return false
			}
		}
	}
	return true
}

// Condition is the relation's conditions as text, empty when there are none.
func (r *Relation) Condition() string {
	var all []string
	for i := range r.guards {
		g := &r.guards[i]
		if g.words == nil {
			all = append(all, "some "+g.name)
			continue
		}
		text := g.name + " is "
		if g.some {
			text = "some " + text
		}
		if g.not {
			text += "not "
		}
		if len(g.words) > 1 {
			text += "one of "
		}
		all = append(all, text+strings.Join(g.words, ", "))
	}
	return strings.Join(all, " and ")
}

// guard is a condition after 'when': values of fields against words or numbers.
type guard struct {
	some, not bool
	name      string // of the field or fields, for people
	terms     []Term
	words     []string
	numbers   []calc.Amount // of the words, when the fields are figures
}

func (g *guard) check(rec *schema.Record, scope, instance int) *Gap {
	switch {
	case g.words == nil:
		return g.checkRows(rec, scope, instance)
	case g.some:
		return g.checkSome(rec, scope, instance)
	}
	t := &g.terms[0]
	at := rec.Ascend(scope, instance, t.Group)
	v := rec.Value(t.Group, at, t.Slot)
	switch {
	case v.State != schema.Present:
		return valueGap(rec, t.Group, at, t.Slot)
	case g.matches(v) == g.not:
		return &Gap{Reason: g.name + " is " + v.Text}
	}
	return nil
}

// checkRows holds when there is a row.
func (g *guard) checkRows(rec *schema.Record, scope, instance int) *Gap {
	var unknown *Gap
	for i := range g.terms {
		t := &g.terms[i]
		first, end, gap := rowsBelow(rec, t.Group, t.From, rec.Ascend(scope, instance, t.From))
		if first < end {
			return nil
		}
		if unknown == nil && gap != nil && gap.Applies {
			unknown = gap
		}
	}
	if unknown != nil {
		return unknown
	}
	return &Gap{Reason: "there are no rows in " + g.name}
}

// checkSome holds when one of many values meets the condition. When none does,
// one that cannot be read could have been the one.
func (g *guard) checkSome(rec *schema.Record, scope, instance int) *Gap {
	seen := 0
	var unknown *Gap
	for i := range g.terms {
		t := &g.terms[i]
		first, end, gap := rowsBelow(rec, t.Group, t.From, rec.Ascend(scope, instance, t.From))
		for at := first; at < end; at++ {
			v := rec.Value(t.Group, at, t.Slot)
			if v.State != schema.Present {
				if gap == nil || !gap.Applies {
					gap = valueGap(rec, t.Group, at, t.Slot)
				}
				continue
			}
			if seen++; g.matches(v) != g.not {
				return nil
			}
		}
		if unknown == nil && gap != nil && gap.Applies {
			unknown = gap
		}
	}
	switch {
	case unknown != nil:
		return unknown
	case seen == 0:
		return &Gap{Reason: "there is no " + g.name}
	case g.not:
		return &Gap{Reason: "every " + g.name + " is " + strings.Join(g.words, " or ")}
	}
	return &Gap{Reason: "no " + g.name + " is " + strings.Join(g.words, " or ")}
}

func (g *guard) matches(v *schema.Value) bool {
	if g.numbers != nil {
		return slices.ContainsFunc(g.numbers, v.Amount.Equal)
	}
	return slices.Contains(g.words, v.Text)
}
