package report

import (
	"slices"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// tally counts findings and adds their differences. It never nets a figure that
// is too high off against one that is too low without showing both.
type tally struct {
	Source string
	// Unit of the differences; those of several units are never added.
	Unit string
	// Rule of the findings; nil in a tally of a whole source.
	Rule       *schema.Rule
	Severities [schema.Error + 1]int
	// Figures counts the findings that state a difference, and one only.
	Figures            int
	TooHigh, TooLow    calc.Amount
	Net                calc.Amount
	Documents, Records int
}

// Total of the findings.
func (t *tally) Total() int {
	n := 0
	for _, k := range t.Severities {
		n += k
	}
	return n
}

// add counts one finding.
func (t *tally) add(f *reconcile.Finding) {
	t.Severities[f.Severity]++
	if !f.HasFigures || isOfReadings(f) {
		return
	}
	t.Figures++
	t.Net = t.Net.Plus(f.Difference)
	if f.Difference.Sign() > 0 {
		t.TooHigh = t.TooHigh.Plus(f.Difference)
	} else {
		t.TooLow = t.TooLow.Plus(f.Difference)
	}
}

// isOfReadings tells whether the difference of a finding is that of one reading of
// a law among several: by another it is another, and none is added to a sum.
func isOfReadings(f *reconcile.Finding) bool {
	e := speaker(f)
	return !f.Located && e != nil && e.Reading > 0
}

// talliesByRule count the findings of each rule of each source in each unit, the
// worst first.
func talliesByRule(r *reconcile.Result) []*tally {
	type key struct{ source, rule, unit string }
	at := map[key]*tally{}
	var all []*tally
	for _, f := range r.Findings.All() {
		k := key{f.Source, f.Rule.ID, f.Unit}
		if at[k] == nil {
			at[k] = &tally{Source: f.Source, Rule: f.Rule, Unit: f.Unit}
			all = append(all, at[k])
		}
		at[k].add(f)
	}
	slices.SortStableFunc(all, func(a, b *tally) int {
		for s := schema.Error; s >= schema.Info; s-- {
			if d := b.Severities[s] - a.Severities[s]; d != 0 {
				return d
			}
		}
		return 0
	})
	return all
}

// talliesBySource count the findings of each source, in the order read.
func talliesBySource(r *reconcile.Result) []*tally {
	at := map[string]*tally{}
	var all []*tally
	find := func(source string) *tally {
		if at[source] == nil {
			at[source] = &tally{Source: source}
			all = append(all, at[source])
		}
		return at[source]
	}
	for i := range r.Inputs {
		if in := &r.Inputs[i]; in.Source != "" {
			t := find(in.Source)
			t.Documents += in.Documents
			t.Records += in.Records
		}
	}
	for _, f := range r.Findings.All() {
		find(f.Source).add(f)
	}
	return all
}

// recordsWithFindings counts the records that findings speak of.
func recordsWithFindings(r *reconcile.Result) int {
	type key struct{ source, file, record string }
	seen := map[key]bool{}
	for _, f := range r.Findings.All() {
		seen[key{f.Source, f.Place.File, f.Record}] = true
	}
	return len(seen)
}
