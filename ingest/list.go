package ingest

import (
	"bytes"
	"strconv"
	"sync"

	"tieout/calc/schema"
)

// longestArray is how many bytes an array at the beginning of a file may have that is
// read as one document. A longer one is read element by element: it is one document all
// the same, but its records do not know each other, and a fault in one element costs no
// other.
const longestArray = 4 << 20

// List is a long array of objects.
type List struct {
	// opening is how its first element begins, up to the name of its first member.
	opening []byte
	first   []byte // element, and what stands behind it

	once   sync.Once
	layout *schema.Layout
	err    error
}

// listOf is the list that a text begins with; nil when it is none.
func listOf(text []byte) *List {
	at := skip(text, 0, blanks)
	if at == len(text) || text[at] != '[' {
		return nil
	}
	from := skip(text, at+1, blanks)
	name := scan(text, min(from+1, len(text)))
	if scan(text, from).kind != '{' || name.kind != '"' || scan(text, name.to).kind != ':' {
		return nil
	}
	return &List{opening: bytes.Clone(text[name.from:name.to]), first: bytes.Clone(text[from:])}
}

// begins tells whether an element seems to begin at a bracket, before which a byte
// stands that is no blank.
func (l *List) begins(text []byte, before, at int) bool {
	if text[before] != ',' || text[at] != '{' {
		return false
	}
	closed := lastNonBlank(text, before)
	return closed >= 0 && text[closed] == '}' && bytes.HasPrefix(text[skip(text, at+1, blanks):], l.opening)
}

// bound is where the next element seems to begin behind an offset, or the end of the text.
func (l *List) bound(text []byte, from int) int {
	for at := from + 1; at < len(text); at++ {
		next := bytes.IndexByte(text[at:], '{')
		if next < 0 {
			break
		}
		at += next
		if before := lastNonBlank(text, at); before >= 0 && l.begins(text, before, at) {
			return at
		}
	}
	return len(text)
}

// source of the elements, by the first of them.
func (l *List) source(r *Reader) (*schema.Layout, error) {
	l.once.Do(func() {
		l.layout = r.Layouts[0]
		if len(r.Layouts) == 1 {
			return
		}
		first, err := newParser(l.first, 0).next()
		if err != nil {
			first = &node{kind: '{'}
		}
		l.layout, l.err = recognise(&node{kind: '[', children: []node{*first}}, r.Layouts)
		l.first = nil
	})
	return l.layout, l.err
}

// Guess is how many elements seem to begin in a stretch: those that begin as the first one
// does.
func (s *Stretch) Guess() int {
	text, n := s.Input.Text[:s.End], 0
	for at := s.From; ; {
		hit := bytes.Index(text[at:], s.List.opening)
		if hit < 0 {
			return n
		}
		at += hit
		opens := lastNonBlank(text, at)
		if opens == s.From || s.Opens && n == 0 {
			n++
		} else if before := lastNonBlank(text, max(opens, 0)); before >= s.From && s.List.begins(text, before, opens) {
			n++
		}
		at += len(s.List.opening)
	}
}

// Elements counts the elements that begin in a stretch, if it is JSON. That takes several
// times as long as to guess.
func (s *Stretch) Elements() int {
	text, n, depth, expected := s.Input.Text[:s.End], 0, 0, true
	at := s.From
	if s.Opens {
		at = skip(text, at, blanks) + 1
	}
	for ; at < len(text); at++ {
		c := text[at]
		if depth == 0 && expected && c > ' ' && c != ']' && c != ',' {
			n++
			expected = false
		}
		switch c {
		case '"':
			at = endOfString(text, at) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return n
			}
		case ',':
			expected = expected || depth == 0
		}
	}
	return n
}

// List that goes on behind what was read, and the number of its next element; nil when
// none does.
func (v *Values) List() (list *List, next int) { return v.list, v.number }

