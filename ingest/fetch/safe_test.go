package fetch_test

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

func TestASecretIsNeverPrinted(t *testing.T) {
	const text = "very-secret-text"
	s := fetch.NewSecret(text)
	all := fetch.NewSecrets(map[string]string{"password": text})
	call := fetch.Call{Method: "GET", URL: "https://x.example/"}
	call.Secretly("Authorization", "Bearer ", s)
	call.WithSecrets([]byte("***"), []byte(text), s)
	p, err := fetch.NewFinnotech(fetch.Finnotech{ClientID: "me", NID: "0499370899", Secrets: fetch.NewSecrets(map[string]string{"client_secret": text})})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&b, nil))
	plain := slog.New(slog.NewTextHandler(&b, nil))
	for _, value := range []any{
		s, &s, all, &all, p, *p,
		fetch.Token{Value: s},
		[]fetch.Secret{s},
		map[string]fetch.Secret{"a": s},
		struct{ hidden fetch.Secret }{s},
		struct{ Hidden *fetch.Secrets }{&all},
		struct {
			inner struct{ hidden fetch.Secrets }
		}{struct{ hidden fetch.Secrets }{all}},
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&b, verb+"\n", value)
		}
		log.Info("x", "value", value)
		plain.Info("x", "value", value)
		if text, err := json.Marshal(value); err == nil {
			b.Write(text)
		}
		if text, err := yaml.Marshal(value); err == nil {
			b.Write(text)
		}
	}
	for _, verb := range []string{"%+v", "%#v", "%s"} {
		fmt.Fprintf(&b, verb, call.Header)
	}
	if _, err := call.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{text, fmt.Sprintf("%x", text)} {
		if strings.Contains(b.String(), form) {
			t.Errorf("a secret shows:\n%s", b.String())
		}
	}
	if s.Reveal() != text {
		t.Error("and it cannot be used")
	}
}

func TestAFileOfSecretsIsReadByItsOwnerAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secrets")
	write := func(text string, mode os.FileMode) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
	}
	write("# mine\n\nclient_secret = a=b \npassword=p\n", 0o600)
	s, err := fetch.ReadSecrets(file)
	if err != nil || s.Get("client_secret").Reveal() != "a=b" || s.Get("password").Reveal() != "p" || !s.Get("other").IsZero() {
		t.Error(err)
	}
	for _, test := range []struct {
		text string
		mode os.FileMode
		says string
	}{
		{"password=hush", 0o644, "others may read it (its mode is 0644); make it 0600"},
		{"password=hush", 0o640, "others may read it"},
		{"password=p\nhush-hush", 0o600, "secrets:2: the line is not name=secret"},
		{"export password=hush-hush", 0o600, "secrets:1: the line is not name=secret, without export and without quotes"},
		{`password="hush-hush"`, 0o600, "without quotes"},
		{strings.Repeat("a=b\n", 1<<15), 0o600, "it is larger than 65536 bytes"},
	} {
		write(test.text, test.mode)
		if _, err := fetch.ReadSecrets(file); err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%v", err)
		}
	}
}

