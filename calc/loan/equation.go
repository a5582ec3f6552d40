package loan

import "tieout/calc"

// term is a cash flow in an equation for the rate i of one base period: the sum,
// the whole periods that pass before it, and the rest of the time as the fraction
// rest/of of a period. Its value is
//
//	amount / ((1 + rest/of i) (1+i)^whole)
type term struct {
	amount   calc.Amount
	whole    int
	rest, of int64
}

// equation asks for the i at which the values of its terms, in order of time, add
// up to 0.
type equation []term

// The decimals that the values are calculated to: the narrow ones first, the wide
// ones where those leave the sign open.
const (
	narrow = 40
	wide   = 80
)

// bounds encloses the sum of the values for every i from a to b, a above -1.
// Values fall as i grows, so flows in are least at b and most at a, and flows out
// the other way round; every step is rounded outward.
func (e equation) bounds(a, b calc.Amount, scale int32) (lo, hi calc.Amount) {
	least, most := newDiscount(b, calc.Floor, scale), newDiscount(a, calc.Ceiling, scale)
	for _, t := range e {
		low, high := t.amount.Product(least.factor(t)), t.amount.Product(most.factor(t))
		if t.amount.Sign() < 0 {
			low, high = high, low
		}
		lo, hi = lo.Plus(low), hi.Plus(high)
	}
	return lo, hi
}

// discount is the value of 1 at later and later times, rounded to one side.
type discount struct {
	rate   calc.Amount
	policy calc.Rounding
	period calc.Amount // the factor of one period
	powers map[int]calc.Amount
	whole  int
	value  calc.Amount // the factor of whole periods
}

func newDiscount(i calc.Amount, mode calc.Mode, scale int32) *discount {
	policy := calc.Rounding{Mode: mode, Scale: scale}
	return &discount{
		rate: i, policy: policy, period: over(one, one.Plus(i), policy),
		powers: map[int]calc.Amount{}, value: one,
	}
}

// factor is what 1 at the time of a term is worth; terms come in order of time.
func (d *discount) factor(t term) calc.Amount {
	if gap := t.whole - d.whole; gap > 0 {
		d.value = d.value.Product(d.power(gap)).Round(d.policy)
		d.whole = t.whole
	}
	if t.rest == 0 {
		return d.value
	}
	of := calc.AmountOf(t.of)
	return over(d.value.Product(of), of.Plus(d.rate.Times(t.rest)), d.policy)
}

// power is the factor of so many periods; equal gaps are calculated once.
func (d *discount) power(n int) calc.Amount {
	if n == 1 {
		return d.period
	}
	if p, known := d.powers[n]; known {
		return p
	}
	p := d.power(n / 2)
	p = p.Product(p).Round(d.policy)
	if n%2 == 1 {
		p = p.Product(d.period).Round(d.policy)
	}
	d.powers[n] = p
	return p
}

// at is the sum at i and its proved sign, 0 where wide decimals do not tell the
// sum from zero.
func (e equation) at(i calc.Amount) (value calc.Amount, sign int) {
	for _, scale := range []int32{narrow, wide} {
		lo, hi := e.bounds(i, i, scale)
		value = lo
		if lo.Sign() > 0 || hi.Sign() < 0 {
			return value, lo.Sign()
		}
	}
	return value, 0
}

// turns counts how often the flows change their sign in time. With one turn there
// is one root at most: each flow divided by the discount of the last one before
// the turn only falls, or only rises, as i grows.
func (e equation) turns() int {
	turns, last := 0, 0
	for _, t := range e {
		if s := t.amount.Sign(); s != 0 {
			if last != 0 && s != last {
				turns++
			}
			last = s
		}
	}
	return turns
}

// sum is what the lender earns without any discount, and whether money goes out
// first.
func (e equation) sum() (earned calc.Amount, outFirst bool) {
	first := 0
	for _, t := range e {
		earned = earned.Plus(t.amount)
		if first == 0 {
			first = t.amount.Sign()
		}
	}
	return earned, first < 0
}

