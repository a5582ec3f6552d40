// Package text looks at texts character by character: which cannot be seen, which
// are drawn like others, and whether two texts differ only in such characters. It
// compares and explains; a document's text is never rewritten.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible is s with one visible character for each of its characters, so that
// columns are kept: a middle dot for all that Hidden tells, for unusual blanks and
// for characters without a meaning agreed on, and a blank for a tab.
func Visible(s string) string { return strings.Map(visible, s) }

// AppendVisible appends what Visible makes of a text.
func AppendVisible(to, s []byte) []byte {
	for len(s) > 0 {
		if c := s[0]; ' ' <= c && c <= '~' {
			to, s = append(to, c), s[1:]
			continue
		}
		r, size := utf8.DecodeRune(s)
		to, s = utf8.AppendRune(to, visible(r)), s[size:]
	}
	return to
}

// visible is what stands for a character.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r == utf8.RuneError || !unicode.IsPrint(r):
		return '\u00b7'
	}
	return r
}

// Hidden tells characters that cannot be seen, or that hide or reorder others:
// control characters, which steer a terminal, zero-width characters, direction
// marks, and what stands for bytes that are not UTF-8. Blanks are not among them.
func Hidden(r rune) bool {
	switch kindOf(r) {
	case Invisible, Direction, Control, Unreadable:
		return true
	}
	return false
}

// kindOf is the oddity that a character is by itself, whatever stands around it.
func kindOf(r rune) Kind {
	_, arabic := toPersian[r]
	switch {
	case ' ' <= r && r < 0x7f:
		return 0
	case arabic:
		return ArabicForm
	case unicode.Is(unicode.Nd, r):
		return ForeignDigit
	case unicode.Is(unicode.Zs, r):
		return OddSpace
	case r == 0x61c, r == 0x200e, r == 0x200f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return Direction
	case unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp):
		return Control
	case r == utf8.RuneError, 0xfdd0 <= r && r <= 0xfdef, r&0xfffe == 0xfffe:
		return Unreadable
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r): // formats digits, and is drawn
		return 0
	case unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point):
		return Invisible
	}
	return 0
}
