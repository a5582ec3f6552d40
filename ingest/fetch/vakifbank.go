package fetch

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"tieout/calc/schema"
	"tieout/ingest/vakifbank"
)

// VakifBankProduction is the address of VakıfBank's API.
const VakifBankProduction = "https://apigw.vakifbank.com.tr:8443"

// VakifBank asks for the limits or the invoices of a dealer. A key is
// MainCompanyID/MainCompanyDealerCode, MainCompanyID alone, or an object with members
// of the request's body.
//
// Its login needs the user once, in a browser: AuthorizeURL is the page, and the
// address that the bank then sends the browser to holds a code. The secrets are
// refresh_token, or code and verifier; and client_secret, where the client has one.
type VakifBank struct {
	Address, ClientID, RedirectURI string
	// Retail is for the login of private customers instead of companies.
	Retail bool
	// Sandbox is for the bank's test environment.
	Sandbox bool
	// Invoices asks for a dealer's invoices instead of the limit.
	Invoices bool
	// Currency of keys that name none (TL).
	Currency string
	Secrets  Secrets
	// Keep is called with every new refresh token: the bank takes each only once.
	// Without it, the next run needs the user again.
	Keep func(refresh Secret) error

	source *schema.Source
	// redeemed tells that what the secrets hold has been used up.
	redeemed *atomic.Bool
}

// vakifbankBody lists the members of a request, in their order, and which are numbers.
var vakifbankBody = []struct {
	name   string
	number bool
}{{"MainCompanyID", true}, {"MainCompanyDealerCode", false}, {"CurrencyCode", false}, {"ParentCompanyID", true}}

// vakifbankCodes are the bank's message codes.
var vakifbankCodes = map[string]string{
	"ACBH000028": "the currency code is not valid",
	"ACBH000162": "the main company's id is not of the right form",
	"ACBH000163": "the dealer code is not of the right form",
	"ACBH000174": "not possible with the number of a private customer",
	"ACBH000250": "the currency must be TL",
}

var vakifbankCurrencies = map[string]string{"TL": "TL", "TRY": "TL", "USD": "USD", "EUR": "EUR", "JPY": "JPY", "GBP": "GBP"}

// NewVakifBank errs on what is missing.
func NewVakifBank(b VakifBank) (*VakifBank, error) {
	b.Address = strings.TrimRight(cmp.Or(b.Address, VakifBankProduction), "/")
	b.Currency = cmp.Or(b.Currency, "TL")
	b.redeemed = &atomic.Bool{}
	b.source = vakifbank.Limit()
	if b.Invoices {
		b.source = vakifbank.Invoices()
	}
	if _, err := safeURL(b.Address); err != nil {
		return nil, err
	}
	if b.ClientID == "" {
		return nil, errors.New("vakifbank: the client id is not given")
	}
	if !b.Secrets.Get("refresh_token").IsZero() {
		return &b, nil
	}
	if b.Secrets.need("code", "verifier") != nil {
		return &b, errors.New("vakifbank: there is neither the secret refresh_token nor code and verifier; log in with a browser first")
	}
	return &b, nil
}

// AuthorizeURL is the page on which the user lets the application in. verifier is a
// fresh secret of 43 to 128 letters and digits, to be given as the secret verifier
// with the code; state is a fresh text that the bank must repeat.
func (b VakifBank) AuthorizeURL(state string, verifier Secret) string {
	address := strings.TrimRight(cmp.Or(b.Address, VakifBankProduction), "/")
	path, plan := "/auth/oauth/v2/commercial/authorize", "production"
	if b.Retail {
		path = "/auth/oauth/v2/authorize"
	}
	if b.Sandbox {
		plan = "sandbox"
	}
	sum := sha256.Sum256([]byte(verifier.Reveal()))
	return address + path + "?" + url.Values{
		"client_id": {b.ClientID}, "response_type": {"code"}, "scope": {"payment"}, "state": {state},
		"redirect_uri": {b.RedirectURI}, "resource": {plan},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}.Encode()
}

// Source is vakifbank.limit or vakifbank.invoices.
func (b *VakifBank) Source() string { return b.source.Name }

