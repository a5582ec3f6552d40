package reconcile

import (
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
)

// infers is a law that has a figure to be a value by other means than relations.
func infers(id, field, value string) schema.Rule {
	return schema.Rule{
		ID: id, Title: "t", Law: "by the terms", Severity: schema.Warning, Basis: schema.Inferred, Reads: []string{field},
		Check: func(c *schema.Case) { c.Off(field, calc.MustAmount(value), "by the terms") },
	}
}

func TestWhatIsInferredDecidesBetweenRivalsAndAccusesNoneAlone(t *testing.T) {
	sum := schema.Rule{ID: "R-1", Title: "t", Formula: "total = a + b", Severity: schema.Error, Basis: schema.Stated}
	tests := []struct {
		name    string
		rules   []schema.Rule
		located string // of the finding that the sum is evidence of
		found   int
	}{
		{"what one rival should be is inferred", []schema.Rule{sum, infers("R-2", "a", "7")}, "/a 1->7", 1},
		{"two rivals are borne out", []schema.Rule{sum, infers("R-2", "a", "7"), infers("R-3", "b", "8")}, "", 3},
		{"what is inferred mends nothing", []schema.Rule{sum, infers("R-2", "a", "5")}, "", 2},
		{"two laws infer different values", []schema.Rule{sum, infers("R-2", "a", "7"), infers("R-3", "a", "6")}, "", 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			c, err := NewChecker(l, test.rules)
			if err != nil {
				t.Fatal(err)
			}
			rec := record(l, "1", []string{"9", "1", "2"})
			run := NewRun(Tool{}, schema.Circumstances{}, nil, []*Checker{c})
			run.BeginInput(Input{})
			run.Document(c, &schema.Document{Input: rec.Document.Input, Source: l.Source, Records: []*schema.Record{rec}})
			r := run.Result()
			located := ""
			for i := range r.Findings.All() {
				if f := listed(r.Findings.All())[i]; f.Located && f.Evidence[0].Rule.ID == "R-1" {
					located = f.Place.Pointer + " " + f.Actual.String() + "->" + f.Expected.String()
				}
			}
			if located != test.located || r.Findings.Len() != test.found {
				t.Errorf("located %q in %d findings, want %q in %d", located, r.Findings.Len(), test.located, test.found)
			}
		})
	}
}
