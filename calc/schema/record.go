package schema

import (
	"strconv"
	"strings"

	"tieout/calc"
	"tieout/calc/date"
)

// State says what was found where a value belongs. Missing, null, empty and
// zero are four different things.
type State uint8

// The states of a value.
const (
	// Missing: the member is not there.
	Missing State = iota
	// Null: the member is null.
	Null
	// Empty: the member is "".
	Empty
	// Unreadable: the member is there and is not what its kind demands.
	Unreadable
	// Present: the member has a value of its kind.
	Present
)

var stateNames = [...]string{Missing: "missing", Null: "null", Empty: "empty", Unreadable: "unreadable", Present: "present"}

// String is the word for the state in messages.
func (s State) String() string { return stateNames[s] }

// Value is what a document holds in one slot.
type Value struct {
	State State
	// Waived is true for a value that is not given because an optional object
	// above it is not given.
	Waived bool
	// Text as sent: the digits of a number, the content of a string.
	Text string
	// Amount of a figure that is present.
	Amount calc.Amount
	// Date of a date that is real, as a day of the Gregorian calendar; zero
	// otherwise.
	Date date.Date
	// Offset and End of the value's bytes in the document's file.
	Offset, End int
}

// Span tells which rows of a child group belong to one instance of its parent.
type Span struct {
	// State of the array: Missing, Null, Unreadable or Present.
	State State
	// Waived is true when the array is not given because an optional object
	// above it is not given.
	Waived bool
	// First row and one past the last row, in the child group.
	First, End int
	// Offset of the array in the document's file; -1 when it is missing.
	Offset int
}

// Record is one decoded record: the unit of which a report row speaks.
type Record struct {
	Layout   *Layout
	Document *Document
	// Payload of the document that holds the record.
	Payload *Payload
	// Key names the record; KeyFrom says where the name comes from.
	Key     string
	KeyFrom string
	// Pointer is the JSON pointer of the record in its document.
	Pointer string
	// Offset of the record in its file.
	Offset int
	// Partial is true when not all of the record's values could be read.
	Partial bool
	// Nothing, when not empty, is the upstream's statement that there is nothing
	// to tell about this record; only rules that are always checked apply then.
	Nothing string
	// AsOf is the day the figures speak of, and PreviousAsOf that of the earlier
	// snapshot they are compared with; zero when not known.
	AsOf, PreviousAsOf date.Date
	// SeveralDays is true for a joined record whose documents of today speak of
	// different days; AsOf is then zero.
	SeveralDays bool

	// parts of a record that is joined of records of several documents; nil for a
	// part that is not there.
	parts []*Record

	values [][]Value // by group: instances × slots
	spans  [][]Span  // by group: one for each instance of the parent
	parent [][]int   // by group: the parent instance of each instance

	indexes map[rowsAt]*rowIndex // of rows that were looked up
	answers map[string]bool      // that concern the record as a whole

	// near has the members that are nearly what is missing.
	near map[nearAt]string
}

// KeyInDocument is where the name of a record comes from that names itself.
const KeyInDocument = "document"

// OwnName is the name that the record's own fields give it, or "".
func (r *Record) OwnName() string {
	for _, key := range r.Layout.Source.Keys {
		name, named := "", 0
		for i, field := range key {
			text := r.nameIn(r.Layout.KeyField(field))
			if text == "" {
				break
			}
			if named++; i > 0 {
				name += "/"
			}
			name += text
		}
		if named == len(key) {
			return name
		}
	}
	return ""
}

// UsualName are the slots of the record itself by which the source mostly names its
// records; none when these are fields of rows, or there are none.
func (l *Layout) UsualName() []int {
	if len(l.Source.Keys) == 0 {
		return nil
	}
	var slots []int
	for _, name := range l.Source.Keys[0] {
		n := l.KeyField(name)
		if n.Group > 0 {
			return nil
		}
		slots = append(slots, n.Slot)
	}
	return slots
}

