package fetch_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

var quiet = log.New(io.Discard, "", 0)

var protocols = []string{"finnotech", "arifmetika", "brainysoft", "vakifbank", "generic"}

// pagesOf is how many entries a key of a protocol ends in.
func pagesOf(name string) int {
	if name == "generic" {
		return 3
	}
	return 1
}

func TestEveryKeyIsAnsweredWhenNothingGoesWrong(t *testing.T) {
	for _, name := range protocols {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t, name, mock.Options{Seed: 1})
			sum := s.run(t.Context(), keysOf(name, 50))
			want := 50 * pagesOf(name)
			if sum.Answered != want || sum.Keys != want || sum.Failures() != 0 || sum.Stopped != nil || sum.Interrupted {
				t.Fatalf("%+v", sum)
			}
			perKey := s.journal.ends()
			for key, n := range perKey {
				if n != 1 {
					t.Errorf("%v has %d ends", key, n)
				}
			}
			if len(perKey) != want {
				t.Errorf("%d keys in the journal, not %d", len(perKey), want)
			}
			for _, e := range s.journal.entries {
				if e.Kind == capture.Answer && (e.Body == nil || e.Status != 200 || e.Attempts < 1 || e.Ended.IsZero() || e.Request.URL == "") {
					t.Fatalf("an entry lacks something: %+v", e)
				}
			}
			noSecrets(t, "the journal or the events", s.journal.text(t)+s.log.String())
		})
	}
}

func TestWhatIsNotThereIsNothing(t *testing.T) {
	for _, name := range protocols {
		if name == "arifmetika" { // a schedule has no way to say so
			continue
		}
		s := newSetting(t, name, mock.Options{Seed: 1, Missing: 1000})
		if sum := s.run(t.Context(), keysOf(name, 5)); sum.Nothing != 5 {
			t.Errorf("%s: %+v", name, sum)
		}
	}
}

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
	perKey := j.ends()
	if sum.Stopped != nil || sum.Interrupted || sum.Done() != sum.Keys || len(perKey) != sum.Keys || sum.Keys < keys {
		t.Fatalf("%d keys in the journal: %+v", len(perKey), sum)
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
		{mock.Large, fetch.TooLarge, "the answer is larger than 1048576 bytes", 1},
		{mock.Foreign, fetch.Misdirected, "the answer has another request's trackId (3 attempts)", 3},
		{mock.Duplicate, fetch.Misdirected, "the answer has another request's trackId (3 attempts)", 3},
		{mock.Redirect, fetch.Redirected, "it redirects to another host (https://elsewhere.invalid), which would get the login too", 1},
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

func TestATokenThatIsRefusedThoughFreshEndsTheRun(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{Faults: mock.Faults{mock.ExpiredToken: 1000}})
	s.options.Concurrency = 1
	sum := s.run(t.Context(), keysOf("finnotech", 1000))
	if sum.Stopped == nil || sum.Stopped.Error() != "the login failed: HTTP 401 Unauthorized" || sum.Logins > 10 {
		t.Errorf("%v after %d logins", sum.Stopped, sum.Logins)
	}
}

func TestOneLoginServesAllAndAnExpiryInTheMiddleIsHealed(t *testing.T) {
	s := newSetting(t, "brainysoft", mock.Options{Seed: 5})
	if sum := s.run(t.Context(), keysOf("brainysoft", 200)); sum.Logins != 1 || s.mock.Counts().Logins != 1 {
		t.Errorf("%d logins", sum.Logins)
	}
	s = newSetting(t, "brainysoft", mock.Options{Seed: 5, Faults: mock.Faults{mock.ExpiredToken: 20}})
	s.options.Concurrency, s.options.InFlight = 8, 8
	sum := s.run(t.Context(), keysOf("brainysoft", 200))
	if expired := s.mock.Counts().Faults[mock.ExpiredToken]; sum.Answered != 200 || expired == 0 || sum.Logins > expired+1 {
		t.Errorf("%d expired, %d logins: %+v", expired, sum.Logins, sum)
	}
}

