package fetch_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

func TestEveryKeyIsAnsweredWhenNothingGoesWrong(t *testing.T) {
	for _, name := range protocols {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t, name, mock.Options{Seed: 1})
			sum := s.run(t.Context(), keysOf(name, 50))
			want := 50 * pagesOf(name)
			if sum.Answered != 50 || sum.Keys != 50 || sum.Pages != want || sum.Failures() != 0 || sum.Stopped != nil || sum.Interrupted {
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

// A server on this machine may be asked faster than others.
func TestAServerOnThisMachineHasARateOfItsOwn(t *testing.T) {
	for _, test := range []struct {
		host  string
		least time.Duration // for ten requests
	}{
		{"http://127.0.0.1", 9 * 10 * time.Millisecond},
		{"https://api.example", 9 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			p, err := leasing(test.host, leasingPages)
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			sum := fetch.Run(t.Context(), fetch.Options{
				Every: time.Second, EveryHere: 10 * time.Millisecond, Now: time.Now, Random: rand.NewPCG(1, 2),
				Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
					w := httptest.NewRecorder()
					w.Header().Set("Content-Type", jsonType)
					_, _ = io.WriteString(w, `{"token":"t","answer":{"state":"EMPTY"}}`)
					return w.Result(), nil
				}),
			}, p, keysOf("generic", 9), &journal{}, nil)
			if took := time.Since(began); sum.Nothing != 9 || took != test.least {
				t.Errorf("%s: ten requests in %v, %+v", test.host, took, sum)
			}
		})
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

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
