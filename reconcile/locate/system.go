package locate

import (
	"math/big"
	"slices"
	"strings"
	"sync"

	"tieout/calc"
)

// system is a net made ready for solving: every amount is a whole number of
// units, 10^-scale each, and every figure knows its rows.
type system struct {
	net     *Net
	scale   int32
	printed int32   // the finest scale that a figure is printed at, and may be
	value   []exact // by figure; 0 where missing
	rows    []row   // by relation
	defs    []definition
	first   []int32 // the entries of figure f are entries[first[f]:first[f+1]]
	entry   []entry

	lacks bool   // a figure is missing
	frame *Frame // that the system is kept in; nil for none

	// memory of the system that none of its results has a part in.
	values   []reading
	terms    []Term
	seen     []int32 // by figure; who is done with it leaves all 0
	queue    []int
	marks    room[bool]
	numbers  room[int]
	outcomes room[outcome]
	sets     room[[]outcome]
	knots    room[knot]
	guesses  room[hypothesis]
	slips    room[Slip]
	found    []finding
	parted   []part
	shift    []exact
	naming   naming
	wording  wording
}

// systems that are done with, for their memory.
var systems = sync.Pool{New: func() any { return &system{} }}

// release a system that is done with. What was taken from it is not used afterwards.
func (s *system) release() {
	s.net = nil
	clear(s.found)
	if s.frame != nil {
		return
	}
	systems.Put(s)
}

// cleared is a slice of n zeros in the memory of another, if it is enough.
func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// row is a relation over present figures. A row that cannot be evaluated, or
// was used up to define a missing figure, is dead.
type row struct {
	terms     []Term
	constant  exact
	left      exact // the left side with the actual values
	tolerance exact
	op        Op
	dead      bool
	also      []int // further relations that went into the row
}

// entry is one term seen from its figure.
type entry struct {
	row  int32
	coef int64
}

// reading is an amount as a whole number and its scale.
type reading struct {
	units exact
	scale int32
}

// readAmount takes an amount apart without loss.
func readAmount(a *calc.Amount) reading {
	if a.Sign() == 0 {
		return reading{}
	}
	if units, ok := a.Units(); ok {
		return reading{exact{whole: units}, a.Scale()}
	}
	text := a.String()
	whole, fraction, _ := strings.Cut(text, ".")
	n, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok {
		panic("locate: the plain form of an amount is not digits: " + text)
	}
	return reading{narrow(new(big.Rat).SetInt(n)), int32(len(fraction))}
}

// newSystem reads all amounts at one scale and evaluates every relation.
func newSystem(net *Net) *system {
	s := systems.Get().(*system)
	*s = system{
		net: net, values: s.values, value: s.value, rows: s.rows, first: s.first, entry: s.entry, terms: s.terms, seen: s.seen,
		queue: s.queue, marks: s.marks, numbers: s.numbers, outcomes: s.outcomes, sets: s.sets, knots: s.knots,
		guesses: s.guesses, slips: s.slips, found: s.found, parted: s.parted, shift: s.shift, lacks: hasMissing(net),
	}
	s.empty()
	terms := s.readValues()
	s.addRows(terms)
	s.dropMissing()
	for i := range s.rows {
		s.evaluate(&s.rows[i])
	}
	s.index()
	return s
}

// empty takes back what the memory of the system was used for.
func (s *system) empty() {
	s.marks.empty()
	s.numbers.empty()
	s.outcomes.empty()
	s.sets.empty()
	s.knots.empty()
	s.guesses.empty()
	s.slips.empty()
}

// readValues reads all amounts at one scale, and counts the terms of the relations.
func (s *system) readValues() (terms int) {
	net := s.net
	s.scale, s.printed = 0, 0
	s.values = cleared(s.values, len(net.Figures))
	values := s.values
	for i := range net.Figures {
		if figure := &net.Figures[i]; !figure.Missing {
			values[i] = readAmount(&figure.Value)
			scale := values[i].scale
			s.scale = max(s.scale, scale)
			if most := figure.Decimals; most != nil {
				scale = min(scale, *most)
			}
			s.printed = max(s.printed, scale)
		}
	}
	for i := range net.Relations {
		relation := &net.Relations[i]
		terms += len(relation.Terms)
		if relation.Constant.Sign() != 0 {
			s.scale = max(s.scale, relation.Constant.Scale())
		}
		if relation.Tolerance.Sign() != 0 {
			s.scale = max(s.scale, relation.Tolerance.Scale())
		}
	}
	s.value = cleared(s.value, len(values))
	for i := range values {
		if v := &values[i]; v.scale == s.scale {
			s.value[i] = v.units
		} else {
			s.value[i] = s.rescale(*v)
		}
	}
	return terms
}

func (s *system) rescale(r reading) exact {
	if r.scale == s.scale || r.units.isZero() {
		return r.units
	}
	return r.units.times(powerOfTen(s.scale - r.scale))
}

