package locate

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// exact is a rational number: a whole number in an int64 where it fits, which
// is nearly always, and a big.Rat otherwise. Its zero value is 0. Values are
// never changed in place.
type exact struct {
	whole int64
	wide  *big.Rat // nil: the number is whole
}

// one and ten are those numbers.
var (
	one = exact{whole: 1}
	ten = exact{whole: 10}
)

// narrow returns r in its shortest form; r is not used afterwards.
func narrow(r *big.Rat) exact {
	if r.IsInt() && r.Num().IsInt64() {
		return exact{whole: r.Num().Int64()}
	}
	return exact{wide: r}
}

func (a exact) rat() *big.Rat {
	if a.wide != nil {
		return a.wide
	}
	return new(big.Rat).SetInt64(a.whole)
}

func (a exact) isZero() bool { return a.wide == nil && a.whole == 0 }

func (a exact) sign() int {
	switch {
	case a.wide != nil:
		return a.wide.Sign()
	case a.whole < 0:
		return -1
	case a.whole > 0:
		return 1
	}
	return 0
}

// What is done for whole numbers stands apart from what is done for others, so that it
// costs no call.

func (a exact) cmp(b exact) int {
	if a.wide == nil && b.wide == nil {
		return cmp.Compare(a.whole, b.whole)
	}
	return a.cmpWide(b)
}

func (a exact) cmpWide(b exact) int { return a.rat().Cmp(b.rat()) }

func (a exact) equal(b exact) bool {
	if a.wide == nil && b.wide == nil {
		return a.whole == b.whole
	}
	return a.cmpWide(b) == 0
}

func (a exact) plus(b exact) exact {
	if sum := a.whole + b.whole; a.wide == nil && b.wide == nil && (sum > a.whole) == (b.whole > 0) {
		return exact{whole: sum}
	}
	return a.plusWide(b)
}

func (a exact) plusWide(b exact) exact { return narrow(new(big.Rat).Add(a.rat(), b.rat())) }

func (a exact) neg() exact {
	if a.wide == nil && a.whole != math.MinInt64 {
		return exact{whole: -a.whole}
	}
	return a.negWide()
}

func (a exact) negWide() exact { return narrow(new(big.Rat).Neg(a.rat())) }

func (a exact) minus(b exact) exact {
	if rest := a.whole - b.whole; a.wide == nil && b.wide == nil && (rest < a.whole) == (b.whole > 0) {
		return exact{whole: rest}
	}
	return a.minusWide(b)
}

func (a exact) minusWide(b exact) exact { return narrow(new(big.Rat).Sub(a.rat(), b.rat())) }

func (a exact) abs() exact {
	if a.sign() < 0 {
		return a.neg()
	}
	return a
}

func (a exact) times(b exact) exact {
	if a.wide == nil && b.wide == nil {
		if product, ok := product(a.whole, b.whole); ok {
			return exact{whole: product}
		}
	}
	return narrow(new(big.Rat).Mul(a.rat(), b.rat()))
}

// product is a * b; ok is false when it does not fit.
func product(a, b int64) (p int64, ok bool) {
	if a == math.MinInt64 || b == math.MinInt64 {
		return 0, false
	}
	high, low := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

// over is a / b for b other than 0.
func (a exact) over(b exact) exact {
	if a.wide == nil && b.wide == nil && b.whole != 0 && b.whole != -1 && a.whole%b.whole == 0 {
		return exact{whole: a.whole / b.whole}
	}
	if b.wide == nil && b.whole == -1 {
		return a.neg()
	}
	return narrow(new(big.Rat).Quo(a.rat(), b.rat()))
}

// isMultiple tells whether a / b is whole, for b other than 0.
func (a exact) isMultiple(b exact) bool {
	if a.wide == nil && b.wide == nil {
		return b.whole == -1 || a.whole%b.whole == 0
	}
	return a.over(b).isWhole()
}

// decimalsAt is the number of digits after the decimal point that a times 10^-scale
// needs; ok is false when its decimal form does not end.
func (a exact) decimalsAt(scale int32) (n int32, ok bool) {
	if a.wide != nil {
		return a.over(powerOfTen(scale)).decimals()
	}
	for whole := a.whole; scale > 0 && whole%10 == 0; scale-- {
		if whole == 0 {
			return 0, true
		}
		whole /= 10
	}
	return max(0, scale), true
}

// endsOver tells whether the decimal form of a / b ends, for b other than 0.
func (a exact) endsOver(b exact) bool {
	if a.wide != nil || b.wide != nil || a.whole == math.MinInt64 || b.whole == math.MinInt64 {
		_, ends := a.over(b).decimals()
		return ends
	}
	n, rest := max(a.whole, -a.whole), max(b.whole, -b.whole)
	denominator := rest
	for n != 0 { // the largest number that divides both is left in rest
		n, rest = rest%n, n
	}
	denominator /= rest
	for denominator%2 == 0 {
		denominator /= 2
	}
	for denominator%5 == 0 {
		denominator /= 5
	}
	return denominator == 1
}

// floor is the largest whole number that is not above a.
func (a exact) floor() exact {
	if a.wide == nil {
		return a
	}
	quotient := new(big.Int).Div(a.wide.Num(), a.wide.Denom()) // the denominator is positive
	return narrow(new(big.Rat).SetInt(quotient))
}

// ceil is the smallest whole number that is not below a.
func (a exact) ceil() exact { return a.neg().floor().neg() }

// isWhole tells whether a is a whole number.
func (a exact) isWhole() bool { return a.wide == nil || a.wide.IsInt() }

// powersOfTen are those that fit an int64.
var powersOfTen = [...]int64{
	1, 10, 100, 1_000, 10_000, 100_000, 1_000_000,
	10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
	100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
	100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
	100_000_000_000_000_000, 1_000_000_000_000_000_000,
}

// powerOfTen is 10^n for n >= 0.
func powerOfTen(n int32) exact {
	if int(n) < len(powersOfTen) {
		return exact{whole: powersOfTen[n]}
	}
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	return narrow(new(big.Rat).SetInt(power))
}

// decimals is the number of digits after the decimal point that a needs;
// ok is false when its decimal form does not end.
func (a exact) decimals() (n int32, ok bool) {
	if a.isWhole() {
		return 0, true
	}
	count, finite := a.wide.FloatPrec()
	return int32(count), finite
}
