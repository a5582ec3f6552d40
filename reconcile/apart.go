package reconcile

import (
	"cmp"
	"strings"

	"tieout/calc/schema"
)

// Records that are joined need not be in memory all at once: it is enough to have those
// of one key. A run first expects the documents, in their order, which counts what is
// read. Then the records are taken key by key, in any order of the keys and by several
// parts of the run at the same time. What is listed carries the turn at which a run that
// has all records in memory comes to it, so that the result is the same.

// turn is when a run that has all records in memory comes to something.
type turn struct {
	// stage is 0 for what is said of a record by itself. What is said of joined records
	// comes behind that of all records.
	stage int
	// input is the number of the one that has the record, or the first that belongs to
	// it, and offset where the record is in the file.
	input, offset int
}

func (t turn) compare(other turn) int {
	return cmp.Or(cmp.Compare(t.stage, other.stage), cmp.Compare(t.input, other.input), cmp.Compare(t.offset, other.offset))
}

func codeTurn(c *coder, t *turn) {
	whole(c, &t.stage)
	whole(c, &t.input)
	whole(c, &t.offset)
}

// turnOf a record of an input in a stage.
func turnOf(stage, input int, rec *schema.Record) turn {
	return turn{stage, input, rec.Document.Input.Start.Offset + rec.Offset}
}

// expected is a source of which a run has records, in one of the snapshots.
type expected struct {
	source string
	before bool
}

// Expect counts a document of the current input whose records are taken later.
func (r *Run) Expect(doc *schema.Document) {
	r.countDocument(doc)
	for _, rec := range doc.Records {
		r.spokeOf(r.asOf(rec, r.about.AsOf))
		if rec.Nothing == "" {
			r.expect(doc.Source, false)
		}
	}
	if r.whole == nil {
		r.admitFound()
	}
}

// ExpectPrevious is that for a document of the earlier snapshot, which is not counted.
func (r *Run) ExpectPrevious(doc *schema.Document) {
	if len(doc.Records) > 0 {
		r.expect(doc.Source, true)
	}
}

func (r *Run) expect(source *schema.Source, before bool) {
	if r.expected == nil {
		r.expected = map[expected]bool{}
	}
	r.expected[expected{source.Name, before}] = true
}

// Apart checks and joins records of a run key by key. Those of one run may be used at the
// same time, but for adding them to it.
type Apart struct{ run *Run }

// Apart is one for records that the run has expected. No more are expected then.
func (r *Run) Apart() *Apart {
	p := r.Part()
	p.joins, p.demands, p.expected = r.joins, r.demands, r.expected
	if r.room == nil {
		r.room = &room{}
	}
	p.room = r.room
	return &Apart{p}
}

// Take takes a record of an input, by its number. Those of one key are taken one after
// the other, in the order of the documents; with them come all whose keys are the same
// after folding.
func (a *Apart) Take(c *Checker, rec *schema.Record, input int) {
	a.run.input, a.run.turn = input, turnOf(0, input, rec)
	a.run.record(c, rec)
}

// NewSieveApart is a sieve for the records of one of the run's checkers that are taken
// with TakeSieved. It lets none pass: the others of a key may be wrong.
func NewSieveApart(r *Run, c *Checker) *Sieve { return newSieve(r, c) }

// TakeSieved takes a record as Take does. Where its cells say that a relation holds, it is
// not asked.
func (a *Apart) TakeSieved(s *Sieve, cells *schema.Cells, rec *schema.Record, input int) {
	s.cells, a.run.sieve = cells, s
	a.Take(s.checker, rec, input)
	a.run.sieve = nil
}

// TakePrevious takes a record of the earlier snapshot.
func (a *Apart) TakePrevious(c *Checker, rec *schema.Record, input int) {
	a.run.input = input
	a.run.previous(c, rec)
}

// Join joins the records that were taken, and concludes about them.
func (a *Apart) Join() { a.run.join() }

// IsFull tells that there is so much to list that it should be added to the run.
func (a *Apart) IsFull() bool {
	p := a.run
	return len(p.found)+p.result.NotEvaluable.Len()+p.result.Unmatched.Len() >= keptInMemory/4
}

// AddApart adds what came of records to the run. The records between two calls of Join
// must not be divided. The texts of their documents are not kept for the name of a record.
func (r *Run) AddApart(a *Apart) {
	p := a.run
	r.addOutcomes(p)
	r.addEvents(p)
	r.result.Joined += p.result.Joined
	for _, missing := range p.result.NotEvaluable.All() {
		missing.Record = strings.Clone(missing.Record)
		r.result.NotEvaluable.Add(*missing)
	}
	for _, unmatched := range p.result.Unmatched.All() {
		unmatched.Record = strings.Clone(unmatched.Record)
		r.result.Unmatched.Add(*unmatched)
	}
	for i := range p.found {
		r.result.Findings.admit(&p.found[i])
	}
}
