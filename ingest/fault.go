package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"

	"tieout/calc/schema"
)

// local is a fault inside a document whose text is well-formed around it: only the
// record that holds it is lost. A name that stands twice in an object is no fault of
// syntax, and a word or number that is no JSON ends where it ends.
type local struct {
	offset  int
	pointer string
	reason  string
	// first is where the first value of a name stands that stands twice; -1 for others.
	first int
}

// told is the reason of a fault with its other place.
func (f *local) told(in *schema.Input, copied *mended) string {
	if f.first < 0 {
		return f.reason
	}
	first := in.Place(copied.place(f.first), "")
	return fmt.Sprintf("%s, which has a value at %d:%d already", f.reason, first.Line, first.Column)
}

// within finds the faults between two offsets, among faults in their order.
func within(faults []local, from, end int) []local {
	first := sort.Search(len(faults), func(i int) bool { return faults[i].offset >= from })
	last := first
	for last < len(faults) && faults[last].offset < end {
		last++
	}
	return faults[first:last]
}

// withBadValues reads a document in which only words and numbers are no JSON, such as
// NaN or 007: as if a 0 stood in place of each, which the faults tell. It is nil when
// that is not all that is wrong.
func withBadValues(text []byte, from, fault int, within string) (n *node, faults []local, end int) {
	start := skip(text, from, blanks)
	if !scan(text, start).opens() {
		return nil, nil, 0
	}
	end, closed := endOfDocument(text, start, fault)
	if !closed {
		return nil, nil, 0
	}
	readable := slices.Clone(text[from:end])
	bad := map[int]string{}
	for at := start; at < end; {
		t := scan(text[:end], at)
		if at = t.to; t.kind != '0' || jsontext.Value(text[t.from:t.to]).IsValid() {
			continue
		}
		if !isWord(text[t.from:t.to]) {
			return nil, nil, 0
		}
		bad[t.from] = shorten(string(text[t.from:t.to]))
		copy(readable[t.from-from:], append([]byte{'0'}, bytes.Repeat([]byte{' '}, t.to-t.from-1)...))
	}
	if len(bad) == 0 {
		return nil, nil, 0
	}
	p := newParser(readable, 0)
	p.text, p.base, p.bad, p.within = text[:end], from, bad, within
	n, err := p.next()
	if err != nil || len(bytes.TrimSpace(readable[p.offset()-from:])) > 0 {
		return nil, nil, 0
	}
	return n, p.faults, end
}

// isWord tells words and numbers from what may stand for more than one value: other
// quotes, remarks and the ellipsis of a template.
func isWord(token []byte) bool {
	other := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+-._", r)
	}
	return bytes.IndexFunc(token, other) < 0 && !bytes.Contains(token, []byte(".."))
}

// badValue is the reason why a word or number is no value.
func badValue(text []byte, offset int, word string) string {
	if slip := slipAt(text, offset+1); slip != "" && word[0] == '0' {
		return slip
	}
	return fmt.Sprintf("not JSON: %s is no value", word)
}

// manyNames is from how many members on the names of an object are looked up.
const manyNames = 16

// names finds the members of an object by their names while it is read.
type names map[string]int

// find is the member of a name among those read so far, or nil.
func (s *names) find(members []node, name string) *node {
	if len(members) < manyNames {
		for i := range members {
			if members[i].name == name {
				return &members[i]
			}
		}
		return nil
	}
	if *s == nil {
		*s = make(names, 2*manyNames)
	}
	for i := len(*s); i < len(members); i++ {
		if _, seen := (*s)[members[i].name]; !seen {
			(*s)[members[i].name] = i
		}
	}
	if i, is := (*s)[name]; is {
		return &members[i]
	}
	return nil
}
