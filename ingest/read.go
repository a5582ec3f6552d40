package ingest

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"tieout/calc/schema"
)

// Reader reads inputs as documents of the sources it knows.
type Reader struct {
	// Layouts of the sources. With several, a document's shape decides; with one,
	// every document is read as that source.
	Layouts []*schema.Layout
	// Repair mends slips of tokens on a copy of a document that is not JSON.
	Repair bool
	// Key names a record that does not name itself, in an input of which it is not
	// known what was asked for; the file's name does when Key is empty.
	Key string
}

// Item is what came of one top-level value of an input.
type Item struct {
	// Document that was read; nil when the value is not one.
	Document *schema.Document
	// Rejects lists what could not be read in it.
	Rejects []schema.Reject
	// Rejected counts the documents and records not read in whole.
	Rejected int
}

// Read yields what came of every top-level value of an input, in order: a
// document, an array of them, or several of either one after the other. A value
// that cannot be read does not keep the next from being read.
func (r *Reader) Read(in *schema.Input) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		unnamed := 0
		for n, found := range r.values(in) {
			item := found.item
			if n != nil {
				item = r.document(in, n, found)
				r.name(item.Document, &unnamed)
			}
			if !yield(item) {
				return
			}
		}
	}
}

// found is how a top-level value was read.
type found struct {
	copied *mended // the text that the value was read from
	faults []local // of parts of the value
	item   Item    // of a value that could not be read
}

// values yields the top-level values of an input, nil for one that is not JSON.
func (r *Reader) values(in *schema.Input) iter.Seq2[*node, found] {
	return func(yield func(*node, found) bool) {
		if len(bytes.TrimSpace(in.Text)) == 0 {
			yield(nil, rejected(in, &syntaxError{reason: "the input is empty"}))
			return
		}
		extents := newExtents(in.Text)
		for at := 0; at < len(in.Text); {
			from, fault, goOn := wellFormed(in.Text, at, yield)
			if !goOn || fault == nil {
				return
			}
			var n *node
			var how found
			n, how, at = r.broken(in, from, extents.bound(from), fault)
			if !yield(n, how) {
				return
			}
		}
	}
}

// wellFormed yields values up to one that is not JSON, and tells where that
// begins and what its fault is; there is no fault at the end of the text.
func wellFormed(text []byte, at int, yield func(*node, found) bool) (from int, fault *syntaxError, goOn bool) {
	p := newParser(text, at)
	for {
		from = skip(text, p.offset(), blanks)
		n, err := p.next()
		if errors.Is(err, io.EOF) {
			return from, nil, true
		}
		if errors.As(err, &fault) {
			return from, fault, true
		}
		if !yield(n, found{copied: &mended{}, faults: p.faults}) {
			return from, nil, false
		}
	}
}

// broken reads a document that is not JSON from a mended copy, or rejects it;
// next is where reading goes on.
func (r *Reader) broken(in *schema.Input, from, bound int, fault *syntaxError) (n *node, how found, next int) {
	text := in.Text[:bound]
	if fault.offset > bound || fault.offset == bound && scan(in.Text, bound).opens() { // its end is missing
		if _, err := newParser(text, from).next(); !errors.As(err, &fault) {
			fault = &syntaxError{offset: from, reason: "not JSON"}
		}
	}
	m := mender{text: text, sources: r.Layouts}
	end, ok := m.mend(from, fault.offset)
	if len(m.slips) > 0 && m.slips[0].fault == fault.offset {
		fault.reason = m.slips[0].reason
	} else {
		fault.reason = cmp.Or(slipAt(text, fault.offset), fault.reason)
		ok = false
	}
	if ok {
		copied := newMended(text, from, end, m.edits)
		var faults []local
		if n, faults, ok = onlyValue(copied.text); ok && r.Repair {
			return n, found{copied: copied, faults: faults}, end
		}
	}
	if ok {
		fault.reason += "; --repair mends it on a copy"
		return nil, rejected(in, fault), end
	}
	if n, faults, end := withBadValues(text, from, fault.offset); n != nil {
		return n, found{copied: &mended{}, faults: faults}, end
	}
	return nil, rejected(in, fault), resume(in.Text, from, fault.offset, bound)
}

