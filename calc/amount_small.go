package calc

import (
	"math"
	"math/bits"
)

// maxSmallScale is the largest power of ten that an int64 holds.
const maxSmallScale = 18

// tens are the powers of ten that an int64 holds.
var tens = func() (t [maxSmallScale + 1]int64) {
	t[0] = 1
	for n := 1; n < len(t); n++ {
		t[n] = 10 * t[n-1]
	}
	return t
}()

// parseSmall reads a number as ParseAmount does; ok is false for a text that is none
// and for a number that is not small or not plainly so.
func parseSmall(text string) (units int64, scale int8, ok bool) {
	i, negative := 0, false
	if text != "" && text[0] == '-' {
		i, negative = 1, true
	}
	var n uint64
	first, point := i, -1
	for ; i < len(text); i++ {
		digit := text[i] - '0'
		if digit > 9 {
			if text[i] == '.' && point < 0 && i > first {
				point = i
				continue
			}
			break
		}
		if n > 1<<63/10 {
			return 0, 0, false
		}
		n = 10*n + uint64(digit)
	}
	if i == first || i == point+1 {
		return 0, 0, false // no digit, or none after the point
	}
	decimals := 0
	if point >= 0 {
		decimals = i - point - 1
	}
	if i < len(text) {
		exponent, ok := parseExponent(text[i:])
		if !ok {
			return 0, 0, false
		}
		decimals -= exponent
	}
	if decimals > maxSmallScale || decimals < -maxSmallScale {
		return 0, 0, false
	}
	switch {
	case n <= math.MaxInt64 && negative:
		return -int64(n), int8(decimals), true
	case n <= math.MaxInt64:
		return int64(n), int8(decimals), true
	}
	return math.MinInt64, int8(decimals), negative && n == 1<<63
}

// parseExponent reads an exponent with its letter, of up to three digits.
func parseExponent(text string) (n int, ok bool) {
	if text[0] != 'e' && text[0] != 'E' {
		return 0, false
	}
	text = text[1:]
	negative := false
	if text != "" && (text[0] == '+' || text[0] == '-') {
		negative = text[0] == '-'
		text = text[1:]
	}
	if len(text) == 0 || len(text) > 3 {
		return 0, false
	}
	for i := range len(text) {
		digit := text[i] - '0'
		if digit > 9 {
			return 0, false
		}
		n = 10*n + int(digit)
	}
	if negative {
		n = -n
	}
	return n, true
}

// smallString is the plain form of units times ten to the power of -scale.
func smallString(units int64, scale int) string {
	var buffer [2*maxSmallScale + 4]byte
	return string(appendSmall(buffer[:0], units, scale))
}

// appendSmall appends the plain form of units times ten to the power of -scale.
func appendSmall(to []byte, units int64, scale int) []byte {
	var buffer [2*maxSmallScale + 4]byte // a sign, 19 digits, and 18 zeros or a point
	at := len(buffer)
	n := magnitude(units)
	if n == 0 {
		scale = max(0, scale)
	}
	for ; scale < 0; scale++ {
		at--
		buffer[at] = '0'
	}
	for left := scale; n > 0 || left >= 0; left-- {
		if left == 0 && scale > 0 {
			at--
			buffer[at] = '.'
		}
		at--
		buffer[at] = byte('0' + n%10)
		n /= 10
	}
	if units < 0 {
		at--
		buffer[at] = '-'
	}
	return append(to, buffer[at:]...)
}

// magnitude of a whole number, without its sign.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// withoutZeros takes the zeros off that end the fraction of a small number.
func withoutZeros(units int64, scale int8) (int64, int8) {
	for scale > 0 && units%10 == 0 {
		units, scale = units/10, scale-1
	}
	return units, scale
}

// digitsOf counts the digits of a whole number.
func digitsOf(n int64) (digits int) {
	for ; n != 0; n /= 10 {
		digits++
	}
	return digits
}

// aligned are two small amounts as whole numbers at one scale, the larger of the
// two; ok is false when one of them is not small, or would not be at that scale.
func aligned(a, b Amount) (x, y int64, scale int8, ok bool) {
	if a.large != nil || b.large != nil {
		return 0, 0, 0, false
	}
	switch {
	case a.scale == b.scale:
		return a.units, b.units, a.scale, true
	case a.scale < b.scale:
		x, ok = scaled(a.units, int(b.scale)-int(a.scale))
		return x, b.units, b.scale, ok
	}
	y, ok = scaled(b.units, int(a.scale)-int(b.scale))
	return a.units, y, a.scale, ok
}

// scaled is n times ten to the power of shift, which is not negative; ok is false
// when no int64 has it.
func scaled(n int64, shift int) (int64, bool) {
	if n == 0 {
		return 0, true
	}
	if shift > maxSmallScale {
		return 0, false
	}
	return multiplied(n, tens[shift])
}

// multiplied is m times n; ok is false when no int64 has it.
func multiplied(m, n int64) (product int64, ok bool) {
	high, low := bits.Mul64(magnitude(m), magnitude(n))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (m < 0) != (n < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

// smallRatio is ratio for whole numbers that an int64 holds; ok is false when one of
// them is larger.
func smallRatio(num, den Amount, r Rounding) (units int64, ok bool) {
	if num.large != nil || den.large != nil || r.Scale > maxSmallScale || r.Scale < -maxSmallScale {
		return 0, false
	}
	n, d := num.units, den.units
	if shift := int(den.scale) - int(num.scale) + int(r.Scale); shift >= 0 {
		n, ok = scaled(n, shift)
	} else {
		d, ok = scaled(d, -shift)
	}
	if !ok || n == math.MinInt64 || d == math.MinInt64 {
		return 0, false
	}
	units, rest := n/d, magnitude(n%d)
	if rest == 0 {
		return units, true
	}
	sign := int64(1)
	if (n < 0) != (d < 0) {
		sign = -1
	}
	middle := 0
	switch other := magnitude(d) - rest; {
	case rest < other:
		middle = -1
	case rest > other:
		middle = 1
	}
	if r.Mode.leavesZero(int(sign), units&1 == 1, middle) {
		units += sign
	}
	return units, true
}
