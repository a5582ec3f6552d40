package calc

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/shopspring/decimal"
)

// MaxAmountText is the longest text, in bytes, that ParseAmount reads. The
// bound comes before any parsing, because parsing digits costs time that is
// quadratic in their number.
const MaxAmountText = 64

// MaxAmountDigits bounds the digits an amount has when written out without an
// exponent, before and after the decimal point each.
const MaxAmountDigits = 64

// The reasons why a text is not an amount.
var (
	// ErrAmountLength: the text is longer than MaxAmountText bytes.
	ErrAmountLength = errors.New("longer than 64 characters")
	// ErrAmountSyntax: the text is not a decimal number.
	ErrAmountSyntax = errors.New("not a decimal number")
	// ErrAmountRange: written out, the number has more than MaxAmountDigits
	// digits before or after the decimal point.
	ErrAmountRange = errors.New("more than 64 digits when written out")
)

// Amount is an exact decimal number together with the text it was sent as. It
// carries no unit; the field it was read from states one.
//
// The zero value is the computed amount 0. Amounts are compared with Equal and
// Cmp: two texts can state one value (1.0, 1.00), so == does not compile.
//
// A number that an int64 holds, with up to 18 decimals, is held as one, and what
// is done with such numbers costs no memory; any other, and what leaves that range,
// is a decimal. Nothing but the time tells the two apart.
type Amount struct {
	_     [0]func()
	units int64            // the number is units times ten to the power of -scale,
	large *decimal.Decimal // or this one, if it is not nil
	text  string
	scale int8 // from -maxSmallScale to maxSmallScale
}

// ParseAmount reads an amount from its text: an optional minus, digits, an
// optional fraction and an optional exponent (1250, -60.00, 9.99E14). No plus
// sign, no blanks, no digit grouping, digits 0 to 9 only. Zeros in front are read
// over.
//
// It errs with
//   - ErrAmountLength for a text of more than MaxAmountText bytes,
//   - ErrAmountSyntax for a text that is not such a number,
//   - ErrAmountRange for a number of more than MaxAmountDigits digits.
func ParseAmount(text string) (Amount, error) {
	if len(text) > MaxAmountText {
		return Amount{}, fmt.Errorf("%w: %d characters", ErrAmountLength, len(text))
	}
	if units, scale, ok := parseSmall(text); ok {
		return Amount{units: units, scale: scale, text: text}, nil
	}
	if !isNumber(text) {
		return Amount{}, fmt.Errorf("%w: %q", ErrAmountSyntax, text)
	}
	dec, err := decimal.NewFromString(text)
	if err != nil { // the exponent does not fit its type
		return Amount{}, fmt.Errorf("%w: %s", ErrAmountRange, text)
	}
	exponent := int64(dec.Exponent())
	if exponent < -MaxAmountDigits || exponent+int64(dec.NumDigits()) > MaxAmountDigits {
		return Amount{}, fmt.Errorf("%w: %s", ErrAmountRange, text)
	}
	a := amountOf(dec)
	a.text = text
	return a, nil
}

// SmallAmount is the number units times ten to the power of -scale, sent as text:
// 1250, 2 and "12.50" make what ParseAmount reads from "12.50". It is for a reader
// that has the digits at hand; that the text states the number is for the reader to
// see to. Without a text the amount is a computed one.
func SmallAmount(units int64, scale uint8, text string) Amount {
	if scale > maxSmallScale {
		a := amountOf(decimal.New(units, -int32(scale)))
		a.text = text
		return a
	}
	return Amount{units: units, scale: int8(scale), text: text}
}

// MustAmount is ParseAmount for constants and tests; it panics on an error.
func MustAmount(text string) Amount {
	a, err := ParseAmount(text)
	if err != nil {
		panic(err)
	}
	return a
}

// AmountOf is the computed amount of a whole number.
func AmountOf(n int64) Amount { return Amount{units: n} }

// amountOf is the computed amount of a decimal, as an int64 where it fits.
func amountOf(dec decimal.Decimal) Amount {
	exponent := dec.Exponent()
	if -maxSmallScale <= exponent && exponent <= maxSmallScale {
		if coefficient := dec.Coefficient(); coefficient.IsInt64() {
			return Amount{units: coefficient.Int64(), scale: int8(-exponent)}
		}
	}
	return Amount{large: &dec}
}

// dec is the amount as a decimal.
func (a Amount) dec() decimal.Decimal {
	if a.large != nil {
		return *a.large
	}
	return decimal.New(a.units, -int32(a.scale))
}