var (
	one  = calc.AmountOf(1)
	tiny = calc.Rounding{Scale: narrow}.Unit()
	// blur is the smallest part that a search looks into, vicinity what it then
	// looks at beside it.
	blur     = calc.Rounding{Scale: narrow - 10}.Unit()
	vicinity = blur.Times(1_000_000)
)

// stating is how a root is stated, as a rounded percentage; it never falls as i grows.
type stating func(i calc.Amount) calc.Amount

// narrowed shrinks an interval at whose ends the sum has opposite, proved signs
// until both ends print alike: then the root between them prints so too, and that is
// proved. Two exits prove less, where the root and a border between two prints cannot
// be told apart: an interval of 10^-40 whose ends still print differently is stated as
// its upper end, and a rate at which the sum is 0 to 80 decimals is stated as it is,
// as one that is the root itself has to be. The print can then be one unit of its last
// place off, for a root within 10^-40 of the border. It aims
// where the line between the ends crosses 0; an end that stays put loses half its
// weight each time (the Illinois rule), and every fourth step halves the interval.
func (e equation) narrowed(a, b calc.Amount, p stating) calc.Amount {
	va, sa := e.at(a)
	vb, _ := e.at(b)
	weightA, weightB, kept := va.Abs(), vb.Abs(), 0
	for step := 1; !p(a).Equal(p(b)); step++ {
		width := b.Minus(a)
		if width.Cmp(tiny) <= 0 { // not proved
			return p(b)
		}
		m := middle(a, b)
		if weights := weightA.Plus(weightB); step%4 != 0 && weights.Sign() > 0 {
			aim := a.Plus(over(width.Product(weightA), weights, calc.Rounding{Scale: narrow}))
			if aim.Cmp(a) > 0 && aim.Cmp(b) < 0 {
				m = aim
			}
		}
		switch vm, sm := e.at(m); sm {
		case 0: // not proved
			return p(m)
		case sa:
			a, weightA = m, vm.Abs()
			if kept == 1 {
				weightB = halved(weightB)
			}
			kept = 1
		default:
			b, weightB = m, vm.Abs()
			if kept == -1 {
				weightA = halved(weightA)
			}
			kept = -1
		}
	}
	return p(a)
}

// maxParts bounds a search for the least root; a few hundred parts are usual.
const maxParts = 5_000

// search looks for a root of an equation that may have several.
type search struct {
	equation
	stating
	parts int // examined so far
}

// least finds the least root from a to b by leaving out every part in which the
// sum is proved to be above or below 0 throughout. It ends with a part at whose
// ends the sum has opposite signs and both print alike; to is where a search for
// the next root begins. It errs with ErrUnsettled.
func (s *search) least(a, b calc.Amount) (root, to calc.Amount, found bool, err error) {
	if s.parts++; s.parts > maxParts {
		return a, b, false, ErrUnsettled
	}
	if lo, hi := s.bounds(a, b, narrow); lo.Sign() > 0 || hi.Sign() < 0 {
		return a, b, false, nil
	}
	if b.Minus(a).Cmp(blur) <= 0 {
		// The root is on the border between two prints, or the sum comes so close to
		// 0 that the parts beside the root cannot be left out.
		before, behind := a.Minus(vicinity), b.Plus(vicinity)
		if s.crosses(before, behind) {
			return b, behind, true, nil
		}
		return a, b, false, ErrUnsettled
	}
	if s.crosses(a, b) && s.stating(a).Equal(s.stating(b)) {
		return a, b, true, nil
	}
	m := middle(a, b)
	if root, to, found, err = s.least(a, m); found || err != nil {
		return root, to, found, err
	}
	return s.least(m, b)
}

// crosses tells whether the sum has opposite, proved signs at a and b.
func (e equation) crosses(a, b calc.Amount) bool {
	_, sa := e.at(a)
	_, sb := e.at(b)
	return sa*sb < 0
}

// middle is half way from a to b, to narrow decimals.
func middle(a, b calc.Amount) calc.Amount {
	return halved(a.Plus(b)).Round(calc.Rounding{Mode: calc.Floor, Scale: narrow})
}

func halved(a calc.Amount) calc.Amount { return a.Product(half).Round(calc.Rounding{Scale: wide}) }
