package cells

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"
)

func TestTextsAreUTF8ForTheFastReaderAsForTheLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "ASCII12.", "Д", "Действую", "я", "€", "𐍈", "\x80", "\xd0", "\xc1\xbf", "\xed\xa0\x80", "\xe2\x82", "\xf4\x90\x80\x80", "ß", "\xdf\xbf", "\xe0\x9f\xbf"}
	for range 200_000 {
		var text []byte
		for range r.IntN(8) {
			text = append(text, pieces[r.IntN(len(pieces))]...)
		}
		if got, want := isUTF8(text), utf8.Valid(text); got != want {
			t.Fatalf("%q: %t, want %t", text, got, want)
		}
	}
}
