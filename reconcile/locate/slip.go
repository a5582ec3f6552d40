package locate

import "tieout/calc"

// Class is a kind of slip.
type Class string

// The classes of slips. Stale is claimed only for a figure with an Earlier
// value.
const (
	Transposed       Class = "transposed_digits" // two neighbouring digits exchanged
	DigitReplaced    Class = "digit_replaced"
	DigitAdded       Class = "digit_added"
	DigitDropped     Class = "digit_dropped"
	Sign             Class = "sign"          // of the figure, or of one component in it
	FactorOfTen      Class = "factor_of_ten" // 10, 100 or 1000 times or a part of it
	ComponentOmitted Class = "component_omitted"
	ComponentDoubled Class = "component_doubled"
	Swapped          Class = "swapped_figures" // two figures stand in each other's place
	Copied           Class = "copied_figure"   // another figure's value, or a whole row's
	Rounding         Class = "rounding"
	Stale            Class = "stale" // the value of an older document
	Unknown          Class = "unknown"
)

// Slip is what may have turned the implied figure into the actual one.
type Slip struct {
	Class Class
	// Reason says it in words, as "digits 9 and 4 exchanged".
	Reason string
	// Figures are the two figures, as "694 for 649"; empty where the implied one
	// is open.
	Figures string
	// Other is the other figure of the slip: the component left out, the
	// figure copied from or exchanged with. -1 when there is none.
	Other int
	level int    // place in the order of trust, lower is stronger
	text  string // the reason with the figures, if they are still these
}

// behindReason stands before the figures.
const behindReason = ": "

// Text is the reason with the figures: "digits 9 and 4 exchanged: 694 for 649".
func (s *Slip) Text() string {
	if s.Figures == "" {
		return s.Reason
	}
	if at := len(s.Reason) + len(behindReason); len(s.text) == at+len(s.Figures) &&
		s.text[:len(s.Reason)] == s.Reason && s.text[at:] == s.Figures {
		return s.text
	}
	return s.Reason + behindReason + s.Figures
}

// tell says the figures of the slip, "694 for 649", and keeps them with its reason.
func (s *Slip) tell(actual, implied calc.Amount) {
	var room [128]byte
	text := append(append(room[:0], s.Reason...), behindReason...)
	text = append(actual.AppendText(text), " for "...)
	s.text = string(implied.AppendText(text))
	s.Figures = s.text[len(s.Reason)+len(behindReason):]
}

// The order of trust in a slip: the rarer it fits unrelated errors, the
// stronger it is. The rates are in the package documentation.
const (
	levelSwapped = iota
	levelSign
	levelFactor
	levelTransposed
	levelStale
	levelComponent
	levelCopied
	levelDropped
	levelAdded
	levelRounding
	levelReplaced
	levelSumRounding
	levelUnknown
)

// minDigits is how many digits a figure needs before a digit of it can be
// called exchanged, replaced, added or dropped: of shorter figures too many
// pairs look alike.
const minDigits = 3

// unknown is the slip of a pair that nothing explains.
func unknown() Slip {
	return Slip{Class: Unknown, Reason: "no known slip", Other: -1, level: levelUnknown}
}

// forText is "694 for 649".
func forText(actual, implied calc.Amount) string {
	var room [64]byte
	text := append(actual.AppendText(room[:0]), " for "...)
	return string(implied.AppendText(text))
}

// Compare names the slip that turns implied into actual, from their digits
// alone: one of Transposed, DigitReplaced, DigitAdded, DigitDropped, Sign,
// FactorOfTen, Rounding, or Unknown. Of several that fit it names the
// strongest. The actual figure counts as it was sent. Rounding to tens or
// coarser is not seen: only other figures tell whether round ones are rounded.
func Compare(actual, implied calc.Amount) Slip {
	slip := new(wording).compare(actual, implied, nil)
	slip.tell(actual, implied)
	return slip
}

// compare is Compare in the memory of a wording, without the figures in words; among tells the other figures, and
// is nil when they are not known.
func (w *wording) compare(actual, implied calc.Amount, among *naming) Slip {
	if actual.Equal(implied) || implied.Sign() == 0 {
		return unknown()
	}
	w.among = among
	w.spell(actual, implied)
	if slip, ok := w.slip(); ok {
		slip.Other = -1
		return slip
	}
	return unknown()
}

// slip is the strongest that the digits show.
func (w *wording) slip() (slip Slip, ok bool) {
	if slip, ok = signSlip(w); ok {
		return slip, ok
	}
	if slip, ok = factorSlip(w); ok {
		return slip, ok
	}
	if slip, ok = transposedSlip(w); ok {
		return slip, ok
	}
	if slip, ok = droppedSlip(w); ok {
		return slip, ok
	}
	if slip, ok = addedSlip(w); ok {
		return slip, ok
	}
	if slip, ok = roundingSlip(w); ok {
		return slip, ok
	}
	return replacedSlip(w)
}
