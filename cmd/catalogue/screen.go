package catalogue

import (
	"tieout/ingest"
	"tieout/ingest/cells"
	"tieout/reconcile"
)

// screen lets documents pass in which every check holds, without reading them in full:
// nearly all. It serves one goroutine.
type screen struct {
	sources []screenOf
	last    int // the source of the document that passed last
}

// screenOf is the screen for documents of one source.
type screenOf struct {
	scanner *cells.Scanner
	sieve   *reconcile.Sieve
}

// newScreen is a screen for the sources of the desk that have one.
func (d *Desk) newScreen() *screen {
	s := &screen{}
	for _, l := range d.Reader.Layouts {
		if sieve := reconcile.NewSieve(d.checkers[l.Source]); sieve != nil {
			s.sources = append(s.sources, screenOf{d.Reader.Scanner(l), sieve})
		}
	}
	return s
}

// glance goes over the documents that pass, up to one that does not.
func (s *screen) glance(values *ingest.Values, of *ingest.Stretch) {
	if list, _ := values.List(); list != nil { // whose records are not told one by one
		return
	}
	for at := values.At(); at < of.End; at = values.At() {
		end, passes := s.pass(of.Input.Text[:of.End], at)
		if !passes {
			return
		}
		values.Skip(end)
	}
}

// pass looks at the document that begins at an offset; end is behind one that passes.
func (s *screen) pass(text []byte, from int) (end int, passes bool) {
	for i := range s.sources {
		at := (s.last + i) % len(s.sources)
		of := &s.sources[at]
		if end, is := of.scanner.Document(text, from); is {
			s.last = at
			return end, of.sieve.Pass(of.scanner.Record, of.scanner.Beside)
		}
	}
	return 0, false
}

// report adds what has passed to a run, and tells how many of the records do not name
// themselves.
func (s *screen) report(run *reconcile.Run) (unnamed int) {
	for i := range s.sources {
		passed := s.sources[i].sieve.Take()
		run.Passed(&passed)
		unnamed += passed.Unnamed
	}
	return unnamed
}
