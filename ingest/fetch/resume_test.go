package fetch_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

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
