package report

import (
	"hash/maphash"
	"slices"

	"tieout/calc/schema"
	"tieout/reconcile"
)

// survey is what a workbook tells of all findings together. They can be very many, so
// they are read once for all of it, and none is kept but those of the records that
// are shown.
type survey struct {
	*reconcile.Result
	byRule, bySource []*tally
	// records counts those that findings speak of, and notShown those of them with
	// figures of which the result has no snapshot.
	records, notShown int
	// located counts the findings that name the one figure that is wrong.
	located int
	// shown are the findings of which the result has the record.
	shown []shownFinding
}

// shownFinding is a finding with its number from 0.
type shownFinding struct {
	number  int
	finding *reconcile.Finding
}

// What findings say about a record.
const (
	hasFigures uint8 = 1 << iota
	hasSnapshot
)

// surveyOf reads all findings.
func surveyOf(r *reconcile.Result) *survey {
	s := &survey{Result: r}
	t := newTallies(r)
	// The records by their digests: 10 to 20 MB for a million.
	records, seed := map[uint64]uint8{}, maphash.MakeSeed()
	most := written(r)
	for i, f := range r.Findings.All() {
		t.add(f)
		if f.Located {
			s.located++
		}
		says := uint8(0)
		if f.Snapshot != nil && i < most {
			says = hasSnapshot
			s.shown = append(s.shown, shownFinding{i, f})
		} else if f.HasFigures { // others may be about no record
			says = hasFigures
		}
		records[maphash.Comparable(seed, [3]string{f.Source, f.Place.File, f.Record})] |= says
	}
	s.records = len(records)
	for _, says := range records {
		if says == hasFigures {
			s.notShown++
		}
	}
	s.byRule, s.bySource = t.sorted()
	return s
}

// tallies count findings by rule, source and unit, and by source.
type tallies struct {
	rule             map[ruleUnit]*tally
	source           map[string]*tally
	byRule, bySource []*tally // in the order in which they are first seen
}

type ruleUnit struct{ source, rule, unit string }

// newTallies begin with the sources in the order read.
func newTallies(r *reconcile.Result) *tallies {
	t := &tallies{rule: map[ruleUnit]*tally{}, source: map[string]*tally{}}
	for i := range r.Inputs {
		if in := &r.Inputs[i]; in.Source != "" {
			of := t.ofSource(in.Source)
			of.Documents += in.Documents
			of.Records += in.Records
		}
	}
	return t
}

func (t *tallies) ofSource(source string) *tally {
	if t.source[source] == nil {
		t.source[source] = &tally{Source: source}
		t.bySource = append(t.bySource, t.source[source])
	}
	return t.source[source]
}

func (t *tallies) add(f *reconcile.Finding) {
	k := ruleUnit{f.Source, f.Rule.ID, f.Unit}
	if t.rule[k] == nil {
		t.rule[k] = &tally{Source: f.Source, Rule: f.Rule, Unit: f.Unit}
		t.byRule = append(t.byRule, t.rule[k])
	}
	t.rule[k].add(f)
	t.ofSource(f.Source).add(f)
}

// sorted are the tallies by rule, the worst first, and by source.
func (t *tallies) sorted() (byRule, bySource []*tally) {
	slices.SortStableFunc(t.byRule, func(a, b *tally) int {
		for s := schema.Error; s >= schema.Info; s-- {
			if d := b.Severities[s] - a.Severities[s]; d != 0 {
				return d
			}
		}
		return 0
	})
	return t.byRule, t.bySource
}
