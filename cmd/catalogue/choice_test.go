package catalogue_test

import (
	"slices"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/reconcile"
)

func TestRulesThatAreNotChosenTakeNoPart(t *testing.T) {
	all := map[string]bool{}
	for _, test := range []struct {
		name   string
		choice catalogue.Choice
		want   string // ids of the rules of contracts and schedules and their joins
	}{
		{"two rules", catalogue.Choice{Only: []string{"AC-01", "AS-05"}}, "AC-01 AS-05"},
		{"by the beginning", catalogue.Choice{Only: []string{"AC-0*"}, Skip: []string{"AC-01", "ac-09"}}, "AC-02 AC-03 AC-04 AC-05 AC-06 AC-07 AC-08"},
		{"of a join", catalogue.Choice{Only: []string{"XD-01"}}, "XD-01"},
		{"of every source", catalogue.Choice{Only: []string{"IN-02"}}, "IN-02 IN-02"},
		{"what is told of the joining", catalogue.Choice{Only: []string{"IN-05"}}, ""},
	} {
		checkers, err := test.choice.Checkers([]string{"arifmetika.contracts", "arifmetika.schedule"})
		if err != nil {
			t.Fatal(err)
		}
		joins, err := test.choice.Joins(checkers)
		if err != nil {
			t.Fatal(err)
		}
		joints, err := joins.Compiled()
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range joints {
			checkers = append(checkers, j.Checker)
		}
		var ids []string
		for _, c := range checkers {
			for _, r := range c.Rules() {
				ids = append(ids, r.ID)
			}
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		all[reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, checkers).Result().Tool.RuleSet] = true
	}
	if len(all) != 5 {
		t.Errorf("the five choices have %d fingerprints", len(all))
	}
}

func TestAChoiceOfNoRuleIsRefused(t *testing.T) {
	for _, test := range []struct {
		name       string
		only, skip []string
		want       string
	}{
		{"a slip", []string{"AC-1"}, nil, "there is AC-01, AC-1"},
		{"no beginning of any", nil, []string{"ZZ*"}, `"ZZ*"`},
		{"another source's", []string{"FT-01"}, nil, `"FT-01"`},
		{"what is told of the reading", nil, []string{"in-01"}, "IN-01 is not left out"},
	} {
		choice := catalogue.Choice{Only: test.only, Skip: test.skip}
		checkers, err := choice.Checkers([]string{"arifmetika.contracts"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := choice.Joins(checkers); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
}

func TestNothingIsLeftOutWithoutAChoice(t *testing.T) {
	checkers, err := catalogue.Checkers(nil)
	if err != nil {
		t.Fatal(err)
	}
	of := slices.IndexFunc(checkers, func(c *reconcile.Checker) bool { return c.Layout.Source.Name == "arifmetika.contracts" })
	if n := len(checkers[of].Rules()); n < 40 {
		t.Errorf("%d rules", n)
	}
}
