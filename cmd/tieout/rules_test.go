package main

import (
	"bytes"
	"context"
	"os"
	"testing"

	"tieout/calc/schema"
)

// docs/rules.md is what the command prints; make docs rewrites it.
func TestThePageOfRulesIsUpToDate(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), []string{"rules", "--format", "markdown"}, nil, &stdout, &stderr); code != exitClean {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	page, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, stdout.Bytes()) {
		t.Error("docs/rules.md is not what the rules say; run make docs")
	}
}

func TestSeverityInWords(t *testing.T) {
	clause := func(s schema.Severity) schema.Clause { return schema.Clause{Severity: s} }
	for want, rule := range map[string]*schema.Rule{
		"error":                     {Severity: schema.Error},
		"error, info when too high": {Severity: schema.Error, Surplus: schema.Info},
		"error, warning in part, info in part": {
			Severity: schema.Error, Clauses: []schema.Clause{clause(schema.Info), clause(schema.Warning), clause(schema.Error), clause(schema.Info)},
		},
	} {
		if got := severityWords(rule); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTextInMarkdownIsText(t *testing.T) {
	for text, want := range map[string]string{
		"a < b * c_d": `a \< b \* c_d`, "rows[0] | x": `rows\[0] \| x`, `a\b`: `a\\b`,
	} {
		if got := marked(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