// isNumber tells whether text is -?digits(.digits)?([eE][+-]?digits)?.
func isNumber(text string) bool {
	rest, ok := cutDigits(strings.TrimPrefix(text, "-"))
	if !ok {
		return false
	}
	if fraction, has := strings.CutPrefix(rest, "."); has {
		if rest, ok = cutDigits(fraction); !ok {
			return false
		}
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	rest = rest[1:]
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	rest, ok = cutDigits(rest)
	return ok && rest == ""
}

// cutDigits removes leading digits; ok is false when there is none.
func cutDigits(text string) (rest string, ok bool) {
	i := 0
	for i < len(text) && '0' <= text[i] && text[i] <= '9' {
		i++
	}
	return text[i:], i > 0
}

// Text is the amount as it was sent, or its plain form when it was computed.
func (a Amount) Text() string {
	if a.text != "" {
		return a.text
	}
	return a.String()
}

// String writes the amount out without an exponent, keeping the scale as sent:
// 1.50 stays 1.50 and 9.99999999999999E14 is 999999999999999. The form reads
// back as the same value, unless it is longer than MaxAmountText (1e-64).
func (a Amount) String() string {
	if a.large != nil {
		return a.large.StringFixed(a.Scale())
	}
	return smallString(a.units, int(a.scale))
}

// Append appends what String writes.
func (a Amount) Append(to []byte) []byte {
	if a.large != nil {
		return append(to, a.large.StringFixed(a.Scale())...)
	}
	return appendSmall(to, a.units, int(a.scale))
}

// AppendText appends what Text writes.
func (a Amount) AppendText(to []byte) []byte {
	if a.text != "" {
		return append(to, a.text...)
	}
	return a.Append(to)
}

// Scale is the number of digits after the decimal point of the plain form.
func (a Amount) Scale() int32 { return max(0, -a.exponent()) }

// exponent of the power of ten that the whole number held is multiplied by.
func (a Amount) exponent() int32 {
	if a.large != nil {
		return a.large.Exponent()
	}
	return -int32(a.scale)
}

// Decimals is the number of digits after the decimal point that the value needs:
// 1.50 needs one.
func (a Amount) Decimals() int32 {
	if a.large == nil {
		_, scale := withoutZeros(a.units, a.scale)
		return max(0, int32(scale))
	}
	_, fraction, _ := strings.Cut(a.String(), ".")
	return int32(len(strings.TrimRight(fraction, "0")))
}

// Int64 is the whole part of an amount; ok is false when no int64 has it.
func (a Amount) Int64() (n int64, ok bool) {
	if a.large == nil && a.scale >= 0 {
		return a.units / tens[a.scale], true
	}
	whole := a.dec().Truncate(0).BigInt()
	return whole.Int64(), whole.IsInt64()
}

// Units are the digits of the plain form as one whole number, at the Scale of the
// amount: 1250 for 12.50. ok is false when they are more than the fast arithmetic of
// amounts holds; String has them all.
func (a Amount) Units() (units int64, ok bool) {
	if a.large != nil {
		return 0, false
	}
	return scaled(a.units, max(0, -int(a.scale)))
}

// IsWhole tells whether the value has no fraction; 600000000.0 has none.
func (a Amount) IsWhole() bool {
	if a.large != nil {
		return a.large.IsInteger()
	}
	return a.scale <= 0 || a.units%tens[a.scale] == 0
}

// SignificantDigits counts the digits of the plain form without leading zeros
// and without trailing zeros after the decimal point: what a program must hold
// to show the amount. A zero has one.
func (a Amount) SignificantDigits() int {
	if a.large == nil {
		units, scale := withoutZeros(a.units, a.scale)
		if units == 0 {
			return 1
		}
		return digitsOf(units) + max(0, -int(scale))
	}
	digits := strings.TrimPrefix(a.String(), "-")
	if whole, fraction, has := strings.Cut(digits, "."); has {
		digits = whole + strings.TrimRight(fraction, "0")
	}
	return max(1, len(strings.TrimLeft(digits, "0")))
}

// Plus is a + b, exact, at the larger of the two scales.
func (a Amount) Plus(b Amount) Amount {
	if x, y, scale, ok := aligned(a, b); ok {
		if sum := x + y; (sum > x) == (y > 0) {
			return Amount{units: sum, scale: scale}
		}
	}
	return amountOf(a.dec().Add(b.dec()))
}

// Minus is a - b, exact, at the larger of the two scales.
func (a Amount) Minus(b Amount) Amount {
	if x, y, scale, ok := aligned(a, b); ok {
		if rest := x - y; (rest < x) == (y > 0) {
			return Amount{units: rest, scale: scale}
		}
	}
	return amountOf(a.dec().Sub(b.dec()))
}

// Times is a multiplied by a whole number, exact, at the scale of a.
func (a Amount) Times(n int64) Amount { return a.Product(AmountOf(n)) }

// Product is a multiplied by b, exact, at the sum of the two scales.
func (a Amount) Product(b Amount) Amount {
	if scale := a.scale + b.scale; a.large == nil && b.large == nil && -maxSmallScale <= scale && scale <= maxSmallScale {
		if units, ok := multiplied(a.units, b.units); ok {
			return Amount{units: units, scale: scale}
		}
	}
	return amountOf(a.dec().Mul(b.dec()))
}

// Neg is -a.
func (a Amount) Neg() Amount {
	if a.large == nil && a.units != math.MinInt64 {
		return Amount{units: -a.units, scale: a.scale}
	}
	return amountOf(a.dec().Neg())
}

// Abs is a without its sign.
func (a Amount) Abs() Amount {
	if a.Sign() < 0 {
		return a.Neg()
	}
	return a.computed()
}

// computed is the amount without the text it was sent as.
func (a Amount) computed() Amount { return Amount{units: a.units, scale: a.scale, large: a.large} }

// Sign is -1, 0 or 1.
func (a Amount) Sign() int {
	if a.large != nil {
		return a.large.Sign()
	}
	return cmp.Compare(a.units, 0)
}

// Cmp is -1, 0 or 1 as a is below, equal to or above b; scale and text do not
// matter.
func (a Amount) Cmp(b Amount) int {
	if x, y, _, ok := aligned(a, b); ok {
		return cmp.Compare(x, y)
	}
	if s, t := a.Sign(), b.Sign(); s != t {
		return cmp.Compare(s, t)
	}
	return a.dec().Cmp(b.dec())
}

// Equal tells whether a and b are the same value; scale and text do not matter.
func (a Amount) Equal(b Amount) bool { return a.Cmp(b) == 0 }
