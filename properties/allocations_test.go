package properties

import (
	"os"
	"slices"
	"testing"

	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/reconcile"
)

// faultless is a document in which nothing is wrong, and what checks it.
type faultless struct {
	source  string
	about   schema.Circumstances
	checker *reconcile.Checker
	input   *schema.Input
	records []*schema.Record
}

// cleanDocuments are one of each built-in source that has rules, from the fixtures of
// the rules, and one of a source that a file describes.
func cleanDocuments(t testing.TB) []faultless {
	t.Helper()
	h := builtIn(t)
	var all []faultless
	for name, f := range fixtures(t) {
		if len(f.Files) != 1 || name == "texts" {
			continue
		}
		c := faultless{source: name, about: schema.Circumstances{Calendar: h.calendars}}
		c.about.AsOf, _ = date.Parse(f.AsOf)
		for file, text := range f.Files {
			c.input = input(file, string(text))
		}
		c.checker = h.checkers[slices.IndexFunc(h.checkers, func(k *reconcile.Checker) bool { return k.Layout.Source.Name == name })]
		all = append(all, c)
	}
	described, err := catalogue.Checkers([]string{"../testdata/sources/leasing.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../testdata/sources/leasing.json")
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, faultless{source: "example.leasing", checker: described[0], input: input("leasing.json", string(text))})
	slices.SortFunc(all, func(a, b faultless) int { return slices.Compare([]byte(a.source), []byte(b.source)) })
	for i := range all {
		reader := ingest.Reader{Layouts: []*schema.Layout{all[i].checker.Layout}}
		for item := range reader.Read(all[i].input) {
			all[i].records = append(all[i].records, item.Document.Records...)
		}
		if all[i].source == "example.leasing" {
			all[i].records = all[i].records[1:] // the first shows what findings look like
		}
	}
	return all
}

// run of the document's checker.
func (c *faultless) run() *reconcile.Run {
	run := reconcile.NewRun(reconcile.Tool{Name: "tieout"}, c.about, nil, []*reconcile.Checker{c.checker})
	run.BeginInput(reconcile.Input{File: c.input.File})
	return run
}

// document of one record of a payload.
func (c *faultless) document(record int) *schema.Document {
	return &schema.Document{Input: c.input, Source: c.checker.Layout.Source, Records: c.records[record : record+1]}
}

// Most records are clean: what it costs to check one is what it costs to check many.
func TestACleanRecordIsCheckedWithoutAllocation(t *testing.T) {
	for _, c := range cleanDocuments(t) {
		for record := range c.records {
			run, doc := c.run(), c.document(record)
			if n := testing.AllocsPerRun(10, func() { run.Document(c.checker, doc) }); n != 0 {
				t.Errorf("%s: %v allocations to check record %d", c.source, n, record)
			}
			if r := run.Result(); r.Findings.Len() > 0 || r.NotEvaluable.Len() > 0 {
				t.Errorf("%s: record %d has %d findings, and %d checks of it could not be made", c.source, record, r.Findings.Len(), r.NotEvaluable.Len())
			}
		}
	}
}

func BenchmarkCleanRecord(b *testing.B) {
	for _, c := range cleanDocuments(b) {
		b.Run(c.source, func(b *testing.B) {
			run, doc := c.run(), c.document(0)
			b.ReportAllocs()
			for b.Loop() {
				run.Document(c.checker, doc)
			}
		})
	}
}
