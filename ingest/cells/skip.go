package cells

import "slices"

// How much of what is not described is looked at here: deeper or wider values are left
// to the strict reader.
const maxDepth, maxNames = 16, 32

// skip passes over a value that is not described.
func (s *Scanner) skip(p, depth int) (end int, ok bool) {
	switch c := s.at(p); {
	case c == '"':
		end, _, ok = str(s.t, p)
		return end, ok
	case c-'0' <= 9 || c == '-':
		n, ok := amount(s.t, p, false)
		return n.end, ok
	case c == 'n':
		return s.literal(p, "null")
	case c == 't':
		return s.literal(p, "true")
	case c == 'f':
		return s.literal(p, "false")
	case depth == maxDepth:
		return p, false
	case c == '{':
		return s.skipObject(p, depth)
	case c == '[':
		return s.skipArray(p, depth)
	}
	return p, false
}

func (s *Scanner) skipArray(p, depth int) (end int, ok bool) {
	c, p := s.past(p + 1)
	if c == ']' {
		return p + 1, true
	}
	for {
		if p, ok = s.skip(p, depth+1); !ok {
			return p, false
		}
		var closed bool
		if _, p, closed, ok = s.behindElement(p); closed || !ok {
			return p, ok
		}
	}
}

// skipObject passes over an object in which no name stands twice.
func (s *Scanner) skipObject(p, depth int) (end int, ok bool) {
	var names [maxNames]uint32
	c, p := s.past(p + 1)
	if c == '}' {
		return p + 1, true
	}
	for n := 0; ; n++ {
		if c != '"' || n == maxNames {
			return p, false
		}
		end, escaped, ok := str(s.t, p)
		if !ok || escaped {
			return p, false
		}
		names[n] = hash(s.t[p+1 : end-1])
		if slices.Contains(names[:n], names[n]) { // most likely the same
			return p, false
		}
		if c, p = s.past(end); c != ':' {
			return p, false
		}
		if _, p = s.past(p + 1); p >= len(s.t) {
			return p, false
		}
		if p, ok = s.skip(p, depth+1); !ok {
			return p, false
		}
		switch c, p = s.past(p); c {
		case ',':
			c, p = s.past(p + 1)
		case '}':
			return p + 1, true
		default:
			return p, false
		}
	}
}
