package fetch

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// What is a credential by its name, and what only tells of one, as token_type does.
var (
	credentialName  = regexp.MustCompile(`(?i)auth($|[^o]|ori[sz])|cookie|(api|access|subscription)[-_. ]?key|token($|[^s])|secret|passw|credential`)
	aboutCredential = regexp.MustCompile(`(?i)(type|hint|method|mode|scheme|expires([-_]?in)?)$`)
)

// isCredential tells whether a header or parameter of that name lets a caller in, so
// that its value is shown nowhere.
func isCredential(name string) bool {
	return credentialName.MatchString(name) && !aboutCredential.MatchString(name)
}

// What stands before the secret of an Authorization, and tells nothing.
var authScheme = regexp.MustCompile(`^(?i)(basic|bearer|digest|token|apikey|key|oauth|negotiate) +`)

// shownBefore is what may be shown of the text before a secret.
func shownBefore(text string) string {
	if scheme := authScheme.FindString(text); scheme == text {
		return scheme
	}
	return ""
}

// isLiteral tells whether a template that should hold a secret spells one out instead.
func isLiteral(template string) bool {
	if slices.ContainsFunc(names(template), func(name string) bool { return name == "token" || strings.HasPrefix(name, "secret:") }) {
		return false
	}
	rest := placeholder.ReplaceAllString(template, "")
	return strings.TrimSpace(strings.TrimPrefix(rest, authScheme.FindString(rest))) != ""
}

var notInName = regexp.MustCompile(`[^a-z0-9]+`)

// instead is the placeholder to be written for the value of a header or parameter, and
// the variable that holds it.
func instead(name string) (placeholder, variable string) {
	plain := strings.Trim(notInName.ReplaceAllString(strings.TrimPrefix(strings.ToLower(name), "x-"), "_"), "_")
	return "{secret:" + plain + "}", "TIEOUT_OWN_" + strings.ToUpper(plain)
}

// literalHeader says what is wrong with the template of a header; it does not repeat it.
func literalHeader(name, template string) error {
	if !isCredential(name) || !isLiteral(template) {
		return nil
	}
	secret, variable := instead(name)
	return fmt.Errorf("the header %s has a credential spelt out; write %q and set %s", name, authScheme.FindString(template)+secret, variable)
}

// literalQuery says the same of an address.
func literalQuery(address string) error {
	for name, value := range parameters(queryOf(address)) {
		if secret, variable := instead(name); isCredential(name) && isLiteral(value) {
			return fmt.Errorf("the address has a credential spelt out, %s; addresses are written to logs on their way, so send it in a header, as %q, and set %s",
				name, secret, variable)
		}
	}
	return nil
}

// A member of a JSON text and its value, whether the text is JSON or only nearly so.
var jsonMember = regexp.MustCompile(`"([^"\\]+)"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([-+.0-9A-Za-z]+))`)

// literalBody says the same of a body, be it JSON or a form.
func literalBody(body string) error {
	all := map[string]string{}
	if text := strings.TrimSpace(body); strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		for _, m := range jsonMember.FindAllStringSubmatch(text, -1) {
			if m[3] != "null" && m[3] != "true" && m[3] != "false" {
				all[m[1]] = m[2] + m[3]
			}
		}
	} else {
		all = parameters(text)
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if secret, variable := instead(name); isCredential(name) && isLiteral(all[name]) {
			return fmt.Errorf("the body has a credential spelt out, %s; write %q and set %s", name, secret, variable)
		}
	}
	return nil
}

// literal says what is wrong with a request that spells out a credential.
func (c *RecipeCall) literal() error {
	for _, name := range slices.Sorted(maps.Keys(c.Header)) {
		if err := literalHeader(name, c.Header[name]); err != nil {
			return err
		}
	}
	if err := literalQuery(c.URL); err != nil {
		return err
	}
	return literalBody(c.Body)
}

func queryOf(address string) string {
	_, query, _ := strings.Cut(address, "?")
	query, _, _ = strings.Cut(query, "#")
	return query
}

// parameters of a query or form by their names, the values as they stand there.
func parameters(text string) map[string]string {
	all := map[string]string{}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '&' || r == ';' }) {
		name, value, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		all[strings.TrimSpace(name)] = value
	}
	return all
}

// shownURL is the address as captures, dry runs and logs have it. Further pages have
// addresses that the upstream gives, and some of them hold a token.
func (c *Call) shownURL() string {
	address := c.veil(c.URL)
	query := queryOf(address)
	parts := strings.Split(query, "&")
	for i, part := range parts {
		for name, value := range parameters(part) {
			if isCredential(name) && value != "" {
				parts[i] = part[:strings.IndexByte(part, '=')+1] + masked
			}
		}
	}
	if query == "" {
		return address
	}
	return strings.Replace(address, "?"+query, "?"+strings.Join(parts, "&"), 1)
}

// shownHeader is the request's header as captures and dry runs have it, but for what is
// secret.
func (c *Call) shownHeader() map[string]string {
	all := map[string]string{}
	for name, value := range c.Header {
		if isCredential(name) {
			all[name] = authScheme.FindString(value) + masked
			continue
		}
		all[name] = c.veil(value)
	}
	return all
}
