package formula

import (
	"slices"

	"tieout/calc"
	"tieout/calc/schema"
)

// Amount is a sum of figures that belongs to a relation: it is evaluated in the same
// instances and has the names that the relation's formula binds.
type Amount struct{ reading Reading }

// CompileAmounts compiles a sum, such as sum(bookings.amount where kind is fee), for
// each relation of a formula, in their order. It errs with an *Error that tells the
// place in the text of the sum, also when the figures are of another kind or unit than
// those of the relation.
func CompileAmounts(f *Formula, text string) ([]Amount, error) {
	outer, err := parse(f.Text)
	if err != nil {
		return nil, err
	}
	terms, err := parseSum(text)
	if err != nil {
		return nil, err
	}
	c := &compiler{layout: f.Layout, text: text, start: f.start}
	choices, err := c.choices(outer.bindings)
	if err != nil {
		return nil, err
	}
	each := len(f.Relations) / len(choices)
	var all []Amount
	for i, names := range choices {
		c.names = names
		if err := c.bindRows(outer.bindings); err != nil {
			return nil, err
		}
		compiled, err := c.terms(terms, 1)
		if err != nil {
			return nil, err
		}
		for k := i * each; k < (i+1)*each; k++ {
			rel := &f.Relations[k]
			if err := c.fits(rel, compiled); err != nil {
				return nil, err
			}
			all = append(all, Amount{Reading{Left: compiled, scope: c.scope, layout: f.Layout}})
		}
	}
	return all, nil
}

// parseSum reads a sum that stands by itself.
func parseSum(text string) ([]termTree, error) {
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{text: text, tokens: tokens}
	terms, err := p.sum()
	if err == nil && p.tokens[0].kind != end {
		err = p.unexpected("the end of the sum")
	}
	return terms, err
}

// fits demands that the terms are of one kind and unit, and that of a relation.
func (c *compiler) fits(rel *Relation, terms []Term) error {
	if err := c.sameUnits(terms[0].offset, terms); err != nil {
		return err
	}
	known := slices.Concat(rel.Readings[0].Left, rel.Readings[0].Right)
	first := &known[slices.IndexFunc(known, func(t Term) bool { return t.Kind != Constant })]
	for i := range terms {
		t := &terms[i]
		if t.Kind != Constant && !c.add(first, t) {
			return fault(c.text, t.offset, "%s is %s and the relation is in %s: they do not add",
				called(t), measure(c.fieldOf(t)), measure(c.fieldOf(first)))
		}
	}
	return nil
}

// Value of the amount in an instance of the relation, or the gap that keeps it from
// being evaluated.
func (a *Amount) Value(rec *schema.Record, instance int) (calc.Amount, *Gap) {
	operands, gap := a.reading.Operands(rec, instance, a.reading.Left)
	if gap != nil {
		return calc.Amount{}, gap
	}
	return Value(operands), nil
}

// Text of the amount in an instance of a record, with the rows named. It is only of
// use where there is a Value.
func (a *Amount) Text(rec *schema.Record, instance int) string {
	return a.reading.Side(rec, instance, a.reading.Left)
}
