package reconcile

import (
	"strings"
	"testing"

	"tieout/calc/schema"
)

func TestAnArrayThatAllTotalsDisagreeWithIsToldOnce(t *testing.T) {
	const (
		totals  = "total = sum(rows.x) and a = sum(rows.y) and b = sum(rows.x) - sum(rows.y)"
		between = totals + " and b = total - a"
	)
	full := [][]string{{"1200", "817"}, {"938", "455"}}
	tests := []struct {
		name, formula string
		figures       []string
		rows          [][]string
		want          string // the place of each finding and what it says
	}{
		{"no row is there", totals, []string{"2138", "1272", "866"}, nil, "/rows rows is empty, and its totals are not 0"},
		{"a total is 0 all the same", totals, []string{"2138", "2138", "0"}, nil, "/rows rows is empty, and its totals are not 0"},
		{
			"a row is lacking", totals,
			[]string{"2138", "1272", "866"},
			full[:1],
			"/rows rows may lack a row: its totals are above what its rows add up to",
		},
		{
			"the totals hold between each other", between,
			[]string{"2138", "1272", "866"},
			full[:1],
			"/rows rows may lack a row: its totals are above what its rows add up to",
		},
		{"one total agrees", totals, []string{"2138", "817", "866"}, full[:1], "/total"},
		{"one total is below the rows", totals, []string{"2138", "1272", "383"}, full, "/b"},
		{"the totals contradict each other", between, []string{"2138", "1272", "966"}, full[:1], "/total"},
		{"two totals may be wrong where rows are", "total = sum(rows.x) and a = sum(rows.y)", []string{"2138", "1272"}, full[:1], "/total /a"},
		{"one total is not all", "total = sum(rows.x)", []string{"2138"}, nil, "/total"},
		{"nothing is missing", totals, []string{"0", "0", "0"}, nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := ledger(t)
			first, others, _ := strings.Cut(test.formula, " and ")
			rule := schema.Rule{Formula: first}
			for clause := range strings.SplitSeq(others, " and ") {
				if clause != "" {
					rule.Clauses = append(rule.Clauses, schema.Clause{Formula: clause, Severity: schema.Error})
				}
			}
			r := result(t, l, rule, record(l, "1", test.figures, test.rows...))
			var got []string
			for i := range r.Findings.All() {
				f := listed(r.Findings.All())[i]
				got = append(got, strings.TrimSpace(f.Place.Pointer+" "+f.Array))
				if f.Array != "" && (f.Located || f.HasFigures || len(f.Candidates) > 0 || len(f.Evidence) != r.Checks[Broken]) {
					t.Errorf("a figure is accused, or evidence is lost: %+v", f)
				}
			}
			if all := strings.Join(got, " "); all != test.want {
				t.Errorf("got %q, want %q", all, test.want)
			}
		})
	}
}
