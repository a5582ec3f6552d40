package fetch

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"tieout/calc/schema"
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
// must be on the same host, or of what {next} stands for in URL.
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

// Generic asks the API of a described source.
type Generic struct {
	recipe  Recipe
	secrets Secrets
	source  *schema.Source
}

// genericPoller, genericSession and genericBoth are Generics that poll, log in, or do
// both: what a protocol can do shows in its type.
type (
	genericPoller  struct{ *Generic }
	genericSession struct{ *Generic }
	genericBoth    struct {
		*Generic
		genericPoller
		genericSession
	}
)

// NewGeneric errs on a recipe that cannot work: a URL that is not safe, a template
// that names what there is not, a secret in a URL.
func NewGeneric(s *schema.Source, r Recipe, secrets Secrets) (Protocol, error) {
	g := &Generic{recipe: r, secrets: secrets, source: s}
	if r.NotFound == nil {
		g.recipe.NotFound = []int{http.StatusNotFound}
	}
	calls := map[string]*RecipeCall{"fetch": &g.recipe.RecipeCall}
	if r.Login != nil {
		calls["fetch.login"] = &g.recipe.Login.RecipeCall
		if r.Login.Value == "" {
			return nil, errors.New("fetch.login.value is not given: where the answer holds the token")
		}
	}
	if r.Poll != nil {
		calls["fetch.poll"] = &g.recipe.Poll.RecipeCall
		if r.Poll.Job == "" {
			return nil, errors.New("fetch.poll.job is not given: where the answer names the job")
		}
	}
	for _, at := range slices.Sorted(maps.Keys(calls)) {
		if err := g.check(at, calls[at]); err != nil {
			return nil, err
		}
	}
	switch {
	case r.Poll != nil && r.Login != nil:
		return &genericBoth{g, genericPoller{g}, genericSession{g}}, nil
	case r.Poll != nil:
		return &genericPoller{g}, nil
	case r.Login != nil:
		return &genericSession{g}, nil
	}
	return g, nil
}

var placeholder = regexp.MustCompile(`\{([A-Za-z0-9_.:-]+)\}`)

// check a request of the recipe.
func (g *Generic) check(at string, c *RecipeCall) error {
	if c.Method = strings.ToUpper(c.Method); c.Method == "" {
		c.Method = http.MethodGet
		if c.Body != "" {
			c.Method = http.MethodPost
		}
	}
	if !slices.Contains([]string{"GET", "POST", "PUT"}, c.Method) {
		return fmt.Errorf("%s.method is %s; there are GET, POST and PUT", at, shorten(c.Method, 20))
	}
	if _, err := safeURL(placeholder.ReplaceAllString(c.URL, "0")); err != nil {
		return fmt.Errorf("%s.url: %w", at, err)
	}
	if host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(c.URL, "https://"), "http://"), "/"); placeholder.MatchString(host) {
		return fmt.Errorf("%s.url: the host is not fixed", at)
	}
	for _, m := range placeholder.FindAllStringSubmatch(c.URL, -1) {
		if m[1] == "token" || strings.HasPrefix(m[1], "secret:") {
			return fmt.Errorf("%s.url holds {%s}; URLs are written to logs on their way, so secrets go into headers or the body", at, m[1])
		}
	}
	texts := []string{c.Body}
	for _, text := range c.Header {
		texts = append(texts, text)
	}
	for _, text := range texts {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if name, is := strings.CutPrefix(m[1], "secret:"); is && g.secrets.Get(name).IsZero() {
				return fmt.Errorf("%s: the secret %s is not given", at, name)
			}
		}
	}
	return nil
}

// Source is the described source.
func (g *Generic) Source() string { return g.source.Name }

