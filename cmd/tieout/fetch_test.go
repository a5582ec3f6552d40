package main

import (
	"bufio"
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"tieout/ingest/mock"
)

func TestWhatGoesWrongIsToldInOneLine(t *testing.T) {
	answers := func(kind, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/token") {
				kind, body := "application/json", `{"result":{"value":"token-1-x","lifeTime":864000000},"status":"DONE"}`
				w.Header().Set("Content-Type", kind)
				_, _ = io.WriteString(w, body)
				return
			}
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, body)
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	closed, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + closed.Addr().String()
	_ = closed.Close()
	_, plain := upstream(t, "finnotech", mock.Options{})
	_, strict := upstream(t, "finnotech", mock.Options{Secrets: map[string]string{"client_secret": "another"}})
	_, brainy := upstream(t, "brainysoft", mock.Options{Secrets: map[string]string{"password": "another"}})
	page := answers("text/html", "<html>log in</html>")
	folder := t.TempDir()
	readable := filepath.Join(folder, "readable")
	config := func(name, text string) string {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	if err := os.WriteFile(readable, nil, 0o644); err != nil { //nolint:gosec // that is the mistake
		t.Fatal(err)
	}
	const one = "0012345679"
	for _, test := range []struct {
		name  string
		unset string
		args  []string
		code  int
		says  string
	}{
		{"a wrong key", "", []string{"finnotech.facility", "--address", plain, "12"}, 3, "tieout: key 1: **: a key is a national code of 10 digits or a legal id of 11"},
		{"expired credentials", "", []string{"finnotech.facility", "--address", strict, one}, 3, "(check TIEOUT_FINNOTECH_CLIENT_ID, TIEOUT_FINNOTECH_CLIENT_SECRET, TIEOUT_FINNOTECH_NID)\n"},
		{"another password", "", []string{"brainysoft.contract", "--address", brainy, "1"}, 3, "tieout: the login failed: "},
		{"a host that is not there", "", []string{"finnotech.facility", "--address", nobody, "--retries", "0", one}, 3, "connection refused"},
		{"a page instead of JSON", "", []string{"finnotech.facility", "--address", page, "--retries", "0", one}, 3, "tieout: key 1: ********79: the answer is markup (HTML or XML), not JSON"},
		{"plain http", "", []string{"finnotech.facility", "--address", "http://api.example.com", one}, 2, "tieout: finnotech: http://api.example.com is refused: only https is spoken, and http with this machine alone"},
		{"a missing variable", "TIEOUT_FINNOTECH_CLIENT_SECRET", []string{"finnotech.facility", one}, 2, "tieout: finnotech.facility needs TIEOUT_FINNOTECH_CLIENT_SECRET (the client's password): set it in the environment, or use --secrets FILE (docs/fetch.md)"},
		{"a missing address", "", []string{"arifmetika.schedule", "З20"}, 2, "tieout: arifmetika.schedule needs TIEOUT_ARIFMETIKA_SUBMIT_URL ("},
		{"an unknown source", "", []string{"finnotech", one}, 2, `tieout: unknown source "finnotech"; there are arifmetika.contracts, `},
		{"a source that is not there", "", []string{"none.yaml", one}, 2, "tieout: open none.yaml: no such file or directory"},
		{"no key", "", []string{"finnotech.facility"}, 2, "tieout: there are no keys: "},
		{"no rate", "", []string{"finnotech.facility", one, "--rate", "fast"}, 2, "tieout: --rate: a rate is a number of requests per second"},
		{"an age", "", []string{"finnotech.facility", one, "--max-age", "old"}, 2, "tieout: --max-age is a time such as 90m, 12h or 7d"},
		{"secrets that others can read", "", []string{"finnotech.facility", one, "--secrets", readable}, 2, "others may read it (its mode is 0644); make it 0600"},
		{"a secret with a misspelt name", "", []string{"finnotech.facility", one, "--secrets", config("s.env", "TIEOUT_FINNOTECH_CLIENT_SECERT=finno secret/+9\n")}, 2, "s.env: no API has the setting TIEOUT_FINNOTECH_CLIENT_SECERT"},
		{"a secret in the configuration", "", []string{"finnotech.facility", one, "--config", config("c.yaml", "client_secret: x\n")}, 2, "client_secret is a secret; set TIEOUT_FINNOTECH_CLIENT_SECRET in the environment"},
		{"a setting that does not exist", "", []string{"finnotech.facility", one, "--config", config("d.yaml", "clientid: x\n")}, 2, `finnotech has no setting "clientid"; there are address, client_id, nid, way`},
		{"a configuration that is none", "", []string{"finnotech.facility", one, "--config", config("e.yaml", "- x\n")}, 2, "it is not a list of lines such as name: value"},
		{"a capture that is none", "", []string{"finnotech.facility", one, "--address", plain, "-o", config("f.ndjson", "{\"a\": 1, \"b\": 2, \"c\": 3}\n")}, 2, "it is not a capture; nothing was written"},
		{"authorities that are none", "", []string{"finnotech.facility", one, "--ca", config("ca.pem", "x\n")}, 2, "the file of certificate authorities holds no certificate in PEM form"},
		{"a list without keys", "", []string{"finnotech.facility", "--address", plain, "--keys", config("k.txt", "# none\n\n")}, 2, "k.txt holds no keys; a key is a national code of 10 digits"},
		{"nothing on the standard input", "", []string{"finnotech.facility", "--address", plain, "--keys", "-"}, 2, "tieout: --keys: the standard input holds no keys; a key is"},
		{"keys from a document", "", []string{"finnotech.facility", "--keys-from", config("doc.json", "{\"a\": 1}\n")}, 2, "doc.json is not a capture"},
		{"a capture on the standard output", "", []string{"finnotech.facility", one, "-o", "-"}, 2, "tieout: a capture is a file that the next run adds to, such as answers.ndjson; - is none"},
		{"a capture that is called a workbook", "", []string{"finnotech.facility", one, "-o", "out.xlsx"}, 2, "tieout: out.xlsx: a capture is lines of JSON; let its name end in .ndjson, or in .ndjson.zst when it is to be compressed"},
		{"a capture that another program would unpack", "", []string{"finnotech.facility", one, "-o", "x.ndjson.gz"}, 2, "tieout: x.ndjson.gz: a capture is lines of JSON"},
		{"a secret in the address", "", []string{"finnotech.facility", one, "--address", plain + "/?token=abc"}, 2, "tieout: the address of finnotech has a ? or #; it is where the paths of requests begin"},
		{"a capture without keys", "", []string{"finnotech.facility", "--keys-from", readable}, 2, "holds no key of finnotech.facility; a key is a national code of 10 digits"},
	} {
		t.Run(test.name, func(t *testing.T) {
			setGiven(t)
			if test.unset != "" {
				t.Setenv(test.unset, "")
			}
			folder := t.TempDir()
			args := fast("fetch")
			if !slices.Contains(test.args, "-o") {
				args = append(args, "-o", filepath.Join(folder, "answers.ndjson"))
			}
			args = append(append(args, "--log", filepath.Join(folder, "log")), test.args...)
			code, stdout, stderr := tieout(t, "", args...)
			if code != test.code || !strings.Contains(stderr, test.says) || strings.Count(stderr, "\n") != 1 {
				t.Errorf("exit code %d, want %d, and the standard error should be one line with %q:\n%s%s", code, test.code, test.says, stderr, stdout)
			}
			conceals(t, folder, stdout, stderr)
		})
	}
}

