package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"tieout/reconcile"
	"tieout/report"
)

// flushedEvery is how long a finding waits at most until it is seen on the standard
// output.
const flushedEvery = time.Second

// isLines tells whether a report is one of JSON lines.
func isLines(file string) bool { return strings.EqualFold(filepath.Ext(file), ".ndjson") }

// early are the reports of JSON lines, of which each finding is written when it is
// found. The nil early has none.
type early struct {
	mutex   sync.Mutex // an interrupted run goes on while they are dropped
	begun   []*earlyReport
	dropped bool
}

// earlyReport is one of them.
type earlyReport struct {
	file  string     // empty for the standard output
	whole *wholeFile // that it is written to, nil for the standard output
	lines *report.Lines
	// rest ends the flushing of the standard output.
	rest func()
}

// begin begins the reports, and makes the run tell them of findings.
func (e *early) begin(o *reportOptions, run *reconcile.Run, stdout io.Writer) error {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.dropped {
		return nil
	}
	others := o.format != "ndjson" && o.format != "none"
	for _, file := range o.outputs {
		if !isLines(file) {
			others = true
			continue
		}
		whole, err := createWhole(file, "report")
		if err != nil {
			return err
		}
		e.begun = append(e.begun, &earlyReport{file: file, whole: whole, lines: report.NewLines(whole, o.most), rest: func() {}})
	}
	if o.format == "ndjson" {
		failInsteadOfSignal()
		lines := report.NewLines(stdout, o.most)
		e.begun = append(e.begun, &earlyReport{lines: lines, rest: flushing(lines)})
	}
	if len(e.begun) > 0 || !others {
		run.TellFindings(e.tell, others)
	}
	return nil
}

// failInsteadOfSignal makes writing to a closed pipe an error, which does not end the
// program before it has removed its temporary files.
func failInsteadOfSignal() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }

// flushing hands on what is written, again and again until it is ended.
func flushing(lines *report.Lines) (end func()) {
	tick, ended := time.NewTicker(flushedEvery), make(chan struct{})
	go func() {
		for {
			select {
			case <-tick.C:
				_ = lines.Flush() // its error stays with the writer
			case <-ended:
				return
			}
		}
	}()
	return sync.OnceFunc(func() {
		tick.Stop()
		close(ended)
	})
}

func (e *early) tell(f *reconcile.Finding) error {
	for _, r := range e.begun {
		if err := r.lines.Finding(f); err != nil {
			return r.fault(err)
		}
	}
	return nil
}

// of a file, or of the standard output if it is empty, is the report; nil when it was
// not begun.
func (e *early) of(file string) *earlyReport {
	if e == nil {
		return nil
	}
	i := slices.IndexFunc(e.begun, func(r *earlyReport) bool { return r.file == file })
	if i < 0 {
		return nil
	}
	return e.begun[i]
}

// end writes what stands behind the findings.
func (r *earlyReport) end(ctx context.Context, result *reconcile.Result) error {
	r.rest()
	_, err := unlessEnded(ctx, func() (struct{}, error) { return struct{}{}, r.lines.End(result) })
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return r.fault(err)
	case r.whole != nil:
		return r.whole.keep()
	}
	return nil
}

// fault is why the report cannot be written. That nobody reads the standard output any
// more is no mistake.
func (r *earlyReport) fault(err error) error {
	switch {
	case r.whole != nil:
		return r.whole.fault(err)
	case errors.Is(err, syscall.EPIPE):
		return exitError(exitClosed)
	}
	return err
}

// drop removes the reports that have not come to their end.
func (e *early) drop() {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.dropped = true
	for _, r := range e.begun {
		r.rest()
		if r.whole != nil {
			r.whole.drop()
		}
	}
}
