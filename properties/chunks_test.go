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
func chunkedReport(t testing.TB, text string, repair bool, size, jobs, lists int) string {
	t.Helper()
	desk, run := chunkDesk(t, repair)
	f, err := ingest.Open(ingest.Stdin, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run.BeginInput(reconcile.Input{File: f.Name})
	how := catalogue.Streaming{Jobs: jobs, ChunkSize: size, ListsFrom: lists, Went: func(int) {}}
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
	want, got := wholeReport(t, text, repair), chunkedReport(t, text, repair, size, jobs, 0)
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

// A long array says the same however it is cut.
func TestListsSayTheSameHoweverTheyAreCut(t *testing.T) {
	elements := listElements(t)
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 3))
		text := longList(random, elements)
		repair, size, jobs := random.IntN(3) == 0, 64<<random.IntN(7), 1+random.IntN(4)
		want, got := chunkedReport(t, text, repair, 1<<20, 1, 2000), chunkedReport(t, text, repair, size, jobs, 2000)
		if want != got {
			t.Fatalf("seed %d, repair %t, chunks of %d bytes, %d jobs:\n%s\n%s", seed, repair, size, jobs, cmp.Diff(want, got), text)
		}
	}
}

// A long array says what it says when it is read at once, but for the rules that compare
// its records.
func TestListsSayWhatArraysSay(t *testing.T) {
	elements := listElements(t)
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 4))
		text := "[\n" + strings.Repeat(elements[random.IntN(len(elements))]+",\n", 1+random.IntN(4))
		for range 8 {
			text += elements[random.IntN(len(elements))] + ","
		}
		text += elements[0] + "]"
		var want, got map[string]any
		for to, report := range map[*map[string]any]string{
			&want: wholeReport(t, text, false), &got: chunkedReport(t, text, false, 300, 2, 2000),
		} {
			if err := json.NewDecoder(strings.NewReader(report)).Decode(to); err != nil { // the outcomes stand behind it
				t.Fatal(err)
			}
			alone(*to)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("seed %d:\n%s", seed, d)
		}
	}
}

// alone leaves out of a report what rules say that compare records.
func alone(report map[string]any) {
	comparing := map[string]bool{"AC-27": true, "AC-29": true, "AC-37": true, "IN-07": true}
	for _, list := range []string{"findings", "not_evaluable"} {
		all, _ := report[list].([]any)
		var kept []any
		for _, one := range all {
			if rule, _ := one.(map[string]any)["rule"].(string); !comparing[rule] {
				kept = append(kept, one)
			}
		}
		report[list] = kept
	}
	summary, _ := report["summary"].(map[string]any)
	delete(summary, "checks")
	delete(summary, "findings")
}

// listElements are elements of arrays of one source.
func listElements(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("../testdata/samples/arifmetika-contracts-mixed.json")
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Contracts []json.RawMessage }
	if err := json.Unmarshal(text, &list); err != nil || len(list.Contracts) == 0 {
		t.Fatal(err, len(list.Contracts))
	}
	var all []string
	for _, one := range list.Contracts {
		var line bytes.Buffer
		if err := json.Compact(&line, one); err != nil {
			t.Fatal(err)
		}
		all = append(all, line.String(), string(one), strings.Replace(line.String(), ".00", ".07", 1))
	}
	return all
}

// longList is an array with faults in some of its elements, and something behind it.
func longList(random *rand.Rand, elements []string) string {
	var b strings.Builder
	b.WriteString([]string{"[", " [\n", "[\r\n  "}[random.IntN(3)])
	separator := []string{",", ",\n", ", ", "\r\n,"}[random.IntN(4)]
	for i := range 4 + random.IntN(12) {
		if i > 0 {
			b.WriteString(separator)
		}
		element := elements[random.IntN(len(elements))]
		if i > 0 && random.IntN(6) == 0 {
			other := []string{`12`, `{}`, `null`, `[1]`, `{"type":1}`, `{"type":"CONTRACT",}`, `{"type":}`, `{"type":007,"penalty":NaN}`, `"a`}
			element = other[random.IntN(len(other))]
		}
		b.WriteString(element)
	}
	b.WriteString([]string{"]", "]\n", "", ",]", "]\n" + elements[0] + "\n" + elements[0], "]]"}[random.IntN(6)])
	return b.String()
}
