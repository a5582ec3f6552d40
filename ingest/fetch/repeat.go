package fetch

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// lastExchange is the last exchange that was made for a page of a key.
type lastExchange struct {
	call     Call
	reply    Reply
	attempts int
	begun    time.Time
	ended    time.Time
}

// maxLogins is how often one request makes the run log in anew.
const maxLogins = 2

// maxStale is how often a request may find that its token has been refused to another.
const maxStale = 10

// trial is a request on its way to an answer.
type trial struct {
	build    func(id string) (Call, error)
	read     func(Call, Reply) Verdict
	session  *session // that signs it; nil for the login itself
	name     string   // of the key, as events have it
	failures int
	logins   int
	stale    int
	last     lastExchange
}

// repeat sends a request until its answer is one, or asking again would not help. The
// error ends the run, but for a *keyError.
func (e *engine) repeat(ctx context.Context, t *trial) (Verdict, error) {
	for {
		call, login, err := e.prepare(ctx, t)
		if err != nil {
			return Verdict{}, err
		}
		out, err := e.send(ctx, call)
		if err != nil {
			return Verdict{}, err
		}
		t.last.call, t.last.reply, t.last.ended = call, out.reply, e.o.Now()
		t.last.attempts++
		if t.failures > 0 {
			e.count(func(sum *Summary) { sum.Retries++ })
		}
		v, pause := e.judge(call, out, t.read)
		v.Reason = e.redactor.clean(call.veil(v.Reason))
		switch {
		case v.Outcome == Expired && t.session == nil:
			if v = t.read(call, out.reply); v.Outcome == Answered {
				v = refused(Rejected, statusLine(out.reply.Status))
			}
			return v, nil
		case v.Outcome == Expired:
			if t.renews(login) {
				continue
			}
			v = refused(Denied, v.Reason)
			return v, t.session.despair(v.Reason)
		case v.Outcome != Again && v.Outcome != Foreign:
			if t.session != nil {
				t.session.accept()
			}
			return v, nil
		}
		if t.failures++; t.failures >= e.o.Attempts {
			if t.failures > 1 {
				v.Reason += fmt.Sprintf(" (%d attempts)", t.failures)
			}
			v.Outcome = Refused
			return v, nil
		}
		if err := e.rest(ctx, t, v, pause); err != nil {
			return Verdict{}, err
		}
	}
}

// prepare builds a request and signs it; login is the number of the login whose token
// it shows.
func (e *engine) prepare(ctx context.Context, t *trial) (call Call, login int, err error) {
	var token Token
	if t.session != nil {
		if token, login, err = t.session.get(ctx); err != nil {
			return call, 0, err
		}
	}
	if call, err = t.build(e.dice.id()); err != nil {
		return call, 0, &keyError{err}
	}
	if t.session != nil {
		e.protocol.Sign(&call, token)
	}
	if ours, err := call.sendable(); ours {
		return call, 0, err
	} else if err != nil {
		return call, 0, &keyError{err}
	}
	e.learn(call)
	if t.last.begun.IsZero() {
		t.last.begun = e.o.Now()
	}
	return call, login, nil
}

// renews tells whether the request is sent again with another token, now that that of
// a login was refused.
func (t *trial) renews(login int) bool {
	if t.logins == maxLogins || t.session.logs == nil {
		return false
	}
	// A token that another request has found out about says nothing of this one.
	if t.stale++; t.session.refuse(login) || t.stale > maxStale {
		t.logins++
	}
	return true
}

// rest waits before the next attempt: as long as the upstream asks for, or a random
// time.
func (e *engine) rest(ctx context.Context, t *trial, v Verdict, pause time.Duration) error {
	if pause == 0 {
		pause = e.backoff(t.failures)
	}
	e.watch(Event{
		Kind: Retrying, Key: t.name, Status: t.last.reply.Status, Attempt: t.last.attempts,
		Wait: pause, Class: v.Class, Reason: v.Reason,
	})
	return e.o.Sleep(ctx, pause)
}

// learn keeps the secrets of a call in mind, to find them where they must not be.
func (e *engine) learn(c Call) {
	for _, s := range c.secrets {
		e.redactor.learn(s.secret)
	}
	for _, s := range c.inBody {
		e.redactor.learn(s)
	}
}

// judge tells what came of a request: what means the same everywhere, and what the
// protocol reads. pause is how long the upstream asks to be left alone.
func (e *engine) judge(c Call, out sent, read func(Call, Reply) Verdict) (v Verdict, pause time.Duration) {
	status := out.reply.Status
	switch v = out.fault; {
	case v.Outcome == Again && c.Repeat == Unsent && out.written:
		return refused(v.Class, v.Reason+"; whether the upstream has seen the request is not known, so it is not sent again"), 0
	case v.Outcome != 0:
		return v, 0
	case status == http.StatusUnauthorized:
		return Verdict{Outcome: Expired, Reason: statusLine(status)}, 0
	case status == http.StatusTooManyRequests:
		return again(Throttled, statusLine(status)), e.retryAfter(out.reply.Header)
	case status == http.StatusServiceUnavailable:
		return again(Unavailable, statusLine(status)), e.retryAfter(out.reply.Header)
	case status == http.StatusBadGateway, status == http.StatusGatewayTimeout:
		if c.Repeat == Unsent {
			return refused(Unavailable, statusLine(status)+"; whether the request was taken is not known, so it is not sent again"), 0
		}
		return again(Unavailable, statusLine(status)), e.retryAfter(out.reply.Header)
	}
	v = read(c, out.reply)
	if (v.Outcome == Again || v.Outcome == Foreign) && c.Repeat == Unsent {
		v.Outcome = Refused
	}
	return v, 0
}

// keyError is a key that cannot be asked for.
type keyError struct{ error }
