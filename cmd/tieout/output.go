package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tieout/reconcile"
	"tieout/report"
)

// formats are the reports that -o writes, by the ending of the file.
var formats = []struct {
	ending string
	write  func(io.Writer, *reconcile.Result) error
}{
	{".xlsx", report.Workbook},
	{".json", report.JSON},
	{".ndjson", report.NDJSON},
	{".txt", func(w io.Writer, r *reconcile.Result) error { return report.Text(w, r, false) }},
}

func endings() []string {
	all := make([]string, len(formats))
	for i, f := range formats {
		all[i] = f.ending
	}
	return all
}

func formatOf(file string) (func(io.Writer, *reconcile.Result) error, error) {
	for _, f := range formats {
		if strings.EqualFold(filepath.Ext(file), f.ending) {
			return f.write, nil
		}
	}
	return nil, fmt.Errorf("no report has the ending of %q; there are %s, and %s with check --shard", file, strings.Join(endings(), ", "), partEnding)
}

// statesDigests tells whether a report lists its inputs with their digests.
func statesDigests(file string) bool {
	return strings.EqualFold(filepath.Ext(file), ".xlsx") || isPart(file)
}

// writeReport writes a report in the format of its ending, or the part that a shard is.
func writeReport(ctx context.Context, file string, r *reconcile.Result, shard reconcile.Shard) error {
	if isPart(file) && shard.Of > 0 {
		return writeWhole(ctx, file, "part", func(w io.Writer) error { return reconcile.WritePart(w, r, shard) })
	}
	write, err := formatOf(file)
	if err != nil {
		return err
	}
	return writeWhole(ctx, file, "report", func(w io.Writer) error { return write(w, r) })
}

// writeWhole writes a file whole or not at all. what is how errors call it.
func writeWhole(ctx context.Context, file, what string, write func(io.Writer) error) error {
	whole, err := createWhole(file, what)
	if err != nil {
		return err
	}
	defer whole.drop()
	_, err = unlessEnded(ctx, func() (struct{}, error) { return struct{}{}, write(whole) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return whole.fault(err)
	}
	return whole.keep()
}

// wholeFile is a file that is there whole or not at all: it is written to a temporary
// file beside it, which then takes its name.
type wholeFile struct {
	temp       *os.File
	file, what string
	kept       bool
}

// createWhole begins a file; what is how errors call it.
func createWhole(file, what string) (*wholeFile, error) {
	temp, err := beside(file)
	if err != nil {
		return nil, unwritable(what, file, err)
	}
	return &wholeFile{temp: temp, file: file, what: what}, nil
}

func (w *wholeFile) Write(p []byte) (int, error) { return w.temp.Write(p) }

// fault is why the file could not be written.
func (w *wholeFile) fault(err error) error { return fmt.Errorf("the %s %s: %w", w.what, w.file, err) }

// keep gives the file its name.
func (w *wholeFile) keep() error {
	if err := w.temp.Chmod(0o644); err != nil {
		return err
	}
	if err := w.temp.Close(); err != nil {
		return err
	}
	err := os.Rename(w.temp.Name(), w.file)
	w.kept = err == nil
	return err
}

// drop removes what was written of a file that is not kept.
func (w *wholeFile) drop() {
	if !w.kept {
		_ = w.temp.Close()
		_ = os.Remove(w.temp.Name())
	}
}

// beside makes a temporary file beside another.
func beside(file string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
}

// unwritable says that a file cannot be made, without the name that it would have had
// for a while.
func unwritable(what, file string, err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("the %s %s cannot be written: %w", what, file, err)
}

// canWrite errs when a report could not be written to a file.
func canWrite(file string) error {
	temp, err := beside(file)
	if err != nil {
		return unwritable("report", file, err)
	}
	return errors.Join(temp.Close(), os.Remove(temp.Name()))
}

// unlessEnded does something that can take long, and gives up waiting for it when the
// context ends: the program is about to end then, and nothing uses what comes of it.
func unlessEnded[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type result struct {
		made T
		err  error
	}
	done := make(chan result, 1)
	go func() {
		made, err := do()
		done <- result{made, err}
	}()
	select {
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	case r := <-done:
		return r.made, r.err
	}
}

// ending writes until its context ends.
type ending struct {
	ctx context.Context
	to  io.Writer
}

func (e *ending) Write(p []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err
	}
	return e.to.Write(p)
}

// sameFile tells whether two names mean one file, which need not exist yet.
func sameFile(a, b string) bool {
	if one, err := os.Stat(a); err == nil {
		if other, err := os.Stat(b); err == nil {
			return os.SameFile(one, other)
		}
	}
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// isTerminal tells whether a stream is shown to a person.
func isTerminal(w any) bool {
	f, is := w.(*os.File)
	if !is {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// wantsColor decides whether text is colored.
func wantsColor(flag string, w io.Writer) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	}
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
