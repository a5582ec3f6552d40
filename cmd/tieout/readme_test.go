package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

// What the README shows is what the command prints: every line of the block
// stands in the output, in that order; "…" stands for what is left out.
func TestTheREADMEShowsTheTruth(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(readme), "    $ tieout check testdata/samples/arifmetika-schedule.json -o report.xlsx\n")
	block, _, ended := strings.Cut(block, "\nThe sample is the one")
	if !found || !ended {
		t.Fatal("the README's example is not where it was")
	}
	t.Chdir("../..")
	var stdout, stderr bytes.Buffer
	run(context.Background(), []string{"check", "testdata/samples/arifmetika-schedule.json"}, nil, &stdout, &stderr)
	rest := stdout.String()
	for line := range strings.Lines(block) {
		line = strings.TrimPrefix(strings.TrimRight(line, "\n"), "    ")
		if line == "" || line == "…" {
			continue
		}
		at := strings.Index(rest, line+"\n")
		if at < 0 {
			t.Fatalf("the command does not print this, or not here:\n%s\nit prints:\n%s", line, stdout.String())
		}
		rest = rest[at:]
	}
}
