package locate_test

import (
	"testing"

	"tieout/reconcile/locate"
)

// scholtus is the profit and loss account of Scholtus (2009), section 4, with
// the errors given as "x4 161".
func scholtus(errors string) *builder {
	b := newBuilder()
	b.values("x1 1452 x2 116 x3 1568 x4 116 x5 323 x6 76 x7 12 x8 411 x9 1979 x10 1842 x11 137")
	b.values(errors)
	b.relations(
		"x3 = x1 + x2",
		"x2 = x4",
		"x8 = x5 + x6 + x7",
		"x9 = x3 + x8",
		"x11 = x9 - x10",
	)
	return b
}

func TestProfitAndLossAccountOfScholtus(t *testing.T) {
	for _, test := range []struct {
		name   string
		errors string
		want   []string
	}{
		{"the true record is explained by nothing", "", nil},
		{"two digits of x4 exchanged", "x4 161", []string{
			"located [1]", "  1 | x4 161->116 transposed_digits",
		}},
		{"a digit added to x9 as well makes two causes", "x4 161 x9 19979", []string{
			"located [1]", "  1 | x4 161->116 transposed_digits",
			"located [3 4]", "  1 | x9 19979->1979 digit_added",
		}},
		{"three parts left empty leave three places for their sum", "x4 161 x9 19979 x5 0 x6 0 x7 0", []string{
			"located [1]", "  1 | x4 161->116 transposed_digits",
			"3 explanations are possible [2]",
			"  1 | x5 0->411 unknown", "  1 | x6 0->411 unknown", "  1 | x7 0->411 unknown",
			"located [3 4]", "  1 | x9 19979->1979 digit_added",
		}},
		{"a subtotal left empty is told apart from its total", "x4 161 x9 19979 x8 0", []string{
			"located [1]", "  1 | x4 161->116 transposed_digits",
			"located [2 3]", "  1 | x8 0->411 unknown",
			"located [3 4]", "  1 | x9 19979->1979 digit_added",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := scholtus(test.errors)
			want(t, b.render(b.explain(t)), test.want...)
		})
	}
}

// sampleSchedule is the interest of the printed payment schedule: two rows,
// three payments. The begin balances of the payments are not filled in there.
func sampleSchedule() *builder {
	b := newBuilder()
	b.values("total.begin 3785 total.paid 3785 total.end 0")
	b.values("row1.begin 3136 row1.paid 3136 row1.end 0 fact1.paid 3136 fact1.end 0")
	b.values("row2.begin 649 row2.paid 694 row2.end 0")
	b.values("fact2.paid 479 fact2.end 170 fact3.paid 170 fact3.end 0")
	b.relations(
		"total.begin = row1.begin + row2.begin",
		"total.paid = row1.paid + row2.paid",
		"total.end = row1.end + row2.end",
		"total.end = total.begin - total.paid",
		"row1.end = row1.begin - row1.paid",
		"row2.end = row2.begin - row2.paid",
		"row1.paid = fact1.paid",
		"row2.paid = fact2.paid + fact3.paid",
		"fact1.end = row1.begin - fact1.paid",
		"fact2.end = row2.begin - fact2.paid",
		"fact3.end = fact2.end - fact3.paid",
		"row1.end = fact1.end",
		"row2.end = fact3.end",
	)
	b.nonNegative()
	return b
}

func TestMisprintOfThePrintedSchedule(t *testing.T) {
	b := sampleSchedule()
	e := b.explain(t)
	want(t, b.render(e), "located [1 5 7]", "  1 | row2.paid 694->649 transposed_digits")
	if got := e.Causes[0].Candidates[0].Changes[0].Slip.Text(); got != "digits 9 and 4 exchanged: 694 for 649" {
		t.Errorf("slip in words: %q", got)
	}
}

