package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// When all totals over an array disagree with it, and agree with each other, the
// array is what is wrong: it is empty, or lacks a row. To say of each total what it
// should be would tell one cause many times, and wrongly.

// The fewest totals by which an array is called wrong. An empty one is odd by
// itself; rows that are there may be right, and two totals wrong.
const (
	fewestOverNone = 2
	fewestOverRows = 3
)

// listFindings are the findings about arrays of a record. The relations that they
// tell are marked; causes lists the evidence of each cause, which must be told as
// a whole or not at all.
func listFindings(s *subject, causes [][]*checked) []Finding {
	var found []Finding
	if s.rec.Document == nil {
		return nil
	}
	for g := 1; g < len(s.rec.Layout.Groups); g++ {
		if s.rec.Layout.Groups[g].Parent != 0 || s.rec.Rows(g, 0).State != schema.Present {
			continue
		}
		totals := s.totalsOver(g)
		fewest := fewestOverRows
		if s.rec.Instances(g) == 0 {
			fewest = fewestOverNone
		}
		if !agree(totals, fewest, s, causes) {
			continue
		}
		for _, ch := range totals {
			ch.told, ch.ofArray = true, true
		}
		found = append(found, listFinding(s, g, totals))
	}
	return found
}

// totalsOver are the broken relations of totals over an array, nil when one of them
// holds by figures that are not 0, is below its rows, or is explained by events.
func (s *subject) totalsOver(group int) []*checked {
	var totals []*checked
	for i := range s.checker.laws {
		l := &s.checker.laws[i]
		for k := range l.formula.Relations {
			rel := &l.formula.Relations[k]
			if !isTotalOver(rel, group) || !rel.Applies(s.rec, 0) {
				continue
			}
			at := slices.IndexFunc(s.faults, func(ch checked) bool { return ch.relation == rel })
			switch {
			case at >= 0 && s.faults[at].isAbove():
				totals = append(totals, &s.faults[at])
			case at >= 0 || s.readsMoreThanZeros(rel):
				return nil
			}
		}
	}
	return totals
}

// isTotalOver tells whether a relation of the record has a figure of its own be a
// sum over a group, or a number of rows, by every reading.
func isTotalOver(rel *formula.Relation, group int) bool {
	if rel.Scope != 0 {
		return false
	}
	for i := range rel.Readings {
		r := &rel.Readings[i]
		over := func(t formula.Term) bool {
			return (t.Kind == formula.Sum || t.Kind == formula.Count) && t.Group == group
		}
		if r.Op != formula.Equal || !slices.ContainsFunc(r.Left, over) && !slices.ContainsFunc(r.Right, over) {
			return false
		}
	}
	return true
}

// isAbove tells whether the subject is more than its rows by every reading, with
// no events that explain any of it.
func (ch *checked) isAbove() bool {
	return !slices.ContainsFunc(ch.evidence, func(b broken) bool {
		return b.subject == nil || b.Difference.Sign() <= 0 || len(b.Explained) > 0
	})
}

// readsMoreThanZeros tells whether a relation that is not broken says anything of
// its array.
func (s *subject) readsMoreThanZeros(rel *formula.Relation) bool {
	for i := range rel.Readings {
		l, r, gap := rel.Readings[i].Totals(s.rec, 0)
		if gap != nil {
			continue
		}
		if l.Value.Sign() != 0 || r.Value.Sign() != 0 {
			return true
		}
		left, right, _ := rel.Readings[i].Sides(s.rec, 0)
		if slices.ContainsFunc(slices.Concat(left, right), func(o formula.Operand) bool { return o.Amount.Sign() != 0 }) {
			return true
		}
	}
	return false
}

// agree tells whether so many totals disagree with an array and nothing else does
// with them: no other broken relation reads one, and no cause goes beyond them.
func agree(totals []*checked, fewest int, s *subject, causes [][]*checked) bool {
	named := map[string]bool{}
	for _, ch := range totals {
		named[ch.evidence[0].Pointer] = true
	}
	if len(named) < fewest {
		return false
	}
	reads := func(f Figure) bool { return named[f.Pointer] }
	for i := range s.faults {
		ch := &s.faults[i]
		if !slices.Contains(totals, ch) && slices.ContainsFunc(ch.evidence, func(b broken) bool {
			return slices.ContainsFunc(b.Subject, reads) || slices.ContainsFunc(b.Terms, reads)
		}) {
			return false
		}
	}
	for _, evidence := range causes {
		in := func(ch *checked) bool { return slices.Contains(totals, ch) }
		if slices.ContainsFunc(evidence, in) && slices.ContainsFunc(evidence, func(ch *checked) bool { return !in(ch) }) {
			return false
		}
	}
	return true
}

// maxTotalsNamed bounds the totals that the sentence of a finding lists.
const maxTotalsNamed = 3

// listFinding tells that an array is wrong.
func listFinding(s *subject, group int, totals []*checked) Finding {
	var all []broken
	var lacks []string
	seen := map[string]bool{}
	for _, ch := range totals {
		all = append(all, ch.evidence...)
		if b := &ch.evidence[0]; !seen[b.Pointer] {
			seen[b.Pointer] = true
			lacks = append(lacks, fmt.Sprintf("%s %s", b.Field, b.Difference))
		}
	}
	f := newFinding(all, 0)
	in, name, pointer := s.rec.Document.Input, s.rec.RowsName(group, 0), s.rec.RowsPointer(group, 0)
	offset := s.rec.Rows(group, 0).Offset
	f.Place, f.Excerpt, f.home = in.Place(offset, pointer), in.Excerpt(offset, offset+1), s.rec
	f.HasFigures, f.Field, f.Raw, f.Unit = false, name, "", ""
	f.Actual, f.Expected, f.Difference, f.Op = calc.Amount{}, calc.Amount{}, calc.Amount{}, formula.Equal
	f.Array = name + " may lack a row: its totals are above what its rows add up to"
	if s.rec.Instances(group) == 0 {
		f.Array = name + " is empty, and its totals are not 0"
	}
	if more := len(lacks) - maxTotalsNamed; more > 0 {
		lacks = append(lacks[:maxTotalsNamed], fmt.Sprintf("and %d more", more))
	}
	f.Text = f.Array + "; missing are " + strings.Join(lacks, ", ")
	f.Diagnosis = Diagnosis{Class: locate.Unknown, Text: "the totals agree with each other; no figure need be wrong"}
	return f
}
