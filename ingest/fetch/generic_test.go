package fetch_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"tieout/ingest"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

const leasingPages = `
fetch:
  url: "{host}/statements/{key}"
  headers: {Authorization: "Bearer {token}"}
  echo: {path: answer.about}
  pages: {next: answer.next}
  login:
    url: "{host}/token"
    method: POST
    headers: {Content-Type: application/x-www-form-urlencoded}
    body: "user=me&password={secret:password}"
    value: token
    seconds: seconds
`

const leasingJobs = `
fetch:
  url: "{host}/jobs"
  headers: {Authorization: "Bearer {token}", Content-Type: application/x-www-form-urlencoded}
  body: "contract={key}"
  echo: {path: answer.about}
  login:
    url: "{host}/token"
    method: POST
    headers: {Content-Type: application/x-www-form-urlencoded}
    body: "user=me&password={secret:password}"
    value: token
  poll:
    url: "{host}/jobs/{job}"
    headers: {Authorization: "Bearer {token}"}
    job: job
    done: answer.state
    is: [OK, EMPTY]
`

// leasing is the described source of the tests, fetched by a recipe.
func leasing(at, recipe string) (fetch.Protocol, error) {
	text, err := os.ReadFile("../../testdata/sources/leasing.yaml")
	if err != nil {
		return nil, err
	}
	text = append(text, strings.ReplaceAll(recipe, "{host}", at)...)
	d, err := ingest.Describe("leasing.yaml", text)
	if err != nil {
		return nil, err
	}
	r, err := fetch.ReadRecipe("leasing.yaml", text)
	if err != nil {
		return nil, err
	}
	return fetch.NewGeneric(d.Layout.Source, *r, secrets)
}

func mustURL(s *setting) string {
	c, err := s.protocol.Begin(fetch.Key{Text: "1000000001"}, "x")
	if err != nil {
		c, _ = s.protocol.Begin(fetch.Key{Text: "1/1"}, "x")
	}
	at, _, _ := strings.Cut(strings.TrimPrefix(c.URL, "http://"), "/")
	return "http://" + at
}

func errorsAs[T error](err error, target *T) bool { return errors.As(err, target) }

func TestAGenericSourceSubmitsAndPolls(t *testing.T) {
	s := newSetting(t, "generic", mock.Options{Polls: 3, Seed: 1})
	var err error
	if s.protocol, err = leasing(mustURL(s), leasingJobs); err != nil {
		t.Fatal(err)
	}
	sum := s.run(t.Context(), keysOf("generic", 20))
	if sum.Answered != 20 || sum.Jobs != 20 {
		t.Errorf("%+v", sum)
	}
}

func TestARecipeThatCannotWorkIsRefused(t *testing.T) {
	for _, test := range []struct{ name, recipe, says string }{
		{"no fetch", "", "leasing.yaml: the description does not say how to fetch (the key fetch)"},
		{"an unknown key", "fetch: {url: 'https://x.example/{key}', methd: GET}", `leasing.yaml:75:41: fetch has no key "methd"; there are url, method, headers, body, repeat, not_found, echo, login, pages, poll`},
		{"plain http", "fetch: {url: 'http://x.example/{key}'}", "fetch.url: http://x.example is refused: only https is spoken, and http with this machine alone"},
		{"a password in the address", "fetch: {url: 'https://me:you@x.example/'}", "fetch.url: the address holds a user or password; secrets are given apart"},
		{"a secret in the address", "fetch: {url: 'https://x.example/?k={secret:password}'}", "fetch.url holds {secret:password}; URLs are written to logs on their way, so secrets go into headers or the body"},
		{"a host from the key", "fetch: {url: 'https://{key}.example/'}", "fetch.url: the host is not fixed"},
		{"a secret that is not given", "fetch: {url: 'https://x.example/', headers: {A: '{secret:other}'}}", "fetch: the secret other is not given"},
		{"a method", "fetch: {url: 'https://x.example/', method: DELETE}", "fetch.method is DELETE; there are GET, POST and PUT"},
	} {
		_, err := leasing("", "\n"+test.recipe)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
