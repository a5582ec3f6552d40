package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sampleLine is a document in one line.
func sampleLine(t *testing.T) string {
	t.Helper()
	sample, err := os.ReadFile("../../testdata/samples/arifmetika-contracts-overdue.json")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(sample), "\n", "") + "\n"
}

func temporaryFolder(t *testing.T, folder string) {
	t.Helper()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
}

func TestSortingWithoutATemporaryFolderIsOneError(t *testing.T) {
	temporaryFolder(t, filepath.Join(t.TempDir(), "none"))
	report := filepath.Join(t.TempDir(), "report.json")
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), []string{"check", "--join", "always", "-", "-o", report}, strings.NewReader(sampleLine(t)), &stdout, &stderr)
	said := stderr.String()
	if code != exitUsage || strings.Count(said, "\n") != 1 || !strings.Contains(said, "cannot be kept in a temporary file") {
		t.Errorf("exit code %d, want %d: %s", code, exitUsage, said)
	}
	if _, err := os.Stat(report); err == nil || stdout.Len() > 0 {
		t.Errorf("a report was written: %s", stdout.String())
	}
}

func TestSortingThatIsInterruptedLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	temporaryFolder(t, folder)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"check", "--join", "always", "-", "-o", filepath.Join(folder, "report.json")},
		&endless{line: sampleLine(t), after: 5000, cancel: cancel}, &stdout, &stderr)
	if code != exitInterrupted || !strings.Contains(stderr.String(), "no report was written") {
		t.Errorf("exit code %d, want %d: %s", code, exitInterrupted, stderr.String())
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 || stdout.Len() > 0 {
		t.Errorf("left %v and printed %q", left, stdout.String())
	}
}
