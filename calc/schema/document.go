package schema

import (
	"hash/maphash"
	"slices"
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
	// IsPart tells that the payload is a part of a long one, an element of a list; Siblings
	// are the records of that, nil when they are not known, and Number is the element's.
	IsPart   bool
	Siblings *Siblings
	Number   int
	// Lost counts what stands among the records and could not be read as one.
	Lost int

	repeats []repeats
	names   map[string]*Record
}

// namesake is the first record that its own fields give the name of a record, which has one
// of that kind.
func (p *Payload) namesake(of *Record) *Record {
	if p.Siblings != nil {
		return p.Siblings.first(p.Number, of, Comparison{})
	}
	if p.names == nil {
		p.names = make(map[string]*Record, len(p.Records))
		for _, rec := range p.Records {
			if rec.KeyFrom == KeyInDocument && p.names[rec.Key] == nil {
				p.names[rec.Key] = rec
			}
		}
	}
	return p.names[of.Key]
}

// First is the first record of the payload in which the fields of the record
// itself, by their slots, have the same texts as in rec: rec itself, or an
// earlier one. It is nil when rec lacks one of the values.
func (p *Payload) First(rec *Record, slots []int) *Record {
	if !rec.hasTexts(slots) {
		return nil
	}
	if p.Siblings != nil {
		return p.Siblings.first(p.Number, rec, Comparison{slots})
	}
	if len(p.Records) > 1 {
		if earlier := p.repeated(slots)[rec]; earlier != nil {
			return earlier
		}
	}
	return rec
}

// repeated are the records whose own fields have the texts of an earlier one, with
// the first that has them.
func (p *Payload) repeated(slots []int) map[*Record]*Record {
	for i := range p.repeats {
		if slices.Equal(p.repeats[i].slots, slots) {
			return p.repeats[i].first
		}
	}
	first := map[*Record]*Record{}
	seen := make(map[uint64]*Record, len(p.Records)) // by a hash of the texts, or the next one that is free
	for _, rec := range p.Records {
		if !rec.hasTexts(slots) {
			continue
		}
		at := rec.hashTexts(slots)
		for seen[at] != nil && !rec.sameTexts(seen[at], slots) {
			at++
		}
		if seen[at] == nil {
			seen[at] = rec
		} else {
			first[rec] = seen[at]
		}
	}
	p.repeats = append(p.repeats, repeats{slices.Clone(slots), first})
	return first
}

// repeats are the records that repeat an earlier one in some slots.
type repeats struct {
	slots []int
	first map[*Record]*Record
}

// hasTexts tells whether the record's own fields in some slots all have a value.
func (r *Record) hasTexts(slots []int) bool {
	for _, slot := range slots {
		if r.Value(0, 0, slot).State != Present {
			return false
		}
	}
	return true
}

func (r *Record) sameTexts(other *Record, slots []int) bool {
	for _, slot := range slots {
		if r.Value(0, 0, slot).Text != other.Value(0, 0, slot).Text {
			return false
		}
	}
	return true
}

var textSeed = maphash.MakeSeed()

func (r *Record) hashTexts(slots []int) (sum uint64) {
	for _, slot := range slots {
		sum = sum*31 + maphash.String(textSeed, r.Value(0, 0, slot).Text)
	}
	return sum
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
