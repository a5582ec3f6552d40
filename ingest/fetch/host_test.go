package fetch_test

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"

	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

const plainRecipe = "fetch: {url: 'https://api.example/{key}'}"

// An API that reports a failure of one person with a status of 500 is there: the others
// are asked for.
func TestAFailureThatTheAPIReportsIsNoSilence(t *testing.T) {
	s := &script{answer: func(*http.Request, string) said {
		return said{status: 500, body: `{"answer":{"state":"ERROR","reason":"no such person"}}`}
	}}
	o, j := scripted(s), &journal{}
	sum := fetch.Run(t.Context(), o, recipe(t, plainRecipe), keysOf("generic", 100), j, nil)
	if sum.Stopped != nil || sum.Failed[fetch.Reported] != 100 || sum.Elapsed != 0 {
		t.Errorf("%+v", sum)
	}
}

func TestAHostThatIsGivenUpIsGivenUpWithItsStatus(t *testing.T) {
	for _, status := range []int{502, 503, 504} {
		s := &script{answer: func(*http.Request, string) said { return said{status: status} }}
		sum := fetch.Run(t.Context(), scripted(s), recipe(t, plainRecipe), keysOf("generic", 100), &journal{}, nil)
		want := "api.example does not answer: HTTP " + map[int]string{502: "502 Bad Gateway", 503: "503 Service Unavailable", 504: "504 Gateway Timeout"}[status]
		if sum.Stopped == nil || sum.Stopped.Error() != want {
			t.Errorf("%v, want %s", sum.Stopped, want)
		}
	}
}

// After a silence one request goes first, and shows whether the host is back.
func TestOneRequestProbesAHostThatWasSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sum, counts, _, _ := bubble(t, "generic", mock.Options{Faults: mock.Faults{mock.Cut: 1000}}, func(o *fetch.Options) {
			o.Tolerance, o.Concurrency, o.InFlight, o.Attempts, o.GiveUp = 4, 8, 8, 100, 3
		}, 100)
		// The login, four failures with the seven under way beside them, and one probe
		// after each of three pauses.
		if most := 1 + 4 + 7 + 3; sum.Stopped == nil || counts.Requests > most {
			t.Errorf("%d requests, at most %d: %v", counts.Requests, most, sum.Stopped)
		}
	})
}

// The pauses between attempts are random, and their bound doubles.
func TestPausesGrowAndAreRandom(t *testing.T) {
	s := &script{answer: func(*http.Request, string) said { return said{status: 200, body: "half of"} }}
	o := scripted(s)
	o.Attempts, o.Backoff, o.MaxBackoff, o.Tolerance = 9, time.Second, 8*time.Second, 100
	var pauses []time.Duration
	sleep := o.Sleep
	o.Sleep = func(ctx context.Context, d time.Duration) error { pauses = append(pauses, d); return sleep(ctx, d) }
	ask(t, o, recipe(t, plainRecipe), &journal{}, "L-1")
	if len(pauses) != 8 {
		t.Fatalf("%v", pauses)
	}
	var sum time.Duration
	for i, d := range pauses {
		if bound := min(time.Second<<i, 8*time.Second); d < 0 || d > bound {
			t.Errorf("pause %d is %v, with a bound of %v", i+1, d, bound)
		}
		sum += d
	}
	if sum < 10*time.Second || pauses[6] == pauses[7] {
		t.Errorf("%v", pauses)
	}
}

// twice is a transport that finds the kept connection closed, and takes another.
type twice struct{ script }

func (s *twice) RoundTrip(r *http.Request) (*http.Response, error) {
	trace := httptrace.ContextClientTrace(r.Context())
	trace.GotConn(httptrace.GotConnInfo{Reused: true})
	trace.GotConn(httptrace.GotConnInfo{})
	return s.script.RoundTrip(r)
}

// A request that the transport sends anew counts twice against the rate.
func TestWhatTheTransportSendsAnewCounts(t *testing.T) {
	s := &twice{script{answer: func(*http.Request, string) said { return said{status: 200, body: `{"answer":{"state":"OK"}}`} }}}
	o := scripted(&s.script)
	o.Transport, o.Every = s, time.Second
	sum := fetch.Run(t.Context(), o, recipe(t, plainRecipe), keysOf("generic", 10), &journal{}, nil)
	if sum.Answered != 10 || sum.Elapsed < 18*time.Second {
		t.Errorf("%d answers in %v", sum.Answered, sum.Elapsed)
	}
}
