package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// Text writes the result for people, in the manner of a compiler: the place, what
// was printed, what it should be, and why. With color, words are marked with
// the escape codes of terminals.
func Text(w io.Writer, r *reconcile.Result, color bool) error {
	return writeText(w, r, color, max(r.Findings.Len(), r.Rejects.Len()))
}

// Screen writes the same to be read at once: of many findings and rejects the first
// in full, and how many more there are.
func Screen(w io.Writer, r *reconcile.Result, color bool) error {
	return writeText(w, r, color, maxOnScreen)
}

// maxOnScreen bounds the findings, and the rejects, that are written out on a screen.
const maxOnScreen = 200

func writeText(w io.Writer, r *reconcile.Result, color bool, most int) error {
	t := &textWriter{w: bufio.NewWriter(w), color: color, told: map[*schema.Rule]bool{}}
	t.patterns(r)
	for i, f := range writtenFindings(r) {
		if i == most {
			t.more(counted(written(r)-most, "more finding", "more findings"))
			break
		}
		t.finding(f)
	}
	for i, x := range r.Rejects.All() {
		if i == most {
			t.more(counted(r.Rejects.Len()-most, "more reject", "more rejects"))
			break
		}
		t.reject(x)
	}
	t.summary(r)
	return cmp.Or(r.Err(), t.w.Flush())
}

type textWriter struct {
	w     *bufio.Writer
	color bool
	told  map[*schema.Rule]bool // rules whose reason has been given
}

// The escape codes of terminals.
const (
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	blue   = "\x1b[1;34m"
	green  = "\x1b[1;32m"
	bold   = "\x1b[1m"
	reset  = "\x1b[0m"
)

// patterns says once what many records have in common.
func (t *textWriter) patterns(r *reconcile.Result) {
	for _, p := range r.Patterns {
		t.say("%s: %s: %s (%s, %s)\n", t.in(yellow, "in "+counted(p.Records, "record", "records")),
			p.Field, p.Text, p.Rule.ID, p.Source)
	}
	if len(r.Patterns) > 0 {
		t.say("\n")
	}
}

// more says that not all is written out, and how to have it.
func (t *textWriter) more(words string) {
	t.say("%s; -o writes a report with all of them (.xlsx, .json or .txt)\n\n", t.in(bold, "and "+words))
}

// styled is text with the escape codes of terminals in it.
type styled string

// in marks a text with a color.
func (t *textWriter) in(code, text string) styled {
	text = oneLine(visibleText(text))
	if !t.color {
		return styled(text)
	}
	return styled(code + text + reset)
}

// say writes text. What comes from documents cannot steer a terminal: control
// characters in it are made visible.
func (t *textWriter) say(format string, args ...any) {
	for i, a := range args {
		if s, is := a.(string); is {
			args[i] = oneLine(visibleText(s))
		}
	}
	fmt.Fprintf(t.w, format, args...)
}

func severityColor(s schema.Severity) string {
	switch s {
	case schema.Error:
		return red
	case schema.Warning:
		return yellow
	}
	return blue
}