func TestEveryFigureOfTheSampleScheduleIsLocatedAlone(t *testing.T) {
	clean := sampleSchedule()
	clean.figure("row2.paid", "649")
	for i, name := range clean.names {
		b := sampleSchedule()
		b.figure("row2.paid", "649")
		b.figure(name, b.net.Figures[i].Value.Plus(amount("13")).String())
		e := b.explain(t)
		if len(e.Causes) != 1 || !e.Causes[0].Located || e.Causes[0].Candidates[0].Changes[0].Figure != i {
			t.Errorf("%s:\n%s", name, b.render(e))
		}
	}
}

// contract is the overdue contract of the printed contract list.
func contract() *builder {
	b := newBuilder()
	b.values("total_balance 8538 main_debt_balance 8333 interest_balance 200 penalty 5")
	b.values("total_overdue 1769 main_debt_overdue 1667 interest_overdue 97")
	b.values("total_planned 1900 main_debt_planned 1667 interest_planned 233")
	b.values("interest_planned_today 103 total_today 3539 contract_sum 10000")
	b.relations(
		"total_balance = main_debt_balance + interest_balance + penalty",
		"total_overdue = main_debt_overdue + interest_overdue + penalty",
		"total_planned = main_debt_planned + interest_planned",
		"total_today = main_debt_overdue + interest_overdue + penalty + main_debt_planned + interest_planned_today",
		"total_today = total_overdue + main_debt_planned + interest_planned_today",
		"interest_balance = interest_overdue + interest_planned_today",
		"main_debt_overdue <= main_debt_balance",
		"interest_overdue <= interest_balance",
		"total_overdue <= total_balance",
		"main_debt_overdue + main_debt_planned <= main_debt_balance",
		"interest_planned_today <= interest_planned",
		"total_today <= total_balance",
		"main_debt_balance <= contract_sum",
	)
	b.nonNegative()
	return b
}

func TestContractListAmbiguousPairsAreTwoCandidates(t *testing.T) {
	for _, test := range []struct {
		errors string
		want   []string
	}{
		{"total_balance 8638", []string{
			"2 explanations are possible [0]",
			"  1 | total_balance 8638->8538 digit_replaced",
			"  1 | main_debt_balance 8333->8433 digit_replaced",
		}},
		{"total_balance 8358", []string{
			"2 explanations are possible [0]",
			"  1 | total_balance 8358->8538 transposed_digits",
			"  2 | main_debt_balance 8333->8153 unknown",
		}},
		{"main_debt_balance 8123", []string{
			"2 explanations are possible [0]",
			"  1 | total_balance 8538->8328 unknown",
			"  1 | main_debt_balance 8123->8333 unknown",
		}},
		{"interest_planned 323", []string{
			"2 explanations are possible [2]",
			"  1 | interest_planned 323->233 transposed_digits",
			"  2 | total_planned 1900->1990 digit_replaced",
		}},
	} {
		t.Run(test.errors, func(t *testing.T) {
			b := contract()
			b.values(test.errors)
			want(t, b.render(b.explain(t)), test.want...)
		})
	}
}

func TestContractListFiguresLocatedAlone(t *testing.T) {
	ambiguous := map[string]bool{
		"total_balance": true, "main_debt_balance": true, "total_planned": true, "interest_planned": true,
		"contract_sum": true, // stands in one inequality only
	}
	for i, name := range contract().names {
		b := contract()
		b.figure(name, b.net.Figures[i].Value.Plus(amount("17")).String())
		e := b.explain(t)
		if ambiguous[name] {
			continue
		}
		if len(e.Causes) != 1 || !e.Causes[0].Located || e.Causes[0].Candidates[0].Changes[0].Figure != i {
			t.Errorf("%s:\n%s", name, b.render(e))
		}
	}
}

// One step is too few to go on, in the whole or in a part of it.
func TestLimits(t *testing.T) {
	b := scholtus("x4 161 x9 19979 x8 0")
	e, err := locate.Explain(&b.net, locate.Limits{Changes: 2, Steps: 1})
	if err != nil {
		t.Fatal(err)
	}
	want(t, b.render(e), "at least 2 figures differ; no smaller set explains it [1 2 3 4]")
}
