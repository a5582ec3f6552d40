package ingest

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"tieout/calc/schema"
)

// ChunkSize is how many bytes of a file are mostly read at a time.
const ChunkSize = 256 << 10

// Chunk is a stretch of a file, with what stands around it. Where it ends is a guess:
// before a bracket that opens something behind one that closes something. In JSON
// that is between two documents, or inside a string.
type Chunk struct {
	Text      []byte
	From, End int // of the stretch in the text
	// Next is where the text of the next chunk begins in this one.
	Next int
	Last bool
	// Until is where the share of the file ends that is cut, in the last chunk of one with
	// something behind it; 0 in others.
	Until int
	// List is the long array that the chunk is a part of; nil for none.
	List *List
}

// Cutter cuts a file into chunks.
type Cutter struct {
	from   io.Reader
	size   int
	custom Custom
	carry  []byte // of the last chunk's text, what is also of the next one
	lead   int    // what of that stands before the next chunk's stretch
	ended  error
	free   chan []byte
	begun  bool
	list   *List // that the file begins with, when it is long
	whole  int   // how long an array may be that is no list
	share  *Share
	start  schema.Start // of the share's first text
	offset int64        // of the next text in the file
}

// Cutter reads the file in chunks of about some bytes; it is unpacked when it is
// compressed.
func (f *File) Cutter(size int) (*Cutter, error) {
	if f.share != nil {
		return f.shareCutter(size)
	}
	plain, closing, err := Unpack(f.stored)
	if err != nil {
		return nil, err
	}
	f.closer = append(f.closer, closing)
	if plain == io.Reader(f.stored) { // to go through its buffer would be to copy all once more
		return cutterFrom(f.Head, f.from, size), nil
	}
	return NewCutter(plain, size)
}

// NewCutter cuts a text into chunks of about some bytes.
func NewCutter(plain io.Reader, size int) (*Cutter, error) {
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(plain, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return cutterFrom(head[:n], plain, size), nil
}

// cutterFrom cuts a text of which the head has been read, and the rest has not.
func cutterFrom(head []byte, rest io.Reader, size int) *Cutter {
	const spare = 8 // chunks that wait to be used anew
	return &Cutter{
		from: io.MultiReader(bytes.NewReader(head), rest), size: size, custom: CustomOf(head),
		free: make(chan []byte, spare), whole: longestArray,
	}
}

// ListsFrom makes arrays be read element by element that are longer than some bytes.
func (c *Cutter) ListsFrom(size int) { c.whole = size }

// Custom of the file.
func (c *Cutter) Custom() Custom { return c.custom }

// Next is the next chunk; io.EOF tells that there is none. Another error ends the file
// behind the last chunk whose end could be guessed.
func (c *Cutter) Next() (Chunk, error) {
	if c.ended != nil {
		return Chunk{}, c.ended
	}
	c.List()
	text := append(c.buffer(), c.carry...)
	for searched := c.lead + 1; ; {
		text, c.ended = fill(c.from, text)
		if errors.Is(c.ended, io.EOF) {
			return c.last(text), nil
		}
		end := len(text) - schema.Surroundings
		if c.ended != nil {
			end = len(text) - 1
		}
		if c.share != nil { // behind which nothing is cut
			end = int(min(int64(end), c.share.To.Offset-c.offset))
		}
		if at := c.lastBoundary(text, searched, end); at > 0 {
			return c.cut(text, at), nil
		}
		if c.ended != nil {
			return Chunk{}, c.ended
		}
		searched = max(searched, end)
		text = slices.Grow(text, len(text))
	}
}

// List is the long array that the file begins with; nil when there is none.
func (c *Cutter) List() *List {
	if !c.begun {
		c.begun = true
		c.carry = c.begin(c.buffer())
	}
	return c.list
}

// begin reads the first text, so much of it that a long array is recognised.
func (c *Cutter) begin(text []byte) []byte {
	text, _ = fill(c.from, text) // an error comes again
	list := listOf(text)
	if list == nil || c.lastBoundary(text, 1, c.whole) > 0 {
		return text
	}
	text, _ = fill(c.from, slices.Grow(text, max(c.whole+1-len(text), 0)))
	if len(text) > c.whole && c.lastBoundary(text, 1, c.whole) == 0 {
		c.list = list
	}
	return text
}

// Recycle takes a chunk back whose text is not used any more.
func (c *Cutter) Recycle(chunk *Chunk) {
	if cap(chunk.Text) > 2*c.window() {
		return
	}
	select {
	case c.free <- chunk.Text[:0]:
	default:
	}
}

// window is the room for a chunk of the usual size.
func (c *Cutter) window() int { return c.size + 2*schema.Surroundings }

// buffer has room for what is carried over and a chunk.
func (c *Cutter) buffer() []byte {
	select {
	case text := <-c.free:
		if cap(text) > len(c.carry)+c.size/2 {
			return text
		}
	default:
	}
	return make([]byte, 0, max(c.window(), len(c.carry)+c.size))
}

// last is the last chunk.
func (c *Cutter) last(text []byte) Chunk {
	chunk := Chunk{Text: text, From: c.lead, End: len(text), Last: true, List: c.list}
	if c.share != nil && !c.share.ReachesEnd() {
		chunk.Until = int(c.share.To.Offset - c.offset)
		chunk.Last = c.share.limit() == c.share.marks.size
	}
	return chunk
}

// cut ends a chunk at an offset of its text.
func (c *Cutter) cut(text []byte, at int) Chunk {
	next := CharacterAt(text, max(at-schema.Surroundings, 0))
	chunk := Chunk{Text: text, From: c.lead, End: at, Next: next, List: c.list}
	c.carry, c.lead = append(c.carry[:0], text[next:]...), at-next
	c.offset += int64(next)
	return chunk
}

// CharacterAt is where the character begins that has a byte at an offset.
func CharacterAt(text []byte, offset int) int {
	for back := 0; back < utf8.UTFMax && back <= offset; back++ {
		if utf8.RuneStart(text[offset-back]) {
			return offset - back
		}
	}
	return offset // no character is so long
}

// fill reads until the text has no more room.
func fill(r io.Reader, text []byte) ([]byte, error) {
	for len(text) < cap(text) {
		n, err := r.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		if err != nil {
			return text, err
		}
	}
	return text, nil
}

// lastBoundary is the last offset between two at which a document may begin that is not
// the first of its text, or an element of the list; 0 when there is none.
func (c *Cutter) lastBoundary(text []byte, from, end int) int {
	for at := min(end, len(text)-1); at >= from; at-- {
		if text[at] != '{' && text[at] != '[' {
			continue
		}
		switch before := lastNonBlank(text, at); {
		case before < 0:
		case text[before] == '}' || text[before] == ']':
			return at
		case c.list != nil && c.list.begins(text, before, at):
			return at
		}
	}
	return 0
}

// lastNonBlank is the offset of the last byte before another one that is not blank, or a
// negative one.
func lastNonBlank(text []byte, at int) int {
	for at--; at >= 0 && (text[at] == '\n' || text[at] == '\r' || text[at] == ' ' || text[at] == '\t'); at-- {
	}
	return at
}
