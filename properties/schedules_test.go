package properties

import (
	"fmt"
	"strings"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/reconcile"
)

// balance is begin, payment and end in kopecks.
type balance [3]int64

// schedule writes a schedule that agrees with itself: each installment of each
// component is owed in full and paid in two payments, of which the first is a
// percentage of the whole. One figure of the text is off by so much: the nth.
func schedule(owed []int64, firstPercent int, nth int, off int64) string {
	at := 0
	number := func(n int64) string {
		if at == nth {
			n += off
		}
		at++
		return kopecks(n)
	}
	write := func(v balance) string {
		return `"begin_balance":` + number(v[0]) + `,"payment_sum":` + number(v[1]) + `,"end_balance":` + number(v[2])
	}
	names := []string{"main_debt", "percent", "penalty"}
	var totals, details []string
	var total [3]balance
	for _, n := range owed {
		for c := range names {
			paid := n / int64(c+1)
			total[c][0] += n
			total[c][1] += paid
			total[c][2] += n - paid
		}
	}
	for c, name := range names {
		totals = append(totals, fmt.Sprintf("%q:{%s}", name, write(total[c])))
	}
	for i, n := range owed {
		var parts []string
		for c, name := range names {
			paid := n / int64(c+1)
			first := paid * int64(firstPercent) / 100
			facts := fmt.Sprintf(`{"date":"2015-01-28",%s},{"date":"2015-01-29",%s}`,
				write(balance{n, first, n - first}), write(balance{n - first, paid - first, n - paid}))
			parts = append(parts, fmt.Sprintf(`%q:{"fact_payment":[%s],%s}`, name, facts, write(balance{n, paid, n - paid})))
		}
		details = append(details, fmt.Sprintf(`{"plan_payment_number":"%d","plan_payment_date":%q,"fact_payment_date":"",%s}`,
			i+1, dueDay(i), strings.Join(parts, ",")))
	}
	return fmt.Sprintf(`{"Total":{%s},"Details":[%s]}`, strings.Join(totals, ","), strings.Join(details, ","))
}

func TestGeneratedSchedules(t *testing.T) {
	properties := gopter.NewProperties(parameters())
	owed := gen.SliceOfN(3, gen.Int64Range(100, 99_999_999)).SuchThat(func(v []int64) bool { return len(v) == 3 })

	properties.Property("a schedule whose balances chain and add up has no finding", prop.ForAll(
		func(owed []int64, percent int) bool {
			r := check(t, input("a.json", schedule(owed, percent, -1, 0)))
			return r.Findings.Len() == 0 && r.Rejects.Len() == 0 && r.Checks[reconcile.NotEvaluable] == 0
		}, owed, gen.IntRange(1, 99)))

	// A schedule of three installments has 9 totals and 9 * 9 further figures.
	properties.Property("any one wrong figure is detected, and all that is broken has a finding", prop.ForAll(
		func(owed []int64, percent, nth int, off int64) bool {
			r := check(t, input("a.json", schedule(owed, percent, nth, off)))
			if r.Findings.Len() == 0 {
				return false
			}
			told := 0
			for i := range r.Findings.All() {
				told += len(listed(r.Findings.All())[i].Evidence) + len(listed(r.Findings.All())[i].Grounds)
			}
			clean := check(t, input("a.json", schedule(owed, percent, -1, 0)))
			return told >= r.Checks[reconcile.Broken] && r.Figures == clean.Figures && r.Checks.Total() == clean.Checks.Total()
		}, owed, gen.IntRange(1, 99), gen.IntRange(0, 89), gen.OneGenOf(gen.Int64Range(1, 9999), gen.Int64Range(-9999, -1))))

	properties.Property("left minus right and the equation agree in every relation", prop.ForAll(
		func(owed []int64, percent, nth int, off int64) bool {
			return equationsAgree(t, schedule(owed, percent, nth, off))
		}, owed, gen.IntRange(1, 99), gen.IntRange(-1, 89), gen.Int64Range(-9999, 9999)))

	properties.TestingRun(t)
}

// equationsAgree evaluates every reading of every rule by two routes.
func equationsAgree(t *testing.T, text string) bool {
	checkers, err := catalogue.Checkers([]string{"arifmetika.schedule"})
	if err != nil {
		t.Fatal(err)
	}
	reader := ingest.Reader{Layouts: []*schema.Layout{checkers[0].Layout}}
	compared := 0
	for item := range reader.Read(input("a.json", text)) {
		for _, rec := range item.Document.Records {
			for _, rule := range checkers[0].Rules() {
				for _, rel := range checkers[0].Relations(rule.ID) {
					instances, _ := rel.Instances(rec)
					for i := range instances {
						if !equationAgrees(&rel.Readings[0], rec, i) {
							return false
						}
						compared++
					}
				}
			}
		}
	}
	return compared > 50
}

func equationAgrees(r *formula.Reading, rec *schema.Record, instance int) bool {
	left, gap := r.Operands(rec, instance, r.Left)
	right, _ := r.Operands(rec, instance, r.Right)
	e, gapEquation := r.Equation(rec, instance)
	if gap != nil || gapEquation != nil {
		return (gap == nil) == (gapEquation == nil)
	}
	sum := e.Constant
	for _, c := range e.Coefficients {
		sum = sum.Plus(rec.Value(c.Group, c.Instance, c.Slot).Amount.Times(c.Coef))
	}
	return sum.Equal(formula.Value(left).Minus(formula.Value(right)))
}
