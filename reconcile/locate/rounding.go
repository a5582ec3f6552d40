package locate

import (
	"bytes"
	"strings"
)

// maxRoundingUnit is the coarsest unit, as a power of ten, that a figure is
// taken to have been rounded to.
const maxRoundingUnit = 3

// roundingSlip recognises an actual figure that is the implied one rounded to
// fewer digits, and names the modes that fit. The digits that went must not
// have been zero, and the figures beside it must have such digits.
func roundingSlip(w *wording) (Slip, bool) {
	if !w.sameSign || len(w.a) != len(w.e) && areZeros(w.a) {
		return Slip{}, false
	}
	var e []byte
	var longer [textRoom]byte
	if e = w.e; len(w.a) > len(e) { // 1000 for 999.5
		e = longer[:0]
		for range len(w.a) - len(w.e) {
			e = append(e, '0')
		}
		e = append(e, w.e...)
	}
	for gone := 1; gone <= w.scale+maxRoundingUnit && gone < len(e); gone++ {
		kept, tail := e[:len(e)-gone], e[len(e)-gone:]
		if w.a[len(w.a)-gone] != '0' {
			return Slip{}, false // a coarser unit does not fit either
		}
		if areZeros(tail) || areZeros(kept) {
			continue
		}
		modes := modesThatFit(kept, tail, w.a[:len(w.a)-gone])
		// Beyond the decimal point only rounding to the nearest is a habit.
		if modes == "" || gone > w.scale && !strings.Contains(modes, "half") || !w.finer(gone-w.scale) {
			continue
		}
		text := "rounded " + modes + " to units of " + unitText(gone-w.scale)
		return Slip{Class: Rounding, Reason: text, level: levelRounding}, true
	}
	return Slip{}, false
}

// finer tells whether other figures are printed finer than 10^exponent. Without them it
// goes without saying up to whole units.
func (w *wording) finer(exponent int) bool {
	if w.among == nil {
		return exponent <= 0
	}
	return w.among.finer(exponent)
}

// modesThatFit names the rounding modes that turn kept.tail into got; all are
// digits of a number without sign.
func modesThatFit(kept, tail, got []byte) string {
	half := 1
	switch {
	case tail[0] < '5':
		half = -1
	case tail[0] == '5' && areZeros(tail[1:]):
		half = 0
	}
	odd := (kept[len(kept)-1]-'0')%2 == 1
	switch {
	case bytes.Equal(got, kept) && half < 0:
		return "half up or half even or down"
	case bytes.Equal(got, kept) && half == 0 && !odd:
		return "half even or down"
	case bytes.Equal(got, kept):
		return "down"
	case !isNext(got, kept):
		return ""
	case half > 0 || half == 0 && odd:
		return "half up or half even or up"
	case half == 0:
		return "half up or up"
	}
	return "up"
}

// isNext tells whether digits are the next number of as many digits.
func isNext(next, of []byte) bool {
	if len(next) != len(of) {
		return false
	}
	for i := len(of) - 1; i >= 0; i-- {
		if of[i] != '9' {
			return next[i] == of[i]+1 && bytes.Equal(next[:i], of[:i])
		}
		if next[i] != '0' {
			return false
		}
	}
	return false
}

// unitText is 10^n.
func unitText(n int) string {
	if n < 0 {
		return "0." + strings.Repeat("0", -n-1) + "1"
	}
	return "1" + strings.Repeat("0", n)
}
