package reconcile

import (
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/schema"
)

// maxRechecks bounds how often the functions of a record are checked again with a
// figure as it should be, and maxPairs how many pairs of a finding and a broken
// function are looked at for it.
const (
	maxRechecks = 1000
	maxPairs    = 1_000_000
)

// consequences tells the broken functions of a record with the finding from which
// they follow: with its located figure as it should be, they are not broken. What is
// told of the figure itself is no consequence.
func (r *Run) consequences(s *subject, found []Finding) {
	var values map[breachAt][]*schema.Value
	checks, pairs := 0, 0
	for i := range found {
		f := &found[i]
		if pairs += len(s.breaches); pairs > maxPairs {
			return
		}
		if !f.Located || !slices.ContainsFunc(s.breaches, func(b breach) bool { return b.mayRead(f) }) {
			continue
		}
		if values == nil {
			values = figuresByPlace(s.rec)
		}
		at := breachAt{f.home, f.Place.Pointer}
		s.breaches = slices.DeleteFunc(s.breaches, func(b breach) bool {
			if len(values[at]) == 0 || placeOf(&b.Breach) == at || !b.mayRead(f) || checks == maxRechecks {
				return false
			}
			checks++
			if r.standsWith(s.rec, &b, values[at], f.Expected) {
				return false
			}
			f.follow(&b)
			return true
		})
	}
}

// follow tells a broken function as what follows from the finding.
func (f *Finding) follow(b *breach) {
	g := b.ground()
	told := b.Name
	if told == "" {
		told = "the record"
	}
	g.Reason = "it is broken by " + f.Field + " alone, by which " + told + " looks wrong: " + b.Reason
	f.Severity = max(f.Severity, b.severity())
	f.Grounds = append(f.Grounds, g)
}

// mayRead tells whether the rule of a breach declares that it reads the figure of a
// finding.
func (b *breach) mayRead(f *Finding) bool {
	name := strings.ReplaceAll(withoutRows(f.Field), "[]", "")
	reads := func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return n == name || strings.HasSuffix(n, "."+name) })
	}
	return reads(b.rule.Reads) || reads(b.rule.Each)
}

// figuresByPlace are the figures of a record by where they stand: one at each place,
// unless the record is joined of others and has those of its parts beside them.
func figuresByPlace(rec *schema.Record) map[breachAt][]*schema.Value {
	all := map[breachAt][]*schema.Value{}
	for g := range rec.Layout.Groups {
		for slot := range rec.Layout.Groups[g].Slots {
			if !rec.Layout.Groups[g].Slots[slot].Field.Kind.IsNumber() {
				continue
			}
			home, _, _ := rec.Home(g, slot)
			for instance := range rec.Instances(g) {
				at := breachAt{home, rec.SlotPointer(g, instance, slot)}
				all[at] = append(all[at], rec.Value(g, instance, slot))
			}
		}
	}
	return all
}

// standsWith tells whether a function is still broken where a breach is, or cannot be
// checked there, with a figure of another value.
func (r *Run) standsWith(rec *schema.Record, b *breach, values []*schema.Value, as calc.Amount) bool {
	for _, v := range values {
		before := *v
		v.Amount, v.Text = as, as.String()
		defer func() { *v = before }()
	}
	c := schema.NewCase(rec, &r.about, b.law.function.paths, b.place.group, b.instance, b.place.slot, false)
	b.rule.Check(c)
	said := c.Verdict()
	return said.Outcome == NotEvaluable || slices.ContainsFunc(said.Broken, func(other schema.Breach) bool {
		return placeOf(&other) == placeOf(&b.Breach) || !slices.Contains(b.together, placeOf(&other))
	})
}