func TestAWrongSecretEndsTheRunAndTouchesNoKey(t *testing.T) {
	for _, name := range []string{"finnotech", "brainysoft", "vakifbank", "generic", "arifmetika"} {
		s := newSetting(t, name, mock.Options{})
		var err error
		right := secrets
		wrong := map[string]string{}
		for key := range secretTexts {
			wrong[key] = "wrong-secret-" + key
		}
		secrets = fetch.NewSecrets(wrong)
		s.protocol, err = protocolOf(name, strings.Split(mustURL(s), "|")[0])
		secrets = right
		if err != nil {
			t.Fatal(err)
		}
		sum := s.run(t.Context(), keysOf(name, 100))
		access := (*fetch.AccessError)(nil)
		if !errorsAs(sum.Stopped, &access) || strings.Contains(access.Reason, "wrong-secret") || len(s.journal.entries) > 2 {
			t.Errorf("%s: %v, %d entries", name, sum.Stopped, len(s.journal.entries))
		}
	}
}

// bubble runs a mock and a run in virtual time, over a network in memory.
func bubble(t *testing.T, name string, o mock.Options, change func(*fetch.Options), keys int) (fetch.Summary, mock.Counts, *journal, string) {
	t.Helper()
	network := newMemory()
	o.Now, o.Secrets = time.Now, secretTexts
	m, err := mock.New(name, o)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: m, ErrorLog: quiet}
	go func() { _ = server.Serve(network) }()
	transport := &http.Transport{DialContext: network.dial, MaxIdleConnsPerHost: 64}
	p, err := protocolOf(name, "http://127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	options := fetch.Options{Now: time.Now, Random: rand.NewPCG(1, 2), Transport: transport, MaxAnswer: 1 << 20}
	change(&options)
	j := &journal{}
	var log strings.Builder
	sum := fetch.Run(t.Context(), options, p, keysOf(name, keys), j, func(e fetch.Event) { log.WriteString(e.String() + "\n") })
	transport.CloseIdleConnections()
	_ = server.Close()
	return sum, m.Counts(), j, log.String()
}

func TestRequestsStayWithinTheRate(t *testing.T) {
	for _, name := range protocols {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				sum, counts, _, _ := bubble(t, name, mock.Options{
					Seed: 9, Faults: mock.Every(100, mock.AllFaults()...), Large: 1<<20 + 1,
				}, func(o *fetch.Options) { o.Every, o.Burst, o.Concurrency = 200*time.Millisecond, 2, 8 }, 200)
				if sum.Stopped != nil || sum.Done() != sum.Keys {
					t.Fatalf("%+v", sum)
				}
				for second, n := range counts.PerSecond {
					if n > 5+2 {
						t.Errorf("%d requests in second %d", n, second)
					}
				}
				if least := time.Duration(counts.Requests-10) * 200 * time.Millisecond; sum.Elapsed < least {
					t.Errorf("%d requests in %v", counts.Requests, sum.Elapsed)
				}
			})
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

// A run is cancelled at any moment and begun anew, again and again.
func TestARunThatIsCancelledAndResumedFetchesEachKeyOnce(t *testing.T) {
	for _, name := range protocols {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(8) {
				s := newSetting(t, name, mock.Options{Seed: seed, Polls: 2})
				s.options.Concurrency = 8
				random := rand.New(rand.NewPCG(seed, 1))
				const keys = 120
				var kept *fetch.Secret // the refresh token, which is good once
				keep := func(refresh fetch.Secret) error { kept = &refresh; return nil }
				if name == "vakifbank" {
					s.protocol = vakifbankWith(t, s, secrets.Get("refresh_token"), keep)
				}
				runs := 0
				for ; runs < 200; runs++ {
					ctx, cancel := context.WithCancel(t.Context())
					left := random.IntN(40)
					s.journal.after = func() {
						if left--; left < 0 {
							cancel()
						}
					}
					if left%3 == 0 {
						time.AfterFunc(time.Duration(random.IntN(5000))*time.Microsecond, cancel)
					}
					sum := s.run(ctx, keysOf(name, keys))
					cancel()
					if kept != nil {
						s.protocol = vakifbankWith(t, s, *kept, keep)
					}
					if sum.Stopped != nil {
						t.Fatal(sum.Stopped)
					}
					if !sum.Interrupted {
						break
					}
				}
				perKey := s.journal.ends()
				if len(perKey) != keys*pagesOf(name) {
					t.Fatalf("%d keys after %d runs", len(perKey), runs)
				}
				counts := s.mock.Counts()
				for key, n := range perKey {
					if n != 1 {
						t.Errorf("%v has %d ends", key, n)
					}
				}
				for key, n := range counts.SubmitsPerKey {
					if n != 1 {
						t.Errorf("%s was submitted %d times", key, n)
					}
				}
				for key, n := range counts.Served {
					if n != 1 {
						t.Errorf("%s was served %d times", key, n)
					}
				}
			}
		})
	}
}