// nameIn is the value of a field that names a record: the one that all rows have, where
// it is a field of rows; "" when there is none.
func (r *Record) nameIn(field *Node) string {
	text := ""
	for i := range r.Instances(field.Group) {
		v := r.Value(field.Group, i, field.Slot)
		if v.State != Present || i > 0 && v.Text != text {
			return ""
		}
		text = v.Text
	}
	return text
}

// NewRecord is a record of the layout in which everything is missing.
func NewRecord(l *Layout, d *Document) *Record {
	r := &Record{
		Layout: l, Document: d,
		values: make([][]Value, len(l.Groups)),
		spans:  make([][]Span, len(l.Groups)),
		parent: make([][]int, len(l.Groups)),
	}
	r.AddInstance(0, -1)
	return r
}

// AddInstance appends an instance to a group, below an instance of the parent
// group, and returns its number. The instances of one parent are added without
// another parent's between them.
func (r *Record) AddInstance(group, parent int) int {
	g := &r.Layout.Groups[group]
	instance := len(r.parent[group])
	r.parent[group] = append(r.parent[group], parent)
	r.values[group] = append(r.values[group], make([]Value, len(g.Slots))...)
	for child := group + 1; child < len(r.Layout.Groups); child++ {
		if r.Layout.Groups[child].Parent == group {
			at := len(r.parent[child])
			r.spans[child] = append(r.spans[child], Span{First: at, End: at, Offset: -1})
		}
	}
	if group > 0 {
		r.spans[group][parent].End = instance + 1
	}
	return instance
}

// OpenRows says what was found where the array of a group belongs, below an
// instance of the parent; its instances are added next.
func (r *Record) OpenRows(group, parent int, found Span) {
	found.First = len(r.parent[group])
	found.End = found.First
	r.spans[group][parent] = found
}

// Set puts a value into a slot of an instance.
func (r *Record) Set(group, instance, slot int, v Value) { *r.Value(group, instance, slot) = v }

// Value in a slot of an instance.
func (r *Record) Value(group, instance, slot int) *Value {
	return &r.values[group][instance*len(r.Layout.Groups[group].Slots)+slot]
}

// Instances counts the instances of a group.
func (r *Record) Instances(group int) int { return len(r.parent[group]) }

// Parent is the instance of the parent group that holds an instance.
func (r *Record) Parent(group, instance int) int { return r.parent[group][instance] }

// Rows of a group below one instance of its parent.
func (r *Record) Rows(group, parent int) Span { return r.spans[group][parent] }

// Ascend is the instance of an ancestor group that holds an instance.
func (r *Record) Ascend(group, instance, ancestor int) int {
	for group != ancestor {
		instance = r.parent[group][instance]
		group = r.Layout.Groups[group].Parent
	}
	return instance
}

// Unit of a slot's figures in this record: that of its field, else the currency
// that the record names.
func (r *Record) Unit(group, slot int) string {
	if home, g, at := r.Home(group, slot); home != r {
		return home.Unit(g, at)
	}
	f := r.Layout.Groups[group].Slots[slot].Field
	if f.Unit != "" || f.Kind != Money || r.Layout.Source.Currency == "" {
		return f.Unit
	}
	v := r.Value(0, 0, r.Layout.Root().Child(r.Layout.Source.Currency).Slot)
	switch {
	case v.State != Present:
		return ""
	case strings.Trim(v.Text, "0123456789") == "": // an id of the installation
		return "currency " + v.Text
	}
	return v.Text
}

// Figures counts the present values of the kinds that formulas add.
func (r *Record) Figures() int {
	n := 0
	for g := range r.Layout.Groups {
		slots := r.Layout.Groups[g].Slots
		for i := range r.values[g] {
			if r.values[g][i].State == Present && slots[i%len(slots)].Field.Kind.IsNumber() {
				n++
			}
		}
	}
	return n
}

