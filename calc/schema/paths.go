package schema

import "fmt"

// Paths are the resolved names of the fields that a rule may read.
type Paths struct {
	layout *Layout
	slots  map[pathAt]slotAt
	rows   map[pathAt]int // group of the rows
	// Context of the payload, nil when the rule reads none.
	Context *Paths
	// Asks lists the parameters of the request that the rule knows.
	Asks []string
}

// slotAt is a field in a layout.
type slotAt struct{ group, slot int }

// pathAt is a name as written at a group.
type pathAt struct {
	group int
	name  string
}

// NewPaths resolves the dotted names of fields in a layout. It errs on a name
// that is no field.
func NewPaths(l *Layout, names []string) (*Paths, error) {
	p := &Paths{layout: l, slots: map[pathAt]slotAt{}, rows: map[pathAt]int{}}
	for _, name := range names {
		n := l.Find(name)
		if n == nil {
			return nil, fmt.Errorf("%q is no field of %s", name, l.Source.Name)
		}
		p.add(n, name)
	}
	return p, nil
}

// add makes a field readable by its whole name, and from each array above it by
// the rest.
func (p *Paths) add(n *Node, name string) {
	for group := n.Group; ; group = p.layout.Groups[group].Parent {
		rest := name
		if group > 0 {
			rest = name[len(p.layout.Name(group))+1:]
		}
		at := pathAt{group, rest}
		if n.Rows >= 0 {
			p.rows[at] = n.Rows
		} else {
			p.slots[at] = slotAt{n.Group, n.Slot}
		}
		if group == 0 {
			return
		}
		// The arrays that hold the field are readable with it.
		p.rows[pathAt{p.layout.Groups[group].Parent, tail(p.layout, group)}] = group
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
