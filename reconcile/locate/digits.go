package locate

import (
	"bytes"

	"tieout/calc"
)

// wording is a pair of amounts written out, in memory of its own.
type wording struct {
	sameSign bool
	// The digits of both at one scale, without sign and decimal point, the
	// actual filled up with the leading zeros it may have lost.
	a, e []byte
	// scale is how many of those digits stand after the decimal point.
	scale int
	// The plain texts without sign, the implied at its own scale and at that
	// of the actual.
	text     []byte
	expected [2][]byte
	// among is the figure among the others of its net; nil when they are not known.
	among *naming
	room  [5][textRoom]byte
}

// textRoom is how long a text mostly is, at most.
const textRoom = 48

// spell writes a pair of amounts out.
func (w *wording) spell(actual, implied calc.Amount) {
	w.sameSign = actual.Sign()*implied.Sign() >= 0
	w.text = plain(w.room[0][:0], actual)
	short := trimZeros(unsigned(implied.Append(w.room[1][:0])))
	w.expected = [2][]byte{short, atScale(w.room[2][:0], short, int(actual.Scale()))}
	a := trimZeros(w.text)
	w.scale = max(scaleOf(a), scaleOf(short))
	w.a = digits(w.room[3][:0], a, w.scale)
	w.e = digits(w.room[4][:0], short, w.scale)
	if lost := len(w.e) - len(w.a); lost > 0 {
		w.a = append(w.a, w.e[:lost]...)
		copy(w.a[lost:], w.a)
		for i := range lost {
			w.a[i] = '0'
		}
	}
}

// plain is the text as sent without its sign, written out when it has an
// exponent.
func plain(to []byte, a calc.Amount) []byte {
	to = a.AppendText(to)
	if bytes.ContainsAny(to, "eE") {
		to = a.Append(to[:0])
	}
	return unsigned(to)
}

func unsigned(text []byte) []byte { return bytes.TrimPrefix(text, []byte("-")) }

// trimZeros removes zeros at the end of the fraction.
func trimZeros(text []byte) []byte {
	if bytes.IndexByte(text, '.') < 0 {
		return text
	}
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	return bytes.TrimSuffix(text, []byte("."))
}

func scaleOf(text []byte) int {
	if point := bytes.IndexByte(text, '.'); point >= 0 {
		return len(text) - point - 1
	}
	return 0
}

// atScale appends a text with its fraction filled up with zeros; a longer one stays.
func atScale(to, text []byte, scale int) []byte {
	to = append(to, text...)
	have := scaleOf(text)
	if have == 0 && scale > 0 {
		to = append(to, '.')
	}
	for ; have < scale; have++ {
		to = append(to, '0')
	}
	return to
}

// digits appends those of a text at a scale that is not smaller than its own.
func digits(to, text []byte, scale int) []byte {
	to = atScale(to, text, scale)
	if point := bytes.IndexByte(to, '.'); point >= 0 {
		to = append(to[:point], to[point+1:]...)
	}
	return to
}

// significant are digits without the zeros in front.
func significant(digits []byte) []byte {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	return digits
}

// areZeros tells whether all of some digits are 0.
func areZeros(digits []byte) bool { return len(significant(digits)) == 0 }

func signSlip(w *wording) (Slip, bool) {
	if w.sameSign || !bytes.Equal(w.a, w.e) {
		return Slip{}, false
	}
	return Slip{Class: Sign, Reason: "sign reversed", level: levelSign}, true
}

// factorSlip recognises a factor of 10, 100 or 1000 either way.
func factorSlip(w *wording) (Slip, bool) {
	if !w.sameSign {
		return Slip{}, false
	}
	a, e := significant(w.a), significant(w.e)
	if len(a) == 0 {
		return Slip{}, false
	}
	switch {
	case isTimes(a, e):
		return Slip{Class: FactorOfTen, Reason: factors[len(a)-len(e)] + " times too large", level: levelFactor}, true
	case isTimes(e, a):
		return Slip{Class: FactorOfTen, Reason: factors[len(e)-len(a)] + " times too small", level: levelFactor}, true
	}
	return Slip{}, false
}

