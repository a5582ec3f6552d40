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
	if isFolded(s) {
		return s
	}
	return folded(s)
}

// folded is the form of any text.
func folded(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for rest := s; rest != ""; {
		var p piece
		p, rest = cut(rest, len(rest) == len(s))
		b.WriteString(p.folded)
	}
	return b.String()
}

// isFolded tells, of most texts that are folded, that they are: of printable characters
// of one and two bytes that look like no others, with single blanks inside.
func isFolded(s string) bool {
	blank := true
	for _, r := range s {
		switch {
		case r == ' ' && blank, r < ' ', r >= twoBytes, r > '~' && (classes()[r] == unusual || fold(r) != r):
			return false
		}
		blank = r == ' '
	}
	return !blank || s == ""
}

// Same tells whether two texts are the same, and whether they are so only after
// folding. A text that could not be read in full is the same as no other.
func Same(a, b string) (same, folded bool) {
	if a == b {
		return true, false
	}
	inA, inB := folder{rest: a, first: true}, folder{rest: b, first: true}
	for {
		r, more := inA.next()
		s, moreB := inB.next()
		switch {
		case r != s || more != moreB || r == utf8.RuneError:
			return false, false
		case !more:
			return true, true
		}
	}
}

// folder gives the characters of a folded text one by one.
type folder struct {
	rest  string
	first bool
}

func (f *folder) next() (r rune, more bool) {
	for f.rest != "" {
		end, blank := unseen(f.rest)
		first := f.first
		if f.first = false; end == 0 {
			var size int
			r, size = utf8.DecodeRuneInString(f.rest)
			f.rest = f.rest[size:]
			return fold(r), true
		}
		f.rest = f.rest[end:]
		if blank && !first && f.rest != "" {
			return ' ', true
		}
	}
	return 0, false
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
	end, blank := unseen(s)
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

// unseen is the end of the blanks and characters that cannot be seen with which a text
// begins; blank is true when one is a blank.
func unseen(s string) (end int, blank bool) {
	for i, r := range s {
		space := unicode.IsSpace(r)
		if !space && (!Hidden(r) || kindOf(r) == Unreadable) {
			break
		}
		blank = blank || space
		end = i + utf8.RuneLen(r)
	}
	return end, blank
}

// fold is the character that stands for all that look like it.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r < twoBytes:
		return folds()[r]
	}
	return foldOne(r)
}

func foldOne(r rune) rune {
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
