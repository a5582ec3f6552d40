package catalogue

import (
	"bytes"
	"context"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/capture"
	"tieout/ingest/cells"
	"tieout/reconcile"
)

// Trays are for documents that are too many to be in memory until they are joined. They
// are sorted in a temporary file by the keys of their records, so that the records of one
// key come together; Join checks them then, key by key.
type Trays struct {
	desk *Desk
	run  *reconcile.Run
	*spool
	origins map[int]*origin // by the number of the input
	// held are the documents with the records of very many keys, by tray.
	held   map[int][]slip
	buffer []byte
}

// origin is what is known of an input whose documents are sorted.
type origin struct {
	file    string
	custom  ingest.Custom
	request *schema.Request
	list    *ingest.List // that it is, nil when it is none
	reader  *ingest.Reader
	// isScanned tells that the fast readers of the desk may read it.
	isScanned bool
	// isBefore tells that it is of the earlier snapshot.
	isBefore bool
}

// The number of trays is chosen so that one has about traySize bytes.
const (
	traySize  = 8 << 20
	mostTrays = 8192
	// usualTrays are for inputs of which the size is not known.
	usualTrays = 2048
)

// mostKeys is from how many keys on a document is kept in memory: each of its records is
// read with the whole document.
const mostKeys = 32

// NewTrays are trays for documents of some bytes in all, which are negative when that is
// not known.
func NewTrays(desk *Desk, run *reconcile.Run, size int64) (*Trays, error) {
	trays := usualTrays
	if size >= 0 {
		trays = int(min(size/traySize+1, mostTrays))
	}
	s, err := newSpool(trays)
	if err != nil {
		return nil, err
	}
	return &Trays{desk: desk, run: run, spool: s, origins: map[int]*origin{}, held: map[int][]slip{}}, nil
}

// Sort sorts the documents of a file, as those of the input that the run has begun last.
func (t *Trays) Sort(ctx context.Context, f *ingest.File, isBefore bool, how Streaming) error {
	of := &origin{file: f.Name, reader: &t.desk.Reader, isScanned: true, isBefore: isBefore}
	t.origins[t.run.CurrentInput()] = of
	_, err := t.desk.stream(ctx, f, t.run, how, &sorting{t, of})
	return err
}

// Capture sorts the answers of a capture, each as an input of its own; goOn is asked
// before each.
func (t *Trays) Capture(in *schema.Input, isBefore bool, goOn func(records int) bool) error {
	var failed error
	answer := func(reader *ingest.Reader, in *schema.Input, run *reconcile.Run, goOn func(records int) bool) bool {
		of := &origin{
			file: in.File, custom: ingest.CustomOf(in.Text), request: in.Request, reader: reader, isBefore: isBefore,
		}
		t.origins[run.CurrentInput()] = of
		stretch := &ingest.Stretch{Input: in, End: len(in.Text), Last: true, Custom: of.custom}
		before := run.Records()
		failed = t.put((&sorting{t, of}).slips(nil, reader.Values(stretch), stretch, run))
		return failed == nil && goOn(run.Records()-before)
	}
	take := taker{documents: answer, nothing: t.run.Nothing, replaced: t.run.Replaced}
	if isBefore {
		take.nothing, take.replaced = func() {}, func() {}
	}
	t.desk.capture(capture.Latest(in.File, in.Text), t.run, goOn, take)
	return failed
}

// Close removes the temporary file.
func (t *Trays) Close() error { return t.spool.Close() }

// sorting is how the documents of an input are sorted.
type sorting struct {
	*Trays
	origin *origin
}

// take puts what was sorted of a stretch into the trays.
func (s *sorting) take(c *checked) error {
	if c.of.List != nil {
		s.origin.list = c.of.List
	}
	return s.put(c.sheets)
}

// scanners are the fast readers of the desk's sources. They serve one goroutine.
type scanners struct {
	all []*cells.Scanner
	// last is which of them has read the last document of an input, by its number.
	last map[int]int
}

