package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/mock"
)

// upstreamSettings are the settings of the APIs; those that are secret must not show anywhere.
var upstreamSettings = map[string]string{
	"TIEOUT_FINNOTECH_CLIENT_ID": "acme", "TIEOUT_FINNOTECH_CLIENT_SECRET": "finno secret/+9", "TIEOUT_FINNOTECH_NID": "0098765432",
	"TIEOUT_ARIFMETIKA_APIKEY":       "arifmetika-secret-77",
	"TIEOUT_BRAINYSOFT_CUSTOMER_KEY": "brainy-secret-key", "TIEOUT_BRAINYSOFT_USER_NAME": "acme", "TIEOUT_BRAINYSOFT_PASSWORD": "brainy&secret=pass",
	"TIEOUT_VAKIFBANK_CLIENT_ID": "acme", "TIEOUT_VAKIFBANK_CLIENT_SECRET": "vakif-secret-1", "TIEOUT_VAKIFBANK_REFRESH_TOKEN": "vakif-secret-refresh",
	"TIEOUT_OWN_PASSWORD": "own-secret-word",
}

var hidden = []string{
	"finno secret", "finno+secret", "finno%20secret", "YWNtZTpmaW5ubyBzZWNyZXQv", // acme:finno secret/, as Basic has it
	"arifmetika-secret", "brainy-secret", "brainy&secret", "brainy\\u0026secret", "brainy%26secret", "vakif-secret", "own-secret",
	"0098765432", "token-1-", "token-2-",
}

func setGiven(t *testing.T) {
	t.Helper()
	for name, text := range upstreamSettings {
		t.Setenv(name, text)
	}
}

// conceals fails when a text or a file of the folder shows a secret.
func conceals(t *testing.T, folder string, texts ...string) {
	t.Helper()
	all := map[string]string{}
	for i, text := range texts {
		all[fmt.Sprintf("output %d", i+1)] = text
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*"))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[file] = string(text)
	}
	for name, text := range all {
		for _, secret := range hidden {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %q:\n%.400s", name, secret, text)
			}
		}
	}
}

// upstream runs a mock.
func upstream(t *testing.T, protocol string, o mock.Options) (*mock.Server, string) {
	t.Helper()
	if o.Now == nil {
		o.Now = time.Now
	}
	s, err := mock.New(protocol, o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	server.Config.ErrorLog = nil
	return s, server.URL
}

// tieout runs the command in this process.
func tieout(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// fast are options that do not wait.
func fast(more ...string) []string {
	return append([]string{"--rate", "100000/s", "--concurrency", "16"}, more...)
}

func keysFile(t *testing.T, folder string, n int, form string) (file string, keys []string) {
	t.Helper()
	for i := range n {
		keys = append(keys, fmt.Sprintf(form, i))
	}
	file = filepath.Join(folder, "keys.txt")
	if err := os.WriteFile(file, []byte(strings.Join(keys, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, keys
}

// kinds counts the entries of a capture by key and kind.
func kinds(t *testing.T, file string) map[string]map[string]int {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	all := map[string]map[string]int{}
	for e, err := range capture.Read(f) {
		if err != nil {
			t.Fatal(err)
		}
		if all[e.Key] == nil {
			all[e.Key] = map[string]int{}
		}
		all[e.Key][e.Kind]++
	}
	return all
}
