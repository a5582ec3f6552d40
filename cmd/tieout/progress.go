package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"tieout/ingest"
	"tieout/reconcile"
)

// How often progress is told to a person at a terminal, and in a log.
const shownEvery, loggedEvery = time.Second, 10 * time.Second

// progress tells how far a long run is.
type progress struct {
	w              io.Writer
	run            *reconcile.Run
	quiet, lively  bool
	start, told    time.Time
	total          int64 // bytes of all files; 0 when it is not known
	before         int64 // bytes of the files that are done
	file           *ingest.File
	records, shown int
	last           time.Time     // when something was done
	aside          time.Duration // of passes in which no records were checked
}

// newProgress is for a run over some files.
func newProgress(w io.Writer, quiet bool, run *reconcile.Run, files []string) *progress {
	now := time.Now()
	p := &progress{w: w, run: run, quiet: quiet, lively: isTerminal(w), start: now, told: now, last: now}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() {
			p.total = 0
			return p
		}
		p.total += info.Size()
	}
	return p
}

// opened says which file is being read.
func (p *progress) opened(f *ingest.File) {
	if p.file != nil {
		p.before += p.file.Stored()
	}
	p.file = f
}

// add counts records, and tells how far the run is when it is time to.
func (p *progress) add(records int) {
	p.records += records
	p.last = time.Now()
	if p.isTime() {
		p.show(p.line(p.last.Sub(p.start) - p.aside))
	}
}

// ahead tells how far a pass is in which no records are checked, when it is time to.
func (p *progress) ahead(pass string, done, total int64) {
	now := time.Now()
	p.aside += now.Sub(p.last)
	p.last = now
	if p.isTime() && total > 0 {
		p.show(fmt.Sprintf("%s: %d %%", pass, 100*done/total))
	}
}

// isTime tells whether progress is to be told again.
func (p *progress) isTime() bool {
	every := loggedEvery
	if p.lively {
		every = shownEvery
	}
	return !p.quiet && p.last.Sub(p.told) >= every
}

// show tells progress, at a terminal in the place of what was told before.
func (p *progress) show(line string) {
	p.told = p.last
	p.shown++
	before, behind := "", "\n"
	if p.lively {
		before, behind = "\r", "\x1b[K"
	}
	_, _ = fmt.Fprint(p.w, before+line+behind)
}

// line is what is told after some time.
func (p *progress) line(elapsed time.Duration) string {
	bytes := p.before
	if p.file != nil {
		bytes += p.file.Stored()
	}
	milliseconds := max(elapsed.Milliseconds(), 1)
	line := fmt.Sprintf("%d records, %d records/s, %d MB/s, %s", p.records, int64(p.records)*1000/milliseconds,
		bytes/1000/milliseconds, counted(p.run.Found(), "finding"))
	if bytes > 0 && p.total > bytes {
		left := time.Duration(milliseconds*(p.total-bytes)/bytes) * time.Millisecond
		line += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return line
}

// done removes the line.
func (p *progress) done() {
	if p.lively && p.shown > 0 {
		_, _ = fmt.Fprint(p.w, "\r\x1b[K")
	}
}
