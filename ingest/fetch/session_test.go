package fetch_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

func TestATokenThatIsRefusedThoughFreshEndsTheRun(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{Faults: mock.Faults{mock.ExpiredToken: 1000}})
	s.options.Concurrency = 1
	sum := s.run(t.Context(), keysOf("finnotech", 1000))
	if sum.Stopped == nil || sum.Stopped.Error() != "the login failed: HTTP 401 Unauthorized" || sum.Logins > 10 {
		t.Errorf("%v after %d logins", sum.Stopped, sum.Logins)
	}
}

func TestOneLoginServesAllAndAnExpiryInTheMiddleIsHealed(t *testing.T) {
	s := newSetting(t, "brainysoft", mock.Options{Seed: 5})
	if sum := s.run(t.Context(), keysOf("brainysoft", 200)); sum.Logins != 1 || s.mock.Counts().Logins != 1 {
		t.Errorf("%d logins", sum.Logins)
	}
	s = newSetting(t, "brainysoft", mock.Options{Seed: 5, Faults: mock.Faults{mock.ExpiredToken: 20}})
	s.options.Concurrency, s.options.InFlight = 8, 8
	sum := s.run(t.Context(), keysOf("brainysoft", 200))
	if expired := s.mock.Counts().Faults[mock.ExpiredToken]; sum.Answered != 200 || expired == 0 || sum.Logins > expired+1 {
		t.Errorf("%d expired, %d logins: %+v", expired, sum.Logins, sum)
	}
}

func TestAWrongSecretEndsTheRunAndTouchesNoKey(t *testing.T) {
	for _, name := range []string{"finnotech", "brainysoft", "vakifbank", "generic", "arifmetika"} {
		s := newSetting(t, name, mock.Options{})
		var err error
		right := secrets
		wrong := map[string]string{}
		for key := range secretTexts {
			wrong[key] = "wrong-secret-" + key
		}
		secrets = fetch.NewSecrets(wrong)
		s.protocol, err = protocolOf(name, strings.Split(mustURL(s), "|")[0])
		secrets = right
		if err != nil {
			t.Fatal(err)
		}
		sum := s.run(t.Context(), keysOf(name, 100))
		access := (*fetch.AccessError)(nil)
		if !errorsAs(sum.Stopped, &access) || strings.Contains(access.Reason, "wrong-secret") || len(s.journal.entries) > 2 {
			t.Errorf("%s: %v, %d entries", name, sum.Stopped, len(s.journal.entries))
		}
	}
}

func TestTheBrowserLoginUsesPKCE(t *testing.T) {
	s := newSetting(t, "vakifbank", mock.Options{})
	back := ""
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { back = r.URL.String() }))
	defer receiver.Close()
	verifier := fetch.NewSecret(strings.Repeat("v3rifier", 6))
	b := fetch.VakifBank{Address: mustURL(s), ClientID: "me", RedirectURI: receiver.URL + "/done"}
	at := b.AuthorizeURL("state-1", verifier)
	if strings.Contains(at, verifier.Reveal()) {
		t.Error("the verifier is in the address")
	}
	answer, err := s.options.Transport.RoundTrip(httptest.NewRequest("GET", at, nil))
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer, err = http.Get(answer.Header.Get("Location")); err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	sent, err := url.Parse(back)
	if err != nil || sent.Query().Get("state") != "state-1" {
		t.Fatal(back)
	}
	kept := ""
	b.Keep = func(refresh fetch.Secret) error { kept = refresh.Reveal(); return nil }
	b.Secrets = fetch.NewSecrets(map[string]string{
		"client_secret": secretTexts["client_secret"], "code": sent.Query().Get("code"), "verifier": verifier.Reveal(),
	})
	if s.protocol, err = fetch.NewVakifBank(b); err != nil {
		t.Fatal(err)
	}
	if sum := s.run(t.Context(), keysOf("vakifbank", 3)); sum.Answered != 3 || !strings.HasPrefix(kept, "refresh-") {
		t.Errorf("%+v", sum)
	}
}

func TestAnExpiredLoginIsRenewedWithTheRefreshToken(t *testing.T) {
	for _, name := range []string{"finnotech", "vakifbank"} {
		s := newSetting(t, name, mock.Options{Faults: mock.Faults{mock.ExpiredToken: 100}, Seed: 8})
		s.options.Concurrency, s.options.InFlight = 1, 1
		if sum := s.run(t.Context(), keysOf(name, 60)); sum.Answered != 60 || sum.Logins < 3 {
			t.Errorf("%s: %+v", name, sum)
		}
	}
}

func TestATokenIsRenewedBeforeItEnds(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{TokenLife: 10 * time.Minute})
	s.options.Every, s.options.Concurrency = time.Minute, 1
	if sum := s.run(t.Context(), keysOf("finnotech", 27)); sum.Answered != 27 || sum.Logins != 3 {
		t.Errorf("%d logins", sum.Logins)
	}
}
