package formula

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/schema"
)

// maxExpansion bounds the relations that one formula's sets expand to.
const maxExpansion = 256

// Compile looks the names of a formula up in a layout. It errs with an *Error
// that tells the place when the text is not a formula, when a field is unknown
// or ambiguous, or when figures of different kinds or units are added.
func Compile(layout *schema.Layout, text string) (*Formula, error) {
	t, err := parse(text)
	if err != nil {
		return nil, err
	}
	c := &compiler{layout: layout, text: text}
	f := &Formula{Text: text, Layout: layout}
	choices, err := c.choices(t.bindings)
	if err != nil {
		return nil, err
	}
	for _, names := range choices {
		c.names = names
		if err := c.bindRows(t.bindings); err != nil {
			return nil, err
		}
		relations, err := c.relations(t)
		if err != nil {
			return nil, err
		}
		f.Relations = append(f.Relations, relations...)
	}
	return f, nil
}

type compiler struct {
	layout *schema.Layout
	text   string
	names  map[string]path // c in {a, b}: the value of this expansion
	rows   map[string]int  // row in Details: its group
	scope  int
}

// choices expands the bindings of names to sets into every combination.
func (c *compiler) choices(bindings []binding) ([]map[string]path, error) {
	all := []map[string]path{{}}
	seen := map[string]bool{}
	for _, b := range bindings {
		if seen[b.name.text] {
			return nil, fault(c.text, b.name.offset, "%s is bound twice", b.name)
		}
		seen[b.name.text] = true
		if b.values == nil {
			continue
		}
		if len(all)*len(b.values) > maxExpansion {
			return nil, fault(c.text, b.name.offset, "the sets expand to more than %d relations", maxExpansion)
		}
		var next []map[string]path
		for _, names := range all {
			for _, value := range b.values {
				with := map[string]path{b.name.text: value}
				for k, v := range names {
					with[k] = v
				}
				next = append(next, with)
			}
		}
		all = next
	}
	return all, nil
}

// bindRows resolves the row variables; each must lie below the one before.
func (c *compiler) bindRows(bindings []binding) error {
	c.rows, c.scope = map[string]int{}, 0
	for _, b := range bindings {
		if c.layout.Root().Child(b.name.text) != nil {
			return fault(c.text, b.name.offset, "%s is ambiguous: it is also a field of the record", b.name)
		}
		if b.rows == nil {
			continue
		}
		targets, err := c.resolve(b.rows)
		if err != nil {
			return err
		}
		t := targets[0]
		if len(targets) > 1 || t.node.Rows < 0 {
			return fault(c.text, b.rows[0][0].offset, "%s is not an array of rows", t.name)
		}
		if t.from != t.node.Group {
			return fault(c.text, b.rows[0][0].offset, "the rows of %s lie below other rows; bind those first", t.name)
		}
		if c.scope != t.node.Group {
			return fault(c.text, b.name.offset, "%s does not lie below the rows bound before it", t.name)
		}
		c.rows[b.name.text], c.scope = t.node.Rows, t.node.Rows
	}
	return nil
}

// relations of one combination of names.
func (c *compiler) relations(t *tree) ([]Relation, error) {
	guards, err := c.guards(t.guards)
	if err != nil {
		return nil, err
	}
	var all []Relation
	for i, r := range t.relations {
		reading, err := c.reading(r)
		if err != nil {
			return nil, err
		}
		if t.either && i > 0 {
			all[0].Readings = append(all[0].Readings, reading)
			continue
		}
		all = append(all, Relation{Scope: c.scope, Readings: []Reading{reading}, guards: guards})
	}
	return all, nil
}

func (c *compiler) reading(t relationTree) (r Reading, err error) {
	r = Reading{Op: t.op, scope: c.scope, layout: c.layout}
	if r.Left, err = c.terms(t.left, 1); err != nil {
		return r, err
	}
	if r.Right, err = c.terms(t.right, 1); err != nil {
		return r, err
	}
	return r, c.sameUnits(t.left[0].offset, slices.Concat(r.Left, r.Right))
}

