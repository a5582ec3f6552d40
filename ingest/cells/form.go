package cells

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
)

// Form is a way in which documents of a source may be: its layout, and the path at which
// they have their record.
type Form struct {
	Layout *schema.Layout
	// Path of the record from the document's root, dotted; "" is the document itself.
	Path string
	root *object
	// way are the objects from the document's root to the record.
	way []*object
}

// object is an object of a form: of the record, of what stands beside it, or on the way
// to it. It remembers in which order its members came.
type object struct {
	members []member
	// index finds a member by its name: by its hash, with linear probing; -1 is none.
	index   [indexSize]int16
	opening glue // what stood before the first member's value
	record  bool // it is the record
	// usual are the members that the last object had, and known the sets of them that
	// were found to be in order.
	usual members
	known []members
	full  bool // it has more members than are held
}

// indexSize is how many names an index can hold twice; objects with more members than
// maxMembers are left to the strict reader.
const (
	indexSize  = 512
	maxMembers = 250
)

// member of an object.
type member struct {
	behind glue   // what stood behind its value
	key    string // the name in quotes, as it is written in a document
	act    action
	usual  usual
	kind   schema.Kind
	none   string // the text that says that there is no value; see schema.Field.None
	// described tells fields of the source from members that are only passed over.
	described bool
	required  bool // it is missed when it is not there
	optional  bool
	group     int16
	slot      int16
	object    *object // of an object, or of each row
	node      *schema.Node
	// never lists the texts of a value that decide that the document is another answer;
	// always, if it is not empty, the only ones that do not.
	never, always []string
}

// usual is how the value of a field is mostly written; it is tried first.
type usual uint8

const (
	plainMoney usual = iota + 1 // see plainAmount
	plainText                   // see shortString
)

// usually is how a field's value is mostly written.
func usually(f *schema.Field) usual {
	switch {
	case f.Kind == schema.Money, f.Kind == schema.Rate:
		return plainMoney
	case f.Kind == schema.Date && f.None == "", f.Kind == schema.Code && f.None == "", f.Kind == schema.Text && f.None == "":
		return plainText
	}
	return 0
}

// action is what is done with a member's value.
type action uint8

const (
	skip     action = iota // it is not described: only its syntax matters
	value                  // a scalar field
	decisive               // a scalar that is no field, by which another answer is known
	nested                 // an object of the record, or beside it
	rows                   // an array of objects
	list                   // an array of plain values
	way                    // an object on the way to the record, or to what decides
	records                // the record, or an array that holds it
	refuse                 // left to the strict reader
)

// members is a set of members of an object.
type members [4]uint64

func (m *members) has(i int16) bool { return m[i>>6]>>(i&63)&1 != 0 }
func (m *members) add(i int16)      { m[i>>6] |= 1 << (i & 63) }

// reportMark is a member of the reports that tieout writes, which are no documents.
const reportMark = "schema_version"

// newForm is the form of the documents of a layout that have their record at a path; it
// is nil when a form cannot tell them. others are all sources that documents are
// recognised by.
func newForm(l *schema.Layout, path string, others []*schema.Layout) *Form {
	f := &Form{Layout: l, Path: path}
	record := newObject(l.Root(), l)
	record.record = true
	f.root = record
	if path != "" {
		f.root = newObject(nil, nil)
		if l.Context != nil {
			f.root = newObject(l.Context.Root(), l.Context)
		}
		if names := strings.Split(path, "."); names[0] == reportMark || !f.lead(names, record) {
			return nil
		}
	}
	f.way = append(f.way, record)
	if len(f.way) > len(shape{}) {
		return nil
	}
	f.refuse([]string{reportMark})
	for _, other := range others {
		f.beware(other.Source)
	}
	if f.root.isFull() {
		return nil
	}
	return f
}

// lead puts the way to the record into the document's root.
func (f *Form) lead(path []string, record *object) bool {
	at := f.root
	for i, name := range path {
		f.way = append(f.way, at)
		k, is := at.find(quoted(name))
		if !is {
			k = at.add(member{key: quoted(name), act: way})
		}
		m := &at.members[k]
		switch {
		case i == len(path)-1:
			if is {
				return false // described as what stands beside the record, too
			}
			m.act, m.object = records, record
			return true
		case is && m.act != nested && m.act != way:
			return false
		case m.object == nil:
			m.object = newObject(nil, nil)
		}
		at = m.object
	}
	return false
}

