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
	return nil, fmt.Errorf("no report has the ending of %q; there are %s", file, strings.Join(endings(), ", "))
}

// statesDigests tells whether a report lists its inputs with their digests.
func statesDigests(file string) bool { return strings.EqualFold(filepath.Ext(file), ".xlsx") }

// writeReport writes a report in the format of its ending.
func writeReport(ctx context.Context, file string, r *reconcile.Result) error {
	write, err := formatOf(file)
	if err != nil {
		return err
	}
	return writeWhole(ctx, file, "report", func(w io.Writer) error { return write(w, r) })
}

// writeWhole writes a file whole or not at all: to a temporary file beside it, which
// then takes its name. what is how errors call it.
func writeWhole(ctx context.Context, file, what string, write func(io.Writer) error) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err // the temporary name would tell nothing
		}
		return fmt.Errorf("the %s %s cannot be written: %w", what, file, err)
	}
	defer func() {
		if err != nil {
			_ = temp.Close()
			_ = os.Remove(temp.Name())
		}
	}()
	_, err = unlessEnded(ctx, func() (struct{}, error) { return struct{}{}, write(temp) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("the %s %s: %w", what, file, err)
	}
	if err = temp.Chmod(0o644); err != nil {
		return err
	}
	if err = temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), file)
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
