package formula

import (
	"tieout/calc"
	"tieout/calc/schema"
)

// Op compares the two sides of a relation.
type Op uint8

// The comparisons.
const (
	Equal   Op = iota // =
	AtMost            // <=
	AtLeast           // >=
)

var opNames = [...]string{Equal: "=", AtMost: "<=", AtLeast: ">="}

// String is the comparison as written.
func (o Op) String() string { return opNames[o] }

// Mirror is the comparison with its sides exchanged.
func (o Op) Mirror() Op {
	switch o {
	case AtMost:
		return AtLeast
	case AtLeast:
		return AtMost
	}
	return o
}

// Bound is the words for a side that is only a bound of the other: at most, at
// least; empty for Equal.
func (o Op) Bound() string { return [...]string{Equal: "", AtMost: "at most", AtLeast: "at least"}[o] }

// Violation is the part of left - right that the comparison does not allow:
// zero when it holds.
func (o Op) Violation(left, right calc.Amount) calc.Amount {
	d := left.Minus(right)
	if (o == AtMost && d.Sign() < 0) || (o == AtLeast && d.Sign() > 0) {
		return calc.Amount{}
	}
	return d
}

// Formula is a compiled formula: the relations it states between the figures of
// a record.
type Formula struct {
	Text      string
	Layout    *schema.Layout
	Relations []Relation
	start     target // the record, or the object of it that the formula speaks of
}

// Relation is one relation that is checked in every instance of its scope: each
// record, or each row of a group.
type Relation struct {
	// Scope is the group in whose instances the relation is checked.
	Scope int
	// Readings of the relation; it holds when one of them holds. All but the
	// first are other readings of a law that the document leaves open.
	Readings []Reading
	guards   []condition
	forRow   string // the bindings of its rows, as written after 'for'
}

// Reading is one comparison of two sums.
type Reading struct {
	Left, Right []Term
	Op          Op
	scope       int
	layout      *schema.Layout
	// The sides as text where it is the same for every record, else empty, and the whole
	// with the subject first where both are.
	leftText, rightText, wholeText string
	// plain are the figures of the equation, without their instances, where both sides
	// are of single figures and none is in it twice; else it is empty.
	plain []Coefficient
}

// Scope is the group in whose instances the reading is evaluated.
func (r *Reading) Scope() int { return r.scope }

// TermKind says what a term stands for.
type TermKind uint8

// The kinds of terms.
const (
	Constant TermKind = iota // a number written in the formula
	Figure                   // one figure of the instance or of one that holds it
	Sum                      // a figure of all rows below an instance
	First                    // a figure of the first row below an instance
	Last                     // a figure of the last row below an instance
	Count                    // the number of rows below an instance
	Previous                 // a figure of the row before, or the chain's start
)

// Term is a part of a sum: a coefficient times what its kind says.
type Term struct {
	Kind TermKind
	Coef int64
	// Number of a Constant.
	Number calc.Amount
	// Group and Slot of the figure, and From, the group of the instance from
	// which Sum, First, Last and Count descend. A Count has no slot.
	Group, Slot, From int
	// Start of a Previous chain, for the first row; empty when it has none.
	Start []Term
	// Name as written, with bound names replaced: row.percent.payment_sum.
	Name string
	// where says which rows below are meant; all when it is empty.
	where []condition
	// offset of the term in the formula.
	offset int
}

// HasFigure tells whether the term stands for figures of the record: its slot is
// one. The other terms are numbers.
func (t *Term) HasFigure() bool { return t.Kind != Constant && t.Kind != Count }

// SubjectOnRight tells whether the subject is the right side.
func (r *Reading) SubjectOnRight() bool { return !isFigure(r.Left) && isFigure(r.Right) }

// Subject is the side of a reading of which its finding speaks: the left side
// when that is a single figure, else the right side when that is one, else the
// left side.
func (r *Reading) Subject() (side []Term, other []Term, op Op) {
	if r.SubjectOnRight() {
		return r.Right, r.Left, r.Op.Mirror()
	}
	return r.Left, r.Right, r.Op
}

// isFigure tells whether a side is one figure as it stands.
func isFigure(side []Term) bool {
	return len(side) == 1 && side[0].Coef == 1 && (side[0].Kind == Figure || side[0].Kind == First || side[0].Kind == Last)
}