func (t *textWriter) finding(f *reconcile.Finding) {
	head := fmt.Sprintf("%s[%s]", f.Severity, f.Rule.ID)
	t.say("%s: %s\n", t.in(severityColor(f.Severity), head), t.in(bold, headline(f)))
	t.place(f.Place, about(f))
	t.excerpt(f.Place.Line, f.Excerpt, caretText(f), severityColor(f.Severity))
	indent := strings.Repeat(" ", len(strconv.Itoa(f.Place.Line)))
	for i := range f.Evidence {
		if i == maxEvidence {
			t.say("%s %s and %s; the other reports hold all\n", indent, t.in(blue, "="),
				counted(len(f.Evidence)-i, "more broken relation", "more broken relations"))
			break
		}
		e := &f.Evidence[i]
		if g := groundOf(f, e); g != nil {
			t.ground(indent, f, g, comparison(e)+", difference "+e.Difference.String()+": "+g.Reason)
			continue
		}
		t.say("%s %s %s\n", indent, t.in(blue, "= "+e.Rule.ID+":"), formulaWords(e))
		t.say("%s   %s, difference %s\n", indent, comparison(e), e.Difference)
		t.explained(indent, e)
	}
	for _, g := range loneGrounds(f) {
		reason := ""
		if f.HasFigures { // what stands under the place does not say it
			reason = g.Reason
		}
		t.ground(indent, f, g, reason)
	}
	t.candidates(indent, f)
	if !t.told[f.Rule] {
		t.told[f.Rule] = true
		if f.Rule.Why != "" {
			t.say("%s %s %s\n", indent, t.in(blue, "= why:"), f.Rule.Why)
		}
		if f.Rule.Cites != "" {
			t.say("%s %s %s (%s)\n", indent, t.in(blue, "= source:"), f.Rule.Cites, f.Rule.Basis)
		}
	}
	t.say("\n")
}

// ground writes a broken function: its law, what it says, and what it has read.
func (t *textWriter) ground(indent string, f *reconcile.Finding, g *reconcile.Ground, says string) {
	t.say("%s %s %s\n", indent, t.in(blue, "= "+g.Rule.ID+":"), lawOf(g.Rule))
	if says != "" {
		t.say("%s   %s\n", indent, says)
	}
	if read := readFrom(f, g); len(read) > 0 {
		t.say("%s   %s\n", indent, readWords(read, maxRead))
	}
}

// maxRead bounds the values that are written out for a broken function.
const maxRead = 12

// maxEvidence bounds the broken relations that are written out for a finding.
const maxEvidence = 12

// headline is the slip where it is known, else the broken condition, with the
// explanation that is likelier than all others.
func headline(f *reconcile.Finding) string {
	switch likeliest := likeliestWords(f); {
	case f.Array != "":
		return f.Array
	case f.Located && f.Diagnosis.Class != reconcile.Unknown:
		return f.Diagnosis.Text
	case !f.Located && likeliest != "":
		return f.Rule.Title + "; likeliest " + likeliest
	}
	return f.Rule.Title
}

// likeliestWords say the explanation of rank 1 when there is just one and slips
// explain all of it; else they are empty.
func likeliestWords(f *reconcile.Finding) string {
	best := f.Likeliest()
	var words []string
	for i := range best {
		c := &best[i]
		if c.Class == reconcile.Unknown {
			return ""
		}
		said := candidateName(c)
		if i+1 == len(best) || slipReason(&best[i+1]) != slipReason(c) {
			said += ": " + slipReason(c)
		}
		words = append(words, said)
	}
	return strings.Join(words, ", ")
}

// maxCandidates bounds the explanations that are written out for a finding.
const maxCandidates = 6

// candidates lists the explanations of a finding that is not located, or the
// rivals of the figure that is; equally good ones are said to be.
func (t *textWriter) candidates(indent string, f *reconcile.Finding) {
	for i := range f.Candidates {
		c := &f.Candidates[i]
		word := "= could be:"
		switch {
		case i > 0 && c.Set == f.Candidates[i-1].Set:
			word = "  and:"
		case f.Located || c.Rank > 1:
			word = "= less likely:"
		case i > 0:
			word = "= or as well:"
		}
		if c.Set > maxCandidates {
			t.say("%s %s %s\n", indent, t.in(blue, "="), "and other explanations; the JSON report lists them all")
			break
		}
		t.say("%s %s %s %s, not %s (%s)\n", indent, t.in(blue, word), candidateName(c), c.Expected.String(), c.Actual.Text(), c.Reason)
	}
	computed := len(f.Candidates) == 0 && len(f.Evidence) == 1 && groundOf(f, &f.Evidence[0]) != nil
	if !f.Located && f.HasFigures && !f.IsExplained && (!computed || f.Diagnosis.Class != reconcile.Unknown) {
		t.say("%s %s %s\n", indent, t.in(blue, "= located:"), "no; "+f.Diagnosis.Text)
	}
}

