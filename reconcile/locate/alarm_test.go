package locate_test

import (
	"math/rand"
	"strconv"
	"testing"

	"tieout/calc"
	"tieout/reconcile/locate"
)

// pairs are two figures that have nothing to do with each other, in three ways
// that errors without a slip can be.
var pairs = []struct {
	name string
	most int // transpositions in 100 000 that the class may claim
	draw func(r *rand.Rand, digits int) (actual, implied int64)
}{
	{"another figure of as many digits", 100, func(r *rand.Rand, digits int) (int64, int64) {
		return figureOf(r, digits), figureOf(r, digits)
	}},
	{"another figure of any length", 100, func(r *rand.Rand, digits int) (int64, int64) {
		return figureOf(r, 2+r.Intn(8)), figureOf(r, digits)
	}},
	{"a difference of any size", 350, func(r *rand.Rand, digits int) (int64, int64) {
		implied := figureOf(r, digits)
		difference := figureOf(r, 1+r.Intn(digits))
		if r.Intn(2) == 0 {
			difference = -difference
		}
		return implied + difference, implied
	}},
}

// figureOf is a random number of so many digits.
func figureOf(r *rand.Rand, digits int) int64 {
	low := int64(1)
	for range digits - 1 {
		low *= 10
	}
	return low + r.Int63n(9*low)
}

// TestFalseAlarmsOfTheClasses prints how often unrelated figures look like a
// slip: the table of the package documentation.
func TestFalseAlarmsOfTheClasses(t *testing.T) {
	const seed, runs = 7, 200_000
	r := rand.New(rand.NewSource(seed))
	for _, pair := range pairs {
		count := map[locate.Class]int{}
		for range runs {
			actual, implied := pair.draw(r, 3+r.Intn(7))
			count[locate.Compare(calc.AmountOf(actual), calc.AmountOf(implied)).Class]++
		}
		for _, class := range slipKinds {
			t.Logf("%-34s %-18s %7.3f %%", pair.name, class, 100*float64(count[class])/runs)
		}
		if count[locate.Transposed] > runs/100_000*pair.most {
			t.Errorf("%s: %d of %d look transposed", pair.name, count[locate.Transposed], runs)
		}
	}
}

// TestFalseAlarmsInANet measures the classes that need other figures: the
// payment of a row of a clean schedule is overwritten with an unrelated number.
func TestFalseAlarmsInANet(t *testing.T) {
	const seed, runs = 8, 1_000
	r := rand.New(rand.NewSource(seed))
	count := map[locate.Class]int{}
	for range runs {
		b := loan(12, true)
		name := []string{"debt3.paid", "interest7.paid", "interest5.end", "debt.paid"}[r.Intn(4)]
		b.figure(name, strconv.FormatInt(figureOf(r, 3+r.Intn(5)), 10))
		e := b.explain(t)
		if len(e.Causes) == 1 && len(e.Causes[0].Candidates) > 0 {
			count[e.Causes[0].Candidates[0].Changes[0].Slip.Class]++
		}
	}
	for _, class := range slipKinds {
		t.Logf("%-18s %6.3f %%", class, 100*float64(count[class])/runs)
	}
	for _, class := range []locate.Class{locate.Copied, locate.ComponentOmitted, locate.ComponentDoubled} {
		if count[class]*1000 > runs {
			t.Errorf("seed %d: %s was claimed of %d unrelated figures in %d", seed, class, count[class], runs)
		}
	}
}
