package calc

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"
)

// Mode says to which of its two neighbours a number goes that lies between them.
type Mode uint8

// The modes. The halves are half of a unit of the last place kept.
const (
	HalfUp   Mode = iota // to the nearer, from the middle away from zero: 2.5 to 3, -2.5 to -3
	HalfEven             // to the nearer, from the middle to the even one: 2.5 to 2, 3.5 to 4
	Down                 // toward zero: 2.9 to 2, -2.9 to -2
	Up                   // away from zero: 2.1 to 3, -2.1 to -3
	Floor                // to the lower: 2.9 to 2, -2.1 to -3
	Ceiling              // to the higher: 2.1 to 3, -2.9 to -2
)

var modeWords = [...]string{"half up", "half even", "down", "up", "floor", "ceiling"}

// String is the mode in words: half up, half even, down, up, floor, ceiling.
func (m Mode) String() string {
	if int(m) < len(modeWords) {
		return modeWords[m]
	}
	return fmt.Sprintf("mode %d", uint8(m))
}

// MaxScale bounds the scale of a rounding, to both sides of the decimal point.
const MaxScale = 1000

// Rounding is a policy: the mode, and the decimals that are kept. Scale 2 keeps
// hundredths, 0 whole units, -3 whole thousands. A policy is chosen by the program
// or by a document's description, never by a figure: a mode that is none of the
// above or a scale beyond MaxScale panics.
//
// The zero value rounds half up to whole units.
type Rounding struct {
	Mode  Mode
	Scale int32
}

// String is the policy in words: half up to 0.01, down to 1, floor to 1000.
func (r Rounding) String() string { return r.Mode.String() + " to " + r.Unit().String() }

// Unit is one unit of the last place kept: 0.01 at scale 2.
func (r Rounding) Unit() Amount {
	r.check()
	if -maxSmallScale <= r.Scale && r.Scale <= maxSmallScale {
		return Amount{units: 1, scale: int8(r.Scale)}
	}
	return amountOf(decimal.New(1, -r.Scale))
}

// ErrDivisionByZero means that the denominator of a quotient is zero.
var ErrDivisionByZero = errors.New("division by zero")

// Quotient is num divided by den, rounded once: what the quotient with all its
// digits rounds to. It has the scale of the policy. It errs with
// ErrDivisionByZero.
func Quotient(num, den Amount, r Rounding) (Amount, error) {
	if den.Sign() == 0 {
		return Amount{}, fmt.Errorf("%w: %s by %s", ErrDivisionByZero, num, den)
	}
	return ratio(num, den, r), nil
}

// Round is a rounded, at the scale of the policy: 479 half up to 0.01 is 479.00.
func (a Amount) Round(r Rounding) Amount {
	if -a.exponent() == r.Scale {
		r.check()
		return a.computed()
	}
	return ratio(a, one, r)
}

// Preimage is the interval of the numbers that round to a, both ends included. An
// end itself can round to a neighbour of a: half up to 1, the interval of 3 is 2.5
// to 3.5, and 3.5 goes to 4. An amount that has more decimals than the policy
// keeps is the rounding of no number, and the interval says nothing.
func (r Rounding) Preimage(a Amount) (lo, hi Amount) {
	unit := r.Unit()
	below, above := a.Minus(unit), a.Plus(unit)
	switch r.Mode {
	case HalfUp, HalfEven:
		half := unit.Product(Amount{units: 5, scale: 1})
		return a.Minus(half), a.Plus(half)
	case Floor:
		return a, above
	case Ceiling:
		return below, a
	case Up:
		switch a.Sign() {
		case 1:
			return below, a
		case -1:
			return a, above
		}
		return a, a
	}
	switch a.Sign() { // Down
	case 1:
		return a, above
	case -1:
		return below, a
	}
	return below, above
}

// check panics on a policy that is none.
func (r Rounding) check() {
	if int(r.Mode) >= len(modeWords) || r.Scale > MaxScale || r.Scale < -MaxScale {
		panic(fmt.Sprintf("calc: no rounding: %s, scale %d", r.Mode, r.Scale))
	}
}

var one = AmountOf(1)

// ratio is num divided by den, which is not zero. Both are whole numbers times a
// power of ten; the powers go to one side, so that one division of whole numbers
// with its remainder decides, and nothing is rounded twice.
func ratio(num, den Amount, r Rounding) Amount {
	r.check()
	if units, ok := smallRatio(num, den, r); ok {
		return Amount{units: units, scale: int8(r.Scale)}
	}
	n, d := num.dec().Coefficient(), den.dec().Coefficient()
	if shift := int64(num.exponent()) - int64(den.exponent()) + int64(r.Scale); shift >= 0 {
		n.Mul(n, tenTo(shift))
	} else {
		d.Mul(d, tenTo(-shift))
	}
	sign := n.Sign() * d.Sign()
	rest := new(big.Int)
	n.QuoRem(n, d, rest)
	if rest.Sign() != 0 && r.Mode.leavesZero(sign, n.Bit(0) == 1, rest.Lsh(rest, 1).CmpAbs(d)) {
		n.Add(n, big.NewInt(int64(sign)))
	}
	return amountOf(decimal.NewFromBigInt(n, -r.Scale))
}

// leavesZero tells whether a number goes to its neighbour farther from zero: by
// its sign, by whether the neighbour nearer to zero is odd, and by how it lies to
// the middle between the two (-1 nearer to zero, 0 in the middle, 1 beyond).
func (m Mode) leavesZero(sign int, odd bool, middle int) bool {
	switch m {
	case HalfUp:
		return middle >= 0
	case HalfEven:
		return middle > 0 || middle == 0 && odd
	case Up:
		return true
	case Floor:
		return sign < 0
	case Ceiling:
		return sign > 0
	}
	return false
}

// powers of ten that roundings ask for again and again.
var powers = func() (p [128]*big.Int) {
	p[0] = big.NewInt(1)
	for n := 1; n < len(p); n++ {
		p[n] = new(big.Int).Mul(p[n-1], big.NewInt(10))
	}
	return p
}()

func tenTo(n int64) *big.Int {
	if n < int64(len(powers)) {
		return powers[n]
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil)
}
