package properties

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/reconcile"
)

// check reads inputs as the built-in sources and checks them.
func check(t testing.TB, inputs ...*schema.Input) *reconcile.Result {
	t.Helper()
	return checkAbout(t, schema.Circumstances{}, inputs, nil)
}

func load(t testing.TB, file string) *schema.Input {
	t.Helper()
	f, err := ingest.Open(filepath.Join("..", "testdata", file), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in, err := f.Load(false)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// outcomes of a rule: holds, broken, not applicable.
type outcomes struct{ holds, broken, notApplicable int }

// The published samples agree with themselves but for a few figures. These
// counts are made by hand from the documents.
func TestThePublishedSamplesHoldAndBreakWhatTheyShould(t *testing.T) {
	all := func(n int, rules ...string) map[string]outcomes {
		m := map[string]outcomes{}
		for _, id := range rules {
			m[id] = outcomes{holds: n}
		}
		return m
	}
	contract := []string{
		"AC-01", "AC-02", "AC-03", "AC-04", "AC-05", "AC-06",
		"AC-07", "AC-08", "AC-09", "AC-10", "AC-11", "AC-12", "AC-13", "AC-15", "AC-26", "AC-30",
	}
	and := func(m, more map[string]outcomes) map[string]outcomes {
		maps.Copy(m, more)
		return m
	}
	tests := []struct {
		sample string
		want   map[string]outcomes
	}{
		{"arifmetika-contracts-none.json", nil},
		{"arifmetika-contracts-overdue.json", and(all(1, contract...), map[string]outcomes{
			// 13 sums and no tranche; four dates of which one is "".
			"AC-14": {13, 0, 1}, "AC-22": {3, 0, 1}, "AC-23": {2, 0, 1}, "AC-24": {1, 0, 0}, "AC-25": {1, 0, 0},
			"AC-16": {0, 1, 0}, "AC-17": {0, 0, 1}, "AC-18": {1, 0, 0}, "AC-19": {1, 0, 0}, "AC-20": {1, 0, 0}, "AC-21": {1, 0, 0},
			"AC-27": {0, 0, 1}, "AC-28": {1, 0, 0}, "AC-29": {0, 0, 1}, "AC-31": {0, 0, 1}, "AC-33": {0, 0, 1},
			"AC-34": {0, 0, 1}, "AC-35": {0, 0, 1}, "AC-36": {0, 0, 1}, "AC-37": {0, 0, 1}, "AC-38": {0, 0, 1},
		})},
		{"arifmetika-contracts-mixed.json", and(all(4, contract...), map[string]outcomes{
			// 13 sums each and that of a tranche; of 16 dates 5 are "". The second
			// contract is not issued, the third is a copy, the fourth is repaid.
			"AC-14": {53, 0, 3}, "AC-22": {11, 0, 5}, "AC-23": {7, 0, 5}, "AC-24": {2, 1, 1}, "AC-25": {2, 1, 1},
			"AC-16": {2, 1, 1}, "AC-17": {1, 0, 3}, "AC-18": {2, 1, 1}, "AC-19": {2, 1, 1}, "AC-20": {1, 2, 1}, "AC-21": {3, 1, 0},
			"AC-27": {3, 1, 0}, "AC-28": {2, 2, 0}, "AC-29": {1, 1, 2}, "AC-31": {2, 0, 2}, "AC-33": {0, 1, 3},
			"AC-34": {0, 1, 3}, "AC-35": {0, 1, 3}, "AC-36": {0, 1, 3}, "AC-37": {1, 1, 2}, "AC-38": {0, 0, 4},
		})},
		{"arifmetika-schedule.json", map[string]outcomes{
			// Of the 34 equalities of a schedule with two installments and six
			// payments, 31 hold; AS-08 is about a figure that is never filled.
			"AS-01": {3, 0, 0}, "AS-02": {2, 1, 0}, "AS-03": {3, 0, 0}, "AS-04": {3, 0, 0},
			"AS-05": {5, 1, 0}, "AS-06": {5, 1, 0}, "AS-07": {6, 0, 1}, "AS-08": {0, 0, 3}, "AS-09": {4, 0, 2},
			// Neither installment has the day it was paid. All 45 figures are 0 or
			// more, and the three fields of penalties paid have no rows.
			"AS-11": {2, 0, 0}, "AS-12": {2, 0, 0}, "AS-13": {2, 0, 0}, "AS-14": {0, 2, 0}, "AS-15": {45, 0, 3},
			"AS-18": {1, 0, 0}, "AS-19": {1, 0, 0}, "AS-20": {2, 0, 0}, "AS-21": {1, 0, 0},
		}},
		{"brainysoft-contract.json", map[string]outcomes{
			// The contract has no schedule and no shares of principal, a full cost
			// that is not computed and no fees. Its one penalty rate has no rate
			// before it. Of its two due dates the first is a working day.
			"BC-01": {0, 1, 0}, "BC-02": {0, 0, 1}, "BC-03": {1, 0, 0}, "BC-04": {1, 0, 0}, "BC-05": {1, 0, 0}, "BC-06": {1, 1, 1},
			"BC-08": {1, 0, 0}, "BC-09": {1, 0, 0}, "BC-11": {0, 1, 0}, "BC-12": {4, 0, 1}, "BC-13": {0, 0, 1}, "BC-14": {1, 0, 0},
			"BC-20": {0, 0, 2}, "BC-21": {0, 0, 1}, "BC-22": {0, 0, 1}, "BC-23": {0, 0, 1}, "BC-24": {0, 0, 1}, "BC-25": {0, 0, 1},
			"BC-26": {0, 0, 1}, "BC-27": {0, 0, 1}, "BC-28": {0, 0, 1},
			// Each text rule speaks of the record once.
			"IN-02": {1, 0, 0}, "IN-03": {1, 0, 0}, "IN-04": {1, 0, 0},
		}},
		{"finnotech-facility.json", map[string]outcomes{
			"FT-02": {1, 1, 0}, "FT-03": {2, 0, 0}, "FT-04": {2, 0, 0}, "FT-05": {2, 0, 0},
			"FT-06": {0, 1, 0}, "FT-08": {2, 0, 0}, "FT-09": {1, 0, 0},
			// One loan, with two interests, types and banks, the older interest wrong.
			// Of 18 amounts none is negative; of six texts one is "" and one Arabic.
			"FT-01": {0, 1, 0}, "FT-07": {0, 1, 0}, "FT-10": {1, 1, 0}, "FT-11": {1, 0, 0}, "FT-12": {1, 1, 0}, "FT-14": {1, 0, 0},
			"FT-15": {1, 0, 0}, "FT-16": {2, 0, 0}, "FT-17": {1, 0, 0}, "FT-18": {18, 0, 0}, "FT-19": {4, 1, 1}, "FT-21": {1, 0, 0},
			"FT-22": {1, 0, 0},
		}},
		{"finnotech-nothing.json", map[string]outcomes{
			// An answer without loans has a person and a result code all the same.
			"FT-01": {0, 1, 0}, "FT-22": {1, 0, 0},
			"FT-02": {0, 0, 1}, "FT-03": {0, 0, 1}, "FT-04": {0, 0, 1}, "FT-05": {0, 0, 1}, "FT-06": {0, 0, 1}, "FT-07": {0, 0, 1},
			"FT-08": {0, 0, 1}, "FT-09": {0, 0, 1}, "FT-10": {0, 0, 1}, "FT-11": {0, 0, 1}, "FT-12": {0, 0, 1}, "FT-14": {0, 0, 1},
			"FT-15": {0, 0, 1}, "FT-16": {0, 0, 1}, "FT-17": {0, 0, 1}, "FT-18": {0, 0, 1}, "FT-19": {0, 0, 1}, "FT-21": {0, 0, 1},
		}},
		{"vakifbank-limit.json", map[string]outcomes{
			"DB-02": {1, 0, 0}, "DB-03": {1, 0, 0}, "DB-04": {1, 0, 0}, "DB-06": {0, 1, 0},
			"DB-07": {1, 1, 0}, "DB-08": {2, 0, 0}, "DB-13": {0, 0, 2},
			// Five totals are sent, one of them negative; one of two limits is nines.
			"DB-05": {4, 1, 1}, "DB-09": {1, 1, 0}, "DB-10": {0, 1, 0}, "DB-11": {1, 0, 0}, "DB-12": {1, 0, 0},
		}},
	}
	for _, test := range tests {
		t.Run(test.sample, func(t *testing.T) {
			r := check(t, load(t, "samples/"+test.sample))
			if r.Rejects.Len() > 0 {
				t.Fatalf("rejected: %v", r.Rejects)
			}
			for _, c := range r.Rules {
				if strings.HasPrefix(c.Rule.ID, "IN-") { // rules of every source
					continue
				}
				got := outcomes{c.Counts[reconcile.Holds], c.Counts[reconcile.Broken], c.Counts[reconcile.NotApplicable]}
				if got != test.want[c.Rule.ID] || c.Counts.Total() != got.holds+got.broken+got.notApplicable {
					t.Errorf("%s: got %+v, want %+v; all: %v", c.Rule.ID, got, test.want[c.Rule.ID], c.Counts)
				}
			}
		})
	}
}

// The wrong figures of the samples, by hand: actual, expected and difference of
// every relation that is broken, in the order of the report.
func TestThePublishedSamplesBreakWithTheseFigures(t *testing.T) {
	type line struct{ rule, pointer, actual, expected, difference, severity string }
	tests := []struct {
		sample string
		want   []line
	}{
		{"arifmetika-schedule.json", []line{
			{"AS-02", "/Total/percent/payment_sum", "3785", "3830", "-45", "error"},
			{"AS-05", "/Details/1/percent/end_balance", "0", "-45", "45", "error"},
			{"AS-06", "/Details/1/percent/payment_sum", "694", "649", "45", "error"},
		}},
		{"finnotech-facility.json", []line{
			{"FT-06", "/result/facilityTotalAmount", "324921522", "1352873056", "-1027951534", "warning"},
			{"FT-06", "/result/facilityTotalAmount", "324921522", "600000000", "-275078478", "warning"},
			{"FT-06", "/result/facilityTotalAmount", "324921522", "281017180", "43904342", "warning"},
			{"FT-06", "/result/facilityTotalAmount", "324921522", "180000000", "144921522", "warning"},
			{"FT-02", "/result/facilityDebtTotalAmount", "101017180", "1151155953", "-1050138773", "error"},
			{"FT-12", "/result/facilityList/0/benefitAmount", "101017180", "144921522", "-43904342", "warning"},
		}},
		{"vakifbank-limit.json", []line{
			{"DB-05", "/Data/LimitInfo/NonGuaranteedInvoiceTotal", "-60", "0", "-60", "warning"},
			{"DB-06", "/Data/LimitInfo/GuaranteedInvoiceTotal", "567.99", "507.99", "60.00", "warning"},
			{"DB-07", "/Data/LimitInfo/RemainingNonGuaranteeLimit", "1000000000000059", "999999999999999", "60", "warning"},
		}},
	}
	for _, test := range tests {
		t.Run(test.sample, func(t *testing.T) {
			var got []line
			for _, f := range check(t, load(t, "samples/"+test.sample)).Findings.All() {
				for _, e := range f.Evidence {
					got = append(got, line{
						e.Rule.ID, e.Pointer, e.Actual.String(), e.Expected.String(), e.Difference.String(), f.Severity.String(),
					})
				}
			}
			if len(got) != len(test.want) {
				t.Fatalf("got %d broken relations, want %d: %v", len(got), len(test.want), got)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("got  %v\nwant %v", got[i], test.want[i])
				}
			}
		})
	}
}
