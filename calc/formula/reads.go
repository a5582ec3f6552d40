package formula

import (
	"cmp"
	"slices"
)

// Slot is a field of a layout, by the number of its group and in it.
type Slot struct{ Group, Slot int }

// Reads lists the fields that the formula reads, figures and those of conditions,
// each once, in the order of the layout.
func (f *Formula) Reads() []Slot {
	var all []Slot
	for i := range f.Relations {
		rel := &f.Relations[i]
		all = addConditions(all, rel.guards)
		for k := range rel.Readings {
			all = addTerms(all, rel.Readings[k].Left)
			all = addTerms(all, rel.Readings[k].Right)
		}
	}
	slices.SortFunc(all, func(a, b Slot) int { return cmp.Or(a.Group-b.Group, a.Slot-b.Slot) })
	return slices.Compact(all)
}

func addTerms(all []Slot, terms []Term) []Slot {
	for i := range terms {
		t := &terms[i]
		if t.HasFigure() {
			all = append(all, Slot{t.Group, t.Slot})
		}
		all = addConditions(all, t.where)
		all = addTerms(all, t.Start)
	}
	return all
}

func addConditions(all []Slot, conditions []condition) []Slot {
	for i := range conditions {
		c := &conditions[i]
		if !c.asksForRows() {
			for _, p := range c.places {
				all = append(all, Slot{p.group, p.slot})
			}
		}
		if p := c.right.field; p != nil {
			all = append(all, Slot{p.group, p.slot})
		}
	}
	return all
}

// IsFlat tells whether the formula is about a record without its rows, and says the same
// whatever the values are: it has no conditions, and one reading.
func (f *Formula) IsFlat() bool {
	for i := range f.Relations {
		r := &f.Relations[i]
		if r.Scope > 0 || len(r.guards) > 0 || len(r.Readings) != 1 || !areFlat(r.Readings[0].Left) || !areFlat(r.Readings[0].Right) {
			return false
		}
	}
	return true
}

// areFlat tells whether terms are about a record without its rows.
func areFlat(terms []Term) bool {
	return !slices.ContainsFunc(terms, func(t Term) bool {
		return t.Kind != Constant && (t.Kind != Figure || t.Group > 0)
	})
}
