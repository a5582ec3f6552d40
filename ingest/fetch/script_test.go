package fetch_test

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"testing"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
)

// said is what a script answers; with an error, the connection breaks after the request
// was sent.
type said struct {
	status int
	header map[string]string
	body   string
	err    error
}

// script is a transport that answers by itself. It keeps the requests, with their bodies.
type script struct {
	mu       sync.Mutex
	answer   func(r *http.Request, body string) said
	requests []string // method, path with query, body
	headers  []http.Header
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.WroteHeaders != nil {
		trace.WroteHeaders()
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r.Method+" "+r.URL.RequestURI()+" "+string(body))
	s.headers = append(s.headers, r.Header)
	a := s.answer(r, string(body))
	if a.err != nil {
		return nil, a.err
	}
	header := http.Header{"Content-Type": {jsonType}}
	for name, value := range a.header {
		header.Set(name, value)
	}
	return &http.Response{StatusCode: a.status, Header: header, Body: io.NopCloser(strings.NewReader(a.body)), Request: r}, nil
}

// sent counts the requests that begin with a text.
func (s *script) sent(begin string) (n int) {
	for _, r := range s.requests {
		if strings.HasPrefix(r, begin) {
			n++
		}
	}
	return n
}

// scripted is a run whose upstream is a script, on a clock that sleeping moves on.
func scripted(s *script) fetch.Options {
	c := newClock()
	return fetch.Options{Now: c.Now, Sleep: c.Sleep, Random: rand.NewPCG(1, 2), Transport: s, Concurrency: 1}
}

func ask(t *testing.T, o fetch.Options, p fetch.Protocol, j fetch.Journal, keys ...string) (fetch.Summary, string) {
	t.Helper()
	var all []fetch.Key
	for _, text := range keys {
		k, err := fetch.ParseKey(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, k)
	}
	var log strings.Builder
	sum := fetch.Run(t.Context(), o, p, slices.Values(all), j, func(e fetch.Event) { log.WriteString(e.String() + "\n") })
	return sum, log.String()
}

// recipe is a described source that is asked as a text of YAML has it.
func recipe(t *testing.T, text string) fetch.Protocol {
	t.Helper()
	p, err := leasing("https://api.example", "\n"+text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lastOf is the last entry of a journal.
func lastOf(t *testing.T, j *journal) capture.Entry {
	t.Helper()
	if len(j.entries) == 0 {
		t.Fatal("there is no entry")
	}
	return j.entries[len(j.entries)-1]
}
