package fetch_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tieout/ingest/fetch"
)

// A credential that a description spells out would be in files that are passed on, so it
// is refused where it stands, and not repeated.
func TestACredentialIsNotSpeltOut(t *testing.T) {
	for _, test := range []struct{ name, recipe, says string }{
		{
			"a login", "fetch:\n  headers:\n    Authorization: Bearer hush-hush",
			`a.yaml:3:20: the header Authorization has a credential spelt out; write "Bearer {secret:authorization}" and set TIEOUT_OWN_AUTHORIZATION`,
		},
		{
			"a login of a proxy", "fetch: {headers: {Proxy-Authorization: Basic aHVzaC1odXNo}}",
			`a.yaml:1:40: the header Proxy-Authorization has a credential spelt out; write "Basic {secret:proxy_authorization}" and set TIEOUT_OWN_PROXY_AUTHORIZATION`,
		},
		{"a cookie", "fetch: {headers: {Cookie: session=hush-hush}}", `a.yaml:1:27: the header Cookie has a credential spelt out; write "{secret:cookie}" and set TIEOUT_OWN_COOKIE`},
		{"an API key", "fetch: {headers: {X-Api-Key: hush-hush}}", `a.yaml:1:30: the header X-Api-Key has a credential spelt out; write "{secret:api_key}" and set TIEOUT_OWN_API_KEY`},
		{"an apikey", "fetch: {headers: {apikey: hush-hush}}", `a.yaml:1:27: the header apikey has`},
		{"a token", "fetch: {headers: {X-Auth-Token: &a hush-hush}}", `a.yaml:1:33: the header X-Auth-Token has`},
		{"a secret", "fetch: {headers: {Client_Secret: 'hush-hush'}}", `a.yaml:1:34: the header Client_Secret has a credential spelt out; write "{secret:client_secret}" and set TIEOUT_OWN_CLIENT_SECRET`},
		{"a password", "fetch: {headers: {X-Password: hush-hush}}", `a.yaml:1:31: the header X-Password has`},
		{"one beside an id", "fetch: {headers: {X-Api-Key: 'hush-hush{id}'}}", `a.yaml:1:30: the header X-Api-Key has`},
		{"a slip in the placeholder", "fetch: {headers: {X-Api-Key: '{secret:hush hush}'}}", `a.yaml:1:30: the header X-Api-Key has`},
		{"a variable of a shell", "fetch: {headers: {X-Api-Key: '${API_KEY}'}}", `a.yaml:1:30: the header X-Api-Key has`},
		{"of a login", "fetch:\n  login:\n    headers: {X-Api-Key: hush-hush}", `a.yaml:3:26: the header X-Api-Key has`},
		{"of a job", "fetch:\n  poll:\n    headers: {X-Api-Key: hush-hush}", `a.yaml:3:26: the header X-Api-Key has`},
		{
			"in an address", "fetch:\n  url: https://x.example/{key}?a=b&api_key=hush-hush",
			`a.yaml:2:8: the address has a credential spelt out, api_key; addresses are written to logs on their way, so send it in a header, as "{secret:api_key}", and set TIEOUT_OWN_API_KEY`,
		},
		{"in an address, escaped", "fetch: {url: 'https://x.example/{key}?access%5Ftoken=hush-hush#a'}", `a.yaml:1:14: the address has a credential spelt out, access_token;`},
		{"in a page's address", "fetch: {pages: {url: 'https://x.example/{key}?token=hush-hush'}}", `a.yaml:1:22: the address has a credential spelt out, token;`},
		{"in a login's address", "fetch: {login: {url: 'https://x.example/?password=hush-hush'}}", `a.yaml:1:22: the address has a credential spelt out, password;`},
		{"in a form", "fetch: {body: 'user=me&password=hush-hush'}", `a.yaml:1:15: the body has a credential spelt out, password; write "{secret:password}" and set TIEOUT_OWN_PASSWORD`},
		{"in JSON", `fetch: {body: '{"user":{"name":"me","clientSecret":"hush-hush"},"n":{key}}'}`, `a.yaml:1:15: the body has a credential spelt out, clientSecret; write "{secret:clientsecret}"`},
		{"a number in JSON", `fetch: {body: '{"password": 4711}'}`, `a.yaml:1:15: the body has a credential spelt out, password;`},
	} {
		_, err := fetch.ReadRecipe("a.yaml", []byte(test.recipe))
		if err == nil || !strings.HasPrefix(err.Error(), test.says) || strings.Contains(err.Error(), "hush-") {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestWhatIsNoCredentialMayStandInADescription(t *testing.T) {
	for _, text := range []string{
		"headers: {Authorization: 'Bearer {token}'}", "headers: {Authorization: 'Basic {secret:basic}'}", "headers: {X-Api-Key: '{secret:a}-{secret:b}'}",
		"headers: {Cookie: 'lang=en; session={secret:session}'}", "headers: {X-Token: '{key}', X-Auth: '{id}', X-Secret: ''}",
		"headers: {X-Author: me, X-Auth-Type: basic, X-Max-Tokens: '5', Accept: application/json, Idempotency-Key: '{id}'}",
		"url: 'https://x.example/token/{key}?page_token={next}&token_type=bearer&author=me&api_key='",
		"body: 'grant_type=password&token_type_hint=a&password={secret:password}'",
		`body: '{"password":"{secret:password}","token":null,"about":"password: x"}'`,
	} {
		if _, err := fetch.ReadRecipe("a.yaml", []byte("fetch: {"+text+"}")); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A recipe that was not read from a file is refused too.
func TestARecipeOfAProgramSpellsOutNoCredential(t *testing.T) {
	for says, call := range map[string]fetch.RecipeCall{
		"fetch: the header x-api-key has a credential spelt out": {URL: "https://x.example/{key}", Header: map[string]string{"x-api-key": "hush-hush"}},
		"fetch: the address has a credential spelt out":          {URL: "https://x.example/{key}?token=hush-hush"},
		"fetch: the body has a credential spelt out":             {URL: "https://x.example/{key}", Body: "token=hush-hush"},
	} {
		if _, err := fetch.NewGeneric(nil, fetch.Recipe{RecipeCall: call}, fetch.NewSecrets(nil)); err == nil || !strings.HasPrefix(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
	r := fetch.Recipe{RecipeCall: fetch.RecipeCall{URL: "https://x.example/{key}"}, Pages: &fetch.RecipePages{Next: "a", URL: "https://x.example/?token=hush-hush"}}
	if _, err := fetch.NewGeneric(nil, r, fetch.NewSecrets(nil)); err == nil || !strings.HasPrefix(err.Error(), "fetch.pages.url: the address has a credential spelt out") {
		t.Errorf("%v", err)
	}
}

// Whatever fills them in, the values of such headers and parameters are kept nowhere, and
// neither is what stands beside a secret.
func TestTheValuesOfCredentialsAreNeverShown(t *testing.T) {
	p := own(t, `
fetch:
  url: https://api.example/{key}?token={ticket}
  headers:
    Authorization: "Bearer {ticket}"
    X-Token: "{ticket}"
    Cookie: "lang=hush; session={secret:session}"
    X-Api-Key: "{secret:session}"
    X-Plan: b
  pages: {next: answer.next}
`, map[string]string{"session": "hush-hush-session"})
	s := &script{answer: func(r *http.Request, _ string) said {
		if r.URL.Query().Get("page_token") == "" {
			return said{status: 200, body: `{"answer":{"state":"OK","next":"?page_token=hush-cursor&n=2"}}`}
		}
		return said{status: 200, body: `{"answer":{"state":"OK"}}`}
	}}
	j := &journal{}
	const key = `{"key":"L-1","ticket":"hu"}` // too short to be masked as a name
	sum, log := ask(t, scripted(s), p, j, key)
	if sum.Answered != 1 || len(j.entries) != 2 || s.headers[0].Get("Cookie") != "lang=hush; session=hush-hush-session" || s.headers[0].Get("X-Token") != "hu" {
		t.Fatalf("%+v\n%v", sum, s.headers)
	}
	for i, url := range []string{"https://api.example/*-*?token=***", "https://api.example/*-*?page_token=***&n=2"} {
		e := j.entries[i].Request
		if e.URL != url {
			t.Error(e.URL)
		}
		if got := fmt.Sprint(e.Header); got != "map[Authorization:Bearer *** X-Plan:b X-Token:***]" {
			t.Error(got)
		}
	}
	var dry bytes.Buffer
	k, err := fetch.ParseKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := fetch.DryRun(&dry, p, func(yield func(fetch.Key) bool) { yield(k) }, nil); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"?token=***\n", "Authorization: Bearer ***\n", "X-Token: ***\n", "Cookie: ***\n", "X-Api-Key: ***\n", "X-Plan: b\n"} {
		if !strings.Contains(dry.String(), line) {
			t.Errorf("%q is not in\n%s", line, dry.String())
		}
	}
	if strings.Contains(dry.String()+log, "hush") {
		t.Errorf("%s%s", dry.String(), log)
	}
}
