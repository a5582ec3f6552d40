package formula

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"tieout/calc/schema"
)

// target is a field that a path leads to.
type target struct {
	node *schema.Node
	from int // the group at which the path starts
	name string
	// own is true when the path starts at the row at hand of a 'where', or at one
	// that holds it, and false when it starts at the relation's scope.
	own bool
}

// resolve follows a path; a set in it leads to several fields.
func (c *compiler) resolve(p path) ([]target, error) {
	start, rest, err := c.begin(p)
	if err != nil {
		return nil, err
	}
	all, err := c.follow(start, rest)
	for i := range all {
		c.atHand(&all[i])
	}
	return all, err
}

// begin is the object at which a path starts, and the rest of the path: a bound
// row, else the object that the formula speaks of or, in a 'where', a row.
func (c *compiler) begin(p path) (start target, rest path, err error) {
	group, bound := c.boundRow(p[0])
	switch {
	case bound:
		first := p[0][0]
		c.used[first.text] = true
		start = target{node: c.layout.RowsOf(group), from: group, name: first.text}
		return start, p[1:], c.noField(first)
	case c.where != nil:
		start, err = c.beginInRow(p[0])
		return start, p, err
	}
	return c.start, p, nil
}

// boundRow is the group of the row that a step names.
func (c *compiler) boundRow(s step) (group int, is bool) {
	if len(s) != 1 || s[0].kind != name {
		return 0, false
	}
	group, is = c.rows[s[0].text]
	return group, is
}

func (c *compiler) follow(at target, p path) ([]target, error) {
	if len(p) == 0 {
		return []target{at}, nil
	}
	var all []target
	reached := map[*schema.Node]bool{}
	for _, t := range p[0] {
		next, err := c.step(at, t)
		if err != nil {
			return nil, err
		}
		if reached[next.node] {
			return nil, fault(c.text, t.offset, "%s stands twice in the set", next.name)
		}
		reached[next.node] = true
		further, err := c.follow(next, p[1:])
		if err != nil {
			return nil, err
		}
		all = append(all, further...)
	}
	return all, nil
}

// step is the field of that name, or the one that a bound name stands for.
func (c *compiler) step(at target, t token) (target, error) {
	value, bound := c.names[t.text]
	if t.kind != name || !bound {
		return c.child(at, t)
	}
	c.used[t.text] = true
	if at.node.Child(t.text) != nil {
		return at, c.boundAndField(t, at)
	}
	var err error
	for _, s := range value {
		if len(s) > 1 {
			return at, fault(c.text, s[0].offset, "a field bound to %s cannot be a set of fields", t)
		}
		if at, err = c.child(at, s[0]); err != nil {
			return at, err
		}
	}
	return at, nil
}

func (c *compiler) child(at target, t token) (target, error) {
	n := at.node.Child(t.text)
	if n == nil {
		return at, fault(c.text, t.offset, "unknown field %q; %s", t.text, c.known(at))
	}
	at.node, at.name = n, member(at.name, t.text)
	return at, nil
}

// member is the name of a field of what has a name, or of the record.
func member(of, field string) string { return strings.TrimPrefix(of+"."+spell(field), ".") }

func (c *compiler) boundAndField(t token, at target) error {
	return fault(c.text, t.offset, "%s is ambiguous: it is bound and also a field of %s", t, c.label(at))
}

// spell writes a field's name as formulas do: in quotes when it is no plain word,
// or one that could be taken for the beginning of something else.
func spell(field string) string {
	first, _ := utf8.DecodeRuneInString(field)
	if strings.TrimLeftFunc(field, isNameRune) != "" || isDigit(first) || field == "for" || field == "some" {
		return `"` + field + `"`
	}
	return field
}

// label names what a target stands for, in messages.
func (c *compiler) label(t target) string {
	switch {
	case t.name != "":
		return t.name
	case t.own:
		return c.layout.Name(t.from)
	}
	return "the record"
}

// known lists the fields that a wrong name could have meant.
func (c *compiler) known(at target) string {
	const most = 12
	names := at.node.Names(c.layout)
	text := strings.Join(names[:min(most, len(names))], ", ")
	switch {
	case len(names) == 0:
		text = "no fields"
	case len(names) > most:
		text += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return c.label(at) + " has " + text
}
