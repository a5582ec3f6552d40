package text

import (
	"fmt"
	"unicode"
)

// lookAlike is a Cyrillic letter that is drawn like a Latin one.
type lookAlike struct {
	cyrillic, latin rune
	name            string
}

// The letters of today's Russian, Ukrainian and Serbian first: only those are
// what a Latin letter in a Cyrillic word can have been meant for.
var lookAlikes = []lookAlike{
	{'\u0410', 'A', "CAPITAL LETTER A"},
	{'\u0412', 'B', "CAPITAL LETTER VE"},
	{'\u0415', 'E', "CAPITAL LETTER IE"},
	{'\u041a', 'K', "CAPITAL LETTER KA"},
	{'\u041c', 'M', "CAPITAL LETTER EM"},
	{'\u041d', 'H', "CAPITAL LETTER EN"},
	{'\u041e', 'O', "CAPITAL LETTER O"},
	{'\u0420', 'P', "CAPITAL LETTER ER"},
	{'\u0421', 'C', "CAPITAL LETTER ES"},
	{'\u0422', 'T', "CAPITAL LETTER TE"},
	{'\u0423', 'Y', "CAPITAL LETTER U"},
	{'\u0425', 'X', "CAPITAL LETTER HA"},
	{'\u0430', 'a', "SMALL LETTER A"},
	{'\u0435', 'e', "SMALL LETTER IE"},
	{'\u043e', 'o', "SMALL LETTER O"},
	{'\u0440', 'p', "SMALL LETTER ER"},
	{'\u0441', 'c', "SMALL LETTER ES"},
	{'\u0443', 'y', "SMALL LETTER U"},
	{'\u0445', 'x', "SMALL LETTER HA"},
	{'\u0405', 'S', "CAPITAL LETTER DZE"},
	{'\u0406', 'I', "CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I"},
	{'\u0408', 'J', "CAPITAL LETTER JE"},
	{'\u0455', 's', "SMALL LETTER DZE"},
	{'\u0456', 'i', "SMALL LETTER BYELORUSSIAN-UKRAINIAN I"},
	{'\u0458', 'j', "SMALL LETTER JE"},
	{'\u0474', 'V', "CAPITAL LETTER IZHITSA"},
	{'\u0475', 'v', "SMALL LETTER IZHITSA"},
	{'\u04ae', 'Y', "CAPITAL LETTER STRAIGHT U"},
	{'\u04bb', 'h', "SMALL LETTER SHHA"},
	{'\u04c0', 'I', "LETTER PALOCHKA"},
	{'\u04cf', 'l', "SMALL LETTER PALOCHKA"},
	{'\u0501', 'd', "SMALL LETTER KOMI DE"},
	{'\u050c', 'G', "CAPITAL LETTER KOMI SJE"},
	{'\u051a', 'Q', "CAPITAL LETTER QA"},
	{'\u051b', 'q', "SMALL LETTER QA"},
	{'\u051c', 'W', "CAPITAL LETTER WE"},
	{'\u051d', 'w', "SMALL LETTER WE"},
}

// lastInUse is the last letter of those alphabets.
const lastInUse = '\u045f'

// toLatin and toCyrillic find the look-alike of a letter in the other alphabet.
var toLatin, toCyrillic = func() (map[rune]rune, map[rune]rune) {
	latin, cyrillic := map[rune]rune{}, map[rune]rune{}
	for _, l := range lookAlikes {
		latin[l.cyrillic] = l.latin
		if l.cyrillic <= lastInUse {
			cyrillic[l.latin] = l.cyrillic
		}
	}
	return latin, cyrillic
}()

// toPersian are the letters of Arabic keyboards in place of the Persian ones. They
// are drawn alike, at least within a word.
var toPersian = map[rune]rune{'\u0643': '\u06a9', '\u0649': '\u06cc', '\u064a': '\u06cc'}

