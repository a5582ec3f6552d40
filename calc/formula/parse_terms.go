package formula

import (
	"slices"
	"strconv"

	"tieout/calc"
)

// maxNesting bounds the depth of parentheses, and maxCoef a coefficient, alone
// and multiplied by those of the parentheses around it: coefficients add up
// without overflow then, however often a figure stands in a formula.
const maxNesting, maxCoef = 32, 1_000_000_000

// sum is a sequence of terms with their signs.
func (p *parser) sum() ([]termTree, error) {
	sign := int64(1)
	if p.takeSymbol("-") {
		sign = -1
	}
	var all []termTree
	for {
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		t.coef *= sign
		all = append(all, t)
		switch {
		case p.takeSymbol("+"):
			sign = 1
		case p.takeSymbol("-"):
			sign = -1
		default:
			return all, nil
		}
	}
}

func (p *parser) term() (termTree, error) {
	t := termTree{coef: 1, offset: p.tokens[0].offset}
	if p.tokens[0].kind != number {
		return t, p.factor(&t)
	}
	first := p.next()
	if !p.takeSymbol("*") {
		return t, p.number(&t, first)
	}
	coef, err := strconv.ParseInt(first.text, 10, 32)
	if err != nil || coef > maxCoef {
		return t, fault(p.text, t.offset, "a coefficient is a whole number of at most %d, not %s", maxCoef, first.text)
	}
	t.coef = coef
	return t, p.factor(&t)
}

func (p *parser) number(t *termTree, from token) error {
	amount, err := calc.ParseAmount(from.text)
	if err != nil {
		return fault(p.text, from.offset, "%v", err)
	}
	t.number = &amount
	return nil
}

// factor is what a coefficient multiplies.
func (p *parser) factor(t *termTree) (err error) {
	if p.tokens[0].kind == number {
		return p.number(t, p.next())
	}
	if p.takeSymbol("(") {
		t.call = "("
		return p.args(t)
	}
	if t.path, err = p.path(); err != nil {
		return err
	}
	if !p.isSymbol("(") {
		return nil
	}
	if len(t.path) != 1 || len(t.path[0]) != 1 || !slices.Contains(functions, t.path[0][0].text) {
		return fault(p.text, t.offset, "unknown function; there are sum, first, last, count and prev")
	}
	t.call, t.path = t.path[0][0].text, nil
	p.next()
	return p.args(t)
}

var functions = []string{"sum", "first", "last", "count", "prev"}

// args reads the arguments of a call or the content of parentheses, after the
// opening one.
func (p *parser) args(t *termTree) error {
	if p.nesting++; p.nesting > maxNesting {
		return fault(p.text, p.tokens[0].offset, "more than %d parentheses inside each other", maxNesting)
	}
	defer func() { p.nesting-- }()
	for {
		arg, err := p.sum()
		if err != nil {
			return err
		}
		t.args = append(t.args, arg)
		if t.call == "prev" && len(t.args) == 1 && p.takeSymbol(",") {
			continue
		}
		break
	}
	if chooses := t.call != "(" && t.call != "prev"; chooses && p.takeWord("where") {
		var err error
		if t.where, err = p.conditions(); err != nil {
			return err
		}
	}
	if !p.takeSymbol(")") {
		return p.unexpected("')'")
	}
	return nil
}
