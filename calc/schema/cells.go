package schema

import "math"

// Minor is the number of digits after the decimal point in which Cells hold amounts:
// the minor unit of most currencies.
const Minor = 2

// MaxUnits bounds the amounts of Cells that are held as integers: sums of dozens of
// them stay inside an int64.
const MaxUnits = 1 << 56

// Cell is the value of one field as Cells hold it.
type Cell struct {
	// Units is the amount of a figure times 10^Minor, exact; only when Exact.
	Units int64
	// From is where the value's text begins, in Cells.Text: the content of a string, the
	// literal of anything else. Len is its length in bytes.
	From uint32
	Len  uint16
	// State of the value: never Unreadable.
	State State
	Flags CellFlags
}

// CellFlags are what else is known of a Cell.
type CellFlags uint8

// The flags of a cell.
const (
	// Exact: Units is the amount.
	Exact CellFlags = 1 << iota
	// Quoted: the value is a string in the document.
	Quoted
	// Escaped: the text holds escapes of JSON.
	Escaped
	// WaivedCell: as Value.Waived.
	WaivedCell
)

// Cells are the values of one record in the layout's slots, as the fast reader leaves
// them: integers where the figures fit, and otherwise where the text stands. They are
// filled anew for each record, in memory that is kept.
type Cells struct {
	Layout *Layout
	// Text from the beginning of the document on that holds the record, which is at
	// Origin of its input. The record stands from Start to End of the input.
	Text               []byte
	Origin, Start, End int
	Groups             []CellGroup
	// Figures counts the present values of the kinds that formulas add.
	Figures int
}

// CellGroup holds the instances of one group of the layout.
type CellGroup struct {
	// Values by instance and slot.
	Values []Cell
	// Parent is the parent's instance of each instance.
	Parent []int32
	// Spans has the rows below each instance of the parent group.
	Spans []CellSpan

	// blank is an instance in which everything is missing: what is below an optional
	// object is waived.
	blank    []Cell
	children []childSpan // groups whose rows lie below instances of this one
}

// childSpan is the group of an array, and its span where the array is missing.
type childSpan struct {
	group int32
	blank CellSpan
}

// CellSpan is Span in Cells: First is the first row and End is behind the last.
type CellSpan struct {
	First, End int32
	// From is where the array begins in Cells.Text; missing when it does not.
	From   uint32
	State  State
	Waived bool
}

// missing stands for the place of an array that is not there.
const missing = math.MaxUint32

// NewCells makes room for records of a layout.
func NewCells(l *Layout) *Cells {
	s := &Cells{Layout: l, Groups: make([]CellGroup, len(l.Groups))}
	for i := range l.Groups {
		s.Groups[i].blank = make([]Cell, len(l.Groups[i].Slots))
		if p := l.Groups[i].Parent; p >= 0 {
			s.Groups[p].children = append(s.Groups[p].children, childSpan{int32(i), CellSpan{From: missing}})
		}
	}
	s.waive(l.Root(), false)
	for i := range l.Groups {
		if i > 0 {
			s.waive(l.RowsOf(i), false)
		}
	}
	return s
}

// waive marks what stands below the optional objects below a node.
func (s *Cells) waive(n *Node, below bool) {
	for _, child := range n.children {
		switch {
		case child.Field.Kind == Object:
			s.waive(child, below || child.Field.Presence == Optional)
		case !below:
		case child.Rows >= 0:
			of := s.Layout.Groups[child.Rows].Parent
			for i := range s.Groups[of].children {
				if c := &s.Groups[of].children[i]; c.group == int32(child.Rows) {
					c.blank.Waived = true
				}
			}
		default:
			s.Groups[child.Group].blank[child.Slot].Flags = WaivedCell
		}
	}
}

// Reset empties the cells for a record of the document that begins at an offset of an
// input's text.
func (s *Cells) Reset(text []byte, origin int) {
	s.Text, s.Origin, s.Start, s.End, s.Figures = text[origin:], origin, origin, 0, 0
	for i := range s.Groups {
		g := &s.Groups[i]
		g.Values, g.Parent, g.Spans = g.Values[:0], g.Parent[:0], g.Spans[:0]
	}
	s.AddInstance(0, -1)
}

// AddInstance appends an instance of a group below one of its parent, in which
// everything is missing, and returns its number.
func (s *Cells) AddInstance(group, parent int32) int32 {
	g := &s.Groups[group]
	instance := int32(len(g.Parent))
	g.Parent = append(g.Parent, parent)
	g.Values = append(g.Values, g.blank...)
	for i := range g.children {
		c := &g.children[i]
		child := &s.Groups[c.group]
		span := c.blank
		span.First = int32(len(child.Parent))
		span.End = span.First
		child.Spans = append(child.Spans, span)
	}
	return instance
}

// HasAll tells whether the record itself has a value in each of some slots.
func (s *Cells) HasAll(slots []int) bool {
	for _, slot := range slots {
		if s.At(0, 0, slot).State != Present {
			return false
		}
	}
	return true
}

// At is the slot of an instance of a group.
func (s *Cells) At(group, instance, slot int) *Cell {
	g := &s.Groups[group]
	return &g.Values[instance*len(g.blank)+slot]
}

// Row has the slots of an instance of a group.
func (s *Cells) Row(group, instance int) []Cell {
	g := &s.Groups[group]
	stride := len(g.blank)
	return g.Values[instance*stride : (instance+1)*stride]
}

// Stride is the number of slots of an instance of a group.
func (s *Cells) Stride(group int) int { return len(s.Groups[group].blank) }
