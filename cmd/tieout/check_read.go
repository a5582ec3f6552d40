package main

import (
	"cmp"
	"context"
	"io"
	"sync/atomic"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/ingest/capture"
	"tieout/reconcile"
)

// reading checks the files of a run.
type reading struct {
	ctx      context.Context
	desk     *catalogue.Desk
	run      *reconcile.Run
	progress *progress
	stdin    io.Reader
	how      catalogue.Streaming
	// shown is how reports call files that are not the user's.
	shown map[string]string
	// join makes the run check documents against each other; nil when it must not.
	join func()
	// follow begins the reports that follow the run, when findings come in their order.
	follow func() error
	// digests tells that a report states the digests of the inputs.
	digests bool
	// keeps tells that records are kept until all files are read.
	keeps bool
	// shard is the part of the files that is checked; nil for all of them.
	shard *sharding
	// streaming tells that a file is being checked piece by piece: what was checked of
	// it until the run is interrupted can be reported.
	streaming atomic.Bool
}

// patience ends when the run is interrupted and nothing of it can be reported.
func (i *reading) patience() context.Context {
	patience, end := context.WithCancel(context.WithoutCancel(i.ctx))
	context.AfterFunc(i.ctx, func() {
		if !i.streaming.Load() {
			end()
		}
	})
	return patience
}

// today checks a file of documents, or of captured answers.
func (i *reading) today(file string) error {
	f := i.open(file)
	if f == nil {
		return i.ctx.Err()
	}
	defer f.Close()
	captured := capture.Is(f.Head)
	if captured && i.join != nil { // one file of many documents
		i.keeps = true
		i.join()
	}
	if !i.keeps {
		if err := i.follow(); err != nil {
			return err
		}
	}
	if i.keeps || captured {
		return i.whole(f, !captured, i.desk.Check)
	}
	i.run.BeginInput(reconcile.Input{File: f.Name})
	if i.digests {
		f.Digest()
	}
	i.streaming.Store(i.shard == nil) // a part is whole or not there
	defer i.streaming.Store(false)
	if err := i.desk.Stream(i.ctx, f, i.run, i.how); i.ctx.Err() == nil && err != nil {
		i.run.Reject([]schema.Reject{ingest.Unreadable(f.Name, err)}, 1)
	}
	i.run.EndInput(f.Stored(), f.SHA256())
	if i.ctx.Err() != nil && i.shard == nil {
		i.run.Interrupted()
		return nil
	}
	return cmp.Or(i.ctx.Err(), i.run.Err())
}

// previous reads a file of the earlier snapshot.
func (i *reading) previous(file string) error {
	f := i.open(file)
	if f == nil {
		return i.ctx.Err()
	}
	defer f.Close()
	return i.whole(f, !capture.Is(f.Head), i.desk.Previous)
}

// open opens a file; one that cannot be read is rejected, and nil.
func (i *reading) open(file string) *ingest.File {
	f, err := ingest.Open(file, &interruptible{ctx: i.ctx, from: i.stdin})
	if err != nil {
		i.unreadable(cmp.Or(i.shown[file], file), err)
		return nil
	}
	i.progress.opened(f)
	f.Name = cmp.Or(i.shown[file], f.Name)
	return f
}

func (i *reading) unreadable(file string, err error) {
	if i.ctx.Err() == nil {
		i.run.BeginInput(reconcile.Input{File: file})
		i.run.Reject([]schema.Reject{ingest.Unreadable(file, err)}, 1)
	}
}

// whole reads a file whole, as it is stored or unpacked.
func (i *reading) whole(f *ingest.File, unpacked bool, check func(*schema.Input, *reconcile.Run, func(int) bool)) error {
	in, err := f.Load(unpacked)
	if err != nil {
		i.unreadable(f.Name, err)
		return i.ctx.Err()
	}
	i.run.BeginInput(catalogue.InputOf(in))
	check(in, i.run, func(records int) bool {
		i.progress.add(records)
		return i.ctx.Err() == nil && i.run.Err() == nil
	})
	return cmp.Or(i.ctx.Err(), i.run.Err())
}

// interruptible reads until its context ends, even when nobody writes: Ctrl-C
// must not wait for the standard input.
type interruptible struct {
	ctx  context.Context
	from io.Reader
}

func (r *interruptible) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	buffer := make([]byte, len(p))
	done := make(chan result, 1)
	go func() {
		n, err := r.from.Read(buffer)
		done <- result{n, err}
	}()
	select {
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	case got := <-done:
		return copy(p, buffer[:got.n]), got.err
	}
}
