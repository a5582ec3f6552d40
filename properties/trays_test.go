package properties

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/ingest/capture"
	"tieout/reconcile"
)

// snapshots are the texts of files of two days.
type snapshots struct {
	today, before []string
	about         schema.Circumstances
	events        []schema.Event
	repair        bool
	demands       bool
}

func (s *snapshots) begin(t testing.TB) (*catalogue.Desk, *reconcile.Run) {
	t.Helper()
	h := builtIn(t)
	desk := catalogue.NewDesk(h.checkers)
	desk.Reader.Repair = s.repair
	s.about.Calendar = h.calendars
	run := reconcile.NewRun(reconcile.Tool{Name: "tieout"}, s.about, nil, h.checkers)
	t.Cleanup(func() { _ = run.Close() })
	run.Adjust(s.events)
	run.Join(h.joints...)
	if s.demands {
		run.DemandCounterparts()
	}
	return desk, run
}

// inMemory is what a run says that keeps all records.
func (s *snapshots) inMemory(t testing.TB) string {
	t.Helper()
	desk, run := s.begin(t)
	goOn := func(int) bool { return true }
	for i, text := range s.today {
		in := &schema.Input{File: fmt.Sprintf("today%d.json", i), Text: []byte(text)}
		run.BeginInput(reconcile.Input{File: in.File})
		desk.Check(in, run, goOn)
	}
	for i, text := range s.before {
		in := &schema.Input{File: fmt.Sprintf("before%d.json", i), Text: []byte(text)}
		run.BeginInput(reconcile.Input{File: in.File})
		desk.Previous(in, run, goOn)
	}
	return jsonOf(t, run) + shown(run.Result())
}

