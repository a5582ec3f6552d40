package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
)

// watcher shows what happens in a run: in a log, as text, and as progress. Events hold
// no secret, and keys masked.
type watcher struct {
	err     io.Writer
	log     slog.Handler // nil for none
	verbose bool
	alive   bool // a person looks at the progress
	total   int
	done    int
	failed  int
	start   time.Time
	shown   time.Time
	// told counts the failures that were shown by kind.
	told map[fetch.Class]int
}

// mostTold is how many failures of a kind are shown one by one.
const mostTold = 5

func (w *watcher) watch(e fetch.Event) {
	w.record(e)
	if w.verbose {
		w.clear()
		fmt.Fprintln(w.err, e.At.UTC().Format(time.TimeOnly), e)
	}
	if e.Kind == fetch.Ended && e.Outcome == capture.Failed {
		w.failed++
		w.tell(e)
	}
	if e.Kind == fetch.Ended || e.Kind == fetch.Skipped {
		w.done++
	}
	w.show(e.At)
}

// tell a failure in one line.
func (w *watcher) tell(e fetch.Event) {
	w.told[e.Class]++
	switch n := w.told[e.Class]; {
	case w.verbose || n > mostTold+1:
		return
	case n > mostTold:
		w.clear()
		fmt.Fprintf(w.err, "tieout: more keys failed so (%s); the capture has them all\n", e.Class)
	default:
		w.clear()
		fmt.Fprintf(w.err, "tieout: %s: %s\n", e.Key, e.Reason)
	}
}

// record writes the event to the log, as a line of JSON.
func (w *watcher) record(e fetch.Event) {
	if w.log == nil {
		return
	}
	level := slog.LevelInfo
	switch {
	case e.Kind == fetch.Retrying:
		level = slog.LevelWarn
	case e.Outcome == capture.Failed:
		level = slog.LevelError
	}
	r := slog.NewRecord(e.At.UTC(), level, string(e.Kind), 0)
	for _, a := range []slog.Attr{
		slog.String("key", e.Key), slog.String("outcome", e.Outcome), slog.Int("status", e.Status),
		slog.Int("attempt", e.Attempt), slog.Int64("wait_ms", e.Wait.Milliseconds()),
		slog.String("class", string(e.Class)), slog.String("reason", e.Reason),
	} {
		if !a.Value.Equal(slog.StringValue("")) && !a.Value.Equal(slog.Int64Value(0)) {
			r.AddAttrs(a)
		}
	}
	_ = w.log.Handle(context.Background(), r) // a log that fails stops nothing
}

// show the progress, five times a second at most.
func (w *watcher) show(now time.Time) {
	if !w.alive || now.Sub(w.shown) < 200*time.Millisecond {
		return
	}
	w.shown = now
	_, _ = fmt.Fprintf(w.err, "\r\x1b[K%s", pace(w.done, w.total, w.failed, now.Sub(w.start)))
}

// pace says how far a run is, how fast, and how long it still takes at that pace.
func pace(done, total, failed int, elapsed time.Duration) string {
	text := fmt.Sprintf("%d of %d keys", done, max(total, done))
	if tenths := int64(done) * int64(10*time.Second) / max(int64(elapsed), 1); done > 0 && elapsed > 0 {
		text += fmt.Sprintf(", %d.%d/s", tenths/10, tenths%10)
		left, each := time.Duration(total-done), max(elapsed/time.Duration(done), 1)
		if left > 0 && left <= math.MaxInt64/each {
			text += fmt.Sprintf(", %s left", (left * each).Round(time.Second))
		}
	}
	if failed > 0 {
		text += fmt.Sprintf(", %d failed", failed)
	}
	return text
}

// clear removes the line of the progress.
func (w *watcher) clear() {
	if w.alive && !w.shown.IsZero() {
		_, _ = fmt.Fprint(w.err, "\r\x1b[K")
		w.shown = time.Time{}
	}
}

// summarise a run in a few lines.
func summarise(w io.Writer, source string, s *fetch.Summary) {
	fmt.Fprintf(w, "%s: %s\n", source, counted(s.Keys, "key"))
	fmt.Fprintf(w, "  %d fetched, %d not found, %d failed, %d kept from earlier runs\n", s.Answered, s.Nothing, s.Failures(), s.Kept)
	if s.Twice > 0 {
		fmt.Fprintf(w, "  %d stood twice in the list\n", s.Twice)
	}
	if left := s.Keys - s.Done() - s.Kept - s.Twice; left > 0 {
		fmt.Fprintf(w, "  %d not finished\n", left)
	}
	if s.Failures() > 0 {
		var parts []string
		for _, class := range slices.Sorted(maps.Keys(s.Failed)) {
			parts = append(parts, fmt.Sprintf("%d %s", s.Failed[class], class))
		}
		fmt.Fprintf(w, "  failed: %s; the same command asks for them again\n", strings.Join(parts, ", "))
	}
	fmt.Fprintf(w, "  %s (%d sent again), %s, %s, in %s\n", counted(s.Requests, "request"), s.Retries,
		counted(s.Logins, "login"), size(s.Bytes), s.Elapsed.Round(100*time.Millisecond))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func size(bytes int64) string {
	switch {
	case bytes < 10_000:
		return fmt.Sprintf("%d bytes", bytes)
	case bytes < 10_000_000:
		return fmt.Sprintf("%d kB", bytes/1000)
	}
	return fmt.Sprintf("%d MB", bytes/1_000_000)
}
