package fetch

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tieout/ingest/capture"
)

// take notes an exchange.
func (t *pageTask) take(l lastExchange) {
	begun, attempts := t.last.begun, t.last.attempts
	t.last = l
	t.last.attempts += attempts
	if !begun.IsZero() {
		t.last.begun = begun
	}
}

// run brings a page to its end: one request and its answer, or a submitted job and
// questions about it.
func (e *engine) run(ctx context.Context, t *pageTask) (Verdict, error) {
	if t.number > maxPages {
		return refused(Reported, "the answer has more than "+strconv.Itoa(maxPages)+" pages"), nil
	}
	if err := t.key.check(); err != nil {
		return Verdict{}, &keyError{err}
	}
	if t.number > 1 {
		if _, err := e.begin(t, ""); err != nil { // that is the answer's fault, not the key's
			return refused(Redirected, err.Error()), nil
		}
	}
	poller, polls := e.protocol.(Poller)
	resumed := polls && t.job != ""
	for submits := 0; ; submits++ {
		if !resumed {
			v, err := e.ask(ctx, t, func(id string) (Call, error) { return e.begin(t, id) })
			if err != nil || v.Outcome != Accepted || !polls {
				return v, err
			}
			if e.redactor.holds([]byte(v.Job)) {
				return refused(Leaking, "the name of the job repeats a secret of the request; it is not kept"), nil
			}
			if err := e.submitted(t, v.Job); err != nil {
				return Verdict{}, err
			}
		}
		v, err := e.poll(ctx, t, poller, resumed)
		if err != nil || v.Outcome != Lost {
			return v, err
		}
		if submits == 1 {
			return refused(Reported, "the upstream has lost the job, twice"), nil
		}
		resumed = false
	}
}

// begin is the request for a page.
func (e *engine) begin(t *pageTask, id string) (Call, error) {
	if pager, is := e.protocol.(Pager); is && t.next != "" {
		return pager.Page(t.key, t.next, id)
	}
	return e.protocol.Begin(t.key, id)
}

func (e *engine) ask(ctx context.Context, t *pageTask, build func(id string) (Call, error)) (Verdict, error) {
	read := func(c Call, r Reply) Verdict {
		v := e.protocol.Read(c, r)
		if v.Next != "" && v.Next == t.next {
			return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer is the page before: the next after it is the one that was asked for"}
		}
		return v
	}
	try := &trial{build: build, read: read, session: e.session, name: t.title()}
	v, err := e.repeat(ctx, try)
	t.take(try.last)
	return v, err
}

// submitted keeps a job in the journal before anything else: a job that is forgotten
// would be submitted again.
func (e *engine) submitted(t *pageTask, id string) error {
	t.job = id
	entry := e.entry(t, Verdict{Outcome: Accepted, Job: id})
	if err := e.keep(entry); err != nil {
		return err
	}
	e.count(func(s *Summary) { s.Jobs++ })
	e.watch(Event{Kind: Submitted, Key: t.title(), Number: t.at, Status: entry.Status})
	return nil
}

// poll asks for a job until it is done, or too much time has passed.
func (e *engine) poll(ctx context.Context, t *pageTask, p Poller, now bool) (Verdict, error) {
	until := e.o.Now().Add(e.o.PollFor)
	for pause := e.o.PollEvery; ; pause = min(2*pause, e.o.PollMax) {
		if !now {
			if err := e.wait(ctx, pause); err != nil {
				return Verdict{}, err
			}
		}
		now = false
		v, err := e.ask(ctx, t, func(id string) (Call, error) { return p.Poll(t.key, t.job, id) })
		switch {
		case err != nil || v.Outcome == Lost:
			return v, err
		case v.Outcome == Refused && v.Class == Misdirected: // its own result may still come
		case v.Outcome != Waiting:
			t.jobDone = v.Outcome == Refused && v.Class == Reported
			return v, nil
		}
		if e.o.Now().After(until) {
			return refused(Overdue, "no result after "+e.o.PollFor.String()+"; the next run asks for it again"), nil
		}
	}
}

// shown lists the headers of an answer that are kept.
var shown = []string{
	"Content-Type", "Date", "Etag", "Last-Modified", "Retry-After", "X-Request-Id", "Mq-Jrb-Id", "Mq-Jrb-Id-Result",
}

// maxFailure is the longest body kept of an answer that is a failure.
const maxFailure = 64 << 10

// entry is what is kept of a page.
func (e *engine) entry(t *pageTask, v Verdict) capture.Entry {
	l, clean := t.last, e.redactor.clean
	entry := capture.Entry{
		Source: e.protocol.Source(), Key: t.key.Name(), Page: t.page(), Question: t.question,
		Begun: l.begun.Truncate(time.Millisecond), Ended: l.ended.Truncate(time.Millisecond),
		Status: l.reply.Status, Header: map[string]string{}, Attempts: l.attempts,
		Request: capture.Request{
			Method: l.call.Method, URL: clean(l.call.shownURL()), Body: clean(l.call.veil(string(l.call.Body))),
			Header: map[string]string{}, Asked: l.call.Asked,
		},
	}
	for name, value := range l.call.shownHeader() {
		entry.Request.Header[http.CanonicalHeaderKey(name)] = clean(value)
	}
	for _, name := range shown {
		if value := l.reply.Header.Get(name); value != "" {
			entry.Header[name] = clean(value)
		}
	}
	switch v.Outcome {
	case Answered, Empty:
		entry.Kind, entry.Body = capture.Answer, l.reply.Body
		if v.Outcome == Empty {
			entry.Kind = capture.Nothing
		}
		entry.Next = strings.ToValidUTF8(v.Next, "")
	case Accepted:
		entry.Kind, entry.Job = capture.Submitted, strings.ToValidUTF8(v.Job, "")
	default:
		entry.Kind, entry.Reason = capture.Failed, strings.ToValidUTF8(v.Reason, "�")
		if len(l.reply.Body) <= maxFailure && !e.redactor.holds(l.reply.Body) {
			entry.Body = bytes.Clone(l.reply.Body)
		}
		if t.jobDone {
			entry.Job = t.job
		}
	}
	return entry
}
