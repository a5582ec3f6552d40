package ingest

import (
	"bytes"
	"errors"
	"sort"

	"tieout/calc/schema"
)

// maxRepairs bounds the edits made to one document; a text that needs more is
// not a document with slips in it.
const maxRepairs = 1000

// edit replaces bytes of the original text by others.
type edit struct {
	offset, removed int
	inserted        string
	reason          string
}

// repaired is a copy of a document's text with edits made to it.
type repaired struct {
	original []byte
	edits    []edit // sorted by offset
	text     []byte
}

// apply makes the copy anew from the original and the edits.
func (r *repaired) apply() {
	sort.SliceStable(r.edits, func(i, j int) bool { return r.edits[i].offset < r.edits[j].offset })
	r.text = r.text[:0]
	at := 0
	for _, e := range r.edits {
		r.text = append(r.text, r.original[at:e.offset]...)
		r.text = append(r.text, e.inserted...)
		at = e.offset + e.removed
	}
	r.text = append(r.text, r.original[at:]...)
}

// place maps an offset in the copy to the original text.
func (r *repaired) place(offset int) int {
	shift := 0 // how much longer the copy is than the original, up to here
	for _, e := range r.edits {
		start := e.offset + shift
		if offset < start {
			break
		}
		if offset < start+len(e.inserted) {
			return e.offset
		}
		shift += len(e.inserted) - e.removed
	}
	return offset - shift
}

// repair reads a document with the smallest edits of tokens that make it JSON:
// a missing comma put in, a trailing one taken out, members that stand inside
// an array brought back into the object they belong to. No digit is touched.
// It returns the first error unchanged when no such edits help.
func repair(text []byte, sources []*schema.Layout, first *syntaxError) (*node, *repaired, error) {
	r := &repaired{original: text}
	fault := first
	for len(r.edits) < maxRepairs {
		edits := r.editsAt(fault.offset, sources)
		if edits == nil {
			return nil, nil, first
		}
		r.edits = append(r.edits, edits...)
		r.apply()
		n, err := newParser(r.text, 0).next()
		if err == nil {
			return n, r, nil
		}
		last := r.place(fault.offset)
		if !errors.As(err, &fault) || r.place(fault.offset) < last {
			return nil, nil, first
		}
	}
	return nil, nil, first
}

// editsAt are the edits that mend the slip at an offset of the copy, as edits
// of the original; nil when there is none.
func (r *repaired) editsAt(offset int, sources []*schema.Layout) []edit {
	text := r.text
	if text == nil {
		text = r.original
	}
	switch slipAt(text, offset) {
	case missingComma:
		at := r.place(len(bytes.TrimRight(text[:offset], blanks)))
		return []edit{{offset: at, inserted: ",", reason: "missing comma inserted"}}
	case trailingComma:
		return []edit{{offset: r.place(offset), removed: 1, reason: "trailing comma removed"}}
	case byteOrderMark:
		return []edit{{offset: r.place(offset), removed: len("\ufeff"), reason: "byte-order mark removed"}}
	case strayMember:
		return r.wrap(text, offset, sources)
	}
	return nil
}

// wrap turns [record, …, "name": value] into {"records": [record, …], "name":
// value} when a source describes such a member beside its records.
func (r *repaired) wrap(text []byte, colon int, sources []*schema.Layout) []edit {
	nameEnd := len(bytes.TrimRight(text[:colon], blanks))
	nameStart := bytes.LastIndexByte(text[:nameEnd-1], '"')
	if nameStart < 0 {
		return nil
	}
	records := recordsBeside(string(text[nameStart+1:nameEnd-1]), sources)
	open := len(text) - len(bytes.TrimLeft(text, blanks))
	closing := len(bytes.TrimRight(text, blanks)) - 1
	comma := len(bytes.TrimRight(text[:nameStart], blanks)) - 1
	if records == "" || text[open] != '[' || text[closing] != ']' || comma < 0 || text[comma] != ',' {
		return nil
	}
	return []edit{
		{offset: r.place(open), inserted: `{"` + records + `": `, reason: "object opened around the array of records"},
		{offset: r.place(comma), inserted: "]", reason: "array of records closed before the member that is not one"},
		{offset: r.place(closing), removed: 1, inserted: "}", reason: "end of the array turned into the end of the object"},
	}
}

// recordsBeside is the name under which a source puts its records beside a
// member of that name; empty when no source has one.
func recordsBeside(member string, sources []*schema.Layout) string {
	for _, l := range sources {
		for _, f := range l.Source.Context {
			if f.Name == member && len(l.Source.Records) > 0 {
				return l.Source.Records[0]
			}
		}
	}
	return ""
}

// repairs lists the edits as the report tells them.
func (r *repaired) repairs(in *schema.Input, base int) []schema.Repair {
	var all []schema.Repair
	for _, e := range r.edits {
		all = append(all, schema.Repair{
			Place:    in.Place(base+e.offset, ""),
			Inserted: e.inserted, Removed: string(r.original[e.offset : e.offset+e.removed]),
			Reason: e.reason, Excerpt: in.Excerpt(base+e.offset, base+e.offset+1),
		})
	}
	return all
}
