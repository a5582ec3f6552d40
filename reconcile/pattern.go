package reconcile

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// patternRecords is the number of records from which on a shared explanation
// is called systemic.
const patternRecords = 3

// patterns finds the explanations that several records share, and notes them on
// the findings. Only slips that a program makes the same way every time count: a
// component left out, a wrong unit, a rounding; digits are mistyped one record at
// a time.
func patterns(findings []Finding) []Pattern {
	type key struct {
		source, field, text string
		rule                *schema.Rule
		class               Class
	}
	type tally struct {
		findings []*Finding
		records  map[string]bool
	}
	found := map[key]*tally{}
	for i := range findings {
		f := &findings[i]
		field, class, text := explanationOf(f)
		if text == "" {
			continue
		}
		k := key{f.Source, field, text, f.Rule, class}
		if found[k] == nil {
			found[k] = &tally{records: map[string]bool{}}
		}
		found[k].findings = append(found[k].findings, f)
		found[k].records[f.Place.File+"\x00"+f.Record] = true
	}
	var all []Pattern
	for k, t := range found {
		if len(t.records) < patternRecords {
			continue
		}
		all = append(all, Pattern{
			Source: k.source, Rule: k.rule, Field: k.field, Class: k.class, Text: k.text,
			Records: len(t.records), Findings: len(t.findings),
		})
		for _, f := range t.findings {
			f.Pattern = k.field + ": " + k.text
		}
	}
	slices.SortFunc(all, func(a, b Pattern) int {
		return cmp.Or(
			cmp.Compare(b.Records, a.Records), strings.Compare(a.Source, b.Source),
			strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Field, b.Field), strings.Compare(a.Text, b.Text),
		)
	})
	return all
}

// explanationOf is the slip that a finding shares with others, without figures
// and row numbers; text is empty when there is none.
func explanationOf(f *Finding) (field string, class Class, text string) {
	field, class, text = f.Field, f.Diagnosis.Class, f.Diagnosis.Reason
	if !f.Located {
		best := likeliest(f.Candidates)
		if best == nil {
			return "", "", ""
		}
		field, class, text = best.Field, best.Class, best.Reason
	}
	switch class {
	case locate.ComponentOmitted, locate.ComponentDoubled, locate.Sign, locate.FactorOfTen, locate.Rounding, locate.Stale:
		return withoutRows(field), class, withoutRows(text)
	}
	return "", "", ""
}

// likeliest is the candidate of rank 1 when there is just one.
func likeliest(all []Candidate) *Candidate {
	var best *Candidate
	for i := range all {
		if all[i].Rank == 1 {
			if best != nil {
				return nil
			}
			best = &all[i]
		}
	}
	return best
}

var rowNumbers = regexp.MustCompile(`\[\d+\]`)

// withoutRows is a name without the numbers of rows.
func withoutRows(name string) string { return rowNumbers.ReplaceAllString(name, "[]") }
