package report

import (
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
