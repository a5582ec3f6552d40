package fetch_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

func TestTheTokenThatAPersonHasGrantedIsUsed(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{})
	for _, test := range []struct {
		name, token string
		answered    int
		stopped     string
	}{
		{"that was granted", secretTexts["token"], 5, ""},
		{"that was not", "some-other-token", 0, "the login failed: HTTP 401 Unauthorized"},
	} {
		p, err := fetch.NewFinnotechSMS(fetch.FinnotechSMS{
			Address: mustURL(s), ClientID: "me", Secrets: fetch.NewSecrets(map[string]string{"token": test.token}),
		})
		if err != nil {
			t.Fatal(err)
		}
		s.options.Concurrency = 1
		sum, _ := ask(t, s.options, p, &journal{}, "1000000001", "1000000002", "1000000003", "1000000004", "1000000005")
		if stopped := sum.Stopped; sum.Answered != test.answered || sum.Logins != 0 || (stopped == nil) != (test.stopped == "") ||
			stopped != nil && stopped.Error() != test.stopped {
			t.Errorf("%s: %+v", test.name, sum)
		}
	}
	if _, err := fetch.NewFinnotechSMS(fetch.FinnotechSMS{ClientID: "me"}); err == nil || err.Error() != "the secret token is not given" {
		t.Error(err)
	}
}

// The bank takes a refresh token once. Whatever goes wrong with a login, none is sent
// twice when the bank may have used it up.
func TestARefreshTokenThatMayBeUsedUpIsNotSentAgain(t *testing.T) {
	const granted = `{"access_token":"access-token-1","refresh_token":"refresh-token-new","expires_in":60}`
	for _, test := range []struct {
		name    string
		first   said // to the first login, then to all
		later   said
		keep    error
		logins  int
		stopped string
		access  bool
	}{
		{"the first login breaks", said{err: errors.New("EOF")}, said{err: errors.New("EOF")}, nil, 1, "is not known, so it is not sent again", false},
		{"the bank's gateway fails later", said{status: 200, body: granted}, said{status: 502}, nil, 2, "the login failed: HTTP 502 Bad Gateway", false},
		{"the bank refuses later", said{status: 200, body: granted}, said{status: 400, body: `{"error":"invalid_grant"}`}, nil, 2, "used up; log in with a browser again", true},
		{"the new one cannot be kept", said{status: 200, body: granted}, said{}, errors.New("disk full"), 1, "could not be kept, and the old one is used up: disk full", false},
	} {
		logins := 0
		s := &script{}
		s.answer = func(r *http.Request, _ string) said {
			if !strings.HasSuffix(r.URL.Path, "/token") {
				return said{status: 401}
			}
			if logins++; logins == 1 {
				return test.first
			}
			return test.later
		}
		p, err := fetch.NewVakifBank(fetch.VakifBank{
			ClientID: "me", Secrets: secrets, Keep: func(fetch.Secret) error { return test.keep },
		})
		if err != nil {
			t.Fatal(err)
		}
		sum, _ := ask(t, scripted(s), p, &journal{}, "371004/a")
		access := (*fetch.AccessError)(nil)
		if sum.Stopped == nil || !strings.Contains(sum.Stopped.Error(), test.stopped) || errors.As(sum.Stopped, &access) != test.access {
			t.Errorf("%s: %v", test.name, sum.Stopped)
		}
		seen := map[string]int{}
		for _, r := range s.requests {
			if strings.Contains(r, "refresh_token=") {
				seen[r]++
			}
		}
		for r, n := range seen {
			if n > 1 {
				t.Errorf("%s: sent %d times: %s", test.name, n, r)
			}
		}
		if logins != test.logins {
			t.Errorf("%s: %d logins, want %d", test.name, logins, test.logins)
		}
	}
}

// A token is good for ten minutes. Nine and a half after the login the next request
// brings a new one, before the API has to refuse it.
func TestATokenIsNotUsedUpToItsLastMoment(t *testing.T) {
	s := newSetting(t, "finnotech", mock.Options{TokenLife: 10 * time.Minute})
	s.options.Every, s.options.Concurrency = 570*time.Second, 1
	if sum := s.run(t.Context(), keysOf("finnotech", 2)); sum.Answered != 2 || sum.Logins != 2 {
		t.Errorf("%d logins", sum.Logins)
	}
}
