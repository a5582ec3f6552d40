package formula

import "slices"

// comparison of a condition.
type comparison uint8

const (
	is comparison = iota
	less
	lessOrEqual
	greater
	greaterOrEqual
)

var comparisonNames = [...]string{is: "is", less: "<", lessOrEqual: "<=", greater: ">", greaterOrEqual: ">="}

// allows tells whether the comparison holds for the sign of left minus right.
func (c comparison) allows(sign int) bool {
	switch c {
	case less:
		return sign < 0
	case lessOrEqual:
		return sign <= 0
	case greater:
		return sign > 0
	}
	return sign >= 0
}

// conditions reads what stands after 'when' or 'where'.
func (p *parser) conditions() ([]conditionTree, error) {
	var all []conditionTree
	for {
		one, err := p.condition()
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		if !p.takeWord("and") {
			return all, nil
		}
	}
}

func (p *parser) condition() (t conditionTree, err error) {
	t.some = p.takeWord("some")
	if t.path, err = p.path(); err != nil {
		return t, err
	}
	if op := slices.Index(comparisonNames[:], p.tokens[0].text); p.tokens[0].kind == symbol && op > 0 {
		t.op = comparison(op)
		p.next()
		t.right, err = p.right()
		return t, err
	}
	if p.takeWord("is") {
		return t, p.words(&t)
	}
	if t.some { // some rows: there are any
		return t, nil
	}
	return t, p.unexpected("'is', '<', '<=', '>' or '>='")
}

// right is what a field is compared with: a path, a word or a number.
func (p *parser) right() (path, error) {
	switch p.tokens[0].kind {
	case number:
		return path{step{p.next()}}, nil
	case name, quoted:
		return p.path()
	}
	return nil, p.unexpected("a date in quotes, a number or a field name")
}

// words reads what may follow 'is'.
func (p *parser) words(t *conditionTree) error {
	t.not = p.takeWord("not")
	if p.takeWord("one") && !p.takeWord("of") {
		return p.unexpected("'of'")
	}
	for {
		if k := p.tokens[0].kind; k == end || k == symbol {
			return p.unexpected("a word to compare with")
		}
		t.words = append(t.words, p.next())
		if !p.takeSymbol(",") {
			return nil
		}
	}
}
