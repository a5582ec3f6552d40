package fetch

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/ingest/brainysoft"
)

// BrainySoft finds contracts by a field and its value: a key is the value, or
// "field=value", or an object with the members field and value.
//
// It logs in with the secrets customer_key and password.
type BrainySoft struct {
	Address, UserName string
	// Field that plain keys are values of (id).
	Field string
	// From and To bound the date of creation; zero for no bound.
	From, To date.Date
	Secrets  Secrets

	source *schema.Source
}

// fields by which contracts can be found.
var brainyFields = []string{"id", "name", "client.id", "client.lastName", "client.passport.no"}

// NewBrainySoft errs on what is missing.
func NewBrainySoft(b BrainySoft) (*BrainySoft, error) {
	b.Address = strings.TrimRight(b.Address, "/")
	b.Field = cmp.Or(b.Field, "id")
	if b.Address == "" {
		return nil, errors.New("brainysoft: the address of the installation is not given")
	}
	if _, err := safeURL(b.Address); err != nil {
		return nil, err
	}
	if b.UserName == "" {
		return nil, errors.New("brainysoft: the user name is not given")
	}
	if !slices.Contains(brainyFields, b.Field) {
		return nil, fmt.Errorf("brainysoft: contracts are not found by the field %s; there are %s", shorten(b.Field, 40), strings.Join(brainyFields, ", "))
	}
	b.source = brainysoft.Contract()
	return &b, b.Secrets.need("customer_key", "password")
}

// Source is brainysoft.contract.
func (b *BrainySoft) Source() string { return b.source.Name }

// Begin finds contracts.
func (b *BrainySoft) Begin(k Key, _ string) (Call, error) {
	field, text := b.Field, k.Text
	if k.Fields != nil {
		if err := k.only([]string{"field", "value"}); err != nil {
			return Call{}, err
		}
		field, text = cmp.Or(k.Fields["field"], b.Field), k.Fields["value"]
	} else if name, rest, is := strings.Cut(text, "="); is && slices.Contains(brainyFields, name) {
		field, text = name, rest
	}
	if !slices.Contains(brainyFields, field) {
		return Call{}, errors.New("the key's field is none of " + strings.Join(brainyFields, ", "))
	}
	if text == "" {
		return Call{}, errors.New("a key is a value to find, field=value, or an object with field and value")
	}
	if text == "." || text == ".." {
		return Call{}, errors.New("a key of dots alone is no value")
	}
	at := b.Address + "/bs-core/main/contracts/find/field/" + url.PathEscape(field) + "/value/" + url.PathEscape(text)
	bounds := url.Values{}
	if !b.From.IsZero() {
		bounds.Set("date-from", b.From.String())
	}
	if !b.To.IsZero() {
		bounds.Set("date-to", b.To.String())
	}
	if len(bounds) > 0 {
		at += "?" + bounds.Encode()
	}
	c := Call{Method: "GET", URL: at, Asked: map[string]string{field: text}}
	if strings.HasPrefix(field, "client.") {
		c.Private = []string{text}
	}
	return c, nil
}

// Sign adds the session's header.
func (b *BrainySoft) Sign(c *Call, t Token) {
	c.Secretly("bsauth", "", t.Value)
	c.Secretly("customer-key", "", b.Secrets.Get("customer_key"))
}

// Login asks for a session.
func (b *BrainySoft) Login(Token) (Call, error) {
	c := Call{Method: "POST", URL: b.Address + "/bs-core/main/login"}
	c.Secretly("customer-key", "", b.Secrets.Get("customer_key"))
	c.asJSON([]member{{name: "userName", text: b.UserName}, {name: "password", secret: b.Secrets.Get("password")}})
	return c, nil
}

// Token reads the header bsauth of a login's answer.
func (b *BrainySoft) Token(r Reply) (Token, error) {
	if text := r.Header.Get("bsauth"); text != "" && isSuccess(r.Status) {
		return Token{Value: NewSecret(text)}, nil
	}
	tree, v := document(r)
	if v.Outcome == 0 {
		v = meaning(b.source, tree, r)
	}
	if v.Outcome == Answered {
		return Token{}, errors.New("the answer has no header bsauth")
	}
	return Token{}, errors.New(v.Reason)
}

// names under which a contract repeats what was searched for. The page's own sample
// shows a client.id that is not the contract's clientId; that is for the rules to tell.
var brainyEcho = map[string]string{"id": "data.id", "name": "data.name"}

// Read tells an answer by its status and by the value it was found by.
func (b *BrainySoft) Read(c Call, r Reply) Verdict {
	tree, v := document(r)
	if v.Outcome != 0 {
		return v
	}
	if v = meaning(b.source, tree, r); v.Outcome != Answered || tree == nil {
		return v
	}
	if missing(tree, "data") {
		return Verdict{Outcome: Empty}
	}
	for field, asked := range c.Asked {
		if found, is := value(tree, brainyEcho[field]); is && brainyEcho[field] != "" && found != asked {
			return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer is about a contract of another " + field}
		}
	}
	return v
}
