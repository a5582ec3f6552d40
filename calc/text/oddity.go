package text

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Kind of an oddity.
type Kind uint8

// The kinds of oddities.
const (
	// MixedScript: a letter of one alphabet in a word of the other, Latin and
	// Cyrillic, that is drawn like a letter of the word's own.
	MixedScript Kind = iota + 1
	// ArabicForm: a letter of Arabic keyboards that Persian writes otherwise.
	ArabicForm
	// ForeignDigit: a digit other than 0 to 9.
	ForeignDigit
	// OddSpace: a blank other than the usual one.
	OddSpace
	// Invisible: a character without width, such as a soft hyphen.
	Invisible
	// Direction: a mark that steers the direction of writing.
	Direction
	// Control: a control character, tabs and line breaks included.
	Control
	// Unreadable: a byte that is not UTF-8, the replacement character that
	// stands for one, or a code point that is never a character.
	Unreadable
)

var kindNames = [...]string{
	MixedScript: "mixed alphabets", ArabicForm: "Arabic letter", ForeignDigit: "foreign digit",
	OddSpace: "odd blank", Invisible: "invisible character", Direction: "direction mark",
	Control: "control character", Unreadable: "unreadable",
}

// String is the word for the kind in reports.
func (k Kind) String() string { return kindNames[k] }

// Oddity is a character of a text that is not what it seems to be.
type Oddity struct {
	Kind Kind
	// Offset of the character in the text, in bytes.
	Offset int
	// Rune is the character; a byte that is not UTF-8 is utf8.RuneError.
	Rune rune
	// Text says what it is: U+0421 CYRILLIC CAPITAL LETTER ES looks like Latin C.
	Text string
}

// Examine lists the oddities of a text by their offsets. None need be an error: a
// no-break space is right in a sentence and wrong in a code word.
//
// A zero-width non-joiner between two letters of the Arabic script is ordinary
// Persian spelling, and no oddity.
func Examine(s string) []Oddity {
	if isOrdinary(s) {
		return nil
	}
	return examined(s)
}

// examined lists the oddities of any text.
func examined(s string) []Oddity {
	var found []Oddity
	var before rune // the character before the one at hand
	var strangers *unicode.RangeTable
	for at, word, size := 0, 0, 0; at < len(s); at += size {
		var r rune
		r, size = utf8.DecodeRuneInString(s[at:])
		if at >= word {
			length := wordLength(s[at:])
			strangers = strangersOf(s[at : at+length])
			word = at + max(length, size)
		}
		kind := kindOf(r)
		switch {
		case kind == 0 && strangers != nil && unicode.IsLetter(r) && unicode.Is(strangers, r):
			kind = MixedScript
		case r == zwnj && isArabic(before):
			if after, _ := utf8.DecodeRuneInString(s[at+size:]); isArabic(after) {
				kind = 0
			}
		}
		if kind != 0 {
			found = append(found, Oddity{Kind: kind, Offset: at, Rune: r, Text: describe(kind, r, s[at:at+size])})
		}
		before = r
	}
	return found
}

const zwnj = '\u200c'

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }

// wordLength is the length in bytes of the letters, marks upon letters, digits and
// underscores with which a text begins.
func wordLength(s string) int {
	for i, r := range s {
		if r != '_' && !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			return i
		}
	}
	return len(s)
}

// strangersOf is the script of the letters that do not belong in a word of Latin
// and Cyrillic letters; nil when all do. Letters can be strangers only when each
// has a look-alike: what is left has to be a word of one alphabet. Where both
// readings give one, the fewer letters are the strangers, and of equally many the
// Cyrillic ones, since the code words of documents are Latin.
func strangersOf(word string) *unicode.RangeTable {
	latin, cyrillic := 0, 0
	onlyLatin, onlyCyrillic := false, false // has a letter without look-alike
	for _, r := range word {
		switch {
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin++
			onlyLatin = onlyLatin || toCyrillic[r] == 0
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
			onlyCyrillic = onlyCyrillic || toLatin[r] == 0
		}
	}
	switch {
	case latin == 0 || cyrillic == 0 || onlyLatin && onlyCyrillic:
		return nil
	case onlyCyrillic || !onlyLatin && latin < cyrillic:
		return unicode.Latin
	}
	return unicode.Cyrillic
}

// describe says what a character is; bytes are those it was read from.
func describe(kind Kind, r rune, bytes string) string {
	switch kind {
	case MixedScript:
		if latin, is := toLatin[r]; is {
			return called(r) + " looks like Latin " + string(latin)
		}
		return called(r) + " looks like Cyrillic " + string(toCyrillic[r])
	case ArabicForm:
		return called(r) + " where Persian has " + called(toPersian[r])
	case ForeignDigit:
		n, _ := digitOf(r)
		return called(r) + " stands for " + string('0'+n)
	case OddSpace:
		return called(r) + " looks like a blank"
	case Invisible:
		return called(r) + " cannot be seen"
	case Direction:
		return called(r) + " steers the direction of writing"
	case Control:
		return called(r) + " is a control character"
	}
	switch {
	case r == utf8.RuneError && len(bytes) == 1:
		return fmt.Sprintf("byte 0x%02X is not UTF-8", bytes[0])
	case r == utf8.RuneError:
		return called(r) + " stands for what could not be read"
	}
	return called(r) + " is not a character"
}