// factors that a figure may be wrong by, by their zeros.
var factors = [...]string{1: "10", 2: "100", 3: "1000"}

// isTimes tells whether digits are others with some zeros behind them.
func isTimes(long, short []byte) bool {
	zeros := len(long) - len(short)
	return 0 < zeros && zeros < len(factors) && bytes.HasPrefix(long, short) && areZeros(long[len(short):])
}

// transposedSlip recognises two neighbouring digits in each other's place.
func transposedSlip(w *wording) (Slip, bool) {
	if !w.sameSign || len(w.a) != len(w.e) || len(w.e) < minDigits {
		return Slip{}, false
	}
	i := differs(w.a, w.e)
	if i+1 >= len(w.a) || w.a[i] != w.e[i+1] || w.a[i+1] != w.e[i] || !bytes.Equal(w.a[i+2:], w.e[i+2:]) {
		return Slip{}, false
	}
	text := "digits " + string(w.a[i]) + " and " + string(w.a[i+1]) + " exchanged"
	return Slip{Class: Transposed, Reason: text, level: levelTransposed}, true
}

// replacedSlip recognises one digit that stands for another.
func replacedSlip(w *wording) (Slip, bool) {
	if !w.sameSign || len(w.a) != len(w.e) || len(significant(w.e)) < minDigits {
		return Slip{}, false
	}
	i := differs(w.a, w.e)
	if i == len(w.a) || !bytes.Equal(w.a[i+1:], w.e[i+1:]) {
		return Slip{}, false
	}
	text := "digit " + string(w.e[i]) + " replaced by " + string(w.a[i])
	return Slip{Class: DigitReplaced, Reason: text, level: levelReplaced}, true
}

// droppedSlip recognises a digit left out, with the zeros that then led.
func droppedSlip(w *wording) (Slip, bool) {
	for _, e := range w.expected {
		if i, ok := inserted(w.text, e); ok && w.sameSign && digitCount(e) >= minDigits {
			return Slip{Class: DigitDropped, Reason: "digit " + string(e[i]) + " dropped", level: levelDropped}, true
		}
	}
	return Slip{}, false
}

// addedSlip recognises a digit too many.
func addedSlip(w *wording) (Slip, bool) {
	for _, e := range w.expected {
		if i, ok := inserted(e, w.text); ok && w.sameSign && digitCount(e) >= minDigits {
			return Slip{Class: DigitAdded, Reason: "digit " + string(w.text[i]) + " added", level: levelAdded}, true
		}
	}
	return Slip{}, false
}

// differs is the first place where two texts of one length differ, the length
// when they are equal.
func differs(a, b []byte) int {
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i
}

// inserted finds the digit of long without which it reads as short. Leading
// zeros that are left when the first digit goes are not written.
func inserted(short, long []byte) (place int, ok bool) {
	if len(long) > 1 && long[0] != '0' && long[1] == '0' && readsWithoutZeros(long[1:], short) {
		return 0, true
	}
	if len(long) != len(short)+1 {
		return 0, false
	}
	i := 0
	for i < len(short) && short[i] == long[i] {
		i++
	}
	return i, long[i] != '.' && bytes.Equal(short[i:], long[i+1:])
}

// readsWithoutZeros tells whether a text without leading zeros, one kept before the
// point, reads as a short one.
func readsWithoutZeros(text, short []byte) bool {
	text = significant(text)
	if len(text) == 0 || text[0] == '.' {
		return len(short) > 0 && short[0] == '0' && bytes.Equal(short[1:], text)
	}
	return bytes.Equal(short, text)
}

func digitCount(text []byte) int { return len(text) - bytes.Count(text, []byte(".")) }
