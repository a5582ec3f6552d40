package fetch

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// dice is a source of random numbers for several goroutines.
type dice struct {
	mu   sync.Mutex
	rand *rand.Rand
}

// upTo is a random time from 0 to a bound.
func (d *dice) upTo(most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return time.Duration(d.rand.Int64N(int64(most) + 1))
}

const alphabet = "0123456789abcdefghijklmnopqrstuv"

// id is a fresh text of 32 letters and digits.
func (d *dice) id() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	text := make([]byte, 32)
	for i := range text {
		text[i] = alphabet[d.rand.IntN(len(alphabet))]
	}
	return string(text)
}

// backoff is the pause after the nth failed attempt, with full jitter: anything
// between nothing and a bound that doubles, so that clients that failed together do
// not come back together.
func (e *engine) backoff(n int) time.Duration {
	bound := e.o.Backoff
	for range n - 1 {
		if bound = min(2*bound, e.o.MaxBackoff); bound == e.o.MaxBackoff {
			break
		}
	}
	return e.dice.upTo(bound)
}

// retryAfter is how long an upstream asks to be left in peace, in seconds or until a
// date, bounded by MaxRetryAfter; 0 when it does not ask.
func (e *engine) retryAfter(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	var wait time.Duration
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		wait = time.Duration(min(max(seconds, 0), int64(e.o.MaxRetryAfter/time.Second)+1)) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(e.o.Now())
	}
	return min(max(wait, 0), e.o.MaxRetryAfter)
}
