package formula

import (
	"slices"
	"strings"

	"tieout/calc/schema"
)

// rowScope is what the names in a 'where' speak of: the rows of a group, below
// the instance of another one.
type rowScope struct{ group, from int }

// objects in which a name in a 'where' is looked up: the row at hand, the rows
// that hold it, and the object that the formula speaks of.
func (c *compiler) objects() []target {
	if c.where == nil {
		return []target{c.start}
	}
	var all []target
	for g := c.where.group; g != c.where.from; g = c.layout.Groups[g].Parent {
		all = append(all, target{node: c.layout.RowsOf(g), from: g, own: true})
	}
	return append(all, c.start)
}

// beginInRow is the one object that has the field of a path's first step.
func (c *compiler) beginInRow(first step) (target, error) {
	start, err := c.holder(first[0])
	if err != nil {
		return start, err
	}
	for _, t := range first[1:] {
		other, err := c.holder(t)
		if err != nil {
			return start, err
		}
		if other.node != start.node {
			return start, fault(c.text, t.offset, "%s is a field of %s and %s one of %s; a set is of one object's fields",
				first[0], c.label(start), t, c.label(other))
		}
	}
	return start, nil
}

// holder is the object that has a field of that name, or of the name that it is
// bound to.
func (c *compiler) holder(t token) (target, error) {
	field := t
	if value, bound := c.names[t.text]; bound && t.kind == name {
		if err := c.noField(t); err != nil {
			return target{}, err
		}
		field = value[0][0]
	}
	has := slices.DeleteFunc(c.objects(), func(o target) bool { return o.node.Child(field.text) == nil })
	switch len(has) {
	case 0:
		return target{}, c.unknown(field)
	case 1:
		return has[0], nil
	}
	return target{}, fault(c.text, t.offset, "%s is ambiguous: it is a field of %s and of %s; write the path of its rows before it",
		t, c.label(has[0]), c.label(has[1]))
}

// unknown is the fault of a name that no object has.
func (c *compiler) unknown(field token) error {
	var known []string
	for _, o := range c.objects() {
		known = append(known, c.known(o))
	}
	return fault(c.text, field.offset, "unknown field %q; %s", field.text, strings.Join(known, "; "))
}

// noField demands that a bound name is no field that could be meant in a 'where'.
func (c *compiler) noField(t token) error {
	if c.where == nil {
		return nil
	}
	for _, o := range c.objects() {
		if o.node.Child(t.text) != nil {
			return c.boundAndField(t, o)
		}
	}
	return nil
}

// atHand makes a path in a 'where' that leads through the rows it chooses from
// start at the row at hand.
func (c *compiler) atHand(t *target) {
	if c.where == nil || t.own || t.from != c.where.from {
		return
	}
	for g := c.where.group; g != c.where.from; g = c.layout.Groups[g].Parent {
		if within(c.layout, t.node.Group, g) {
			t.from, t.own = g, true
			return
		}
	}
}

// within tells whether a group is an ancestor's, or the ancestor itself.
func within(l *schema.Layout, group, ancestor int) bool {
	for group > ancestor { // parents come before children
		group = l.Groups[group].Parent
	}
	return group == ancestor
}
