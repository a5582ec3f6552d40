package locate

import (
	"cmp"
	"slices"

	"tieout/calc"
)

// hypothesis is an explanation with its slips.
type hypothesis struct {
	outcomes []outcome
	slips    []Slip // of the outcomes, one each
}

func (h *hypothesis) sort() {
	slices.SortFunc(h.outcomes, func(a, b outcome) int { return a.figure - b.figure })
}

// standing is what hypotheses are ranked by; lower is better.
type standing struct {
	decimals int // 0 a figure with too many is changed, 1 none is, 2 a figure would have too many
	named    int // 0 all figures have a slip that is evidence, 1 some, 2 none
	level    int // of the weakest slip
	faint    int // 1 for two figures exchanged where that is no evidence
	weight   int // of all figures together
}

func (s *system) standing(h *hypothesis) standing {
	st := standing{decimals: s.decimals(h)}
	unnamed := 0
	for i, slip := range h.slips {
		st.level = max(st.level, slip.level)
		st.weight += s.net.Figures[h.outcomes[i].figure].weight()
		if slip.level == levelUnknown {
			unnamed++
		}
		if slip.level == levelUnknown && slip.Class == Swapped {
			st.faint = 1
		}
	}
	switch {
	case unnamed == len(h.slips):
		st.named = 2
	case unnamed > 0:
		st.named = 1
	}
	return st
}

func (a standing) compare(b standing) int {
	return cmp.Or(
		cmp.Compare(a.decimals, b.decimals), cmp.Compare(a.named, b.named), cmp.Compare(a.level, b.level),
		cmp.Compare(a.faint, b.faint), cmp.Compare(a.weight, b.weight),
	)
}

// decimals tells how an explanation agrees with the decimals that figures may
// have: see standing.
func (s *system) decimals(h *hypothesis) int {
	changesTooFine := false
	for _, o := range h.outcomes {
		f := &s.net.Figures[o.figure]
		changesTooFine = changesTooFine || f.tooFine()
		if f.Decimals == nil || !o.known {
			continue
		}
		if extra, ok := o.value.decimalsAt(s.scale); !ok || extra > *f.Decimals {
			return 2
		}
	}
	if changesTooFine {
		return 0
	}
	return 1
}

// ranked sorts the hypotheses of a cause and decides whether the first is the
// answer: the only one, or proven by its slips. rows are the broken rows of the
// cause.
func (x *examiner) ranked(all []hypothesis, rows []int) (candidates []Candidate, located bool) {
	var fewOrdered [8]int
	var fewStandings [8]standing
	order, standings := fewOrdered[:0], fewStandings[:0]
	for i := range all {
		order = append(order, i)
		standings = append(standings, x.s.standing(&all[i]))
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(standings[a].compare(standings[b]), compareFigures(all[a].outcomes, all[b].outcomes))
	})
	rank, count := 0, 0
	for i := range all {
		count += len(all[i].outcomes)
	}
	candidates = make([]Candidate, 0, len(all))
	changes := make([]Change, 0, count)
	for n, i := range order {
		if n == 0 || standings[order[n-1]].compare(standings[i]) != 0 {
			rank++
		}
		start := len(changes)
		changes = x.s.changes(changes, &all[i])
		candidates = append(candidates, Candidate{Changes: changes[start:len(changes):len(changes)], Rank: rank})
	}
	first := &all[order[0]]
	if standings[order[0]].decimals > 1 {
		return candidates, false
	}
	for i, o := range first.outcomes {
		if !o.determined || !candidates[0].Changes[i].Known {
			return candidates, false
		}
	}
	if !x.corroborated(first, rows) {
		return candidates, false
	}
	for _, i := range order[1:] {
		if !x.decides(first, &all[i], rows) {
			return candidates, false
		}
	}
	for _, hidden := range x.hidden(first) {
		if !x.decides(first, &hidden, rows) {
			return candidates, false
		}
	}
	if x.size == 1 && len(first.outcomes) == 1 && !first.slips[0].provenByDigits() {
		return candidates, !x.doubleError(first, rows)
	}
	return candidates, true
}

// corroborated tells whether a single figure is shown by more than one broken
// equality, by a slip, or by all others being known to be right. One equality alone that does not hold can as well be
// the last that was kept: a posting that was not carried into a balance, which
// all later balances then agree with, looks like a wrong posting.
func (x *examiner) corroborated(h *hypothesis, rows []int) bool {
	if len(h.outcomes) > 1 || h.slips[0].Class != Unknown {
		return true
	}
	equalities, others := 0, false
	for _, row := range rows {
		if x.s.rows[row].op == Equal {
			equalities++
		}
		for _, term := range x.s.rows[row].terms {
			others = others || term.Figure != h.outcomes[0].figure && x.s.suspect(term.Figure)
		}
	}
	return equalities > 1 || !others
}

