package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tieout/ingest/capture"
	"tieout/ingest/mock"
)

// However often a run is killed, the next goes on from there: each key is in the
// capture exactly once, and each job is submitted at most once again.
func TestAFetchThatIsKilledGoesOn(t *testing.T) {
	program := filepath.Join(t.TempDir(), "tieout")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, program); err != nil { // TestMain runs the command under this name
		t.Skip(err)
	}
	faults := mock.Every(140, mock.Cut, mock.CutBody, mock.HTML, mock.ExpiredToken, mock.Foreign, mock.BadGateway, mock.Truncated)
	for _, test := range []struct {
		source, protocol, form, capture string
		faults                          mock.Faults
	}{
		{"finnotech.facility", "finnotech", "%010d", "answers.ndjson", faults},
		{"arifmetika.schedule", "arifmetika", "З24ПрИР%09d", "answers.ndjson.zst", faults},
	} {
		t.Run(test.source, func(t *testing.T) {
			setGiven(t)
			server, address := upstream(t, test.protocol, mock.Options{Faults: test.faults, Seed: 7})
			folder := t.TempDir()
			keys, names := keysFile(t, t.TempDir(), 200, test.form)
			into := filepath.Join(folder, test.capture)
			t.Setenv("TIEOUT_ARIFMETIKA_POLL_EVERY", "5ms")
			t.Setenv("TIEOUT_ARIFMETIKA_POLL_MAX", "20ms")
			args := fast("fetch", test.source, "--address", address, "--keys", keys, "-o", into, "--log", "-")
			random := rand.New(rand.NewPCG(3, 4))
			var output strings.Builder
			killed := 0
			for range 20 {
				command := exec.CommandContext(t.Context(), program, args...)
				events, err := command.StderrPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := command.Start(); err != nil {
					t.Fatal(err)
				}
				lines := bufio.NewScanner(events)
				for n := random.IntN(40); n > 0 && lines.Scan(); n-- {
					if strings.Contains(lines.Text(), `"msg":"skip"`) {
						n++ // what was kept is no progress
					}
					output.WriteString(lines.Text() + "\n")
				}
				time.Sleep(time.Duration(random.IntN(3000)) * time.Microsecond)
				_ = command.Process.Kill() // it may be over
				_, _ = io.Copy(&output, events)
				if command.Wait() != nil {
					killed++
				}
			}
			code, stdout, stderr := exitUnread, "", ""
			for try := 0; try < 3 && code != exitClean; try++ {
				code, stdout, stderr = tieout(t, "", args...)
			}
			if code != exitClean {
				t.Fatalf("exit code %d\n%s%s", code, stdout, stderr)
			}
			all := kinds(t, into)
			for _, name := range names {
				if all[name][capture.Answer] != 1 || all[name][capture.Submitted] > 1 {
					t.Errorf("%s: %v", name, all[name])
				}
			}
			if len(all) != len(names) {
				t.Errorf("%d keys in the capture, want %d", len(all), len(names))
			}
			if killed < 15 {
				t.Errorf("only %d of 20 runs were killed before their end", killed)
			}
			counts := server.Counts()
			most := len(names) + 20*16 // under way when a run was killed
			for _, n := range counts.Faults {
				most += n // what became of a submission is not known: the next run makes another
			}
			if counts.Submits > most {
				t.Errorf("%d jobs were submitted, for %d keys", counts.Submits, len(names))
			}
			checked, report, _ := tieout(t, "", "check", "--join", "never", into)
			if checked != exitClean || !strings.Contains(report, "200 documents") {
				t.Errorf("check: exit code %d\n%s", checked, report)
			}
			again, stdout, _ := tieout(t, "", args...)
			if again != exitClean || !strings.Contains(stdout, "0 fetched, 0 not found, 0 failed, 200 kept") {
				t.Errorf("once more: exit code %d\n%s", again, stdout)
			}
			conceals(t, folder, output.String(), stdout, stderr)
		})
	}
}

func TestAnInterruptedFetchKeepsWhatItHas(t *testing.T) {
	setGiven(t)
	s, err := mock.New("finnotech", mock.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked == 4 { // the login and three keys
			cancel()
		}
		s.ServeHTTP(w, r)
	}))
	defer server.Close()
	folder := t.TempDir()
	into := filepath.Join(folder, "answers.ndjson")
	keys, _ := keysFile(t, folder, 50, "%010d")
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"fetch", "finnotech.facility", "--address", server.URL, "--keys", keys, "-o", into, "--rate", "100000/s", "--concurrency", "1"},
		nil, &stdout, &stderr)
	if code != exitInterrupted || !strings.Contains(stderr.String(), "is complete up to here, and the same command goes on") {
		t.Errorf("exit code %d\n%s%s", code, stdout.String(), stderr.String())
	}
	// What was not begun is counted too, and only what was sent.
	for _, says := range []string{"finnotech.facility: 50 keys\n", "  47 not finished\n", "  4 requests (0 sent again), 1 login"} {
		if !strings.Contains(stdout.String(), says) {
			t.Errorf("%q is not in\n%s", says, stdout.String())
		}
	}
	if n := len(kinds(t, into)); n != 3 {
		t.Errorf("%d keys are kept, want 3", n)
	}
}