// units is an amount in the units of the system. The amount must have been
// counted into the scale.
func (s *system) units(a *calc.Amount) exact {
	if a.Sign() == 0 {
		return exact{}
	}
	return s.rescale(readAmount(a))
}

// addRows copies the relations, adding up terms of one figure.
func (s *system) addRows(terms int) {
	s.rows = cleared(s.rows, len(s.net.Relations))
	all := slices.Grow(s.terms[:0], terms)
	s.seen = cleared(s.seen, len(s.net.Figures))
	for i := range s.net.Relations {
		relation, r := &s.net.Relations[i], &s.rows[i]
		start := len(all)
		if len(relation.Terms) == 1 { // a bound, as most are
			all = append(all, relation.Terms[0])
		} else {
			all = addTerms(all, relation.Terms, s.seen)
		}
		r.terms, r.op = withoutZeros(all[start:len(all):len(all)]), relation.Op
		r.constant, r.tolerance = s.units(&relation.Constant), s.units(&relation.Tolerance)
	}
	s.terms = all
}

// addTerms appends terms, those of one figure as one. seen is its memory.
func addTerms(all, terms []Term, seen []int32) []Term {
	for _, term := range terms {
		if place := seen[term.Figure]; place > 0 {
			all[place-1].Coef += term.Coef
			continue
		}
		all = append(all, term)
		seen[term.Figure] = int32(len(all))
	}
	for _, term := range terms {
		seen[term.Figure] = 0
	}
	return all
}

// withoutZeros removes terms that came to nothing, in place.
func withoutZeros(terms []Term) []Term {
	kept := terms[:0]
	for _, term := range terms {
		if term.Coef != 0 {
			kept = append(kept, term)
		}
	}
	return kept
}

func (s *system) evaluate(r *row) {
	r.left = r.constant
	for _, term := range r.terms {
		switch value := s.value[term.Figure]; term.Coef {
		case 1:
			r.left = r.left.plus(value)
		case -1:
			r.left = r.left.minus(value)
		default:
			r.left = r.left.plus(value.times(exact{whole: term.Coef}))
		}
	}
}

// index fills the entries of every figure, in the order of the rows.
func (s *system) index() {
	s.first = cleared(s.first, len(s.value)+1)
	total := 0
	for i := range s.rows {
		for _, term := range s.rows[i].live() {
			s.first[term.Figure+1]++
			total++
		}
	}
	for f := range s.value {
		s.first[f+1] += s.first[f]
	}
	s.entry = cleared(s.entry, total)
	next := s.seen // all are 0
	for i := range s.rows {
		for _, term := range s.rows[i].live() {
			f := term.Figure
			s.entry[s.first[f]+next[f]] = entry{int32(i), term.Coef}
			next[f]++
		}
	}
	clear(next)
}

// entries are the rows that a figure stands in.
func (s *system) entries(figure int) []entry {
	return s.entry[s.first[figure]:s.first[figure+1]]
}

// suspect tells whether the figure may be wrong.
func (s *system) suspect(figure int) bool {
	return !s.net.Figures[figure].Fixed && !s.net.Figures[figure].Missing
}

// live are the terms of a row, none when the row is dead.
func (r *row) live() []Term {
	if r.dead {
		return nil
	}
	return r.terms
}

// holds tells whether the row holds with the given left side.
func (r *row) holds(left exact) bool {
	if r.dead {
		return true
	}
	if r.op == Equal {
		left = left.abs()
	}
	return left.cmp(r.tolerance) <= 0
}

// broken tells whether the row is broken by the actual values.
func (r *row) broken() bool { return !r.holds(r.left) }

// amount is a number of units as an amount of at least the scale asked for; ok
// is false when its decimal form does not end, or is too fine to be read back.
func (s *system) amount(units exact, scale int32) (a calc.Amount, ok bool) {
	extra, ok := units.decimals()
	if !ok || s.scale+extra > calc.MaxAmountDigits {
		return calc.Amount{}, false
	}
	units = units.times(powerOfTen(extra))
	at := s.scale + extra
	for ; at < scale; at++ {
		units = units.times(ten)
	}
	// Trailing zeros that only the common scale of the net put there go.
	for at > scale {
		if !units.isMultiple(ten) {
			break
		}
		units = units.over(ten)
		at--
	}
	return amountOf(units, at), true
}

// amountOf is a whole number times 10^-scale.
func amountOf(n exact, scale int32) calc.Amount {
	if n.wide == nil {
		return calc.SmallAmount(n.whole, uint8(scale), "")
	}
	unit := calc.SmallAmount(1, uint8(scale), "")
	// Times takes an int64, so a wide number goes in pieces of 18 digits.
	const piece = 1_000_000_000_000_000_000
	sum, rest, digits := unit.Times(0), new(big.Int).Set(n.wide.Num()), new(big.Int)
	for rest.Sign() != 0 {
		rest.QuoRem(rest, big.NewInt(piece), digits)
		sum = sum.Plus(unit.Times(digits.Int64()))
		unit = unit.Times(piece)
	}
	return sum
}
