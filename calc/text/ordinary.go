package text

import (
	"sync"
	"unicode"
)

// class is what the characters of ordinary texts are told apart by.
type class uint8

const (
	unusual  class = iota // what has to be looked at more closely
	neutral               // ordinary, whatever it stands beside
	latin                 // letters that are ordinary among their own
	cyrillic              //
	arabic                // also those between which a joiner is ordinary
)

// twoBytes is where the characters end that have two bytes.
const twoBytes = '\u0800'

// classes of the characters of one and two bytes, among which are all letters of
// Russian, Turkish and Persian words.
var classes = sync.OnceValue(func() *[twoBytes]class {
	var all [twoBytes]class
	for r := range twoBytes {
		switch {
		case kindOf(r) != 0:
		case !unicode.IsLetter(r):
			all[r] = neutral
		case unicode.Is(unicode.Latin, r):
			all[r] = latin
		case unicode.Is(unicode.Cyrillic, r):
			all[r] = cyrillic
		case unicode.Is(unicode.Arabic, r):
			all[r] = arabic
		default:
			all[r] = neutral
		}
	}
	return &all
})

// folds are what the same characters are folded to.
var folds = sync.OnceValue(func() *[twoBytes]rune {
	var all [twoBytes]rune
	for r := range twoBytes {
		all[r] = foldOne(r)
	}
	return &all
})

// isOrdinary tells, of most texts in which there is nothing odd, that this is so: of
// those of one alphabet in characters of one and two bytes, with the joiners of Persian.
func isOrdinary(s string) bool {
	of := classes()
	var has [arabic + 1]bool
	before := neutral
	for i := 0; i < len(s); i++ {
		b := s[i]
		switch {
		case b < 0x80:
			before = of[b]
		case b >= 0xC2 && b < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			i++
			before = of[rune(b&0x1F)<<6|rune(s[i]&0x3F)]
		case before == arabic && isJoined(s[i:], of):
			i += joiner - 1
			continue
		default:
			return false
		}
		has[before] = true
	}
	return !has[unusual] && (!has[latin] || !has[cyrillic])
}

// joiner is the length of the zero-width non-joiner.
const joiner = len("\u200c")

// isJoined tells whether a text begins with a zero-width non-joiner and a letter of the
// Arabic script.
func isJoined(s string, of *[twoBytes]class) bool {
	const letter = 2
	return len(s) >= joiner+letter && s[:joiner] == "\u200c" && s[joiner] >= 0xC2 && s[joiner] < 0xE0 &&
		s[joiner+1]&0xC0 == 0x80 && of[rune(s[joiner]&0x1F)<<6|rune(s[joiner+1]&0x3F)] == arabic
}
