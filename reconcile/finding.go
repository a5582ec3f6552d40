package reconcile

import (
	"cmp"
	"fmt"
	"strconv"

	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// newFinding tells of broken relations; one of them speaks.
func newFinding(all []broken, speaker int) (f Finding) {
	f.tell(all, speaker, nil)
	return f
}

// tell makes the finding one of broken relations, of which one speaks.
func (f *Finding) tell(all []broken, speaker int, m *memory) {
	b := &all[speaker]
	in := b.home.Document.Input
	f.have(all, speaker, m)
	f.Source, f.Record, f.KeyFrom, f.home = b.home.Layout.Source.Name, b.home.Key, b.home.KeyFrom, b.home
	f.Place = in.Place(b.offset, b.Pointer)
	if m.isKept() {
		f.Excerpt = in.Excerpt(b.offset, b.end)
	}
	f.Field = b.Field
	f.Actual, f.Expected, f.Difference, f.Op = b.Actual, b.Expected, b.Difference, b.Op
	f.Diagnosis = Diagnosis{Class: Unknown, Text: "any figure of the relation can be the wrong one"}
	f.Text = sentence(b)
	if b.subject != nil {
		f.Raw = b.subject.Text
	}
	if n := len(all) - 1; n > 0 && b.Reading > 0 {
		f.Text += fmt.Sprintf("; no other reading of the law fits either (%d tried)", n)
	}
}

// have gives the finding broken relations as evidence, one of which speaks, without what
// they speak of.
func (f *Finding) have(all []broken, speaker int, m *memory) {
	*f = Finding{Rule: all[speaker].Rule, Unit: all[speaker].unit, HasFigures: true, Evidence: m.newEvidence(len(all))}
	for i := range all {
		f.Severity = max(f.Severity, severity(&all[i]))
		f.full = max(f.full, cmp.Or(all[i].clause, all[i].Rule.Severity))
		f.Evidence = append(f.Evidence, all[i].Evidence)
	}
}

// nearest is the broken reading with the smallest difference: the one that the
// figure was most likely meant by.
func nearest(all []broken) int {
	best := 0
	for i := range all {
		if all[i].Difference.Abs().Cmp(all[best].Difference.Abs()) < 0 {
			best = i
		}
	}
	return best
}

// severity of a broken relation; a surplus and a clause may weigh less.
func severity(b *broken) schema.Severity {
	switch {
	case b.clause != 0:
		return b.clause
	case b.Rule.Surplus != 0 && b.Difference.Sign() > 0:
		return b.Rule.Surplus
	}
	return b.Rule.Severity
}

// weigh gives a finding the full severity of its rules when its figures show a slip:
// what may make a figure rightly larger than its law has it does not exchange its
// digits or multiply it by ten. One replaced digit shows less: any round amount does
// that.
func (f *Finding) weigh() {
	slips := f.Located && f.Diagnosis.Class != Unknown && f.Diagnosis.Class != locate.Stale &&
		(f.Diagnosis.Class != locate.DigitReplaced || len(f.Evidence) > 1)
	if !f.Located {
		slips = len(f.Candidates) > 0
		for i := range f.Candidates {
			c := &f.Candidates[i]
			slips = slips && (c.Rank != 1 || c.Class == locate.Transposed || c.Class == locate.FactorOfTen)
		}
	}
	if slips && !f.IsExplained {
		f.Severity = max(f.Severity, f.full)
	}
}

// sentence says what was printed, and what the rule gives by which figures.
func sentence(b *broken) string {
	var room [256]byte
	text := append(append(room[:0], b.Field...), " is "...)
	text = append(b.Actual.Append(text), "; "...)
	text = append(b.appendGives(text), ' ')
	start := len(text)
	if text = b.Expected.Append(text); b.Numbers != string(text[start:]) {
		text = append(append(text[:start], b.Numbers...), " = "...)
		text = b.Expected.Append(text)
	}
	text = append(b.Difference.Append(append(text, " (difference "...)), ')')
	return string(text)
}

// Gives is the words before what a broken relation expects of its subject. They
// accuse no figure: the other side may be wrong as well.
func (e *Evidence) Gives() string { return string(e.appendGives(nil)) }

func (e *Evidence) appendGives(to []byte) []byte {
	to = append(to, "by "...)
	if e.Reading > 0 {
		to = append(strconv.AppendInt(append(to, "reading "...), int64(e.Reading), 10), " of "...)
	}
	to = append(to, e.Rule.ID...)
	if bound := e.Op.Bound(); bound != "" {
		return append(append(to, " it is "...), bound...)
	}
	return append(to, " the other side gives"...)
}

// RepairRule is the law that a document breaks which is read from a repaired
// copy. It belongs to no source and has no formula.
func RepairRule() *schema.Rule { return repairRule }

var repairRule = &schema.Rule{
	ID: "IN-01", Title: "the document is not JSON and was read from a repaired copy",
	Cites: "RFC 8259", Basis: schema.Stated, Severity: schema.Warning,
	Why: "Whoever reads the document strictly cannot read it. The edit was made to a copy in memory; no digit was touched.",
}

// repairFinding tells of one edit that made a document readable.
func repairFinding(doc *schema.Document, e *schema.Repair) Finding {
	f := Finding{
		Rule: repairRule, Severity: repairRule.Severity, Source: doc.Source.Name,
		Place: e.Place, Excerpt: e.Excerpt,
		Diagnosis: Diagnosis{Class: Unknown, Text: e.Reason},
	}
	if len(doc.Records) > 0 {
		f.Record, f.KeyFrom = doc.Records[0].Key, doc.Records[0].KeyFrom
	}
	switch {
	case e.Removed == "":
		f.Text = fmt.Sprintf("%s: %q", e.Reason, e.Inserted)
	case e.Inserted == "":
		f.Text = fmt.Sprintf("%s: %q", e.Reason, e.Removed)
	default:
		f.Text = fmt.Sprintf("%s: %q for %q", e.Reason, e.Inserted, e.Removed)
	}
	return f
}
