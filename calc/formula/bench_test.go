package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"tieout/calc/formula"
	"tieout/calc/schema"
)

const balance = "total_balance = main_debt_balance + interest_balance + penalty"

func BenchmarkCompile(b *testing.B) {
	for name, text := range map[string]string{"AC-01": builtIn[0], "AS-07": builtIn[10]} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := formula.Compile(layout, text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// evaluate all relations of the formulas in a record as a check does.
func evaluate(formulas []*formula.Formula, rec *schema.Record) (broken int) {
	for _, f := range formulas {
		for i := range f.Relations {
			rel := &f.Relations[i]
			instances, _ := rel.Instances(rec)
			for n := range instances {
				if rel.Guard(rec, n) != nil {
					continue
				}
				r := &rel.Readings[0]
				left, _ := r.Operands(rec, n, r.Left)
				right, _ := r.Operands(rec, n, r.Right)
				if r.Op.Violation(formula.Value(left), formula.Value(right)).Sign() != 0 {
					broken++
				}
			}
		}
	}
	return broken
}

func BenchmarkEvaluate(b *testing.B) {
	contract := `{"total_balance": 10205.50, "main_debt_balance": 10000.00, "interest_balance": 200.50, "penalty": 5.00}`
	run := func(name, record string, texts ...string) {
		var formulas []*formula.Formula
		for _, text := range texts {
			formulas = append(formulas, compile(b, text))
		}
		rec := recordOf(b, layout, record)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if evaluate(formulas, rec) != 0 {
					b.Fatal("the record is broken")
				}
			}
		})
	}
	run("AC-01", contract, balance)
	var rows []string
	for i := range 100 {
		rows = append(rows, fmt.Sprintf(`{"paid": %d, "due": "2020-04-2%d", "mark": "x"}`, i%2, i%10))
	}
	run("where, 100 rows", `{"a": 20, "count": 40, "opened": "2020-04-24", "rows": [`+strings.Join(rows, ",")+`]}`,
		"a = sum(rows.paid where due < opened and mark is x)", `count = count(rows where due < "2020-04-24")`)
	run("AS rules, 12 rows", schedule(12), builtIn[4:13]...)
}

// schedule is a clean payment schedule of n rows, of which each pays 100 of each
// component in two payments.
func schedule(n int) string {
	const component = `{"begin_balance": 100, "payment_sum": 100, "end_balance": 0, "fact_payment": [` +
		`{"begin_balance": 0, "payment_sum": 60, "end_balance": 40}, {"begin_balance": 0, "payment_sum": 40, "end_balance": 0}]}`
	row := fmt.Sprintf(`{"main_debt": %s, "percent": %s, "penalty": %s}`, component, component, component)
	total := fmt.Sprintf(`{"begin_balance": %d00, "payment_sum": %d00, "end_balance": 0}`, n, n)
	return fmt.Sprintf(`{"Total": {"main_debt": %s, "percent": %s, "penalty": %s}, "Details": [%s]}`,
		total, total, total, strings.TrimSuffix(strings.Repeat(row+",", n), ","))
}
