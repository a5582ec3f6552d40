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

// job is one page of one key on its way to an end.
type job struct {
	key  Key
	name string // of the key, with the page
	next string // what names the page that is asked for; empty for the first
	page int    // its number
	id   string // of a submitted job
	done bool   // the job is over, though it failed
	last last
}

// take notes an exchange.
func (j *job) take(l last) {
	begun, attempts := j.last.begun, j.last.attempts
	j.last = l
	j.last.attempts += attempts
	if !begun.IsZero() {
		j.last.begun = begun
	}
}

// run brings a job to its end: one request and its answer, or a submitted job and
// questions about it.
func (e *engine) run(ctx context.Context, j *job) (Verdict, error) {
	if j.page > maxPages {
		return refused(Reported, "the answer has more than "+strconv.Itoa(maxPages)+" pages"), nil
	}
	e.mu.Lock()
	j.id = e.pending[j.name]
	delete(e.pending, j.name)
	e.mu.Unlock()
	poller, polls := e.protocol.(Poller)
	resumed := polls && j.id != ""
	for submits := 0; ; submits++ {
		if !resumed {
			v, err := e.ask(ctx, j, func(id string) (Call, error) { return e.begin(j, id) })
			if err != nil || v.Outcome != Accepted || !polls {
				return v, err
			}
			if err := e.submitted(j, v.Job); err != nil {
				return Verdict{}, err
			}
		}
		v, err := e.poll(ctx, j, poller, resumed)
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
func (e *engine) begin(j *job, id string) (Call, error) {
	if pager, is := e.protocol.(Pager); is && j.next != "" {
		return pager.Page(j.key, j.next, id)
	}
	return e.protocol.Begin(j.key, id)
}

func (e *engine) ask(ctx context.Context, j *job, build func(id string) (Call, error)) (Verdict, error) {
	read := func(c Call, r Reply) Verdict {
		v := e.protocol.Read(c, r)
		if v.Next != "" && v.Next == j.next {
			return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer is the page before: the next after it is the one that was asked for"}
		}
		return v
	}
	v, l, err := e.repeat(ctx, build, read, e.session, mask(j.name))
	j.take(l)
	return v, err
}

// submitted keeps a job in the journal before anything else: a job that is forgotten
// would be submitted again.
func (e *engine) submitted(j *job, id string) error {
	j.id = id
	entry := e.entry(j, Verdict{Outcome: Accepted, Job: id})
	if err := e.journal.Append(entry); err != nil {
		return err
	}
	e.count(func(s *Summary) { s.Jobs++ })
	e.watch(Event{Kind: Submitted, Key: mask(j.name), Status: entry.Status})
	return nil
}

// poll asks for a job until it is done, or too much time has passed.
func (e *engine) poll(ctx context.Context, j *job, p Poller, now bool) (Verdict, error) {
	until := e.o.Now().Add(e.o.PollFor)
	for pause := e.o.PollEvery; ; pause = min(2*pause, e.o.PollMax) {
		if !now {
			if err := e.wait(ctx, pause); err != nil {
				return Verdict{}, err
			}
		}
		now = false
		v, err := e.ask(ctx, j, func(id string) (Call, error) { return p.Poll(j.key, j.id, id) })
		switch {
		case err != nil || v.Outcome == Lost:
			return v, err
		case v.Outcome == Refused && v.Class == Misdirected: // its own result may still come
		case v.Outcome != Waiting:
			j.done = v.Outcome == Refused && v.Class == Reported
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

// entry is what is kept of a job.
func (e *engine) entry(j *job, v Verdict) capture.Entry {
	l, clean := j.last, e.redactor.clean
	entry := capture.Entry{
		Source: e.protocol.Source(), Key: j.name,
		Begun: l.begun.Truncate(time.Millisecond), Ended: l.ended.Truncate(time.Millisecond),
		Status: l.reply.Status, Header: map[string]string{}, Attempts: l.attempts,
		Request: capture.Request{
			Method: l.call.Method, URL: clean(l.call.veil(l.call.URL)), Body: clean(l.call.veil(string(l.call.Body))),
			Header: map[string]string{}, Asked: l.call.Asked,
		},
	}
	for name, value := range l.call.Header {
		entry.Request.Header[http.CanonicalHeaderKey(name)] = clean(l.call.veil(value))
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
		if v.Next != "" {
			entry.Header[NextPage] = v.Next
		}
	case Accepted:
		entry.Kind, entry.Job = capture.Submitted, strings.ToValidUTF8(v.Job, "")
	default:
		entry.Kind, entry.Reason = capture.Failed, strings.ToValidUTF8(v.Reason, "�")
		if len(l.reply.Body) <= maxFailure && !e.redactor.holds(l.reply.Body) {
			entry.Body = bytes.Clone(l.reply.Body)
		}
		if j.done {
			entry.Job = j.id
		}
	}
	return entry
}
