package ingest

import (
	"cmp"
	"slices"
	"sort"

	"tieout/calc/schema"
)

// edit replaces bytes of an input by others.
type edit struct {
	offset, removed int
	inserted        string
	reason          string
}

// mended is the copy of a stretch of an input with edits made to it. The zero
// value is an input as it is.
type mended struct {
	from   int // where the stretch begins in the input
	edits  []edit
	starts []int // where the edits stand in the copy
	text   []byte
}

// newMended makes the edits on a copy of the input from an offset to another.
func newMended(input []byte, from, end int, edits []edit) *mended {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.offset, b.offset) })
	m := &mended{from: from, edits: edits}
	at := from
	for _, e := range edits {
		m.text = append(m.text, input[at:e.offset]...)
		m.starts = append(m.starts, len(m.text))
		m.text = append(m.text, e.inserted...)
		at = e.offset + e.removed
	}
	m.text = append(m.text, input[at:end]...)
	return m
}

// place is the offset in the input of a byte of the copy; what was inserted
// stands where it was inserted.
func (m *mended) place(offset int) int {
	before := sort.SearchInts(m.starts, offset+1) // edits that begin at the byte or before
	if before == 0 {
		return m.from + offset
	}
	e := m.edits[before-1]
	past := offset - m.starts[before-1] - len(e.inserted)
	if past < 0 {
		return e.offset
	}
	return e.offset + e.removed + past
}

// span is where the bytes of a value stand in the input. The end is that of the
// last byte: what was taken out behind it is no part of it.
func (m *mended) span(n *node) (from, end int) {
	return m.place(n.offset), m.place(n.end-1) + 1
}

// repairs lists the edits as the report tells them.
func (m *mended) repairs(in *schema.Input) []schema.Repair {
	all := make([]schema.Repair, len(m.edits))
	for i, e := range m.edits {
		all[i] = schema.Repair{
			Place:    in.Place(e.offset, ""),
			Inserted: e.inserted, Removed: string(in.Text[e.offset : e.offset+e.removed]),
			Reason: e.reason, Excerpt: in.Excerpt(e.offset, e.offset+1),
		}
	}
	return all
}