func TestOnlyTLSIsSpokenWithOtherMachines(t *testing.T) {
	for address, says := range map[string]string{
		"http://api.example":            "http://api.example is refused: only https is spoken, and http with this machine alone",
		"http://127.0.0.1.example":      "http://127.0.0.1.example is refused",
		"ftp://127.0.0.1":               "ftp://127.0.0.1 is refused",
		"https://me:password@x.example": "the address holds a user or password; secrets are given apart",
		"api.example":                   "the address is not a URL",
		"https://api.example":           "",
		"http://127.0.0.1:8080":         "",
		"http://[::1]:8080":             "",
		"http://localhost:1":            "",
	} {
		_, err := fetch.NewVakifBank(fetch.VakifBank{Address: address, ClientID: "me", Secrets: secrets})
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestTheHostMustProveWhoItIs(t *testing.T) {
	m, err := mock.New("vakifbank", mock.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(m)
	server.Config.ErrorLog = quiet
	server.StartTLS()
	defer server.Close()
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for _, test := range []struct {
		name, address string
		authorities   []byte
		says          string
	}{
		{"an unknown authority", server.URL, nil, "the host's certificate is signed by an authority that is not known"},
		{"a known one", server.URL, authority, ""},
		{"a certificate of another name", strings.Replace(server.URL, "127.0.0.1", "localhost", 1), authority, "the host's certificate is for another name"},
	} {
		transport, err := fetch.NewTransport(test.authorities, nil)
		if err != nil {
			t.Fatal(err)
		}
		p, err := fetch.NewVakifBank(fetch.VakifBank{Address: test.address, ClientID: "me", Secrets: secrets})
		if err != nil {
			t.Fatal(err)
		}
		sum := fetch.Run(t.Context(), fetch.Options{Now: time.Now, Random: rand.NewPCG(1, 1), Transport: transport}, p,
			keysOf("vakifbank", 2), &journal{}, nil)
		if got := fmt.Sprint(sum.Stopped); test.says != "" && got != test.says || test.says == "" && sum.Answered != 2 {
			t.Errorf("%s: %s %+v", test.name, got, sum)
		}
		m, _ = mock.New("vakifbank", mock.Options{Now: time.Now})
		server.Config.Handler = m
	}
	if _, err := fetch.NewTransport([]byte("no certificate"), nil); err == nil {
		t.Error("a file without a certificate is accepted")
	}
}

func TestAnAnswerThatRepeatsASecretIsNotKept(t *testing.T) {
	s := newSetting(t, "arifmetika", mock.Options{})
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Mq-Jrb-Id", "1")
		fmt.Fprintf(w, `{"Details":[],"you_sent":%q}`, r.Header)
	}))
	defer echo.Close()
	var err error
	if s.protocol, err = protocolOf("arifmetika", echo.URL); err != nil {
		t.Fatal(err)
	}
	sum := s.run(t.Context(), keysOf("arifmetika", 1))
	if sum.Failed[fetch.Leaking] != 1 {
		t.Errorf("%+v", sum)
	}
	noSecrets(t, "the journal or the events", s.journal.text(t)+s.log.String())
}

func TestADryRunSendsNothingAndShowsNoSecret(t *testing.T) {
	for _, name := range protocols {
		s := newSetting(t, name, mock.Options{})
		var b strings.Builder
		if err := fetch.DryRun(&b, s.protocol, keysOf(name, 2), nil); err != nil {
			t.Fatal(err)
		}
		if s.mock.Counts().Requests != 0 || !strings.Contains(b.String(), "***") {
			t.Errorf("%s:\n%s", name, b.String())
		}
		noSecrets(t, "the dry run", b.String())
	}
	s := newSetting(t, "finnotech", mock.Options{})
	var b strings.Builder
	var bad []string
	watch := func(e fetch.Event) { bad = append(bad, e.String()) }
	keys := []fetch.Key{{Text: "1000000001"}, {Text: "x"}, {Text: "1000000001\n"}}
	if err := fetch.DryRun(&b, s.protocol, slices.Values(keys), watch); err != nil {
		t.Fatal(err)
	}
	if want := []string{
		"end key=* number=2 outcome=failed reason=a key is a national code of 10 digits or a legal id of 11",
		"end key=********01� number=3 outcome=failed reason=the key has a control character",
	}; !slices.Equal(bad, want) {
		t.Errorf("%q", bad)
	}
	want := `POST HOST/dev/v2/oauth2/token
Authorization: Basic ***
Content-Type: application/json; charset=utf-8

{"grant_type":"client_credentials","nid":"********99","scopes":"credit:facility-inquiry:get"}

GET HOST/credit/v2/clients/me/users/********01/facilityInquiry?trackId={id}
Authorization: Bearer ***

`
	if got := strings.ReplaceAll(b.String(), mustURL(s), "HOST"); got != want {
		t.Errorf("%s", got)
	}
}