// SlotPointer is the JSON pointer of a slot's value in the document.
func (r *Record) SlotPointer(group, instance, slot int) string {
	if home, g, at := r.Home(group, slot); home != r {
		return home.SlotPointer(g, instance, at)
	}
	s := &r.Layout.Groups[group].Slots[slot]
	switch {
	case s.Bare:
		return r.InstancePointer(group, instance)
	case group == 0:
		return r.Pointer + s.pointer
	}
	var room [128]byte
	return string(append(r.appendPointer(room[:0], group, instance), s.pointer...))
}

// appendPointer appends the JSON pointer of a row of the record itself, or of the record.
func (r *Record) appendPointer(to []byte, group, instance int) []byte {
	if group == 0 {
		return append(to, r.Pointer...)
	}
	g, parent := &r.Layout.Groups[group], r.parent[group][instance]
	to = append(append(r.appendPointer(to, g.Parent, parent), g.pointer...), '/')
	if g.Kind == Entries {
		return append(to, EscapePointer(r.Value(group, instance, 0).Text)...)
	}
	return strconv.AppendInt(to, int64(instance-r.spans[group][parent].First), 10)
}

// InstancePointer is the JSON pointer of a row, or of the record.
func (r *Record) InstancePointer(group, instance int) string {
	if group == 0 {
		return r.Pointer
	}
	if home, g, _ := r.Home(group, 0); home != r {
		return home.InstancePointer(g, instance)
	}
	name := r.rowName(group, instance)
	if r.Layout.Groups[group].Kind == Entries {
		name = EscapePointer(name)
	}
	return r.RowsPointer(group, r.parent[group][instance]) + "/" + name
}

// rowName is the number of a row in its array, or the name of an entry.
func (r *Record) rowName(group, instance int) string {
	if r.Layout.Groups[group].Kind == Entries {
		return r.Value(group, instance, 0).Text
	}
	return strconv.Itoa(instance - r.spans[group][r.parent[group][instance]].First)
}

// RowsPointer is the JSON pointer of the array of rows below a parent instance.
func (r *Record) RowsPointer(group, parent int) string {
	if home, g, _ := r.Home(group, 0); home != r {
		return home.RowsPointer(g, parent)
	}
	g := &r.Layout.Groups[group]
	return r.InstancePointer(g.Parent, parent) + g.pointer
}

// SlotName is the name of a slot as people write it: Details[1].percent.payment_sum.
func (r *Record) SlotName(group, instance, slot int) string {
	s := &r.Layout.Groups[group].Slots[slot]
	switch {
	case group == 0:
		return s.dotted
	case s.Bare:
		return r.InstanceName(group, instance)
	}
	var room [128]byte
	return string(append(append(r.appendName(room[:0], group, instance), '.'), s.dotted...))
}

// InstanceName is the name of a row as people write it: Details[1]; it is empty
// for the record.
func (r *Record) InstanceName(group, instance int) string {
	if group == 0 {
		return ""
	}
	var room [128]byte
	return string(r.appendName(room[:0], group, instance))
}

// appendName appends the name of a row, which is not the record.
func (r *Record) appendName(to []byte, group, instance int) []byte {
	g, parent := &r.Layout.Groups[group], r.parent[group][instance]
	if g.Parent > 0 {
		to = append(r.appendName(to, g.Parent, parent), '.')
	}
	to = append(append(to, g.dotted...), '[')
	if g.Kind == Entries {
		return append(append(to, r.Value(group, instance, 0).Text...), ']')
	}
	return append(strconv.AppendInt(to, int64(instance-r.spans[group][parent].First), 10), ']')
}

// RowsName is the name of an array of rows as people write it.
func (r *Record) RowsName(group, parent int) string {
	g := &r.Layout.Groups[group]
	if above := r.InstanceName(g.Parent, parent); above != "" {
		return above + "." + g.dotted
	}
	return g.dotted
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointerTo writes member names as the tail of a JSON pointer (RFC 6901).
func pointerTo(path []string) string {
	var b strings.Builder
	for _, name := range path {
		b.WriteString("/" + EscapePointer(name))
	}
	return b.String()
}

// EscapePointer writes a member name as one step of a JSON pointer (RFC 6901).
func EscapePointer(name string) string { return pointerEscapes.Replace(name) }
