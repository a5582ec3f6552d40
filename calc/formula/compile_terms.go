package formula

// terms compiles a sum; every coefficient is multiplied.
func (c *compiler) terms(sum []termTree, times int64) ([]Term, error) {
	var all []Term
	for _, t := range sum {
		coef, err := c.product(t, times)
		if err != nil {
			return nil, err
		}
		terms, err := c.term(t, coef)
		if err != nil {
			return nil, err
		}
		all = append(all, terms...)
	}
	return all, nil
}

// product is the coefficient of a term that stands where all are multiplied.
func (c *compiler) product(t termTree, times int64) (int64, error) {
	coef := t.coef * times
	if coef > maxCoef || coef < -maxCoef {
		return 0, fault(c.text, t.offset, "the coefficient is larger than %d", maxCoef)
	}
	return coef, nil
}

func (c *compiler) term(t termTree, coef int64) ([]Term, error) {
	switch {
	case t.number != nil:
		return []Term{{Kind: Constant, Coef: coef, Number: *t.number, offset: t.offset}}, nil
	case t.call == "(":
		return c.terms(t.args[0], coef)
	case t.call == "sum":
		return c.sumOf(t, coef)
	case t.call == "first":
		return c.end(t, coef, First)
	case t.call == "last":
		return c.end(t, coef, Last)
	case t.call == "count":
		return c.count(t, coef)
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
	if one.node.Slot >= 0 && one.from != one.node.Group {
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
	return Term{
		Kind: kind, Coef: 1, Group: t.node.Group, Slot: t.node.Slot, From: t.from, Name: t.name, offset: offset,
	}, nil
}

// sumOf compiles sum(…): over rows, over a set of fields, or over both.
func (c *compiler) sumOf(call termTree, times int64) ([]Term, error) {
	var all []Term
	for _, t := range call.args[0] {
		if t.path == nil {
			return nil, fault(c.text, t.offset, "sum() adds fields of rows, nothing else")
		}
		coef, err := c.product(t, times)
		if err != nil {
			return nil, err
		}
		targets, err := c.resolve(t.path)
		if err != nil {
			return nil, err
		}
		for _, one := range targets {
			term, err := c.summand(t.offset, one, len(targets) == 1)
			if err != nil {
				return nil, err
			}
			term.Coef = coef
			all = append(all, term)
		}
	}
	return all, c.choose(all, call)
}

// summand is a figure of all rows below, or one of a set of figures.
func (c *compiler) summand(offset int, one target, alone bool) (Term, error) {
	if one.from != one.node.Group {
		return c.number(offset, one, Sum)
	}
	term, err := c.number(offset, one, Figure)
	if err == nil && alone {
		err = fault(c.text, offset, "%s is one figure; sum() needs rows or a set", one.name)
	}
	return term, err
}

// choose compiles the 'where' of a call for its terms.
func (c *compiler) choose(terms []Term, call termTree) (err error) {
	for i := range terms {
		t := &terms[i]
		switch {
		case call.where == nil:
			return nil
		case t.From == t.Group:
			return fault(c.text, t.offset, "%s is one figure; 'where' chooses among rows", t.Name)
		case i > 0 && t.Group == terms[i-1].Group && t.From == terms[i-1].From:
			t.where = terms[i-1].where
			continue
		}
		c.where = &rowScope{group: t.Group, from: t.From}
		t.where, err = c.conditions(call.where)
		if c.where = nil; err != nil {
			return err
		}
	}
	return nil
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

// end compiles first(…) and last(…).
func (c *compiler) end(t termTree, coef int64, kind TermKind) ([]Term, error) {
	one, err := c.onlyPath(t)
	if err != nil {
		return nil, err
	}
	if c.layout.Groups[one.node.Group].Parent != one.from {
		return nil, fault(c.text, t.offset, "%s() takes a field of rows directly below, not %s", t.call, one.name)
	}
	term, err := c.number(t.offset, one, kind)
	if err != nil {
		return nil, err
	}
	term.Coef = coef
	terms := []Term{term}
	return terms, c.choose(terms, t)
}

// count compiles count(…), the number of rows.
func (c *compiler) count(t termTree, coef int64) ([]Term, error) {
	one, err := c.onlyPath(t)
	if err != nil {
		return nil, err
	}
	if one.node.Rows < 0 || one.node.Rows == one.from {
		return nil, fault(c.text, t.offset, "count() takes an array of rows, not %s", one.name)
	}
	terms := []Term{{Kind: Count, Coef: coef, Group: one.node.Rows, From: one.from, Name: one.name, offset: t.offset}}
	return terms, c.choose(terms, t)
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
			return nil, fault(c.text, s.offset, "the start of prev() cannot be a prev() itself")
		}
		if product := s.Coef * coef; product > maxCoef || product < -maxCoef {
			return nil, fault(c.text, s.offset, "the coefficient is larger than %d", maxCoef)
		}
	}
	return []Term{term}, c.sameUnits(t.offset, append([]Term{term}, term.Start...))
}
