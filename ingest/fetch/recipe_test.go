package fetch_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"tieout/ingest"
	"tieout/ingest/fetch"
)

func TestARecipeSaysOnlyWhatHasAMeaning(t *testing.T) {
	const login = ", login: {url: 'https://x.example/token', value: token"
	for _, test := range []struct{ name, recipe, says string }{
		{"a page on another host", "fetch: {url: 'https://x.example/{key}', pages: {next: a, url: 'https://y.example/{next}'}}", "fetch.pages.url is not on the host of fetch.url"},
		{"a page whose host the answer names", "fetch: {url: 'https://x.example/{key}', pages: {next: a, url: 'https://{next}/'}}", "fetch.pages.url: the host is not fixed"},
		{"a page that is all the answer's", "fetch: {url: 'https://x.example/{key}', pages: {next: a, url: '{next}'}}", "fetch.pages.url: the address is not a URL"},
		{"a page in plain", "fetch: {url: 'https://127.0.0.1/{key}', pages: {next: a, url: 'http://127.0.0.1/{next}'}}", "fetch.pages.url is not on the host of fetch.url"},
		{"a secret in a page's address", "fetch: {url: 'https://x.example/{key}', pages: {next: a, url: 'https://x.example/{secret:password}'}}", "fetch.pages.url holds {secret:password}; URLs"},
		{"pages without a next", "fetch: {url: 'https://x.example/{key}', pages: {url: 'https://x.example/{next}'}}", "fetch.pages.next is not given: where the answer names the page after it"},
		{"pages of jobs", "fetch: {url: 'https://x.example/{key}', pages: {next: a}, poll: {url: 'https://x.example/{job}', job: id}}", "fetch.pages does not go with fetch.poll: the result of a job has one page"},
		{"a job before there is one", "fetch: {url: 'https://x.example/{job}'}", "fetch.url holds {job}, which has no meaning there"},
		{"a page in the first request", "fetch: {url: 'https://x.example/{key}', headers: {A: '{next}'}}", "fetch holds {next}, which has no meaning there"},
		{"a token without a login", "fetch: {url: 'https://x.example/{key}', headers: {A: '{token}'}}", "fetch holds {token}, and there is no fetch.login that gets one"},
		{"a login with a key", "fetch: {url: 'https://x.example/{key}'" + login + ", body: '{key}'}}", "fetch.login holds {key}; a login has no key, only secrets"},
		{"a login with a token", "fetch: {url: 'https://x.example/{key}'" + login + ", body: '{token}'}}", "fetch.login holds {token}; a login has no key, only secrets"},
		{"all that there is", "fetch: {url: 'https://x.example/{key}/{year}?{id}', headers: {A: '{token}'}" + login + ", body: '{secret:password}'}, pages: {next: a, url: 'https://x.example/{key}/{year}?p={next}'}}", ""},
	} {
		_, err := leasing("", "\n"+test.recipe)
		if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// One recipe may make several protocols.
func TestARecipeBelongsToTheCaller(t *testing.T) {
	const text = `
fetch:
  url: https://x.example/{key}
  login: {url: 'https://x.example/token', body: 'a', value: token}
  poll: {url: 'https://x.example/{job}', job: id}
`
	leasingText, err := os.ReadFile("../../testdata/sources/leasing.yaml")
	if err != nil {
		t.Fatal(err)
	}
	leasingText = append(leasingText, text...)
	d, err := ingest.Describe("leasing.yaml", leasingText)
	if err != nil {
		t.Fatal(err)
	}
	r, err := fetch.ReadRecipe("leasing.yaml", leasingText)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fetch.NewGeneric(d.Layout.Source, *r, secrets); err != nil {
		t.Fatal(err)
	}
	if r.Method+r.Login.Method+r.Poll.Method != "" || r.NotFound != nil {
		t.Errorf("the recipe was changed: %+v", r)
	}
}

// The upstream names the next page, and never the host that gets the token.
func TestTheUpstreamDoesNotChooseTheHost(t *testing.T) {
	for _, test := range []struct{ name, recipe, next string }{
		{"an address", paged, "https://evil.example/L-1"},
		{"another scheme", paged, "http://api.example/L-1"},
		{"an address without a scheme", paged, "//evil.example/L-1"},
		{"a user", paged, "https://me@api.example/L-1"},
		{"a part of an address", "fetch: {url: 'https://api.example/{key}', pages: {next: answer.next, url: 'https://api.example/?p={next}'}}", "@evil.example/"},
	} {
		hosts := map[string]bool{}
		s := &script{}
		s.answer = func(r *http.Request, _ string) said {
			hosts[r.URL.Host] = true
			if len(s.requests) > 1 {
				return said{status: 200, body: `{"answer":{"state":"OK"}}`}
			}
			return said{status: 200, body: `{"answer":{"state":"OK","next":"` + test.next + `"}}`}
		}
		sum, _ := ask(t, scripted(s), recipe(t, test.recipe), &journal{}, "L-1")
		if len(hosts) != 1 || !hosts["api.example"] || sum.Stopped != nil || sum.Pages+sum.Failed[fetch.Redirected] != 2 {
			t.Errorf("%s: asked %v: %+v", test.name, hosts, sum)
		}
	}
}

func TestAKeyIsAskedForWhole(t *testing.T) {
	const at = "https://x.example"
	brainy := must[*fetch.BrainySoft](t)(fetch.NewBrainySoft(fetch.BrainySoft{Address: at, UserName: "me", Secrets: secrets}))
	vakif := must[*fetch.VakifBank](t)(fetch.NewVakifBank(fetch.VakifBank{ClientID: "me", Secrets: secrets}))
	finno := must[*fetch.Finnotech](t)(fetch.NewFinnotech(fetch.Finnotech{ClientID: "me", NID: "0499370899", Secrets: secrets}))
	schedule := must[*fetch.Arifmetika](t)(fetch.NewArifmetika(fetch.Arifmetika{Schedule: true, SubmitURL: at, PollURL: at, Secrets: secrets}))
	contracts := must[*fetch.Arifmetika](t)(fetch.NewArifmetika(fetch.Arifmetika{SubmitURL: at, PollURL: at, Secrets: secrets}))
	for _, test := range []struct {
		name string
		p    fetch.Protocol
		key  string
		want string // in the request
		says string
	}{
		{"a number with a stroke", schedule, "З20/17", `{"contract_num":"З20/17"}`, ""},
		{"a dealer with a stroke", vakif, "371004/a/b", `"MainCompanyDealerCode":"a/b"`, ""},
		{"a code with more", finno, "1000000001/x", "", "a key is a national code of 10 digits or a legal id of 11"},
		{"a name of its own", vakif, `{"key":"mine","MainCompanyID":1}`, `{"MainCompanyID":1,"CurrencyCode":"TL"}`, ""},
		{"a slip in a member", vakif, `{"MainCompanyId":1}`, "", "the key's member MainCompanyId is none that the request has (MainCompanyID, "},
		{"of a person", contracts, `{"phone":"9131234567","birthdate":"1985-12-01","birthday":"x"}`, "", "the key's member birthday is none"},
		{"of a schedule", schedule, `{"contract":"x"}`, "", "the key's member contract is none that the request has (contract_num)"},
		{"of facilities", finno, `{"user":"1000000001","nid":"1"}`, "", "the key's member nid is none that the request has (user)"},
		{"of a search", brainy, `{"field":"id","values":"1"}`, "", "the key's member values is none that the request has (field, value)"},
		{"of a description", recipe(t, "fetch: {url: 'https://x.example/{key}/{year}'}"), `{"key":"a","month":"1"}`, "", "the key's member month is none that the request has (year)"},
		{"a field to find by", brainy, `{"field":"client.name","value":"1"}`, "", "the key's field is none of id, name, client.id"},
	} {
		key, err := fetch.ParseKey(test.key)
		if err != nil {
			t.Fatal(err)
		}
		call, err := test.p.Begin(key, "T")
		if test.says != "" {
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		if err != nil || !strings.Contains(string(call.Body), test.want) {
			t.Errorf("%s: %s, %v", test.name, call.Body, err)
		}
	}
	if _, err := fetch.NewBrainySoft(fetch.BrainySoft{Address: at, UserName: "me", Field: "client.name", Secrets: secrets}); err == nil {
		t.Error("a setting names a field that there is not")
	}
}

// A key that no request can hold is a bad key, not a host that fails.
func TestAControlCharacterInAKeyIsTold(t *testing.T) {
	for _, line := range []string{`{"user":"1\n2"}`, `{"a\tb":"1"}`, `{"user":"\u0000"}`} {
		if _, err := fetch.ParseKey(line); err == nil || err.Error() != "the key has a control character" {
			t.Errorf("%s: %v", line, err)
		}
	}
	s, j := &script{}, &journal{}
	p := recipe(t, "fetch: {url: 'https://api.example/', headers: {A: '{key}'}}")
	sum := fetch.Run(t.Context(), scripted(s), p, func(yield func(fetch.Key) bool) { yield(fetch.Key{Text: "a\r\nb"}) }, j, nil)
	if sum.Failed[fetch.BadKey] != 1 || len(s.requests) != 0 {
		t.Errorf("%+v", sum)
	}
}
