package fetch

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Repeat says when a request may be sent once more.
type Repeat uint8

const (
	// Always is for a request that only asks, or does the same however often it comes.
	Always Repeat = iota
	// Unsent means only while the upstream cannot have seen it, or has said that it did
	// nothing with it.
	Unsent
)

// Call is a request of a protocol. Its fields may be shown; what must not be shown is
// added by Secretly and WithSecrets.
type Call struct {
	Method, URL string
	Header      map[string]string
	Body        []byte
	// Asked is what is asked for, by the names of the request's parameters.
	Asked map[string]string
	// Private lists personal values, which captures and logs show masked.
	Private []string
	Repeat  Repeat

	job     string                // that a poll asks for
	secrets map[string]secretText // headers
	body    *[]byte               // instead of Body, when it holds a secret
	inBody  []Secret
}

// secretText is a secret with what stands before it.
type secretText struct {
	before string
	secret Secret
}

// Secretly adds a header that holds a secret after some text: "Bearer ".
func (c *Call) Secretly(name, before string, s Secret) {
	all := map[string]secretText{}
	maps.Copy(all, c.secrets)
	all[name] = secretText{before, s}
	c.secrets = all
}

// WithSecrets sets a body that holds secrets, and how it is shown.
func (c *Call) WithSecrets(shown, real []byte, in ...Secret) {
	c.Body, c.body, c.inBody = shown, &real, in
}

// real is the body as it is sent.
func (c *Call) real() []byte {
	if c.body != nil {
		return *c.body
	}
	return c.Body
}

// set adds a header that may be shown.
func (c *Call) set(name, value string) {
	if c.Header == nil {
		c.Header = map[string]string{}
	}
	c.Header[name] = value
}

// sendable errs on a request that cannot be sent: HTTP has no way to write a control
// character into a header, such as the line feed that some secrets are copied with.
// ours tells that the caller's secret has it, whatever the key.
func (c *Call) sendable() (ours bool, err error) {
	for _, name := range slices.Sorted(maps.Keys(c.secrets)) {
		if s := c.secrets[name]; strings.ContainsFunc(s.before+s.secret.Reveal(), unicode.IsControl) {
			return true, fmt.Errorf("the secret of the header %s has a control character", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Header)) {
		if strings.ContainsFunc(c.Header[name], unicode.IsControl) {
			return false, fmt.Errorf("the header %s would have a control character", name)
		}
	}
	return false, nil
}

// shortestVeiled is the shortest private value that is masked, in characters. A shorter
// one tells of nobody, and masking it would mangle what has nothing to do with it.
const shortestVeiled = 3

// veil masks the private values in a text, in every form that a request gives them.
func (c *Call) veil(text string) string {
	private := slices.Clone(c.Private)
	// A value that is part of another must not hide what the other is.
	slices.SortFunc(private, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	for _, value := range slices.Compact(private) {
		if utf8.RuneCountInString(value) < shortestVeiled {
			continue
		}
		for _, form := range []string{value, url.PathEscape(value), url.QueryEscape(value), inJSON(value)} {
			text = strings.ReplaceAll(text, form, mask(value))
		}
	}
	return text
}

// asJSON sets the body to a JSON object whose members stand in the order given.
func (c *Call) asJSON(members []member) {
	c.set("Content-Type", "application/json; charset=utf-8")
	c.fromMembers(members, func(w *bytes.Buffer, first bool, m member, text string) {
		if first {
			w.WriteByte('{')
		} else {
			w.WriteByte(',')
		}
		fmt.Fprintf(w, `"%s":`, inJSON(m.name))
		if m.number {
			w.WriteString(text)
			return
		}
		fmt.Fprintf(w, `"%s"`, inJSON(text))
	}, "}")
}

// inJSON escapes a text that stands between quotes in JSON.
func inJSON(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a text always can
	return string(b.Bytes()[1 : b.Len()-2])
}

// asForm sets the body to the fields of a form.
func (c *Call) asForm(members []member) {
	c.set("Content-Type", "application/x-www-form-urlencoded")
	c.fromMembers(members, func(w *bytes.Buffer, first bool, m member, text string) {
		if !first {
			w.WriteByte('&')
		}
		if text != masked {
			text = url.QueryEscape(text)
		}
		w.WriteString(url.QueryEscape(m.name) + "=" + text)
	}, "")
}

// member of a body; number is a number that stands without quotes.
type member struct {
	name, text string
	secret     Secret
	number     bool
}

// fromMembers writes a body twice when it holds secrets: to be sent, and to be shown.
func (c *Call) fromMembers(members []member, write func(*bytes.Buffer, bool, member, string), end string) {
	var shown, real bytes.Buffer
	var secrets []Secret
	for i, m := range members {
		if m.secret.IsZero() {
			write(&shown, i == 0, m, m.text)
			write(&real, i == 0, m, m.text)
			continue
		}
		secrets = append(secrets, m.secret)
		write(&shown, i == 0, m, masked)
		write(&real, i == 0, m, m.secret.Reveal())
	}
	shown.WriteString(end)
	real.WriteString(end)
	if c.Body = shown.Bytes(); secrets != nil {
		c.WithSecrets(shown.Bytes(), real.Bytes(), secrets...)
	}
}

// WriteTo writes the request as it would be sent, its secrets and private values masked.
func (c *Call) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\n", c.Method, c.shownURL())
	lines := c.shownHeader()
	for name, s := range c.secrets {
		lines[name] = shownBefore(s.before) + masked
	}
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		fmt.Fprintf(&b, "%s: %s\n", http.CanonicalHeaderKey(name), lines[name])
	}
	if len(c.Body) > 0 {
		fmt.Fprintf(&b, "\n%s\n", c.veil(string(c.Body)))
	}
	return b.WriteTo(w)
}

// Reply is an answer as it came.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}
