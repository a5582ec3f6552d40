package properties

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/reconcile"
	"tieout/report"
)

// wholeReport is what a run says that reads a text at once.
func wholeReport(t testing.TB, text string, repair bool) string {
	t.Helper()
	desk, run := chunkDesk(t, repair)
	in := &schema.Input{File: "stdin", Text: []byte(text)}
	run.BeginInput(reconcile.Input{File: in.File})
	desk.Check(in, run, func(int) bool { return true })
	return jsonOf(t, run)
}

// chunkedReport is what a run says that reads a text in chunks of some size.
func chunkedReport(t testing.TB, text string, repair bool, size, jobs int) string {
	t.Helper()
	desk, run := chunkDesk(t, repair)
	f, err := ingest.Open(ingest.Stdin, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run.BeginInput(reconcile.Input{File: f.Name})
	how := catalogue.Streaming{Jobs: jobs, ChunkSize: size, Went: func(int) {}}
	if err := desk.Stream(context.Background(), f, run, how); err != nil {
		t.Fatal(err)
	}
	return jsonOf(t, run)
}

func chunkDesk(t testing.TB, repair bool) (*catalogue.Desk, *reconcile.Run) {
	t.Helper()
	h := builtIn(t)
	desk := catalogue.NewDesk(h.checkers)
	desk.Reader.Repair = repair
	return desk, reconcile.NewRun(reconcile.Tool{Name: "tieout"}, schema.Circumstances{Calendar: h.calendars}, nil, h.checkers)
}

func jsonOf(t testing.TB, run *reconcile.Run) string {
	t.Helper()
	var b bytes.Buffer
	result := run.Result()
	if err := report.JSON(&b, result); err != nil {
		t.Fatal(err)
	}
	return b.String() + outcomesOf(result)
}

// outcomesOf are the counts of all rules and of the reasons behind them.
func outcomesOf(r *reconcile.Result) string {
	var b strings.Builder
	for _, rule := range r.Rules {
		fmt.Fprintln(&b, rule.Source, rule.Rule.ID, rule.Counts, rule.Reasons)
	}
	return b.String()
}

// chunkPieces are documents, whole and broken, of which inputs are made.
func chunkPieces(t testing.TB) []string {
	t.Helper()
	pieces := []string{
		`{`, `[`, `]`, `}`, `{"a":[1,`, `"x`, `nul`, `12`, `{"contract_num":"Ж-1","contract_sum":007}`, "\ufeff", "// no\n", "",
		`{"contract_num":"} {","contract_sum":1}`, `[]`, "[\n{\"contract_num\":\"1\"}\n{\"contract_num\":\"2\"}\n]",
	}
	files, err := filepath.Glob("../testdata/*/*.json")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 8<<10 {
			continue
		}
		pieces = append(pieces, string(text))
		var line bytes.Buffer
		if json.Compact(&line, text) == nil {
			pieces = append(pieces, line.String())
		}
		var elements []json.RawMessage
		if json.Unmarshal(text, &elements) == nil {
			for _, e := range elements {
				pieces = append(pieces, string(e))
			}
		}
	}
	return pieces
}

// mixed is an input of pieces with a few bytes of it changed.
func mixed(random *rand.Rand, pieces []string) string {
	separators := []string{"\n", "\n", "\n", "\r\n", "", " ", "\n\n", ",", ",\n", "\n  ", "\ufeff", "\xd0"}
	separator := separators[random.IntN(len(separators))]
	var b strings.Builder
	for n := random.IntN(12); n >= 0; n-- {
		piece := pieces[random.IntN(len(pieces))]
		for again := random.IntN(3); again >= 0; again-- {
			b.WriteString(piece)
			b.WriteString(separator)
		}
		if random.IntN(8) == 0 {
			separator = separators[random.IntN(len(separators))]
		}
	}
	text := []byte(b.String())
	if random.IntN(2) == 0 {
		text = bytes.TrimRight(text, "\r\n ,")
	}
	marks := []string{"{", "}", "[", "]", ",", ":", "\"", "\n", "\\", "\xff", "}{", "}\n{", "1", "\\u00"}
	for n := random.IntN(4); n > 0 && len(text) > 0; n-- {
		at := random.IntN(len(text))
		end := min(at+random.IntN(3), len(text))
		text = append(text[:at:at], append([]byte(marks[random.IntN(len(marks))]), text[end:]...)...)
	}
	return string(text)
}

func compareChunks(t *testing.T, text string, repair bool, size, jobs int) {
	t.Helper()
	want, got := wholeReport(t, text, repair), chunkedReport(t, text, repair, size, jobs)
	if want != got {
		t.Errorf("repair %t, chunks of %d bytes, %d jobs:\n%s\n%s", repair, size, jobs, cmp.Diff(want, got), text)
	}
}

// A file says the same whether it is read at once or in chunks, however it is cut.
func TestChunksSayWhatTheWholeSays(t *testing.T) {
	pieces := chunkPieces(t)
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		text := mixed(random, pieces)
		compareChunks(t, text, random.IntN(3) == 0, 64<<random.IntN(7), 1+random.IntN(4))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzChunks(f *testing.F) {
	pieces := chunkPieces(f)
	for seed := range uint64(20) {
		f.Add(mixed(rand.New(rand.NewPCG(seed, 2)), pieces), seed%2 == 0, uint16(100*seed))
	}
	f.Fuzz(func(t *testing.T, text string, repair bool, size uint16) {
		compareChunks(t, text, repair, max(int(size), 1), 1+int(size)%3)
	})
}
