package locate

import (
	"strings"

	"tieout/calc"
)

// wording is a pair of amounts written out.
type wording struct {
	actual, implied calc.Amount
	sameSign        bool
	// The digits of both at one scale, without sign and decimal point, the
	// actual filled up with the leading zeros it may have lost.
	a, e string
	// scale is how many of those digits stand after the decimal point.
	scale int
	// The plain texts without sign, the implied at its own scale and at that
	// of the actual.
	text     string
	expected [2]string
	// finer tells whether other figures are printed finer than 10^exponent.
	finer func(exponent int) bool
}

func spell(actual, implied calc.Amount) *wording {
	w := &wording{actual: actual, implied: implied}
	w.sameSign = actual.Sign()*implied.Sign() >= 0
	w.text = plain(actual)
	short := trimZeros(unsigned(implied.String()))
	w.expected = [2]string{short, atScale(short, int(actual.Scale()))}
	a := trimZeros(w.text)
	w.scale = max(scaleOf(a), scaleOf(short))
	w.a = strings.Replace(atScale(a, w.scale), ".", "", 1)
	w.e = strings.Replace(atScale(short, w.scale), ".", "", 1)
	if lost := len(w.e) - len(w.a); lost > 0 {
		w.a = strings.Repeat("0", lost) + w.a
	}
	return w
}

// plain is the text as sent without its sign, written out when it has an
// exponent.
func plain(a calc.Amount) string {
	text := a.Text()
	if strings.ContainsAny(text, "eE") {
		text = a.String()
	}
	return unsigned(text)
}

func unsigned(text string) string { return strings.TrimPrefix(text, "-") }

// trimZeros removes zeros at the end of the fraction.
func trimZeros(text string) string {
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func scaleOf(text string) int {
	if point := strings.IndexByte(text, '.'); point >= 0 {
		return len(text) - point - 1
	}
	return 0
}

// atScale fills the fraction up with zeros; a longer one stays.
func atScale(text string, scale int) string {
	have := scaleOf(text)
	if have >= scale {
		return text
	}
	if have == 0 {
		text += "."
	}
	return text + strings.Repeat("0", scale-have)
}

func signSlip(w *wording) (Slip, bool) {
	if w.sameSign || w.a != w.e {
		return Slip{}, false
	}
	return Slip{Class: Sign, Reason: "sign reversed", level: levelSign}, true
}

// factorSlip recognises a factor of 10, 100 or 1000 either way.
func factorSlip(w *wording) (Slip, bool) {
	if !w.sameSign {
		return Slip{}, false
	}
	a, e := strings.TrimLeft(w.a, "0"), strings.TrimLeft(w.e, "0")
	text := ""
	for n, factor := range []string{"10", "100", "1000"} {
		zeros := "000"[:n+1]
		switch {
		case a == e+zeros:
			text = factor + " times too large"
		case e == a+zeros:
			text = factor + " times too small"
		}
	}
	return Slip{Class: FactorOfTen, Reason: text, level: levelFactor}, text != "" && a != ""
}

// transposedSlip recognises two neighbouring digits in each other's place.
func transposedSlip(w *wording) (Slip, bool) {
	if !w.sameSign || len(w.a) != len(w.e) || len(w.e) < minDigits {
		return Slip{}, false
	}
	i := differs(w.a, w.e)
	if i+1 >= len(w.a) || w.a[i] != w.e[i+1] || w.a[i+1] != w.e[i] || w.a[i+2:] != w.e[i+2:] {
		return Slip{}, false
	}
	text := "digits " + w.a[i:i+1] + " and " + w.a[i+1:i+2] + " exchanged"
	return Slip{Class: Transposed, Reason: text, level: levelTransposed}, true
}

// replacedSlip recognises one digit that stands for another.
func replacedSlip(w *wording) (Slip, bool) {
	if !w.sameSign || len(w.a) != len(w.e) || len(strings.TrimLeft(w.e, "0")) < minDigits {
		return Slip{}, false
	}
	i := differs(w.a, w.e)
	if i == len(w.a) || w.a[i+1:] != w.e[i+1:] {
		return Slip{}, false
	}
	text := "digit " + w.e[i:i+1] + " replaced by " + w.a[i:i+1]
	return Slip{Class: DigitReplaced, Reason: text, level: levelReplaced}, true
}

// droppedSlip recognises a digit left out, with the zeros that then led.
func droppedSlip(w *wording) (Slip, bool) {
	for _, e := range w.expected {
		if i, ok := inserted(w.text, e); ok && w.sameSign && digitCount(e) >= minDigits {
			return Slip{Class: DigitDropped, Reason: "digit " + e[i:i+1] + " dropped", level: levelDropped}, true
		}
	}
	return Slip{}, false
}

// addedSlip recognises a digit too many.
func addedSlip(w *wording) (Slip, bool) {
	for _, e := range w.expected {
		if i, ok := inserted(e, w.text); ok && w.sameSign && digitCount(e) >= minDigits {
			return Slip{Class: DigitAdded, Reason: "digit " + w.text[i:i+1] + " added", level: levelAdded}, true
		}
	}
	return Slip{}, false
}

// differs is the first place where two texts of one length differ, the length
// when they are equal.
func differs(a, b string) int {
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i
}

// inserted finds the digit of long without which it reads as short. Leading
// zeros that are left when the first digit goes are not written.
func inserted(short, long string) (place int, ok bool) {
	if len(long) > 1 && long[0] != '0' && long[1] == '0' && leadingDropped(long[1:]) == short {
		return 0, true
	}
	if len(long) != len(short)+1 {
		return 0, false
	}
	i := 0
	for i < len(short) && short[i] == long[i] {
		i++
	}
	return i, long[i] != '.' && short[i:] == long[i+1:]
}

// leadingDropped is a text without leading zeros, one kept before the point.
func leadingDropped(text string) string {
	text = strings.TrimLeft(text, "0")
	if text == "" || text[0] == '.' {
		return "0" + text
	}
	return text
}

func digitCount(text string) int { return len(text) - strings.Count(text, ".") }
