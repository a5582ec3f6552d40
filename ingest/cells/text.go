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
			ends := special(w)
			if ends == 0 {
				beyond |= w
				p += 8
				continue
			}
			at := bits.TrailingZeros64(ends) >> 3
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

// plainString is behind the string that begins with a quote at an offset, when it has no
// escapes, and only characters of one or two bytes, as those of most languages of Europe
// and the Near East are; 0 for others, and near the end of the text.
func plainString(t []byte, p int) (end int) {
	if p+1 >= len(t) || t[p] != '"' {
		return 0
	}
	lead := uint64(0) // of a character whose second byte is the first of the next word
	for p++; p+8 <= len(t); p += 8 {
		w := word(t, p)
		ends := special(w)
		if (w|lead)&highs != 0 {
			content, ok := w, false
			if ends != 0 {
				content &= (ends&-ends)>>7 - 1
			}
			if lead, ok = shortCharacters(content, lead); !ok {
				return 0
			}
		}
		if ends != 0 {
			if p += bits.TrailingZeros64(ends) >> 3; t[p] == '"' {
				return p + 1
			}
			return 0
		}
	}
	return 0
}

// dateLength is how long most dates are, with their quotes.
const dateLength = 12

// isPlainDate tells whether a text begins with a string of the usual length of dates, of
// ASCII without escapes.
func isPlainDate(t *[16]byte) bool {
	head, tail := word(t[:], 1), word(t[:], 3)
	return t[0] == '"' && t[dateLength-1] == '"' && special(head)|special(tail)|(head|tail)&highs == 0
}

// special marks the bytes of a word that are a quote, a backslash or a control character.
// The lowest mark is right; those above it can be false.
func special(w uint64) uint64 {
	q, s := w^quotes, w^slants
	return ((q-ones)&^q | (s-ones)&^s | (w-spaces)&^w) & highs
}

// shortCharacters tells whether all in a word is characters of one or two bytes. lead marks
// that the word begins, or the next one, with the second byte of a character.
func shortCharacters(w, lead uint64) (next uint64, ok bool) {
	beyond := w & highs
	first := beyond & (w << 1)
	long := first & (w << 2)
	overlong := first &^ (w&(0x1e*ones) + 0x7e*ones) // 0xc0 and 0xc1
	return first >> 56, long|overlong == 0 && beyond&^first == first<<8|lead
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
