package catalogue

import (
	"context"
	"errors"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/reconcile"
)

// ErrShare tells that a share of a file does not end between two documents or elements,
// or not at the one it should.
var ErrShare = errors.New("where it is parted cannot be told from its bytes alone, for what is broken there or for " +
	"a text that looks like documents: check it whole, or in another number of parts")

// begins is where what is checked begins.
func (s *stream) begins() beginning {
	b := beginning{Start: s.cutter.Start()}
	if share := s.cutter.Share(); share != nil {
		b.number = share.From.Number
	}
	return b
}

// isFromFirst tells whether the file is checked from its beginning on.
func (s *stream) isFromFirst() bool {
	share := s.cutter.Share()
	return share == nil || share.From.Offset == 0
}

// fits tells whether what was checked ends where the next share begins. When it does for
// all shares before one, that one begins where reading the whole file would have come.
func (p *progress) fits(share *ingest.Share) bool {
	if share == nil || share.ReachesEnd() {
		return true
	}
	return p.open == nil && p.at == share.To.Offset &&
		p.list == share.To.List && (p.list == nil || p.number == share.To.Number)
}

// unnamedBefore counts the records before the share of a file that do not name
// themselves: it is read, and not checked.
func (d *Desk) unnamedBefore(ctx context.Context, f *ingest.File, how Streaming) (int, error) {
	before, err := f.Before()
	if before == nil || err != nil {
		return 0, err
	}
	defer before.Close()
	var lawless []*reconcile.Checker
	for _, l := range d.Reader.Layouts {
		c, err := reconcile.NewChecker(l, nil)
		if err != nil {
			return 0, err
		}
		lawless = append(lawless, c)
	}
	desk := NewDesk(lawless)
	desk.Reader = d.Reader
	run := reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, lawless)
	defer func() { _ = run.Close() }() // nothing of it is used
	run.BeginInput(reconcile.Input{File: f.Name})
	how.Went = func(int) { how.ahead(beforeShare, before.Stored(), f.Size) }
	known, err := desk.stream(ctx, before, run, how, nil)
	if err != nil {
		return 0, err
	}
	return known.unnamed, nil
}
