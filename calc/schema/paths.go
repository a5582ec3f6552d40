package schema

import "fmt"

// Paths are the resolved names of the fields that a rule may read.
type Paths struct {
	layout *Layout
	// slots and rows find the values and the arrays, by the group from which a name is
	// read.
	slots, rows []names
	// Context of the payload, nil when the rule reads none.
	Context *Paths
	// Asks lists the parameters of the request that the rule knows.
	Asks []string
	// Compares lists the slots of the record itself in which the rule compares records of
	// a payload; Namesakes tells that it compares their names.
	Compares  []int
	Namesakes bool
}

// target is what a name stands for: a slot of a group, or the rows of one.
type target struct {
	name string
	// from is the group at which the name is written, whose instance holds what it
	// stands for unless that stands in many rows.
	from, group, slot int
}

// NewPaths resolves the dotted names of fields in a layout. It errs on a name
// that is no field.
func NewPaths(l *Layout, fields []string) (*Paths, error) {
	p := &Paths{layout: l}
	groups := len(l.Groups)
	slots, rows := make([][]target, groups), make([][]target, groups)
	for _, name := range fields {
		n := l.Find(name)
		if n == nil {
			return nil, fmt.Errorf("%q is no field of %s", name, l.Source.Name)
		}
		p.add(n, name, slots, rows)
	}
	p.slots, p.rows = make([]names, groups), make([]names, groups)
	for group := range l.Groups {
		p.slots[group], p.rows[group] = l.visible(slots, group), l.visible(rows, group)
	}
	return p, nil
}

// add makes a field readable by its whole name, and from each array above it by
// the rest.
func (p *Paths) add(n *Node, name string, slots, rows [][]target) {
	for group := n.Group; ; group = p.layout.Groups[group].Parent {
		rest := name
		if group > 0 {
			rest = name[len(p.layout.Name(group))+1:]
		}
		if n.Rows >= 0 {
			rows[group] = append(rows[group], target{rest, group, n.Rows, -1})
		} else {
			slots[group] = append(slots[group], target{rest, group, n.Group, n.Slot})
		}
		if group == 0 {
			return
		}
		// The arrays that hold the field are readable with it.
		parent := p.layout.Groups[group].Parent
		rows[parent] = append(rows[parent], target{tail(p.layout, group), parent, group, -1})
	}
}

// tail is the name of an array from its parent's rows on.
func tail(l *Layout, group int) string {
	name := l.Name(group)
	if parent := l.Groups[group].Parent; parent > 0 {
		name = name[len(l.Name(parent))+1:]
	}
	return name
}

// visible are the names that are written at a group or above it, the nearest of each.
func (l *Layout) visible(written [][]target, group int) names {
	all := 0
	for g := group; g >= 0; g = l.Groups[g].Parent {
		all += len(written[g])
	}
	size := 4
	for size < 2*all {
		size *= 2
	}
	table := make(names, size)
	for g := group; g >= 0; g = l.Groups[g].Parent {
		for _, t := range written[g] {
			if free := table.at(t.name); free.name == "" {
				*free = t
			}
		}
	}
	return table
}

// names find what a rule may read, some of it dozens of times in a record. A name
// stands in the place that its hash names, or in the first behind it that was free;
// some places always are.
type names []target

// find what a name stands for; nil when it is none.
func (n names) find(name string) *target {
	if t := n.at(name); t.name != "" {
		return t
	}
	return nil
}

// at is the place of a name: its own, or the free one in which it would stand.
func (n names) at(name string) *target {
	for i := hash(name); ; i++ {
		if t := &n[i&(len(n)-1)]; t.name == name || t.name == "" {
			return t
		}
	}
}

// hash of a name that is not empty, by its length and three letters.
func hash(name string) int {
	n := len(name)
	return n*31 + int(name[0]) + int(name[n/2])*7 + int(name[n-1])*13
}
