package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// inAClone runs a command where the repository's testdata is, and leaves no file there.
func inAClone(t *testing.T, line string) (stdout, stderr string, code int) {
	t.Helper()
	words := strings.Fields(strings.ReplaceAll(line, "\\\n", " "))
	if len(words) < 2 || words[0] != "tieout" {
		t.Fatalf("no command: %q", line)
	}
	var out, errs bytes.Buffer
	code = run(context.Background(), words[1:], strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), code
}

// prepareClone goes to a folder that has a copy of the calculator's samples.
func prepareClone(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir+"/testdata/calc", os.DirFS("../../testdata/calc")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
}

func TestTheExamplesOfTheCalculatorsHelpWork(t *testing.T) {
	prepareClone(t)
	for _, cmd := range calcCommand().Commands() {
		examples := examplesOf(cmd)
		if len(examples) == 0 {
			t.Errorf("%s has no example", cmd.Name())
		}
		for _, line := range examples {
			stdout, stderr, code := inAClone(t, line)
			if code != exitClean || stderr != "" || stdout == "" {
				t.Errorf("%s\nexit code %d, %s", line, code, stderr)
			}
		}
	}
}

func examplesOf(cmd *cobra.Command) (all []string) {
	joined := strings.ReplaceAll(cmd.Example, "\\\n", " ")
	for line := range strings.Lines(joined) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// A block of the page is a command behind a $ and what it prints; "…" stands for what
// is left out.
func TestThePageAboutTheCalculatorShowsTheTruth(t *testing.T) {
	page, err := os.ReadFile("../../docs/calc.md")
	if err != nil {
		t.Fatal(err)
	}
	prepareClone(t)
	blocks := regexp.MustCompile(`(?m)^    \$ (tieout calc (?:.*\\\n)*.*)\n((?:    .*\n|\n)*)`).FindAllStringSubmatch(string(page), -1)
	if len(blocks) < 6 {
		t.Fatalf("only %d commands found", len(blocks))
	}
	for _, block := range blocks {
		rest, stderr, code := inAClone(t, block[1])
		if code != exitClean {
			t.Errorf("%s\nexit code %d, %s", block[1], code, stderr)
		}
		for line := range strings.Lines(block[2]) {
			line = strings.TrimPrefix(strings.TrimRight(line, "\n"), "    ")
			if line == "" || line == "…" {
				continue
			}
			at := strings.Index(rest, line+"\n")
			if at < 0 {
				t.Fatalf("%s\ndoes not print this, or not here:\n%s\nit goes on with:\n%s", block[1], line, rest)
			}
			rest = rest[at:]
		}
	}
}
