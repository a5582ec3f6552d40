package report

import (
	"bufio"
	"cmp"
	"io"
	"iter"

	"tieout/reconcile"
)

// NDJSON writes the result as JSON of one line for each thing: the findings and the
// others with the members that they have in the JSON report, behind their kind, and at
// last the summary.
func NDJSON(w io.Writer, r *reconcile.Result) error {
	d := &jsonDocument{w: bufio.NewWriterSize(w, 1<<16)}
	linesJSON(d, "finding", writtenFindings(r), d.finding)
	linesJSON(d, "reject", r.Rejects.All(), d.reject)
	linesJSON(d, "missing", r.NotEvaluable.All(), d.missing)
	linesJSON(d, "pattern", pointers(r.Patterns), d.pattern)
	linesJSON(d, "unmatched", r.Unmatched.All(), d.unmatched)
	linesJSON(d, "unused_adjustment", pointers(r.UnusedEvents), d.unused)
	d.lineOf("summary", func() {
		d.about(r)
		d.summary(r)
	})
	return cmp.Or(r.Err(), d.w.Flush())
}

func linesJSON[T any](d *jsonDocument, kind string, all iter.Seq2[int, *T], members func(*T)) {
	for _, one := range all {
		d.lineOf(kind, func() { members(one) })
	}
}

// lineOf writes an object on a line.
func (d *jsonDocument) lineOf(kind string, members func()) {
	d.begin('{')
	d.string("kind", kind)
	members()
	d.end('}')
	d.text = append(d.text, '\n')
	d.flush()
}
