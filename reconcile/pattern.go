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
// and row numbers; text is empty when there is none. Of figures that are wrong
// together each must have such a slip, of one class.
func explanationOf(f *Finding) (field string, class Class, text string) {
	best := []Candidate{{Field: f.Field, Class: f.Diagnosis.Class, Reason: f.Diagnosis.Reason}}
	if !f.Located {
		best = f.Likeliest()
	}
	var fields, reasons []string
	for i := range best {
		c := &best[i]
		if !isSystemic(c.Class) || c.Class != best[0].Class {
			return "", "", ""
		}
		fields = appendNew(fields, withoutRows(c.Field))
		reasons = appendNew(reasons, withoutRows(c.Reason))
	}
	if len(best) == 0 {
		return "", "", ""
	}
	return enumerated(fields), best[0].Class, strings.Join(reasons, "; ")
}

// isSystemic tells whether programs make a slip of the class, the same way every
// time.
func isSystemic(c Class) bool {
	switch c {
	case locate.ComponentOmitted, locate.ComponentDoubled, locate.Sign, locate.FactorOfTen, locate.Rounding, locate.Stale:
		return true
	}
	return false
}

func appendNew(all []string, one string) []string {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// enumerated is a list in words: a, b and c.
func enumerated(all []string) string {
	last := len(all) - 1
	if last < 1 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:last], ", ") + " and " + all[last]
}

// Likeliest are the changes of the explanation of rank 1 when there is just one;
// those of a set are wrong together.
func (f *Finding) Likeliest() []Candidate {
	var best []Candidate
	for i := range f.Candidates {
		c := &f.Candidates[i]
		switch {
		case c.Rank > 1:
		case len(best) > 0 && c.Set != best[0].Set:
			return nil
		default:
			best = append(best, *c)
		}
	}
	return best
}

var rowNumbers = regexp.MustCompile(`\[\d+\]`)

// withoutRows is a name without the numbers of rows.
func withoutRows(name string) string { return rowNumbers.ReplaceAllString(name, "[]") }
