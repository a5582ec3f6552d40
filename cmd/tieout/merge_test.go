package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/reconcile"
	"tieout/report"
)

// manyContracts are lines of contracts with everything that spans parts: more records
// with findings than are kept whole, one cause in many of them, contracts that are
// there twice, missing figures, lines that cannot be read.
func manyContracts() string {
	var text strings.Builder
	for i := range 300 {
		total, penalty := 1000+i, `"penalty": 7,`
		switch {
		case i%3 == 0:
			total -= 7 // left out: systemic
		case i%7 == 1:
			penalty = ""
		}
		if i%50 == 9 {
			text.WriteString("[{\"contract_num\": \n")
			continue
		}
		fmt.Fprintf(&text, `[{"type": "Installments", "base_source": "x", "contract_num": "Р20ПмОР%09d", "contract_date": "2020-03-04", `+
			`"contract_sum": 40000, "payment_receiver": "5407249872", "status": "active", "repay_before": "2020-06-04", "repayment_date": "", `+
			`%s "total_balance": %d, "main_debt_balance": %d, "interest_balance": 3, "total_overdue": 10, "main_debt_overdue": 0, `+
			`"interest_overdue": 3, "date_planned_payment": "2020-05-04", "total_planned_payment": 749, "main_debt_planned_payment": 749, `+
			`"interest_planned_payment": 0, "interest_planned_payment_today": 0, "total_today_sum": 759}]`+"\n", i%40, penalty, total, 990+i)
	}
	return text.String()
}

// splitChecks checks the documents of an input in parts that end at the given ones.
type splitChecks struct {
	checkers []*reconcile.Checker
	in       *schema.Input
	options  []string
}

func newSplitChecks(t *testing.T, text string) *splitChecks {
	t.Helper()
	checkers, err := catalogue.Checkers(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &splitChecks{checkers, &schema.Input{File: "many.ndjson", Text: []byte(text)}, []string{"--fail-on error"}}
}

// check checks the documents from one to another.
func (s *splitChecks) check(t *testing.T, from, to int) *reconcile.Result {
	t.Helper()
	run := reconcile.NewRun(reconcile.Tool{Name: "tieout", Version: version}, schema.Circumstances{}, s.options, s.checkers)
	t.Cleanup(func() { _ = run.Close() })
	run.BeginInput(catalogue.InputOf(s.in))
	var reader ingest.Reader
	for _, c := range s.checkers {
		reader.Layouts = append(reader.Layouts, c.Layout)
	}
	i := 0
	for item := range reader.Read(s.in) {
		if from <= i && i < to {
			run.Reject(item.Rejects, item.Rejected)
			if doc := item.Document; doc != nil {
				at := slices.IndexFunc(s.checkers, func(c *reconcile.Checker) bool { return c.Layout.Source == doc.Source })
				run.Document(s.checkers[at], doc)
			}
		}
		i++
	}
	return run.Result()
}

// parts are the part files of a check in parts that end at the given documents.
func (s *splitChecks) parts(t *testing.T, ends ...int) (files [][]byte) {
	t.Helper()
	from := 0
	for i, to := range ends {
		var file bytes.Buffer
		if err := reconcile.WritePart(&file, s.check(t, from, to), reconcile.Shard{Number: i + 1, Of: len(ends)}); err != nil {
			t.Fatal(err)
		}
		files = append(files, file.Bytes())
		from = to
	}
	return files
}

// reports are those of a result in every format.
func reports(t *testing.T, r *reconcile.Result) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, format := range formats {
		var out bytes.Buffer
		if err := format.write(&out, r); err != nil {
			t.Fatal(err)
		}
		all[format.ending] = out.String()
	}
	return all
}

func TestMergedPartsAreTheWhole(t *testing.T) {
	s := newSplitChecks(t, manyContracts())
	const end = 1000
	r := s.check(t, 0, end)
	if r.Findings.Len() < 300 || len(r.Patterns) == 0 || r.NotEvaluable.Len() == 0 || r.Rejects.Len() == 0 {
		t.Fatalf("%d findings, %d patterns, %d missing, %d rejects", r.Findings.Len(), len(r.Patterns), r.NotEvaluable.Len(), r.Rejects.Len())
	}
	want := reports(t, r)
	for _, ends := range [][]int{{end}, {150, end}, {1, 2, end}, {0, 240, 240, end}, {20, 90, 91, 201, 280, end, end}} {
		var parts []*reconcile.Part
		for _, file := range s.parts(t, ends...) {
			part, err := reconcile.ReadPart(bytes.NewReader(file), s.checkers)
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, part)
		}
		slices.Reverse(parts) // their order does not matter
		merged, err := reconcile.Merge(parts)
		if err != nil {
			t.Fatal(err)
		}
		for format, got := range reports(t, merged) {
			if got != want[format] {
				t.Errorf("parts %v: the %s differs", ends, format)
			}
		}
	}
}

