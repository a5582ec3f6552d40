package fetch_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

// Ten thousand keys, and a tenth of the requests go wrong in every way there is.
func TestTenThousandKeysAreAllAccountedFor(t *testing.T) {
	keys := 10_000
	if testing.Short() {
		keys = 1000
	}
	for _, name := range protocols {
		t.Run(name, func(t *testing.T) {
			n := keys
			if name != "finnotech" {
				n = keys / 10
			}
			synctest.Test(t, func(t *testing.T) {
				sum, counts, j, log := bubble(t, name, mock.Options{
					Seed: 3, Missing: 50, Faults: mock.Every(100, mock.AllFaults()...), Large: 1<<20 + 1,
				}, func(o *fetch.Options) { o.Concurrency, o.InFlight = 64, 64 }, n)
				accounted(t, sum, j, n)
				if sum.Answered < (sum.Keys-sum.Nothing)*19/20 || n == keys && sum.Failures() == 0 {
					t.Errorf("most are answered, and some faults cannot be helped: %+v", sum)
				}
				if n == keys && len(counts.Faults) < 15 {
					t.Errorf("only these faults befell: %v", counts.Faults)
				}
				noSecrets(t, "the journal or the events", j.text(t)+log)
				t.Logf("%d keys: %d answered, %d nothing, failed %v; %d requests, %d retries, %d logins, %v",
					sum.Keys, sum.Answered, sum.Nothing, sum.Failed, sum.Requests, sum.Retries, sum.Logins, sum.Elapsed)
			})
		})
	}
}

// accounted fails unless every key has come to one end, a failure with its reason.
func accounted(t *testing.T, sum fetch.Summary, j *journal, keys int) {
	t.Helper()
	perKey, found := j.ends(), map[string]bool{}
	for at := range perKey {
		found[at.key] = true
	}
	if sum.Stopped != nil || sum.Interrupted || sum.Done() != sum.Keys || len(found) != keys || sum.Keys != keys {
		t.Fatalf("%d keys in the journal: %+v", len(found), sum)
	}
	answers := 0
	for i := range j.entries {
		if j.entries[i].Kind == capture.Answer {
			answers++
		}
	}
	if answers != sum.Pages {
		t.Errorf("%d pages in the journal: %+v", answers, sum)
	}
	for key, times := range perKey {
		if times != 1 {
			t.Errorf("%v has %d ends", key, times)
		}
	}
	for _, e := range j.entries {
		if (e.Kind == capture.Failed) != (e.Reason != "") {
			t.Errorf("%s: %s, reason %q", e.Key, e.Kind, e.Reason)
		}
	}
}