// compareFigures orders sets of figures by their first difference.
func compareFigures(a, b []outcome) int {
	return slices.CompareFunc(a, b, func(x, y outcome) int { return x.figure - y.figure })
}

// decisive is how many errors of a size there must be for each that would look
// like the slip by chance, before the slip decides between rivals.
const decisive = 10_000

// decides tells whether the slips of a settle that it, and not b, is what
// happened: where the two differ a has slips that unrelated errors of that size
// hardly ever look like, and b has none at all. That b's figures are those of an
// earlier document is no slip here: many figures stay for good reasons.
func (x *examiner) decides(a, b *hypothesis, rows []int) bool {
	for i, o := range b.outcomes {
		if class := b.slips[i].Class; !changed(a.outcomes, o.figure) && class != Unknown && class != Stale {
			return false
		}
	}
	grain := x.grain(rows)
	for i, o := range a.outcomes {
		if changed(b.outcomes, o.figure) && a.slips[i].Class != Swapped {
			continue
		}
		lookalikes := x.lookalikes(&a.slips[i], o, rows)
		if lookalikes == 0 {
			return false
		}
		// There are about two errors, one of each sign, for each grain up to
		// the size of this one.
		size := o.change(x.s).abs().over(grain).times(exact{whole: 2})
		if size.cmp(exact{whole: int64(lookalikes) * decisive}) < 0 {
			return false
		}
	}
	return true
}

// lookalikes counts the errors, of all sizes, that would have been given the
// class of the slip; 0 means that the class never decides. An exchange decides
// nothing where only inequalities are broken, since most pairs of figures would
// mend them, and with a zero, of which there are many.
func (x *examiner) lookalikes(slip *Slip, o outcome, rows []int) int {
	switch {
	case slip.level == levelUnknown:
		return 0
	case slip.Class == Transposed:
		return x.s.net.Figures[o.figure].Value.SignificantDigits() + 1
	case slip.Class == FactorOfTen:
		return 6
	case slip.Class == Sign && slip.level == levelSign:
		return 1
	case slip.Class == Swapped:
		equality := slices.ContainsFunc(rows, func(row int) bool { return x.s.rows[row].op == Equal })
		if !equality || o.value.isZero() || x.s.value[o.figure].isZero() {
			return 0
		}
		return max(x.pairs, len(x.part.figures)*len(x.part.figures))
	}
	return 0
}

// grain is the largest power of ten, in units, that divides all figures of the
// rows: errors of round figures are round.
func (x *examiner) grain(rows []int) exact {
	grain := one
	for {
		next := grain.times(ten)
		found := false
		for _, row := range rows {
			for _, term := range x.s.rows[row].terms {
				v := x.s.value[term.Figure]
				if !v.isMultiple(next) {
					return grain
				}
				found = found || !v.isZero()
			}
		}
		if !found {
			return one
		}
		grain = next
	}
}

// changes writes a hypothesis out, behind others that there is room for.
func (s *system) changes(to []Change, h *hypothesis) []Change {
	for i, o := range h.outcomes {
		actual := s.net.Figures[o.figure].Value
		c := Change{Figure: o.figure, Actual: actual, Known: o.known, Determined: o.determined, Slip: h.slips[i]}
		if o.known {
			c.Implied, c.Known = s.amount(o.value, s.net.Figures[o.figure].scale())
		}
		if o.determined && c.Slip.Figures == "" {
			implied := c.Implied
			if !o.known {
				implied, _ = s.amount(o.value, s.net.Figures[o.figure].scale())
			}
			c.Slip.tell(actual, implied)
		}
		to = append(to, c)
		s.addBounds(&to[len(to)-1], &o)
	}
	return to
}

// addBounds tells the range of an outcome.
func (s *system) addBounds(c *Change, o *outcome) {
	scale := c.Actual.Scale()
	switch {
	case !o.span.point():
		if o.span.hasLow {
			c.Low = s.bound(o.span.low, scale)
		}
		if o.span.hasHigh {
			c.High = s.bound(o.span.high, scale)
		}
		return
	case c.Known && o.value.equal(o.span.low) && scale == s.net.Figures[c.Figure].scale():
		c.Low = &c.Implied
	default:
		c.Low = s.bound(o.span.low, scale)
	}
	c.High = c.Low
}

// bound is an end of a range as an amount, nil when its decimal form does not
// end.
func (s *system) bound(value exact, scale int32) *calc.Amount {
	a, ok := s.amount(value, scale)
	if !ok {
		return nil
	}
	return &a
}

// forOutcome is "694 for 649".
func (s *system) forOutcome(o outcome) string {
	actual := s.net.Figures[o.figure].Value
	implied, ok := s.amount(o.value, s.net.Figures[o.figure].scale())
	if !o.known || !ok {
		return actual.Text() + " for another"
	}
	return forText(actual, implied)
}
