package formula

import (
	"slices"
	"strconv"
	"strings"

	"tieout/calc"
)

// The syntax tree of a formula, before its names are looked up.
type (
	tree struct {
		bindings  []binding
		relations []relationTree
		either    bool // the relations are readings of one law
		guards    []guardTree
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
	}
	guardTree struct {
		some, not bool
		path      path
		words     []token
	}
	// path is a list of steps; a step of several tokens is a set {a, b}.
	path []step
	step []token
)

func (p path) equal(q path) bool {
	return slices.EqualFunc(p, q, func(a, b step) bool {
		return slices.EqualFunc(a, b, func(x, y token) bool { return x.text == y.text })
	})
}

// String is the path as written, sets included.
func (p path) String() string {
	steps := make([]string, len(p))
	for i, s := range p {
		words := make([]string, len(s))
		for k, t := range s {
			words[k] = t.text
		}
		if steps[i] = strings.Join(words, ", "); len(s) > 1 {
			steps[i] = "{" + steps[i] + "}"
		}
	}
	return strings.Join(steps, ".")
}

// maxNesting bounds the depth of parentheses.
const maxNesting = 32

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
		if t.guards, err = p.guards(); err != nil {
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

// set is {path, path, …}.
func (p *parser) set() ([]path, error) {
	p.next()
	var all []path
	for {
		at := p.tokens[0]
		one, err := p.path()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, one.equal) {
			return nil, fault(p.text, at.offset, "%s stands twice in the set", at)
		}
		all = append(all, one)
		if p.takeSymbol("}") {
			return all, nil
		}
		if !p.takeSymbol(",") {
			return nil, p.unexpected("',' or '}'")
		}
	}
}

func (p *parser) path() (path, error) {
	var all path
	for {
		s, err := p.step()
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		if !p.takeSymbol(".") {
			return all, nil
		}
	}
}

func (p *parser) step() (step, error) {
	if p.isSymbol("{") {
		paths, err := p.set()
		if err != nil {
			return nil, err
		}
		var s step
		for _, one := range paths {
			if len(one) != 1 || len(one[0]) != 1 {
				return nil, fault(p.text, one[0][0].offset, "a set inside a path holds plain names")
			}
			s = append(s, one[0][0])
		}
		return s, nil
	}
	if k := p.tokens[0].kind; k != name && k != quoted {
		return nil, p.unexpected("a field name")
	}
	return step{p.next()}, nil
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

// sum is a sequence of terms with their signs.
func (p *parser) sum() ([]termTree, error) {
	if p.nesting++; p.nesting > maxNesting {
		return nil, fault(p.text, p.tokens[0].offset, "more than %d parentheses inside each other", maxNesting)
	}
	defer func() { p.nesting-- }()
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
	if p.tokens[0].kind == number {
		text := p.next().text
		if !p.takeSymbol("*") {
			amount, err := calc.ParseAmount(text)
			if err != nil {
				return t, fault(p.text, t.offset, "%v", err)
			}
			t.number = &amount
			return t, nil
		}
		coef, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return t, fault(p.text, t.offset, "a coefficient is a whole number below 2147483648, not %s", text)
		}
		t.coef = coef
	}
	return t, p.factor(&t)
}

func (p *parser) factor(t *termTree) (err error) {
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
		return fault(p.text, t.offset, "unknown function; there are sum, last and prev")
	}
	t.call, t.path = t.path[0][0].text, nil
	p.next()
	return p.args(t)
}

var functions = []string{"sum", "last", "prev"}

// args reads the arguments of a call or the content of parentheses, after the
// opening one.
func (p *parser) args(t *termTree) error {
	for {
		arg, err := p.sum()
		if err != nil {
			return err
		}
		t.args = append(t.args, arg)
		if t.call == "prev" && len(t.args) == 1 && p.takeSymbol(",") {
			continue
		}
		if !p.takeSymbol(")") {
			return p.unexpected("')'")
		}
		return nil
	}
}

func (p *parser) guards() ([]guardTree, error) {
	var all []guardTree
	for {
		g, err := p.guard()
		if err != nil {
			return nil, err
		}
		all = append(all, g)
		if !p.takeWord("and") {
			return all, nil
		}
	}
}

func (p *parser) guard() (g guardTree, err error) {
	g.some = p.takeWord("some")
	if g.path, err = p.path(); err != nil {
		return g, err
	}
	if !p.takeWord("is") {
		return g, p.unexpected("'is'")
	}
	g.not = p.takeWord("not")
	if p.takeWord("one") && !p.takeWord("of") {
		return g, p.unexpected("'of'")
	}
	for {
		if k := p.tokens[0].kind; k == end || k == symbol {
			return g, p.unexpected("a word to compare with")
		}
		g.words = append(g.words, p.next())
		if !p.takeSymbol(",") {
			return g, nil
		}
	}
}
