package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"tieout/reconcile"
)

func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "З20НвАР", "a\"b\\c/", "\b\f\n\r\t\x00\x1f\x7f", "<&>", "\u2028\u2029", "\xff\xc3", "\ufffd", "تسهیلات😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(s); err != nil {
			t.Fatal(err)
		}
		var j jsonText
		if j.quote(s); string(j.text)+"\n" != want.String() {
			t.Errorf("got %s, want %s", j.text, want.String())
		}
	})
}

// The lines are the elements of the JSON report.
func TestLinesHoldWhatTheDocumentHolds(t *testing.T) {
	for name, r := range map[string]*reconcile.Result{"rich": richResult(), "clean": cleanResult(), "empty": {}, "functions": functionsResult()} {
		var whole, lines bytes.Buffer
		if err := JSON(&whole, r); err != nil {
			t.Fatal(err)
		}
		if err := NDJSON(&lines, r); err != nil {
			t.Fatal(err)
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(whole.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		got := map[string][]string{}
		last := ""
		scan := bufio.NewScanner(&lines)
		for scan.Scan() {
			var line struct{ Kind string }
			if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
				t.Fatalf("%s: %v", scan.Text(), err)
			}
			last = line.Kind
			got[last] = append(got[last], strings.Replace(scan.Text(), `"kind":"`+last+`",`, "", 1))
		}
		if last != "summary" || len(got["summary"]) != 1 {
			t.Errorf("%s: the last line is a %s", name, last)
		}
		for kind, member := range map[string]string{
			"finding": "findings", "reject": "rejects", "missing": "not_evaluable", "pattern": "patterns",
			"unmatched": "unmatched", "unused_adjustment": "unused_adjustments",
		} {
			var compact bytes.Buffer
			if err := json.Compact(&compact, want[member]); err != nil {
				t.Fatal(err)
			}
			if list := "[" + strings.Join(got[kind], ",") + "]"; list != compact.String() {
				t.Errorf("%s: %s: got %s, want %s", name, member, list, compact.String())
			}
		}
	}
}

func TestFindingsBeyondTheMostAreCounted(t *testing.T) {
	r := richResult()
	r.MaxFindings = 2
	var text, document, lines bytes.Buffer
	for _, err := range []error{Text(&text, r, false), JSON(&document, r), NDJSON(&lines, r)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(text.String(), "showing 2 of 7 findings\n") || strings.Count(text.String(), "\n  --> ") != 2+r.Rejects.Len() {
		t.Errorf("the text says\n%s", text.String())
	}
	var read struct {
		Summary struct {
			Findings map[string]int
			Shown    int `json:"findings_shown"`
		}
		Findings []any
	}
	if err := json.Unmarshal(document.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, n := range read.Summary.Findings {
		sum += n
	}
	if len(read.Findings) != 2 || read.Summary.Shown != 2 || sum != 7 {
		t.Errorf("the document says %+v", read)
	}
	if got := strings.Count(lines.String(), `{"kind":"finding"`); got != 2 {
		t.Errorf("%d lines of findings", got)
	}
	rows := 0
	sheets := workbookSheets(r, maxSheetRows-1)
	for i := range sheets {
		if strings.HasPrefix(sheets[i].Name, findingsName) {
			for range sheets[i].Rows {
				rows++
			}
		}
	}
	if all := reservations(surveyOf(r)); rows != 2 || !strings.Contains(all[len(all)-1].Text, "showing 2 of 7 findings") {
		t.Errorf("%d rows; the summary says %v", rows, all)
	}
}

func BenchmarkFindingLine(b *testing.B) {
	f, j := contractFindings()[0], &jsonText{}
	b.ReportAllocs()
	for b.Loop() {
		j.text = j.text[:0]
		j.begin('{')
		j.finding(&f)
		j.end('}')
	}
}
