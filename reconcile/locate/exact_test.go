package locate

import (
	"math"
	"math/rand"
	"testing"
)

// What int64 numbers answer is what rational numbers answer.
func TestWholeNumbersAnswerAsRationalsDo(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	numbers := []int64{0, 1, -1, 2, 5, 10, -10, 3, 7, 1250, math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 1_000_000_000_000_000_000}
	for range 60 {
		numbers = append(numbers, r.Int63n(2000)-1000, r.Int63()-r.Int63())
	}
	for _, n := range numbers {
		a := exact{whole: n}
		for scale := range int32(25) {
			got, ends := a.decimalsAt(scale)
			want, wantEnds := a.over(powerOfTen(scale)).decimals()
			if got != want || ends != wantEnds {
				t.Errorf("%d at scale %d needs %d decimals, %t; want %d, %t", n, scale, got, ends, want, wantEnds)
			}
		}
		for _, d := range numbers {
			if d == 0 {
				continue
			}
			b := exact{whole: d}
			quotient := a.over(b)
			if a.isMultiple(b) != quotient.isWhole() {
				t.Errorf("%d is a multiple of %d: %t", n, d, a.isMultiple(b))
			}
			if _, ends := quotient.decimals(); a.endsOver(b) != ends {
				t.Errorf("%d over %d ends: %t", n, d, a.endsOver(b))
			}
		}
	}
}
