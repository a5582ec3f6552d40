package fetch

import (
	"cmp"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
	"time"

	"tieout/calc/schema"
	"tieout/ingest/finnotech"
)

// The addresses of Finnotech.
const (
	FinnotechProduction = "https://api.finnotech.ir"
	FinnotechSandbox    = "https://sandboxapi.finnotech.ir"
)

// Finnotech asks for the facilities of a person or company: a key is a national code of
// 10 digits or a legal id of 11.
//
// It logs in with client credentials. The secret is client_secret.
type Finnotech struct {
	Address, ClientID string
	// NID is the national code of the client's owner, which the login demands.
	NID     string
	Secrets Secrets

	path   string
	source *schema.Source
}

// FinnotechSMS asks for the same on the later path, users/{user}/sms/facilityInquiry,
// whose token a person has granted by a text message: the secret token. Nothing renews
// it, so that it has no Login.
type FinnotechSMS struct {
	Address, ClientID string
	Secrets           Secrets

	asks *Finnotech
}

// NewFinnotech errs on what is missing.
func NewFinnotech(f Finnotech) (*Finnotech, error) {
	f.path = "/facilityInquiry"
	if err := f.complete(); err != nil {
		return nil, err
	}
	if !digits(f.NID, 10) {
		return nil, errors.New("finnotech: the nid of the login is a national code of 10 digits")
	}
	return &f, f.Secrets.need("client_secret")
}

// NewFinnotechSMS errs on what is missing.
func NewFinnotechSMS(f FinnotechSMS) (*FinnotechSMS, error) {
	f.asks = &Finnotech{Address: f.Address, ClientID: f.ClientID, path: "/sms/facilityInquiry"}
	if err := f.asks.complete(); err != nil {
		return nil, err
	}
	return &f, f.Secrets.need("token")
}

// complete fills in what both ways have in common.
func (f *Finnotech) complete() error {
	f.source = finnotech.Facility()
	f.Address = strings.TrimRight(cmp.Or(f.Address, FinnotechProduction), "/")
	if f.ClientID == "" {
		return errors.New("finnotech: the client id is not given")
	}
	_, err := safeURL(f.Address)
	return err
}

func digits(text string, n int) bool {
	return len(text) == n && strings.Trim(text, "0123456789") == ""
}

// Source is finnotech.facility.
func (f *Finnotech) Source() string { return f.source.Name }

// Begin asks for a person or company.
func (f *Finnotech) Begin(k Key, id string) (Call, error) {
	key, err := k.values([]string{"user"}, "user")
	if err != nil {
		return Call{}, err
	}
	user := key["user"]
	if !digits(user, 10) && !digits(user, 11) {
		return Call{}, errors.New("a key is a national code of 10 digits or a legal id of 11")
	}
	return Call{
		Method:  "GET",
		URL:     f.Address + "/credit/v2/clients/" + url.PathEscape(f.ClientID) + "/users/" + user + f.path + "?trackId=" + id,
		Asked:   map[string]string{"user": user, "trackId": id},
		Private: []string{user},
	}, nil
}

// Sign adds the token.
func (f *Finnotech) Sign(c *Call, t Token) { c.Secretly("Authorization", "Bearer ", t.Value) }

// Login asks for a token with the client's credentials, or with the refresh token of
// the token before.
func (f *Finnotech) Login(before Token) (Call, error) {
	c := Call{Method: "POST", URL: f.Address + "/dev/v2/oauth2/token"}
	secret := f.Secrets.Get("client_secret")
	c.Secretly("Authorization", "Basic ", NewSecret(base64.StdEncoding.EncodeToString([]byte(f.ClientID+":"+secret.Reveal()))))
	c.inBody = append(c.inBody, secret)
	if !before.Refresh.IsZero() {
		c.asJSON([]member{
			{name: "grant_type", text: "refresh_token"},
			{name: "token_type", text: "CLIENT-CREDENTIAL"},
			{name: "refresh_token", secret: before.Refresh},
		})
		return c, nil
	}
	c.Private = []string{f.NID}
	c.asJSON([]member{{name: "grant_type", text: "client_credentials"}, {name: "nid", text: f.NID}, {name: "scopes", text: "credit:facility-inquiry:get"}})
	return c, nil
}

// Token reads a login's answer; lifeTime is in milliseconds.
func (f *Finnotech) Token(r Reply) (Token, error) {
	tree, v := document(r)
	if v.Outcome != 0 {
		return Token{}, errors.New(v.Reason)
	}
	if v := meaning(f.source, tree, r); v.Outcome != Answered {
		return Token{}, errors.New(v.Reason)
	}
	text, _ := value(tree, "result.value")
	if text == "" {
		return Token{}, errors.New("the answer holds no token (result.value)")
	}
	refresh, _ := value(tree, "result.refreshToken")
	life, _ := value(tree, "result.lifeTime")
	d, _ := time.ParseDuration(life + "ms")
	return Token{Value: NewSecret(text), Refresh: NewSecret(refresh), Life: d}, nil
}

// Read tells an answer by its status, at either level, and by the trackId that it
// repeats.
func (f *Finnotech) Read(c Call, r Reply) Verdict {
	tree, v := document(r)
	if v.Outcome != 0 {
		return v
	}
	if track, is := value(tree, "trackId"); is && track != c.Asked["trackId"] {
		return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer has another request's trackId"}
	}
	return meaning(f.source, tree, r)
}

// Source is finnotech.facility.
func (f *FinnotechSMS) Source() string { return f.asks.Source() }

// Begin asks for a person or company.
func (f *FinnotechSMS) Begin(k Key, id string) (Call, error) { return f.asks.Begin(k, id) }

// Sign adds the token that the person has granted.
func (f *FinnotechSMS) Sign(c *Call, _ Token) {
	c.Secretly("Authorization", "Bearer ", f.Secrets.Get("token"))
}

// Read tells an answer as that of the other way.
func (f *FinnotechSMS) Read(c Call, r Reply) Verdict { return f.asks.Read(c, r) }
