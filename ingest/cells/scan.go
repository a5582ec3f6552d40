package cells

import (
	"math"
	"slices"
	"strings"

	"tieout/calc/schema"
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
	var seen members // but for the steps from first to next
	first, next, named := 0, 0, false
	inOrder := true
	for {
		steps := o.steps
		if !o.isFollowed() { // but for a member that was found
			steps = steps[:next]
			if named {
				steps = steps[:next+1]
			}
		}
		if next, p, named = s.follow(steps, next, p, named, at); !named {
			if c, q := s.past(p); c == '}' {
				p = q
				break
			}
			if !seen.addAll(o.steps[first:next]) {
				return p, false
			}
			if next, p, ok = s.seek(o, next, p); !ok {
				return p, false
			}
			first, named, inOrder = next, true, false
			continue
		}
		if q := blanks(s.t, p); q > p { // there was no white space before
			o.steps[next].length, p = 0, q
			continue
		}
		m := &o.members[o.steps[next].member]
		if m.act == value {
			p, ok = s.value(m, &at.row[m.slot], at.cells, p)
		} else {
			p, ok = s.member(m, at, p)
		}
		if !ok {
			return p, false
		}
		next, named = next+1, false
	}
	inOrder = inOrder && next == len(o.steps)
	if inOrder && o.settled {
		o.usual = o.whole
		o.misses = 0
		return p + 1, true
	}
	if !seen.addAll(o.steps[first:next]) || seen != o.usual && !o.complete(&seen) {
		return p, false
	}
	if inOrder {
		o.settled, o.whole = true, seen
	}
	return p + 1, true
}

// text makes a cell that of a string that stands between two offsets, with its quotes.
func (s *Scanner) text(c *schema.Cell, p, end int) {
	c.From, c.Len, c.State, c.Flags = uint32(p+1-s.start), uint16(end-p-2), schema.Present, schema.Quoted
}

// seek finds the step of the member that stands at an offset, where another one was
// expected next; end is where its value begins.
func (s *Scanner) seek(o *object, next, p int) (step, end int, ok bool) {
	const near = 3 // some may be missing
	if next > 0 && o.isFollowed() && p+ahead <= len(s.t) {
		for i := next + 1; i < min(next+near, len(o.steps)); i++ {
			if o.steps[i].stands((*[ahead]byte)(s.t[p:])) {
				return i, p + int(o.steps[i].length), true
			}
		}
	}
	k, end, ok := s.find(o, p, next > 0)
	if !ok {
		return 0, end, false
	}
	step = int(o.members[k].step)
	o.misses++
	learns := o.isFollowed()
	if step < 0 || learns && (step < next || next == 0) {
		step = o.place(k, next)
	}
	if learns && (step == 0) == (next == 0) {
		o.steps[step].learn(s.t[p:end])
	}
	return step, end, true
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
	if end = plainString(s.t, p); end == 0 {
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