// beware makes the form refuse documents that a source takes for its own, or for an
// answer without records.
func (f *Form) beware(s *schema.Source) {
	for _, path := range s.Records {
		if path != "" && path != f.Path {
			f.refuse(strings.Split(path, "."))
		}
	}
	for _, list := range [][]schema.Answer{s.Failed, s.Nothing} {
		for _, a := range list {
			f.decide(strings.Split(a.Path, "."), a)
		}
	}
}

// refuse leaves documents that have a member at a path to the strict reader, unless it
// stands on the way to the record: whose that is, the names of its members tell.
func (f *Form) refuse(path []string) {
	at := f.root
	for i, name := range path {
		k, is := at.find(quoted(name))
		if !is {
			at.add(member{key: quoted(name), act: refuse})
			return
		}
		m := &at.members[k]
		switch {
		case i == len(path)-1:
			if m.act != way && m.act != records {
				m.act, m.usual = refuse, 0
			}
			return
		case m.object == nil || m.act == rows:
			return // no path leads through it
		}
		at = m.object
	}
}

// decide looks at a value by which an answer is recognised.
func (f *Form) decide(path []string, a schema.Answer) {
	at := f.root
	for i, name := range path {
		k, is := at.find(quoted(name))
		last := i == len(path)-1
		if !is && !last {
			k = at.add(member{key: quoted(name), act: way, object: newObject(nil, nil)})
		} else if !is {
			k = at.add(member{key: quoted(name), act: decisive, kind: schema.Code})
		}
		m := &at.members[k]
		switch {
		case last:
			m.decides(a)
			return
		case m.act == records, m.act == nested, m.act == way:
			at = m.object
		default:
			return // what is no object leads nowhere
		}
	}
}

// decides makes a member one by which an answer is recognised.
func (m *member) decides(a schema.Answer) {
	m.usual = 0
	m.never = append(m.never, a.Is...)
	switch {
	case m.act == nested, m.act == rows, m.act == list:
		m.act = refuse // a null there is a text, too
	case len(a.IsNot) == 0:
	case m.always == nil:
		m.always = slices.Clone(a.IsNot)
	default:
		other := func(text string) bool { return !slices.Contains(a.IsNot, text) }
		if m.always = slices.DeleteFunc(m.always, other); len(m.always) == 0 {
			m.act = refuse
		}
	}
}

// quoted is a name as it is written in a document that escapes nothing.
func quoted(name string) string { return `"` + name + `"` }

// newObject is the object of a node of a layout, or one of which nothing is described.
func newObject(n *schema.Node, l *schema.Layout) *object {
	o := &object{usual: members{len(members{}) - 1: 1 << 63}} // no document has these
	for i := range o.index {
		o.index[i] = -1
	}
	if n == nil {
		return o
	}
	for _, name := range n.Names(l) {
		child := n.Child(name)
		f := child.Field
		m := member{
			key: quoted(name), act: value, kind: f.Kind, none: f.None, described: true,
			required: f.Presence != schema.Optional && f.Kind != schema.Object, optional: f.Presence == schema.Optional,
			usual: usually(f),
			group: int16(child.Group), slot: int16(child.Slot), node: child,
		}
		switch f.Kind {
		case schema.Object:
			m.act, m.object = nested, newObject(child, l)
		case schema.Rows:
			m.act, m.group, m.object = rows, int16(child.Rows), newObject(child, l)
		case schema.List:
			m.act, m.group, m.kind, m.none = list, int16(child.Rows), f.Fields[0].Kind, f.Fields[0].None
		case schema.Entries:
			m.act = refuse
		}
		if strconv.Quote(name) != m.key { // documents write it in several ways
			m.act, m.usual = refuse, 0
		}
		o.add(m)
	}
	return o
}

// glue is the text between two values of an object, from behind the first or from behind
// the opening bracket to the second, as it stood in the object before.
type glue struct {
	words  [5]uint64
	last   uint64 // the bits of the last word that count
	length int    // of the text; 0 when it is not known or too long
	misses int    // how often another text stood there
	next   int16  // the member whose value is behind it
}

// fickle is how often another text stands there before it is no longer learned each
// time: the members come in any order.
const fickle = 64

