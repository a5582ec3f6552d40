package ingest

import (
	"bytes"
	"errors"
	"io"
)

// Marks finds places in a file at which it can be parted, from its bytes alone: whoever
// looks finds the same. Documents are found by the looks of what stands around them,
// which can be wrong; elements of a list by counting them from its beginning, which is
// wrong where their brackets do not match. Reading up to a mark tells whether it is right.
type Marks struct {
	size    int64
	custom  Custom
	list    *List
	counter counter
}

// Marks of a file that is not compressed.
func (f *File) Marks() (*Marks, error) {
	from := io.NewSectionReader(f.file, 0, f.Size)
	first := &Cutter{from: from, size: ChunkSize, whole: longestArray}
	text := first.begin(first.buffer())
	if first.ended != nil && !errors.Is(first.ended, io.EOF) {
		return nil, first.ended
	}
	m := &Marks{size: f.Size, custom: CustomOf(f.Head), list: first.list}
	if m.list != nil {
		m.counter = counter{at: int64(skip(text, 0, blanks)) + 1, due: true}
	}
	return m, nil
}

// First is the mark at the beginning of the file.
func (m *Marks) First() Mark { return Mark{List: m.list} }

// From is the first mark found at an offset of the file or behind it; they are asked for
// in their order.
func (m *Marks) From(f *File, offset int64) (Mark, error) {
	if offset <= 0 {
		return m.First(), nil
	}
	if m.list != nil && !m.counter.ended {
		err := survey(f.file, m.counter.at, m.size, func(text []byte) bool { return m.counter.count(text, offset) })
		if err != nil || m.counter.found {
			return Mark{m.counter.at, m.list, m.counter.number}, err
		}
		if !m.counter.ended {
			return Mark{Offset: m.size}, nil
		}
		offset = max(offset, m.counter.at)
	}
	at, err := m.document(f.file, offset)
	return Mark{Offset: at}, err
}

// reach is how many blanks, at most, stand before a document that is found.
const reach = 4 << 10

// glimpse is how much of a document is looked at.
const glimpse = 64 << 10

// document is where one seems to begin at an offset or behind it; else the end of the file.
func (m *Marks) document(file io.ReaderAt, offset int64) (int64, error) {
	buffer := make([]byte, surveyed)
	for offset < m.size {
		from := max(offset-reach, 0)
		text := buffer[:min(surveyed, m.size-from)]
		if _, err := file.ReadAt(text, from); err != nil {
			return 0, err
		}
		end := len(text)
		if from+int64(end) < m.size { // what begins behind is looked at with more behind it
			end -= glimpse
		}
		for at := int(offset - from); at < end; at++ {
			next := bytes.IndexAny(text[at:end], "{[")
			if next < 0 {
				break
			}
			if at += next; m.begins(text, at) {
				return from + int64(at), nil
			}
		}
		offset = from + int64(end)
	}
	return m.size, nil
}

// begins tells whether a document seems to begin at a bracket: behind a bracket that
// closes something, where in JSON it is between two documents or inside a string. A line
// break is in no string. Documents that are not on lines of their own are looked at.
func (m *Marks) begins(text []byte, at int) bool {
	before := lastNonBlank(text, at)
	switch {
	case before < 0 || text[before] != '}' && text[before] != ']':
		return false
	case m.custom.perLine || m.custom.indented:
		return atLineStart(text, at)
	}
	return isDocument(text[at:min(at+glimpse, len(text))])
}

// isDocument tells whether a text looks like a document, and another one or nothing
// behind it.
func isDocument(text []byte) bool {
	p := newParser(text, 0)
	_, err := p.next()
	var fault *syntaxError
	if errors.As(err, &fault) {
		return fault.cut && len(text) == glimpse
	}
	behind := scan(text, p.offset())
	return behind.kind == 0 || behind.opens()
}

// counter counts the elements of a list as far as it has got.
type counter struct {
	at     int64 // in the file
	number int   // of elements that begin before
	depth  int
	due    bool // an element begins with what comes next
	text   bool // inside a string
	escape bool
	found  bool // an object is the element that begins at the place
	ended  bool // the list
}

// count goes on in a text that stands at its place, up to the first object that begins
// at an offset of the file or behind it, or the end of the list.
func (c *counter) count(text []byte, offset int64) (goOn bool) {
	c.found = false
	base := c.at
	for i, b := range text {
		switch {
		case c.escape:
			c.escape = false
			continue
		case c.text:
			c.escape = b == '\\'
			c.text = b != '"' && b != '\n' // which no string has
			continue
		}
		if c.depth == 0 && c.due && b > ' ' && b != ']' && b != ',' {
			if c.at = base + int64(i); b == '{' && c.at >= offset {
				c.found = true
				return false
			}
			c.number++
			c.due = false
		}
		switch b {
		case '"':
			c.text = true
		case '{', '[':
			c.depth++
		case '}', ']':
			if c.depth--; c.depth < 0 {
				c.at, c.ended = base+int64(i)+1, true
				return false
			}
		case ',':
			c.due = c.due || c.depth == 0
		}
	}
	c.at = base + int64(len(text))
	return true
}
