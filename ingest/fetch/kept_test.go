package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tieout/calc/date"
	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

// What a capture has is kept only as the answer to the same question.
func TestAnAnswerToAnotherQuestionIsNotKept(t *testing.T) {
	vakif := func(currency string) fetch.Protocol {
		return must[*fetch.VakifBank](t)(fetch.NewVakifBank(fetch.VakifBank{ClientID: "me", Currency: currency, Secrets: secrets}))
	}
	brainy := func(change func(*fetch.BrainySoft)) fetch.Protocol {
		b := fetch.BrainySoft{Address: "https://x.example", UserName: "me", Secrets: secrets}
		change(&b)
		return must[*fetch.BrainySoft](t)(fetch.NewBrainySoft(b))
	}
	finno := func(at string) fetch.Protocol {
		return must[*fetch.Finnotech](t)(fetch.NewFinnotech(fetch.Finnotech{Address: at, ClientID: "me", NID: "0499370899", Secrets: secrets}))
	}
	same := func(*fetch.BrainySoft) {}
	for _, test := range []struct {
		name          string
		first, second fetch.Protocol
		key           string
		kept          bool
	}{
		{"the same currency", vakif("TL"), vakif("TRY"), "371004/a", true},
		{"another currency", vakif("TL"), vakif("USD"), "371004/a", false},
		{"the same field", brainy(same), brainy(same), "17", true},
		{"another field", brainy(same), brainy(func(b *fetch.BrainySoft) { b.Field = "name" }), "17", false},
		{"another first day", brainy(same), brainy(func(b *fetch.BrainySoft) { b.From = date.MustParse("2020-01-01") }), "17", false},
		{"the same host", finno(fetch.FinnotechSandbox), finno(fetch.FinnotechSandbox), "1000000001", true},
		{"production instead of the sandbox", finno(fetch.FinnotechSandbox), finno(fetch.FinnotechProduction), "1000000001", false},
		{"the same recipe", recipe(t, "fetch: {url: 'https://api.example/{key}?n={id}'}"), recipe(t, "fetch: {url: 'https://api.example/{key}?n={id}'}"), "L-1", true},
		{"another recipe", recipe(t, "fetch: {url: 'https://api.example/{key}'}"), recipe(t, "fetch: {url: 'https://api.example/{key}', headers: {X-Plan: b}}"), "L-1", false},
	} {
		s := &script{answer: func(r *http.Request, _ string) said {
			switch {
			case strings.HasSuffix(r.URL.Path, "/login"):
				return said{status: 200, header: map[string]string{"bsauth": "token-xx-12345"}, body: "{}"}
			case strings.HasSuffix(r.URL.Path, "/token"):
				return said{status: 200, body: `{"access_token":"access-token","result":{"value":"token-yy-12345"},"status":"DONE"}`}
			}
			return said{status: 200, body: `{"status":"DONE","Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":{"a":1}},"data":{"id":17,"name":"17"},"answer":{"state":"OK"}}`}
		}}
		if name := test.first.Source(); name == "brainysoft.contract" {
			was := s.answer
			s.answer = func(r *http.Request, body string) said {
				a := was(r, body)
				a.body = strings.Replace(a.body, "DONE", "ok", 1)
				return a
			}
		}
		j := &journal{}
		if sum, _ := ask(t, scripted(s), test.first, j, test.key); sum.Answered != 1 {
			t.Fatalf("%s: %+v %+v", test.name, sum, j.entries)
		}
		if sum, _ := ask(t, scripted(s), test.second, j, test.key); (sum.Kept == 1) != test.kept || sum.Kept+sum.Answered != 1 {
			t.Errorf("%s: %+v", test.name, sum)
		}
	}
}

// A refresh that failed, or was interrupted while a job was under way, has left the
// earlier answer in the capture. The next run goes on with the refresh.
func TestARefreshThatDidNotComeToItsEndIsGoneOnWith(t *testing.T) {
	s := newSetting(t, "arifmetika", mock.Options{})
	key := "З24ПрИР000000001"
	ask(t, s.options, s.protocol, s.journal, key)
	answer := lastOf(t, s.journal)
	if answer.Kind != capture.Answer || answer.Question == "" {
		t.Fatalf("%+v", answer)
	}
	failed := answer
	failed.Kind, failed.Body, failed.Reason = capture.Failed, nil, "HTTP 500"
	_ = s.journal.Append(failed)
	if sum, _ := ask(t, s.options, s.protocol, s.journal, key); sum.Answered != 1 || sum.Jobs != 1 {
		t.Errorf("after a failure: %+v", sum)
	}
	// A job that is under way, submitted by a run that was interrupted.
	ctx, cancel := context.WithCancel(t.Context())
	s.journal.after = cancel
	s.options.Stale = func(capture.Entry) bool { return true }
	fetch.Run(ctx, s.options, s.protocol, func(yield func(fetch.Key) bool) { yield(fetch.Key{Text: key}) }, s.journal, nil)
	if got := lastOf(t, s.journal); got.Kind != capture.Submitted {
		t.Fatalf("%+v", got)
	}
	s.options.Stale = nil
	if sum, _ := ask(t, s.options, s.protocol, s.journal, key); sum.Answered != 1 || sum.Jobs != 0 {
		t.Errorf("after a submission: %+v", sum)
	}
}

