package properties

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"tieout/reconcile"
	"tieout/reconcile/locate"
)

// joined is what a run finds in some files of a fixture, with values set.
func joined(t *testing.T, fixture string, files []string, set map[string]string) *reconcile.Result {
	t.Helper()
	all := fixtures(t)[fixture]
	f := &ruleFixtures{Files: map[string]json.RawMessage{}, AsOf: all.AsOf, PreviousAsOf: all.PreviousAsOf}
	for _, name := range files {
		f.Files[name] = all.Files[name]
	}
	c := ruleCase{Set: map[string]json.RawMessage{}}
	for pointer, value := range set {
		if file, at, _ := strings.Cut(pointer, "#"); len(files) == 1 && file == files[0] {
			pointer = at
		}
		c.Set[pointer] = json.RawMessage(value)
	}
	return f.check(t, &c)
}

// located are the figures that a result locates, with what they should be, and
// offered the pointers of those that it offers instead, the likeliest first.
func located(r *reconcile.Result) (located, offered []string) {
	for i := range r.Findings.All() {
		f := listed(r.Findings.All())[i]
		if f.Located {
			located = append(located, fmt.Sprint(f.Place.Pointer, " ", f.Expected))
			continue
		}
		for _, c := range f.Candidates {
			offered = append(offered, fmt.Sprintf("%d %s", c.Rank, c.Pointer))
		}
	}
	return located, offered
}

// Figures of a contract that its own relations leave in doubt between two are
// told apart by the schedule of the contract.
func TestTheScheduleTellsFiguresOfTheContractApart(t *testing.T) {
	const list, at = "contracts.json", "/contracts/0/"
	tests := []struct {
		field, wrong, right string
		rival               string
	}{
		{"main_debt_balance", "4800", "4000", "total_balance"},
		{"total_balance", "4700", "4200", "main_debt_balance"},
		{"total_planned_payment", "2920", "2620", "interest_planned_payment"},
		{"interest_planned_payment", "555", "620", "total_planned_payment"},
	}
	for _, test := range tests {
		t.Run(test.field, func(t *testing.T) {
			set := map[string]string{list + "#" + at + test.field: test.wrong}
			sure, offered := located(joined(t, "loan", []string{list}, set))
			suspects := func(name string) bool {
				return slices.ContainsFunc(offered, func(c string) bool { return strings.HasSuffix(c, at+name) })
			}
			if len(sure) > 0 || !suspects(test.field) || !suspects(test.rival) {
				t.Errorf("alone: located %v, offered %v; want both %s and %s offered", sure, offered, test.field, test.rival)
			}
			sure, offered = located(joined(t, "loan", []string{list, "schedule.json"}, set))
			if len(sure) != 1 || sure[0] != at+test.field+" "+test.right || len(offered) > 0 {
				t.Errorf("with the schedule: located %v, offered %v; want %s located as %s", sure, offered, test.field, test.right)
			}
		})
	}
}

// A limit and what is left of it stand in the same relations, whatever is joined:
// no document tells which is wrong. The invoices say that it is one of the two, and
// an earlier snapshot with the same limit, that it is rather what is left.
func TestWhatTellsALimitFromWhatIsLeftOfIt(t *testing.T) {
	const file, at = "limit.json", "/Data/LimitInfo/"
	set := map[string]string{file + "#" + at + "RemainingNonGuaranteeLimit": "4612.35"}
	// A limit in whole thousands looks rounded.
	rounded := []string{"1 " + at + "TotalNonGuaranteedLimit", "2 " + at + "RemainingNonGuaranteeLimit"}
	for _, test := range []struct {
		files []string
		want  []string
	}{
		{[]string{file}, rounded},
		{[]string{file, "invoices.json"}, rounded},
		{[]string{file, "previous/limit.json"}, []string{"1 " + at + "RemainingNonGuaranteeLimit", "2 " + at + "TotalNonGuaranteedLimit"}},
	} {
		sure, offered := located(joined(t, "limit", test.files, set))
		if len(sure) > 0 || !slices.Equal(offered, test.want) {
			t.Errorf("%v: located %v, offered %v; want %v", test.files, sure, offered, test.want)
		}
	}
}

// A balance that was not carried on since the earlier snapshot is called stale.
func TestABalanceOfTheEarlierSnapshotIsStale(t *testing.T) {
	files := []string{"contracts.json", "schedule.json", "previous/contracts.json", "previous/schedule.json"}
	r := joined(t, "loan", files, map[string]string{"contracts.json#/contracts/0/main_debt_balance": "6000"})
	if r.Findings.Len() != 1 || !listed(r.Findings.All())[0].Located || listed(r.Findings.All())[0].Diagnosis.Class != locate.Stale {
		for i := range r.Findings.All() {
			t.Log(listed(r.Findings.All())[i].Text)
		}
		t.Errorf("%d findings; want one that locates a stale balance", r.Findings.Len())
	}
}

// A contract that was denied has no schedule: nobody lacks it.
func TestOnlyIssuedContractsLackTheirSchedule(t *testing.T) {
	for status, lacks := range map[string]bool{"denied": false, "in_process": false, "active": true, "completed": true, "expired": true} {
		r := joined(t, "loan", []string{"contracts.json", "schedule.json"}, map[string]string{
			"contracts.json#/contracts/0/status":       fmt.Sprintf("%q", status),
			"contracts.json#/contracts/0/contract_num": `"З20ПрИМ000000777"`,
		})
		is := slices.ContainsFunc(listed(r.Unmatched.All()), func(u *reconcile.Unmatched) bool { return u.Record == "З20ПрИМ000000777" })
		if is != lacks {
			t.Errorf("%s: listed as lacking a schedule: %t, want %t", status, is, lacks)
		}
	}
}

// A long loan has many due dates that the calendar does not reach, for one reason.
func TestWhatTheCalendarLacksIsSaidOnceForARecord(t *testing.T) {
	r := joined(t, "brainysoft.contract", []string{"contract.json"}, map[string]string{
		"contract.json#/data/repaymentPlanDate":                    `"2039-11-01"`,
		"contract.json#/data/schedules/0/tranches/0/repaymentDate": `"2039-10-03"`,
		"contract.json#/data/schedules/0/tranches/1/repaymentDate": `"2039-11-02"`,
	})
	n := 0
	for _, m := range r.NotEvaluable.All() {
		if m.Rule.ID == "BC-06" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("BC-06 is not evaluable %d times, want once", n)
	}
}

// listed are the things of a store.
func listed[T any](store iter.Seq2[int, *T]) []*T {
	var all []*T
	for _, one := range store {
		all = append(all, one)
	}
	return all
}
