package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
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
	join func() error
	// follow begins the reports that follow the run, when findings come in their order.
	follow func() error
	// digests tells that a report states the digests of the inputs.
	digests bool
	// keeps tells that records are kept until all files are read.
	keeps bool
	// shard is the part of the files that is checked; nil for all of them.
	shard *sharding
	// trays sort the documents that are joined; nil when they are few enough to be kept
	// in memory.
	trays *catalogue.Trays
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
	if captured && !i.keeps && i.join != nil { // one file of many documents
		if err := i.keep(file); err != nil {
			return err
		}
	}
	if i.trays != nil {
		return i.sort(f, captured, false)
	}
	if !i.keeps {
		if err := i.follow(); err != nil {
			return err
		}
	}
	switch again := f.Again(); {
	case captured && !i.keeps && again != nil:
		return i.captured(f, again)
	case i.keeps || captured:
		return i.whole(f, !captured, i.desk.Check)
	}
	i.run.BeginInput(reconcile.Input{File: f.Name})
	i.streaming.Store(i.shard == nil) // a part is whole or not there
	defer i.streaming.Store(false)
	err := i.chunks(f, func() error { return i.desk.Stream(i.ctx, f, i.run, i.how) })
	if i.ctx.Err() != nil && i.shard == nil {
		i.run.Interrupted()
		return nil
	}
	return err
}

// chunks reads a file in chunks, as the input that was begun last.
func (i *reading) chunks(f *ingest.File, read func() error) error {
	if i.digests {
		f.Digest()
	}
	err := read()
	if failed := (*catalogue.SpoolError)(nil); errors.As(err, &failed) {
		return err
	}
	if i.ctx.Err() == nil && err != nil {
		i.run.Reject([]schema.Reject{ingest.Unreadable(f.Name, err)}, 1)
	}
	i.run.EndInput(f.Stored(), f.SHA256())
	return i.run.Err()
}

// captured checks the answers of a capture that can be read twice: first to tell which of
// them hold.
func (i *reading) captured(f *ingest.File, again io.ReaderAt) error {
	i.run.BeginInput(reconcile.Input{File: f.Name})
	if i.digests {
		f.Digest()
	}
	number, isAgain := i.run.CurrentInput(), false
	i.desk.Capture(capture.LatestIn(f.Name, func() io.Reader {
		if isAgain {
			return io.NewSectionReader(again, 0, f.Stored()) // what is added meanwhile was not seen
		}
		isAgain = true
		return &abandoned{i.ctx, f.Text()}
	}), i.run, func(records int) bool {
		i.progress.add(records)
		return i.ctx.Err() == nil && i.run.Err() == nil
	})
	i.run.ResumeInput(number)
	i.run.EndInput(f.Stored(), f.SHA256())
	return cmp.Or(i.ctx.Err(), i.run.Err())
}

// previous reads a file of the earlier snapshot.
func (i *reading) previous(file string) error {
	f := i.open(file)
	if f == nil {
		return i.ctx.Err()
	}
	defer f.Close()
	captured := capture.Is(f.Head)
	if i.trays != nil {
		return i.sort(f, captured, true)
	}
	return i.whole(f, !captured, i.desk.Previous)
}

// sort sorts the documents of a file, to be joined later.
func (i *reading) sort(f *ingest.File, captured, isBefore bool) (failed error) {
	if captured {
		err := i.whole(f, false, func(in *schema.Input, _ *reconcile.Run, goOn func(int) bool) {
			failed = i.trays.Capture(in, isBefore, goOn)
		})
		return cmp.Or(failed, err)
	}
	i.run.BeginInput(reconcile.Input{File: f.Name})
	err := i.chunks(f, func() error { return i.trays.Sort(i.ctx, f, isBefore, i.how) })
	return cmp.Or(i.ctx.Err(), err)
}

// keep makes the documents of some files be kept, or sorted, until they are joined.
func (i *reading) keep(files ...string) (err error) {
	i.keeps = true
	if err := i.join(); err != nil {
		return err
	}
	if size := sizeOf(files); size < 0 || size > keptInMemory {
		collectAt(collectedInSorting)
		i.trays, err = catalogue.NewTrays(i.desk, i.run, size)
	}
	return err
}

// close removes what is left of temporary files.
func (i *reading) close() {
	if i.trays != nil {
		_ = i.trays.Close() // what cannot be removed belongs to the system
	}
}

// keptInMemory is how many bytes of documents are kept in memory until they are joined:
// there they take five to ten times as much. More are sorted in a temporary file.
const keptInMemory = 64 << 20

// sizeOf some files in all, when they are unpacked; negative when it is not known.
func sizeOf(files []string) int64 {
	var sum int64
	for _, file := range files {
		info, err := os.Stat(file)
		packed := slices.Contains([]string{".gz", ".zst"}, filepath.Ext(file))
		if err != nil || !info.Mode().IsRegular() || packed {
			return -1
		}
		sum += info.Size()
	}
	return sum
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

// abandoned is read until its context ends.
type abandoned struct {
	ctx  context.Context
	from io.Reader
}

func (r *abandoned) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
