package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
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
