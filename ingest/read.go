package ingest

import (
	"bytes"
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
		v := r.Values(&Stretch{Input: in, End: len(in.Text), Last: true, Custom: CustomOf(in.Text)})
		for {
			item, ok := v.Next()
			if !ok || !yield(item) {
				return
			}
		}
	}
}

// onlyValue reads a text that is one value and nothing else.
func onlyValue(text []byte, within string) (*node, []local, bool) {
	p := newParser(text, 0)
	p.within = within
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
		return rejected(in, &syntaxError{offset: how.copied.place(f.offset), pointer: f.pointer, reason: f.told(in, how.copied)})
	}
	return rejected(in, &syntaxError{offset: from, reason: err.Error()})
}

// name gives a name to the records of a document that do not name themselves, and
// to what stands beside them; number counts such records of the input.
func (r *Reader) name(doc *schema.Document, number func() int) {
	if doc == nil {
		return
	}
	for _, rec := range doc.Records {
		if rec.Key == "" {
			rec.Key, rec.KeyFrom = r.outerName(doc)
			if n := number(); n > 1 {
				rec.Key += "#" + strconv.Itoa(n)
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
