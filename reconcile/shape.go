package reconcile

import (
	"slices"

	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// Records of which only figures outside of rows are read all have the same net but for
// the values, when each law says the same whatever they are and none of them is missing.
// The nets of the checkers met last are kept, and take the values of the next record.

// mostShapes is how many are kept.
const mostShapes = 8

// shape is the net of the records of a checker.
type shape struct {
	checker *Checker
	net     recordNet
	frame   locate.Frame
}

// findFlat tells whether the laws say the same of each record.
func (c *Checker) findFlat() {
	c.isFlat = !c.Layout.IsJoined()
	for i := range c.laws {
		f := c.laws[i].formula
		c.isFlat = c.isFlat && f.IsFlat()
		for _, s := range f.Reads() {
			c.reads = append(c.reads, s.Slot)
		}
	}
	slices.Sort(c.reads)
	c.reads = slices.Compact(c.reads)
}

// shaped is the net of a record as one of its checker; nil when its own values
// decide it.
func (n *recordNet) shaped(subjects []*subject) *recordNet {
	s := subjects[0]
	if len(subjects) > 1 || s.earlier != nil || !s.checker.isFlat || !isWhole(s.rec, s.checker.reads) {
		return nil
	}
	for i := range s.faults {
		if s.faults[i].adjustment.Sign() != 0 {
			return nil
		}
	}
	for _, of := range n.shapes {
		if of.checker == s.checker {
			of.net.take(s.rec)
			return &of.net
		}
	}
	if len(n.shapes) == mostShapes {
		n.shapes = slices.Delete(n.shapes, 0, 1)
	}
	of := &shape{checker: s.checker}
	of.net.begin(subjects, false)
	of.net.net.Frame = &of.frame
	of.net.places, of.net.last, of.net.room, of.net.numbers = nil, nil, nil, nil
	n.shapes = append(n.shapes, of)
	return &of.net
}

// isWhole tells whether a record has all values in some of its own slots, and none of
// those that must not be negative is.
func isWhole(rec *schema.Record, slots []int) bool {
	for _, slot := range slots {
		v := rec.Value(0, 0, slot)
		if v.State != schema.Present || rec.Layout.Source.NotNegative && v.Amount.Sign() < 0 {
			return false
		}
	}
	return true
}

// take the values of another record.
func (n *recordNet) take(rec *schema.Record) {
	clear(n.evidences)
	n.evidences = n.evidences[:0]
	for i := range n.figures {
		at := &n.figures[i]
		at.rec = rec
		n.net.Figures[i].Value = rec.Value(at.group, at.instance, at.slot).Amount
	}
	for i := range n.stated {
		n.stated[i].rec = rec
	}
}
