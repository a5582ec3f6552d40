package locate

import (
	"errors"
	"fmt"

	"tieout/calc"
)

// The reasons why a net cannot be explained at all.
var (
	// ErrFigure: a term names a figure that the net does not have.
	ErrFigure = errors.New("no such figure")
	// ErrCoefficient: a coefficient is larger than MaxCoef.
	ErrCoefficient = errors.New("coefficient too large")
	// ErrTolerance: a tolerance is below zero.
	ErrTolerance = errors.New("negative tolerance")
)

// Net is a system of linear relations over figures. A figure is known by its
// index in Figures, a relation by its index in Relations.
type Net struct {
	Figures   []Figure
	Relations []Relation
	// Frame is what is known of the net from explaining it before, nil for nothing.
	Frame *Frame
}

// Figure is one printed amount of the net.
type Figure struct {
	// Value is the amount as sent. It is ignored when Missing is set.
	Value calc.Amount
	// Missing tells that the net has a place for the figure but no readable
	// value. A missing figure may take any value and is never a suspect.
	Missing bool
	// Fixed tells that the figure is known to be right and is never suspected.
	Fixed bool
	// Weight is how much the figure is trusted; of two candidates alike in
	// all else the one of lower weight comes first. 0 stands for 1.
	Weight int
	// Decimals is the most digits after the decimal point that the figure may
	// have, nil where nothing is known of it. One that has more is suspected
	// first, and a change that would give it more comes last.
	Decimals *int32
	// Block numbers the record or row the figure belongs to, Field what it is
	// within that row. Two rows are compared, to recognise a row copied
	// whole, by the figures of equal Field. 0 stands for none.
	Block, Field int
	// Earlier is the figure as an older document states it, nil when unknown; only
	// with it can a figure be called stale.
	Earlier *calc.Amount
	// Confirmed tells that an older document states the same of a figure that seldom
	// changes. It may be wrong all the same, and no slip of the pen is seen in it.
	Confirmed bool
}

// Op is how the left side of a relation compares with zero.
type Op uint8

// The two kinds of relation.
const (
	// Equal: the left side is 0.
	Equal Op = iota
	// AtMost: the left side is 0 or less.
	AtMost
)

// Term is a figure times a whole number.
type Term struct {
	Figure int
	Coef   int64
}

// MaxCoef is the largest coefficient of a term, so that those of one figure add
// up without loss.
const MaxCoef = 1 << 31

// Relation states that the sum of its terms and its constant, the left side,
// compares with zero as Op says. It holds when the left side is at most
// Tolerance away: |left side| <= Tolerance for Equal, left side <= Tolerance
// for AtMost.
//
// The first term is the figure that the relation defines: total = a + b is
// written total - a - b, end = begin - payment as end - begin + payment. Only
// in a defined figure is a component looked for that was left out or counted
// twice; for all else the order of the terms means nothing.
//
// A relation with a missing figure neither holds nor is broken by itself. Two
// relations that need different values of one missing figure are broken
// together.
type Relation struct {
	Terms     []Term
	Constant  calc.Amount
	Op        Op
	Tolerance calc.Amount
}

// Holds tells whether the relation holds with a left side.
func (r *Relation) Holds(left calc.Amount) bool {
	if r.Op == Equal {
		left = left.Abs()
	}
	return left.Cmp(r.Tolerance) <= 0
}

// validate reports the first term or tolerance that makes no sense.
func (n *Net) validate() error {
	for i := range n.Relations {
		relation := &n.Relations[i]
		for _, term := range relation.Terms {
			if term.Coef > MaxCoef || term.Coef < -MaxCoef {
				return fmt.Errorf("relation %d: %w: [%d]", i, ErrCoefficient, term.Coef)
			}
			if term.Figure < 0 || term.Figure >= len(n.Figures) {
				return fmt.Errorf("relation %d: %w: [%d] of %d", i, ErrFigure, term.Figure, len(n.Figures))
			}
		}
		if relation.Tolerance.Sign() < 0 {
			return fmt.Errorf("relation %d: %w: [%s]", i, ErrTolerance, relation.Tolerance.Text())
		}
	}
	return nil
}

// tooFine tells whether the figure as sent has more decimals than it may.
func (f *Figure) tooFine() bool {
	return f.Decimals != nil && !f.Missing && f.Value.Scale() > *f.Decimals && f.Value.Decimals() > *f.Decimals
}

// scale at which another value of the figure is written: that of the figure as
// sent, as far as it may have so many decimals.
func (f *Figure) scale() int32 {
	if f.Decimals != nil {
		return min(f.Value.Scale(), *f.Decimals)
	}
	return f.Value.Scale()
}

// weight is the figure's trust with its default.
func (f *Figure) weight() int {
	w := f.Weight
	if w == 0 {
		w = 1
	}
	if f.Confirmed {
		w++
	}
	return w
}
