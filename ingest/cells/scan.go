package cells

import (
	"math"
	"slices"
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// Scanner reads documents of one source, one after the other, each into the same cells.
// It is used by one goroutine.
type Scanner struct {
	// Record that was read last.
	Record *schema.Cells
	// InArray tells that it stands in an array, alone.
	InArray bool
	// Beside is what stands beside it; nil when the source describes nothing there, or
	// the record is all there is.
	Beside *schema.Cells

	// Path is where the record stands in the document, see Form.
	Path string

	forms []*reading
	form  *reading // of the document before
	is    Recognise
	t     []byte
	start int // of the document in t
}

// Recognise tells whether documents with certain members belong to the layout of the
// scanner, and to no other.
type Recognise func(members []Shape) bool

// reading is a form with what it is read into.
type reading struct {
	*Form
	record, beside *schema.Cells
	// recognised are the sets of members by which documents were recognised.
	recognised []shape
}

// shape is the members of the objects on the way from a document's root to its record.
type shape [4]members

// New is a scanner of the documents of a layout. others are all that documents are
// recognised by, and is decides about a shape that was not met before; it is nil where
// every document is of the layout.
func New(l *schema.Layout, others []*schema.Layout, is Recognise) *Scanner {
	s := &Scanner{is: is}
	for i, path := range l.Source.Records {
		before := func(other string) bool { return other == "" || strings.HasPrefix(path+".", other+".") }
		if slices.ContainsFunc(l.Source.Records[:i], before) {
			continue // the strict reader finds that first
		}
		f := newForm(l, path, others)
		if f == nil {
			continue
		}
		r := &reading{Form: f, record: schema.NewCells(l)}
		if path != "" && l.Context != nil {
			r.beside = schema.NewCells(l.Context)
		}
		s.forms = append(s.forms, r)
	}
	if len(s.forms) > 0 {
		s.form = s.forms[0]
	}
	return s
}

// Document reads the document that begins at an offset of a text: an object with one
// record. It is not ok when the document is left to the strict reader; nothing can be
// said of its end then.
func (s *Scanner) Document(t []byte, from int) (end int, ok bool) {
	if s.form == nil || from >= len(t) || t[from] != '{' || len(t)-from > math.MaxInt32 {
		return from, false
	}
	s.t, s.start = t, from
	if end, ok = s.read(s.form); ok {
		return end, true
	}
	for _, other := range s.forms {
		if other == s.form {
			continue
		}
		if end, ok = s.read(other); ok {
			s.form = other
			return end, true
		}
	}
	return from, false
}

// read reads the document in a form.
func (s *Scanner) read(f *reading) (end int, ok bool) {
	f.record.Reset(s.t, s.start)
	s.Record, s.Beside, s.Path, s.InArray = f.record, f.beside, f.Path, false
	at := &place{}
	switch {
	case f.Path == "":
		at = whole(f.record)
	case f.beside != nil:
		f.beside.Reset(s.t, s.start)
		at = whole(f.beside)
	}
	if end, ok = s.object(f.root, at, s.start+1); !ok {
		return end, false
	}
	if f.Path == "" {
		f.record.End = end
	}
	return end, f.record.End > 0 && s.recognised(f)
}

// whole is the one instance that a record is.
func whole(cells *schema.Cells) *place { return &place{cells: cells, row: cells.Groups[0].Values} }

// recognised tells whether the shape of the document is known to belong to the source.
func (s *Scanner) recognised(f *reading) bool {
	if s.is == nil {
		return true
	}
	var has shape
	for i, o := range f.way {
		has[i] = o.usual
	}
	for i := range f.recognised {
		if f.recognised[i] == has {
			return true
		}
	}
	if !s.is(f.root.shapes()) {
		return false
	}
	if len(f.recognised) == maxKnown {
		f.recognised = f.recognised[:0]
	}
	f.recognised = append(f.recognised, has)
	return true
}

// at is the byte at an offset, and zero behind the text.
func (s *Scanner) at(p int) byte {
	if p < len(s.t) {
		return s.t[p]
	}
	return 0
}

// past is the next byte that is no white space, and its offset.
func (s *Scanner) past(p int) (byte, int) {
	c := s.at(p)
	if c > ' ' {
		return c, p
	}
	p = blanks(s.t, p)
	return s.at(p), p
}

// place is the instance of a group that is read into: its cells, and those of its own
// slots.
type place struct {
	cells    *schema.Cells
	row      []schema.Cell
	instance int32
}

// object reads the members of an object, from behind its opening bracket, into the cells
// of an instance.
func (s *Scanner) object(o *object, at *place, p int) (end int, ok bool) {
	var seen members
	t := s.t
	for before := &o.opening; ; {
		if p < len(t) && t[p] == '}' {
			break
		}
		k := before.next
		if before.stands(t, p) {
			p += before.length
		} else {
			c, q := s.past(p)
			if c == '}' {
				p = q
				break
			}
			from := p
			if k, p, ok = s.find(o, p, before != &o.opening); !ok {
				return p, false
			}
			if before.misses++; before.misses < fickle || before.misses%fickle == 0 {
				before.learn(k, t[from:p])
			}
		}
		m := &o.members[k]
		if seen.has(k) {
			return p, false
		}
		seen.add(k)
		before = &m.behind
		switch m.usual {
		case plainMoney:
			if units, end := plainAmount(t, p); end > 0 {
				at.row[m.slot] = schema.Cell{
					Units: units, From: uint32(p - s.start), Len: uint16(end - p), State: schema.Present, Flags: schema.Exact,
				}
				at.cells.Figures++
				p = end
				continue
			}
		case plainText:
			if end := shortString(t, p); end > p+2 && t[p] == '"' {
				at.row[m.slot] = schema.Cell{
					From: uint32(p + 1 - s.start), Len: uint16(end - p - 2), State: schema.Present, Flags: schema.Quoted,
				}
				p = end
				continue
			}
		}
		if m.act == value {
			p, ok = s.value(m, &at.row[m.slot], at.cells, p)
		} else {
			p, ok = s.member(m, at, p)
		}
		if !ok {
			return p, false
		}
	}
	return p + 1, seen == o.usual || o.complete(&seen)
}

// find reads up to the next member's value, and finds the member by its name.
func (s *Scanner) find(o *object, p int, comma bool) (k int16, end int, ok bool) {
	c, p := s.past(p)
	if comma {
		if c != ',' {
			return 0, p, false
		}
		_, p = s.past(p + 1)
	}
	if k, p, ok = s.lookUp(o, p); !ok {
		return 0, p, false
	}
	if c, p = s.past(p); c != ':' {
		return 0, p, false
	}
	c, p = s.past(p + 1)
	return k, p, c != 0
}

// begins tells whether a word stands at an offset.
func (s *Scanner) begins(p int, word string) bool {
	return p+len(word) <= len(s.t) && string(s.t[p:p+len(word)]) == word
}

// lookUp finds the member whose name stands at an offset, in quotes; end is behind it.
// One that is not described is added, to be passed over.
func (s *Scanner) lookUp(o *object, p int) (k int16, end int, ok bool) {
	if s.at(p) != '"' {
		return 0, p, false
	}
	if end = shortString(s.t, p); end == 0 {
		var escaped bool
		if end, escaped, ok = str(s.t, p); !ok || escaped {
			return 0, p, false
		}
	}
	for h := hash(s.t[p+1:end-1]) % indexSize; o.index[h] >= 0; h = (h + 1) % indexSize {
		if k = o.index[h]; o.members[k].key == string(s.t[p:end]) {
			return k, end, true
		}
	}
	if len(o.members) == maxMembers {
		return 0, p, false
	}
	return int16(o.add(member{key: string(s.t[p:end])})), end, true
}

// complete tells whether a set of members is one of which nothing needs to be told: the
// strict reader notes where a member that is not described is named nearly like one that
// is missing.
func (o *object) complete(seen *members) bool {
	if o.isKnown(seen) {
		return true
	}
	described := false
	for i := range o.members {
		missing := &o.members[i]
		described = described || missing.described && seen.has(int16(i))
		if !missing.described || !missing.required || seen.has(int16(i)) {
			continue
		}
		for k := range o.members {
			if other := &o.members[k]; !other.described && seen.has(int16(k)) && text.Near(other.name(), missing.name()) {
				return false
			}
		}
	}
	if o.record && !described {
		return false
	}
	o.learn(seen)
	return true
}

func (m *member) name() string { return m.key[1 : len(m.key)-1] }

// member reads what is no plain value of a field.
func (s *Scanner) member(m *member, at *place, p int) (end int, ok bool) {
	switch m.act {
	case skip:
		return s.skip(p, 0)
	case decisive:
		return s.value(m, &schema.Cell{}, nil, p)
	case nested:
		return s.nested(m, at, p)
	case rows:
		return s.rows(m, at.cells, p, at.instance)
	case list:
		return s.list(m, at.cells, p, at.instance)
	case way:
		if s.at(p) != '{' {
			return p, false
		}
		return s.object(m.object, at, p+1)
	case records:
		return s.records(m, p)
	}
	return p, false
}

// records reads the one record that stands at the end of the way.
func (s *Scanner) records(m *member, p int) (end int, ok bool) {
	c := s.at(p)
	in := c == '['
	if in {
		c, p = s.past(p + 1)
	}
	if c != '{' || s.Record.End > 0 {
		return p, false
	}
	s.Record.Start = p
	if end, ok = s.object(m.object, whole(s.Record), p+1); !ok {
		return end, false
	}
	s.Record.End = end
	if in {
		s.InArray = true
		if c, end = s.past(end); c != ']' {
			return end, false
		}
		end++
	}
	return end, true
}

// nested reads the member of an object that is an object itself, or null.
func (s *Scanner) nested(m *member, at *place, p int) (end int, ok bool) {
	switch s.at(p) {
	case '{':
		if m.optional {
			m.object.set(at.cells, at.instance, schema.Missing, false)
		}
		return s.object(m.object, at, p+1)
	case 'n':
		m.object.set(at.cells, at.instance, schema.Null, m.optional)
		return s.literal(p, "null")
	}
	return p, false
}

// set gives all that stands below an object one state.
func (o *object) set(cells *schema.Cells, instance int32, state schema.State, waived bool) {
	for i := range o.members {
		m := &o.members[i]
		switch {
		case !m.described:
		case m.act == nested:
			m.object.set(cells, instance, state, waived || m.optional)
		case m.node.Rows >= 0:
			span := &cells.Groups[m.node.Rows].Spans[instance]
			span.State, span.Waived = state, waived
		default:
			c := cells.At(int(m.group), int(instance), int(m.slot))
			*c = schema.Cell{State: state}
			if waived {
				c.Flags = schema.WaivedCell
			}
		}
	}
}

// null is behind a null where an array could be.
func (s *Scanner) null(p int, ok bool) (end int, is bool) {
	if !ok {
		return p, false
	}
	return s.literal(p, "null")
}

func (s *Scanner) literal(p int, word string) (end int, ok bool) {
	return p + len(word), s.begins(p, word)
}
