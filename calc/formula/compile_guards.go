package formula

import (
	"strings"

	"tieout/calc"
)

// guards compiles the conditions after 'when'.
func (c *compiler) guards(trees []guardTree) ([]guard, error) {
	var all []guard
	for _, t := range trees {
		g, err := c.guard(t)
		if err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	return all, nil
}

func (c *compiler) guard(t guardTree) (guard, error) {
	g := guard{some: t.some, not: t.not, name: c.spellPath(t.path)}
	targets, err := c.resolve(t.path)
	if err != nil {
		return g, err
	}
	offset := t.path[0][0].offset
	first := targets[0]
	if t.words == nil {
		return g, c.someRows(&g, offset, targets)
	}
	for _, one := range targets {
		if one.node.Slot < 0 {
			return g, fault(c.text, offset, "%s has fields of its own; name one of them", one.name)
		}
		if !t.some && (len(targets) > 1 || one.from != one.node.Group) {
			return g, fault(c.text, offset, "%s is ambiguous: it means many values; write 'some' before it", one.name)
		}
		if one.node.Field.Kind != first.node.Field.Kind {
			return g, fault(c.text, offset, "%s is a %s and %s is a %s: they do not compare with the same words",
				first.name, first.node.Field.Kind, one.name, one.node.Field.Kind)
		}
		g.terms = append(g.terms, Term{Kind: Sum, Group: one.node.Group, Slot: one.node.Slot, From: one.from, Name: one.name})
	}
	for _, w := range t.words {
		g.words = append(g.words, w.text)
		if !first.node.Field.Kind.IsNumber() {
			continue
		}
		amount, err := calc.ParseAmount(w.text)
		if err != nil {
			return g, fault(c.text, w.offset, "%s is a %s; compare it with a number", first.name, first.node.Field.Kind)
		}
		g.numbers = append(g.numbers, amount)
	}
	return g, nil
}

// someRows compiles the condition that an array has rows.
func (c *compiler) someRows(g *guard, offset int, targets []target) error {
	for _, one := range targets {
		if one.node.Rows < 0 {
			return fault(c.text, offset, "%s is no array of rows; say what it is to be: some %s is …", one.name, one.name)
		}
		g.terms = append(g.terms, Term{Kind: Sum, Group: one.node.Rows, From: one.from, Name: one.name})
	}
	return nil
}

// spellPath writes a path for people: sets as they stand, bound names replaced by
// what they stand for, a row by its rows.
func (c *compiler) spellPath(p path) string {
	steps := make([]string, len(p))
	for i, s := range p {
		words := make([]string, len(s))
		for k, t := range s {
			words[k] = t.text
			if value, bound := c.names[t.text]; bound && t.kind == name {
				words[k] = value.String()
			}
		}
		if steps[i] = strings.Join(words, ", "); len(s) > 1 {
			steps[i] = "{" + steps[i] + "}"
		}
	}
	if group, is := c.rows[p[0][0].text]; is && len(p[0]) == 1 && p[0][0].kind == name {
		steps[0] = c.layout.Name(group)
	}
	return strings.Join(steps, ".")
}
