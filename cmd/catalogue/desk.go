package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/capture"
	"tieout/reconcile"
)

// Desk reads the documents of some sources and checks them.
type Desk struct {
	// Reader of the sources; its options may be set.
	Reader   ingest.Reader
	checkers map[*schema.Source]*reconcile.Checker
}

// NewDesk is a desk for the sources of some checkers.
func NewDesk(checkers []*reconcile.Checker) *Desk {
	d := &Desk{checkers: map[*schema.Source]*reconcile.Checker{}}
	for _, c := range checkers {
		d.Reader.Layouts = append(d.Reader.Layouts, c.Layout)
		d.checkers[c.Layout.Source] = c
	}
	return d
}

// Check reads an input and checks what it holds, as the input that the run has
// begun last. Before each document it asks whether to go on; records is how many
// the one before had.
func (d *Desk) Check(in *schema.Input, run *reconcile.Run, goOn func(records int) bool) {
	d.read(in, run, goOn, d.taker(run.Document, run.Nothing, run.Replaced))
}

// Previous reads an input as one of the earlier snapshot.
func (d *Desk) Previous(in *schema.Input, run *reconcile.Run, goOn func(records int) bool) {
	uncounted := func() {}
	d.read(in, run, goOn, d.taker(run.Previous, uncounted, uncounted))
}

// taker takes what is read for one snapshot.
type taker struct {
	// documents takes those of an input; it tells whether to go on behind them.
	documents         func(*ingest.Reader, *schema.Input, *reconcile.Run, func(records int) bool) bool
	nothing, replaced func()
}

// taker is one that gives away each document as it is read.
func (d *Desk) taker(document func(*reconcile.Checker, *schema.Document), nothing, replaced func()) taker {
	documents := func(reader *ingest.Reader, in *schema.Input, run *reconcile.Run, goOn func(records int) bool) bool {
		return d.documents(reader, in, run, goOn, document)
	}
	return taker{documents, nothing, replaced}
}

func (d *Desk) read(in *schema.Input, run *reconcile.Run, goOn func(records int) bool, take taker) {
	if capture.Is(in.Text) {
		d.capture(capture.Latest(in.File, in.Text), run, goOn, take)
		return
	}
	take.documents(&d.Reader, in, run, goOn)
}

// documents takes those of an input; it tells whether to go on behind them.
func (d *Desk) documents(
	reader *ingest.Reader, in *schema.Input, run *reconcile.Run, goOn func(records int) bool,
	document func(*reconcile.Checker, *schema.Document),
) bool {
	records := 0
	for item := range reader.Read(in) {
		if !goOn(records) {
			return false
		}
		run.Reject(item.Rejects, item.Rejected)
		records = 0
		if doc := item.Document; doc != nil {
			document(d.checkers[doc.Source], doc)
			records = len(doc.Records)
		}
	}
	return goOn(records)
}

// Capture checks the answers of a capture, of which the run has begun the input last.
func (d *Desk) Capture(answers iter.Seq[capture.Item], run *reconcile.Run, goOn func(records int) bool) {
	d.capture(answers, run, goOn, d.taker(run.Document, run.Nothing, run.Replaced))
}

// capture takes the answers of a capture, each as an input of its own and as a document
// of the source that it was asked of. All that is not an answer counts for the capture.
func (d *Desk) capture(answers iter.Seq[capture.Item], run *reconcile.Run, goOn func(records int) bool, take taker) {
	whole := run.CurrentInput()
	for item := range answers {
		switch {
		case item.Reject != nil:
			run.ResumeInput(whole)
			run.Reject([]schema.Reject{*item.Reject}, 1)
		case item.Replaced:
			take.replaced()
		case item.Nothing:
			run.ResumeInput(whole)
			take.nothing()
		default:
			run.BeginInput(InputOf(item.Input))
			reader, known := d.readerOf(item.Source)
			if !known {
				run.Reject([]schema.Reject{unknown(item)}, 1)
				continue
			}
			if !take.documents(reader, item.Input, run, goOn) {
				return
			}
		}
	}
}

// readerOf is a reader of documents of one source; known is false for a source that
// the desk has not.
func (d *Desk) readerOf(source string) (reader *ingest.Reader, known bool) {
	for _, l := range d.Reader.Layouts {
		if l.Source.Name == source {
			one := d.Reader
			one.Layouts = []*schema.Layout{l}
			return &one, true
		}
	}
	return nil, false
}

// unknown is the reject of an answer of a source that the desk has not.
func unknown(item capture.Item) schema.Reject {
	return schema.Reject{
		Place:  schema.Place{File: item.Input.File},
		Reason: "this is an answer of the source " + item.Source + ", which is none of those that are read; name it with --source",
	}
}

// InputOf is what the report says of an input.
func InputOf(in *schema.Input) reconcile.Input {
	sum := sha256.Sum256(in.Text)
	return reconcile.Input{File: in.File, Size: int64(len(in.Text)), SHA256: hex.EncodeToString(sum[:])}
}
