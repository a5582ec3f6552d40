package fetch_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
)

const withSecret = `
fetch:
  url: https://api.example/{key}
  headers: {x-key: "{secret:slashed}"}
  pages: {next: answer.next}
`

// own is a described source with secrets of its own.
func own(t *testing.T, text string, of map[string]string) fetch.Protocol {
	t.Helper()
	was := secrets
	defer func() { secrets = was }()
	secrets = fetch.NewSecrets(of)
	return recipe(t, text)
}

// An answer may repeat a secret in the escapes of JSON, or in the JSON of a text.
func TestASecretIsRecognisedInEveryEscape(t *testing.T) {
	const secret = "abc/def é😀 secret"
	p := own(t, withSecret, map[string]string{"slashed": secret})
	for _, test := range []struct {
		name, body string
		class      fetch.Class
	}{
		{"as it is", `{"answer":{"state":"OK","you":"` + secret + `"}}`, fetch.Leaking},
		{"with its stroke escaped", `{"answer":{"state":"OK","you":"abc\/def é😀 secret"}}`, fetch.Leaking},
		{"by code units", `{"answer":{"state":"OK","you":"abc\u002fdef \u00e9\ud83d\ude00\u0020secret"}}`, fetch.Leaking},
		{"in JSON within a text", `{"answer":{"state":"OK","you":"{\"a\":\"abc\\\/def \\u00e9😀 secret\"}"}}`, fetch.Leaking},
		{"in the name of the next page", `{"answer":{"state":"OK","next":"/L-1?k=abc%2Fdef+%C3%A9%F0%9F%98%80+secret"}}`, fetch.Leaking},
		{"not at all", `{"answer":{"state":"OK","you":"abc\\def \n\u00"}}`, ""},
	} {
		s := &script{answer: func(*http.Request, string) said { return said{status: 200, body: test.body} }}
		j := &journal{}
		sum, log := ask(t, scripted(s), p, j, "L-1")
		if test.class != "" && sum.Failed[test.class] != 1 || test.class == "" && sum.Answered != 1 {
			t.Errorf("%s: %+v", test.name, sum)
		}
		for _, e := range j.entries {
			if test.class != "" && (e.Body != nil || e.Next != "") {
				t.Errorf("%s: the answer is kept: %s", test.name, e.Body)
			}
		}
		if strings.Contains(j.text(t)+log, "secret\"") {
			t.Errorf("%s: %s%s", test.name, j.text(t), log)
		}
	}
}

func TestAJobWhoseNameRepeatsASecretIsNotKept(t *testing.T) {
	p := own(t, strings.Replace(jobs, "  body:", "  headers: {x-key: '{secret:mine}'}\n  body:", 1), map[string]string{"mine": "mine-secret-1"})
	s := &script{answer: func(*http.Request, string) said { return said{status: 200, body: `{"job":"of mine-secret-1"}`} }}
	j := &journal{}
	if sum, _ := ask(t, scripted(s), p, j, "L-1"); sum.Failed[fetch.Leaking] != 1 || sum.Jobs != 0 || strings.Contains(j.text(t), "mine-secret-1") {
		t.Errorf("%+v\n%s", sum, j.text(t))
	}
}

// What an API says of a failure is kept, but not when it repeats a secret.
func TestTheAnswerOfAFailureIsKeptWithoutSecrets(t *testing.T) {
	p := own(t, withSecret, map[string]string{"slashed": "slashed-secret-1"})
	for body, kept := range map[string]bool{
		`{"answer":{"state":"ERROR","reason":"no right"}}`:               true,
		`{"answer":{"state":"ERROR","reason":"not slashed-secret-1 X"}}`: false,
	} {
		s := &script{answer: func(*http.Request, string) said { return said{status: 200, body: body} }}
		j := &journal{}
		ask(t, scripted(s), p, j, "L-1")
		if e := lastOf(t, j); e.Kind != capture.Failed || (e.Body != nil) != kept || strings.Contains(j.text(t), "slashed-secret") {
			t.Errorf("%+v", e)
		}
	}
}

