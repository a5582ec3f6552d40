package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/reconcile"
	"tieout/reconcile/locate"
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
	for r.Findings.Len() <= maxOnScreen {
		r.Findings.Add(*listed(r.Findings.All())[0])
	}
	for r.Rejects.Len() <= maxOnScreen+1 {
		r.Rejects.Add(*listed(r.Rejects.All())[0])
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
	for i := range r.Findings.All() {
		f := listed(r.Findings.All())[i]
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

// A finding that is not located accuses no figure at its place; its headline names
// the explanation that is likelier than all others, when slips explain it.
func TestAFindingThatIsNotLocatedAccusesNoFigure(t *testing.T) {
	finding := func(all ...reconcile.Candidate) *reconcile.Finding {
		e := reconcile.Evidence{Rule: ac01, Actual: calc.MustAmount("12450.10"), Expected: calc.MustAmount("12350.40"), Difference: calc.MustAmount("99.70")}
		return &reconcile.Finding{
			Rule: ac01, HasFigures: true, Raw: "12450.10", Actual: e.Actual, Expected: e.Expected, Difference: e.Difference,
			Evidence: []reconcile.Evidence{e}, Candidates: all,
		}
	}
	candidate := func(set, rank int, field string, class reconcile.Class, reason string) reconcile.Candidate {
		return reconcile.Candidate{Set: set, Rank: rank, Field: field, Class: class, Reason: reason}
	}
	part := candidate(1, 1, "penalty", locate.FactorOfTen, "10 times too small")
	for _, test := range []struct {
		name string
		f    *reconcile.Finding
		want string
	}{
		{"one is likeliest", finding(part, candidate(2, 2, "total", reconcile.Unknown, "no known slip")), "; likeliest penalty: 10 times too small"},
		{"several are wrong together", finding(
			candidate(1, 1, "total", locate.ComponentOmitted, "penalty left out"),
			candidate(1, 1, "overdue", locate.ComponentOmitted, "penalty left out"),
		), "; likeliest total, overdue: penalty left out"},
		{"two are as likely", finding(part, candidate(2, 1, "total", locate.Sign, "sign reversed")), ""},
		{"no slip is known", finding(candidate(1, 1, "total", reconcile.Unknown, "no known slip")), ""},
		{"there are no candidates", finding(), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := headline(test.f); got != ac01.Title+test.want {
				t.Errorf("%q", got)
			}
			if got := caretText(test.f); got != "printed 12450.10, by AC-01 the other side gives 12350.40, difference 99.70" {
				t.Errorf("%q", got)
			}
		})
	}
}

// The difference by one reading of several is no difference to be added up.
func TestDifferencesOfReadingsAreNotAddedUp(t *testing.T) {
	e := reconcile.Evidence{Rule: ft06, Reading: 3, Difference: calc.MustAmount("43904342")}
	f := reconcile.Finding{Rule: ft06, HasFigures: true, Difference: e.Difference, Evidence: []reconcile.Evidence{e}}
	got := &tally{}
	got.add(&f)
	f.Located = true
	got.add(&f)
	if got.Figures != 1 || got.Net.String() != "43904342" {
		t.Errorf("%d differences, together %s", got.Figures, got.Net)
	}
}
