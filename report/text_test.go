package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"tieout/reconcile"
)

// The text and the JSON of results that have everything, as people review them;
// -update rewrites them.
func TestTextAndJSONOfResults(t *testing.T) {
	results := map[string]*reconcile.Result{"rich": richResult(), "clean": cleanResult(), "empty": {}, "functions": functionsResult()}
	formats := map[string]func(io.Writer, *reconcile.Result) error{
		".txt":  func(w io.Writer, r *reconcile.Result) error { return Text(w, r, false) },
		".json": JSON,
	}
	for name, r := range results {
		for ending, write := range formats {
			var got bytes.Buffer
			if err := write(&got, r); err != nil {
				t.Fatal(err)
			}
			golden := "testdata/report_" + name + ending
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || !bytes.Equal(want, got.Bytes()) {
				t.Errorf("%s differs (%v), rewrite with -update; got:\n%s", golden, err, got.String())
			}
			if ending == ".json" && !json.Valid(got.Bytes()) {
				t.Errorf("%s is not JSON", golden)
			}
		}
	}
}

// A screen shows the first of very many findings and rejects, and counts all.
func TestOnAScreenTheFirstFindingsAreShown(t *testing.T) {
	r := richResult()
	for len(r.Findings) <= maxOnScreen {
		r.Findings = append(r.Findings, r.Findings[0])
	}
	for len(r.Rejects) <= maxOnScreen+1 {
		r.Rejects = append(r.Rejects, r.Rejects[0])
	}
	var screen, whole bytes.Buffer
	if err := errors.Join(Screen(&screen, r, false), Text(&whole, r, false)); err != nil {
		t.Fatal(err)
	}
	for _, more := range []string{"and 1 more finding; -o writes", "and 2 more rejects; -o writes"} {
		if !strings.Contains(screen.String(), more) || strings.Contains(whole.String(), more) {
			t.Errorf("%q belongs on a screen, and not into a file", more)
		}
	}
	summary := func(text string) string { return text[strings.LastIndex(text, "\n\n"):] }
	if summary(screen.String()) != summary(whole.String()) {
		t.Errorf("counted %s, and in the file %s", summary(screen.String()), summary(whole.String()))
	}
}

// What a document says cannot steer the terminal that shows it.
func TestTextHoldsNoControlCharacters(t *testing.T) {
	r := richResult()
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Record, f.Field, f.Raw = "a\x1b[31m\nb", "c\rd", "1\x07"
	}
	var got bytes.Buffer
	if err := Text(&got, r, false); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(got.String(), "\x1b\r\x07") {
		t.Error("control characters reach the terminal")
	}
}
