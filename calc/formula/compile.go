package formula

import (
	"maps"
	"slices"
	"strings"

	"tieout/calc/schema"
)

// maxExpansion bounds the relations that one formula's sets expand to.
const maxExpansion = 256

// Compile looks the names of a formula up in a layout. It errs with an *Error
// that tells the place when the text is not a formula, when a field is unknown
// or ambiguous, when a bound name is not used, or when figures of different kinds
// or units are added.
func Compile(layout *schema.Layout, text string) (*Formula, error) {
	start := target{node: layout.Root()}
	t, err := parse(text)
	if err != nil {
		return nil, err
	}
	c := &compiler{layout: layout, text: text, start: start}
	f := &Formula{Text: text, Layout: layout, start: start}
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
	start  target          // the record
	where  *rowScope       // what names in a 'where' speak of; nil outside
	names  map[string]path // c in {a, b}: the value of this expansion
	rows   map[string]int  // row in Details: its group
	scope  int
	forRow []string        // the bindings of rows as text
	used   map[string]bool // the bound names that were met
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
				with := maps.Clone(names)
				with[b.name.text] = value
				next = append(next, with)
			}
		}
		all = next
	}
	return all, nil
}

// bindRows resolves the row variables; each must lie below the one before.
func (c *compiler) bindRows(bindings []binding) error {
	c.rows, c.scope, c.forRow, c.used = map[string]int{}, 0, nil, map[string]bool{}
	for _, b := range bindings {
		if c.start.node.Child(b.name.text) != nil {
			return fault(c.text, b.name.offset, "%s is ambiguous: it is also a field of %s", b.name, c.label(c.start))
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
		c.forRow = append(c.forRow, b.name.text+" in "+t.name)
	}
	return nil
}

// relations of one combination of names.
func (c *compiler) relations(t *tree) ([]Relation, error) {
	inBindings := c.used
	guards, err := c.conditions(t.guards)
	if err != nil {
		return nil, err
	}
	laws := make([][]relationTree, 0, len(t.relations))
	if t.either {
		laws = append(laws, t.relations)
	} else {
		for i := range t.relations {
			laws = append(laws, t.relations[i:i+1])
		}
	}
	var all []Relation
	for _, readings := range laws {
		relation := Relation{Scope: c.scope, guards: guards, forRow: strings.Join(c.forRow, ", ")}
		c.used = maps.Clone(inBindings)
		for _, r := range readings {
			reading, err := c.reading(r)
			if err != nil {
				return nil, err
			}
			relation.Readings = append(relation.Readings, reading)
		}
		if err := c.allUsed(t.bindings); err != nil {
			return nil, err
		}
		all = append(all, relation)
	}
	return all, nil
}

// allUsed demands that a relation uses all bound names. Where one is forgotten,
// the relation would be checked over and over for one field, and never for the
// others.
func (c *compiler) allUsed(bindings []binding) error {
	for _, b := range bindings {
		if !c.used[b.name.text] {
			return fault(c.text, b.name.offset, "%s is bound and not used in the relation", b.name)
		}
	}
	return nil
}

func (c *compiler) reading(t relationTree) (r Reading, err error) {
	r = Reading{Op: t.op, scope: c.scope, layout: c.layout}
	if r.Left, err = c.terms(t.left, 1); err != nil {
		return r, err
	}
	if r.Right, err = c.terms(t.right, 1); err != nil {
		return r, err
	}
	r.plain = plainTerms(r.Left, r.Right)
	r.leftText, r.rightText = r.sameText(r.Left), r.sameText(r.Right)
	if r.leftText != "" && r.rightText != "" {
		_, r.wholeText = r.Whole(nil, 0)
	}
	return r, c.sameUnits(t.left[0].offset, slices.Concat(r.Left, r.Right))
}

// sameUnits demands that all figures of the terms are of one kind and unit, and
// that there is one; the terms begin at the offset. Numbers of rows go with counts
// of any unit.
func (c *compiler) sameUnits(offset int, terms []Term) error {
	var first *Term
	for i := range terms {
		t := &terms[i]
		if t.Kind == Constant {
			continue
		}
		if first == nil || first.Kind == Count && t.Kind != Count {
			first, t = t, first
		}
		if t != nil && !c.add(first, t) {
			a, b := c.fieldOf(first), c.fieldOf(t)
			return fault(c.text, max(first.offset, t.offset), "%s is %s and %s is %s: they do not add",
				called(first), measure(a), called(t), measure(b))
		}
	}
	if first == nil {
		return fault(c.text, offset, "the relation reads no figure")
	}
	return nil
}

// add tells whether two terms are of one kind and unit. Money without a unit is of
// the currency that its document names: in a record joined of several documents
// that may be the other's.
func (c *compiler) add(a, b *Term) bool {
	f, g := c.fieldOf(a), c.fieldOf(b)
	if f.Kind == schema.Money && g.Kind == schema.Money && c.layout.IsJoined() && (f.Unit == "" || g.Unit == "") {
		return true
	}
	return f.Kind == g.Kind && (f.Unit == g.Unit || a.Kind == Count || b.Kind == Count)
}

// called names a term in messages.
func called(t *Term) string {
	if t.Kind == Count {
		return written(t)
	}
	return t.Name
}

// rowCount describes the number of rows as a field.
var rowCount = schema.Field{Kind: schema.Count}

func (c *compiler) fieldOf(t *Term) *schema.Field {
	if t.Kind == Count {
		return &rowCount
	}
	return c.layout.Groups[t.Group].Slots[t.Slot].Field
}

func measure(f *schema.Field) string { return strings.TrimSpace(f.Kind.String() + " " + f.Unit) }
