package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	characters "tieout/calc/text"
)

// maxCellText is the longest text of a cell, in UTF-16 units.
const maxCellText = 32767

// cellText is a text as a cell shows it: nothing hidden, nothing cut in silence.
func cellText(s string) string { return cutText(visibleText(s), maxCellText) }

// visibleText writes out characters that a cell cannot show or that would hide
// or reorder others: <U+0007>. Line breaks stay, and so do the joiners that
// Persian and other scripts are written with.
func visibleText(s string) string {
	if strings.IndexFunc(s, isHidden) < 0 {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "<0x%02X>", s[0])
		case r != utf8.RuneError && isHidden(r):
			fmt.Fprintf(&b, "<%U>", r)
		default:
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

// isHidden tells characters that visibleText may have to write out.
func isHidden(r rune) bool {
	joiner := 0x200c <= r && r <= 0x200f // or direction mark
	return characters.Hidden(r) && r != '\n' && !joiner
}

// oneLine writes line breaks out too, for text of the input.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "<U+000A>") }

// cutText keeps a text within a number of UTF-16 units and says what it left out.
func cutText(s string, limit int) string {
	units := utf16Length(s)
	if units <= limit {
		return s
	}
	note := " … [cut: " + strconv.Itoa(utf8.RuneCountInString(s)) + " characters in all]"
	keep := limit - utf16Length(note)
	for i, r := range s {
		if keep -= utf16Width(r); keep < 0 {
			return s[:i] + note
		}
	}
	return s
}

// utf16Length is the length of a text as spreadsheets count it.
func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16Width(r)
	}
	return n
}

func utf16Width(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// counted is a number of things in words: 1 record, 2 records.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// grouped is a whole number with its thousands parted: 12,345.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