// The capture is closed and opened between the runs, as between two programs.
func TestACaptureIsGoneOnWith(t *testing.T) {
	s := newSetting(t, "arifmetika", mock.Options{Polls: 2})
	file := filepath.Join(t.TempDir(), "answers.ndjson.zst")
	runs := 0
	for done := false; !done && runs < 100; runs++ {
		log, err := capture.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		events := 0
		sum := fetch.Run(ctx, s.options, s.protocol, keysOf("arifmetika", 100), log, func(e fetch.Event) {
			if e.Kind == fetch.Submitted || e.Kind == fetch.Ended {
				if events++; events > 25 {
					cancel()
				}
			}
		})
		cancel()
		done = !sum.Interrupted
		if err := log.Close(); err != nil || sum.Stopped != nil {
			t.Fatal(err, sum.Stopped)
		}
	}
	log, err := capture.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	counts := s.mock.Counts()
	for key := range keysOf("arifmetika", 100) {
		if e := log.State("arifmetika.schedule", key.Name(), 0).Last; e.Kind != capture.Answer ||
			counts.SubmitsPerKey[key.Name()] != 1 || counts.Served[key.Name()] != 1 {
			t.Errorf("%s: %+v, submitted %d times", key.Name(), e, counts.SubmitsPerKey[key.Name()])
		}
	}
	if len(log.Pending()) != 0 || runs < 3 {
		t.Errorf("%d jobs are left after %d runs", len(log.Pending()), runs)
	}
}

func vakifbankWith(t *testing.T, s *setting, refresh fetch.Secret, keep func(fetch.Secret) error) fetch.Protocol {
	t.Helper()
	p, err := fetch.NewVakifBank(fetch.VakifBank{
		Address: mustURL(s), ClientID: "me", Keep: keep,
		Secrets: fetch.NewSecrets(map[string]string{"client_secret": secretTexts["client_secret"], "refresh_token": refresh.Reveal()}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestASecondRunAsksOnlyForWhatIsStaleOrHasFailed(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{Seed: 4, Faults: mock.Faults{mock.ServerError: 300}})
	first := s.run(t.Context(), keysOf("finnotech", 100))
	second := s.run(t.Context(), keysOf("finnotech", 100))
	if second.Kept != first.Answered || second.Done() != first.Failures() || first.Failures() == 0 {
		t.Errorf("%+v, then %+v", first, second)
	}
	s.options.Stale = func(e capture.Entry) bool { return strings.HasSuffix(e.Key, "7") }
	third := s.run(t.Context(), keysOf("finnotech", 100))
	if third.Done() < 10 || third.Kept < 70 {
		t.Errorf("%+v", third)
	}
}

func TestAKeyThatStandsTwiceIsAskedForOnce(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{})
	twice := slices.Collect(keysOf("finnotech", 10))
	sum := s.run(t.Context(), slices.Values(append(twice, twice...)))
	if sum.Twice != 10 || sum.Answered != 10 || s.mock.Counts().PerKey["1000000003"] != 1 {
		t.Errorf("%+v", sum)
	}
}

func TestAKeyThatCannotBeAskedForFailsWithoutARequest(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{})
	sum := s.run(t.Context(), slices.Values([]fetch.Key{{Text: "12"}}))
	if sum.Failed[fetch.BadKey] != 1 || s.mock.Counts().PerKey["12"] != 0 {
		t.Errorf("%+v", sum)
	}
	if e := s.journal.entries[0]; e.Reason != "a key is a national code of 10 digits or a legal id of 11" || e.Attempts != 0 {
		t.Errorf("%+v", e)
	}
}

func TestEventsMaskTheKey(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{Faults: mock.Every(500, mock.BadGateway, mock.HTML)})
	s.run(t.Context(), keysOf("finnotech", 20))
	if strings.Contains(s.log.String(), "10000000") || !strings.Contains(s.log.String(), "********0") {
		t.Error(s.log.String())
	}
	for _, e := range s.journal.entries {
		if strings.Contains(e.Request.URL, e.Key) || e.Request.Asked["user"] != e.Key {
			t.Errorf("%s, asked %v", e.Request.URL, e.Request.Asked)
		}
	}
}

func ExampleSummary() {
	fmt.Println((&fetch.Summary{Answered: 3, Nothing: 1, Failed: map[fetch.Class]int{fetch.NotJSON: 2}}).Done())
	// Output: 6
}
