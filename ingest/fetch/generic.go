package fetch

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"tieout/calc/schema"
)

// Generic asks the API of a described source.
type Generic struct {
	recipe  Recipe
	members []string // of keys
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
	r, err := r.complete(secrets)
	if err != nil {
		return nil, err
	}
	g := &Generic{recipe: r, members: r.members(), secrets: secrets, source: s}
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
		c.set(http.CanonicalHeaderKey(name), fill(text, asIs))
	}
	if r.Body != "" {
		if c.Header["Content-Type"] == "" {
			c.set("Content-Type", "application/json; charset=utf-8")
		}
		c.Body = []byte(fill(r.Body, escapeIn(&c)))
	}
	return c, err
}

func asIs(text string) string { return text }

// escapeIn is how a value stands in the body of a request.
func escapeIn(c *Call) func(string) string {
	if strings.Contains(c.Header["Content-Type"], "form") {
		return url.QueryEscape
	}
	return inJSON
}

// keyValues are what templates may name for a key.
func keyValues(k Key, more map[string]string) map[string]string {
	all := map[string]string{"key": k.Name()}
	maps.Copy(all, k.Fields)
	maps.Copy(all, more)
	return all
}

// ask is a request about a key, all of which may be personal.
func (g *Generic) ask(r RecipeCall, k Key, more map[string]string) (Call, error) {
	if err := k.only(g.members); err != nil {
		return Call{}, err
	}
	values := keyValues(k, more)
	for _, text := range values {
		// A key may come from an upstream, and must not name a secret.
		if strings.Contains(text, "{token}") || strings.Contains(text, "{secret:") {
			return Call{}, errors.New("the key is a template")
		}
	}
	c, err := g.filled(r, values)
	c.Private = slices.Sorted(maps.Values(keyValues(k, nil)))
	sent := names(r.texts()...)
	for name, text := range values {
		if name != "job" && name != "next" && (name != "id" || slices.Contains(sent, "id")) {
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
	c, err := g.Begin(k, id)
	if err != nil {
		return c, err
	}
	from, err := url.Parse(c.URL)
	if err != nil {
		return c, err
	}
	if p.URL != "" {
		r := g.recipe.RecipeCall
		r.URL = p.URL
		if c, err = g.ask(r, k, map[string]string{"id": id, "next": next}); err != nil {
			return c, err
		}
		next = c.URL
	}
	to, err := from.Parse(next)
	if err != nil || !onHostOf(from, to) {
		return c, errors.New("the answer names a next page that is not on its own host")
	}
	c.URL = to.String()
	return c, nil
}

// Sign fills in what is secret.
func (g *Generic) Sign(c *Call, t Token) {
	for name, text := range c.Header {
		if real, used := g.reveal(text, t, asIs); used != nil {
			delete(c.Header, name)
			before, _, _ := strings.Cut(text, "{")
			c.Secretly(name, before, NewSecret(strings.TrimPrefix(real, before)))
			c.inBody = append(c.inBody, used...)
		}
	}
	if real, used := g.reveal(string(c.Body), t, escapeIn(c)); used != nil {
		c.WithSecrets([]byte(placeholder.ReplaceAllString(string(c.Body), masked)), []byte(real), append(c.inBody, used...)...)
	}
}

// reveal fills in the secrets of a template.
func (g *Generic) reveal(text string, t Token, escape func(string) string) (real string, used []Secret) {
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
		return escape(s.Reveal())
	})
	return real, used
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