func TestEverySourceIsFetchedAndCheckedWithoutShowingSecrets(t *testing.T) {
	for _, test := range []struct {
		source, protocol, key string
		answers               int
		more                  []string
	}{
		{"finnotech.facility", "finnotech", "0012345679", 1, nil},
		{"arifmetika.contracts", "arifmetika", "9161234567/1990-01-31", 1, nil},
		{"arifmetika.schedule", "arifmetika", "З24ПрИР000000001", 1, nil},
		{"brainysoft.contract", "brainysoft", "101321493", 1, nil},
		{"vakifbank.limit", "vakifbank", "371004/apitest1", 1, []string{"--token-file"}},
		{"vakifbank.invoices", "vakifbank", "371004/apitest1", 1, []string{"--token-file"}},
		{"../../testdata/sources/leasing-api.yaml", "generic", "L-1", 1, nil},
	} {
		t.Run(test.source, func(t *testing.T) {
			setGiven(t)
			t.Setenv("TIEOUT_ARIFMETIKA_POLL_EVERY", "5ms")
			_, address := upstream(t, test.protocol, mock.Options{Seed: 1})
			folder := t.TempDir()
			into := filepath.Join(folder, "answers.ndjson")
			more := test.more
			if more != nil {
				more = append(slices.Clone(more), filepath.Join(t.TempDir(), "token"))
			}
			args := append(fast("fetch", test.source, test.key, "--address", address, "-o", into, "-v", "--log", filepath.Join(folder, "log")), more...)
			dryCode, dry, dryErr := tieout(t, "", append(slices.Clone(args), "--dry-run")...)
			if dryCode != exitClean || !strings.Contains(dry, address) {
				t.Errorf("dry run: exit code %d\n%s%s", dryCode, dry, dryErr)
			}
			if _, err := os.Stat(into); err == nil {
				t.Error("the dry run made a capture")
			}
			code, stdout, stderr := tieout(t, "", args...)
			if code != exitClean || !strings.Contains(stdout, fmt.Sprintf("  %d fetched, ", test.answers)) {
				t.Fatalf("exit code %d\n%s%s", code, stdout, stderr)
			}
			check := []string{"check", "--join", "never", into}
			if strings.HasSuffix(test.source, ".yaml") {
				check = append(check, "--source", test.source)
			}
			checked, report, _ := tieout(t, "", check...)
			if checked != exitClean {
				t.Errorf("check: exit code %d\n%s", checked, report)
			}
			// A second run asks for nothing; --refresh asks again.
			if code, stdout, _ = tieout(t, "", args...); code != exitClean || !strings.Contains(stdout, "  0 fetched") {
				t.Errorf("again: exit code %d\n%s", code, stdout)
			}
			if code, stdout, _ = tieout(t, "", append(args, "--refresh")...); code != exitClean || !strings.Contains(stdout, fmt.Sprintf("  %d fetched, ", test.answers)) {
				t.Errorf("--refresh: exit code %d\n%s", code, stdout)
			}
			conceals(t, folder, dry, dryErr, stdout, stderr, report)
		})
	}
}

