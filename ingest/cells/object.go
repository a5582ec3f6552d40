package cells

import (
	"math/bits"
	"slices"
	"strconv"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// object is an object of a form: of the record, of what stands beside it, or on the way
// to it. It remembers in which order its members came.
type object struct {
	members []member
	// index finds a member by its name: by its hash, with linear probing; -1 is none.
	index  [indexSize]int16
	record bool // it is the record
	course
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
	key   string // the name in quotes, as it is written in a document
	act   action
	step  int16 // of the object's course; -1 when none was met
	usual usual
	kind  schema.Kind
	none  string // the text that says that there is no value; see schema.Field.None
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
	mostlyMoney usual = iota + 1 // see plainAmount
	mostlyText                   // see plainString
	mostlyDate                   // see plainDate
)

// usually is how a field's value is mostly written.
func usually(f *schema.Field) usual {
	switch {
	case f.Kind == schema.Money, f.Kind == schema.Rate:
		return mostlyMoney
	case f.None != "":
	case f.Kind == schema.Date:
		return mostlyDate
	case f.Kind == schema.Code, f.Kind == schema.Text:
		return mostlyText
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
	m.step = -1
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

func (m *member) name() string { return m.key[1 : len(m.key)-1] }

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
