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
	// turned is the sieve that the document of the last glance did not pass, nil for none.
	turned *reconcile.Sieve
}

// screenOf is the screen for documents of one source.
type screenOf struct {
	layout  *schema.Layout
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
		s.sources = append(s.sources, screenOf{c.Layout, s.desk.Reader.Scanner(c.Layout), sieve})
	}
}

// glance goes over the documents that pass, or the elements of a list, up to one that does
// not: an item of it when it could be read.
func (s *screen) glance(values *ingest.Values, of *ingest.Stretch) (item ingest.Item, read bool) {
	text := of.Input.Text[:of.End]
	s.turned = nil
	for {
		end, from, passes := s.next(values, text)
		switch {
		case from == nil:
			return item, false
		case !passes:
			s.turned = from.sieve
			return values.Take(from.scanner, end), true
		}
		values.Skip(end)
	}
}

// check checks a document, which comes of the last glance or else of the strict reader.
func (s *screen) check(part *reconcile.Run, doc *schema.Document) {
	if s.turned != nil {
		s.turned.Document(part, doc)
		return
	}
	s.meet(doc.Source)
	part.Document(s.desk.checkers[doc.Source], doc)
}

// next looks at the next document, or element of a list. Unless it is left to the strict
// reader, end is behind it and by is what has read it.
func (s *screen) next(values *ingest.Values, text []byte) (end int, by *screenOf, passes bool) {
	if list, _ := values.List(); list == nil {
		at := values.At()
		if at >= values.Until() {
			return 0, nil, false
		}
		return s.document(text, at)
	}
	at, layout, ok := values.Element()
	if !ok {
		return 0, nil, false
	}
	for i := range s.sources {
		if of := &s.sources[i]; of.layout == layout {
			return of.element(text, at)
		}
	}
	return 0, nil, false
}

// document looks at the document that begins at an offset.
func (s *screen) document(text []byte, from int) (end int, by *screenOf, passes bool) {
	for i := range s.sources {
		at := (s.last + i) % len(s.sources)
		of := &s.sources[at]
		if end, is := of.scanner.Document(text, from); is {
			s.last = at
			return end, of, of.sieve.Pass(of.scanner.Record, of.scanner.Beside, reconcile.Standing{})
		}
	}
	return 0, nil, false
}

// element looks at the element of a list that begins at an offset.
func (s *screenOf) element(text []byte, from int) (end int, by *screenOf, passes bool) {
	end, is := s.scanner.Document(text, from)
	if !is {
		return 0, nil, false
	}
	standing := reconcile.Standing{InList: true, IsPart: s.scanner.Path == ""}
	return end, s, s.sieve.Pass(s.scanner.Record, s.scanner.Beside, standing)
}

// report adds what has passed to a run, and tells how many of the records do not name
// themselves.
func (s *screen) report(run *reconcile.Run) (unnamed int) {
	for i := range s.sources {
		unnamed += s.sources[i].sieve.MoveTo(run)
	}
	return unnamed
}
