package properties

import (
	"slices"
	"strings"
	"testing"

	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// anomaly is a finding: all rules that it rests on, its place, how bad it is and
// what should stand there.
type anomaly struct{ rules, pointer, severity, wanted string }

// Each contradiction of the published samples is found by the rules named here,
// and nothing else is. The list is made by hand from the documents.
func TestTheAnomaliesOfTheSamplesAreTheseAndNoOthers(t *testing.T) {
	about := schema.Circumstances{
		AsOf: date.MustParse("2020-04-23"),
		// The page of the contract asks for one client and prints another.
		Asked: map[string]string{"client.id": "101321493"},
	}
	tests := map[string][]anomaly{
		"arifmetika-contracts-none.json": nil,
		"arifmetika-contracts-overdue.json": {
			{"AC-16", "/0/status", "error", "expired"},
		},
		"arifmetika-contracts-mixed.json": {
			{"AC-29", "/contracts/0/payment_receiver", "error", ""},
			{"AC-21", "/contracts/1/date_planned_payment", "info", ""},
			{"AC-28", "/contracts/2/payment_receiver", "warning", ""},
			{"AC-37", "/contracts/2", "warning", ""},
			{"AC-18", "/contracts/2/repay_before", "error", ""},
			{"AC-19 AC-20 AC-24", "/contracts/2/repayment_date", "error", ""},
			{"AC-25", "/contracts/2/date_planned_payment", "info", "2020-05-18"},
			{"AC-28", "/contracts/3/payment_receiver", "warning", ""},
			{"AC-36", "/contracts/3/tranche/tranche_num", "warning", ""},
			{"AC-27", "/contracts/3/contract_num", "error", ""},
			{"AC-16 AC-20", "/contracts/3/status", "error", "completed"},
			{"AC-34", "/contracts/3/tranche/rate_daily", "warning", "1"},
			{"AC-33", "/contracts/3/tranche/rate_annual", "warning", "1825"},
			{"AC-35", "/contracts/3/tranche/available_at", "warning", "2021-02-26"},
		},
		"arifmetika-schedule.json": {
			{"AS-14", "/Details/0/fact_payment_date", "warning", "2020-01-28"},
			{"AS-14", "/Details/1/fact_payment_date", "warning", "2020-02-11"},
			{"AS-02 AS-05 AS-06", "/Details/1/percent/payment_sum", "error", "649"},
		},
		"brainysoft-contract.json": {
			{"BC-01", "/timestamp", "warning", ""},
			{"BC-02", "/data/clientId", "warning", "101321493"},
			{"BC-06", "/data/repaymentPlanDate", "info", "2018-01-09"},
			{"BC-11", "/data/creditFieldReq/id", "info", "1013331"},
		},
		"finnotech-facility.json": {
			{"FT-01", "/result/nid", "warning", ""},
			{"FT-06", "/result/facilityTotalAmount", "warning", "281017180"},
			{"FT-02", "/result/facilityDebtTotalAmount", "error", "1151155953"},
			{"FT-07", "/result/facilityList/0", "warning", ""},
			{"FT-10 FT-12", "/result/facilityList/0/benefitAmount", "warning", "144921522"},
			{"FT-19", "/result/facilityList/0/FacilityGroup", "info", "اصلی"},
		},
		"finnotech-nothing.json": {
			{"FT-01", "/result/nid", "warning", ""},
		},
		"vakifbank-limit.json": {
			{"DB-10", "/Data/LimitInfo", "info", ""},
			{"DB-05 DB-06 DB-07", "/Data/LimitInfo/NonGuaranteedInvoiceTotal", "warning", "0"},
			{"DB-09", "/Data/LimitInfo/TotalNonGuaranteedLimit", "info", ""},
		},
	}
	for file, want := range tests {
		t.Run(file, func(t *testing.T) {
			r := checkAbout(t, about, []*schema.Input{load(t, "samples/"+file)}, nil)
			var got []anomaly
			for i := range r.Findings.All() {
				got = append(got, anomalyOf(listed(r.Findings.All())[i]))
			}
			for _, one := range got {
				if !slices.Contains(want, one) {
					t.Errorf("found %q", one)
				}
			}
			for _, one := range want {
				if !slices.Contains(got, one) {
					t.Errorf("not found %q", one)
				}
			}
		})
	}
}

func anomalyOf(f *reconcile.Finding) anomaly {
	var rules []string
	for i := range f.Evidence {
		rules = append(rules, f.Evidence[i].Rule.ID)
	}
	for i := range f.Grounds {
		rules = append(rules, f.Grounds[i].Rule.ID)
	}
	slices.Sort(rules)
	wanted := f.Wanted
	if f.HasFigures {
		wanted = f.Expected.String()
	}
	return anomaly{strings.Join(slices.Compact(rules), " "), f.Place.Pointer, f.Severity.String(), wanted}
}
