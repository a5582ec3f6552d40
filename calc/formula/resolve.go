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
}

// resolve follows a path; a set in it leads to several fields.
func (c *compiler) resolve(p path) ([]target, error) {
	start := target{node: c.layout.Root()}
	if first := p[0]; len(first) == 1 && first[0].kind == name {
		if group, is := c.rows[first[0].text]; is {
			c.used[first[0].text] = true
			start = target{node: c.layout.RowsOf(group), from: group, name: first[0].text}
			p = p[1:]
		}
	}
	if len(p) == 0 {
		return []target{start}, nil
	}
	return c.follow(start, p)
}

func (c *compiler) follow(at target, p path) ([]target, error) {
	if len(p) == 0 {
		return []target{at}, nil
	}
	var all []target
	reached := map[*schema.Node]bool{}
	for _, t := range p[0] {
		next, err := c.member(at, t)
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

// member is the field of that name, or the one that a bound name stands for.
func (c *compiler) member(at target, t token) (target, error) {
	value, bound := c.names[t.text]
	if t.kind != name || !bound {
		return c.child(at, t)
	}
	c.used[t.text] = true
	if at.node.Child(t.text) != nil {
		return at, fault(c.text, t.offset, "%s is ambiguous: it is bound and also a field of %s", t, orRecord(at.name))
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
		return at, fault(c.text, t.offset, "unknown field %q; %s has %s", t.text, orRecord(at.name), c.known(at.node))
	}
	return target{node: n, from: at.from, name: strings.TrimPrefix(at.name+"."+spell(t.text), ".")}, nil
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

func orRecord(name string) string {
	if name == "" {
		return "the record"
	}
	return name
}

// known lists the fields that a wrong name could have meant.
func (c *compiler) known(n *schema.Node) string {
	const most = 12
	names := n.Names(c.layout)
	if len(names) == 0 {
		return "no fields"
	}
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
