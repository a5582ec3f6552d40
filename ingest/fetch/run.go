package fetch

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"tieout/ingest/capture"
)

// Journal keeps what came of each key. *capture.Log is one.
type Journal interface {
	// Append keeps entries. An error ends the run, but for capture.ErrTooLong.
	Append(entries ...capture.Entry) error
	// State is what is known of a page of a key; page is 0 for the first.
	State(source, key string, page int) capture.State
}

// engine is a run.
type engine struct {
	o        Options
	protocol Protocol
	journal  Journal
	client   *http.Client
	session  *session
	redactor redactor
	dice     dice
	stop     context.CancelCauseFunc

	mu       sync.Mutex
	gates    map[string]*gate
	summary  Summary
	observer Observer
	unkept   error // the first of the journal
}

// errDone ends what is left of a run that is over.
var errDone = errors.New("the run is over")

// Run asks for keys and keeps in the journal what came of each: an answer, nothing, or
// a failure. It leaves out a key when the last that the journal has of it is an answer
// to the same question that is not stale; of a key whose job was submitted and not
// answered it asks for the job. It begins each key once, however often it stands in
// the list, and touches no key that does not.
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
	e.summary.Stopped = e.stopped(ctx, run)
	e.summary.Interrupted = ctx.Err() != nil
	stop(errDone)
	e.client.CloseIdleConnections()
	e.summary.Elapsed = o.Now().Sub(began)
	return e.summary
}

// stopped is why a run ended early, though it may have been cancelled too.
func (e *engine) stopped(ctx, run context.Context) error {
	cause := e.unkept
	if cause == nil && ctx.Err() == nil {
		cause = context.Cause(run)
	}
	if access := (*AccessError)(nil); errors.As(cause, &access) {
		return access
	}
	if silent := (*SilentError)(nil); errors.As(cause, &silent) {
		return &SilentError{silent.Host, e.redactor.clean(silent.Reason)}
	}
	if cause == nil || errors.Is(cause, ErrAuthority) {
		return cause
	}
	return errors.New(e.redactor.clean(cause.Error()))
}

func newEngine(o Options, p Protocol, j Journal, watch Observer) *engine {
	e := &engine{
		o: o, protocol: p, journal: j, observer: watch,
		gates:   map[string]*gate{},
		dice:    dice{rand: rand.New(o.Random)},
		summary: Summary{Failed: map[Class]int{}},
	}
	e.client = &http.Client{
		Transport:     o.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	e.session = &session{e: e, busy: make(chan struct{}, 1)}
	e.session.logs, _ = p.(Session)
	return e
}

// listedKey is a key with its number in the list, from 1.
type listedKey struct {
	Key
	at int
}

// all hands the keys to the workers and waits for them.
func (e *engine) all(ctx context.Context, keys iter.Seq[Key]) {
	var workers sync.WaitGroup
	work := make(chan listedKey)
	for range e.o.InFlight {
		workers.Go(func() {
			for key := range work {
				e.key(ctx, key)
			}
		})
	}
	seen := map[string]struct{}{}
	at := 0
	for key := range keys {
		if ctx.Err() != nil {
			break
		}
		at++
		name := key.Name()
		e.count(func(s *Summary) { s.Keys++ })
		if _, twice := seen[name]; twice {
			e.count(func(s *Summary) { s.Twice++ })
			e.watch(Event{Kind: Skipped, Key: mask(name), Number: at})
			continue
		}
		seen[name] = struct{}{}
		select {
		case work <- listedKey{key, at}:
		case <-ctx.Done():
		}
	}
	close(work)
	workers.Wait()
}

// keep appends entries to the journal. The first error is what the run tells of, even
// when it is cancelled at the same time.
func (e *engine) keep(entries ...capture.Entry) error {
	err := e.journal.Append(entries...)
	if err != nil && !errors.Is(err, capture.ErrTooLong) {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.unkept == nil {
			e.unkept = err
		}
	}
	return err
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
