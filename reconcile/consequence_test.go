package reconcile

import (
	"slices"
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
)

// demands is a function that has a figure to be 0 while another is above a bound.
func demands(field, while, above string) schema.Rule {
	return schema.Rule{ID: "F-1", Law: "0 while another is large", Reads: []string{field, while}, Check: func(c *schema.Case) {
		if c.Amount(while).Cmp(calc.MustAmount(above)) > 0 && c.Amount(field).Sign() != 0 {
			c.Broken(field, "0", "the other is large")
		}
	}}
}

func TestWhatAFunctionTellsBecauseOfALocatedFigureFollowsFromIt(t *testing.T) {
	sums := schema.Rule{ID: "R-1", Formula: "total = a + b and total = fee", Severity: schema.Error}
	tests := []struct {
		name    string
		figures []string // total, a, b, fee
		rules   []schema.Rule
		want    []string
	}{
		{
			"it would hold with the figure as it should be",
			[]string{"93", "1", "2", "3"},
			[]schema.Rule{sums, demands("b", "total", "50")},
			[]string{"/total R-1 F-1"},
		},
		{
			"it is broken all the same",
			[]string{"93", "1", "2", "3"},
			[]schema.Rule{sums, demands("b", "total", "2")},
			[]string{"/b F-1", "/total R-1"},
		},
		{
			"it does not read the figure",
			[]string{"93", "1", "2", "3"},
			[]schema.Rule{sums, demands("b", "fee", "2")},
			[]string{"/b F-1", "/total R-1"},
		},
		{
			"it tells the figure itself",
			[]string{"93", "1", "2", "3"},
			[]schema.Rule{sums, demands("total", "total", "50")},
			[]string{"/total R-1 F-1"},
		},
		{
			"no figure is located",
			[]string{"93", "1", "2", "3"},
			[]schema.Rule{{ID: "R-1", Formula: "total = a + b", Severity: schema.Error}, demands("b", "total", "50")},
			[]string{"/b F-1", "/total R-1"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			rec := record(l, "1", test.figures)
			r := checkAll(t, l, rec, test.rules...)
			var got []string
			for i := range r.Findings.All() {
				got = append(got, listed(r.Findings.All())[i].Place.Pointer+" "+grounds(listed(r.Findings.All())[i]))
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if v := rec.Value(0, 0, 0); v.Text != "93" || v.Amount.String() != "93" {
				t.Errorf("the record has become %s (%s)", v.Text, v.Amount)
			}
		})
	}
}

func TestWhatFollowsSaysSoAndWeighsAsMuch(t *testing.T) {
	l := ledger(t)
	sums := schema.Rule{ID: "R-1", Formula: "total = a + b and total = fee"}
	rule := demands("b", "total", "50")
	rule.Severity = schema.Error
	r := checkAll(t, l, record(l, "1", []string{"93", "1", "2", "3"}), sums, rule)
	if r.Findings.Len() != 1 || listed(r.Findings.All())[0].Severity != schema.Error {
		t.Fatalf("%d findings", r.Findings.Len())
	}
	f := listed(r.Findings.All())[0]
	if g := f.Grounds[0]; g.Reason != "it is broken by total alone, by which b looks wrong: the other is large" {
		t.Errorf("got %q", g.Reason)
	}
	if f.Wanted != "" || !f.Located || f.Expected.String() != "3" {
		t.Errorf("it should be %q, %s", f.Wanted, f.Expected)
	}
}
