package mock_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tieout/ingest/mock"
)

func TestFaultsAreReadFromText(t *testing.T) {
	f, err := mock.ParseFaults("cut=10, 429-date=5")
	if err != nil || f[mock.Cut] != 10 || f[mock.TooManyDate] != 5 || len(f) != 2 {
		t.Error(f, err)
	}
	const names = "429-seconds, 429-date, 500, 502, 503, 504, slow, cut, cut-body, truncated, content-type, html, empty, large, " +
		"expired, foreign, duplicate, late, redirect"
	for text, says := range map[string]string{
		"cut":             `a fault is kind=thousandths, such as cut=10, not "cut"`,
		"bite=1":          `there is no fault "bite"; there are ` + names,
		"cut=-1":          "the fault cut cannot befall -1 of 1000 requests",
		"cut=600,502=401": "the faults befall 1001 of 1000 requests",
	} {
		if _, err := mock.ParseFaults(text); err == nil || err.Error() != says {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestFaultsAreSharedOut(t *testing.T) {
	sum := 0
	for _, share := range mock.Every(100, mock.AllFaults()...) {
		sum += share
	}
	if sum != 100 {
		t.Errorf("they befall %d of 1000", sum)
	}
}

// What befalls the nth request for a key, and the documents, are the same each time.
func TestTheSeedDecides(t *testing.T) {
	answers := func(seed uint64) string {
		now := func() time.Time { return time.Unix(1_800_000_000, 0) }
		m, err := mock.New("vakifbank", mock.Options{Seed: seed, Now: now, Missing: 300, Faults: mock.Faults{mock.Unavailable: 200, mock.HTML: 200}})
		if err != nil {
			t.Fatal(err)
		}
		ask := func(path, kind, body, token string) string {
			r, w := httptest.NewRequest("POST", path, strings.NewReader(body)), httptest.NewRecorder()
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Authorization", "Bearer "+token)
			m.ServeHTTP(w, r)
			return w.Body.String()
		}
		_, token, _ := strings.Cut(ask("/auth/oauth/v2/token", "application/x-www-form-urlencoded", "grant_type=refresh_token&refresh_token=x", ""), `"access_token":"`)
		token, _, _ = strings.Cut(token, `"`)
		all := ""
		for range 3 {
			for _, dealer := range []string{"a", "b", "c", "d"} {
				all += ask("/inquireDDSLimitRisk", "application/json", `{"MainCompanyID":1,"MainCompanyDealerCode":"`+dealer+`"}`, token)
			}
		}
		return all
	}
	if one := answers(1); one != answers(1) || one == answers(2) || !strings.Contains(one, "LimitInfo") {
		t.Error(one)
	}
}
