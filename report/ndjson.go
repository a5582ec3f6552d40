package report

import (
	"bufio"
	"cmp"
	"io"
	"iter"
	"sync"

	"tieout/reconcile"
)

// NDJSON writes the result as JSON of one line for each thing: the findings and the
// others with the members that they have in the JSON report, behind their kind, and at
// last the summary.
func NDJSON(w io.Writer, r *reconcile.Result) error {
	l := NewLines(w, r.MaxFindings)
	for _, f := range writtenFindings(r) {
		if err := l.Finding(f); err != nil {
			return err
		}
	}
	return l.End(r)
}

// Lines writes what NDJSON writes, and the findings when they are found.
type Lines struct {
	mutex sync.Mutex
	d     *jsonDocument
	most  int // findings to write, 0 for no bound
	told  int
}

// NewLines writes no more than some findings; 0 is no bound.
func NewLines(w io.Writer, most int) *Lines {
	return &Lines{d: &jsonDocument{w: bufio.NewWriterSize(w, 1<<16)}, most: most}
}

// Finding writes the next finding, in the order of the result.
func (l *Lines) Finding(f *reconcile.Finding) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.told++; l.most > 0 && l.told > l.most {
		return nil
	}
	return l.d.lineOf("finding", func() { l.d.finding(f) })
}

// Flush hands on the lines that wait to be enough for a write. It may be called while
// another goroutine writes.
func (l *Lines) Flush() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.d.w.Flush()
}

// End writes all that stands behind the findings.
func (l *Lines) End(r *reconcile.Result) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	d := l.d
	err := cmp.Or(
		linesJSON(d, "reject", r.Rejects.All(), d.reject),
		linesJSON(d, "missing", r.NotEvaluable.All(), d.missing),
		linesJSON(d, "pattern", pointers(r.Patterns), d.pattern),
		linesJSON(d, "unmatched", r.Unmatched.All(), d.unmatched),
		linesJSON(d, "unused_adjustment", pointers(r.UnusedEvents), d.unused),
		d.lineOf("summary", func() {
			d.about(r)
			d.summary(r)
		}),
	)
	return cmp.Or(r.Err(), err, d.w.Flush())
}

func linesJSON[T any](d *jsonDocument, kind string, all iter.Seq2[int, *T], members func(*T)) error {
	for _, one := range all {
		if err := d.lineOf(kind, func() { members(one) }); err != nil {
			return err
		}
	}
	return nil
}

// lineOf writes an object on a line. Lines are handed on whole, unless one is longer
// than the buffer: who reads them while they are written sees no half of one.
func (d *jsonDocument) lineOf(kind string, members func()) error {
	d.begin('{')
	d.string("kind", kind)
	members()
	d.end('}')
	d.text = append(d.text, '\n')
	if len(d.text) > d.w.Available() {
		_ = d.w.Flush() // its error stays with the writer
	}
	_, err := d.w.Write(d.text)
	d.text = d.text[:0]
	return err
}
