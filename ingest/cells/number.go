package cells

import (
	"math/bits"

	"tieout/calc"
	"tieout/calc/schema"
)

// maxNumber is the longest text of a number that is read here; the strict reader knows
// what to say of longer ones.
const maxNumber = 40

// maxZeros is how many zeros the exponent of a number may add to its digits: an amount
// that has more digits when it is written out is left to the strict reader.
const maxZeros = calc.MaxAmountDigits - maxNumber

// number is an amount as it was read.
type number struct {
	units int64 // times 10^schema.Minor, when exact
	exact bool
	end   int  // behind its text
	whole bool // known to have no fraction
}

// plainAmount reads an amount as most are written: less than eight digits, and at most
// two behind the point; length is 0 for others, and for what is no number.
func plainAmount(t *[16]byte) (units int64, length int) {
	digits := word(t[:], 0) ^ zeros // as numbers, the first in the lowest byte
	// The lowest mark is at the first byte that is no digit; those above can be false.
	count := bits.TrailingZeros64((digits+0x76*ones|digits)&highs) >> 3
	if count&7 == 0 || count > 1 && digits&0xff == 0 {
		return 0, 0
	}
	units = int64(eight(digits<<(64-8*count))) * 100
	behind := t[count]
	if behind == '.' {
		tenths, hundredths := t[count+1]-'0', t[count+2]-'0'
		units += 10 * int64(tenths)
		if tenths > 9 {
			return 0, 0
		}
		count += 2
		if hundredths <= 9 {
			units += int64(hundredths)
			count++
		}
		behind = t[count]
	}
	if behind-'0' <= 9 || behind|0x20 == 'e' {
		return 0, 0
	}
	return units, count
}

// amount reads the number at an offset, in any notation that amounts have. In a string,
// zeros may stand in front. It is not ok for what is no number.
func amount(t []byte, from int, quoted bool) (n number, ok bool) {
	p := from
	negative := p < len(t) && t[p] == '-'
	if negative {
		p++
	}
	var value uint64 // of the significant digits
	scale, first, fraction := 0, p, false
	room := true
	for ; p < len(t); p++ {
		c := t[p]
		if c == '.' && !fraction && p > first {
			fraction = true
			continue
		}
		if c -= '0'; c > 9 {
			break
		}
		if fraction {
			scale++
		}
		if value > schema.MaxUnits {
			room = false
			continue
		}
		value = value*10 + uint64(c)
	}
	switch {
	case p == first || t[p-1] == '.':
		return n, false
	case !quoted && t[first] == '0' && first+1 < len(t) && t[first+1]-'0' <= 9:
		return n, false
	}
	if p < len(t) && t[p]|0x20 == 'e' {
		var exponent int
		if exponent, p, ok = exponentAt(t, p); !ok {
			return n, false
		}
		scale -= exponent
	}
	n.end = p
	if p-from > maxNumber || scale > maxNumber || scale < -maxZeros {
		return n, false
	}
	if room {
		n.units, n.exact = minor(value, scale)
	}
	n.whole = n.exact && n.units%100 == 0
	if negative {
		n.units = -n.units
	}
	return n, true
}

// eight is the number that eight digits are, the first in the lowest byte.
func eight(z uint64) uint64 {
	const pairs = 0x000000ff000000ff
	z = z*10 + z>>8
	return ((z&pairs)*(100+1_000_000<<32) + (z>>16&pairs)*(1+10_000<<32)) >> 32
}

// exponentAt reads the exponent behind the digits of a number.
func exponentAt(t []byte, p int) (exponent, end int, ok bool) {
	p++
	sign := 1
	if p < len(t) && (t[p] == '-' || t[p] == '+') {
		if t[p] == '-' {
			sign = -1
		}
		p++
	}
	first := p
	for ; p < len(t) && t[p]-'0' <= 9; p++ {
		if exponent = exponent*10 + int(t[p]-'0'); exponent > maxNumber {
			return 0, p, false
		}
	}
	return sign * exponent, p, p > first
}

// minor is value × 10^-scale in minor units, when that is exact and fits.
func minor(value uint64, scale int) (units int64, exact bool) {
	for ; scale > schema.Minor; scale-- {
		if value%10 != 0 {
			return 0, false
		}
		value /= 10
	}
	for ; scale < schema.Minor && value != 0; scale++ {
		if value > schema.MaxUnits/10 {
			return 0, false
		}
		value *= 10
	}
	return int64(value), value <= schema.MaxUnits
}