// sameUnits demands that all figures of a relation are of one kind and unit.
func (c *compiler) sameUnits(offset int, terms []Term) error {
	var first *schema.Field
	var firstName string
	for _, t := range terms {
		if t.Kind == Constant {
			continue
		}
		f := c.layout.Groups[t.Group].Slots[t.Slot].Field
		if first == nil {
			first, firstName = f, t.Name
		}
		if f.Kind != first.Kind || f.Unit != first.Unit {
			return fault(c.text, offset, "%s is %s and %s is %s: they do not add",
				firstName, measure(first), t.Name, measure(f))
		}
	}
	if first == nil {
		return fault(c.text, offset, "the relation reads no figure")
	}
	return nil
}

func measure(f *schema.Field) string { return strings.TrimSpace(f.Kind.String() + " " + f.Unit) }

// terms compiles a sum; every coefficient is multiplied.
func (c *compiler) terms(sum []termTree, times int64) ([]Term, error) {
	var all []Term
	for _, t := range sum {
		coef := t.coef * times
		if coef > maxCoef || coef < -maxCoef {
			return nil, fault(c.text, t.offset, "the coefficient is larger than %d", maxCoef)
		}
		terms, err := c.term(t, coef)
		if err != nil {
			return nil, err
		}
		all = append(all, terms...)
	}
	return all, nil
}

const maxCoef = 1_000_000_000

func (c *compiler) term(t termTree, coef int64) ([]Term, error) {
	switch {
	case t.number != nil:
		return []Term{{Kind: Constant, Coef: coef, Number: *t.number}}, nil
	case t.call == "(":
		return c.terms(t.args[0], coef)
	case t.call == "sum":
		return c.sumOf(t.args[0], coef)
	case t.call == "last":
		return c.last(t, coef)
	case t.call == "prev":
		return c.previous(t, coef)
	}
	figure, err := c.figure(t)
	if err != nil {
		return nil, err
	}
	figure.Coef = coef
	return []Term{figure}, nil
}

// figure is a path that names one figure of the scope.
func (c *compiler) figure(t termTree) (Term, error) {
	targets, err := c.resolve(t.path)
	if err != nil {
		return Term{}, err
	}
	if len(targets) > 1 {
		return Term{}, fault(c.text, t.offset, "a set of fields is ambiguous here; bind it with 'for x in {…}:' or use sum()")
	}
	one := targets[0]
	if one.from != one.node.Group {
		return Term{}, fault(c.text, t.offset,
			"%s is ambiguous: it goes through many rows; bind them with 'for row in …:' or use sum() or last()", one.name)
	}
	return c.number(t.offset, one, Figure)
}

// number makes a term of a resolved figure.
func (c *compiler) number(offset int, t target, kind TermKind) (Term, error) {
	if t.node.Slot < 0 {
		return Term{}, fault(c.text, offset, "%s has fields of its own; name one of them", t.name)
	}
	if !t.node.Field.Kind.IsNumber() {
		return Term{}, fault(c.text, offset, "%s is a %s, not a figure", t.name, t.node.Field.Kind)
	}
	return Term{Kind: kind, Coef: 1, Group: t.node.Group, Slot: t.node.Slot, From: t.from, Name: t.name}, nil
}

// sumOf compiles sum(…): over rows, over a set of fields, or over both.
func (c *compiler) sumOf(sum []termTree, times int64) ([]Term, error) {
	var all []Term
	for _, t := range sum {
		if t.path == nil {
			return nil, fault(c.text, t.offset, "sum() adds fields of rows, nothing else")
		}
		targets, err := c.resolve(t.path)
		if err != nil {
			return nil, err
		}
		for _, one := range targets {
			kind := Sum
			if one.from == one.node.Group {
				kind = Figure
			}
			if kind == Figure && len(targets) == 1 {
				return nil, fault(c.text, t.offset, "%s is one figure; sum() needs rows or a set", one.name)
			}
			term, err := c.number(t.offset, one, kind)
			if err != nil {
				return nil, err
			}
			term.Coef = t.coef * times
			if term.Coef > maxCoef || term.Coef < -maxCoef {
				return nil, fault(c.text, t.offset, "the coefficient is larger than %d", maxCoef)
			}
			all = append(all, term)
		}
	}
	return all, nil
}