// onlyValue reads a text that is one value and nothing else.
func onlyValue(text []byte) (*node, []local, bool) {
	p := newParser(text, 0)
	n, err := p.next()
	return n, p.faults, err == nil && p.offset() == len(text)
}

// slipAt names a slip that no edit mends, by the text where reading gave up.
func slipAt(text []byte, offset int) string {
	rest := text[min(offset, len(text)):]
	switch {
	case offset == 0 && bytes.HasPrefix(rest, []byte("<")):
		return markup
	case offset == 0 && (bytes.HasPrefix(rest, []byte("\xff\xfe")) || bytes.HasPrefix(rest, []byte("\xfe\xff"))):
		return utf16
	case bytes.HasPrefix(rest, []byte("...")), bytes.HasPrefix(rest, []byte("…")):
		return ellipsis
	case len(rest) > 0 && '0' <= rest[0] && rest[0] <= '9' && offset > 0 && text[offset-1] == '0':
		return leadingZero
	}
	return ""
}

func rejected(in *schema.Input, fault *syntaxError) found {
	return found{item: Item{Rejected: 1, Rejects: []schema.Reject{{
		Place: in.Place(fault.offset, fault.pointer), Reason: fault.reason,
		Excerpt: in.Excerpt(fault.offset, fault.offset+1),
	}}}}
}

// isReport tells the JSON reports that tieout writes itself.
func isReport(n *node) bool {
	name := n.follow("tool.name")
	return name != nil && name.text == "tieout" && n.member("schema_version") != nil
}

// document decodes one top-level value.
func (r *Reader) document(in *schema.Input, n *node, how found) Item {
	from, _ := how.copied.span(n)
	doc := &schema.Document{Input: in, Offset: from, Repairs: how.copied.repairs(in)}
	if isReport(n) {
		return rejected(in, &syntaxError{offset: from, reason: "a report of tieout, not a document"}).item
	}
	layout := r.Layouts[0]
	if len(r.Layouts) > 1 {
		var err error
		if layout, err = recognise(n, r.Layouts); err != nil {
			return unrecognised(in, from, err, how).item
		}
	}
	doc.Source = layout.Source
	d := decoder{layout: layout, others: r.Layouts, document: doc, copied: how.copied, faults: how.faults}
	d.root(n)
	return Item{Document: doc, Rejects: d.rejects, Rejected: d.rejected}
}

// unrecognised rejects a document of no source that is known: for its first fault, which
// may be why, if there is one.
func unrecognised(in *schema.Input, from int, err error, how found) found {
	if len(how.faults) > 0 {
		f := &how.faults[0]
		return rejected(in, &syntaxError{how.copied.place(f.offset), f.pointer, f.told(in, how.copied)})
	}
	return rejected(in, &syntaxError{offset: from, reason: err.Error()})
}

// name gives a name to the records of a document that do not name themselves, and
// to what stands beside them.
func (r *Reader) name(doc *schema.Document, unnamed *int) {
	if doc == nil {
		return
	}
	for _, rec := range doc.Records {
		if rec.Key == "" {
			rec.Key, rec.KeyFrom = r.outerName(doc)
			if *unnamed++; *unnamed > 1 {
				rec.Key += "#" + strconv.Itoa(*unnamed)
			}
		}
		beside := rec.Payload.Context
		switch {
		case beside == nil:
		case len(rec.Payload.Records) == 1: // it speaks of that one
			beside.Key, beside.KeyFrom = rec.Key, rec.KeyFrom
		default:
			beside.Key, beside.KeyFrom = r.outerName(doc)
		}
	}
}

// outerName is the name of a document that does not tell one, and where it is from.
func (r *Reader) outerName(doc *schema.Document) (key, from string) {
	switch request := doc.Input.Request; {
	case request != nil && request.Key != "":
		return request.Key, "request"
	case r.Key != "":
		return r.Key, "--key"
	case doc.Input.File == stdinName:
		return fileKey(doc.Input.File), "standard input"
	}
	return fileKey(doc.Input.File), "file name"
}

// fileKey is a file's name without its folder and its last ending.
func fileKey(file string) string {
	name := filepath.Base(file)
	if stem := strings.TrimSuffix(name, filepath.Ext(name)); stem != "" {
		return stem
	}
	return name
}
