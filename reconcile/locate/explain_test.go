package locate_test

import (
	"errors"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/reconcile/locate"
)

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name      string
		figures   string
		relations []string
		want      []string
	}{
		{
			"two rivals of one relation", "a 5 b 3",
			[]string{"a = b"},
			[]string{"2 explanations are possible [0]", "  1 | a 5->3 unknown", "  1 | b 3->5 unknown"},
		},
		{
			"an inequality excludes a rival but does not locate the other", "a -5 b 3 c 3",
			[]string{"a = b", "0 <= a", "c <= b"},
			[]string{"only one explanation is left, and nothing confirms it [0 1] consequences [1]", "  1 | a -5->3 unknown"},
		},
		{
			"an inequality alone leaves the value open", "a 500 b 300",
			[]string{"a <= b"},
			[]string{"2 explanations are possible [0]", "  1 | a 500->~300 unknown", "  1 | b 300->~500 unknown"},
		},
		{
			"two figures that stand in each other's place", "a 71234 b 38566 a1 71234 a2 71234 b1 38566 b2 38566 c 109800",
			[]string{"a1 = b", "a2 = b", "b1 = a", "b2 = a", "c = a + b"},
			[]string{"located [0 1 2 3]", "  1 | a 71234->38566 swapped_figures | b 38566->71234 swapped_figures"},
		},
		{
			"amounts beyond 64 bits",
			"a 12345678901234567890.12 b 12345678901234567809.12 c 12345678901234567890.12",
			[]string{"a = b", "a = c", "b = c"},
			[]string{
				"located [0 2]",
				"  1 | b 12345678901234567809.12->12345678901234567890.12 transposed_digits",
			},
		},
		{
			"mixed scales", "a 10.5 b 10.50 c 1.05E1 d 9.5",
			[]string{"a = b", "b = c", "c = d", "d = a"},
			[]string{"located [2 3]", "  1 | d 9.5->10.5 unknown"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBuilder()
			b.values(test.figures)
			b.relations(test.relations...)
			want(t, b.render(b.explain(t)), test.want...)
		})
	}
}

func TestFixedFiguresAreNeverSuspected(t *testing.T) {
	b := newBuilder()
	b.values("a 500 b 300")
	b.relation("a = b")
	b.net.Figures[0].Fixed = true
	want(t, b.render(b.explain(t)), "located [0]", "  1 | b 300->500 digit_replaced")
	b.net.Figures[1].Fixed = true
	want(t, b.render(b.explain(t)), "no change of the figures that may be wrong explains it [0]")
}

func TestWeightsOrderRivalsButDoNotLocate(t *testing.T) {
	b := newBuilder()
	b.values("total 500 part 317")
	b.relation("total = part")
	b.net.Figures[0].Weight = 2
	want(t, b.render(b.explain(t)),
		"2 explanations are possible [0]", "  1 | part 317->500 unknown", "  2 | total 500->317 unknown")
}

func TestToleranceIsTheChecker(t *testing.T) {
	for _, test := range []struct {
		interest string
		want     []string
	}{
		// 7440 * 0.7 % * 28 days is 1458.24, in whole roubles: half a unit either way.
		{"1458", nil},
		{"1459", []string{"located [0]", "  1 | interest 1459->1458 digit_replaced"}},
		{"1485", []string{"located [0]", "  1 | interest 1485->1458 transposed_digits"}},
	} {
		b := newBuilder()
		b.values("interest " + test.interest + " balance 7440")
		b.net.Figures[1].Fixed = true
		b.net.Relations = []locate.Relation{{
			Terms:     []locate.Term{{Figure: 0, Coef: 1000}, {Figure: 1, Coef: -7 * 28}},
			Tolerance: amount("500"),
		}}
		want(t, b.render(b.explain(t)), test.want...)
	}
}

func TestMissingFigures(t *testing.T) {
	for _, test := range []struct {
		name    string
		figures string
		want    []string
	}{
		{"the value it must have", "total 30 a 10 b 0 x 20 y 20 z 20", []string{"missing b 20"}},
		{"also beside an error elsewhere", "total 30 a 10 b 0 x 20 y 64 z 20", []string{
			"located [1 2]", "  1 | y 64->20 unknown", "missing b 20",
		}},
		{"with the value of a figure that was located", "total 30 a 45 b 0 x 10 y 10 z 10", []string{
			"located [3 4]", "  1 | a 45->10 unknown", "missing b 20",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBuilder()
			b.values(test.figures)
			b.relations("total = a + b", "x = y", "y = z")
			if test.want[0] == "located [3 4]" {
				b.relations("a = x", "a = z")
			}
			b.net.Figures[b.index["b"]].Missing = true
			want(t, b.render(b.explain(t)), test.want...)
		})
	}
	b := newBuilder()
	b.values("total 30 a 45 b 0 x 10")
	b.relations("total = a + b", "a = x")
	b.net.Figures[2].Missing = true
	want(t, b.render(b.explain(t)),
		"2 explanations are possible [1]", "  1 | a 45->10 unknown", "  1 | x 10->45 unknown", "missing b open")
}