// onlyPath is the one path that a call must have as its argument.
func (c *compiler) onlyPath(t termTree) (target, error) {
	arg := t.args[0]
	if len(arg) != 1 || arg[0].path == nil || arg[0].coef != 1 {
		return target{}, fault(c.text, t.offset, "%s() takes one field", t.call)
	}
	targets, err := c.resolve(arg[0].path)
	if err == nil && len(targets) > 1 {
		err = fault(c.text, t.offset, "%s() takes one field, not a set", t.call)
	}
	if err != nil {
		return target{}, err
	}
	return targets[0], nil
}

func (c *compiler) last(t termTree, coef int64) ([]Term, error) {
	one, err := c.onlyPath(t)
	if err != nil {
		return nil, err
	}
	if one.from == one.node.Group || c.layout.Groups[one.node.Group].Parent != one.from {
		return nil, fault(c.text, t.offset, "last() takes a field of rows directly below, not %s", one.name)
	}
	term, err := c.number(t.offset, one, Last)
	term.Coef = coef
	return []Term{term}, err
}

func (c *compiler) previous(t termTree, coef int64) ([]Term, error) {
	one, err := c.onlyPath(t)
	if err != nil {
		return nil, err
	}
	if c.scope == 0 || one.node.Group != c.scope || one.from != c.scope {
		return nil, fault(c.text, t.offset, "prev() takes a field of the row bound last, not %s", one.name)
	}
	term, err := c.number(t.offset, one, Previous)
	if err != nil {
		return nil, err
	}
	if term.Coef = coef; len(t.args) == 1 {
		return []Term{term}, nil
	}
	if term.Start, err = c.terms(t.args[1], 1); err != nil {
		return nil, err
	}
	for _, s := range term.Start {
		if s.Kind == Previous {
			return nil, fault(c.text, t.offset, "the start of prev() cannot be a prev() itself")
		}
	}
	return []Term{term}, c.sameUnits(t.offset, append([]Term{term}, term.Start...))
}

// guards compiles the conditions after 'when'.
func (c *compiler) guards(trees []guardTree) ([]guard, error) {
	var all []guard
	for _, t := range trees {
		targets, err := c.resolve(t.path)
		if err != nil {
			return nil, err
		}
		offset := t.path[0][0].offset
		g := guard{some: t.some, not: t.not, name: t.path.String()}
		for _, one := range targets {
			if one.node.Slot < 0 {
				return nil, fault(c.text, offset, "%s has fields of its own; name one of them", one.name)
			}
			if !t.some && (len(targets) > 1 || one.from != one.node.Group) {
				return nil, fault(c.text, offset, "%s is ambiguous: it means many values; write 'some' before it", one.name)
			}
			g.terms = append(g.terms, Term{Kind: Sum, Group: one.node.Group, Slot: one.node.Slot, From: one.from, Name: one.name})
		}
		for _, w := range t.words {
			g.words = append(g.words, w.text)
			if !targets[0].node.Field.Kind.IsNumber() {
				continue
			}
			amount, err := calc.ParseAmount(w.text)
			if err != nil {
				return nil, fault(c.text, w.offset, "%s is a %s; compare it with a number", targets[0].name, targets[0].node.Field.Kind)
			}
			g.numbers = append(g.numbers, amount)
		}
		all = append(all, g)
	}
	return all, nil
}

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
	for _, t := range p[0] {
		tail := path{{t}}
		if value, is := c.names[t.text]; is && t.kind == name {
			if at.node.Child(t.text) != nil {
				return nil, fault(c.text, t.offset, "%s is ambiguous: it is bound and also a field of %s", t, orRecord(at.name))
			}
			tail = value
		}
		next, err := c.descend(at, tail, t.offset)
		if err != nil {
			return nil, err
		}
		for _, n := range next {
			further, err := c.follow(n, p[1:])
			if err != nil {
				return nil, err
			}
			all = append(all, further...)
		}
	}
	return all, nil
}

// descend follows plain names, as they stand or as a bound name stands for them.
func (c *compiler) descend(at target, p path, offset int) ([]target, error) {
	for _, s := range p {
		if len(s) != 1 {
			return nil, fault(c.text, offset, "a set cannot be bound to a name inside another set")
		}
		n := at.node.Child(s[0].text)
		if n == nil {
			return nil, fault(c.text, s[0].offset, "unknown field %q; %s has %s", s[0].text, orRecord(at.name), c.known(at.node))
		}
		at.node = n
		at.name = strings.TrimPrefix(at.name+"."+s[0].text, ".")
	}
	return []target{at}, nil
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
