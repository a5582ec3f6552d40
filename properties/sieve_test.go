package properties

import (
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/cells"
	"tieout/reconcile"
)

// quickOf is the fast way for a document: what reads it, and what lets its record pass.
func quickOf(c *faultless, run *reconcile.Run) (*cells.Scanner, *reconcile.Sieve) {
	reader := ingest.Reader{Layouts: []*schema.Layout{c.checker.Layout}}
	return reader.Scanner(c.checker.Layout), reconcile.NewSieve(run, c.checker)
}

// Documents of one record take the fast way from their text to their counts.
func TestACleanDocumentPassesTheSieveWithoutAllocation(t *testing.T) {
	passed := 0
	for _, c := range cleanDocuments(t) {
		if len(c.records[0].Document.Records) != 1 {
			continue
		}
		passed++
		run := c.run()
		scanner, sieve := quickOf(&c, run)
		pass := func() bool {
			_, read := scanner.Document(c.input.Text, c.records[0].Document.Offset)
			return read && sieve.Pass(scanner.Record, scanner.Beside, reconcile.Standing{})
		}
		if !pass() {
			t.Errorf("%s: a clean document does not pass", c.source)
			continue
		}
		sieve.MoveTo(run)
		strict := c.run()
		strict.Document(c.checker, c.document(0))
		if a, b := outcomesOf(strict.Result()), outcomesOf(run.Result()); a != b {
			t.Errorf("%s: by the strict way:\n%s\nby the fast way:\n%s", c.source, a, b)
		}
		if n := testing.AllocsPerRun(10, func() { pass() }); n != 0 {
			t.Errorf("%s: %v allocations to let a document pass", c.source, n)
		}
	}
	if passed < 4 {
		t.Errorf("only %d sources have a clean document of one record", passed)
	}
}

func BenchmarkCleanDocument(b *testing.B) {
	for _, c := range cleanDocuments(b) {
		if len(c.records[0].Document.Records) != 1 {
			continue
		}
		b.Run(c.source, func(b *testing.B) {
			scanner, sieve := quickOf(&c, c.run())
			from := c.records[0].Document.Offset
			b.SetBytes(int64(len(c.input.Text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, read := scanner.Document(c.input.Text, from); !read || !sieve.Pass(scanner.Record, scanner.Beside, reconcile.Standing{}) {
					b.Fatal("a clean document does not pass")
				}
			}
		})
	}
}
