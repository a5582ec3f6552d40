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
func (c *compiler) sumOf(sum []termTree, times int64) ([]Term, error) {
	var all []Term
	for _, t := range sum {
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
			kind := Sum
			if one.from == one.node.Group {
				kind = Figure
			}
			term, err := c.number(t.offset, one, kind)
			if err != nil {
				return nil, err
			}
			if kind == Figure && len(targets) == 1 {
				return nil, fault(c.text, t.offset, "%s is one figure; sum() needs rows or a set", one.name)
			}
			term.Coef = coef
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
	if c.layout.Groups[one.node.Group].Parent != one.from {
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
			return nil, fault(c.text, s.offset, "the start of prev() cannot be a prev() itself")
		}
		if product := s.Coef * coef; product > maxCoef || product < -maxCoef {
			return nil, fault(c.text, s.offset, "the coefficient is larger than %d", maxCoef)
		}
	}
	return []Term{term}, c.sameUnits(t.offset, append([]Term{term}, term.Start...))
}
