package fetch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tieout/ingest/capture"
)

// pageTask is one page of one key on its way to an end.
type pageTask struct {
	key      Key
	at       int    // the key's number in the list
	number   int    // of the page, from 1
	next     string // what names the page; empty for the first
	question string // tells what is asked for, as captures have it
	job      string // that was submitted
	jobDone  bool   // the job is over, though it failed
	last     lastExchange
	kept     bool  // the journal had it
	class    Class // of its failure
}

// page is its number as captures have it: 0 for the first.
func (t *pageTask) page() int {
	if t.number == 1 {
		return 0
	}
	return t.number
}

// title is the name that events have, masked.
func (t *pageTask) title() string {
	name := t.key.String()
	if t.number > 1 {
		name += fmt.Sprintf(" page %d", t.number)
	}
	return name
}

// maxPages bounds the pages of one answer.
const maxPages = 10_000

// key fetches the pages of one key, as many as the journal lacks.
func (e *engine) key(ctx context.Context, key listedKey) {
	next, fetched := "", false
	for number := 1; ; number++ {
		if ctx.Err() != nil {
			return
		}
		t := &pageTask{key: key.Key, at: key.at, number: number, next: next}
		entry, err := e.page(ctx, t)
		last := entry.Kind != capture.Answer || entry.Next == ""
		if err == nil && entry.Settles() && last {
			err = e.dropPagesAfter(t)
		}
		if err != nil {
			e.stop(err)
			return
		}
		if fetched = fetched || !t.kept; last {
			e.count(func(s *Summary) { s.end(entry.Kind, t.class, fetched, number) })
			return
		}
		next = entry.Next
	}
}

// end counts a key that has come to its end, with its last page.
func (s *Summary) end(kind string, class Class, fetched bool, pages int) {
	switch {
	case !fetched:
		s.Kept++
	case kind == capture.Failed:
		s.Failed[class]++
	case kind == capture.Nothing && pages == 1:
		s.Nothing++
	default:
		s.Answered++
	}
}

// page brings one page to an end, unless the journal has an answer to the same question
// that is not stale. A later attempt that failed, or a job that was submitted since,
// leaves nothing to be kept.
func (e *engine) page(ctx context.Context, t *pageTask) (capture.Entry, error) {
	t.question = e.question(t)
	known := e.journal.State(e.protocol.Source(), t.key.Name(), t.page())
	if last := known.Last; last.Settles() && t.asks(last) && !e.o.Stale(last) {
		if t.kept = true; last.Next == "" {
			e.watch(Event{Kind: Skipped, Key: t.title(), Number: t.at})
		}
		return last, nil
	}
	if known.Pending.Kind != "" && t.asks(known.Pending) {
		t.job = known.Pending.Job
	}
	e.watch(Event{Kind: Beginning, Key: t.title(), Number: t.at})
	return e.settle(ctx, t)
}

// asks tells whether an entry is about the same question, as far as is known.
func (t *pageTask) asks(entry capture.Entry) bool {
	return cmp.Or(entry.Question, t.question) == t.question
}

// question is a digest of all that the first request for a page says, but for what is
// fresh in each and what is secret.
func (e *engine) question(t *pageTask) string {
	c, err := e.begin(t, strings.Repeat("0", 32))
	if err != nil {
		return ""
	}
	text, _ := json.Marshal([]any{c.Method, c.URL, c.Header, c.Body}) // these always can
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// settle brings one page of one key to an end and keeps it. The error ends the run.
func (e *engine) settle(ctx context.Context, t *pageTask) (capture.Entry, error) {
	v, err := e.run(ctx, t)
	if bad := (*keyError)(nil); errors.As(err, &bad) {
		v, err = refused(BadKey, bad.Error()), nil
	}
	if err != nil {
		return capture.Entry{}, err
	}
	entry := e.entry(t, v)
	if entry.Kind != capture.Failed && (e.redactor.holds(entry.Body) || e.redactor.holds([]byte(entry.Next))) {
		v = refused(Leaking, "the answer repeats a secret of the request; it is not kept")
		entry = e.entry(t, v)
	}
	err = e.keep(entry)
	if errors.Is(err, capture.ErrTooLong) {
		v = refused(TooLarge, "the answer is too long for a line of a capture")
		entry = e.entry(t, v)
		err = e.keep(entry)
	}
	if err != nil {
		return entry, err
	}
	t.class = v.Class
	e.count(func(s *Summary) {
		s.Bytes += int64(len(entry.Body))
		if entry.Kind == capture.Answer {
			s.Pages++
		}
	})
	kind := Ended
	if entry.Kind == capture.Answer && entry.Next != "" {
		kind = Paged
	}
	e.watch(Event{
		Kind: kind, Key: t.title(), Number: t.at, Outcome: entry.Kind, Status: entry.Status, Attempt: entry.Attempts,
		Class: v.Class, Reason: entry.Reason,
	})
	return entry, nil
}

// dropPagesAfter notes of the pages behind the last that there is nothing any more:
// else those of an earlier answer that had more would hold.
func (e *engine) dropPagesAfter(t *pageTask) error {
	for number := t.number + 1; ; number++ {
		entry := capture.Entry{Source: e.protocol.Source(), Key: t.key.Name(), Page: number, Kind: capture.Nothing, Ended: e.o.Now()}
		switch e.journal.State(entry.Source, entry.Key, number).Last.Kind {
		case "":
			return nil
		case capture.Nothing:
			continue
		}
		if err := e.keep(entry); err != nil {
			return err
		}
	}
}
