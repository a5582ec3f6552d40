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
	alive   bool     // a person looks at the progress
	places  []string // of the keys, by their numbers
	total   int
	done    int
	failed  int
	start   time.Time
	shown   time.Time
	paused  time.Time // until when a host is left in peace
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
	if e.Kind == fetch.Paused {
		w.pause(e)
	}
	w.show(e.At)
}

// pause tells that a host is left in peace: for a person that nothing is wrong with the
// progress, and for all when the host does not answer.
func (w *watcher) pause(e fetch.Event) {
	until := e.At.Add(e.Wait)
	if until.After(w.paused) {
		w.paused = until
	}
	if e.Class == fetch.Unreachable && !w.verbose {
		w.clear()
		fmt.Fprintf(w.err, "tieout: %s does not answer (%s); it is left in peace for %s, until %s\n",
			e.Host, e.Reason, e.Wait.Round(time.Second), until.Local().Format(time.TimeOnly))
	}
	w.shown = time.Time{} // no event may come for long
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
		fmt.Fprintf(w.err, "tieout: %s: %s: %s\n", w.place(e), e.Key, e.Reason)
	}
}

// place of the key that an event is about.
func (w *watcher) place(e fetch.Event) string {
	if e.Number < 1 || e.Number > len(w.places) {
		return "a key"
	}
	return w.places[e.Number-1]
}

// record writes the event to the log, as a line of JSON.
func (w *watcher) record(e fetch.Event) {
	if w.log == nil {
		return
	}
	level := slog.LevelInfo
	switch {
	case e.Kind == fetch.Retrying, e.Kind == fetch.Paused:
		level = slog.LevelWarn
	case e.Outcome == capture.Failed:
		level = slog.LevelError
	}
	r := slog.NewRecord(e.At.UTC(), level, string(e.Kind), 0)
	for _, a := range []slog.Attr{
		slog.String("key", e.Key), slog.Int("number", e.Number), slog.String("host", e.Host), slog.String("outcome", e.Outcome), slog.Int("status", e.Status),
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
	text := pace(w.done, w.total, w.failed, now.Sub(w.start))
	if w.paused.After(now) {
		text = fmt.Sprintf("%d of %d keys, paused until %s", w.done, max(w.total, w.done), w.paused.Local().Format(time.TimeOnly))
	}
	_, _ = fmt.Fprintf(w.err, "\r\x1b[K%s", text)
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

// summarise a run that was given some keys, of which some are different.
func summarise(w io.Writer, source string, given, different int, s *fetch.Summary) {
	fmt.Fprintf(w, "%s: %s\n", source, counted(given, "key"))
	fmt.Fprintf(w, "  %d fetched, %d not found, %d failed, %d kept from earlier runs\n", s.Answered, s.Nothing, s.Failures(), s.Kept)
	if given > different {
		fmt.Fprintf(w, "  %d stood twice in the list\n", given-different)
	}
	if left := different - s.Done() - s.Kept; left > 0 {
		fmt.Fprintf(w, "  %d not finished\n", left)
	}
	if s.Pages > s.Answered {
		fmt.Fprintf(w, "  %s\n", counted(s.Pages, "page"))
	}
	if s.Failures() > 0 {
		var parts []string
		for _, class := range slices.Sorted(maps.Keys(s.Failed)) {
			parts = append(parts, fmt.Sprintf("%d %s", s.Failed[class], class))
		}
		hint := "; the same command asks for them again"
		if s.Failures() == s.Failed[fetch.BadKey] { // which are wrong every time
			hint = ""
		}
		fmt.Fprintf(w, "  failed: %s%s\n", strings.Join(parts, ", "), hint)
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
