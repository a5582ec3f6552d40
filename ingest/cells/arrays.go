package cells

import "tieout/calc/schema"

// open opens the rows of a group below an instance; it is not ok for what is no array.
// done tells that the array is null.
func (s *Scanner) open(m *member, cells *schema.Cells, p int, instance int32) (done, ok bool) {
	g := &cells.Groups[m.group]
	span := &g.Spans[instance]
	n := int32(len(g.Parent))
	*span = schema.CellSpan{First: n, End: n, From: uint32(p - s.start), State: schema.Present}
	switch s.at(p) {
	case '[':
		return false, true
	case 'n':
		span.State = schema.Null
		return true, true
	}
	return false, false
}

// behindElement reads the comma behind an element of an array, up to the first byte of the
// next element, or the end of the array.
func (s *Scanner) behindElement(p int) (first byte, end int, closed, ok bool) {
	switch c, p := s.past(p); c {
	case ',':
		first, end = s.past(p + 1)
		return first, end, false, true
	case ']':
		return c, p + 1, true, true
	default:
		return c, p, false, false
	}
}

// rows reads an array of objects.
func (s *Scanner) rows(m *member, cells *schema.Cells, p int, instance int32) (end int, ok bool) {
	done, ok := s.open(m, cells, p, instance)
	if !ok || done {
		return s.null(p, ok)
	}
	c, p := s.past(p + 1)
	if c == ']' {
		return p + 1, true
	}
	g, slots := &cells.Groups[m.group], cells.Stride(int(m.group))
	at := place{cells: cells}
	for {
		if c != '{' {
			return p, false
		}
		at.instance = cells.AddInstance(int32(m.group), instance)
		at.row = g.Values[len(g.Values)-slots:]
		if p, ok = s.object(m.object, &at, p+1); !ok {
			return p, false
		}
		var closed bool
		if c, p, closed, ok = s.behindElement(p); closed || !ok {
			g.Spans[instance].End = int32(len(g.Parent))
			return p, ok
		}
	}
}

// list reads an array of plain values.
func (s *Scanner) list(m *member, cells *schema.Cells, p int, instance int32) (end int, ok bool) {
	done, ok := s.open(m, cells, p, instance)
	if !ok || done {
		return s.null(p, ok)
	}
	c, p := s.past(p + 1)
	if c == ']' {
		return p + 1, true
	}
	for {
		row := cells.AddInstance(int32(m.group), instance)
		if p, ok = s.value(m, cells.At(int(m.group), int(row), 0), cells, p); !ok {
			return p, false
		}
		var closed bool
		if _, p, closed, ok = s.behindElement(p); closed || !ok {
			g := &cells.Groups[m.group]
			g.Spans[instance].End = int32(len(g.Parent))
			return p, ok
		}
	}
}
