package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tieout/calc/schema"
	"tieout/reconcile"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tieout": main})
}

// TestScripts runs the command as users do. In the scripts, $TESTDATA is the
// repository's testdata, $MOCK an address that is free, and `exits N tieout …` demands an exit code.
func TestScripts(t *testing.T) {
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("TESTDATA", testdata)
			env.Setenv("MOCK", freeAddress(t))
			return os.CopyFS(filepath.Join(env.WorkDir, "samples"), os.DirFS(filepath.Join(testdata, "samples")))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// freeAddress is one of this machine at which nobody listens yet.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // another listens there
	return l.Addr().String()
}

// exits runs a command and demands its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N command [argument]...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func TestAnInterruptedRunWritesNoReportAndExits130(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	report := filepath.Join(t.TempDir(), "report.json")
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"check", "../../testdata/samples", "-o", report}, strings.NewReader(""), &stdout, &stderr)
	if code != exitInterrupted {
		t.Errorf("exit code %d, want %d; stderr: %s", code, exitInterrupted, stderr.String())
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(report), "*")); len(left) > 0 || stdout.Len() > 0 {
		t.Errorf("left %v and printed %q", left, stdout.String())
	}
}

// endless is a standard input that ends only with the run.
type endless struct {
	line string
	// after so many lines the run is interrupted.
	after  int
	cancel func()
}

func (e *endless) Read(p []byte) (int, error) {
	if e.after--; e.after == 0 {
		e.cancel()
	}
	return copy(p, e.line), nil
}

func TestAnInterruptedRunReportsWhatItHasChecked(t *testing.T) {
	sample, err := os.ReadFile("../../testdata/samples/arifmetika-contracts-overdue.json")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	line := strings.ReplaceAll(string(sample), "\n", "") + "\n"
	var stdout, stderr bytes.Buffer
	folder := t.TempDir()
	code := run(ctx, []string{
		"check", "-", "--format", "json", "-o", filepath.Join(folder, "r.txt"), "-o", filepath.Join(folder, "r.xlsx"),
	}, &endless{line: line, after: 5000, cancel: cancel}, &stdout, &stderr)
	if code != exitInterrupted || !strings.Contains(stderr.String(), "what was checked until then") {
		t.Errorf("exit code %d, %s", code, stderr.String())
	}
	var report struct {
		Incomplete bool
		Summary    struct{ Records int }
	}
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil || !report.Incomplete || report.Summary.Records == 0 {
		t.Errorf("%v, %+v", err, report)
	}
	if text, err := os.ReadFile(filepath.Join(folder, "r.txt")); err != nil || !strings.Contains(string(text), "interrupted") {
		t.Errorf("%v, %s", err, text)
	}
	if _, err := os.Stat(filepath.Join(folder, "r.xlsx")); err != nil {
		t.Error(err)
	}
}

func TestProgressTellsSpeedAndTimeLeft(t *testing.T) {
	p := &progress{run: reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, nil), total: 4_000_000, before: 1_000_000, records: 5000}
	if got, want := p.line(2*time.Second), "5000 records, 2500 records/s, 0 MB/s, 0 findings, 6s left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPassesWithoutRecordsAreToldAndDoNotCountForTheSpeed(t *testing.T) {
	var told strings.Builder
	begun := time.Now().Add(-time.Minute)
	p := &progress{
		w: &told, run: reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, nil), start: begun, told: begun, last: begun,
	}
	p.ahead("first pass", 30, 120)
	p.ahead("first pass", 31, 120) // too soon to be told again
	if told.String() != "first pass: 25 %\n" {
		t.Errorf("%q", told.String())
	}
	if spent := time.Since(p.start) - p.aside; spent > time.Second {
		t.Errorf("%v of a minute count for the checks", spent)
	}
}

func TestALongTaskIsNotWaitedForOnceInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	never := make(chan struct{})
	_, err := unlessEnded(ctx, func() (int, error) {
		cancel()
		<-never
		return 1, nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	close(never)
	if n, err := unlessEnded(context.Background(), func() (int, error) { return 2, nil }); n != 2 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := (&ending{ctx: ctx, to: io.Discard}).Write([]byte("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("written, %v", err)
	}
}
