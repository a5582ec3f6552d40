package properties

import (
	"math/big"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"tieout/calc"
)

// amount is n units of the last of so many decimal places.
func amount(n int64, places int) calc.Amount {
	return calc.MustAmount(big.NewInt(n).String() + "e-" + big.NewInt(int64(places)).String())
}

// ratio is the amount by another route: as a fraction.
func ratio(a calc.Amount) *big.Rat {
	r, _ := new(big.Rat).SetString(a.String())
	return r
}

func TestAmounts(t *testing.T) {
	properties := gopter.NewProperties(parameters())
	number := gen.OneGenOf(gen.Const(int64(0)), gen.Int64Range(-1000, 1000), gen.Int64())
	places := gen.IntRange(0, 12)

	properties.Property("sums, differences and multiples are those of fractions", prop.ForAll(
		func(n, m int64, p, q int, k int64) bool {
			a, b := amount(n, p), amount(m, q)
			return ratio(a.Plus(b)).Cmp(new(big.Rat).Add(ratio(a), ratio(b))) == 0 &&
				ratio(a.Minus(b)).Cmp(new(big.Rat).Sub(ratio(a), ratio(b))) == 0 &&
				ratio(a.Times(k)).Cmp(new(big.Rat).Mul(ratio(a), new(big.Rat).SetInt64(k))) == 0 &&
				a.Cmp(b) == ratio(a).Cmp(ratio(b)) && a.Equal(b) == (ratio(a).Cmp(ratio(b)) == 0)
		}, number, number, places, places, number))

	properties.Property("sums do not depend on order or grouping", prop.ForAll(
		func(n, m, o int64, p, q int) bool {
			a, b, c := amount(n, p), amount(m, q), amount(o, 2)
			return a.Plus(b).Plus(c).Equal(c.Plus(b.Plus(a))) && a.Minus(b).Equal(b.Minus(a).Neg())
		}, number, number, number, places, places))

	properties.Property("what is printed reads back as the same value at the same scale", prop.ForAll(
		func(n int64, p int) bool {
			a := amount(n, p)
			back, err := calc.ParseAmount(a.String())
			return err == nil && back.Equal(a) && back.Scale() == a.Scale() && back.Text() == a.String()
		}, number, places))

	properties.TestingRun(t)
}
