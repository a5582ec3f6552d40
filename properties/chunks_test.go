package properties

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/ingest/capture"
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
	how := catalogue.Streaming{Jobs: jobs, ChunkSize: size, ListsFrom: lists}
	if err := desk.Stream(context.Background(), f, run, how); err != nil {
		t.Fatal(err)
	}
	return jsonOf(t, run)
}

// listReport is what a run says that reads a text in chunks, from a file that it can read
// again.
func listReport(t testing.TB, text string, repair bool, size, jobs, lists int) string {
	t.Helper()
	desk, run := chunkDesk(t, repair)
	name := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := ingest.Open(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.Name = "stdin"
	run.BeginInput(reconcile.Input{File: f.Name})
	how := catalogue.Streaming{Jobs: jobs, ChunkSize: size, ListsFrom: lists}
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

// A long array says what it says when it is read at once, be its copies next to each other
// or far apart.
func TestListsSayWhatArraysSay(t *testing.T) {
	elements := listElements(t)
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 4))
		text := validList(random, elements)
		size, jobs := 64<<random.IntN(7), 1+random.IntN(4)
		want, got := wholeReport(t, text, false), listReport(t, text, false, size, jobs, 2000)
		if want != got {
			t.Fatalf("seed %d, chunks of %d bytes, %d jobs:\n%s\n%s", seed, size, jobs, cmp.Diff(want, got), text)
		}
	}
}

// validList is an array of which many elements repeat all or some of another one.
func validList(random *rand.Rand, elements []string) string {
	var b strings.Builder
	separator := []string{",", ",\n", " ,  "}[random.IntN(3)]
	b.WriteString("[")
	for i := range 150 + random.IntN(100) {
		if i > 0 {
			b.WriteString(separator)
		}
		element := elements[random.IntN(len(elements))]
		if random.IntN(10) > 0 { // another number, or none
			number := []string{`"contract_num":"Р23ТВРА%09d"`, `"contract_num":null,"x":%d`, `"contract_num":"\u0420%d"`}
			element = contractNumber.ReplaceAllString(element, fmt.Sprintf(number[max(0, random.IntN(12)-9)], random.IntN(400)))
		}
		if random.IntN(3) > 0 {
			element = strings.ReplaceAll(element, ".00", fmt.Sprintf(".%02d", random.IntN(100)))
		}
		if random.IntN(5) == 0 {
			element = contractDate.ReplaceAllString(element, fmt.Sprintf(`"contract_date":"2023-01-%02d"`, 1+random.IntN(28)))
		}
		b.WriteString(element)
	}
	b.WriteString("]")
	return b.String()
}

var (
	contractNumber = regexp.MustCompile(`"contract_num": ?"[^"]*"`)
	contractDate   = regexp.MustCompile(`"contract_date": ?"[^"]*"`)
)

// Of an array that cannot be read twice it is told once for each rule that its records were
// not compared, and no such check holds.
func TestThatListsAreNotComparedIsToldOnce(t *testing.T) {
	text := validList(rand.New(rand.NewPCG(1, 5)), listElements(t))
	desk, run := chunkDesk(t, false)
	f, err := ingest.Open(ingest.Stdin, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run.BeginInput(reconcile.Input{File: f.Name})
	how := catalogue.Streaming{Jobs: 2, ChunkSize: 4096, ListsFrom: 2000}
	if err := desk.Stream(context.Background(), f, run, how); err != nil {
		t.Fatal(err)
	}
	result := run.Result()
	told := map[string]int{}
	for _, m := range result.NotEvaluable.All() {
		if strings.HasPrefix(m.Reason, "the list is so long") {
			told[m.Rule.ID]++
		}
	}
	if d := cmp.Diff(map[string]int{"AC-27": 1, "AC-37": 1}, told); d != "" {
		t.Error(d)
	}
	for _, rule := range result.Rules {
		if told[rule.Rule.ID] > 0 && (rule.Counts[reconcile.Holds] > 0 || rule.Counts[reconcile.NotEvaluable] < 100) {
			t.Errorf("%s: %v", rule.Rule.ID, rule.Counts)
		}
	}
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

// A capture says the same whether it is held or read twice, whatever answer comes last.
func TestCapturesSayTheSameReadTwice(t *testing.T) {
	elements := listElements(t)
	for seed := range uint64(60) {
		text := randomCapture(rand.New(rand.NewPCG(seed, 6)), elements)
		desk, run := chunkDesk(t, false)
		run.BeginInput(reconcile.Input{File: "stdin"})
		answers := capture.LatestIn("stdin", func() io.Reader { return strings.NewReader(text) })
		desk.Capture(answers, run, func(int) bool { return true })
		if want, got := wholeReport(t, text, false), jsonOf(t, run); want != got {
			t.Fatalf("seed %d:\n%s\n%s", seed, cmp.Diff(want, got), text)
		}
	}
}

// randomCapture is a capture in which many questions were asked more than once.
func randomCapture(random *rand.Rand, elements []string) string {
	var b strings.Builder
	for range 2 + random.IntN(30) {
		kind := []string{capture.Answer, capture.Answer, capture.Answer, capture.Nothing, capture.Failed}[random.IntN(5)]
		source := []string{"arifmetika.contracts", "arifmetika.contracts", "other"}[random.IntN(3)]
		fmt.Fprintf(&b, `{"tieout_capture":1,"source":%q,"key":"%d","kind":%q,"ended":"2026-01-%02dT00:00:00Z"`,
			source, random.IntN(8), kind, 1+random.IntN(28))
		if page := random.IntN(3); page > 0 {
			fmt.Fprintf(&b, `,"page":%d`, page+1)
		}
		if kind == capture.Answer {
			body, _ := json.Marshal(`{"contracts":[` + elements[random.IntN(len(elements))] + `]}`) // never fails for a text
			fmt.Fprintf(&b, `,"body":%s`, body)
		}
		b.WriteString([]string{"}\n", "}\n", "}\n", "}\n\n", "\n"}[random.IntN(5)])
	}
	return b.String()
}