func TestTwoRelationsContradictEachOtherOverAMissingFigure(t *testing.T) {
	b := newBuilder()
	b.values("total 30 a 10 b 0 other 25 c 5")
	b.relations("total = a + b", "other = b + c", "0 <= b")
	b.net.Figures[2].Missing = true
	e := b.explain(t)
	if len(e.Causes) != 0 {
		t.Fatalf("b is 20 by both:\n%s", b.render(e))
	}
	b.figure("other", "52")
	e = b.explain(t)
	if len(e.Causes) != 1 || e.Causes[0].Located || e.Missing[0].Determined ||
		!reflect.DeepEqual(e.Causes[0].Evidence, []int{0, 1}) {
		t.Errorf("%s", b.render(e))
	}
}

func TestOneComponentLeftOutOfSeveralTotalsIsARivalOfTheComponent(t *testing.T) {
	b := contract()
	b.values("total_balance 8533 total_overdue 1764 total_today 3534") // all without the penalty of 5
	e := b.explain(t)
	want(t, b.render(e),
		"2 explanations are possible [0 1 3]",
		"  1 | total_balance 8533->8538 component_omitted | total_overdue 1764->1769 component_omitted"+
			" | total_today 3534->3539 component_omitted",
		"  2 | penalty 5->0 unknown",
	)
}

func TestRowCopiedWholeIsOneSlip(t *testing.T) {
	b := newBuilder()
	component(b, "debt", 4, true, func(i int) int64 { return 81_234 + int64(i*137) }, func(int) int { return 1 })
	for i, name := range b.names {
		if rest, ok := strings.CutPrefix(name, "debt1"); ok {
			b.figure("debt3"+rest, b.net.Figures[i].Value.String())
		}
	}
	// The totals of the begin balances and of the payments contradict the copy.
	// They would be the smaller explanation.
	e := b.explain(t)
	if len(e.Causes) != 1 || e.Causes[0].Located || e.Causes[0].AtLeast != 2 {
		t.Fatalf("%s", b.render(e))
	}
	// Which of the two equal rows is the copy, the net cannot tell.
	best := e.Causes[0].Best()
	if len(best) != 2 || len(best[1].Changes) != 4 || b.names[best[1].Changes[0].Figure] != "debt3.begin" ||
		best[1].Changes[0].Slip.Class != locate.Copied {
		t.Errorf("%s", b.render(e))
	}
}

func TestInvalidNets(t *testing.T) {
	for _, test := range []struct {
		name     string
		relation locate.Relation
		want     error
	}{
		{"a figure that does not exist", locate.Relation{Terms: []locate.Term{{Figure: 1, Coef: 1}}}, locate.ErrFigure},
		{"a tolerance below zero", locate.Relation{Tolerance: amount("-1")}, locate.ErrTolerance},
	} {
		net := locate.Net{Figures: make([]locate.Figure, 1), Relations: []locate.Relation{test.relation}}
		if _, err := locate.Explain(&net, locate.Limits{}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestTheSameNetGivesTheSameExplanation(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 200 {
		net := smallNet(r)
		first, _ := locate.Explain(net, locate.Limits{})
		for range 3 {
			if again, _ := locate.Explain(net, locate.Limits{}); !reflect.DeepEqual(first, again) {
				t.Fatalf("%+v\n%+v", first, again)
			}
		}
	}
}

func TestACleanRecordBesideItChangesNothing(t *testing.T) {
	alone, both := contract(), contract()
	alone.figure("penalty", "50")
	both.figure("penalty", "50")
	shift := len(both.net.Figures)
	clean := contract()
	both.net.Figures = append(both.net.Figures, clean.net.Figures...)
	for _, relation := range clean.net.Relations {
		var terms []locate.Term
		for _, term := range relation.Terms {
			terms = append(terms, locate.Term{Figure: term.Figure + shift, Coef: term.Coef})
		}
		relation.Terms = terms
		both.net.Relations = append(both.net.Relations, relation)
	}
	want(t, both.render(both.explain(t)), "located [0 1 3]", "  1 | penalty 50->5 factor_of_ten")
}

func FuzzExplain(f *testing.F) {
	f.Add(int64(1), "694", "1E-3")
	f.Fuzz(func(t *testing.T, seed int64, text, other string) {
		net := smallNet(rand.New(rand.NewSource(seed)))
		for i, s := range []string{text, other} {
			if a, err := calc.ParseAmount(s); err == nil {
				net.Figures[i].Value = a
			}
		}
		e, err := locate.Explain(net, locate.Limits{Steps: 2000})
		if err != nil {
			t.Fatal(err)
		}
		for _, set := range combinations(e) {
			if values, known := applied(net, set); known && len(set) > 0 && !satisfied(net, values) {
				t.Fatalf("%v does not make the relations hold\n%s", figureSet(set), dump(net))
			}
		}
	})
}
