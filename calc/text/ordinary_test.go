package text

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// alphabet has what ordinary texts and odd ones are made of.
var alphabet = strings.Split("a|C|z|7| |-|_|.|с|З|ж|ё|ı|Ş|ی|ک|ب|ي|ك|۵|٢|\u200c|\u200b|\u00a0|\t|\n|–|№|\u0301|×|\xff|\xd0|\ufffd|😀", "|")

func randomText(random *rand.Rand) string {
	var b strings.Builder
	for range random.IntN(7) {
		if random.IntN(8) == 0 {
			b.WriteRune(random.Int32N(twoBytes))
		} else {
			b.WriteString(alphabet[random.IntN(len(alphabet))])
		}
	}
	return b.String()
}

// What is told of a text at a glance is what a closer look tells.
func TestOrdinaryTextsAreOrdinary(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	ordinary, plain, alike := 0, 0, 0
	for range 200_000 {
		s, other := randomText(random), randomText(random)
		if isOrdinary(s) {
			ordinary++
			if found := examined(s); found != nil {
				t.Fatalf("%q has %v", s, found)
			}
		}
		form := folded(s)
		if isFolded(s) {
			plain++
			if form != s {
				t.Fatalf("%q is folded to %q", s, form)
			}
		}
		if random.IntN(2) == 0 {
			other = " " + form
		}
		want := s == other || form == folded(other) && !strings.ContainsRune(form, utf8.RuneError)
		if got, _ := Same(s, other); got != want {
			t.Fatalf("%q and %q: %t", s, other, got)
		}
		if want {
			alike++
		}
	}
	if ordinary < 10_000 || plain < 10_000 || alike < 10_000 {
		t.Errorf("%d ordinary, %d folded, %d alike", ordinary, plain, alike)
	}
	for _, s := range []string{"ConsumerLoan", "З20ПрИМ000000101", "Оплата: 5 000 руб.", "Kullanılabilir Şirket", "می\u200cشود"} {
		if !isOrdinary(s) {
			t.Errorf("%q is not ordinary at a glance", s)
		}
	}
}

func BenchmarkOrdinary(b *testing.B) {
	for b.Loop() {
		Examine("З20ПрИМ000000101")
	}
}
