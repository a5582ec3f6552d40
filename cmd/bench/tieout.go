package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// tieout is the program, built from this folder's module.
type tieout struct {
	program string
	jobs    int
}

func buildTieout(ctx context.Context, folder string, jobs int) (*tieout, error) {
	t := &tieout{filepath.Join(folder, "tieout"), jobs}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", t.program, "./cmd/tieout")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	return t, build.Run()
}

// command checks the documents of a workload and writes a report. Findings are no
// failure, and nothing is kept for documents to be joined.
func (t *tieout) command(w *workload, in, out string) []string {
	command := []string{
		t.program, "check", "--rules", rulesOf[w.shape], "--jobs", strconv.Itoa(t.jobs), "-o", out, "--format", "none",
		"--join", "never", "--fail-on", "none", "--quiet",
	}
	if w.described {
		command = append(command, "--source", filepath.Join("cmd", "bench", "sources", w.shape+".yaml"))
	}
	return append(command, in)
}

// broken counts the broken relations that the summary of a report of JSON lines tells. It
// errs on a report that does not say all was checked.
func broken(report string) (int, error) {
	line, err := lastLine(report)
	if err != nil {
		return 0, err
	}
	var summary struct {
		Kind     string `json:"kind"`
		Rejected int    `json:"rejected"`
		Checks   struct {
			Broken       int `json:"broken"`
			NotEvaluable int `json:"not_evaluable"`
		} `json:"checks"`
	}
	if err := json.Unmarshal(line, &summary); err != nil || summary.Kind != "summary" {
		return 0, errors.Join(errors.New("the report has no summary"), err)
	}
	if summary.Rejected+summary.Checks.NotEvaluable > 0 {
		return 0, fmt.Errorf("tieout has not read %d records, and not made %d checks", summary.Rejected, summary.Checks.NotEvaluable)
	}
	return summary.Checks.Broken, nil
}

// lastLine of a file. The lines before it are not kept: what this program holds is
// counted as memory of those that it measures.
func lastLine(file string) ([]byte, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }() // it was only read
	const longestSummary = 1 << 16
	if size, err := opened.Seek(0, io.SeekEnd); err != nil {
		return nil, err
	} else if _, err := opened.Seek(max(size-longestSummary, 0), io.SeekStart); err != nil {
		return nil, err
	}
	end, err := io.ReadAll(opened)
	end = bytes.TrimSuffix(end, []byte("\n"))
	return end[bytes.LastIndexByte(end, '\n')+1:], err
}
