package ingest_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/arifmetika"
	"tieout/ingest/brainysoft"
	"tieout/ingest/finnotech"
	"tieout/ingest/vakifbank"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// layouts of the built-in sources, or of those of them that are named.
func layouts(t testing.TB, names ...string) []*schema.Layout {
	t.Helper()
	var all []*schema.Layout
	for _, s := range []*schema.Source{
		arifmetika.Contracts(), arifmetika.Schedule(), brainysoft.Contract(), finnotech.Facility(), vakifbank.Limit(),
	} {
		l, err := schema.NewLayout(s)
		if err != nil {
			t.Fatal(err)
		}
		if len(names) == 0 || strings.Contains(strings.Join(names, " "), s.Name) {
			all = append(all, l)
		}
	}
	return all
}

// small is a source of few fields, for inputs that fit a line.
const small = `
source: test.small
empty_means_none: true
records: [list, ""]
key: id
context: {extra: text}
fields:
  id: code
  sum: money
  rows: {kind: rows, presence: optional, fields: {part: money}}
`

func smallLayout(t testing.TB) *schema.Layout {
	t.Helper()
	d, err := ingest.Describe("small.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	return d.Layout
}

// outcome is what came of an input.
type outcome struct {
	documents []*schema.Document
	records   []*schema.Record
	rejects   []schema.Reject
	rejected  int
}

func read(r ingest.Reader, name, text string) outcome {
	var o outcome
	for item := range r.Read(&schema.Input{File: name, Text: []byte(text)}) {
		if item.Document != nil {
			o.documents = append(o.documents, item.Document)
			o.records = append(o.records, item.Document.Records...)
		}
		o.rejects = append(o.rejects, item.Rejects...)
		o.rejected += item.Rejected
	}
	return o
}

// readSmall reads a text as the small source.
func readSmall(t testing.TB, repair bool, text string) outcome {
	t.Helper()
	return read(ingest.Reader{Layouts: []*schema.Layout{smallLayout(t)}, Repair: repair}, "in.json", text)
}

// keys of the records read in whole; a partial one has a "!" behind it.
func (o outcome) keys() string {
	var all []string
	for _, r := range o.records {
		key := r.Key
		if r.Partial {
			key += "!"
		}
		all = append(all, key)
	}
	return strings.Join(all, " ")
}

// told are the rejects as a person reads them.
func (o outcome) told() string {
	var b strings.Builder
	for _, r := range o.rejects {
		fmt.Fprintf(&b, "%d:%d", r.Place.Line, r.Place.Column)
		if r.Place.Pointer != "" {
			fmt.Fprintf(&b, " %s", r.Place.Pointer)
		}
		fmt.Fprintf(&b, ": %s\n  | %s\n  | %s%s\n", r.Reason, r.Excerpt.Line,
			strings.Repeat(" ", r.Excerpt.Caret), strings.Repeat("^", r.Excerpt.Width))
	}
	return b.String()
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// golden compares a text with a file of testdata, or rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), rewrite with -update:\n%s", path, diff)
	}
}
