package reconcile

import (
	"testing"

	"tieout/calc/date"
	"tieout/calc/schema"
)

func TestADayOfAnotherCalendarIsToldBesideItsText(t *testing.T) {
	day := date.MustParse("2018-07-21")
	for text, want := range map[string]string{"13970430": "2018-07-21", "1397/04/30": "2018-07-21", "2018-07-21": ""} {
		g := Given{Text: text, Date: day}
		v := TableValue{Value: schema.Value{Text: text, Date: day}}
		if g.Elsewhen() != want || v.Elsewhen() != want {
			t.Errorf("%s: got %q and %q, want %q", text, g.Elsewhen(), v.Elsewhen(), want)
		}
	}
	if g := (Given{Text: "13970230"}); g.Elsewhen() != "" {
		t.Error("a text that is no date has a day")
	}
	b := breach{Breach: schema.Breach{Kind: schema.JalaliDate, Expected: "13970430"}}
	if got := quoted(&b); got != `"13970430" (2018-07-21)` {
		t.Errorf("got %s", got)
	}
}

// A finding can be told of another record than the relations that are its
// evidence; what goes without saying is the file of the finding.
func TestFilesAreToldWhereTheyAreNotTheFindings(t *testing.T) {
	f := Finding{
		Source: "s", Place: schema.Place{File: "s.json"},
		Evidence:   []Evidence{{File: "c.json", Subject: []Figure{{File: "c.json"}}, Terms: []Figure{{File: "s.json"}, {}}}},
		Candidates: []Candidate{{Source: "s", File: "s.json"}, {Source: "c", File: "c.json"}},
		Grounds:    []Ground{{Read: []Given{{File: "s.json"}, {File: "c.json"}}}},
		Value:      &Given{File: "s.json"},
	}
	f.near()
	e := &f.Evidence[0]
	if e.File != "c.json" || e.Subject[0].File != "c.json" || e.Terms[0].File != "" {
		t.Errorf("evidence: %+v", e)
	}
	if c := f.Candidates; c[0].File != "" || c[0].Source != "" || c[1].File != "c.json" || c[1].Source != "c" {
		t.Errorf("candidates: %+v", c)
	}
	if g := f.Grounds[0].Read; g[0].File != "" || g[1].File != "c.json" || f.Value.File != "" {
		t.Errorf("read: %+v", g)
	}
}
