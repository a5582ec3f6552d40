package schema

import (
	"fmt"
	"strings"
)

// Document is one payload of an input: a top-level JSON value.
type Document struct {
	Input  *Input
	Source *Source
	// Offset of the document in its input.
	Offset int
	// Continues tells that the document is a part of one that was begun before: some
	// elements of a long array.
	Continues bool
	// Repairs made to the copy that was read, in the order of their places.
	Repairs []Repair
	Records []*Record
}

// Payload is one answer of an API: the records that it carries and what stands
// beside them. A document is mostly one, and can be an array of them.
type Payload struct {
	// Context is what stands beside the records; nil when the records are all
	// there is.
	Context *Record
	Records []*Record
	// IsPart tells that the payload is a part of a long one, whose other records are not
	// known.
	IsPart bool
	// Lost counts what stands among the records and could not be read as one.
	Lost int

	indexes map[string]map[string]*Record
	names   map[string]*Record
}

// named is the first record that its own fields give a name.
func (p *Payload) named(name string) *Record {
	if p.names == nil {
		p.names = make(map[string]*Record, len(p.Records))
		for _, rec := range p.Records {
			if rec.KeyFrom == KeyInDocument && p.names[rec.Key] == nil {
				p.names[rec.Key] = rec
			}
		}
	}
	return p.names[name]
}

// First is the first record of the payload in which the fields of the record
// itself, by their slots, have the same texts as in rec: rec itself, or an
// earlier one. It is nil when rec lacks one of the values.
func (p *Payload) First(rec *Record, slots []int) *Record {
	name := fmt.Sprint(slots)
	index := p.indexes[name]
	if index == nil {
		index = map[string]*Record{}
		for _, other := range p.Records {
			if key, whole := texts(other, slots); whole && index[key] == nil {
				index[key] = other
			}
		}
		if p.indexes == nil {
			p.indexes = map[string]map[string]*Record{}
		}
		p.indexes[name] = index
	}
	key, whole := texts(rec, slots)
	if !whole {
		return nil
	}
	return index[key]
}

// texts of a record's own fields as one; whole is false when a value is not
// there.
func texts(rec *Record, slots []int) (key string, whole bool) {
	var b strings.Builder
	for _, slot := range slots {
		v := rec.Value(0, 0, slot)
		if v.State != Present {
			return "", false
		}
		b.WriteString(v.Text)
		b.WriteByte(0)
	}
	return b.String(), true
}

// Repair is one edit of tokens that made a broken document readable. No digit
// is ever touched.
type Repair struct {
	Place Place
	// Inserted and Removed text at the place; one of them may be empty.
	Inserted, Removed string
	// Reason in words.
	Reason  string
	Excerpt Excerpt
}

// Reject is something that could not be read: a document, a record or a value.
type Reject struct {
	Place   Place
	Reason  string
	Excerpt Excerpt
}

// Error is the reject as one line.
func (r *Reject) Error() string { return r.Place.File + ": " + r.Reason }
