package fetch_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
)

const (
	postOnce = "fetch: {url: 'https://api.example/jobs', method: POST, body: '{\"key\":\"{key}\"}', echo: {path: answer.about}}"
	jobs     = `
fetch:
  url: https://api.example/jobs
  body: '{"key":"{key}"}'
  poll: {url: 'https://api.example/jobs/{job}', job: job, done: answer.state, is: [OK], failed: [BROKEN]}
`
)

// A request that must not be sent twice is sent once, whatever happens when the
// upstream may have seen it; and again when it has said that it did nothing with it.
func TestWhatMustNotBeSentTwiceIsSentOnce(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer said
		sent   int
		reason string
	}{
		{"the connection breaks", said{err: errors.New("EOF")}, 1, "the connection broke before an answer came; whether the upstream has seen the request is not known, so it is not sent again"},
		{"502", said{status: 502}, 1, "HTTP 502 Bad Gateway; whether the request was taken is not known, so it is not sent again"},
		{"504", said{status: 504}, 1, "HTTP 504 Gateway Timeout; whether the request was taken is not known, so it is not sent again"},
		{"half an answer", said{status: 200, body: `{"answer":`}, 1, "the answer ends in the middle"},
		{"the answer to another", said{status: 200, body: `{"answer":{"about":"L-2"}}`}, 1, "the answer has another answer.about"},
		{"503", said{status: 503}, 3, "HTTP 503 Service Unavailable (3 attempts)"},
		{"429", said{status: 429}, 3, "HTTP 429 Too Many Requests (3 attempts)"},
	} {
		s := &script{answer: func(*http.Request, string) said { return test.answer }}
		o, j := scripted(s), &journal{}
		o.Attempts = 3
		ask(t, o, recipe(t, postOnce), j, "L-1")
		if e := lastOf(t, j); s.sent("POST /jobs") != test.sent || e.Reason != test.reason || e.Attempts != test.sent {
			t.Errorf("%s: sent %d times: %s", test.name, s.sent("POST /jobs"), e.Reason)
		}
	}
}

// Whether a submission that broke was taken is not known, and the API has no name for
// it that could be asked for: the next run submits it again, as the docs say.
func TestASubmissionThatBrokeIsMadeAgainByTheNextRun(t *testing.T) {
	broken := true
	s := &script{answer: func(r *http.Request, _ string) said {
		switch {
		case r.Method == http.MethodGet:
			return said{status: 200, body: `{"answer":{"state":"OK"}}`}
		case broken:
			return said{err: errors.New("EOF")}
		}
		return said{status: 200, body: `{"job":"7"}`}
	}}
	j := &journal{}
	if sum, _ := ask(t, scripted(s), recipe(t, jobs), j, "L-1"); sum.Failed[fetch.Unreachable] != 1 || s.sent("POST") != 1 {
		t.Errorf("%+v", sum)
	}
	broken = false
	if sum, _ := ask(t, scripted(s), recipe(t, jobs), j, "L-1"); sum.Answered != 1 || s.sent("POST") != 2 {
		t.Errorf("%+v", sum)
	}
}

func TestAJobIsNotAskedForForEver(t *testing.T) {
	s := &script{answer: func(r *http.Request, _ string) said {
		if r.Method == http.MethodPost {
			return said{status: 200, body: `{"job":"7"}`}
		}
		return said{status: 200, body: `{"answer":{"state":"RUNNING"}}`}
	}}
	o, j := scripted(s), &journal{}
	sum, _ := ask(t, o, recipe(t, jobs), j, "L-1")
	if e := lastOf(t, j); sum.Failed[fetch.Overdue] != 1 || e.Reason != "no result after 15m0s; the next run asks for it again" || e.Job != "" {
		t.Errorf("%+v", e)
	}
	if n := s.sent("GET /jobs/7"); n < 20 || n > 100 {
		t.Errorf("asked %d times in a quarter of an hour", n)
	}
	if j.State("", "L-1", 0).Pending.Job != "7" {
		t.Error("the next run does not ask for the job")
	}
}

// A job that the API says has failed is over: the next run submits another.
func TestAJobThatFailedIsOver(t *testing.T) {
	s := &script{answer: func(r *http.Request, _ string) said {
		if r.Method == http.MethodPost {
			return said{status: 200, body: `{"job":"7"}`}
		}
		return said{status: 200, body: `{"answer":{"state":"BROKEN"}}`}
	}}
	j := &journal{}
	ask(t, scripted(s), recipe(t, jobs), j, "L-1")
	if e := lastOf(t, j); e.Kind != capture.Failed || e.Job != "7" || !strings.Contains(e.Reason, "BROKEN") {
		t.Errorf("%+v", e)
	}
	if ask(t, scripted(s), recipe(t, jobs), j, "L-1"); s.sent("POST") != 2 {
		t.Errorf("submitted %d times in two runs", s.sent("POST"))
	}
}
