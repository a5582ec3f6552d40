package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// MaxDepth is the deepest nesting of objects and arrays that is read.
const MaxDepth = 64

// node is one JSON value with its place in the text.
type node struct {
	// kind is the first byte of the value's kind: { [ " 0 t f n.
	kind jsontext.Kind
	// text of a scalar: the content of a string, the literal of a number.
	text string
	// offset and end of the value's bytes.
	offset, end int
	// name of a member of an object.
	name     string
	children []node
}

// isObject and isArray tell the kinds that hold other values.
func (n *node) isObject() bool { return n.kind == '{' }
func (n *node) isArray() bool  { return n.kind == '[' }

// member is the value of that name in an object, or nil.
func (n *node) member(name string) *node {
	if !n.isObject() {
		return nil
	}
	for i := range n.children {
		if n.children[i].name == name {
			return &n.children[i]
		}
	}
	return nil
}

// follow descends through objects along a dotted path; "" is the node itself.
func (n *node) follow(path string) *node {
	if path == "" {
		return n
	}
	for name := range strings.SplitSeq(path, ".") {
		if n = n.member(name); n == nil {
			return nil
		}
	}
	return n
}

// syntaxError is a place at which a text is not JSON.
type syntaxError struct {
	offset  int
	pointer string
	reason  string
	// cut tells that the text ends inside the value.
	cut bool
}

func (e *syntaxError) Error() string { return e.reason }

// parser reads the JSON values of a text one after the other.
type parser struct {
	text []byte
	base int // offset of the decoder's input in text
	dec  *jsontext.Decoder
	// bad are words and numbers, by their offsets, in whose place a 0 is read.
	bad map[int]string
	// faults of the value read last, in their order.
	faults []local
	// within is the pointer of what the value stands in.
	within string
}

func newParser(text []byte, from int) *parser {
	return &parser{text: text, base: from, dec: jsontext.NewDecoder(
		bytes.NewBuffer(text[from:len(text):len(text)]), jsontext.AllowDuplicateNames(true),
	)}
}

// offset is the place up to which the text has been read.
func (p *parser) offset() int { return p.base + int(p.dec.InputOffset()) }

// next reads the next value; io.EOF tells that there is none.
func (p *parser) next() (*node, error) {
	if p.dec.PeekKind() == 0 {
		if _, err := p.dec.ReadToken(); errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, io.EOF
		}
	}
	n := &node{}
	p.faults = nil
	if err := p.value(n); err != nil {
		return nil, p.explain(err)
	}
	return n, nil
}

// element reads the next value, which stands there, or tells its fault.
func (p *parser) element() (*node, *syntaxError) {
	n, err := p.next()
	var fault *syntaxError
	if errors.As(err, &fault) {
		return nil, fault
	}
	return n, nil
}

func (p *parser) value(n *node) error {
	switch kind := p.dec.PeekKind(); kind {
	case '{', '[':
		return p.container(n, kind)
	default:
		raw, err := p.dec.ReadValue()
		if err != nil {
			return err
		}
		n.kind, n.end = raw.Kind(), p.offset()
		n.offset = n.end - len(raw)
		n.text = string(raw)
		if word, is := p.bad[n.offset]; is {
			p.fault(n.offset, badValue(p.text, n.offset, word), -1)
		}
		if n.kind == '"' {
			content, err := jsontext.AppendUnquote(nil, raw)
			n.text = string(content)
			return err
		}
		return nil
	}
}

// container reads an object or an array with all that it holds.
func (p *parser) container(n *node, kind jsontext.Kind) error {
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	n.kind, n.offset = kind, p.offset()-1
	if p.dec.StackDepth() > MaxDepth {
		return &syntaxError{
			offset: n.offset, pointer: p.pointer(),
			reason: fmt.Sprintf("more than %d objects and arrays inside each other", MaxDepth),
		}
	}
	var seen names
	for {
		next := p.dec.PeekKind()
		if next == '}' || next == ']' {
			_, err := p.dec.ReadToken()
			n.end = p.offset()
			return err
		}
		child := node{}
		if kind == '{' {
			at := skip(p.text, p.offset(), blanks+",")
			name, err := p.dec.ReadToken()
			if err != nil {
				return err
			}
			child.name = name.String()
			if first := seen.find(n.children, child.name); first != nil {
				p.fault(at, fmt.Sprintf("duplicate key %q", shorten(child.name)), first.offset)
			}
		}
		if err := p.value(&child); err != nil {
			return err
		}
		n.children = append(n.children, child)
	}
}

// fault notes a fault at which reading goes on.
func (p *parser) fault(offset int, reason string, first int) {
	p.faults = append(p.faults, local{offset, p.pointer(), reason, first})
}

// pointer of what is being read.
func (p *parser) pointer() string { return shorten(p.within + string(p.dec.StackPointer())) }

// explain turns the decoder's error into the place and a reason in our words.
func (p *parser) explain(err error) error {
	var own *syntaxError
	if errors.As(err, &own) {
		return own
	}
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return &syntaxError{offset: p.offset(), reason: shorten(err.Error())}
	}
	e := &syntaxError{offset: p.base + int(syntax.ByteOffset), pointer: shorten(p.within + string(syntax.JSONPointer))}
	e.offset = min(e.offset, len(p.text))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.reason, e.offset = "the document ends before it is complete", len(bytes.TrimRight(p.text, " \t\r\n"))
		e.cut = true
	case syntax.Err != nil:
		e.reason = "not JSON: " + shorten(syntax.Err.Error())
	default:
		e.reason = "not JSON"
	}
	return e
}

// shorten cuts what a hostile text could make endless.
func shorten(text string) string {
	const most = 200
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
