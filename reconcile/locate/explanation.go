package locate

import (
	"strconv"

	"tieout/calc"
)

// Explanation is why the broken relations of a net are broken.
type Explanation struct {
	// Causes are the errors found, in the order of their first broken
	// relation. None means that every relation that can be evaluated holds.
	Causes []Cause
	// Missing are the missing figures, in the order of the net.
	Missing []Missing
}

// Cause is one error, or one knot of errors that cannot be told apart: the
// relations it breaks and the smallest sets of figures that explain them.
type Cause struct {
	// Candidates are all the smallest explanations, the likeliest first.
	// Besides the smallest sets of figures there may be a single slip that
	// changes several: two figures exchanged, a row copied whole, one
	// component left out of several totals. Empty when the search gave up
	// before it found one, or when no change of the figures that may be
	// wrong makes all relations hold (Impossible).
	Candidates []Candidate
	// Located tells that the answer is known: one candidate only, or one that
	// a slip proves against rivals without any; all its figures determined.
	Located bool
	// AtLeast is the number of figures that must differ: no smaller set of
	// figures explains the broken relations.
	AtLeast int
	// GaveUp tells that the search ended at its limits. Then Candidates need
	// not be complete, and Located is false.
	GaveUp bool
	// Evidence are the broken relations that the cause explains, ascending.
	// A relation broken by two causes together is evidence of both.
	Evidence []int
	// Consequences are the inequalities among the evidence where equalities
	// tell the cause: they follow from it and are no evidence of their own.
	Consequences []int
}

// Candidate is a set of changes that together make every relation hold.
type Candidate struct {
	// Changes are ordered by figure.
	Changes []Change
	// Rank is 1 for the best; candidates of one rank are equally good.
	Rank int
}

// Change is a figure of a candidate and what it should be.
type Change struct {
	Figure int
	Actual calc.Amount
	// Implied is the value that makes the relations hold. Where Determined
	// is false it is one of several, between Low and High, or, when Known is
	// false too, not stated.
	Implied           calc.Amount
	Known, Determined bool
	// Low and High bound the values that are possible; nil is no bound.
	Low, High *calc.Amount
	// Slip is what may have happened.
	Slip Slip
}

// Missing is a missing figure and the value it must have.
type Missing struct {
	Figure int
	// Implied is that value; it is meaningful where Determined is true. It is
	// not where no exact relation contains the figure, or where another
	// figure of the relation is missing or in doubt.
	Implied    calc.Amount
	Determined bool
	// Relation is the one that the value was computed from, -1 for none.
	Relation int
}

// Impossible tells that no change of the figures that may be wrong makes the
// relations hold.
func (c *Cause) Impossible() bool { return len(c.Candidates) == 0 && !c.GaveUp }

// Best are the candidates of rank 1.
func (c *Cause) Best() []Candidate {
	for i := range c.Candidates {
		if c.Candidates[i].Rank > 1 {
			return c.Candidates[:i]
		}
	}
	return c.Candidates
}

// Statement says in words how sure the answer is.
func (c *Cause) Statement() string {
	switch {
	case c.Located:
		return "located"
	case c.GaveUp && c.AtLeast == 1:
		return "at least 1 figure differs; not every explanation was tried"
	case c.GaveUp:
		return "at least " + strconv.Itoa(c.AtLeast) + " figures differ; no smaller set explains it"
	case c.Impossible():
		return "no change of the figures that may be wrong explains it"
	case len(c.Candidates) == 1:
		return "only one explanation is left, and nothing confirms it"
	}
	return strconv.Itoa(len(c.Candidates)) + " explanations are possible"
}
