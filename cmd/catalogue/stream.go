package catalogue

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/reconcile"
)

// Streaming is how a desk checks files in chunks.
type Streaming struct {
	// Jobs is how many chunks are checked at the same time, and ChunkSize how many
	// bytes one mostly has.
	Jobs, ChunkSize int
	// ListsFrom is from how many bytes on an array is read element by element; 0 for as
	// many as usual.
	ListsFrom int
	// Went, if any, is told how many records each chunk had.
	Went func(records int)
	// Ahead, if any, is told how far a pass is in which no records are checked: done of
	// total.
	Ahead func(pass string, done, total int64)
}

func (s *Streaming) went(records int) {
	if s.Went != nil {
		s.Went(records)
	}
}

func (s *Streaming) ahead(pass string, done, total int64) {
	if s.Ahead != nil {
		s.Ahead(pass, done, total)
	}
}

// The passes in which no records are checked.
const (
	firstPass   = "first pass over the list" // by a survey
	beforeShare = "records before the share" // that are counted
	joiningPass = "joining"
)

// Stream checks a file of any size in chunks, as the input that the run has begun last.
// Its records are not kept, so that they cannot be joined with others. When the context
// ends, the run has what was checked until then.
//
// A chunk ends at a guess. It is verified by reading: where the last value of a chunk is
// not complete at its end, it is joined with the next one and read again. So is the end
// of a share of a file, at which it may err with ErrShare.
func (d *Desk) Stream(ctx context.Context, f *ingest.File, run *reconcile.Run, how Streaming) error {
	_, err := d.stream(ctx, f, run, how, nil)
	return err
}

// stream checks a file, or sorts its documents. It also tells what is known of the file
// behind them.
func (d *Desk) stream(
	ctx context.Context, f *ingest.File, run *reconcile.Run, how Streaming, sorting *sorting,
) (*progress, error) {
	cutter, err := f.Cutter(how.ChunkSize)
	if err != nil {
		return nil, err
	}
	if how.ListsFrom > 0 {
		cutter.ListsFrom(how.ListsFrom)
	}
	s := &stream{file: f.Name, cutter: cutter}
	var failed error
	s.take = func(c *checked, _ *progress) (goOn bool) {
		before := run.Records()
		run.Add(c.part)
		if failed == nil && sorting != nil {
			failed = sorting.take(c)
		}
		how.went(run.Records() - before)
		return failed == nil && run.Err() == nil
	}
	if sorting != nil {
		sorting.origin.custom = cutter.Custom()
		s.examiner = func() examiner { return &sorter{d, run, sorting, d.newScanners()} }
	} else {
		s.siblings = d.survey(ctx, f, how)
		s.examiner = func() examiner { return &checker{d, run, d.newScreen(run)} }
	}
	var uncounted error
	s.before = sync.OnceValue(func() (n int) {
		n, uncounted = d.unnamedBefore(ctx, f, how)
		return n
	})
	known, err := s.read(ctx, how.Jobs)
	err = cmp.Or(failed, err, uncounted)
	if err == nil && !known.fits(cutter.Share()) {
		err = ErrShare
	}
	return known, err
}

// aheadOfEach is how many chunks wait for each job, so that none waits for a chunk while
// others are unpacked or take longer.
const aheadOfEach = 2

// read reads the file to its end, or until the context ends, and tells what is known of it
// there.
func (s *stream) read(ctx context.Context, jobs int) (*progress, error) {
	s.work, s.order = make(chan *portion, aheadOfEach*jobs), make(chan *portion, 2*aheadOfEach*jobs)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	all.Go(func() { s.cut(ctx) })
	for range jobs {
		all.Go(func() { s.examine() })
	}
	known := s.collect(cancel)
	all.Wait()
	return known, s.err
}

// examiner looks at what begins in stretches, one after the other; unnamed tells how many
// records before a stretch do not name themselves.
type examiner interface {
	examine(of *ingest.Stretch, unnamed func() int) *checked
}

