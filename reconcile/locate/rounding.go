package locate

import "strings"

// maxRoundingUnit is the coarsest unit, as a power of ten, that a figure is
// taken to have been rounded to.
const maxRoundingUnit = 3

// roundingSlip recognises an actual figure that is the implied one rounded to
// fewer digits, and names the modes that fit. The digits that went must not
// have been zero, and the figures beside it must have such digits.
func roundingSlip(w *wording) (Slip, bool) {
	if !w.sameSign || len(w.a) != len(w.e) && strings.TrimLeft(w.a, "0") == "" {
		return Slip{}, false
	}
	e := w.e
	if len(w.a) > len(e) { // 1000 for 999.5
		e = strings.Repeat("0", len(w.a)-len(e)) + e
	}
	for gone := 1; gone <= w.scale+maxRoundingUnit && gone < len(e); gone++ {
		kept, tail := e[:len(e)-gone], e[len(e)-gone:]
		if strings.Trim(w.a[len(w.a)-gone:], "0") != "" {
			return Slip{}, false // a coarser unit does not fit either
		}
		if strings.Trim(tail, "0") == "" || strings.Trim(kept, "0") == "" {
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

// modesThatFit names the rounding modes that turn kept.tail into got; all are
// digits of a number without sign.
func modesThatFit(kept, tail, got string) string {
	half := strings.Compare(tail, "5"+strings.Repeat("0", len(tail)-1))
	odd := (kept[len(kept)-1]-'0')%2 == 1
	var modes []string
	switch got {
	case kept:
		if half < 0 {
			modes = append(modes, "half up")
		}
		if half < 0 || half == 0 && !odd {
			modes = append(modes, "half even")
		}
		modes = append(modes, "down")
	case increment(kept):
		if half >= 0 {
			modes = append(modes, "half up")
		}
		if half > 0 || half == 0 && odd {
			modes = append(modes, "half even")
		}
		modes = append(modes, "up")
	}
	return strings.Join(modes, " or ")
}

// increment is the next number of as many digits, "" when there is none.
func increment(digits string) string {
	b := []byte(digits)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != '9' {
			b[i]++
			return string(b)
		}
		b[i] = '0'
	}
	return ""
}

// unitText is 10^n.
func unitText(n int) string {
	if n < 0 {
		return "0." + strings.Repeat("0", -n-1) + "1"
	}
	return "1" + strings.Repeat("0", n)
}
