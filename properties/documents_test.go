package properties

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// seed makes every run draw the same cases; gopter prints the case that fails.
const seed = 20201123

func parameters() *gopter.TestParameters {
	p := gopter.DefaultTestParametersWithSeed(seed)
	p.MinSuccessfulTests = 200
	return p
}

// kopecks writes a number of kopecks as roubles.
func kopecks(n int64) string { return calc.AmountOf(n).String() + "e-2" }

// contractFigures are the parts of a contract from which its totals follow.
var contractFigures = []string{
	"penalty", "main_debt_overdue", "interest_overdue", "main_debt_planned_payment",
	"interest_planned_payment_today", "later interest", "later principal",
}

// contract writes a contract that agrees with itself, from its parts in kopecks,
// and with one figure off by so much when its name is given.
func contract(parts []int64, write func(int64) string, wrong string, off int64) string {
	penalty, principal, interest, planned, today := parts[0], parts[1], parts[2], parts[3], parts[4]
	balance := principal + planned + parts[6] + interest + today + penalty
	later := parts[5]
	status, last, repaid, next := "active", "2020-07-31", "", "2020-04-30"
	switch {
	case balance == 0:
		status, last, repaid, later = "completed", "", "2020-03-31", 0
	case principal+interest+penalty > 0:
		status = "expired"
	}
	if planned+today+later == 0 {
		next = ""
	}
	figures := []struct {
		name  string
		value int64
	}{
		{"contract_sum", 2 * (principal + planned + parts[6])},
		{"penalty", penalty},
		{"main_debt_overdue", principal},
		{"interest_overdue", interest},
		{"total_overdue", principal + interest + penalty},
		{"main_debt_planned_payment", planned},
		{"interest_planned_payment_today", today},
		{"interest_planned_payment", today + later},
		{"total_planned_payment", planned + today + later},
		{"interest_balance", interest + today},
		{"main_debt_balance", principal + planned + parts[6]},
		{"total_balance", balance},
		{"total_today_sum", principal + interest + penalty + planned + today},
	}
	var b strings.Builder
	fmt.Fprintf(&b, `{"type":"ConsumerLoan","contract_num":"З20ПрИМ000000001","contract_date":"2020-01-31","status":%q,"repay_before":%q,`+
		`"repayment_date":%q,"base_source":"x","date_planned_payment":%q,"payment_receiver":"9901000027"`, status, last, repaid, next)
	for _, f := range figures {
		if f.name == wrong {
			f.value += off
		}
		fmt.Fprintf(&b, ",%q:%s", f.name, write(f.value))
	}
	return b.String() + "}"
}

// parts generates the parts of a contract: zero, small and large.
func parts() gopter.Gen {
	return gen.SliceOfN(len(contractFigures), gen.OneGenOf(gen.Const(int64(0)), gen.Int64Range(0, 1000), gen.Int64Range(0, 999_999_999_999)))
}

func input(name, text string) *schema.Input { return &schema.Input{File: name, Text: []byte(text)} }

func TestGeneratedContracts(t *testing.T) {
	properties := gopter.NewProperties(parameters())

	properties.Property("a contract whose totals follow from its parts has no finding", prop.ForAll(
		func(parts []int64) bool {
			r := check(t, input("a.json", "["+contract(parts, kopecks, "", 0)+"]"))
			return r.Findings.Len() == 0 && r.Rejects.Len() == 0 && r.Checks[reconcile.Holds] > 12 && r.Checks[reconcile.NotEvaluable] == 0
		}, parts()))

	properties.Property("how an amount is written does not matter", prop.ForAll(
		func(parts []int64, off int64) bool {
			forms := []func(int64) string{
				kopecks,
				func(n int64) string { return `"` + kopecks(n) + `"` },
				func(n int64) string { return fmt.Sprintf("%dE-2", n) },
				func(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) },
			}
			var first string
			for i, form := range forms {
				r := check(t, input("a.json", "["+contract(parts, form, "penalty", off)+"]"))
				said := verdicts(r)
				if i == 0 {
					first = said
				}
				if said != first || said == "" {
					return false
				}
			}
			return true
		}, parts(), gen.Int64Range(1, 1_000_000)))

	properties.Property("one wrong figure breaks the relations that read it, and no other", prop.ForAll(
		func(parts []int64, off int64, which int) bool {
			readers := map[string][]string{
				"total_planned_payment": {"AC-03", "AC-21"},
				"total_overdue":         {"AC-02", "AC-05", "AC-09", "AC-16"},
				"total_today_sum":       {"AC-04", "AC-05", "AC-12"},
				"total_balance":         {"AC-01", "AC-09", "AC-12", "AC-16", "AC-18", "AC-19"},
			}
			names := []string{"total_planned_payment", "total_overdue", "total_today_sum", "total_balance"}
			wrong := names[which]
			r := check(t, input("a.json", "["+contract(parts, kopecks, wrong, off)+"]"))
			broken := map[string]bool{}
			for _, f := range r.Findings.All() {
				broken[f.Rule.ID] = true
				if !strings.Contains(strings.Join(readers[wrong], " "), f.Rule.ID) {
					return false
				}
			}
			return broken[readers[wrong][0]]
		}, parts(), gen.Int64Range(1, 1_000_000), gen.IntRange(0, 3)))

	properties.Property("the order of the inputs does not change what is found", prop.ForAll(
		func(a, b []int64, off int64) bool {
			one := input("1.json", "["+contract(a, kopecks, "penalty", off)+"]")
			two := input("2.json", "["+contract(b, kopecks, "total_today_sum", -off)+"]")
			there, back := check(t, one, two), check(t, two, one)
			return there.Checks == back.Checks && there.Figures == back.Figures &&
				sorted(verdicts(there)) == sorted(verdicts(back)) && there.Findings.Len() > 0
		}, parts(), parts(), gen.Int64Range(1, 1_000_000)))

	properties.Property("every broken line costs one record, and nothing is lost", prop.ForAll(
		func(parts []int64, lines []bool) bool {
			var text strings.Builder
			good := 0
			for _, fine := range lines {
				if fine {
					good++
					text.WriteString(contract(parts, kopecks, "", 0) + "\n")
				} else {
					text.WriteString(contract(parts, kopecks, "", 0)[:40] + "\n")
				}
			}
			r := check(t, input("a.ndjson", text.String()))
			return r.Records == good && r.Rejected == len(lines)-good && r.Rejects.Len() == len(lines)-good
		}, parts(), gen.SliceOfN(9, gen.Bool())))

	properties.TestingRun(t)
}

// sorted puts lines in order.
func sorted(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// verdicts of a result as text, without the places.
func verdicts(r *reconcile.Result) string {
	var b strings.Builder
	for _, f := range r.Findings.All() {
		fmt.Fprintln(&b, f.Rule.ID, plain(f.Actual), plain(f.Expected), plain(f.Difference))
	}
	return b.String()
}

// plain is an amount without the zeros of its scale.
func plain(a calc.Amount) string {
	s := a.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
