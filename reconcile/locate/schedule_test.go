package locate_test

import (
	"fmt"
	"strconv"
	"strings"
)

// component adds one component of a payment schedule, all figures whole: n
// rows, of which the i-th owes owed(i), each paid in parts(i) payments, with
// the totals of all rows when asked for. Row i is block i, and a figure's place
// in its row its field.
func component(b *builder, name string, n int, totals bool, owed func(i int) int64, parts func(i int) int) {
	if totals {
		b.values(name + ".begin 0 " + name + ".paid 0 " + name + ".end 0")
	}
	sums := map[string]int64{}
	lines := map[string]string{"begin": name + ".begin =", "paid": name + ".paid =", "end": name + ".end ="}
	for i := 1; i <= n; i++ {
		row := fmt.Sprintf("%s%d", name, i)
		begin, k := owed(i), parts(i)
		paid := begin
		if k == 0 {
			paid = 0
		}
		for field, value := range []int64{begin, paid, begin - paid} {
			kind := []string{"begin", "paid", "end"}[field]
			f := b.figure(row+"."+kind, strconv.FormatInt(value, 10))
			f.Block, f.Field = i, len(name)*100+field
			sums[kind] += value
			if i > 1 {
				lines[kind] += " +"
			}
			lines[kind] += " " + row + "." + kind
		}
		payments(b, row, i, k, begin)
		b.relation(row + ".end = " + row + ".begin - " + row + ".paid")
	}
	if totals {
		for _, kind := range []string{"begin", "paid", "end"} {
			b.figure(name+"."+kind, strconv.FormatInt(sums[kind], 10))
			b.relation(lines[kind])
		}
		b.relation(name + ".end = " + name + ".begin - " + name + ".paid")
	}
}

// payments adds k payments that settle the row, each with its own balances.
func payments(b *builder, row string, block, k int, begin int64) {
	if k == 0 {
		return
	}
	sum, left, before := row+".paid =", begin, row+".begin"
	for j := 1; j <= k; j++ {
		fact := fmt.Sprintf("%s/%d", row, j)
		pay := left
		if j < k {
			pay = left*3/5 + int64(j)
		}
		for field, value := range []int64{left, pay, left - pay} {
			kind := []string{"begin", "paid", "end"}[field]
			f := b.figure(fact+"."+kind, strconv.FormatInt(value, 10))
			f.Block, f.Field = block, 10*j+field
		}
		b.relations(
			fact+".begin = "+before,
			fact+".end = "+fact+".begin - "+fact+".paid",
		)
		if j > 1 {
			sum += " +"
		}
		sum += " " + fact + ".paid"
		before, left = fact+".end", left-pay
	}
	b.relations(sum, row+".end = "+before)
}

// loan is a schedule of n installments of principal, interest and penalty with
// payments and totals: about 26 figures and 21 relations a row.
func loan(n int, totals bool) *builder {
	b := newBuilder()
	parts := func(i int) int { return 1 + i%2 }
	component(b, "debt", n, totals, func(i int) int64 { return 81_234 + int64(i*i*137) }, parts)
	component(b, "interest", n, totals, func(i int) int64 { return 31_357 - int64(i*i)*7 }, parts)
	component(b, "penalty", n, totals, func(i int) int64 { return int64(i%3) * 123 }, func(i int) int { return min(1, i%3) })
	return b
}

// shape counts a net.
func shape(b *builder) string {
	return strings.Join([]string{strconv.Itoa(len(b.net.Figures)), "figures", strconv.Itoa(len(b.net.Relations)), "relations"}, " ")
}