// A job of another question is not the one to ask for.
func TestAJobOfAnotherQuestionIsNotAskedFor(t *testing.T) {
	s := newSetting(t, "arifmetika", mock.Options{})
	_ = s.journal.Append(capture.Entry{
		Source: "arifmetika.schedule", Key: "З24", Kind: capture.Submitted, Job: "job-of-another", Question: "another",
	})
	if sum, _ := ask(t, s.options, s.protocol, s.journal, "З24"); sum.Answered != 1 || sum.Jobs != 1 {
		t.Errorf("%+v", sum)
	}
}

const paged = "fetch: {url: 'https://api.example/{key}', pages: {next: answer.next}}"

// pagesBy answers with so many pages.
func pagesBy(pages *int) *script {
	return &script{answer: func(r *http.Request, _ string) said {
		n := 1
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &n)
		next := "null"
		if n < *pages {
			next = fmt.Sprintf(`"%s?page=%d"`, r.URL.EscapedPath(), n+1)
		}
		return said{status: 200, body: `{"answer":{"state":"OK","next":` + next + `}}`}
	}}
}

// An answer had three pages and has one now: the others do not hold any more.
func TestPagesThatAreNoMoreDoNotHold(t *testing.T) {
	pages := 3
	s, j, p := pagesBy(&pages), &journal{}, recipe(t, paged)
	if sum, _ := ask(t, scripted(s), p, j, "L-1"); sum.Answered != 1 || sum.Keys != 1 || sum.Pages != 3 {
		t.Fatalf("%+v", sum)
	}
	pages = 1
	o := scripted(s)
	o.Stale = func(capture.Entry) bool { return true }
	if sum, _ := ask(t, o, p, j, "L-1"); sum.Answered != 1 || sum.Keys != 1 || sum.Nothing != 0 {
		t.Errorf("%+v", sum)
	}
	for page, kind := range map[int]string{0: capture.Answer, 2: capture.Nothing, 3: capture.Nothing, 4: ""} {
		if got := j.State("", "L-1", page).Last.Kind; got != kind {
			t.Errorf("page %d is %q, not %q", page, got, kind)
		}
	}
	// A run that was killed before it could note that does so when it is begun anew.
	_ = j.Append(capture.Entry{Source: p.Source(), Key: "L-1", Page: 2, Kind: capture.Answer, Body: []byte("{}")})
	if sum, _ := ask(t, scripted(s), p, j, "L-1"); sum.Kept != 1 || j.State("", "L-1", 2).Last.Kind != capture.Nothing {
		t.Errorf("%+v", sum)
	}
	n := len(j.entries)
	if ask(t, scripted(s), p, j, "L-1"); len(j.entries) != n {
		t.Error("and once is enough")
	}
}

func TestAKeyThatLooksLikeAPageIsAKey(t *testing.T) {
	pages := 2
	s, j, p := pagesBy(&pages), &journal{}, recipe(t, paged)
	if sum, _ := ask(t, scripted(s), p, j, "L-1", "L-1#2"); sum.Answered != 2 || sum.Pages != 4 || sum.Kept != 0 {
		t.Errorf("%+v", sum)
	}
	if e := j.entries[0]; e.Next != "/L-1?page=2" || e.Page != 0 || j.entries[1].Page != 2 || j.entries[1].Key != "L-1" {
		t.Errorf("%+v", j.entries)
	}
}

// full is a journal that cannot be written, and cancels the run as it fails.
type full struct {
	journal
	err    error
	cancel func()
}

func (f *full) Append(...capture.Entry) error { f.cancel(); return f.err }

func TestAnInterruptHidesNoJournalThatCannotBeWritten(t *testing.T) {
	pages := 1
	ctx, cancel := context.WithCancel(t.Context())
	j := &full{err: errors.New("no space left on device"), cancel: cancel}
	sum := fetch.Run(ctx, scripted(pagesBy(&pages)), recipe(t, paged), keysOf("generic", 3), j, nil)
	if sum.Stopped == nil || sum.Stopped.Error() != "no space left on device" || !sum.Interrupted {
		t.Errorf("%+v", sum)
	}
}

// narrow is a journal that takes no long entries.
type narrow struct{ journal }

func (n *narrow) Append(all ...capture.Entry) error {
	for _, e := range all {
		if len(e.Body) > 100 {
			return fmt.Errorf("an entry cannot be kept: %w", capture.ErrTooLong)
		}
	}
	return n.journal.Append(all...)
}

func TestAnAnswerThatNoLineHoldsFailsAlone(t *testing.T) {
	s := &script{answer: func(r *http.Request, _ string) said {
		if r.URL.Path == "/L-1" {
			return said{status: 200, body: `{"answer":{"state":"OK","x":"` + strings.Repeat("x", maxKeptOfFailures) + `"}}`}
		}
		return said{status: 200, body: `{"answer":{"state":"OK"}}`}
	}}
	j := &narrow{}
	sum, _ := ask(t, scripted(s), recipe(t, "fetch: {url: 'https://api.example/{key}'}"), j, "L-0", "L-1", "L-2")
	if sum.Stopped != nil || sum.Answered != 2 || sum.Failed[fetch.TooLarge] != 1 {
		t.Errorf("%+v", sum)
	}
	if e := j.State("", "L-1", 0).Last; e.Kind != capture.Failed || e.Reason != "the answer is too long for a line of a capture" {
		t.Errorf("%+v", e)
	}
}

// maxKeptOfFailures is longer than what is kept of a failure.
const maxKeptOfFailures = 64<<10 + 1