// names of characters in Unicode, for those that a reader is likely to meet; the
// others are told by their number alone.
var names = func() map[rune]string {
	all := map[rune]string{
		'\t': "CHARACTER TABULATION", '\n': "LINE FEED", '\r': "CARRIAGE RETURN", '\x1b': "ESCAPE",
		'\x00': "NULL", '\x07': "BELL", '\x08': "BACKSPACE", '\x7f': "DELETE", '\u0085': "NEXT LINE",
		' ': "SPACE", '-': "HYPHEN-MINUS",

		'\u00a0': "NO-BREAK SPACE",
		'\u2000': "EN QUAD",
		'\u2001': "EM QUAD",
		'\u2002': "EN SPACE",
		'\u2003': "EM SPACE",
		'\u2004': "THREE-PER-EM SPACE",
		'\u2005': "FOUR-PER-EM SPACE",
		'\u2006': "SIX-PER-EM SPACE",
		'\u2007': "FIGURE SPACE",
		'\u2008': "PUNCTUATION SPACE",
		'\u2009': "THIN SPACE",
		'\u200a': "HAIR SPACE",
		'\u202f': "NARROW NO-BREAK SPACE",
		'\u205f': "MEDIUM MATHEMATICAL SPACE",
		'\u3000': "IDEOGRAPHIC SPACE",
		'\u2028': "LINE SEPARATOR",
		'\u2029': "PARAGRAPH SEPARATOR",

		'\u00ad': "SOFT HYPHEN",
		'\u200b': "ZERO WIDTH SPACE",
		'\u200c': "ZERO WIDTH NON-JOINER",
		'\u200d': "ZERO WIDTH JOINER",
		'\u2060': "WORD JOINER",
		'\ufeff': "ZERO WIDTH NO-BREAK SPACE",

		'\u061c': "ARABIC LETTER MARK",
		'\u200e': "LEFT-TO-RIGHT MARK",
		'\u200f': "RIGHT-TO-LEFT MARK",
		'\u202a': "LEFT-TO-RIGHT EMBEDDING",
		'\u202b': "RIGHT-TO-LEFT EMBEDDING",
		'\u202c': "POP DIRECTIONAL FORMATTING",
		'\u202d': "LEFT-TO-RIGHT OVERRIDE",
		'\u202e': "RIGHT-TO-LEFT OVERRIDE",
		'\u2066': "LEFT-TO-RIGHT ISOLATE",
		'\u2067': "RIGHT-TO-LEFT ISOLATE",
		'\u2068': "FIRST STRONG ISOLATE",
		'\u2069': "POP DIRECTIONAL ISOLATE",

		'\u2010': "HYPHEN",
		'\u2011': "NON-BREAKING HYPHEN",
		'\u2012': "FIGURE DASH",
		'\u2013': "EN DASH",
		'\u2014': "EM DASH",
		'\u2015': "HORIZONTAL BAR",
		'\u2212': "MINUS SIGN",
		'\ufe63': "SMALL HYPHEN-MINUS",
		'\uff0d': "FULLWIDTH HYPHEN-MINUS",

		'\u0643': "ARABIC LETTER KAF",
		'\u0649': "ARABIC LETTER ALEF MAKSURA",
		'\u064a': "ARABIC LETTER YEH",
		'\u06a9': "ARABIC LETTER KEHEH",
		'\u06cc': "ARABIC LETTER FARSI YEH",
		'\ufffd': "REPLACEMENT CHARACTER",
	}
	for _, l := range lookAlikes {
		all[l.cyrillic] = "CYRILLIC " + l.name
	}
	for i := range rune(26) {
		all['A'+i] = "LATIN CAPITAL LETTER " + string('A'+i)
		all['a'+i] = "LATIN SMALL LETTER " + string('A'+i)
	}
	words := []string{"ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"}
	sets := map[rune]string{'0': "", '\u0660': "ARABIC-INDIC ", '\u06f0': "EXTENDED ARABIC-INDIC ", '\uff10': "FULLWIDTH "}
	for zero, set := range sets {
		for i, word := range words {
			all[zero+rune(i)] = set + "DIGIT " + word
		}
	}
	return all
}()

// called is a character by its number and, where it is known, its name.
func called(r rune) string {
	if name := names[r]; name != "" {
		return fmt.Sprintf("%U %s", r, name)
	}
	return fmt.Sprintf("%U", r)
}

// digitOf is what a digit of any script stands for. Unicode keeps the ten digits
// of a script together, from zero up.
func digitOf(r rune) (n rune, is bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for _, digits := range unicode.Nd.R16 {
		if rune(digits.Lo) <= r && r <= rune(digits.Hi) {
			return (r - rune(digits.Lo)) % 10, true
		}
	}
	for _, digits := range unicode.Nd.R32 {
		if rune(digits.Lo) <= r && r <= rune(digits.Hi) {
			return (r - rune(digits.Lo)) % 10, true
		}
	}
	return 0, false
}
