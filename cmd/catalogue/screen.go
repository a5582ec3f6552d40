package catalogue

import (
	"slices"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/cells"
	"tieout/reconcile"
)

// screen lets documents pass in which every check holds, without reading them in full:
// nearly all. It serves one goroutine. It knows the sources of which it has met documents.
type screen struct {
	desk    *Desk
	run     *reconcile.Run
	met     []*schema.Source
	sources []screenOf
	last    int // the source of the document that passed last
}

// screenOf is the screen for documents of one source.
type screenOf struct {
	scanner *cells.Scanner
	sieve   *reconcile.Sieve
}

func (d *Desk) newScreen(run *reconcile.Run) *screen { return &screen{desk: d, run: run} }

// meet makes ready for more documents of a source.
func (s *screen) meet(source *schema.Source) {
	if slices.Contains(s.met, source) {
		return
	}
	s.met = append(s.met, source)
	c := s.desk.checkers[source]
	if sieve := reconcile.NewSieve(s.run, c); sieve != nil {
		s.sources = append(s.sources, screenOf{s.desk.Reader.Scanner(c.Layout), sieve})
	}
}

// glance goes over the documents that pass, up to one that does not: an item of it when
// it could be read.
func (s *screen) glance(values *ingest.Values, of *ingest.Stretch) (item ingest.Item, read bool) {
	if list, _ := values.List(); list != nil { // whose records are not told one by one
		return item, false
	}
	for at := values.At(); at < of.End; at = values.At() {
		end, from, passes := s.pass(of.Input.Text[:of.End], at)
		switch {
		case from == nil:
			return item, false
		case !passes:
			return values.Take(from.scanner, end), true
		}
		values.Skip(end)
	}
	return item, false
}

// pass looks at the document that begins at an offset. Unless it is left to the strict
// reader, end is behind it and from is what has read it.
func (s *screen) pass(text []byte, from int) (end int, by *screenOf, passes bool) {
	for i := range s.sources {
		at := (s.last + i) % len(s.sources)
		of := &s.sources[at]
		if end, is := of.scanner.Document(text, from); is {
			s.last = at
			return end, of, of.sieve.Pass(of.scanner.Record, of.scanner.Beside)
		}
	}
	return 0, nil, false
}

// report adds what has passed to a run, and tells how many of the records do not name
// themselves.
func (s *screen) report(run *reconcile.Run) (unnamed int) {
	for i := range s.sources {
		unnamed += s.sources[i].sieve.MoveTo(run)
	}
	return unnamed
}
