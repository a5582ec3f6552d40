package formula

import (
	"slices"
	"strings"
)

func (p path) equal(q path) bool {
	return slices.EqualFunc(p, q, func(a, b step) bool {
		return slices.EqualFunc(a, b, func(x, y token) bool { return x.text == y.text })
	})
}

// lone is the token of a path of one step; it is none when there are more.
func (p path) lone() token {
	if len(p) == 1 && len(p[0]) == 1 {
		return p[0][0]
	}
	return token{}
}

// String is the path as written, sets included.
func (p path) String() string {
	return p.write("", func(t token) string { return t.text })
}

// write joins what stands before a path with its steps, each token as told.
func (p path) write(before string, name func(token) string) string {
	var steps []string
	if before != "" {
		steps = append(steps, before)
	}
	for _, s := range p {
		words := make([]string, len(s))
		for k, t := range s {
			words[k] = name(t)
		}
		text := strings.Join(words, ", ")
		if len(s) > 1 {
			text = "{" + text + "}"
		}
		steps = append(steps, text)
	}
	return strings.Join(steps, ".")
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