// Of two secrets of which one begins with the other, nothing is left over.
func TestTheLongestSecretIsMaskedFirst(t *testing.T) {
	p := own(t, `
fetch:
  url: https://api.example/{key}
  headers: {a-key: "{secret:short}", b-key: "{secret:long}"}
`, map[string]string{"short": "prefix", "long": "prefix-and-tail"})
	s := &script{answer: func(*http.Request, string) said {
		return said{status: 200, header: map[string]string{"X-Request-Id": "prefix-and-tail"}, body: `{"answer":{"state":"OK"}}`}
	}}
	for range 20 { // secrets are learnt in any order
		j := &journal{}
		ask(t, scripted(s), p, j, "L-1")
		if got := lastOf(t, j).Header["X-Request-Id"]; got != "***" {
			t.Fatal(got)
		}
	}
}

const formLogin = `
fetch:
  url: https://api.example/{key}
  headers: {Authorization: "Bearer {token}"}
  login:
    url: https://api.example/token
    method: POST
    headers: {content-type: %s}
    body: '%s'
    value: token
`

// A secret stands in a body as the body's form has it, and is never shown there.
func TestASecretIsEscapedInTheBodyThatHoldsIt(t *testing.T) {
	const password = `a"b\c &=+d`
	for _, test := range []struct{ kind, body, sent, shown string }{
		{"application/x-www-form-urlencoded", "user=me&password={secret:password}", `user=me&password=a%22b%5Cc+%26%3D%2Bd`, "user=me&password=***"},
		{"application/json", `{"password":"{secret:password}"}`, `{"password":"a\"b\\c &=+d"}`, `{"password":"***"}`},
	} {
		p := own(t, fmt.Sprintf(formLogin, test.kind, test.body), map[string]string{"password": password})
		s := &script{answer: func(r *http.Request, _ string) said {
			if r.URL.Path == "/token" {
				return said{status: 200, body: `{"token":"token-of-the-run"}`}
			}
			return said{status: 200, body: `{"answer":{"state":"OK"}}`}
		}}
		if sum, _ := ask(t, scripted(s), p, &journal{}, "L-1"); sum.Answered != 1 || s.requests[0] != "POST /token "+test.sent {
			t.Errorf("%+v: %q", sum, s.requests)
		}
		if kinds := s.headers[0].Values("Content-Type"); len(kinds) != 1 || kinds[0] != test.kind {
			t.Errorf("%q", kinds)
		}
		var dry bytes.Buffer
		if err := fetch.DryRun(&dry, p, keysOf("generic", 1), nil); err != nil || !strings.Contains(dry.String(), test.shown+"\n") {
			t.Errorf("%v\n%s", err, dry.String())
		}
	}
}

// Every value of a key may be personal, in whatever form a request gives it.
func TestTheKeysOfADescribedSourceAreMasked(t *testing.T) {
	p := recipe(t, `
fetch:
  url: https://api.example/people/{phone}?name={name}
  method: POST
  headers: {x-name: "{name}"}
  body: '{"name":"{name}","phone":"{phone}"}'
  repeat: true
`)
	s := &script{answer: func(*http.Request, string) said {
		return said{status: 200, body: `{"answer":{"state":"ERROR","reason":"no O\"Neil of 9161234567"}}`}
	}}
	j := &journal{}
	_, log := ask(t, scripted(s), p, j, `{"key":"client 17000","name":"O\"Neil","phone":"9161234567"}`)
	e := lastOf(t, j)
	shown := e.Request.URL + e.Request.Body + fmt.Sprint(e.Request.Header) + e.Reason + log
	for _, personal := range []string{"Neil", "9161234567", "17000"} {
		if strings.Contains(shown, personal) {
			t.Errorf("%s shows in %s", personal, shown)
		}
	}
	if e.Request.Asked["phone"] != "9161234567" || s.sent(`POST /people/9161234567?name=O%22Neil {"name":"O\"Neil"`) != 1 {
		t.Errorf("%v %q", e.Request.Asked, s.requests)
	}
}
