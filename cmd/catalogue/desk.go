package catalogue

import (
	"tieout/calc/schema"
	"tieout/ingest"
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
	d.read(in, run, goOn, run.Document)
}

// Previous reads an input as one of the earlier snapshot.
func (d *Desk) Previous(in *schema.Input, run *reconcile.Run, goOn func(records int) bool) {
	d.read(in, run, goOn, run.Previous)
}

func (d *Desk) read(
	in *schema.Input, run *reconcile.Run, goOn func(records int) bool, take func(*reconcile.Checker, *schema.Document),
) {
	records := 0
	for item := range d.Reader.Read(in) {
		if !goOn(records) {
			return
		}
		run.Reject(item.Rejects, item.Rejected)
		records = 0
		if doc := item.Document; doc != nil {
			take(d.checkers[doc.Source], doc)
			records = len(doc.Records)
		}
	}
	goOn(records)
}