func TestSettingsComeFromFilesToo(t *testing.T) {
	_, address := upstream(t, "arifmetika", mock.Options{Seed: 1})
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	config := write("arifmetika.yaml", "submit_url: "+address+"/submit\nsubmit_method: POST\npoll_url: "+address+"/result\npoll_every: 5ms\n")
	secrets := write("secrets.env", "# of all APIs\nTIEOUT_ARIFMETIKA_APIKEY=arifmetika-secret-77\n")
	into := t.TempDir()
	args := fast("fetch", "arifmetika.schedule", "З24ПрИР000000001", "--config", config, "--secrets", secrets, "-o", filepath.Join(into, "a.ndjson"))
	for _, test := range []struct {
		name string
		more []string
		says string
	}{
		{"at first", nil, "  1 fetched, 0 not found, 0 failed, 0 kept"},
		{"young enough", []string{"--max-age", "1d"}, "  0 fetched, 0 not found, 0 failed, 1 kept"},
		{"too old", []string{"--max-age", "0s"}, "  1 fetched, 0 not found, 0 failed, 0 kept"},
	} {
		code, stdout, stderr := tieout(t, "", append(slices.Clone(args), test.more...)...)
		if code != exitClean || !strings.Contains(stdout, test.says) {
			t.Errorf("%s: exit code %d\n%s%s", test.name, code, stdout, stderr)
		}
		conceals(t, into, stdout, stderr)
	}
}