// learn remembers a text, and the member whose value is behind it.
func (g *glue) learn(next int16, text []byte) {
	*g = glue{next: next, misses: g.misses}
	if len(text) > 8*len(g.words) {
		return
	}
	g.length = len(text)
	var padded [8 * len(g.words)]byte
	copy(padded[:], text)
	for i := range g.words {
		g.words[i] = word(padded[:], 8*i)
	}
	if g.last = ^uint64(0); len(text)%8 != 0 {
		g.last >>= 64 - 8*(len(text)%8)
	}
}

// stands tells whether the glue is what stands at an offset.
func (g *glue) stands(t []byte, p int) bool {
	if g.length == 0 || p+8*len(g.words) > len(t) {
		return false
	}
	b := (*[8 * len(g.words)]byte)(t[p:])
	switch n := (g.length - 1) >> 3; n {
	case 0:
		return (word(b[:], 0)^g.words[0])&g.last == 0
	case 1:
		return word(b[:], 0) == g.words[0] && (word(b[:], 8)^g.words[1])&g.last == 0
	case 2:
		return word(b[:], 0) == g.words[0] && word(b[:], 8) == g.words[1] && (word(b[:], 16)^g.words[2])&g.last == 0
	case 3:
		return word(b[:], 0) == g.words[0] && word(b[:], 8) == g.words[1] && word(b[:], 16) == g.words[2] &&
			(word(b[:], 24)^g.words[3])&g.last == 0
	default:
		return word(b[:], 0) == g.words[0] && word(b[:], 8) == g.words[1] && word(b[:], 16) == g.words[2] &&
			word(b[:], 24) == g.words[3] && (word(b[:], 32)^g.words[4])&g.last == 0
	}
}

// isFull tells whether the object, or one below it, has more members than are held.
func (o *object) isFull() bool {
	for i := range o.members {
		if below := o.members[i].object; below != nil && below.isFull() {
			return true
		}
	}
	return o.full
}

// add appends a member, unless the object is full.
func (o *object) add(m member) int {
	if len(o.members) == maxMembers {
		o.full = true
		return 0
	}
	o.members = append(o.members, m)
	h := hash([]byte(m.name())) % indexSize
	for o.index[h] >= 0 {
		h = (h + 1) % indexSize
	}
	o.index[h] = int16(len(o.members) - 1)
	return len(o.members) - 1
}

// find is the member of a key.
func (o *object) find(key string) (int, bool) {
	for h := hash([]byte(key[1:len(key)-1])) % indexSize; o.index[h] >= 0; h = (h + 1) % indexSize {
		if i := int(o.index[h]); o.members[i].key == key {
			return i, true
		}
	}
	return 0, false
}

// hash of a name, by its length, its beginning and its end.
func hash(name []byte) uint32 {
	const odd = 0x9e3779b97f4a7c15 // 2^64 by the golden ratio
	h := uint64(len(name))
	if n := len(name); n >= 8 {
		h ^= word(name, 0) ^ bits.RotateLeft64(word(name, n-8), 23)
	} else {
		for _, c := range name {
			h = h<<8 ^ uint64(c)
		}
	}
	h *= odd
	return uint32(h >> 32)
}

// Shape is what is recognised of a document: a member with those below it, where it is an
// object on the way to the record.
type Shape struct {
	Name string
	// Text of a value by which other answers are told; empty where it is none of theirs.
	Text    string
	Members []Shape
}

// shapes are the members that an object had, as far as a document is recognised by them.
func (o *object) shapes() []Shape {
	var all []Shape
	for i := range o.members {
		m := &o.members[i]
		if !o.usual.has(int16(i)) {
			continue
		}
		one := Shape{Name: m.name()}
		if len(m.always) > 0 {
			one.Text = m.always[0]
		}
		if m.act == way || m.act == records || m.act == nested {
			one.Members = m.object.shapes()
		}
		all = append(all, one)
	}
	return all
}

// isKnown tells whether a set of members was found to be in order before.
func (o *object) isKnown(set *members) bool {
	if i := slices.Index(o.known, *set); i >= 0 {
		o.usual = *set
		return true
	}
	return false
}

// maxKnown bounds the sets of members that an object remembers.
const maxKnown = 64

// learn remembers a set of members.
func (o *object) learn(set *members) {
	if len(o.known) == maxKnown {
		o.known = o.known[:0]
	}
	o.known, o.usual = append(o.known, *set), *set
}
