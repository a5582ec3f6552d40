package schema

import (
	"fmt"
	"strings"
)

// Slot is a place for one scalar value in each instance of a group.
type Slot struct {
	// Path from the group's object to the value: names through nested objects.
	Path  []string
	Field *Field
	// Bare is true for the value of a list and for the name of an entry: it is
	// the row itself, and stands at no member of it.
	Bare bool
	// dotted is the path as people write it, and named from the record down; pointer is
	// the path as the tail of a JSON pointer. gaps are why there is no value.
	dotted, named, pointer string
	gaps                   gaps
}

// Dotted is the path as people write it, with dots.
func (s *Slot) Dotted() string { return s.dotted }

// Pointer is the path as the tail of a JSON pointer, behind that of the row; empty when
// it is bare.
func (s *Slot) Pointer() string {
	if s.Bare {
		return ""
	}
	return s.pointer
}

// Group is a repeated object of a record: the record itself (group 0), or the
// rows of one array of it.
type Group struct {
	// Index in Layout.Groups.
	Index int
	// Parent is the index of the group whose instances hold the array; -1 for
	// the record.
	Parent int
	// Path from the parent's object to the array; empty for the record.
	Path     []string
	Kind     Kind
	Presence Presence
	Slots    []Slot
	// dotted, named and pointer are as those of a slot; gaps and none are why there are
	// no rows to read, or none at all.
	dotted, named, pointer string
	gaps                   gaps
	none                   string
}

// Layout numbers the fields of a source: every scalar field is a slot of a
// group. Parents come before children.
type Layout struct {
	Source *Source
	Groups []Group
	// Context numbers the members beside the records; nil when there are none.
	Context *Layout
	// parts of a joined layout.
	parts []extent
	root  Node
}

// Node is a described field at its place in the layout.
type Node struct {
	Field *Field
	// Group that holds the field, and Slot of a scalar field in it, else -1.
	Group, Slot int
	// Rows is the group of the rows when the field is an array of rows, else -1.
	Rows     int
	children map[string]*Node
}

// NewLayout numbers the fields of a source. It errs when a field has no name,
// no kind, children that its kind does not have, or a name twice.
func NewLayout(source *Source) (*Layout, error) {
	l := &Layout{Source: source, Groups: []Group{{Parent: -1}}}
	l.root = Node{Slot: -1, Rows: -1}
	if err := l.add(&l.root, source.Fields, 0, nil); err != nil {
		return nil, fmt.Errorf("source %s: %w", source.Name, err)
	}
	l.write()
	if n := l.Root().Child(source.Currency); source.Currency != "" && (n == nil || n.Slot < 0) {
		return nil, fmt.Errorf("source %s: currency %q is not a plain field of the record", source.Name, source.Currency)
	}
	if len(source.Context) > 0 {
		var err error
		l.Context, err = NewLayout(&Source{Name: source.Name, Title: source.Title, Fields: source.Context})
		if err != nil {
			return nil, err
		}
	}
	for _, key := range source.Keys {
		for _, name := range key {
			if n := l.KeyField(name); n == nil {
				return nil, fmt.Errorf("source %s: key %q is not a plain field of the record or of its rows", source.Name, name)
			}
		}
	}
	return l, nil
}

