package fetch

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// last is the last exchange that was made for a key.
type last struct {
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

// repeat sends a request until its answer is one, or asking again would not help. s
// signs it; nil for the login itself. name is how events call the key. The error ends the run, but for a *keyError.
func (e *engine) repeat(ctx context.Context, build func(id string) (Call, error), read func(Call, Reply) Verdict, s *session, name string) (Verdict, last, error) {
	var l last
	for failures, logins, stale := 0, 0, 0; ; {
		var token Token
		login := 0
		if s != nil {
			var err error
			if token, login, err = s.get(ctx); err != nil {
				return Verdict{}, l, err
			}
		}
		call, err := build(e.dice.id())
		if err != nil {
			return Verdict{}, l, &keyError{err}
		}
		if s != nil {
			e.protocol.Sign(&call, token)
		}
		e.learn(call)
		began := e.o.Now()
		if l.begun.IsZero() {
			l.begun = began
		}
		out, err := e.send(ctx, call)
		if err != nil {
			return Verdict{}, l, err
		}
		l.call, l.reply, l.ended = call, out.reply, e.o.Now()
		l.attempts++
		v, pause := e.judge(call, out, read)
		v.Reason = e.redactor.clean(call.veil(v.Reason))
		switch {
		case v.Outcome == Expired && s != nil:
			if logins == maxLogins || s.logs == nil {
				v = refused(Rejected, v.Reason)
				return v, l, s.despair(v.Reason)
			}
			// A token that another request has found out about says nothing of this one.
			if stale++; s.refuse(login) || stale > maxStale {
				logins++
			}
			continue
		case v.Outcome == Expired:
			if v = read(call, out.reply); v.Outcome == Answered {
				v = refused(Rejected, statusLine(out.reply.Status))
			}
			return v, l, nil
		case v.Outcome != Again && v.Outcome != Foreign:
			if s != nil {
				s.accept()
			}
			return v, l, nil
		}
		failures++
		if failures >= e.o.Attempts {
			if failures > 1 {
				v.Reason += fmt.Sprintf(" (%d attempts)", failures)
			}
			v.Outcome = Refused
			return v, l, nil
		}
		if pause == 0 {
			pause = e.backoff(failures)
		}
		e.count(func(sum *Summary) { sum.Retries++ })
		e.watch(Event{Kind: Retrying, Key: name, Status: out.reply.Status, Attempt: l.attempts, Wait: pause, Class: v.Class, Reason: v.Reason})
		if err := e.o.Sleep(ctx, pause); err != nil {
			return Verdict{}, l, err
		}
	}
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
	if v.Outcome == Again && c.Repeat == Unsent {
		v.Outcome = Refused
	}
	return v, 0
}

// keyError is a key that cannot be asked for.
type keyError struct{ error }
