package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// session keeps the token of a run. Of the goroutines that need a new one, one logs in
// and the others wait for it.
type session struct {
	e    *engine
	logs Session // nil for a protocol without a login
	// busy is held by whoever logs in, so that the others can stop waiting when the
	// run is cancelled; mu guards what follows.
	busy  chan struct{}
	mu    sync.Mutex
	have  bool
	token Token
	until time.Time // when the token is renewed; zero for never
	login int       // how many tokens there have been
	// refusals of fresh tokens in a row, by requests of different keys.
	refusals int
}

// early is how long before its end a token is renewed, at most a tenth of its life.
const early = time.Minute

// hopeless is how many keys in a row may have a fresh token refused.
const hopeless = 3

// AccessError says that the API does not let the caller in, as it has said itself. It
// ends a run.
type AccessError struct{ Reason string }

// Error is the reason.
func (e *AccessError) Error() string { return "the login failed: " + e.Reason }

// get is the token to use, and the number of its login.
func (s *session) get(ctx context.Context) (Token, int, error) {
	if s.logs == nil {
		return Token{}, 0, nil
	}
	if token, login, good := s.current(); good {
		return token, login, nil
	}
	select {
	case s.busy <- struct{}{}:
		defer func() { <-s.busy }()
	case <-ctx.Done():
		return Token{}, 0, context.Cause(ctx)
	}
	if token, login, good := s.current(); good { // another has logged in meanwhile
		return token, login, nil
	}
	if ctx.Err() != nil {
		return Token{}, 0, context.Cause(ctx)
	}
	if err := s.renew(ctx); err != nil {
		return Token{}, 0, err
	}
	token, login, _ := s.current()
	return token, login, nil
}

// current is the token, and whether it is good.
func (s *session) current() (token Token, login int, good bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token, s.login, s.have && (s.until.IsZero() || s.e.o.Now().Before(s.until))
}

// renew logs in: with what is left of the login before, and when the API does not take
// that any more, from the start. What keeps an answer from
// coming is no refusal: a refresh token that may have been used is not used again.
func (s *session) renew(ctx context.Context) error {
	s.e.watch(Event{Kind: LoggingIn})
	before, _, _ := s.current()
	err := s.logIn(ctx, before)
	if access := (*AccessError)(nil); errors.As(err, &access) && !before.Refresh.IsZero() {
		err = s.logIn(ctx, Token{})
	}
	return err
}

// unkeptToken is a login that succeeded, and whose token could not be kept.
type unkeptToken struct{ error }

// logIn gets a token. An *AccessError is a refusal of the API, or of the protocol.
func (s *session) logIn(ctx context.Context, before Token) error {
	var token Token
	var unkept *unkeptToken
	t := &trial{
		build: func(string) (Call, error) { return s.logs.Login(before) },
		read: func(_ Call, r Reply) Verdict {
			t, err := s.logs.Token(r)
			if err != nil {
				errors.As(err, &unkept)
				return refused(classOf(r.Status), err.Error())
			}
			token = t
			return Verdict{Outcome: Answered}
		},
	}
	verdict, err := s.e.repeat(ctx, t)
	switch impossible := (*keyError)(nil); {
	case errors.As(err, &impossible):
		return &AccessError{impossible.Error()}
	case err != nil:
		return err
	case unkept != nil:
		return unkept
	case verdict.Outcome != Answered && verdict.Class == Rejected:
		return &AccessError{s.e.redactor.clean(verdict.Reason)}
	case verdict.Outcome != Answered && (verdict.Class == Unreachable || verdict.Class == TooSlow):
		return &SilentError{hostOf(t.last.call), verdict.Reason}
	case verdict.Outcome != Answered:
		return errors.New("the login failed: " + verdict.Reason)
	}
	s.e.redactor.learn(token.Value)
	s.e.redactor.learn(token.Refresh)
	s.e.count(func(sum *Summary) { sum.Logins++ })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token, s.have, s.until = token, true, time.Time{}
	s.login++
	if token.Life > 0 {
		s.until = s.e.o.Now().Add(token.Life - min(early, token.Life/10))
	}
	return nil
}

// refuse notes that the token of a login was not accepted, and tells whether that is
// news. Only the first to note it makes the next get log in again.
func (s *session) refuse(login int) (news bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	news = s.have && s.login == login
	if news {
		s.have = false
	}
	return news
}

// accept notes that the API has let a request in.
func (s *session) accept() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals = 0
}

// despair notes that the API has not, though there was a fresh login. It errs when that
// has happened too often.
func (s *session) despair(reason string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refusals++; s.refusals >= hopeless {
		return &AccessError{reason}
	}
	return nil
}

// statusLine is a status as people know it.
func statusLine(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("HTTP %d %s", status, text)
	}
	return fmt.Sprintf("HTTP %d", status)
}
