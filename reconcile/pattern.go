package reconcile

import (
	"cmp"
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// patternRecords is the number of records from which on a shared explanation
// is called systemic.
const patternRecords = 3

// sharedCauses gathers the explanations that findings have in common. Only slips that
// a program makes the same way every time count: a component left out, a wrong unit, a
// rounding; digits are mistyped one record at a time.
type sharedCauses struct {
	causes table[sharedCause]
	// findings and records of each cause.
	findings, records []int
	// seen are the digests of a cause and a record of it, in bytes: they take less room in
	// a map than integers. For every million of such records that takes some 20 MB.
	seen map[[8]byte]struct{}
}

// sharedCause is an explanation without figures and row numbers.
type sharedCause struct {
	source, field, text string
	rule                *schema.Rule
	class               Class
}

// add counts a finding to its cause, and gives the number of the cause; 0 for none.
func (s *sharedCauses) add(f *Finding) int {
	field, class, text := explanationOf(f)
	if text == "" {
		return 0
	}
	number := s.causes.number(sharedCause{f.Source, field, text, f.Rule, class})
	if number == len(s.findings) {
		s.findings, s.records = append(s.findings, 0), append(s.records, 0)
	}
	s.findings[number]++
	var digest [8]byte
	binary.NativeEndian.PutUint64(digest[:], digestOf(strconv.Itoa(number), f.Place.File, f.Record))
	if _, again := s.seen[digest]; !again {
		if s.seen == nil {
			s.seen = map[[8]byte]struct{}{}
		}
		s.seen[digest] = struct{}{}
		s.records[number]++
	}
	return number + 1
}

// digestOf some texts.
func digestOf(texts ...string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211 // of FNV-1a
	h := uint64(offset)
	for _, text := range texts {
		for i := range len(text) {
			h = (h ^ uint64(text[i])) * prime
		}
		h *= prime // as for a zero byte behind each
	}
	return h
}

// pattern is how the findings of a cause, by its number from 1, call it; empty when it
// is not systemic.
func (s *sharedCauses) pattern(number int) string {
	if s.records[number-1] < patternRecords {
		return ""
	}
	cause := &s.causes.all[number-1]
	return cause.field + ": " + cause.text
}

// patterns are the causes that several records share, the commonest first.
func (s *sharedCauses) patterns() []Pattern {
	var all []Pattern
	for i, cause := range s.causes.all {
		if s.records[i] < patternRecords {
			continue
		}
		all = append(all, Pattern{
			Source: cause.source, Rule: cause.rule, Field: cause.field, Class: cause.class, Text: cause.text,
			Records: s.records[i], Findings: s.findings[i],
		})
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
	if f.Located {
		if !isSystemic(f.Diagnosis.Class) {
			return "", "", ""
		}
		return withoutRows(f.Field), f.Diagnosis.Class, withoutRows(f.Diagnosis.Reason)
	}
	for i := range f.Candidates {
		if c := &f.Candidates[i]; c.Rank <= 1 && !isSystemic(c.Class) {
			return "", "", ""
		}
	}
	best := f.Likeliest()
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
	best := f.Candidates
	for i := range f.Candidates { // in the order of their ranks
		switch c := &f.Candidates[i]; {
		case c.Rank > 1:
			return best[:i:i]
		case c.Set != best[0].Set:
			return nil
		}
	}
	return best
}

var rowNumbers = regexp.MustCompile(`\[\d+\]`)

// withoutRows is a name without the numbers of rows.
func withoutRows(name string) string {
	if !strings.Contains(name, "[") { // most names, and it is asked for every finding
		return name
	}
	return rowNumbers.ReplaceAllString(name, "[]")
}
