package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"tieout/calc/schema"
	"tieout/reconcile"
	"tieout/report"
)

// linesAfterwards are the JSON lines that are written of the result when the run is over.
func linesAfterwards(t *testing.T, most int, repair bool, files ...string) string {
	t.Helper()
	o := checkOptions{reportOptions: reportOptions{most: most}, join: "never", repair: repair, quiet: true, jobs: 2}
	known, joins, err := o.laws()
	if err != nil {
		t.Fatal(err)
	}
	about, err := o.about()
	if err != nil {
		t.Fatal(err)
	}
	cmd := &cobra.Command{}
	cmd.SetErr(io.Discard)
	run := reconcile.NewRun(reconcile.Tool{Name: "tieout", Version: version}, about, nil, known)
	defer func() { _ = run.Close() }() // the test ends
	in := &reading{ctx: t.Context(), run: run, follow: func() error { return nil }}
	result, err := o.check(cmd, in, known, joins, files)
	if err != nil {
		t.Fatal(err)
	}
	result.MaxFindings = most
	var text bytes.Buffer
	if err := report.NDJSON(&text, result); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// wrongDocuments are files of documents with findings: some short ones, one that takes
// many pieces and says each thing several times, and answers of a capture.
func wrongDocuments(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../testdata/samples/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	contract := strings.NewReplacer("З20УфАР123456789", "З20УфАР12345678%", `"total_balance": 9625`, `"total_balance": 962500`).Replace(lineOf(t))
	var lines, broken strings.Builder
	for i := range 3000 {
		lines.WriteString(strings.ReplaceAll(contract, "%", string(rune('0'+i%7))))
	}
	broken.WriteString(strings.ReplaceAll(contract, `,    "status"`, `    "status"`))
	folder := t.TempDir()
	for name, text := range map[string]string{"lines.ndjson": lines.String(), "broken.json": broken.String()} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	slices.Sort(files)
	return files
}

func TestLinesOfARunAreThoseOfItsResult(t *testing.T) {
	files := wrongDocuments(t)
	for _, c := range []struct {
		name  string
		flags []string
		most  int
		files []string
		// others are reports that need the findings too.
		others []string
	}{
		{name: "all inputs", files: files},
		{name: "all inputs, and other reports", files: files, others: []string{"r.json", "r.txt"}},
		{name: "mended documents", flags: []string{"--repair"}, files: files},
		{name: "one finding", flags: []string{"--max-findings", "1"}, most: 1, files: files},
		{name: "more findings than fit in memory", flags: []string{"--max-findings", "5000"}, most: 5000, files: files},
		{name: "more than there are", flags: []string{"--max-findings", "1000000"}, most: 1000000, files: files[:2]},
		{name: "nothing to read", files: []string{"none.json"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := linesAfterwards(t, c.most, slices.Contains(c.flags, "--repair"), c.files...)
			folder := t.TempDir()
			file := filepath.Join(folder, "r.ndjson")
			args := append([]string{"check", "--join", "never", "--quiet", "--format", "ndjson", "-o", file}, c.flags...)
			for _, other := range c.others {
				args = append(args, "-o", filepath.Join(folder, other))
			}
			var stdout, stderr bytes.Buffer
			run(t.Context(), append(args, c.files...), strings.NewReader(""), &stdout, &stderr)
			written, err := os.ReadFile(file)
			if err != nil || string(written) != want {
				t.Errorf("%v, the file has %d bytes, want %d; %s", err, len(written), len(want), stderr.String())
			}
			if stdout.String() != want {
				t.Errorf("printed %d bytes, want %d", stdout.Len(), len(want))
			}
			if left, _ := filepath.Glob(filepath.Join(folder, ".*")); len(left) > 0 {
				t.Errorf("left %v", left)
			}
			if want := 1 + len(c.others); len(folderOf(t, folder)) != want {
				t.Errorf("%v, want %d files", folderOf(t, folder), want)
			}
		})
	}
}

func folderOf(t *testing.T, folder string) []os.DirEntry {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFindingsThatAreOnlyToldAreCountedAndNotKept(t *testing.T) {
	files := wrongDocuments(t)
	for _, kept := range []bool{false, true} {
		o := checkOptions{join: "never", quiet: true, jobs: 2}
		known, joins, err := o.laws()
		if err != nil {
			t.Fatal(err)
		}
		run := reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, known)
		told, listed := 0, 0
		in := &reading{ctx: t.Context(), run: run, follow: func() error {
			run.TellFindings(func(*reconcile.Finding) error { told++; return nil }, kept)
			return nil
		}}
		cmd := &cobra.Command{}
		cmd.SetErr(io.Discard)
		result, err := o.check(cmd, in, known, joins, files[:len(files):len(files)])
		if err != nil {
			t.Fatal(err)
		}
		for range result.Findings.All() {
			listed++
		}
		severities := 0
		for _, n := range result.Severities() {
			severities += n
		}
		if told < 3000 || result.Findings.Len() != told || severities != told || len(result.Patterns) == 0 {
			t.Errorf("%d told, %d counted, %d by severity, %d patterns", told, result.Findings.Len(), severities, len(result.Patterns))
		}
		if want := map[bool]int{true: told}[kept]; listed != want {
			t.Errorf("%d listed, want %d", listed, want)
		}
		if err := run.Close(); err != nil {
			t.Error(err)
		}
	}
}

// fullAfter takes some writes, and fails then.
type fullAfter struct {
	writes int
	err    error
}

func (f *fullAfter) Write(p []byte) (int, error) {
	if f.writes--; f.writes < 0 {
		return 0, f.err
	}
	return len(p), nil
}

func TestARunEndsWhenNobodyReadsItsLines(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writer.Close() }() // the test ends
	folder := t.TempDir()
	documents := &endless{line: lineOf(t), cancel: func() {}}
	var stderr bytes.Buffer
	code := run(t.Context(), []string{
		"check", "-", "--format", "ndjson", "-o", filepath.Join(folder, "r.ndjson"), "-o", filepath.Join(folder, "r.xlsx"),
	}, documents, writer, &stderr)
	if code != exitClosed || stderr.Len() > 0 {
		t.Errorf("exit code %d, want %d; %s", code, exitClosed, stderr.String())
	}
	if left := folderOf(t, folder); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestARunEndsWhenItsLinesCannotBeWritten(t *testing.T) {
	var stderr bytes.Buffer
	documents := &endless{line: lineOf(t), cancel: func() {}}
	code := run(t.Context(), []string{"check", "-", "--format", "ndjson"}, documents, &fullAfter{1, io.ErrShortWrite}, &stderr)
	if code != exitUsage || !strings.Contains(stderr.String(), io.ErrShortWrite.Error()) {
		t.Errorf("exit code %d, %s", code, stderr.String())
	}
}

// lineOf is a document with findings on one line.
func lineOf(t *testing.T) string {
	t.Helper()
	sample, err := os.ReadFile("../../testdata/samples/arifmetika-contracts-overdue.json")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Trim(strings.ReplaceAll(string(sample), "\n", ""), "[] ") + "\n"
}

// lateReader reads some text, and then waits until it is let go.
type lateReader struct {
	text io.Reader
	let  context.Context
}

func (l *lateReader) Read(p []byte) (int, error) {
	if n, _ := l.text.Read(p); n > 0 {
		return n, nil
	}
	<-l.let.Done()
	return 0, io.EOF
}

func TestAFindingIsSeenWhileTheRunWaitsForMore(t *testing.T) {
	let, end := context.WithTimeout(t.Context(), 20*time.Second)
	defer end()
	seen := make(chan struct{})
	reader, writer := io.Pipe()
	go func() {
		first := make([]byte, 10)
		if _, err := io.ReadFull(reader, first); err == nil && strings.HasPrefix(string(first), `{"kind":`) {
			close(seen)
		}
		_, _ = io.Copy(io.Discard, reader) // until the run ends
	}()
	documents := &lateReader{text: strings.NewReader(strings.Repeat(lineOf(t), 10_000)), let: let}
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(t.Context(), []string{"check", "-", "--format", "ndjson", "--max-findings", "3"}, documents, writer, io.Discard)
	}()
	select {
	case <-seen:
	case <-let.Done():
		t.Error("nothing was written while the run waited")
	}
	end()
	<-done
}
