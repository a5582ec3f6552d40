package reconcile

import (
	"fmt"

	"tieout/calc/formula"
	"tieout/calc/schema"
)

// newFinding tells of the broken readings of one rule; the first speaks for it.
func newFinding(rec *schema.Record, rule *schema.Rule, all []broken) Finding {
	first := &all[0]
	in := rec.Document.Input
	f := Finding{
		Rule: rule, Severity: severity(rule, first), Source: rec.Layout.Source.Name,
		Record: rec.Key, KeyFrom: rec.KeyFrom,
		Place: in.Place(first.offset, first.Pointer), Excerpt: in.Excerpt(first.offset, first.end),
		Field: first.Field, HasFigures: true,
		Actual: first.Actual, Expected: first.Expected, Difference: first.Difference, Op: first.Op,
		Diagnosis: Diagnosis{Class: Unknown, Text: "any figure of the relation can be the wrong one"},
	}
	if first.subject != nil {
		f.Raw = first.subject.Text
	}
	for i := range all {
		f.Evidence = append(f.Evidence, all[i].Evidence)
	}
	f.Text = sentence(first)
	switch n := len(all) - 1; {
	case n > 0 && first.Reading > 0:
		f.Text += fmt.Sprintf("; no other reading of the law fits either (%d tried)", n)
	case n == 1:
		f.Text += "; so it is in 1 more place of this record"
	case n > 1:
		f.Text += fmt.Sprintf("; so it is in %d more places of this record", n)
	}
	return f
}

// severity of a broken rule; a surplus may weigh less.
func severity(rule *schema.Rule, b *broken) schema.Severity {
	if rule.Surplus != 0 && b.Difference.Sign() > 0 {
		return rule.Surplus
	}
	return rule.Severity
}

// sentence says what was printed, what it should be and by which figures.
func sentence(b *broken) string {
	should := "it should be"
	switch b.Op {
	case formula.AtMost:
		should = "it should be at most"
	case formula.AtLeast:
		should = "it should be at least"
	}
	value := b.Expected.String()
	if b.Numbers != value {
		value = b.Numbers + " = " + value
	}
	return fmt.Sprintf("%s is %s; %s %s (difference %s)", b.Field, b.Actual, should, value, b.Difference)
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
