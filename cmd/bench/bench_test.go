package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/reconcile"
)

// written are the bytes of some documents.
func written(t testing.TB, d documents) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := d.write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// checkersOf a source have the rules of the comparison.
func checkersOf(t testing.TB, source, shape string) []*reconcile.Checker {
	t.Helper()
	choice := catalogue.Choice{Only: strings.Split(rulesOf[shape], ",")}
	checkers, err := choice.Checkers([]string{source})
	if err != nil {
		t.Fatal(err)
	}
	return checkers
}

// checked is what tieout finds in documents by the rules of the comparison.
func checked(t *testing.T, source string, d documents) *reconcile.Result {
	t.Helper()
	checkers := checkersOf(t, source, d.shape)
	run := reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, checkers)
	run.BeginInput(reconcile.Input{File: d.shape})
	in := &schema.Input{File: d.shape, Text: written(t, d)}
	catalogue.NewDesk(checkers).Check(in, run, func(int) bool { return true })
	return run.Result()
}

var builtIn = map[string]string{"contracts": "arifmetika.contracts", "schedules": "arifmetika.schedule"}

const fewRecords = 30

func few(shape string, wrong float64) documents {
	return documents{shape: shape, count: fewRecords, seed: 1, wrong: wrong, variant: "plain", wrapping: "lines"}
}

func TestTheSameDocumentsHaveTheSameBytes(t *testing.T) {
	for shape := range shapes {
		one, other := few(shape, 0.01), few(shape, 0.01)
		if !bytes.Equal(written(t, one), written(t, other)) {
			t.Errorf("%s differ", shape)
		}
		if other.seed = 2; bytes.Equal(written(t, one), written(t, other)) {
			t.Errorf("%s of two seeds do not differ", shape)
		}
	}
}

func TestOnlyWrongFiguresBreakRelations(t *testing.T) {
	for shape := range shapes {
		r := checked(t, builtIn[shape], few(shape, 0))
		if r.Records != fewRecords || r.Checks[reconcile.Holds] != r.Checks.Total() {
			t.Errorf("%s without a wrong figure: %d records, %v", shape, r.Records, r.Checks)
		}
		broken := map[string]bool{}
		r = checked(t, builtIn[shape], few(shape, 1))
		for _, f := range r.Findings.All() {
			broken[f.Record] = true
		}
		if len(broken) != fewRecords {
			t.Errorf("of %d %s with a wrong figure %d are found", fewRecords, shape, len(broken))
		}
	}
}

func TestVariantsAndDescriptionsChangeNoOutcome(t *testing.T) {
	for shape := range shapes {
		d := few(shape, 0.5)
		want := checked(t, builtIn[shape], d).Checks
		described := filepath.Join("sources", shape+".yaml")
		if got := checked(t, described, d).Checks; got != want {
			t.Errorf("%s: %v, want %v", described, got, want)
		}
		for variant := range variants {
			for _, wrapping := range []string{"lines", "array"} {
				d.variant, d.wrapping = variant, wrapping
				if got := checked(t, builtIn[shape], d).Checks; got != want {
					t.Errorf("%s %s in %s: %v, want %v", shape, variant, wrapping, got, want)
				}
			}
		}
	}
}

func TestAWorkbookHasTenCellsForEachFinding(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := writeWorkbook(3, path); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 3 || len(rows[2]) != 10 || rows[2][5] != "158.38" {
		t.Errorf("%q, %v", rows, err)
	}
}

func TestTheMedianOfAnEvenNumberIsBetweenTwo(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   float64
	}{{[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 2, 9}, 3}} {
		if got := middle(test.values); got != test.want {
			t.Errorf("%v: %v, want %v", test.values, got, test.want)
		}
	}
}

func TestNothingIsAllocatedForACleanRecord(t *testing.T) {
	for shape, source := range builtIn {
		for _, source := range []string{source, filepath.Join("sources", shape+".yaml")} {
			for variant := range variants {
				d := few(shape, 0)
				d.variant = variant
				text := written(t, d)
				pass := sifting(t, source, shape)
				all := func() {
					for at := 0; at < len(text); at++ { // behind the line feed
						end, passes := pass(text, at)
						if !passes {
							t.Fatalf("%s, %s: a clean record does not pass: %s", source, variant, text[at:])
						}
						at = end
					}
				}
				all() // it learns in which order the members come
				if n := testing.AllocsPerRun(3, all); n != 0 {
					t.Errorf("%s, %s: %v allocations for %d records", source, variant, n, fewRecords)
				}
			}
		}
	}
}

// sifting reads the record that begins at an offset, by the rules of the comparison, and
// tells whether it passes the sieve.
func sifting(t testing.TB, source, shape string) func(text []byte, at int) (end int, passes bool) {
	t.Helper()
	checkers := checkersOf(t, source, shape)
	scanner := catalogue.NewDesk(checkers).Reader.Scanner(checkers[0].Layout)
	run := reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, checkers)
	sieve := reconcile.NewSieve(run, checkers[0])
	return func(text []byte, at int) (int, bool) {
		end, read := scanner.Document(text, at)
		return end, read && sieve.Pass(scanner.Record, scanner.Beside, reconcile.Standing{})
	}
}

// BenchmarkSifting reads clean records and lets them pass a sieve, by the rules of the
// comparison: what nearly every record of a large file costs.
func BenchmarkSifting(b *testing.B) {
	for shape, source := range builtIn {
		b.Run(shape, func(b *testing.B) {
			text, pass := written(b, few(shape, 0)), sifting(b, source, shape)
			b.SetBytes(int64(len(text)) / fewRecords)
			b.ReportAllocs()
			at := 0
			for b.Loop() {
				end, passes := pass(text, at)
				if !passes {
					b.Fatalf("a clean record does not pass: %s", text[at:])
				}
				if at = end + 1; at >= len(text) { // behind the line feed
					at = 0
				}
			}
		})
	}
}

// BenchmarkWrong reads wrong records, finds that they do not pass, reads them in full and
// locates their errors: what a wrong record of a large file costs beside a clean one.
func BenchmarkWrong(b *testing.B) {
	for shape, source := range builtIn {
		b.Run(shape, func(b *testing.B) {
			checkers := checkersOf(b, source, shape)
			desk := catalogue.NewDesk(checkers)
			text := written(b, documents{
				shape: shape, count: manyWrong, seed: 1, wrong: 1, variant: "plain", wrapping: "lines",
			})
			run := reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, checkers)
			run.BeginInput(reconcile.Input{File: shape})
			b.Cleanup(func() { _ = run.Close() })
			scanner, sieve := desk.Reader.Scanner(checkers[0].Layout), reconcile.NewSieve(run, checkers[0])
			var start schema.Start
			begin := func() (*ingest.Values, *reconcile.Run) {
				in := &schema.Input{File: shape, Text: text, Start: start}
				start.Offset += len(text)
				return desk.Reader.Values(&ingest.Stretch{Input: in, End: len(text), Last: true}), run.Part()
			}
			values, part := begin()
			b.ReportAllocs()
			for b.Loop() {
				if values.At() == len(text) {
					run.Add(part)
					values, part = begin()
				}
				end, read := scanner.Document(text, values.At())
				if !read || sieve.Pass(scanner.Record, scanner.Beside, reconcile.Standing{}) {
					values.Skip(end) // a slip that changes nothing
					continue
				}
				sieve.Document(part, values.Take(scanner, end).Document)
			}
		})
	}
}

// manyWrong records are as different as those of a large file.
const manyWrong = 1000
