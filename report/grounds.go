package report

import (
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile"
)

// groundOf is the broken function that has computed what a relation expects; nil
// for a relation between figures, whose other side has terms.
func groundOf(f *reconcile.Finding, e *reconcile.Evidence) *reconcile.Ground {
	if len(e.Terms) > 0 {
		return nil
	}
	for i := range f.Grounds {
		if g := &f.Grounds[i]; g.Rule == e.Rule {
			return g
		}
	}
	return nil
}

// loneGrounds are the broken functions of a finding that have computed no figure
// of its evidence.
func loneGrounds(f *reconcile.Finding) []*reconcile.Ground {
	var lone []*reconcile.Ground
	for i := range f.Grounds {
		g, computed := &f.Grounds[i], false
		for k := range f.Evidence {
			computed = computed || groundOf(f, &f.Evidence[k]) == g
		}
		if !computed {
			lone = append(lone, g)
		}
	}
	return lone
}

// evidenceCount is how many broken rules a finding has as evidence.
func evidenceCount(f *reconcile.Finding) int { return len(f.Evidence) + len(loneGrounds(f)) }

// lawOf a rule that is a function, in words.
func lawOf(r *schema.Rule) string {
	if r.Law == "" {
		return r.Title
	}
	return r.Law
}

// readFrom are the values that a ground has read beside the one that the finding
// speaks of.
func readFrom(f *reconcile.Finding, g *reconcile.Ground) []*reconcile.Given {
	var all []*reconcile.Given
	for i := range g.Read {
		if v := &g.Read[i]; v.Pointer != f.Place.Pointer || v.File != "" {
			all = append(all, v)
		}
	}
	return all
}

// inFile is the name of a figure, with the file behind it when that is not the
// finding's own.
func inFile(name, file string) string {
	if file == "" {
		return name
	}
	return name + " (" + file + ")"
}

// candidateName is the name of a candidate with the document that it stands in,
// when that is not the finding's.
func candidateName(c *reconcile.Candidate) string {
	if c.File == "" {
		return inFile(c.Field, c.Source)
	}
	return inFile(c.Field, c.File)
}

// formulaWords is a relation with the file behind the name of each figure that
// stands in another file than the finding. Rows under a sum are not named one by
// one; their file stands at the end.
func formulaWords(e *reconcile.Evidence) string {
	words := e.Formula
	var rest []string
	for _, side := range [][]reconcile.Figure{e.Subject, e.Terms} {
		for i := range side {
			s := &side[i]
			if s.File == "" {
				continue
			}
			named, is := behindName(words, s.Field, " ("+s.File+")")
			if words = named; !is && (len(rest) == 0 || rest[len(rest)-1] != s.File) {
				rest = append(rest, s.File)
			}
		}
	}
	if len(rest) > 0 {
		words += " (" + strings.Join(rest, ", ") + ")"
	}
	return words
}

// behindName puts a note behind a name where it stands as a whole in a formula.
func behindName(formula, name, note string) (string, bool) {
	for from := 0; name != ""; {
		at := strings.Index(formula[from:], name)
		if at < 0 {
			break
		}
		start, end := from+at, from+at+len(name)
		if !partOfName(formula[:start], true) && !partOfName(formula[end:], false) {
			if strings.HasPrefix(formula[end:], note) {
				return formula, true
			}
			return formula[:end] + note + formula[end:], true
		}
		from = end
	}
	return formula, false
}

// partOfName tells whether a text ends, or begins, with a character of a name.
func partOfName(s string, ends bool) bool {
	if s == "" {
		return false
	}
	c := s[0]
	if ends {
		c = s[len(s)-1]
	}
	return !strings.ContainsRune(" ()+-*,=<>", rune(c))
}

// givenWords is a value as sent, in short. What is not there is said in words, and
// a day of another calendar has that of the Gregorian one behind it.
func givenWords(g *reconcile.Given) string {
	short := cutText(g.Text, longestValue)
	switch g.State {
	case schema.Present:
		if short != strings.TrimSpace(short) {
			short = `"` + short + `"`
		}
		return dated(short, g.Elsewhen())
	case schema.Empty:
		return `"` + short + `"`
	case schema.Unreadable:
		return strings.TrimSpace("unreadable " + short)
	}
	return g.State.String()
}

func isPresent(g *reconcile.Given) bool { return g.State == schema.Present }

// dated is a text with a day behind it, if there is one.
func dated(text, day string) string {
	if day == "" {
		return text
	}
	return text + " (" + day + ")"
}

// readWords lists values that a rule has read: total_balance 9625, penalty missing.
func readWords(read []*reconcile.Given, most int) string {
	var all []string
	for i, g := range read {
		if i == most {
			all = append(all, counted(len(read)-i, "more value", "more values"))
			break
		}
		name := g.Field
		if name == "" {
			name = "the record"
		}
		all = append(all, inFile(name, g.File)+" "+givenWords(g))
	}
	return strings.Join(all, ", ")
}

// printedWords are what stands in the place of a finding that is not about
// amounts; absent tells that there is no value.
func printedWords(f *reconcile.Finding) (words string, absent bool) {
	if f.Value == nil || f.Value.State == schema.Present {
		if f.Value != nil {
			return dated(f.Raw, f.Value.Elsewhen()), false
		}
		return f.Raw, false
	}
	return givenWords(f.Value), true
}

// wantedWords are what should stand there; empty when that is not one text.
func wantedWords(f *reconcile.Finding) string {
	if f.Wanted == "" || f.WantedDate.IsZero() || f.Wanted == f.WantedDate.String() {
		return f.Wanted
	}
	return dated(f.Wanted, f.WantedDate.String())
}
