package locate

import (
	"strconv"

	"tieout/calc"
)

// minCopied is how many significant digits a figure needs for its value to be
// called a copy of another figure's.
const minCopied = 5

// naming is one figure of an explanation in front of its net.
type naming struct {
	s               *system
	o               outcome
	figure          *Figure
	actual, implied calc.Amount
}

// name finds the strongest slip that explains an outcome. It leaves the figures to
// changes, which writes out what is shown.
func (s *system) name(o outcome) Slip {
	figure := &s.net.Figures[o.figure]
	if !o.determined {
		return unknown()
	}
	s.naming = naming{s: s, o: o, figure: figure, actual: figure.Value}
	n := &s.naming
	n.implied, _ = s.amount(o.value, figure.scale())
	if figure.Confirmed {
		return unknown()
	}
	best := s.wording.compare(n.actual, n.implied, n)
	if slip, ok := n.stale(); ok && slip.level < best.level {
		best = slip
	}
	if best.level > levelComponent {
		if slip, ok := n.component(); ok && slip.level < best.level {
			best = slip
		}
	}
	if best.level > levelCopied {
		if slip, ok := n.copied(); ok && slip.level < best.level {
			best = slip
		}
	}
	if best.level > levelRounding {
		if slip, ok := n.unrounded(); ok && slip.level < best.level {
			best = slip
		}
	}
	if best.level > levelSumRounding {
		if slip, ok := n.sumRounding(); ok && slip.level < best.level {
			best = slip
		}
	}
	return best
}

// finer tells whether the figures beside this one are printed finer than units
// of 10^exponent, so that rounding it to those would be noticed: round figures
// are round by nature where most are. Up to whole units that goes without saying.
func (n *naming) finer(exponent int) bool {
	if exponent <= 0 {
		return true
	}
	unit := powerOfTen(n.s.scale + int32(exponent))
	finer, others := 0, 0
	for f, value := range n.s.value {
		if f == n.o.figure || value.isZero() {
			continue
		}
		others++
		if !value.over(unit).isWhole() {
			finer++
		}
	}
	return 2*finer > others
}

// stale recognises the value of an older document.
func (n *naming) stale() (Slip, bool) {
	earlier := n.figure.Earlier
	ok := earlier != nil && earlier.Equal(n.actual) && n.actual.Sign() != 0
	return Slip{Class: Stale, Reason: "value of the earlier document", Other: -1, level: levelStale}, ok
}

// component recognises a component that a sum lacks, has twice or has with the
// wrong sign, in a broken exact relation that defines the figure.
func (n *naming) component() (Slip, bool) {
	difference := n.o.change(n.s)
	for _, e := range n.s.entries(n.o.figure) {
		r := &n.s.rows[e.row]
		if !r.defines(n.o.figure) || !r.broken() {
			continue
		}
		for _, term := range r.terms[1:] {
			class, level := componentClass(difference, n.s.contribution(r, term))
			if level == levelUnknown {
				continue
			}
			return n.s.componentSlip(class, term.Figure), true
		}
	}
	return Slip{}, false
}

// defines tells whether the row is an equality that defines the figure.
func (r *row) defines(figure int) bool {
	return !r.dead && r.op == Equal && len(r.also) == 0 && len(r.terms) > 1 && r.terms[0].Figure == figure
}

// contribution is what a term adds to the figure that its row defines.
func (s *system) contribution(r *row, term Term) exact {
	return s.value[term.Figure].times(exact{whole: -term.Coef}).over(exact{whole: r.terms[0].Coef})
}

// componentClass tells what was done to a component: the figure that it goes
// into must change by difference. A component with the wrong sign is a sign
// slip.
func componentClass(difference, contribution exact) (Class, int) {
	switch {
	case contribution.isZero():
	case difference.equal(contribution):
		return ComponentOmitted, levelComponent
	case difference.equal(contribution.neg()):
		return ComponentDoubled, levelComponent
	case difference.equal(contribution.plus(contribution)):
		return Sign, levelComponent
	}
	return Unknown, levelUnknown
}

func (s *system) componentSlip(class Class, figure int) Slip {
	done := " taken with the wrong sign"
	switch class {
	case ComponentOmitted:
		done = " omitted"
	case ComponentDoubled:
		done = " counted twice"
	}
	text := "component " + s.net.Figures[figure].Value.Text() + done
	return Slip{Class: class, Reason: text, Other: figure, level: levelComponent}
}

// copied recognises the value of another figure, long enough not to be equal
// by chance.
func (n *naming) copied() (Slip, bool) {
	if n.actual.SignificantDigits() < minCopied {
		return Slip{}, false
	}
	actual := n.s.value[n.o.figure]
	for other := range n.s.net.Figures {
		if other == n.o.figure || !n.s.value[other].equal(actual) || n.s.net.Figures[other].Missing {
			continue
		}
		if n.s.tied(n.o.figure, other) {
			continue
		}
		return Slip{Class: Copied, Reason: "copied from another figure", Other: other, level: levelCopied}, true
	}
	return Slip{}, false
}

// unrounded recognises a figure with more decimals than it may have, which it
// would not have had it been rounded: a rate's, or those of a binary fraction.
func (n *naming) unrounded() (Slip, bool) {
	if !n.figure.tooFine() {
		return Slip{}, false
	}
	most := *n.figure.Decimals
	unit := one.over(powerOfTen(most)).times(powerOfTen(n.s.scale))
	if n.o.change(n.s).abs().cmp(unit) >= 0 {
		return Slip{}, false
	}
	text := "not rounded to " + strconv.Itoa(int(most)) + " decimals"
	return Slip{Class: Rounding, Reason: text, Other: -1, level: levelRounding}, true
}

// tied tells whether two figures stand in an equality that holds: then they may
// be equal for a reason, as two balances with no payment between them.
func (s *system) tied(a, b int) bool {
	for _, e := range s.entries(a) {
		r := &s.rows[e.row]
		if r.op == Equal && !r.broken() && r.coef(b) != 0 {
			return true
		}
	}
	return false
}

// sumRounding recognises a sum that is off by no more than half a unit for
// each of its components, as when they were rounded after they were added.
func (n *naming) sumRounding() (Slip, bool) {
	unit := powerOfTen(n.s.scale - n.s.printed)
	for _, e := range n.s.entries(n.o.figure) {
		r := &n.s.rows[e.row]
		if !r.defines(n.o.figure) || !r.broken() {
			continue
		}
		components := len(r.terms) - 1
		twice := n.o.change(n.s).abs().times(exact{whole: 2})
		if components > 1 && twice.cmp(unit.times(exact{whole: int64(components)})) <= 0 {
			text := "within the rounding of " + strconv.Itoa(components) + " components"
			return Slip{Class: Rounding, Reason: text, Other: -1, level: levelSumRounding}, true
		}
	}
	return Slip{}, false
}