// inTrays is what a run says that sorts the documents first.
func (s *snapshots) inTrays(t testing.TB, size int64, chunk, jobs int) string {
	t.Helper()
	desk, run := s.begin(t)
	trays, err := catalogue.NewTrays(desk, run, size)
	if err != nil {
		t.Fatal(err)
	}
	how := catalogue.Streaming{Jobs: jobs, ChunkSize: chunk}
	sort := func(name, text string, isBefore bool) {
		run.BeginInput(reconcile.Input{File: name})
		if capture.Is([]byte(text)) {
			in := &schema.Input{File: name, Text: []byte(text)}
			if err := trays.Capture(in, isBefore, func(int) bool { return true }); err != nil {
				t.Fatal(err)
			}
			return
		}
		f, err := ingest.Open(ingest.Stdin, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		f.Name = name
		if err := trays.Sort(context.Background(), f, isBefore, how); err != nil {
			t.Fatal(err)
		}
	}
	for i, text := range s.today {
		sort(fmt.Sprintf("today%d.json", i), text, false)
	}
	for i, text := range s.before {
		sort(fmt.Sprintf("before%d.json", i), text, true)
	}
	if err := trays.Join(context.Background(), how); err != nil {
		t.Fatal(err)
	}
	if err := trays.Close(); err != nil {
		t.Fatal(err)
	}
	return jsonOf(t, run) + shown(run.Result())
}

// shown are the records that findings show.
func shown(r *reconcile.Result) string {
	var b strings.Builder
	for i, f := range r.Findings.All() {
		if f.Snapshot != nil {
			fmt.Fprintln(&b, i, f.Snapshot.File, f.Snapshot.Record, len(f.Snapshot.Tables))
		}
	}
	return b.String()
}

// joinPieces are documents that belong together in many ways.
func joinPieces(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, f := range fixtures(t) {
		if len(f.Files) < 2 {
			continue
		}
		for i := range f.Cases {
			for name := range f.Files {
				text := f.changed(t, &f.Cases[i], name)
				var line bytes.Buffer
				if json.Compact(&line, []byte(text)) == nil && i%4 > 0 {
					text = line.String()
				}
				all = append(all, text)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// renamed is a text with other keys, some of which only look like others.
func renamed(random *rand.Rand, text string) string {
	digits := fmt.Sprintf("%02d", random.IntN(30))
	text = strings.NewReplacer("000000202", "0000002"+digits, "371004", "3710"+digits, "1234567891", "12345678"+digits).Replace(text)
	if random.IntN(4) == 0 {
		text = strings.ReplaceAll(text, "З20Пр", "320Пp")
	}
	return text
}

// answerOfMany is one answer with the contracts of several.
func answerOfMany(t *testing.T, random *rand.Rand, answers []string) string {
	t.Helper()
	type list struct {
		Contracts []json.RawMessage `json:"contracts"`
	}
	all := list{}
	for range 2 + random.IntN(60) {
		text := renamed(random, answers[random.IntN(len(answers))])
		one := list{}
		if json.Unmarshal([]byte(text), &one) == nil {
			all.Contracts = append(all.Contracts, one.Contracts...)
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func someSnapshots(t *testing.T, random *rand.Rand, related, others []string) *snapshots {
	t.Helper()
	s := &snapshots{repair: random.IntN(3) == 0, demands: random.IntN(3) == 0}
	s.about.AsOf, _ = date.Parse([]string{"", "2020-04-23"}[random.IntN(2)])
	s.about.PreviousAsOf, _ = date.Parse([]string{"", "2020-03-23"}[random.IntN(2)])
	file := func() string {
		all := make([]string, 12)
		for i := range all {
			switch random.IntN(16) {
			case 0:
				all[i] = others[random.IntN(len(others))]
			case 1:
				all[i] = answerOfMany(t, random, related)
			default:
				all[i] = renamed(random, related[random.IntN(len(related))])
			}
		}
		if random.IntN(6) == 0 {
			return captured(t, random, all)
		}
		if random.IntN(3) == 0 {
			return mixed(random, all)
		}
		return strings.Join(all, []string{"\n", "\n", " ", ""}[random.IntN(4)])
	}
	for range 2 + random.IntN(3) {
		s.today = append(s.today, file())
	}
	for range random.IntN(3) {
		s.before = append(s.before, file())
	}
	for range random.IntN(20) {
		s.events = append(s.events, schema.Event{
			Record: fmt.Sprintf("З20ПрИМ0000002%02d", random.IntN(30)), Rule: fmt.Sprintf("%s-%02d", []string{"AC", "AS", "XD"}[random.IntN(3)], 1+random.IntN(20)),
			Name: "x", Amount: calc.MustAmount(fmt.Sprint(random.IntN(100))),
		})
	}
	return s
}

// captured is a capture of some answers.
func captured(t *testing.T, random *rand.Rand, bodies []string) string {
	t.Helper()
	var b strings.Builder
	for _, body := range bodies[:1+random.IntN(6)] {
		line, err := json.Marshal(map[string]any{
			"source": []string{"arifmetika.contracts", "arifmetika.schedule"}[random.IntN(2)], "key": fmt.Sprint(random.IntN(3)),
			"kind": "answer", "ended": "2020-04-23T12:00:00Z", "body": body,
		})
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(`{"tieout_capture":1,` + string(line[1:]) + "\n")
	}
	return b.String()
}

// Documents that are sorted before they are joined say what they say in memory.
func TestSortedDocumentsSayWhatTheySayInMemory(t *testing.T) {
	related, others := joinPieces(t), chunkPieces(t)
	joined := 0
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 5))
		s := someSnapshots(t, random, related, others)
		want := s.inMemory(t)
		if !strings.Contains(want, `"joined": 0`) {
			joined++
		}
		got := s.inTrays(t, []int64{0, 100 << 20, -1}[random.IntN(3)], 64<<random.IntN(9), 1+random.IntN(4))
		if want != got {
			t.Fatalf("seed %d:\n%s", seed, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
		}
	}
	if joined < 15 {
		t.Errorf("documents were joined in %d runs only", joined)
	}
}

// The elements of a long array say the same when they are sorted.
func TestSortedListsSayWhatListsSay(t *testing.T) {
	elements := listElements(t)
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 6))
		s := &snapshots{today: []string{longList(random, elements)}, repair: random.IntN(3) == 0}
		jobs, chunk := 1+random.IntN(4), 64<<random.IntN(7)
		want := chunkedReport(t, s.today[0], s.repair, chunk, jobs, 2000)
		if got := s.listInTrays(t, chunk, jobs); findingsOf(want) != findingsOf(got) {
			t.Fatalf("seed %d:\n%s", seed, cmp.Diff(findingsOf(want), findingsOf(got)))
		}
	}
}

// listInTrays is what a run says that sorts the elements of a long array.
func (s *snapshots) listInTrays(t testing.TB, chunk, jobs int) string {
	t.Helper()
	desk, run := s.begin(t)
	trays, err := catalogue.NewTrays(desk, run, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = trays.Close() }()
	f, err := ingest.Open(ingest.Stdin, strings.NewReader(s.today[0]))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run.BeginInput(reconcile.Input{File: f.Name})
	how := catalogue.Streaming{Jobs: jobs, ChunkSize: chunk, ListsFrom: 2000}
	if err := trays.Sort(context.Background(), f, false, how); err != nil {
		t.Fatal(err)
	}
	if err := trays.Join(context.Background(), how); err != nil {
		t.Fatal(err)
	}
	return jsonOf(t, run)
}

// findingsOf a report, and what it could not read.
func findingsOf(report string) string {
	_, findings, _ := strings.Cut(report, `"findings": [`)
	findings, _, _ = strings.Cut(findings, `"not_evaluable": [`)
	return findings
}