func TestAHostIsTrustedByItsCertificate(t *testing.T) {
	setGiven(t)
	s, err := mock.New("finnotech", mock.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	authority := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(authority, text, 0o600); err != nil {
		t.Fatal(err)
	}
	args := fast("fetch", "finnotech.facility", "0012345679", "--address", server.URL, "-o", filepath.Join(t.TempDir(), "a.ndjson"))
	code, _, stderr := tieout(t, "", args...)
	if code != exitUnread || stderr != "tieout: the host's certificate is signed by an authority that is not known; nothing more was asked for (--ca FILE names authorities to trust)\n" {
		t.Errorf("a stranger: exit code %d, %s", code, stderr)
	}
	if code, stdout, stderr := tieout(t, "", append(args, "--ca", authority)...); code != exitClean {
		t.Errorf("with --ca: exit code %d\n%s%s", code, stdout, stderr)
	}
}

func TestTheBanksLoginWithABrowser(t *testing.T) {
	setGiven(t)
	t.Setenv("TIEOUT_VAKIFBANK_REDIRECT_URI", "https://acme.example/back")
	_, address := upstream(t, "vakifbank", mock.Options{})
	folder := t.TempDir()
	args := fast("fetch", "vakifbank.limit", "371004/apitest1", "--address", address, "-o", filepath.Join(folder, "limits.ndjson"),
		"--token-file", filepath.Join(t.TempDir(), "token"))
	// A person reads the page's address, and pastes where the browser was sent to.
	shown, show := io.Pipe()
	pasted, paste := io.Pipe()
	go func() {
		lines := bufio.NewScanner(shown)
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		for lines.Scan() {
			if !strings.HasPrefix(lines.Text(), address) {
				continue
			}
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, lines.Text(), http.NoBody)
			response, err := client.Do(request)
			if err != nil {
				_ = paste.CloseWithError(err)
				continue
			}
			_ = response.Body.Close()
			_, _ = io.WriteString(paste, response.Header.Get("Location")+"\n")
		}
	}()
	var stdout bytes.Buffer
	code := run(t.Context(), append(args, "--login"), pasted, &stdout, show)
	_ = show.Close()
	if code != exitClean {
		t.Errorf("exit code %d\n%s", code, stdout.String())
	}
	code, out, stderr := tieout(t, "", append(args, "--refresh")...)
	if code != exitClean {
		t.Errorf("with the token that was kept: exit code %d\n%s%s", code, out, stderr)
	}
	conceals(t, folder, stdout.String(), out, stderr)
}

func TestThePaceTellsRateAndTimeLeft(t *testing.T) {
	for _, test := range []struct {
		done, total, failed int
		elapsed             time.Duration
		want                string
	}{
		{0, 200, 0, 0, "0 of 200 keys"},
		{50, 200, 0, 10 * time.Second, "50 of 200 keys, 5.0/s, 30s left"},
		{199, 200, 3, 400 * time.Second, "199 of 200 keys, 0.4/s, 2s left, 3 failed"},
		{210, 200, 0, 10 * time.Second, "210 of 210 keys, 21.0/s"},
	} {
		if got := pace(test.done, test.total, test.failed, test.elapsed); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// docs/fetch.md names every setting, source, flag and fault.
func TestTheDocsNameEverySetting(t *testing.T) {
	text, err := os.ReadFile("../../docs/fetch.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range apis() {
		names = append(names, a.sources...)
		for _, s := range a.settings {
			if s.name != "code" && s.name != "verifier" {
				names = append(names, a.variable(s.name))
			}
		}
	}
	for _, f := range mock.AllFaults() {
		names = append(names, string(f))
	}
	fetchCommand().Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	for _, name := range names {
		if !strings.Contains(string(text), "`"+name) {
			t.Errorf("docs/fetch.md does not name %s", name)
		}
	}
}
