package loan

import "math/bits"

// share is a number from 0 to 1, as so many parts of 2^127. A factor of a discount is
// enclosed by two shares, in a few nanoseconds: what they prove needs no decimals.
type share struct{ hi, lo uint64 }

// whole is 1.
var whole = share{hi: 1 << 63}

// shareOf is num/den, rounded down; den is not 0, and num not above it.
func shareOf(num, den uint64) share {
	hi, rest := bits.Div64(num>>1, num<<63, den)
	lo, _ := bits.Div64(rest, 0, den)
	return share{hi, lo}
}

// up is the next share, or 1.
func (s share) up() share {
	lo, carry := bits.Add64(s.lo, 1, 0)
	if hi := s.hi + carry; hi < whole.hi {
		return share{hi, lo}
	}
	return whole
}

// down is the share before, or 0.
func (s share) down() share {
	if s == (share{}) {
		return s
	}
	lo, borrow := bits.Sub64(s.lo, 1, 0)
	return share{s.hi - borrow, lo}
}

// rest is what is left of 1.
func (s share) rest() share {
	lo, borrow := bits.Sub64(0, s.lo, 0)
	return share{whole.hi - s.hi - borrow, lo}
}

// times is the product, rounded down.
func (s share) times(t share) share {
	h1, l1 := bits.Mul64(s.hi, t.lo)
	h2, l2 := bits.Mul64(s.lo, t.hi)
	h3, l3 := bits.Mul64(s.hi, t.hi)
	low, _ := bits.Mul64(s.lo, t.lo)
	w1, carry := bits.Add64(low, l1, 0)
	h1, _ = bits.Add64(h1, 0, carry)
	w1, carry = bits.Add64(w1, l2, 0)
	w2, carry := bits.Add64(l3, h2, carry)
	w3 := h3 + carry
	w2, carry = bits.Add64(w2, h1, 0)
	w3 += carry
	return share{w3<<1 | w2>>63, w2<<1 | w1>>63}
}

// between are the two shares that enclose a number.
type between struct{ low, high share }

// ratio encloses num/den, and what is up to 2^-127 beside it.
func ratio(num, den uint64) between {
	s := shareOf(num, den)
	return between{s.down(), s.up().up()}
}

func (b between) times(c between) between {
	return between{b.low.times(c.low), b.high.times(c.high).up()}
}

// power encloses the n-th power; n is not negative.
func (b between) power(n int) between {
	p := between{whole, whole}
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			p = p.times(b)
		}
		b = b.times(b)
	}
	return p
}

// shares is a sum of whole numbers, each times a share, in parts of 2^127.
type shares [4]uint64

func (s *shares) add(n uint64, of share) {
	h0, l0 := bits.Mul64(n, of.lo)
	h1, l1 := bits.Mul64(n, of.hi)
	mid, carry := bits.Add64(l1, h0, 0)
	top := h1 + carry
	s[0], carry = bits.Add64(s[0], l0, 0)
	s[1], carry = bits.Add64(s[1], mid, carry)
	s[2], carry = bits.Add64(s[2], top, carry)
	s[3] += carry
}

// cmp is -1, 0 or 1 as s is below, equal to or above t.
func (s *shares) cmp(t *shares) int {
	for i := len(s) - 1; i >= 0; i-- {
		switch {
		case s[i] < t[i]:
			return -1
		case s[i] > t[i]:
			return 1
		}
	}
	return 0
}
