package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold is the form of a text in which texts are compared that should look the
// same: Cyrillic letters as the Latin ones they are drawn like, Arabic letters as
// the Persian ones, digits of all scripts as 0 to 9, dashes and minus signs as a
// hyphen, blanks of every kind as single blanks, none at the ends, and nothing
// that cannot be seen. It is for comparing only: contract numbers are Cyrillic on
// purpose, and what is shown is always the text itself.
//
// Capital and small letters stay apart, and so do composed and decomposed ones.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for rest := s; rest != ""; {
		var p piece
		p, rest = cut(rest, len(rest) == len(s))
		b.WriteString(p.folded)
	}
	return b.String()
}

// Same tells whether two texts are the same, and whether they are so only after
// folding. A text that could not be read in full is the same as no other.
func Same(a, b string) (same, folded bool) {
	if a == b {
		return true, false
	}
	form := Fold(a)
	same = form == Fold(b) && !strings.ContainsRune(form, utf8.RuneError)
	return same, same
}

// Difference is a place where two texts that are the same after folding differ.
type Difference struct {
	// A and B are the characters of either text; "" where it has none.
	A, B string
	// AtA and AtB are their offsets in the texts, in bytes.
	AtA, AtB int
	// Text says what they are: U+0421 CYRILLIC CAPITAL LETTER ES for U+0043 LATIN
	// CAPITAL LETTER C.
	Text string
}

// Differences lists where two texts differ that are the same after folding, in
// their order. It is nil for texts that are the same, or not even after folding.
func Differences(a, b string) []Difference {
	if _, folded := Same(a, b); !folded {
		return nil
	}
	var found []Difference
	for restA, restB := a, b; restA != "" || restB != ""; {
		atA, atB := len(a)-len(restA), len(b)-len(restB)
		inA, afterA := cut(restA, atA == 0)
		inB, afterB := cut(restB, atB == 0)
		if inA.folded != inB.folded { // what folds to nothing is in one of them only
			if inA.folded == "" {
				inB, afterB = piece{}, restB
			} else {
				inA, afterA = piece{}, restA
			}
		}
		restA, restB = afterA, afterB
		if inA.text != inB.text {
			found = append(found, Difference{
				A: inA.text, B: inB.text, AtA: atA, AtB: atB, Text: list(inA.text) + " for " + list(inB.text),
			})
		}
	}
	return found
}

// piece is a part of a text that is folded as one: a character, or a run of blanks
// and characters that cannot be seen.
type piece struct{ text, folded string }

// cut takes the first piece off a text.
func cut(s string, first bool) (p piece, rest string) {
	if s == "" {
		return piece{}, ""
	}
	end, blank := 0, false
	for i, r := range s {
		space := unicode.IsSpace(r)
		if !space && (!Hidden(r) || kindOf(r) == Unreadable) {
			break
		}
		blank = blank || space
		end = i + utf8.RuneLen(r)
	}
	switch {
	case end == 0:
		r, size := utf8.DecodeRuneInString(s)
		if like := fold(r); like != r || r == utf8.RuneError {
			return piece{s[:size], string(like)}, s[size:]
		}
		return piece{s[:size], s[:size]}, s[size:]
	case blank && !first && end < len(s):
		return piece{s[:end], " "}, s[end:]
	}
	return piece{s[:end], ""}, s[end:]
}

// fold is the character that stands for all that look like it.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	if latin, is := toLatin[r]; is {
		return latin
	}
	if persian, is := toPersian[r]; is {
		return persian
	}
	if n, is := digitOf(r); is {
		return '0' + n
	}
	if r == '\u2212' || unicode.Is(unicode.Pd, r) {
		return '-'
	}
	return r
}

// list calls the characters of a text by their names, the first few of many.
func list(s string) string {
	if s == "" {
		return "nothing"
	}
	var said []string
	for _, r := range s {
		if len(said) == 4 {
			said = append(said, fmt.Sprintf("… (%d in all)", utf8.RuneCountInString(s)))
			break
		}
		said = append(said, called(r))
	}
	return strings.Join(said, ", ")
}
