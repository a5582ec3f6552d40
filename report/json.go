package report

import (
	"bufio"
	"cmp"
	"io"
	"iter"

	"tieout/calc/schema"
	"tieout/reconcile"
)

// SchemaVersion of the JSON report. Members are only added under one version.
const SchemaVersion = 1

// JSON writes the result as one JSON document. Members stand in the order written
// here; null stands for "none".
func JSON(w io.Writer, r *reconcile.Result) error {
	d := &jsonDocument{w: bufio.NewWriterSize(w, 1<<16)}
	d.indented = true
	d.begin('{')
	d.about(r)
	d.object("summary", func() { d.summary(r) })
	listJSON(d, "findings", writtenFindings(r), d.finding)
	listJSON(d, "rejects", r.Rejects.All(), d.reject)
	listJSON(d, "not_evaluable", r.NotEvaluable.All(), d.missing)
	listJSON(d, "patterns", pointers(r.Patterns), d.pattern)
	listJSON(d, "unmatched", r.Unmatched.All(), d.unmatched)
	listJSON(d, "unused_adjustments", pointers(r.UnusedEvents), d.unused)
	d.end('}')
	d.text = append(d.text, '\n')
	d.flush()
	return cmp.Or(r.Err(), d.w.Flush())
}

// jsonDocument is JSON that is written out as it is made.
type jsonDocument struct {
	jsonText
	w *bufio.Writer
}

// flush writes out what is made.
func (d *jsonDocument) flush() {
	_, _ = d.w.Write(d.text) // the first error stays with the writer
	d.text = d.text[:0]
}

// listJSON writes a member that is a list of objects, one after the other.
func listJSON[T any](d *jsonDocument, name string, all iter.Seq2[int, *T], members func(*T)) {
	d.array(name)
	for _, one := range all {
		d.element()
		d.begin('{')
		members(one)
		d.end('}')
		d.flush()
	}
	d.end(']')
}

// pointers are the elements of a slice as those of a store.
func pointers[T any](all []T) iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		for i := range all {
			if !yield(i, &all[i]) {
				return
			}
		}
	}
}

// about tells the version of the contract, the program and the day.
func (j *jsonText) about(r *reconcile.Result) {
	j.number("schema_version", SchemaVersion)
	j.object("tool", func() {
		j.string("name", r.Tool.Name)
		j.string("version", r.Tool.Version)
		j.string("rule_set", r.Tool.RuleSet)
	})
	j.orNull("as_of", r.AsOf)
	if r.Incomplete {
		j.bool("incomplete", true)
	}
}

func (j *jsonText) summary(r *reconcile.Result) {
	j.number("documents", r.Documents)
	j.number("records", r.Records)
	j.number("figures", r.Figures)
	j.object("checks", func() {
		j.number("holds", r.Checks[reconcile.Holds])
		j.number("within_tolerance", r.Checks[reconcile.WithinTolerance])
		j.number("broken", r.Checks[reconcile.Broken])
		j.number("not_applicable", r.Checks[reconcile.NotApplicable])
		j.number("not_evaluable", r.Checks[reconcile.NotEvaluable])
	})
	severities := r.Severities()
	j.object("findings", func() {
		j.number("error", severities[schema.Error])
		j.number("warning", severities[schema.Warning])
		j.number("info", severities[schema.Info])
	})
	if n := written(r); n < r.Findings.Len() {
		j.number("findings_shown", n)
	}
	j.number("rejected", r.Rejected)
	j.number("joined", r.Joined)
	j.number("replaced", r.Replaced)
}

func (j *jsonText) reject(x *schema.Reject) {
	j.string("file", x.Place.File)
	j.number("line", x.Place.Line)
	j.number("column", x.Place.Column)
	j.number("offset", x.Place.Offset)
	j.string("pointer", x.Place.Pointer)
	j.string("reason", x.Reason)
}

func (j *jsonText) missing(m *reconcile.Missing) {
	j.string("rule", m.Rule.ID)
	j.string("record", m.Record)
	j.string("missing", m.Pointer)
	j.string("source", m.Source)
	j.string("field", m.Field)
	j.string("reason", m.Reason)
	if m.Implied != nil {
		j.amount("implied", *m.Implied)
	} else {
		j.orNull("implied", "")
	}
}

func (j *jsonText) pattern(p *reconcile.Pattern) {
	j.string("source", p.Source)
	j.string("rule", p.Rule.ID)
	j.string("field", p.Field)
	j.string("class", string(p.Class))
	j.string("text", p.Text)
	j.number("records", p.Records)
	j.number("findings", p.Findings)
}

func (j *jsonText) unmatched(u *reconcile.Unmatched) {
	j.string("source", u.Source)
	j.string("record", u.Record)
	j.string("file", u.File)
	j.array("lacks")
	for _, source := range u.Lacks {
		j.element()
		j.quote(source)
	}
	j.end(']')
	j.orNull("reason", u.Reason)
}

func (j *jsonText) unused(e *reconcile.UnusedEvent) {
	j.string("record", e.Record)
	j.string("rule", e.Rule)
	j.string("event", e.Name)
	j.amount("amount", e.Amount)
	j.string("from", e.From)
	j.string("why", e.Why)
}
