package cells

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Eight bytes at a time: a constant for each byte of a word.
const (
	ones   = 0x0101010101010101
	highs  = 0x80 * ones
	lows   = 0x7f * ones
	quotes = '"' * ones
	slants = '\\' * ones
	spaces = ' ' * ones
	zeros  = '0' * ones
)

// blanks is behind the white space at an offset.
func blanks(t []byte, p int) int {
	for p < len(t) && (t[p] == ' ' || t[p] == '\n' || t[p] == '\t' || t[p] == '\r') {
		p++
	}
	return p
}

// word is the eight bytes at an offset, of which there are as many.
func word(t []byte, p int) uint64 { return binary.LittleEndian.Uint64(t[p:]) }

// str reads the string that begins with the quote at an offset; end is behind its
// closing quote. It is not ok for one that JSON (RFC 8259) or UTF-8 does not allow.
func str(t []byte, p int) (end int, escaped, ok bool) {
	from, beyond := p+1, uint64(0)
	for p = from; ; {
		for p+8 <= len(t) {
			w := word(t, p)
			q, s := w^quotes, w^slants
			// The lowest byte that is marked is a quote, a backslash or a control
			// character; bytes above it can be marked falsely.
			special := ((q-ones)&^q | (s-ones)&^s | (w-spaces)&^w) & highs
			if special == 0 {
				beyond |= w
				p += 8
				continue
			}
			at := bits.TrailingZeros64(special) >> 3
			beyond |= w & (1<<(8*at) - 1)
			p += at
			break
		}
		if p >= len(t) {
			return p, escaped, false
		}
		switch c := t[p]; {
		case c == '"':
			return p + 1, escaped, beyond&highs == 0 || isUTF8(t[from:p])
		case c == '\\':
			if p, ok = escape(t, p); !ok {
				return p, true, false
			}
			escaped = true
		case c < ' ':
			return p, escaped, false
		default: // near the end of the text
			beyond |= uint64(c)
			p++
		}
	}
}

// Four letters of two bytes each in a word, as most of Cyrillic, Arabic and Greek are:
// a byte from 0xd0 to 0xdf and one from 0x80 to 0xbf.
const (
	pairMask = 0xc0f0c0f0c0f0c0f0
	pairs    = 0x80d080d080d080d0
)

// isUTF8 tells whether a text is UTF-8. It is faster than package unicode/utf8 where
// letters are of two bytes, or stand among ASCII.
func isUTF8(t []byte) bool {
	p := 0
	for p+8 <= len(t) {
		w := word(t, p)
		if w&highs == 0 || w&pairMask == pairs {
			p += 8
			continue
		}
		if ascii := bits.TrailingZeros64(w&highs) >> 3; ascii > 0 {
			p += ascii
			continue
		}
		size := character(t, p)
		if size == 0 {
			return false
		}
		p += size
	}
	for p < len(t) {
		if t[p] < utf8.RuneSelf {
			p++
			continue
		}
		size := character(t, p)
		if size == 0 {
			return false
		}
		p += size
	}
	return true
}

// character is the length of the character beyond ASCII at an offset; 0 when there is
// none.
func character(t []byte, p int) int {
	if t[p] >= 0xc2 && t[p] < 0xe0 && p+1 < len(t) && t[p+1]&0xc0 == 0x80 {
		return 2
	}
	r, size := utf8.DecodeRune(t[p:])
	if r == utf8.RuneError && size <= 1 {
		return 0
	}
	return size
}

// shortString is behind the string that begins with the quote at an offset, when it is
// short and plain ASCII without escapes; 0 for others.
func shortString(t []byte, p int) (end int) {
	if p+25 > len(t) {
		return 0
	}
	b := (*[24]byte)(t[p+1:])
	for at := 0; at < len(b); at += 8 {
		w := word(b[:], at)
		q, s := w^quotes, w^slants
		special := ((q-ones)&^q | (s-ones)&^s | (w-spaces)&^w | w) & highs
		if special == 0 {
			continue
		}
		if at += bits.TrailingZeros64(special) >> 3; b[at] == '"' {
			return p + 2 + at
		}
		return 0
	}
	return 0
}

// escape is behind the escape at an offset. Halves of surrogate pairs are left to the
// strict reader.
func escape(t []byte, p int) (end int, ok bool) {
	if p+1 >= len(t) {
		return p, false
	}
	switch t[p+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return p + 2, true
	case 'u':
	default:
		return p, false
	}
	if p+6 > len(t) {
		return p, false
	}
	code := 0
	for _, c := range t[p+2 : p+6] {
		switch {
		case '0' <= c && c <= '9':
			code = code<<4 | int(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			code = code<<4 | int(c|0x20-'a'+10)
		default:
			return p, false
		}
	}
	return p + 6, code < 0xd800 || code > 0xdfff
}