// stream is a file that is being read. One goroutine cuts it, several examine chunks of it,
// and one adds up what comes of them, in order.
type stream struct {
	file   string
	cutter *ingest.Cutter
	// siblings are the records of the list that the file begins with; nil when they are
	// not known.
	siblings *schema.Siblings
	// examiner makes one for each goroutine. take adds what came of the next stretch, and
	// tells whether to go on; it is told what is known of the file before.
	examiner func() examiner
	take     func(*checked, *progress) (goOn bool)
	before   func() int    // unnamed records before what is read
	work     chan *portion // to be examined
	order    chan *portion // the same, in the order of the file
	err      error         // that ended reading; known when order is closed
	// intricate tells that the elements of a list cannot be guessed by how they begin: each
	// wrong guess is read again, and nothing else meanwhile.
	intricate atomic.Bool
}

// portion is a chunk with what is known of it.
type portion struct {
	ingest.Chunk
	// start is where it begins; next takes where the next portion does.
	start, next chan beginning
	// turn takes how many records before it do not name themselves, when all before it
	// is done.
	turn    chan int
	done    chan *checked
	isFirst bool
}

// beginning is where a portion begins: its text in the file, and its first element in a
// list, as far as guesses are right.
type beginning struct {
	schema.Start
	number int
}

// checked is what came of a stretch.
type checked struct {
	of     *ingest.Stretch
	part   *reconcile.Run
	values *ingest.Values
	passed int     // the screen, of the records that do not name themselves
	sheets []sheet // that were sorted
	told   *told   // to a survey
}

// cut sends out the chunks of the file.
func (s *stream) cut(ctx context.Context) {
	defer close(s.order)
	defer close(s.work)
	start := make(chan beginning, 1)
	start <- s.begins()
	for isFirst := true; ; isFirst = false {
		chunk, err := s.cutter.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
			return
		}
		p := &portion{
			Chunk: chunk, start: start, next: make(chan beginning, 1),
			turn: make(chan int, 1), done: make(chan *checked, 1), isFirst: isFirst,
		}
		start = p.next
		select {
		case s.order <- p:
			s.work <- p
		case <-ctx.Done():
			s.err = ctx.Err()
			return
		}
	}
}

// examine examines portions.
func (s *stream) examine() {
	by := s.examiner()
	for p := range s.work {
		p.done <- by.examine(s.open(p), sync.OnceValue(func() int { return s.before() + <-p.turn }))
	}
}

// open is a portion as a stretch of the file. The next portion is told where it begins.
func (s *stream) open(p *portion) *ingest.Stretch {
	in := &schema.Input{File: s.file, Text: p.Text}
	of := &ingest.Stretch{
		Input: in, From: p.From, End: p.End, Last: p.Last, Until: p.Until, Custom: s.cutter.Custom(), List: p.List,
		Opens: p.List != nil && p.isFirst && s.isFromFirst(), Siblings: s.siblings,
	}
	past, elements := in.Past(p.Next), 0
	switch {
	case p.List == nil:
	case s.intricate.Load():
		elements = of.Elements()
	default:
		elements = of.Guess()
	}
	start := <-p.start
	p.next <- beginning{start.Plus(past), start.number + elements}
	in.Start, of.Number = start.Start, start.number
	return of
}

// checker checks what begins in stretches.
type checker struct {
	desk   *Desk
	run    *reconcile.Run
	screen *screen
}

func (k *checker) examine(of *ingest.Stretch, unnamed func() int) *checked {
	c := &checked{of: of, part: k.run.Part(), values: k.desk.Reader.Values(of)}
	of.Unnamed = func() int {
		c.passed += k.screen.report(c.part)
		return unnamed() + c.passed
	}
	for {
		item, ok := k.screen.glance(c.values, of)
		if !ok {
			if item, ok = c.values.Next(); !ok {
				break
			}
		}
		c.part.Reject(item.Rejects, item.Rejected)
		if doc := item.Document; doc != nil {
			k.screen.check(c.part, doc)
		}
	}
	c.passed += k.screen.report(c.part)
	return c
}

