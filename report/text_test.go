package report

import (
	"bytes"
	"encoding/json"
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