// Begin asks for a dealer. The request is a POST that only asks.
func (b *VakifBank) Begin(k Key, _ string) (Call, error) {
	body := map[string]string{"CurrencyCode": b.Currency}
	var names []string
	for _, m := range vakifbankBody {
		names = append(names, m.name)
	}
	key, err := k.values(names, "MainCompanyID", "MainCompanyDealerCode")
	if err != nil {
		return Call{}, err
	}
	maps.Copy(body, key)
	body["CurrencyCode"] = vakifbankCurrencies[strings.ToUpper(body["CurrencyCode"])]
	for _, name := range []string{"MainCompanyID", "ParentCompanyID"} {
		if text := body[name]; len(text) > 19 || text != "" && !digits(text, len(text)) || len(text) > 1 && text[0] == '0' {
			return Call{}, errors.New("the key's " + name + " is not a whole number of up to 19 digits")
		}
	}
	switch {
	case body["MainCompanyID"] == "":
		return Call{}, errors.New("a key is MainCompanyID/MainCompanyDealerCode, or an object with them")
	case len([]rune(body["MainCompanyDealerCode"])) > 30:
		return Call{}, errors.New("the key's MainCompanyDealerCode is longer than 30 characters")
	case body["CurrencyCode"] == "":
		return Call{}, errors.New("the key's CurrencyCode is none of TL (TRY), USD, EUR, JPY and GBP")
	}
	path := "/inquireDDSLimitRisk"
	if b.Invoices {
		path = "/inquireDDSInvoice"
	}
	c := Call{Method: "POST", URL: b.Address + path, Asked: map[string]string{}}
	var members []member
	for _, m := range vakifbankBody {
		if text := body[m.name]; text != "" {
			members = append(members, member{name: m.name, text: text, number: m.number})
			c.Asked[m.name] = text
		}
	}
	c.asJSON(members)
	return c, nil
}

// Sign adds the token.
func (b *VakifBank) Sign(c *Call, t Token) { c.Secretly("Authorization", "Bearer ", t.Value) }

// Login redeems a refresh token or the code of the browser. Neither can be used twice,
// so the request is not sent again when the bank may have seen it, and from the start
// only as long as what the secrets hold has not been redeemed.
func (b *VakifBank) Login(before Token) (Call, error) {
	c := Call{Method: "POST", URL: b.Address + "/auth/oauth/v2/token", Repeat: Unsent}
	refresh := before.Refresh
	if refresh.IsZero() {
		refresh = b.Secrets.Get("refresh_token")
	}
	members := []member{{name: "client_id", text: b.ClientID}}
	if s := b.Secrets.Get("client_secret"); !s.IsZero() {
		members = append(members, member{name: "client_secret", secret: s})
	}
	switch {
	case before.Refresh.IsZero() && b.redeemed.Load():
		return c, errors.New("what the bank was given is used up; log in with a browser again")
	case !refresh.IsZero():
		members = append(members, member{name: "grant_type", text: "refresh_token"}, member{name: "refresh_token", secret: refresh})
	case b.Secrets.need("code", "verifier") == nil:
		members = append(members, member{name: "grant_type", text: "authorization_code"},
			member{name: "code", secret: b.Secrets.Get("code")}, member{name: "code_verifier", secret: b.Secrets.Get("verifier")},
			member{name: "redirect_uri", text: b.RedirectURI})
	default:
		return c, errors.New("there is no refresh token; log in with a browser again")
	}
	c.asForm(members)
	return c, nil
}

// Token reads a login's answer.
func (b *VakifBank) Token(r Reply) (Token, error) {
	tree, v := document(r)
	if v.Outcome != 0 {
		return Token{}, errors.New(v.Reason)
	}
	text, _ := value(tree, "access_token")
	if text == "" || !isSuccess(r.Status) {
		if code, is := value(tree, "error"); is {
			return Token{}, errors.New(told(tree, code, []string{"error_description"}))
		}
		return Token{}, errors.New(statusLine(r.Status) + ", without an access_token")
	}
	refresh, _ := value(tree, "refresh_token")
	life, _ := value(tree, "expires_in")
	d, _ := time.ParseDuration(life + "s")
	t := Token{Value: NewSecret(text), Refresh: NewSecret(refresh), Life: d}
	b.redeemed.Store(true)
	if b.Keep != nil && !t.Refresh.IsZero() {
		if err := b.Keep(t.Refresh); err != nil {
			return t, &unkeptToken{fmt.Errorf("the new refresh token could not be kept, and the old one is used up: %w", err)}
		}
	}
	return t, nil
}

// Read tells an answer by its status code, whose meaning it adds, and by the company
// and dealer that it is about.
func (b *VakifBank) Read(c Call, r Reply) Verdict {
	tree, v := document(r)
	if v.Outcome != 0 {
		return v
	}
	if v = meaning(b.source, tree, r); v.Outcome == Refused {
		if code, _ := value(tree, "Header.StatusCode"); vakifbankCodes[code] != "" {
			v.Reason = "the API reports " + code + ": " + vakifbankCodes[code]
		}
		return v
	}
	at := "Data.LimitInfo"
	if b.Invoices {
		at = "Data.InvoiceInfo"
	}
	if tree != nil && missing(tree, at) {
		return Verdict{Outcome: Empty}
	}
	for _, name := range []string{"MainCompanyID", "MainCompanyDealerCode"} {
		if text, is := value(tree, at+"."+name); is && c.Asked[name] != "" && text != c.Asked[name] {
			return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer is about another " + name}
		}
	}
	return v
}
