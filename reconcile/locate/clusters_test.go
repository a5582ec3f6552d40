package locate_test

import (
	"fmt"
	"math/rand"
	"testing"

	"tieout/calc"
)

// ledger is a chain of n rows, each with a balance before, a payment and a
// balance after, and the total of the payments.
func ledger(r *rand.Rand, n int) *builder {
	b := newBuilder()
	balance := int64(1_000_000 + r.Intn(9_000_000))
	total := int64(0)
	b.figure("end0", calc.AmountOf(balance).String())
	sum := ""
	for i := 1; i <= n; i++ {
		pay := int64(10_000 + r.Intn(90_000))
		balance -= pay
		total += pay
		b.figure(fmt.Sprintf("pay%d", i), calc.AmountOf(pay).String())
		b.figure(fmt.Sprintf("end%d", i), calc.AmountOf(balance).String())
		sum += fmt.Sprintf(" + pay%d", i)
	}
	b.figure("total", calc.AmountOf(total).String())
	for i := 1; i <= n; i++ {
		b.relation(fmt.Sprintf("end%d = end%d - pay%d", i, i-1, i))
	}
	b.relation("total = 0" + sum)
	return b
}

// More errors than are looked for as one set are found one by one when they are
// far from each other, and the total confirms them.
func TestManyErrorsFarFromEachOtherAreLocatedOneByOne(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	planted, located := 0, 0
	kinds := []string{"end", "end", "pay"}
	for range 60 {
		b := ledger(r, 60)
		truth := map[string]calc.Amount{}
		for i := 3; i <= 57; i += 5 + r.Intn(3) {
			name := fmt.Sprintf("%s%d", kinds[r.Intn(len(kinds))], i)
			value := b.net.Figures[b.index[name]].Value
			truth[name] = value
			b.figure(name, value.Plus(calc.AmountOf(int64(1+r.Intn(999_999)))).String())
		}
		e := b.explain(t)
		for i := range e.Causes {
			c := &e.Causes[i]
			if !c.Located {
				continue
			}
			for _, ch := range c.Candidates[0].Changes {
				want, is := truth[b.names[ch.Figure]]
				if !is || !want.Equal(ch.Implied) {
					t.Fatalf("wrongly located: %s %s -> %s", b.names[ch.Figure], ch.Actual, ch.Implied)
				}
				located++
			}
		}
		planted += len(truth)
	}
	// A payment that no slip explains has one relation beside the total to show
	// it: it is a candidate, and not claimed.
	if located*10 < planted*6 {
		t.Errorf("%d of %d errors located", located, planted)
	}
	t.Logf("%d of %d errors located", located, planted)
}

// A payment and a balance that are wrong by one amount could each stand for a
// neighbour: nothing is claimed.
func TestManyErrorsOfOneSizeAreNotClaimed(t *testing.T) {
	b := ledger(rand.New(rand.NewSource(8)), 60)
	for i := 4; i <= 56; i += 6 {
		name := fmt.Sprintf("end%d", i)
		b.figure(name, b.net.Figures[b.index[name]].Value.Plus(calc.AmountOf(4321)).String())
	}
	e := b.explain(t)
	for i := range e.Causes {
		if e.Causes[i].Located {
			t.Errorf("cause %d is claimed", i)
		}
		if len(e.Causes[i].Candidates) == 0 {
			t.Errorf("cause %d has no candidates", i)
		}
	}
}
