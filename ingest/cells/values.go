package cells

import (
	"math"
	"slices"

	"tieout/calc/schema"
)

// value reads a plain value into a cell; it is not ok for one that is not of its kind.
func (s *Scanner) value(m *member, c *schema.Cell, cells *schema.Cells, p int) (end int, ok bool) {
	t := s.t
	first := s.at(p)
	switch {
	case first-'0' <= 9 || first == '-':
		if end, ok = s.number(m, c, cells, p); !ok {
			return end, false
		}
	case first == '"':
		if end, ok = s.quoted(m, c, cells, p); !ok {
			return end, false
		}
	case first == 'n':
		end, ok = s.literal(p, "null")
		c.State, c.From, c.Len = schema.Null, uint32(p-s.start), 4
	case m.kind == schema.Flag && first == 't':
		end, ok = s.literal(p, "true")
		c.State, c.From, c.Len = schema.Present, uint32(p-s.start), 4
	case m.kind == schema.Flag && first == 'f':
		end, ok = s.literal(p, "false")
		c.State, c.From, c.Len = schema.Present, uint32(p-s.start), 5
	}
	if ok && (m.never != nil || m.always != nil) {
		from := s.start + int(c.From)
		said := string(t[from : from+int(c.Len)])
		if c.Flags&schema.Escaped != 0 || slices.Contains(m.never, said) ||
			len(m.always) > 0 && !slices.Contains(m.always, said) {
			return end, false
		}
	}
	return end, ok
}

// number reads a number into a cell.
func (s *Scanner) number(m *member, c *schema.Cell, cells *schema.Cells, p int) (end int, ok bool) {
	n, ok := amount(s.t, p, false)
	if !ok {
		return p, false
	}
	c.From, c.Len, c.State = uint32(p-s.start), uint16(n.end-p), schema.Present
	switch m.kind {
	case schema.Money, schema.Rate:
	case schema.Count:
		if !n.whole {
			return p, false
		}
	default:
		return n.end, m.kind == schema.Code
	}
	c.Flags = 0
	if n.exact {
		c.Units, c.Flags = n.units, schema.Exact
	}
	cells.Figures++
	return n.end, true
}

// quoted reads a string into a cell.
func (s *Scanner) quoted(m *member, c *schema.Cell, cells *schema.Cells, p int) (end int, ok bool) {
	end, escaped, ok := str(s.t, p)
	if !ok || end-p-2 > math.MaxUint16 {
		return p, false
	}
	c.From, c.Len, c.State, c.Flags = uint32(p+1-s.start), uint16(end-p-2), schema.Present, schema.Quoted
	if escaped {
		c.Flags |= schema.Escaped
		if m.none != "" {
			return p, false
		}
	} else if c.Len == 0 || m.none != "" && string(s.t[p+1:end-1]) == m.none {
		c.State = schema.Empty
		return end, true
	}
	switch m.kind {
	case schema.Money, schema.Rate, schema.Count:
		n, ok := amount(s.t, p+1, true)
		if !ok || escaped || n.end != end-1 || m.kind == schema.Count && !n.whole {
			return p, false
		}
		if n.exact {
			c.Units, c.Flags = n.units, c.Flags|schema.Exact
		}
		cells.Figures++
	case schema.Flag:
		return p, false
	}
	return end, true
}