func TestPartsThatAreCutOrDamagedAreRefused(t *testing.T) {
	s := newSplitChecks(t, strings.Join(strings.SplitAfter(manyContracts(), "\n")[:4], ""))
	file := s.parts(t, 10)[0]
	for at := 0; at < len(file); at += 31 {
		if _, err := reconcile.ReadPart(bytes.NewReader(file[:at]), s.checkers); err == nil {
			t.Fatalf("%d of %d bytes are read", at, len(file))
		}
		damaged := slices.Clone(file)
		damaged[at] ^= 0x10
		if _, err := reconcile.ReadPart(bytes.NewReader(damaged), s.checkers); err == nil {
			t.Fatalf("read though byte %d is another", at)
		}
	}
	if _, err := reconcile.ReadPart(bytes.NewReader(append(file, 0)), s.checkers); !errors.Is(err, reconcile.ErrPartCut) {
		t.Errorf("more bytes: %v", err)
	}
	if _, err := reconcile.ReadPart(bytes.NewReader(file), s.checkers[:2]); !errors.Is(err, reconcile.ErrPartRules) {
		t.Errorf("other rules: %v", err)
	}
}

func TestMergeCommand(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	s := newSplitChecks(t, manyContracts())
	write := func(name string, content []byte) string {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	parts := s.parts(t, 100, 200, 1000)
	one, two, three := write("1.tieout", parts[0]), write("2.tieout", parts[1]), write("3.tieout", parts[2])
	half := write("half.tieout", s.parts(t, 100, 1000)[0])
	cut := write("cut.tieout", parts[1][:len(parts[1])-1])
	s.options = []string{"--fail-on info"}
	otherwise := write("otherwise.tieout", s.parts(t, 100, 200, 1000)[1])
	newer := write("newer.ndjson", s.in.Text)
	s.options, s.in = []string{"--fail-on error"}, &schema.Input{File: "many.ndjson", Text: s.in.Text[:len(s.in.Text)-300]}
	shorter := write("shorter.tieout", s.parts(t, 100, 200, 1000)[1])

	for _, test := range []struct {
		args, errors string
		code         int
	}{
		{"merge 3.tieout 1.tieout 2.tieout -o r.json --format none", "", exitUnread},
		{"merge " + one + " " + three, "part 2 of 3 is missing", exitUsage},
		{"merge " + one + " " + three + " " + three + " " + two, "part 3 of 3 is there twice", exitUsage},
		{"merge " + one + " " + half, "part 1 is one of 2, and part 1 one of 3\npart 2 of 3 is missing\npart 3 of 3 is missing", exitUsage},
		{"merge " + one + " " + cut + " " + three, "the part cut.tieout: it is cut or damaged", exitUsage},
		{"merge " + one + " " + otherwise + " " + three, `part 2 differs from part 1 in the options: ["--fail-on info"], ["--fail-on error"]`, exitUsage},
		{"merge " + one + " " + shorter + " " + three, "part 2 differs from part 1 in the input many.ndjson of ", exitUsage},
		{"merge " + newer, "the part newer.ndjson: it is no part that this version of tieout has written", exitUsage},
		{"merge none.tieout", "the part none.tieout: no such file or directory", exitUsage},
		{"merge " + one + " " + two + " " + three + " --source arifmetika.contracts", "the part 1.tieout: it was checked by other rules", exitUsage},
		{"merge " + one + " -o 1.tieout", "no report has the ending", exitUsage},
	} {
		var out, errs bytes.Buffer
		code := run(context.Background(), strings.Fields(test.args), nil, &out, &errs)
		if code != test.code || !strings.Contains(errs.String(), test.errors) {
			t.Errorf("%s: %d, %s", test.args, code, errs.String())
		}
	}
	s = newSplitChecks(t, manyContracts())
	var want bytes.Buffer
	if err := report.JSON(&want, s.check(t, 0, 1000)); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile("r.json"); err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("the merged report differs from that of the whole: %v", err)
	}
}
