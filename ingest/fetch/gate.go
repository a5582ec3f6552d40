package fetch

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// gate lets requests to one host through: so many at a time, so fast, not while the
// host has asked for a pause, and hardly any while it does not answer.
type gate struct {
	host    string
	o       *Options
	watch   Observer // told of pauses
	slots   chan struct{}
	limiter *rate.Limiter

	mu      sync.Mutex
	paused  time.Time // until when the host has asked for peace
	fails   int       // in a row
	opened  int       // pauses in a row that the failures have led to
	answers bool      // it has answered in this run
	closed  time.Time // until when nothing is sent; zero when the host answers
	probing bool      // a request is under way that shows whether it does
	changed chan struct{}
}

// SilentError says that a host does not answer, so that a run gives it up.
type SilentError struct{ Host, Reason string }

// Error names the host.
func (e *SilentError) Error() string {
	return fmt.Sprintf("%s does not answer: %s", e.Host, e.Reason)
}

func newGate(host string, o *Options, watch Observer) *gate {
	every, limit := o.Every, rate.Inf
	if IsHere(host) {
		every = o.EveryHere
	}
	if every > 0 {
		limit = rate.Every(every)
	}
	return &gate{
		host: host, o: o, watch: watch, slots: make(chan struct{}, o.Concurrency),
		limiter: rate.NewLimiter(limit, o.Burst), changed: make(chan struct{}),
	}
}

// enter waits until a request may be sent. Every enter without an error is followed by
// one leave.
func (g *gate) enter(ctx context.Context) error {
	select {
	case g.slots <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	err := g.wait(ctx)
	if err != nil {
		<-g.slots
	}
	return err
}

// wait for the host and for the limit. A request that had its turn while the host fell
// silent or asked for a pause waits for another turn: those that were held up must not
// all go at once when the pause ends.
func (g *gate) wait(ctx context.Context) error {
	for {
		if err := g.peace(ctx); err != nil {
			return err
		}
		now := g.o.Now()
		turn := g.limiter.ReserveN(now, 1)
		if d := turn.DelayFrom(now); d > 0 {
			if err := g.o.Sleep(ctx, d); err != nil {
				turn.CancelAt(g.o.Now())
				return err
			}
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if _, _, free := g.free(true); free {
			return nil
		}
	}
}

// peace waits while the host is paused or silent.
func (g *gate) peace(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		pause, changed, free := g.free(false)
		switch {
		case free:
			return nil
		case pause > 0:
			if err := g.o.Sleep(ctx, pause); err != nil {
				return err
			}
		default: // a probe is under way
			select {
			case <-changed:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
	}
}

// free tells whether a request may be sent now, and if not, how long the pause is, or
// what is closed when the probe has come back. With take, the first to come when a
// silence ends becomes the probe, which shows whether the host answers again.
func (g *gate) free(take bool) (pause time.Duration, changed <-chan struct{}, free bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, until := g.o.Now(), g.paused
	if g.closed.After(until) {
		until = g.closed
	}
	if until.After(now) {
		return until.Sub(now), nil, false
	}
	if g.probing {
		return 0, g.changed, false
	}
	g.probing = take && !g.closed.IsZero()
	return 0, nil, true
}

// signs of life of a host, from what became of a request.
type sign uint8

const (
	unknown sign = iota // cancelled, or never sent
	alive
	silent
)

// leave ends a request. It errs when the host is given up.
func (g *gate) leave(s sign, reason string, pause time.Duration) error {
	defer func() { <-g.slots }()
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.o.Now()
	if until := now.Add(pause); pause > 0 && until.After(g.paused) {
		g.paused = until
		g.watch(Event{Kind: Paused, Host: g.host, Wait: pause, Class: Throttled, Reason: reason})
	}
	probed := g.probing
	if probed { // whoever it was: what is learnt now is learnt for all
		g.probing = false
		close(g.changed)
		g.changed = make(chan struct{})
	}
	switch s {
	case alive:
		g.fails, g.opened, g.closed, g.answers = 0, 0, time.Time{}, true
	case silent:
		if g.fails++; g.fails >= g.o.Tolerance && !g.closed.After(now) || probed {
			return g.close(now, reason)
		}
	}
	return nil
}

// close leaves a silent host in peace for a while, or gives it up: one that has not
// answered once after the first pause, since its address is as likely wrong.
func (g *gate) close(now time.Time, reason string) error {
	most := g.o.GiveUp
	if !g.answers {
		most = min(most, 1)
	}
	if g.opened++; g.opened > most {
		return &SilentError{g.host, reason}
	}
	cooldown := min(g.o.Cooldown<<min(g.opened-1, 10), 10*g.o.Cooldown)
	g.closed = now.Add(cooldown)
	g.watch(Event{Kind: Paused, Host: g.host, Wait: cooldown, Class: Unreachable, Reason: reason})
	return nil
}