func (d *Desk) newScanners() *scanners {
	s := &scanners{last: map[int]int{}}
	for _, l := range d.Reader.Layouts {
		s.all = append(s.all, d.Reader.Scanner(l))
	}
	return s
}

// read reads the document of an input at an offset; by is nil when it is left to the
// strict reader.
func (s *scanners) read(input int, text []byte, from int) (end int, by *cells.Scanner) {
	last := s.last[input]
	for i := range s.all {
		at := (last + i) % len(s.all)
		if end, is := s.all[at].Document(text, from); is {
			s.last[input] = at
			return end, s.all[at]
		}
	}
	return 0, nil
}

// next is what comes of the next value of a stretch of an input, and what has read it:
// nil for the strict reader, to which all is left where scanners are nil.
func (s *scanners) next(
	values *ingest.Values, of *ingest.Stretch, input int,
) (item ingest.Item, by *cells.Scanner, ok bool) {
	if list, _ := values.List(); s != nil && list == nil && values.At() < of.End {
		if end, by := s.read(input, of.Input.Text[:of.End], values.At()); by != nil {
			return values.Take(by, end), by, true
		}
	}
	item, ok = values.Next()
	return item, nil, ok
}

// sheet is a document with the hashes of the keys that its records have.
type sheet struct {
	slip
	keys []uint64
}

// slips are the documents that begin in a stretch. A run expects them.
func (s *sorting) slips(fast *scanners, values *ingest.Values, of *ingest.Stretch, run *reconcile.Run) []sheet {
	var all []sheet
	around := margins{in: of.Input, start: of.Input.Start}
	number := s.run.CurrentInput()
	for {
		from, unnamed := values.At(), values.Unnamed()
		list, _ := values.List()
		item, _, ok := fast.next(values, of, number)
		if !ok {
			return all
		}
		run.Reject(item.Rejects, item.Rejected)
		doc := item.Document
		if doc == nil {
			continue
		}
		if s.origin.isBefore {
			run.ExpectPrevious(doc)
		} else {
			run.Expect(doc)
		}
		if len(doc.Records) == 0 {
			continue
		}
		end := len(bytes.TrimRight(of.Input.Text[:values.At()], " \t\r\n"))
		element := 0
		if doc.Continues {
			_, element = values.List()
		}
		if list != nil { // a comma or the end of the list stands before the document
			from = doc.Offset
		}
		one := sheet{slip: around.slip(from, max(end, from)), keys: keysOf(doc)}
		one.input, one.element = number, element
		if values.Unnamed() > unnamed {
			one.unnamed = unnamed
			if of.Unnamed != nil {
				one.unnamed += of.Unnamed()
			}
		}
		all = append(all, one)
	}
}

// keysOf a document are the hashes of the keys that its records have, each once.
func keysOf(doc *schema.Document) []uint64 {
	if len(doc.Records) == 1 {
		return []uint64{keyHash(doc.Records[0].Key)}
	}
	var keys []uint64
	seen := map[uint64]bool{}
	for _, rec := range doc.Records {
		if key := keyHash(rec.Key); !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	return keys
}

// put puts sheets into the trays of their keys.
func (t *Trays) put(sheets []sheet) error {
	for i := range sheets {
		if err := t.putOne(&sheets[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *Trays) putOne(one *sheet) error {
	if len(one.keys) > mostKeys {
		one.text = bytes.Clone(one.text)
	} else if len(one.keys) > 1 {
		at, err := t.write(one.text)
		if err != nil {
			return err
		}
		one.isShared, one.sharedAt = true, at
	}
	for _, one.key = range one.keys {
		number := int(one.key % uint64(len(t.trays)))
		if len(one.keys) > mostKeys {
			t.held[number] = append(t.held[number], one.slip)
			continue
		}
		t.buffer = one.appendTo(t.buffer[:0])
		if err := t.spool.put(number, t.buffer); err != nil {
			return err
		}
	}
	return nil
}
