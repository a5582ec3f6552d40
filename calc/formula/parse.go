package formula

import (
	"slices"

	"tieout/calc"
)

// The syntax tree of a formula, before its names are looked up.
type (
	tree struct {
		bindings  []binding
		relations []relationTree
		either    bool // the relations are readings of one law
		guards    []conditionTree
	}
	binding struct {
		name   token
		rows   path   // for row in Details
		values []path // for c in {a, b}
	}
	relationTree struct {
		left, right []termTree
		op          Op
	}
	termTree struct {
		coef   int64
		offset int
		// One of: a number, a path, a call, or a parenthesised sum.
		number *calc.Amount
		path   path
		call   string
		args   [][]termTree
		where  []conditionTree
	}
	conditionTree struct {
		some, not bool
		path      path
		op        comparison
		words     []token // after 'is'
		right     path    // after another comparison; a number is a path of one step
	}
	// path is a list of steps; a step of several tokens is a set {a, b}.
	path []step
	step []token
)

type parser struct {
	text    string
	tokens  []token
	nesting int
}

func parse(text string) (t *tree, err error) {
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{text: text, tokens: tokens}
	t = &tree{}
	if p.takeWord("for") {
		if t.bindings, err = p.bindings(); err != nil {
			return nil, err
		}
	}
	if err := p.relations(t); err != nil {
		return nil, err
	}
	if p.takeWord("when") {
		if t.guards, err = p.conditions(); err != nil {
			return nil, err
		}
	}
	if p.tokens[0].kind != end {
		return nil, p.unexpected("the end of the formula")
	}
	return t, nil
}

func (p *parser) next() token {
	t := p.tokens[0]
	if t.kind != end {
		p.tokens = p.tokens[1:]
	}
	return t
}

func (p *parser) unexpected(wanted string) error {
	return fault(p.text, p.tokens[0].offset, "expected %s, found %s", wanted, p.tokens[0])
}

func (p *parser) isSymbol(text string) bool {
	return p.tokens[0].kind == symbol && p.tokens[0].text == text
}

func (p *parser) takeSymbol(text string) bool {
	if !p.isSymbol(text) {
		return false
	}
	p.next()
	return true
}

func (p *parser) takeWord(word string) bool {
	if p.tokens[0].kind != name || p.tokens[0].text != word {
		return false
	}
	p.next()
	return true
}

func (p *parser) bindings() ([]binding, error) {
	var all []binding
	for {
		b := binding{name: p.tokens[0]}
		if b.name.kind != name {
			return nil, p.unexpected("a name after 'for'")
		}
		p.next()
		if !p.takeWord("in") {
			return nil, p.unexpected("'in'")
		}
		var err error
		if p.isSymbol("{") {
			b.values, err = p.set()
		} else {
			b.rows, err = p.path()
		}
		if err != nil {
			return nil, err
		}
		all = append(all, b)
		if p.takeSymbol(",") {
			continue
		}
		if !p.takeSymbol(":") {
			return nil, p.unexpected("':' or ','")
		}
		return all, nil
	}
}

func (p *parser) relations(t *tree) error {
	joint := ""
	for {
		r, err := p.relation()
		if err != nil {
			return err
		}
		t.relations = append(t.relations, r)
		at := p.tokens[0]
		if at.kind != name || (at.text != "and" && at.text != "or") {
			return nil
		}
		if joint != "" && joint != at.text {
			return fault(p.text, at.offset, "'and' and 'or' do not mix in one formula")
		}
		joint = at.text
		t.either = joint == "or"
		p.next()
	}
}

func (p *parser) relation() (r relationTree, err error) {
	if r.left, err = p.sum(); err != nil {
		return r, err
	}
	op := slices.Index(opNames[:], p.tokens[0].text)
	if p.tokens[0].kind != symbol || op < 0 {
		return r, p.unexpected("'=', '<=' or '>='")
	}
	r.op = Op(op)
	p.next()
	r.right, err = p.sum()
	return r, err
}
