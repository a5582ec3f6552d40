package fetch_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

func TestARedirectOnTheHostIsFollowedAndNoOther(t *testing.T) {
	const another = "it redirects to another host, http://127.0.0.1:1, which is not followed: that host would get the login"
	for _, test := range []struct {
		name     string
		status   int
		to, says string
		sent     int // with the login
	}{
		{"on the host", 302, "/statements/L-0?moved=1", "", 5},
		{"to another port for now", 302, "http://127.0.0.1:1/", another + " (5 attempts)", 6},
		{"to another port for ever", 301, "http://127.0.0.1:1/", another, 2},
		{"in circles", 302, "/statements/L-0", "it redirects more than 3 times", 5},
		{"nowhere", 302, "", "it redirects to no address", 2},
	} {
		s := newSetting(t, "generic", mock.Options{})
		seen := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen++
			if r.URL.Path != "/token" && r.URL.RawQuery == "" {
				w.Header().Set("Location", test.to)
				w.WriteHeader(test.status)
				return
			}
			s.mock.ServeHTTP(w, r)
		}))
		var err error
		if s.protocol, err = leasing(server.URL, leasingPages); err != nil {
			t.Fatal(err)
		}
		s.run(t.Context(), keysOf("generic", 1))
		if got := s.journal.entries[0]; got.Reason != test.says || seen != test.sent {
			t.Errorf("%s: %s %s after %d requests", test.name, got.Kind, got.Reason, seen)
		}
		server.Close()
	}
}

// A redirect to another host costs no second job: one that is met by a submission fails
// the key, which the next run submits, and one that is met by a question about a job is
// asked again, in this run or the next.
func TestAJobThatMetARedirectIsNotLost(t *testing.T) {
	for _, test := range []struct {
		name, path string
		redirects  int
		first      int // keys that fail in the first run
		submits    int // seen by the upstream
	}{
		{"a submission", "/submit", 1, 1, 1},
		{"a question", "/result", 1, 0, 1},
		{"all questions of a run", "/result", 5, 1, 1},
	} {
		s := newSetting(t, "arifmetika", mock.Options{})
		left := test.redirects
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == test.path && left > 0 {
				left--
				http.Redirect(w, r, "https://elsewhere.invalid/login", http.StatusFound)
				return
			}
			s.mock.ServeHTTP(w, r)
		}))
		var err error
		if s.protocol, err = protocolOf("arifmetika", server.URL); err != nil {
			t.Fatal(err)
		}
		first := s.run(t.Context(), keysOf("arifmetika", 1))
		second := s.run(t.Context(), keysOf("arifmetika", 1))
		if first.Failed[fetch.Redirected] != test.first || first.Answered+second.Answered != 1 || s.mock.Counts().Submits != test.submits {
			t.Errorf("%s: %d submissions, %+v, then %+v", test.name, s.mock.Counts().Submits, first, second)
		}
		server.Close()
	}
}