// Element is where the next element of a list begins, and the layout of its source. It is
// not ok where something is to be told first, or nothing comes.
func (v *Values) Element() (at int, layout *schema.Layout, ok bool) {
	if v.list == nil || v.opens || v.stopped {
		return 0, nil, false
	}
	at = v.At()
	if !v.comma && at < len(v.text) && v.text[at] == ',' {
		at = skip(v.text, at+1, blanks)
	} else if !v.comma {
		return 0, nil, false
	}
	if at >= v.until || v.text[at] != '{' {
		return 0, nil, false
	}
	layout, err := v.list.source(v.reader)
	v.at, v.comma = at, true
	return at, layout, err == nil
}

// Opens tells that the list has still to be opened.
func (v *Values) Opens() bool { return v.opens }

// element is what comes of the next part of a list: its beginning, an element or a fault
// between two. There is none where the list ends, or the stretch does.
func (v *Values) element() (item Item, is bool) {
	in := v.stretch.Input
	if v.opens {
		v.opens, v.at = false, v.At()+1
		layout, err := v.list.source(v.reader)
		if err != nil {
			return rejected(in, &syntaxError{offset: v.at - 1, reason: err.Error()}).item, true
		}
		return Item{Document: &schema.Document{Input: in, Offset: v.at - 1, Source: layout.Source}}, true
	}
	for !v.stopped && v.At() < v.until {
		switch at := v.at; v.text[at] {
		case ',':
			v.at++
			if v.comma {
				return v.misplaced(at, "not JSON: a comma with nothing before it"), true
			}
			v.comma = true
		case ']':
			v.at, v.list = at+1, nil
			if v.comma && v.number > 0 {
				return v.misplaced(at, trailingComma), true
			}
			return Item{}, false
		default:
			if !v.comma {
				v.comma = true
				return v.misplaced(at, missingComma), true
			}
			if item, is := v.payload(); is {
				return item, true
			}
		}
	}
	if !v.stretch.Last || v.stopped || v.until < v.stretch.End {
		return Item{}, false
	}
	v.list = nil
	return v.misplaced(len(bytes.TrimRight(v.text, blanks)), "the document ends before it is complete"), true
}

// misplaced rejects a fault between the elements of a list.
func (v *Values) misplaced(offset int, reason string) Item {
	return rejected(v.stretch.Input, &syntaxError{offset: offset, reason: reason, pointer: "/" + strconv.Itoa(v.number)}).item
}

// payload is what comes of the next element; is is false when the stretch has too little
// of it.
func (v *Values) payload() (item Item, is bool) {
	in, from := v.stretch.Input, v.at
	n, how, end := v.elementAt(from)
	if end < 0 {
		v.stopped = true
		return Item{}, false
	}
	v.at, v.comma = end, v.text[lastNonBlank(v.text, end)] == ','
	number := v.number
	v.number++
	layout, err := v.list.source(v.reader)
	if err != nil { // that was told when the list was opened
		return Item{}, true
	}
	if n == nil {
		return how.item, true
	}
	doc := &schema.Document{Input: in, Offset: from, Source: layout.Source, Repairs: how.copied.repairs(in), Continues: true}
	d := decoder{
		layout: layout, others: v.reader.Layouts, document: doc, copied: how.copied, faults: how.faults,
		payload: &schema.Payload{IsPart: true},
	}
	d.element(n, number)
	v.reader.name(doc, v.unnamedNumber)
	return Item{Document: doc, Rejects: d.rejects, Rejected: d.rejected}, true
}

// elementAt reads the element at an offset, nil for one that is not JSON; a negative end
// tells that the stretch has not enough of it.
func (v *Values) elementAt(from int) (n *node, how found, end int) {
	p := newParser(v.text, from)
	p.within = "/" + strconv.Itoa(v.number)
	n, fault := p.element()
	if fault == nil {
		return n, found{copied: &mended{}, faults: p.faults}, p.offset()
	}
	bound := v.list.bound(v.stretch.Input.Text, max(from, fault.offset-1))
	if n, how, end = v.broken(from, bound, true, fault, p.within); n != nil || end < 0 {
		return n, how, end
	}
	text := v.text[:min(bound, len(v.text))]
	end, _ = endOfDocument(text, from, fault.offset)
	return nil, how, end
}
