package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tieout/ingest/capture"
)

// Options say how to ask. Zero values mean the defaults named with them; Now, Random
// and Transport must be given.
type Options struct {
	// Concurrency is how many requests a host may have under way (4), and InFlight
	// how many keys are worked on at once (as many; eight times that for a protocol
	// that polls, since most of its keys only wait).
	Concurrency, InFlight int
	// Every is the time between two requests to a host on average, and Burst how
	// many may come at once (1). With an Every of 0 there is no limit. EveryHere is
	// that of a server on this machine (Every).
	Every, EveryHere time.Duration
	Burst            int
	// Timeout of one request with its answer (30 s), and Grace that the requests
	// under way have when the run is cancelled (5 s).
	Timeout, Grace time.Duration
	// MaxAnswer is the longest answer in bytes, unpacked (64 MiB).
	MaxAnswer int64
	// Attempts is how often a request is sent at most (5).
	Attempts int
	// Backoff is the pause after the first failed attempt at most (500 ms); it
	// doubles with each, up to MaxBackoff (30 s). What an upstream asks for in
	// Retry-After is kept to, up to MaxRetryAfter (2 min).
	Backoff, MaxBackoff, MaxRetryAfter time.Duration
	// A host is left in peace for Cooldown (30 s, doubling up to ten times that)
	// after Tolerance failures in a row (10), and given up when GiveUp pauses in a
	// row (4) did not help, or one when it has not answered once. That ends the run.
	Tolerance int
	Cooldown  time.Duration
	GiveUp    int
	// A job is asked for after PollEvery (1 s), then ever more rarely up to
	// PollMax (30 s) apart, for PollFor in all (15 min).
	PollEvery, PollMax, PollFor time.Duration

	// Stale tells whether what the journal has of a key is too old. Nil means never.
	Stale func(capture.Entry) bool

	// Now is the clock, Sleep waits, or returns early with the context's cause (the
	// system's timer), and Random decides what is random.
	Now    func() time.Time
	Sleep  func(ctx context.Context, d time.Duration) error
	Random rand.Source
	// Transport sends; NewTransport makes one.
	Transport http.RoundTripper
}

// complete fills in the defaults.
func (o Options) complete(polls bool) (Options, error) {
	if o.Now == nil || o.Random == nil || o.Transport == nil {
		return o, errors.New("fetch: Now, Random and Transport must be given")
	}
	o.Concurrency = cmp.Or(o.Concurrency, 4)
	inFlight := o.Concurrency
	if polls {
		inFlight *= 8
	}
	o.InFlight = cmp.Or(o.InFlight, inFlight)
	o.EveryHere = cmp.Or(o.EveryHere, o.Every)
	o.Burst = cmp.Or(o.Burst, 1)
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.Grace = cmp.Or(o.Grace, 5*time.Second)
	o.MaxAnswer = cmp.Or(o.MaxAnswer, 64<<20)
	o.Attempts = cmp.Or(o.Attempts, 5)
	o.Backoff = cmp.Or(o.Backoff, 500*time.Millisecond)
	o.MaxBackoff = cmp.Or(o.MaxBackoff, 30*time.Second)
	o.MaxRetryAfter = cmp.Or(o.MaxRetryAfter, 2*time.Minute)
	o.Tolerance = cmp.Or(o.Tolerance, 10)
	o.Cooldown = cmp.Or(o.Cooldown, 30*time.Second)
	o.GiveUp = cmp.Or(o.GiveUp, 4)
	o.PollEvery = cmp.Or(o.PollEvery, time.Second)
	o.PollMax = cmp.Or(o.PollMax, 30*time.Second)
	o.PollFor = cmp.Or(o.PollFor, 15*time.Minute)
	if o.Stale == nil {
		o.Stale = func(capture.Entry) bool { return false }
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	return o, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// ParseRate reads a rate such as "5/s", "100/m" or "2000/h" as the time between two
// requests.
func ParseRate(text string) (time.Duration, error) {
	count, unit, _ := strings.Cut(text, "/")
	n, err := strconv.Atoi(count)
	per := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	if err != nil || n < 1 || n > 1_000_000 || per == 0 {
		return 0, fmt.Errorf("a rate is a number of requests per second, minute or hour, such as 5/s or 100/m, not %q", text)
	}
	return per / time.Duration(n), nil
}

// NewTransport verifies TLS with the system's authorities and those of a PEM text,
// which may be empty. proxy may be nil.
func NewTransport(authorities []byte, proxy func(*http.Request) (*url.URL, error)) (*http.Transport, error) {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = proxy
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	t.ForceAttemptHTTP2 = true
	t.MaxIdleConnsPerHost = 64
	if len(authorities) == 0 {
		return t, nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(authorities) {
		return nil, errors.New("the file of certificate authorities holds no certificate in PEM form")
	}
	t.TLSClientConfig.RootCAs = pool
	return t, nil
}