// A fault that befalls every request, and how the first key ends.
func TestEveryFaultHasItsClearLine(t *testing.T) {
	for _, test := range []struct {
		fault  mock.Fault
		class  fetch.Class
		reason string
		sent   int
	}{
		{mock.TooManySeconds, fetch.Throttled, "HTTP 429 Too Many Requests (3 attempts)", 3},
		{mock.TooManyDate, fetch.Throttled, "HTTP 429 Too Many Requests (3 attempts)", 3},
		{mock.ServerError, fetch.Unavailable, "HTTP 500 Internal Server Error", 1},
		{mock.BadGateway, fetch.Unavailable, "HTTP 502 Bad Gateway (3 attempts)", 3},
		{mock.Unavailable, fetch.Unavailable, "HTTP 503 Service Unavailable (3 attempts)", 3},
		{mock.GatewayTimeout, fetch.Unavailable, "HTTP 504 Gateway Timeout (3 attempts)", 3},
		{mock.Slow, fetch.TooSlow, "no answer in time (3 attempts)", 3},
		{mock.Cut, fetch.Unreachable, "the connection broke before an answer came (3 attempts)", 3},
		{mock.CutBody, fetch.Unreachable, "the connection broke in the middle of the answer (3 attempts)", 3},
		{mock.Truncated, fetch.NotJSON, "the answer ends in the middle (3 attempts)", 3},
		{mock.ContentType, fetch.NotJSON, `the answer's content type is "text/plain", not application/json (3 attempts)`, 3},
		{mock.HTML, fetch.NotJSON, "the answer is markup (HTML or XML), not JSON (3 attempts)", 3},
		{mock.Empty, fetch.NotJSON, "the answer is empty (3 attempts)", 3},
		{mock.Large, fetch.TooLarge, "the answer is larger than 1 MiB", 1},
		{mock.Foreign, fetch.Misdirected, "the answer has another request's trackId (3 attempts)", 3},
		{mock.Duplicate, fetch.Misdirected, "the answer has another request's trackId (3 attempts)", 3},
		{mock.Redirect, fetch.Redirected, "it redirects to another host, https://elsewhere.invalid, which is not followed: that host would get the login (3 attempts)", 3},
	} {
		t.Run(string(test.fault), func(t *testing.T) {
			s := newSetting(t, "finnotech", mock.Options{Faults: mock.Faults{test.fault: 1000}, Large: 1<<20 + 1})
			s.options.Attempts, s.options.Concurrency = 3, 1
			s.options.Timeout = 3 * time.Second
			if test.fault == mock.Slow {
				s.options.Timeout = 30 * time.Millisecond
			}
			sum := s.run(t.Context(), keysOf("finnotech", 1))
			if len(s.journal.entries) != 1 || sum.Failed[test.class] != 1 {
				t.Fatalf("%+v", sum)
			}
			if e := s.journal.entries[0]; e.Reason != test.reason || e.Kind != capture.Failed || e.Attempts != test.sent {
				t.Errorf("%s after %d attempts: %s", e.Kind, e.Attempts, e.Reason)
			}
		})
	}
}

func TestRetryAfterIsKeptToAndCapped(t *testing.T) {
	for _, test := range []struct {
		name        string
		fault       mock.Fault
		most        time.Duration
		least, atMo time.Duration
	}{
		{"in seconds", mock.TooManySeconds, 0, 4 * time.Second, 4 * time.Second},
		{"as a date", mock.TooManyDate, 0, 4 * time.Second, 6 * time.Second},
		{"no longer than allowed", mock.TooManySeconds, time.Second, 2 * time.Second, 2 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				sum, _, _, _ := bubble(t, "finnotech", mock.Options{Faults: mock.Faults{test.fault: 1000}}, func(o *fetch.Options) {
					o.Attempts, o.MaxRetryAfter = 3, test.most
				}, 1)
				if sum.Elapsed < test.least || sum.Elapsed > test.atMo {
					t.Errorf("three attempts took %v", sum.Elapsed)
				}
			})
		})
	}
}

func TestAHostThatIsDownIsLeftInPeaceAndThenGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sum, counts, j, _ := bubble(t, "generic", mock.Options{Faults: mock.Faults{mock.Cut: 1000}}, func(o *fetch.Options) {
			o.Tolerance, o.Concurrency, o.Attempts = 10, 4, 100
		}, 1000)
		if sum.Stopped == nil || !strings.Contains(sum.Stopped.Error(), "127.0.0.1 does not answer: the connection broke") {
			t.Fatalf("%v", sum.Stopped)
		}
		if counts.Requests > 40 || len(j.entries) > 0 {
			t.Errorf("%d requests, %d entries", counts.Requests, len(j.entries))
		}
		if sum.Elapsed < 5*time.Minute {
			t.Errorf("given up after %v", sum.Elapsed)
		}
	})
}

func TestAHostThatComesBackIsAskedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sum, _, _, _ := bubble(t, "finnotech", mock.Options{Seed: 2, Faults: mock.Faults{mock.BadGateway: 700}}, func(o *fetch.Options) {
			o.Tolerance, o.Attempts, o.GiveUp = 5, 100, 100
		}, 100)
		if sum.Answered != 100 {
			t.Errorf("%+v", sum)
		}
	})
}
