package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// tieout is the program, built from this folder's module.
type tieout struct {
	program string
}

func buildTieout(ctx context.Context, folder string) (*tieout, error) {
	t := &tieout{filepath.Join(folder, "tieout")}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", t.program, "./cmd/tieout")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	return t, build.Run()
}

// command checks the documents of a workload and writes a report. Findings are no
// failure, and nothing is kept for documents to be joined.
func (t *tieout) command(w *workload, in, out string) []string {
	command := []string{
		t.program, "check", "--rules", rulesOf[w.shape], "--fail-on", "none", "--join", "never", "--format", "none", "--quiet", "-o", out,
	}
	if w.described {
		command = append(command, "--source", filepath.Join("bench", "sources", w.shape+".yaml"))
	}
	return append(command, in)
}

// broken counts the broken relations that a JSON report tells. It errs on a report that
// does not say all was checked.
func broken(report string) (int, error) {
	file, err := os.Open(report)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }() // it was only read
	var summary struct {
		Rejected int `json:"rejected"`
		Checks   struct {
			Broken       int `json:"broken"`
			NotEvaluable int `json:"not_evaluable"`
		} `json:"checks"`
	}
	// The findings behind the summary are not read: what this program holds is counted
	// as memory of those that it measures.
	d := json.NewDecoder(file)
	for {
		token, err := d.Token()
		if err != nil {
			return 0, errors.Join(errors.New("the report has no summary"), err)
		}
		if token == "summary" {
			break
		}
	}
	if err := d.Decode(&summary); err != nil {
		return 0, err
	}
	if summary.Rejected+summary.Checks.NotEvaluable > 0 {
		return 0, fmt.Errorf("tieout has not read %d records, and not made %d checks", summary.Rejected, summary.Checks.NotEvaluable)
	}
	return summary.Checks.Broken, nil
}