// about names the record, with where its name comes from, and the figure.
func about(f *reconcile.Finding) string {
	text := f.Record
	switch f.KeyFrom {
	case "", "document":
	case "--key":
		text += " (named by --key)"
	default:
		text += " (named by the " + f.KeyFrom + ")"
	}
	if f.Field != "" {
		text += ", " + f.Field
	}
	return text
}

// caretText is what stands under the place of a finding.
func caretText(f *reconcile.Finding) string {
	if !f.HasFigures {
		return f.Text
	}
	printed := "printed " + f.Raw
	if f.Raw == "" {
		printed = f.Field + " is " + f.Actual.String()
	} else if f.Raw != f.Actual.String() {
		printed += " (" + f.Actual.String() + ")"
	}
	said := fmt.Sprintf("%s, %s %s", printed, gives(f), f.Expected)
	if isOfReadings(f) { // the difference is that of one of them
		return said
	}
	return said + ", difference " + f.Difference.String()
}

// gives is the words before what a figure should be or, in a finding that is not
// located, what the rule gives: that figure need not be the wrong one.
func gives(f *reconcile.Finding) string {
	should := strings.TrimSpace("should be " + f.Op.Bound())
	switch e := speaker(f); {
	case f.Located:
		return should
	case e == nil || groundOf(f, e) != nil:
		return "by " + f.Rule.ID + " " + should
	case e.Reading > 0:
		return "by the nearest reading of " + f.Rule.ID + " the other side gives"
	default:
		return e.Gives()
	}
}

// speaker is the broken relation that a finding speaks of; nil for none.
func speaker(f *reconcile.Finding) *reconcile.Evidence {
	for i := range f.Evidence {
		e := &f.Evidence[i]
		if e.Rule == f.Rule && e.Expected.Equal(f.Expected) && e.Difference.Equal(f.Difference) {
			return e
		}
	}
	return nil
}

// comparison is a broken relation in figures: 694 ≠ 479 + 170 = 649.
func comparison(e *reconcile.Evidence) string {
	sign := map[formula.Op]string{formula.Equal: "≠", formula.AtMost: ">", formula.AtLeast: "<"}[e.Op]
	out := e.Actual.String() + " " + sign + " " + e.Numbers
	if e.Numbers != e.Expected.String() {
		out += " = " + e.Expected.String()
	}
	return out
}

func (t *textWriter) place(p schema.Place, about string) {
	t.say("  %s %s:%d:%d", t.in(blue, "-->"), p.File, p.Line, p.Column)
	if about != "" {
		t.say(": %s", about)
	}
	t.say("\n")
}

// excerpt shows a line of the input with a caret under the place.
func (t *textWriter) excerpt(line int, ex schema.Excerpt, under, code string) {
	if line == 0 {
		return
	}
	number := strconv.Itoa(line)
	indent := strings.Repeat(" ", len(number))
	bar := t.in(blue, "|")
	t.say("%s %s\n%s %s %s\n", indent, bar, t.in(blue, number), bar, ex.Line)
	mark := strings.TrimRight(strings.Repeat("^", ex.Width)+" "+under, " ")
	t.say("%s %s %s%s\n", indent, bar, strings.Repeat(" ", ex.Caret), t.in(code, mark))
}

func (t *textWriter) reject(x *schema.Reject) {
	t.say("%s: %s\n", t.in(red, "rejected"), t.in(bold, x.Reason))
	if x.Place.Line == 0 {
		t.say("  %s %s\n\n", t.in(blue, "-->"), x.Place.File)
		return
	}
	t.place(x.Place, x.Place.Pointer)
	t.excerpt(x.Place.Line, x.Excerpt, "", red)
	t.say("\n")
}
