package catalogue

import (
	"context"
	"errors"
	"io"
	"sort"
	"sync"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/cells"
)

// survey is a first pass over a file that begins with a long array, for the rules that
// compare its records with each other: it tells which of them another one most likely
// repeats, and where to read them again.
type survey struct {
	desk   *Desk
	file   string
	text   io.ReaderAt
	list   *ingest.List
	layout *schema.Layout
	name   []int // slots of the usual name
	census *schema.Census
	places []place // in order

	mutex   sync.Mutex // guards what follows
	scanner *cells.Scanner
	last    *schema.Record // that was read again
	number  int            // of its element
}

// place is where some element of the list begins, by its number, and how many records
// before it do not name themselves.
type place struct {
	offset          int64
	number, unnamed int
}

// placesApart is how many elements are between two places: reading a record again reads
// some of those before it.
const placesApart = 64

// survey makes the records of the list that a file begins with known to each other. It is
// nil when there is no list, no rule to compare them, or the file cannot be read twice.
func (d *Desk) survey(ctx context.Context, f *ingest.File, how Streaming) *schema.Siblings {
	text := f.Again()
	if text == nil || ingest.IsCompressed(f.Head) || !d.compares() {
		return nil
	}
	cutter, err := ingest.NewCutter(io.NewSectionReader(text, 0, f.Size), how.ChunkSize)
	if err != nil {
		return nil // that comes again
	}
	if how.ListsFrom > 0 {
		cutter.ListsFrom(how.ListsFrom)
	}
	s := &survey{desk: d, file: f.Name, text: text, list: cutter.List()}
	if s.list == nil {
		return nil
	}
	if s.layout = s.list.Source(&d.Reader); s.layout == nil {
		return nil
	}
	comparisons := d.checkers[s.layout.Source].Comparisons()
	if len(comparisons) == 0 {
		return nil
	}
	s.name = s.layout.UsualName()
	s.census, s.scanner = schema.NewCensus(s.layout, comparisons), d.Reader.Scanner(s.layout)
	take := func(c *checked, known *progress) bool {
		how.ahead(firstPass, int64(c.of.Input.Start.Offset+c.of.End), f.Size)
		return s.take(c, known)
	}
	pass := &stream{
		file: f.Name, cutter: cutter, take: take, before: func() int { return 0 },
		examiner: func() examiner { return &surveyor{s, d.Reader.Scanner(s.layout)} },
	}
	if _, err := pass.read(ctx, how.Jobs); err != nil {
		return nil
	}
	return s.census.Siblings(s.read)
}

// compares tells whether a rule compares records of a list.
func (d *Desk) compares() bool {
	for _, c := range d.checkers {
		if len(c.Comparisons()) > 0 {
			return true
		}
	}
	return false
}

// told is what a survey has taken down of a stretch.
type told struct {
	census *schema.CensusSheet
	places []place // unnamed counts from the beginning of the stretch
}

// surveyor takes down the elements that begin in stretches.
type surveyor struct {
	survey  *survey
	scanner *cells.Scanner
}

func (v *surveyor) examine(of *ingest.Stretch, _ func() int) *checked {
	c := &checked{of: of, told: &told{census: v.survey.census.Sheet()}, values: v.survey.desk.Reader.Values(of)}
	text := of.Input.Text[:of.End]
	for {
		list, number := c.values.List()
		if list == nil { // what stands behind it is none of its records
			return c
		}
		at, _, ok := c.values.Element()
		if ok {
			c.note(at, number)
			if end, read := v.scanner.Document(text, at); read && v.counted(c.told, number) {
				c.values.Skip(end)
				continue
			}
		}
		item, ok := c.values.Next()
		if !ok {
			return c
		}
		if doc := item.Document; doc != nil {
			c.count(doc)
		}
	}
}

// counted takes down what was scanned; it tells whether that was enough.
func (v *surveyor) counted(to *told, number int) bool {
	return v.scanner.Path == "" && to.census.CountCells(number, v.scanner.Record)
}

// note notes where an element begins, if it is far from the last one that was noted.
func (c *checked) note(at, number int) {
	if n := len(c.told.places); n > 0 && number-c.told.places[n-1].number < placesApart {
		return
	}
	offset := int64(c.of.Input.Start.Offset + at)
	c.told.places = append(c.told.places, place{offset, number, c.values.Unnamed()})
}

// count takes down the records that are parts of the list.
func (c *checked) count(doc *schema.Document) {
	for _, rec := range doc.Records {
		if rec.Payload.IsPart {
			c.told.census.Count(rec.Payload.Number, rec)
		}
	}
}

// take adds what was taken down of the next stretch.
func (s *survey) take(c *checked, known *progress) (goOn bool) {
	s.census.Add(c.told.census)
	for _, p := range c.told.places {
		p.unnamed += known.unnamed
		s.places = append(s.places, p)
	}
	return true
}

// read reads the record of an element again; nil when it is not there any more.
func (s *survey) read(number int) *schema.Record {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.last == nil || s.number != number {
		s.last, s.number = s.find(number), number
	}
	return s.last
}

// find finds the record of an element behind the last place before it.
func (s *survey) find(number int) *schema.Record {
	i := sort.Search(len(s.places), func(i int) bool { return s.places[i].number > number })
	if i == 0 {
		return nil
	}
	const window = 64 << 10
	for size := window; ; size *= 2 {
		text := make([]byte, size)
		n, err := s.text.ReadAt(text, s.places[i-1].offset)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil
		}
		if rec, ok := s.findIn(text[:n], &s.places[i-1], number); ok || err != nil {
			return rec
		}
	}
}

// findIn finds the record in a text that begins at a place; it is not ok when the text ends
// before it.
func (s *survey) findIn(text []byte, from *place, number int) (rec *schema.Record, ok bool) {
	values := s.desk.Reader.Values(&ingest.Stretch{
		Input: &schema.Input{File: s.file, Text: text}, End: len(text), List: s.list, Number: from.number,
		Unnamed: func() int { return from.unnamed },
	})
	for {
		at, _, ok := values.Element()
		if _, reached := values.List(); ok && reached < number {
			if end, read := s.scanner.Document(text, at); read && s.isNamed(s.scanner.Record) {
				values.Skip(end)
				continue
			}
		} else if reached > number {
			return nil, true
		}
		item, ok := values.Next()
		if !ok {
			return nil, false
		}
		if doc := item.Document; doc != nil && len(doc.Records) == 1 && doc.Records[0].Payload.Number == number {
			return doc.Records[0], true
		}
	}
}

// isNamed tells whether a record names itself the usual way: one that does not is counted.
func (s *survey) isNamed(record *schema.Cells) bool { return len(s.name) > 0 && record.HasAll(s.name) }
