package fetch_test

import (
	"slices"
	"testing"

	"tieout/ingest/fetch"
)

// What is wrong with a recipe is told with its line and column, in the words of the
// description.
func TestAMistakeInARecipeHasItsPlace(t *testing.T) {
	for _, test := range []struct{ name, recipe, says string }{
		{"an unknown key", "fetch: {url: u, metod: GET}", `a.yaml:1:17: fetch has no key "metod"; there are url, method, headers, body, repeat, not_found, echo, login, pages, poll`},
		{"an unknown key of a part", "fetch:\n  poll:\n    is: OK\n    jobs: id", `a.yaml:4:5: fetch.poll has no key "jobs"; there are url, method, headers, body, repeat, job, done, is, failed`},
		{"a key that stands twice", "fetch:\n  url: a\n  url: b", `a.yaml:3:3: the key "url" stands twice`},
		{"a list for a text", "fetch:\n  url: [a, b]", "a.yaml:2:8: expected a text"},
		{"a text for a mapping", "fetch:\n  login: me", "a.yaml:2:10: fetch.login is expected to be a mapping of keys to values"},
		{"a text for headers", "fetch: {headers: a}", "a.yaml:1:18: headers are expected to be a mapping of names to texts"},
		{"no flag", "fetch: {repeat: twice}", "a.yaml:1:17: expected true or false"},
		{"no status", "fetch: {not_found: [404, none]}", "a.yaml:1:26: expected an HTTP status such as 404"},
		{"no recipe", "source: a", "a.yaml: the description does not say how to fetch (the key fetch)"},
	} {
		if _, err := fetch.ReadRecipe("a.yaml", []byte(test.recipe)); err == nil || err.Error() != test.says {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// Where a list of texts may stand, one alone may too, as elsewhere in a description.
func TestOneTextStandsForAListOfOne(t *testing.T) {
	r, err := fetch.ReadRecipe("a.yaml", []byte("fetch: {not_found: 410, poll: {is: OK, failed: [NO, &a LOST]}}"))
	if err != nil || !slices.Equal(r.NotFound, []int{410}) || !slices.Equal(r.Poll.Is, []string{"OK"}) || !slices.Equal(r.Poll.Failed, []string{"NO", "LOST"}) {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestARecipeThatCannotWorkHasThePlaceOfWhatIsWrong(t *testing.T) {
	for text, says := range map[string]string{
		"fetch:\n  url: 'http://x.example/{key}'":                                  "a.yaml:2:8: fetch.url: http://x.example is refused: only https is spoken, and http with this machine alone",
		"fetch:\n  method: DELETE\n  url: 'https://x.example/{key}'":               "a.yaml:2:11: fetch.method is DELETE; there are GET, POST and PUT",
		"fetch:\n  url: 'https://x.example/{key}'\n  headers: {A: '{secret:no}'}":  "a.yaml:2:3: fetch: the secret no is not given",
		"fetch:\n  url: 'https://x.example/{key}'\n  login:\n    url: https://x.e": "a.yaml:4:5: fetch.login.value is not given: where the answer holds the token",
	} {
		r, err := fetch.ReadRecipe("a.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fetch.NewGeneric(nil, *r, fetch.NewSecrets(nil)); err == nil || r.Placed(err).Error() != says {
			t.Errorf("%v", r.Placed(err))
		}
	}
}