// filled is a request of the recipe with its templates filled in. What is secret is
// added by Sign, which knows the token; templates of it are in the call until then.
func (g *Generic) filled(r RecipeCall, values map[string]string) (Call, error) {
	c := Call{Method: r.Method, Asked: map[string]string{}}
	if r.Method == http.MethodPost && !r.Repeat {
		c.Repeat = Unsent
	}
	var err error
	fill := func(text string, escape func(string) string) string {
		return placeholder.ReplaceAllStringFunc(text, func(found string) string {
			name := found[1 : len(found)-1]
			value, is := values[name]
			switch {
			case name == "token" || strings.HasPrefix(name, "secret:"):
				return found
			case !is && err == nil:
				err = fmt.Errorf("the key has no %s, which the request needs", name)
			}
			return escape(value)
		})
	}
	path, query, has := strings.Cut(r.URL, "?")
	c.URL = fill(path, url.PathEscape)
	if has {
		c.URL += "?" + fill(query, url.QueryEscape)
	}
	for name, text := range r.Header {
		c.set(name, fill(text, func(s string) string { return s }))
	}
	if r.Body != "" {
		escape := inJSON
		if strings.Contains(c.Header["Content-Type"], "form") {
			escape = url.QueryEscape
		} else if c.Header["Content-Type"] == "" {
			c.set("Content-Type", "application/json; charset=utf-8")
		}
		c.Body = []byte(fill(r.Body, escape))
	}
	return c, err
}

// inJSON escapes a text that stands between quotes of a JSON body.
func inJSON(text string) string {
	var c Call
	c.asJSON([]member{{name: "x", text: text}})
	return string(c.Body[len(`{"x":"`) : len(c.Body)-len(`"}`)])
}

// keyValues are what templates may name for a key.
func keyValues(k Key, more map[string]string) map[string]string {
	all := map[string]string{"key": k.Name()}
	maps.Copy(all, k.Fields)
	maps.Copy(all, more)
	return all
}

// ask is a request about a key.
func (g *Generic) ask(r RecipeCall, k Key, more map[string]string) (Call, error) {
	values := keyValues(k, more)
	for _, text := range values {
		// A key may come from an upstream, and must not name a secret.
		if strings.Contains(text, "{token}") || strings.Contains(text, "{secret:") {
			return Call{}, errors.New("the key is a template")
		}
	}
	c, err := g.filled(r, values)
	for name, text := range values {
		if name != "job" && name != "next" {
			c.Asked[name] = text
		}
	}
	return c, err
}

// Begin asks for a key.
func (g *Generic) Begin(k Key, id string) (Call, error) {
	return g.ask(g.recipe.RecipeCall, k, map[string]string{"id": id})
}

// Page asks for a further page.
func (g *Generic) Page(k Key, next, id string) (Call, error) {
	p := g.recipe.Pages
	if p == nil {
		return Call{}, errors.New("the capture tells a further page, and the description does not say how to ask for it")
	}
	r := g.recipe.RecipeCall
	if p.URL != "" {
		r.URL = p.URL
		return g.ask(r, k, map[string]string{"id": id, "next": next})
	}
	c, err := g.Begin(k, id)
	if err != nil {
		return c, err
	}
	from, err := url.Parse(c.URL)
	if err != nil {
		return c, err
	}
	to, err := from.Parse(next)
	if err != nil || to.Scheme != from.Scheme || to.Host != from.Host {
		return c, errors.New("the answer names a next page that is not on its own host")
	}
	c.URL = to.String()
	return c, nil
}

// Sign fills in what is secret.
func (g *Generic) Sign(c *Call, t Token) {
	for name, text := range c.Header {
		if real, used := g.reveal(text, t); used != nil {
			delete(c.Header, name)
			before, _, _ := strings.Cut(text, "{")
			c.Secretly(name, before, NewSecret(strings.TrimPrefix(real, before)))
			c.inBody = append(c.inBody, used...)
		}
	}
	if real, used := g.reveal(string(c.Body), t); used != nil {
		c.WithSecrets([]byte(placeholder.ReplaceAllString(string(c.Body), masked)), []byte(real), append(c.inBody, used...)...)
	}
}

