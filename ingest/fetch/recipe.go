package fetch

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Recipe says how the API of a described source is asked; it is the key "fetch" of the
// description. Texts are templates: {key} stands for the key, {name} for a member of a
// key that is an object, {id} for a fresh id, {token} for the token, {job} and {next}
// for a job and a page, and {secret:name} for a secret. Secrets and tokens are for
// headers and bodies, not for URLs.
type Recipe struct {
	RecipeCall
	// NotFound lists the statuses that say that there is nothing (404).
	NotFound []int
	// Echo is the path of a value of the answer that must be what Of stands for.
	Echo struct {
		Path string
		Of   string
	}
	Login *RecipeLogin
	Pages *RecipePages
	Poll  *RecipePoll

	file   string
	places map[string]*yaml.Node // of the keys, by their dotted names
}

// RecipeCall is a request.
type RecipeCall struct {
	URL    string
	Method string // GET, or POST when there is a body
	Header map[string]string
	Body   string
	// Repeat tells that a POST may be sent twice.
	Repeat bool
}

// RecipeLogin gets a token: from the Value at a dotted path of the answer, or
// "header:name".
type RecipeLogin struct {
	RecipeCall
	Value string
	// Seconds is the path of the token's life in seconds.
	Seconds string
}

// RecipePages follows an answer to its next page: Next is the path of its URL, which
// must be on the same host, or of what {next} stands for in URL, which is on the host
// of the first request too.
type RecipePages struct {
	Next string
	URL  string
}

// RecipePoll asks for the job that the answer to the first request names at Job, a
// path or "header:name". It is done when the value at Done is one of Is, or, without
// them, when the status is 200.
type RecipePoll struct {
	RecipeCall
	Job    string
	Done   string
	Is     []string
	Failed []string
}

var placeholder = regexp.MustCompile(`\{([A-Za-z0-9_.:-]+)\}`)

// names lists what the templates of some texts stand for.
func names(texts ...string) (all []string) {
	for _, text := range texts {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			all = append(all, m[1])
		}
	}
	return all
}

// texts lists the templates of a request.
func (c *RecipeCall) texts() []string {
	all := []string{c.URL, c.Body}
	for _, name := range slices.Sorted(maps.Keys(c.Header)) {
		all = append(all, c.Header[name])
	}
	return all
}

// reserved lists the names that are no members of a key.
var reserved = []string{"id", "job", "key", "next", "token"}

// members lists the members of a key that the recipe asks for.
func (r *Recipe) members() []string {
	texts := append(r.texts(), "{"+r.Echo.Of+"}")
	if r.Pages != nil {
		texts = append(texts, r.Pages.URL)
	}
	if r.Poll != nil {
		texts = append(texts, r.Poll.texts()...)
	}
	all := slices.DeleteFunc(names(texts...), func(name string) bool {
		return slices.Contains(reserved, name) || strings.HasPrefix(name, "secret:")
	})
	slices.Sort(all)
	return slices.Compact(all)
}

// complete is a recipe of its own with its defaults. It errs on one that cannot work.
func (r Recipe) complete(secrets Secrets) (Recipe, error) {
	if r.NotFound == nil {
		r.NotFound = []int{http.StatusNotFound}
	}
	c := checker{secrets: secrets, login: r.Login != nil}
	c.request("fetch", &r.RecipeCall, "key", "id", "token")
	if r.Login != nil {
		login := *r.Login
		r.Login = &login
		c.demand("fetch.login.value", login.Value, "where the answer holds the token")
		c.request("fetch.login", &login.RecipeCall)
	}
	if r.Pages != nil {
		pages := *r.Pages
		r.Pages = &pages
		c.demand("fetch.pages.next", pages.Next, "where the answer names the page after it")
		if pages.URL != "" {
			c.address("fetch.pages.url", pages.URL, "key", "id", "next")
			if err := literalQuery(pages.URL); err != nil {
				c.fail("fetch.pages.url: %w", err)
			}
			c.sameHost("fetch.pages.url", pages.URL, r.URL)
		}
	}
	if r.Poll != nil {
		poll := *r.Poll
		r.Poll = &poll
		c.demand("fetch.poll.job", poll.Job, "where the answer names the job")
		c.request("fetch.poll", &poll.RecipeCall, "key", "id", "token", "job")
		if r.Pages != nil {
			c.fail("fetch.pages does not go with fetch.poll: the result of a job has one page")
		}
	}
	if !slices.Contains(names(r.texts()...), "key") && len(r.members()) == 0 {
		c.fail("fetch holds neither {key} nor a member of a key: it would ask for the same whatever the key")
	}
	return r, c.err
}

// checker finds out what is wrong with a recipe; err is the first of it.
type checker struct {
	secrets Secrets
	login   bool
	err     error
}

func (c *checker) fail(format string, values ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, values...)
	}
}

func (c *checker) demand(at, text, what string) {
	if text == "" {
		c.fail("%s is not given: %s", at, what)
	}
}

// request of a recipe, whose method it completes. may lists the names that its
// templates may have, beside secrets and, where there is a key, its members.
func (c *checker) request(at string, call *RecipeCall, may ...string) {
	if call.Method = strings.ToUpper(call.Method); call.Method == "" {
		call.Method = http.MethodGet
		if call.Body != "" {
			call.Method = http.MethodPost
		}
	}
	if !slices.Contains([]string{"GET", "POST", "PUT"}, call.Method) {
		c.fail("%s.method is %s; there are GET, POST and PUT", at, shorten(call.Method, 20))
	}
	c.address(at+".url", call.URL, may...)
	if err := call.literal(); err != nil {
		c.fail("%s: %w", at, err)
	}
	for _, name := range names(call.texts()...) {
		c.name(at, name, may)
	}
}

// address is a URL whose host nothing but the recipe decides.
func (c *checker) address(at, text string, may ...string) {
	if _, err := safeURL(placeholder.ReplaceAllString(text, "0")); err != nil {
		c.fail("%s: %w", at, err)
	}
	if host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(text, "https://"), "http://"), "/"); placeholder.MatchString(host) {
		c.fail("%s: the host is not fixed", at)
	}
	for _, name := range names(text) {
		if name == "token" || strings.HasPrefix(name, "secret:") {
			c.fail("%s holds {%s}; URLs are written to logs on their way, so secrets go into headers or the body", at, name)
		}
		c.name(at, name, may)
	}
}

// sameHost of two addresses.
func (c *checker) sameHost(at, text, other string) {
	one, err := url.Parse(placeholder.ReplaceAllString(text, "0"))
	two, failed := url.Parse(placeholder.ReplaceAllString(other, "0"))
	if err != nil || failed != nil || !onHostOf(two, one) {
		c.fail("%s is not on the host of fetch.url", at)
	}
}

// name that a template has.
func (c *checker) name(at, name string, may []string) {
	secret, is := strings.CutPrefix(name, "secret:")
	switch {
	case is && c.secrets.Get(secret).IsZero():
		c.fail("%s: the secret %s is not given", at, secret)
	case is:
	case name == "token" && !c.login:
		c.fail("%s holds {token}, and there is no fetch.login that gets one", at)
	case len(may) == 0:
		c.fail("%s holds {%s}; a login has no key, only secrets", at, name)
	case slices.Contains(reserved, name) && !slices.Contains(may, name):
		c.fail("%s holds {%s}, which has no meaning there", at, name)
	}
}

// onHostOf tells whether an address is on the host of another, and names no user.
func onHostOf(of, at *url.URL) bool {
	return at.Scheme == of.Scheme && at.Host == of.Host && at.User == nil
}
