package fetch

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"tieout/ingest/capture"
)

// Journal keeps what came of each key. *capture.Log is one.
type Journal interface {
	Append(entries ...capture.Entry) error
	// Settled is the last entry of a key that is an answer or says there is none.
	Settled(source, key string) (capture.Entry, bool)
	// Pending lists the submitted jobs of which nothing has come yet.
	Pending() []capture.Entry
}

// NextPage is the header of an entry that names the page after it.
const NextPage = "tieout-next"

// engine is a run.
type engine struct {
	o        Options
	protocol Protocol
	journal  Journal
	client   *http.Client
	session  *session
	redactor redactor
	dice     dice
	pending  map[string]string // jobs of earlier runs, by key
	stop     context.CancelCauseFunc

	mu       sync.Mutex
	gates    map[string]*gate
	summary  Summary
	observer Observer
}

// errDone ends what is left of a run that is over.
var errDone = errors.New("the run is over")

// Run asks for keys and keeps in the journal what came of each: an answer, nothing, or
// a failure. It leaves out keys of which the journal has an answer that is not stale,
// asks for the jobs that were submitted and not answered, and begins each key once,
// however often it stands in the list.
//
// A key fails alone. The run ends early when ctx is cancelled, the journal cannot be
// written, the login is refused, or the host cannot be reached or trusted; Stopped
// tells. watch may be nil.
func Run(ctx context.Context, o Options, p Protocol, keys iter.Seq[Key], j Journal, watch Observer) Summary {
	_, polls := p.(Poller)
	o, err := o.complete(polls)
	if err != nil {
		return Summary{Stopped: err}
	}
	began := o.Now()
	e := newEngine(o, p, j, watch)
	run, stop := context.WithCancelCause(ctx)
	e.stop = stop
	e.all(run, keys)
	if cause := context.Cause(run); ctx.Err() == nil && cause != nil {
		e.summary.Stopped = errors.New(e.redactor.clean(cause.Error()))
		if access := (*AccessError)(nil); errors.As(cause, &access) {
			e.summary.Stopped = access
		}
	}
	e.summary.Interrupted = ctx.Err() != nil
	stop(errDone)
	e.client.CloseIdleConnections()
	e.summary.Elapsed = o.Now().Sub(began)
	return e.summary
}

func newEngine(o Options, p Protocol, j Journal, watch Observer) *engine {
	e := &engine{
		o: o, protocol: p, journal: j, observer: watch,
		gates: map[string]*gate{}, pending: map[string]string{},
		dice:    dice{rand: rand.New(o.Random)},
		summary: Summary{Failed: map[Class]int{}},
	}
	e.client = &http.Client{
		Transport:     o.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	e.session = &session{e: e, busy: make(chan struct{}, 1)}
	e.session.logs, _ = p.(Session)
	for _, entry := range j.Pending() {
		if entry.Source == p.Source() {
			e.pending[entry.Key] = entry.Job
		}
	}
	return e
}

// all hands the keys to the workers and waits for them.
func (e *engine) all(ctx context.Context, keys iter.Seq[Key]) {
	var workers sync.WaitGroup
	work := make(chan Key)
	for range e.o.InFlight {
		workers.Go(func() {
			for key := range work {
				e.key(ctx, key)
			}
		})
	}
	seen := map[string]struct{}{}
	for key := range keys {
		if ctx.Err() != nil {
			break
		}
		name := key.Name()
		e.count(func(s *Summary) { s.Keys++ })
		if _, twice := seen[name]; twice {
			e.count(func(s *Summary) { s.Twice++ })
			e.watch(Event{Kind: Skipped, Key: mask(name)})
			continue
		}
		seen[name] = struct{}{}
		select {
		case work <- key:
		case <-ctx.Done():
		}
	}
	close(work)
	workers.Wait()
}

// maxPages bounds the pages of one answer.
const maxPages = 10_000

// key fetches the pages of one key, as many as the journal lacks.
func (e *engine) key(ctx context.Context, key Key) {
	next := ""
	for page := 1; ; page++ {
		if ctx.Err() != nil {
			return
		}
		j := job{key: key, name: key.Name(), next: next, page: page}
		if page > 1 {
			j.name += "#" + strconv.Itoa(page)
			e.count(func(s *Summary) { s.Keys++ })
		}
		entry, kept := e.journal.Settled(e.protocol.Source(), j.name)
		if kept && !e.o.Stale(entry) {
			e.count(func(s *Summary) { s.Kept++ })
			e.watch(Event{Kind: Skipped, Key: mask(j.name)})
		} else {
			e.watch(Event{Kind: Beginning, Key: mask(j.name)})
			var err error
			if entry, err = e.settle(ctx, &j); err != nil {
				e.stop(err)
				return
			}
		}
		next = entry.Header[NextPage]
		if entry.Kind != capture.Answer || next == "" {
			return
		}
	}
}

// settle brings one page of one key to an end and keeps it. The error ends the run.
func (e *engine) settle(ctx context.Context, j *job) (capture.Entry, error) {
	v, err := e.run(ctx, j)
	if bad := (*keyError)(nil); errors.As(err, &bad) {
		v, err = refused(BadKey, bad.Error()), nil
	}
	if err != nil {
		return capture.Entry{}, err
	}
	entry := e.entry(j, v)
	if entry.Kind != capture.Failed && e.redactor.holds(entry.Body) {
		v = refused(Leaking, "the answer repeats a secret of the request; it is not kept")
		entry = e.entry(j, v)
	}
	if err := e.journal.Append(entry); err != nil {
		return entry, err
	}
	e.count(func(s *Summary) {
		s.Bytes += int64(len(entry.Body))
		switch entry.Kind {
		case capture.Answer:
			s.Answered++
		case capture.Nothing:
			s.Nothing++
		default:
			s.Failed[v.Class]++
		}
	})
	e.watch(Event{Kind: Ended, Key: mask(j.name), Outcome: entry.Kind, Status: entry.Status, Attempt: entry.Attempts, Class: v.Class, Reason: entry.Reason})
	return entry, nil
}

// gate of a host.
func (e *engine) gate(host string) *gate {
	e.mu.Lock()
	defer e.mu.Unlock()
	g := e.gates[host]
	if g == nil {
		g = newGate(host, &e.o, e.watch)
		e.gates[host] = g
	}
	return g
}

// count changes the summary.
func (e *engine) count(change func(*Summary)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change(&e.summary)
}

// watch tells the observer.
func (e *engine) watch(event Event) {
	if e.observer == nil {
		return
	}
	event.At = e.o.Now()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.observer(event)
}

// wait pauses between two questions about a job.
func (e *engine) wait(ctx context.Context, d time.Duration) error {
	// Half of it is random, so that jobs submitted together are not asked for
	// together ever after.
	return e.o.Sleep(ctx, d/2+e.dice.upTo(d/2))
}