func (l *Layout) add(parent *Node, fields []Field, group int, path []string) error {
	parent.children = make(map[string]*Node, len(fields))
	for i := range fields {
		f := &fields[i]
		here := append(append([]string{}, path...), f.Name)
		switch {
		case f.Name == "":
			return fmt.Errorf("a field under %q has no name", strings.Join(path, "."))
		case f.Kind == 0 || f.Kind > Entries:
			return fmt.Errorf("field %q has no kind", strings.Join(here, "."))
		case parent.children[f.Name] != nil:
			return fmt.Errorf("field %q is described twice", strings.Join(here, "."))
		case f.Kind.Nests() != (len(f.Fields) > 0), f.Kind == List && len(f.Fields) > 1:
			return fmt.Errorf("field %q is %s and has %d fields", strings.Join(here, "."), f.Kind, len(f.Fields))
		case f.Kind == List && f.Fields[0].Kind.Nests(), f.Kind == Entries && f.Fields[0].Kind != Code:
			return fmt.Errorf("field %q is %s and its first field is %s", strings.Join(here, "."), f.Kind, f.Fields[0].Kind)
		}
		n := &Node{Field: f, Group: group, Slot: -1, Rows: -1}
		parent.children[f.Name] = n
		var err error
		switch f.Kind {
		case Object:
			err = l.add(n, f.Fields, group, here)
		case Rows, List, Entries:
			n.Rows = len(l.Groups)
			l.Groups = append(l.Groups, Group{Index: n.Rows, Parent: group, Path: here, Kind: f.Kind, Presence: f.Presence})
			if err = l.add(n, f.Fields, n.Rows, nil); err == nil && f.Kind != Rows {
				l.Groups[n.Rows].Slots[0].Bare = true
			}
		default:
			n.Slot = len(l.Groups[group].Slots)
			l.Groups[group].Slots = append(l.Groups[group].Slots, Slot{Path: here, Field: f})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// write notes the names and pointers of all groups and slots, which are asked for with
// every figure that is told.
func (l *Layout) write() {
	for i := range l.Groups {
		g := &l.Groups[i]
		g.dotted, g.pointer = strings.Join(g.Path, "."), pointerTo(g.Path)
		g.named = g.dotted
		if g.Parent > 0 {
			g.named = l.Groups[g.Parent].named + "." + g.dotted
		}
		g.gaps, g.none = gapsOf(g.named, ""), "no rows in "+g.named
		for k := range g.Slots {
			s := &g.Slots[k]
			s.dotted, s.pointer = strings.Join(s.Path, "."), pointerTo(s.Path)
			s.named = s.dotted
			if i > 0 {
				s.named = g.named + "." + s.dotted
			}
			s.gaps = gapsOf(s.named, s.Field.None)
		}
	}
}

// Name of the group as formulas write it, from the record down: Details.percent.fact_payment.
func (l *Layout) Name(group int) string { return l.Groups[group].named }

// NoRows is why a rule for the rows of a group does not apply where there are none.
func (l *Layout) NoRows(group int) string { return l.Groups[group].none }

// SlotName of a slot as formulas write it: Details.percent.payment_sum.
func (l *Layout) SlotName(group, slot int) string { return l.Groups[group].Slots[slot].named }

// Root is the record itself, from which Child descends.
func (l *Layout) Root() *Node { return &l.root }

// RowsOf is the node of the rows of a group, from which Child descends.
func (l *Layout) RowsOf(group int) *Node {
	if group == 0 {
		return l.Root()
	}
	n := l.RowsOf(l.Groups[group].Parent)
	for _, name := range l.Groups[group].Path {
		n = n.Child(name)
	}
	return n
}

// Find is the field of a dotted name from the record on, through objects and
// arrays, or nil.
func (l *Layout) Find(name string) *Node {
	n := l.Root()
	for rest := name; rest != ""; {
		// A member's name may hold dots: the longest that is a field is taken.
		end := len(rest)
		for end > 0 && n.Child(rest[:end]) == nil {
			end = strings.LastIndexByte(rest[:end], '.')
		}
		if end <= 0 {
			return nil
		}
		n = n.Child(rest[:end])
		rest = strings.TrimPrefix(rest[end:], ".")
	}
	return n
}

// KeyField is the field of a record that names it: a plain field of the record, or
// one of the rows of an array of the record, by its dotted name. It is nil when
// there is no such field.
func (l *Layout) KeyField(name string) *Node {
	if n := l.Root().Child(name); n != nil && n.Slot >= 0 {
		return n
	}
	n := l.Find(name)
	if n == nil || n.Slot < 0 || n.Group == 0 || l.Groups[n.Group].Parent != 0 {
		return nil
	}
	return n
}

// Child is the described member of that name, or nil.
func (n *Node) Child(name string) *Node { return n.children[name] }

// Names lists the described members below the node, in the order described.
func (n *Node) Names(l *Layout) []string {
	fields := l.Source.Fields
	if n.Field != nil {
		fields = n.Field.Fields
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}