// sorter sorts what begins in stretches.
type sorter struct {
	desk     *Desk
	run      *reconcile.Run
	sorting  *sorting
	scanners *scanners
}

func (k *sorter) examine(of *ingest.Stretch, unnamed func() int) *checked {
	c := &checked{of: of, part: k.run.Part(), values: k.desk.Reader.Values(of)}
	of.Unnamed = unnamed
	c.sheets = k.sorting.slips(k.scanners, c.values, of, c.part)
	return c
}

// collect adds up what comes of the portions, in their order, and tells what is known of
// the file behind them. It ends reading when that cannot go on.
func (s *stream) collect(end func()) *progress {
	known, by := &progress{}, s.examiner()
	for p := range s.order {
		p.turn <- known.unnamed
		result := <-p.done
		switch unnamed := func() int { return s.before() + known.unnamed }; {
		case known.open != nil: // the guess at which the portion begins was wrong
			result = nil
			if known.open.add(p); known.open.isWorthReading() {
				result = by.examine(&known.open.stretch, unnamed)
			}
		case !p.isFirst && !known.isRight(result.of):
			of := *result.of
			s.intricate.Store(true)
			of.List, of.Number = known.list, known.number
			result = by.examine(&of, unnamed)
		}
		if result != nil {
			if !s.take(result, known) {
				end()
			}
			known.add(result)
		}
		s.cutter.Recycle(&p.Chunk)
	}
	return known
}

// progress is what is known of a file up to some place.
type progress struct {
	unnamed int          // records
	list    *ingest.List // that goes on behind the place, and the number of its next element
	number  int
	open    *joined // what was not enough to be read
	at      int64   // the place in the file, when nothing is open
}

// isRight tells whether a stretch was begun as it should.
func (p *progress) isRight(of *ingest.Stretch) bool {
	return of.List == p.list && (p.list == nil || of.Number == p.number)
}

func (p *progress) add(c *checked) {
	p.unnamed += c.values.Unnamed() + c.passed
	p.list, p.number = c.values.List()
	p.open = c.open()
	p.at = int64(c.of.Input.Start.Offset + c.values.At())
}

// joined is the rest of one portion with those behind it.
type joined struct {
	stretch ingest.Stretch
	tried   int // how many bytes were not enough
}

// open is what is left of a stretch that ends inside a value; nil when nothing is.
func (c *checked) open() *joined {
	of, rest := c.of, c.values.Rest()
	if rest == of.End {
		return nil
	}
	from := ingest.CharacterAt(of.Input.Text, max(rest-schema.Surroundings, 0))
	j := &joined{stretch: *of, tried: of.End - rest}
	j.stretch.Input = &schema.Input{
		File: of.Input.File, Text: bytes.Clone(of.Input.Text[from:of.End]), Start: of.Input.Start.After(of.Input.Text[:from]),
	}
	j.stretch.From, j.stretch.End = rest-from, of.End-from
	j.stretch.List, j.stretch.Number = c.values.List()
	j.stretch.Opens = c.values.Opens()
	return j
}

// add adds the next portion.
func (j *joined) add(p *portion) {
	in := j.stretch.Input
	j.stretch.Input = &schema.Input{
		File: in.File, Text: append(in.Text[:j.stretch.End], p.Text[p.From:]...), Start: in.Start,
	}
	if p.Until > 0 {
		j.stretch.Until = j.stretch.End + p.Until - p.From
	}
	j.stretch.End += p.End - p.From
	j.stretch.Last = p.Last
}

// isWorthReading tells whether there is so much more that reading it again and again
// costs no more than reading it twice.
func (j *joined) isWorthReading() bool {
	return j.stretch.Last || j.stretch.Until > 0 || j.stretch.End-j.stretch.From >= 2*j.tried
}
