package reconcile

import (
	"slices"
	"testing"

	"tieout/calc/schema"
)

// demandSame is a function that demands that the figures a and fee are the same.
func demandSame(id string) schema.Rule {
	return schema.Rule{ID: id, Law: "they are the same", Reads: []string{"a", "fee"}, Check: func(c *schema.Case) {
		if a, fee := c.Amount("a"), c.Amount("fee"); !a.Equal(fee) {
			c.ShowOnly(c.Differ("a", "fee", "they differ"), "a", "fee")
		}
	}}
}

func TestOfTwoFiguresThatDifferTheOneIsWrongThatAnotherRuleTells(t *testing.T) {
	sum := schema.Rule{ID: "R-1", Formula: "total = a + b", Severity: schema.Error}
	alike := schema.Rule{ID: "R-2", Formula: "total = fee + b", Severity: schema.Error}
	tests := []struct {
		name    string
		figures []string // total, a, b, fee
		rules   []schema.Rule
		want    []string
	}{
		{"nothing tells which", []string{"3", "1", "2", "5"}, []schema.Rule{demandSame("F-1")}, []string{" F-1"}},
		{
			"a relation would have one as the other is",
			[]string{"3", "5", "2", "1"},
			[]schema.Rule{sum, demandSame("F-1")},
			[]string{"/a R-1 F-1 should be 1"},
		},
		{
			"the relation of the other",
			[]string{"3", "1", "2", "5"},
			[]schema.Rule{alike, demandSame("F-1")},
			[]string{"/fee R-2 F-1 should be 1"},
		},
		{
			"the relation has neither as the other is",
			[]string{"9", "5", "2", "1"},
			[]schema.Rule{sum, demandSame("F-1")},
			[]string{" F-1", "/total R-1 should be 7"},
		},
		{
			"a function tells one",
			[]string{"3", "-1", "2", "1"},
			[]schema.Rule{demandSame("F-0"), notNegative("a")},
			[]string{"/a F-0 F-1 should be 1"},
		},
		{
			"a function tells both",
			[]string{"3", "-1", "2", "-2"},
			[]schema.Rule{demandSame("F-0"), notNegative("a"), notNegativeAs("F-2", "fee")},
			[]string{" F-0", "/a F-1 should be 0", "/fee F-2 should be 0"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			r := checkAll(t, l, record(l, "1", test.figures), test.rules...)
			var got []string
			for i := range r.Findings.All() {
				f := listed(r.Findings.All())[i]
				said := f.Place.Pointer + " " + grounds(f)
				if f.HasFigures {
					said += " should be " + f.Expected.String()
				}
				got = append(got, said)
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// notNegativeAs is notNegative by another id.
func notNegativeAs(id, field string) schema.Rule {
	r := notNegative(field)
	r.ID = id
	return r
}

func TestARowThatDiffersInItselfStandsAtTheFirstValueThatDoes(t *testing.T) {
	l := ledger(t)
	r := checkAll(t, l, record(l, "1", []string{"3", "1", "2", "5"}), demandSame("F-1"))
	if r.Findings.Len() != 1 {
		t.Fatalf("%d findings", r.Findings.Len())
	}
	f := listed(r.Findings.All())[0]
	var read []string
	for _, v := range f.Grounds[0].Read {
		read = append(read, v.Field)
	}
	if f.Place.Offset != 10 || !slices.Equal(read, []string{"a", "fee"}) {
		t.Errorf("at %d, with %v", f.Place.Offset, read)
	}
}
