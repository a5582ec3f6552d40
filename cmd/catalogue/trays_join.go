package catalogue

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/cells"
	"tieout/reconcile"
)

// Join checks all documents that were sorted, and joins those that belong together. When
// the context ends, the run has what was checked until then.
func (t *Trays) Join(ctx context.Context, how Streaming) error {
	if err := t.flushAll(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	j := &joining{Trays: t, work: make(chan *handful), rooms: make(chan []byte, traysAtOnce)}
	for range traysAtOnce {
		j.rooms <- nil
	}
	var all sync.WaitGroup
	for range how.Jobs {
		by := j.newHand()
		all.Go(func() {
			for some := range j.work {
				if err := by.check(ctx, some.slips); err != nil {
					cancel(err)
				}
				some.done()
			}
		})
	}
	if err := j.hand(ctx, how); err != nil {
		cancel(err)
	}
	close(j.work)
	all.Wait()
	return context.Cause(ctx)
}

// traysAtOnce is how many trays are in memory: one is checked while the next is read.
const traysAtOnce = 2

// joining is what joins the documents of the trays.
type joining struct {
	*Trays
	work  chan *handful
	rooms chan []byte // for the texts of trays
	mutex sync.Mutex  // of the run
}

// hand checks the documents of handfuls, one after the other.
type hand struct {
	*joining
	scanners *scanners
	sieves   map[*schema.Source]*reconcile.Sieve
}

func (j *joining) newHand() *hand {
	h := &hand{j, j.desk.newScanners(), map[*schema.Source]*reconcile.Sieve{}}
	for source, c := range j.desk.checkers {
		h.sieves[source] = reconcile.NewSieveApart(j.run, c)
	}
	return h
}

// handful are the slips of some keys, in order.
type handful struct {
	slips []slip
	done  func()
}

// handfulSize is how many slips are mostly checked in one piece.
const handfulSize = 256

// hand hands out the slips of all trays.
func (j *joining) hand(ctx context.Context, how Streaming) error {
	for number := range j.trays {
		how.ahead(joiningPass, int64(number), int64(len(j.trays)))
		room := <-j.rooms
		room, err := j.tray(number, room)
		if err != nil {
			return err
		}
		slips := j.slips(number, room)
		var open sync.WaitGroup
		for len(slips) > 0 {
			end := wholeKeys(slips, handfulSize)
			open.Add(1)
			select {
			case j.work <- &handful{slips[:end], open.Done}:
			case <-ctx.Done():
				return ctx.Err()
			}
			slips = slips[end:]
		}
		go func() {
			open.Wait()
			j.rooms <- room
		}()
	}
	return nil
}

// slips of a tray, those of a key together.
func (j *joining) slips(number int, text []byte) []slip {
	all := slices.Clone(j.held[number])
	for len(text) > 0 {
		var s slip
		text = s.read(text)
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b slip) int { return a.compare(&b) })
	return all
}

// wholeKeys is the number of the first slips that are all of their keys, some or more.
func wholeKeys(all []slip, some int) int {
	end := min(some, len(all))
	for end < len(all) && all[end].key == all[end-1].key {
		end++
	}
	return end
}

// check checks the documents of some slips, in order.
func (h *hand) check(ctx context.Context, all []slip) error {
	apart := h.newApart()
	for len(all) > 0 && ctx.Err() == nil {
		end := wholeKeys(all, 1)
		for i := range all[:end] {
			if err := h.take(apart, &all[i]); err != nil {
				return err
			}
		}
		apart.Join()
		all = all[end:]
		if apart.IsFull() || len(all) == 0 {
			if err := h.add(apart); err != nil {
				return err
			}
			apart = h.newApart()
		}
	}
	return nil
}

func (j *joining) newApart() *reconcile.Apart {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.run.Apart()
}

func (j *joining) add(apart *reconcile.Apart) error {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.run.AddApart(apart)
	return j.run.Err()
}

// take reads a document and takes the records of the slip's key.
func (h *hand) take(apart *reconcile.Apart, s *slip) error {
	doc, by, err := h.read(s)
	if err != nil {
		return err
	}
	took := false
	for _, rec := range doc.Records {
		if keyHash(rec.Key) != s.key {
			continue
		}
		took = true
		switch c := h.desk.checkers[doc.Source]; {
		case h.origins[s.input].isBefore:
			apart.TakePrevious(c, rec, s.input)
		case by != nil: // it is the only record
			apart.TakeSieved(h.sieves[doc.Source], by.Record, rec, s.input)
		default:
			apart.Take(c, rec, s.input)
		}
	}
	if !took {
		return h.differs(s)
	}
	return nil
}

// read reads the document of a slip; by is nil when the strict reader has.
func (h *hand) read(s *slip) (doc *schema.Document, by *cells.Scanner, err error) {
	if s.isShared {
		if s.text, err = h.spool.read(s.sharedAt, s.size); err != nil {
			return nil, nil, err
		}
	}
	from, fast := h.origins[s.input], h.scanners
	if !from.isScanned {
		fast = nil
	}
	of := &ingest.Stretch{
		Input: &schema.Input{File: from.file, Text: s.text, Start: s.start, Request: from.request},
		From:  s.from, End: s.end, Last: true, Custom: from.custom,
		Unnamed: func() int { return s.unnamed },
	}
	if s.element > 0 {
		of.List, of.Number = from.list, s.element-1
	}
	item, by, _ := fast.next(from.reader.Values(of), of, s.input)
	if item.Document == nil {
		return nil, nil, h.differs(s)
	}
	return item.Document, by, nil
}

// differs is the error of a document that is not read as it was the first time.
func (j *joining) differs(s *slip) error {
	return fmt.Errorf("%s: the document at byte %d cannot be read a second time as it was the first time; "+
		"this is a fault of tieout (--join never goes without it)", j.origins[s.input].file, s.start.Offset+s.from)
}