// reveal fills in the secrets of a template.
func (g *Generic) reveal(text string, t Token) (real string, used []Secret) {
	real = placeholder.ReplaceAllStringFunc(text, func(found string) string {
		name := found[1 : len(found)-1]
		secret, is := strings.CutPrefix(name, "secret:")
		s := g.secrets.Get(secret)
		if name == "token" {
			s, is = t.Value, true
		}
		if !is {
			return found
		}
		used = append(used, s)
		return s.Reveal()
	})
	return real, used
}

// at is a value of an answer: at a dotted path, or in "header:name".
func (g *Generic) at(where string, tree any, r Reply) string {
	if name, is := strings.CutPrefix(where, "header:"); is {
		return r.Header.Get(name)
	}
	text, _ := value(tree, where)
	return text
}

// Read tells an answer by the source's description.
func (g *Generic) Read(c Call, r Reply) Verdict {
	if slices.Contains(g.recipe.NotFound, r.Status) {
		if c.job != "" {
			return Verdict{Outcome: Lost}
		}
		return Verdict{Outcome: Empty}
	}
	if g.recipe.Poll != nil && c.job == "" {
		return g.accepted(r)
	}
	if c.job != "" && (r.Status == http.StatusAccepted || r.Status == http.StatusNoContent) {
		return Verdict{Outcome: Waiting}
	}
	tree, v := document(r)
	if v.Outcome != 0 {
		return v
	}
	if p := g.recipe.Poll; p != nil && p.Done != "" && isSuccess(r.Status) {
		state := g.at(p.Done, tree, r)
		if slices.Contains(p.Failed, state) {
			return refused(Reported, "the API reports "+shorten(state, 40))
		}
		if !slices.Contains(p.Is, state) {
			return Verdict{Outcome: Waiting}
		}
	}
	if e := g.recipe.Echo; e.Path != "" {
		if text := g.at(e.Path, tree, r); text != "" && text != c.Asked[cmpOr(e.Of, "key")] {
			return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer has another " + e.Path}
		}
	}
	v = meaning(g.source, tree, r)
	if g.recipe.Pages != nil && v.Outcome == Answered {
		v.Next = g.at(g.recipe.Pages.Next, tree, r)
	}
	return v
}

func cmpOr(text, standard string) string {
	orElse(&text, standard)
	return text
}

// accepted reads the answer to the request that submits a job.
func (g *Generic) accepted(r Reply) Verdict {
	var tree any
	if !isSuccess(r.Status) {
		return refused(classOf(r.Status), statusLine(r.Status))
	}
	if !strings.HasPrefix(g.recipe.Poll.Job, "header:") {
		var v Verdict
		if tree, v = document(r); v.Outcome != 0 {
			return v
		}
	}
	if job := g.at(g.recipe.Poll.Job, tree, r); job != "" {
		return Verdict{Outcome: Accepted, Job: job}
	}
	return refused(Reported, "the answer to the submission names no job ("+g.recipe.Poll.Job+")")
}

// Poll asks for a job.
func (g *genericPoller) Poll(k Key, job, id string) (Call, error) {
	c, err := g.ask(g.recipe.Poll.RecipeCall, k, map[string]string{"id": id, "job": job})
	c.job = job
	return c, err
}

// Login asks for a token.
func (g *genericSession) Login(Token) (Call, error) {
	c, err := g.filled(g.recipe.Login.RecipeCall, map[string]string{})
	if err == nil {
		g.Sign(&c, Token{})
	}
	return c, err
}

// Token reads a login's answer.
func (g *genericSession) Token(r Reply) (Token, error) {
	login := g.recipe.Login
	var tree any
	if !strings.HasPrefix(login.Value, "header:") || !isSuccess(r.Status) {
		var v Verdict
		if tree, v = document(r); v.Outcome != 0 {
			return Token{}, errors.New(v.Reason)
		}
	}
	if !isSuccess(r.Status) {
		return Token{}, errors.New(statusLine(r.Status))
	}
	text := g.at(login.Value, tree, r)
	if text == "" {
		return Token{}, errors.New("the answer holds no token (" + login.Value + ")")
	}
	life, _ := value(tree, login.Seconds)
	d, _ := time.ParseDuration(life + "s")
	return Token{Value: NewSecret(text), Life: d}, nil
}
