package properties

import (
	"math/rand"
	"os"
	"strings"
	"testing"
)

// timed are documents of every source, of one record each.
func timed(b *testing.B) []struct{ source, text string } {
	b.Helper()
	r := rand.New(rand.NewSource(seed))
	credit, err := os.ReadFile("../testdata/samples/brainysoft-contract.json")
	if err != nil {
		b.Fatal(err)
	}
	return []struct{ source, text string }{
		{"arifmetika.contracts", randomContract(r)},
		{"arifmetika.schedule", randomSchedule(r, plan{rows: 12, totals: true, payments: paid})},
		{"brainysoft.contract", string(credit)}, // with a few findings
		{"finnotech.facility", randomFacilities(r, 5, true)},
		{"vakifbank.limit", randomLimit(r)},
	}
}

// BenchmarkReading reads a document.
func BenchmarkReading(b *testing.B) {
	for _, of := range timed(b) {
		d := newDesk(b, of.source)
		b.Run(of.source, func(b *testing.B) {
			b.SetBytes(int64(len(of.text)))
			b.ReportAllocs()
			for b.Loop() {
				d.read(b, of.text)
			}
		})
	}
}

// BenchmarkReadingLines reads a file of a thousand documents, one a line.
func BenchmarkReadingLines(b *testing.B) {
	r := rand.New(rand.NewSource(seed))
	var lines strings.Builder
	for range 1000 {
		lines.WriteString(randomContract(r) + "\n")
	}
	d := newDesk(b, "arifmetika.contracts")
	b.SetBytes(int64(lines.Len()))
	b.ReportAllocs()
	for b.Loop() {
		d.read(b, lines.String())
	}
}

// BenchmarkChecking checks a record that has been read. Every thousand records begin a
// new run, as a run gathers its findings.
func BenchmarkChecking(b *testing.B) {
	for _, of := range timed(b) {
		d := newDesk(b, of.source)
		b.Run(of.source, func(b *testing.B) {
			doc := d.read(b, of.text)[0]
			run := d.begin()
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if n++; n%1000 == 0 {
					run = d.begin()
				}
				run.Document(d.checker, doc)
			}
		})
	}
}
