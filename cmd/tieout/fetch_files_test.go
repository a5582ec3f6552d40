package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

// The bank takes a refresh token once: two runs must not take the same from a file.
func TestTheTokenFileIsForOneRunAtATime(t *testing.T) {
	setGiven(t)
	_, address := upstream(t, "vakifbank", mock.Options{})
	folder := t.TempDir()
	token := filepath.Join(folder, "token")
	args := fast("fetch", "vakifbank.limit", "371004/a", "--address", address, "-o", filepath.Join(folder, "a.ndjson"), "--token-file", token)
	release, err := capture.Alone(token)
	if err != nil {
		t.Fatal(err)
	}
	code, _, stderr := tieout(t, "", args...)
	if code != exitUsage || stderr != "tieout: --token-file: another tieout is using "+token+"\n" {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := tieout(t, "", args...); code != exitClean {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
	kept, err := fetch.ReadSecrets(token)
	if err != nil || kept.Get("TIEOUT_VAKIFBANK_REFRESH_TOKEN").IsZero() {
		t.Error(err)
	}
}

func TestTheTokenFileIsNoOther(t *testing.T) {
	setGiven(t)
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("371004/a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"--output", "--keys", "--config", "--secrets", "--log", "--ca"} {
		args := []string{"fetch", "vakifbank.limit", "371004/a", "--token-file", file, flag, filepath.Join(folder, ".", "file")}
		if flag != "--output" {
			args = append(args, "-o", filepath.Join(folder, "a.ndjson"))
		}
		code, _, stderr := tieout(t, "", args...)
		if code != exitUsage || !strings.Contains(stderr, file+" is the file of "+flag+" too, and would be written over") {
			t.Errorf("%s: exit code %d, %s", flag, code, stderr)
		}
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "371004/a\n" {
		t.Errorf("%q, %v", text, err)
	}
}

// With --address no request goes to another host, whatever the environment has.
func TestTheAddressMovesEveryRequest(t *testing.T) {
	setGiven(t)
	t.Setenv("TIEOUT_ARIFMETIKA_SUBMIT_URL", "https://production.example/submit")
	t.Setenv("TIEOUT_ARIFMETIKA_POLL_URL", "https://production.example/result")
	description := filepath.Join(t.TempDir(), "paged.yaml")
	text, err := os.ReadFile("../../testdata/sources/leasing-api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	moved := strings.Replace(string(text), "pages: {next: answer.next}", "pages: {next: answer.next, url: 'https://api.example.com/statements/{key}?from={next}'}", 1)
	if err := os.WriteFile(description, []byte(moved), 0o600); err != nil {
		t.Fatal(err)
	}
	for source, key := range map[string]string{"arifmetika.schedule": "З24ПрИР000000001", description: "L-1"} {
		code, stdout, stderr := tieout(t, "", "fetch", source, key, "--dry-run", "--address", "http://127.0.0.1:9")
		if code != exitClean || strings.Contains(stdout, "example") || !strings.Contains(stdout, "http://127.0.0.1:9/") {
			t.Errorf("%s: exit code %d\n%s%s", source, code, stdout, stderr)
		}
	}
	a, err := findAPI(description)
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.build(description, values{"address": "http://127.0.0.1:9", "password": "own-secret-word"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.(fetch.Pager).Page(fetch.Key{Text: "L-1"}, "2", "id")
	if err != nil || c.URL != "http://127.0.0.1:9/statements/L-1?from=2" {
		t.Errorf("%s, %v", c.URL, err)
	}
}

// The environment's address stands for what it does not name itself.
func TestTheAddressSettingLeavesWhatIsNamed(t *testing.T) {
	t.Setenv("TIEOUT_ARIFMETIKA_ADDRESS", "https://a.example/")
	t.Setenv("TIEOUT_ARIFMETIKA_SUBMIT_URL", "https://b.example/in")
	v, err := (&fetchOptions{}).read(arifmetikaAPI())
	if err != nil || v["submit_url"] != "https://b.example/in" || v["poll_url"] != "https://a.example/result" {
		t.Errorf("%v, %v", v, err)
	}
}

func TestAnInterruptHidesNoCaptureThatCannotBeWritten(t *testing.T) {
	var w bytes.Buffer
	s := fetch.Summary{Interrupted: true, Stopped: &os.PathError{Op: "write", Path: "a.ndjson", Err: os.ErrInvalid}}
	err := (&fetchOptions{output: "a.ndjson"}).exit(&w, finnotechAPI(), "", nil, &s, 0)
	if code, is := err.(exitError); !is || code != exitUnread || !strings.Contains(w.String(), "write a.ndjson") { //nolint:errorlint // it is made here
		t.Errorf("%v: %s", err, w.String())
	}
}

func TestTheWayOfATextMessageIsAsked(t *testing.T) {
	setGiven(t)
	t.Setenv("TIEOUT_FINNOTECH_WAY", "sms")
	t.Setenv("TIEOUT_FINNOTECH_TOKEN", "granted-token-1")
	s, err := mock.New("finnotech", mock.Options{Now: time.Now, Secrets: map[string]string{"token": "granted-token-1"}})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths = append(paths, r.URL.Path)
		s.ServeHTTP(w, r)
	}))
	defer server.Close()
	into := filepath.Join(t.TempDir(), "a.ndjson")
	code, stdout, stderr := tieout(t, "", fast("fetch", "finnotech.facility", "0012345679", "--address", server.URL, "-o", into)...)
	if code != exitClean || len(paths) != 1 || !strings.HasSuffix(paths[0], "/users/0012345679/sms/facilityInquiry") {
		t.Errorf("exit code %d, %q\n%s%s", code, paths, stdout, stderr)
	}
}

func TestTheTimeLeftDoesNotOverflow(t *testing.T) {
	for _, test := range []struct {
		done, total int
		elapsed     time.Duration
		want        string
	}{
		{1_000_000, 11_000_000, 10 * time.Hour, "1000000 of 11000000 keys, 27.7/s, 100h0m0s left"},
		{1, 1_000_000_000, 10 * time.Hour, "1 of 1000000000 keys, 0.0/s"},
	} {
		if got := pace(test.done, test.total, 0, test.elapsed); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
