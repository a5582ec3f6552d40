package schema

import (
	"bytes"
	"encoding/binary"
	"sort"
	"sync"
	"unicode/utf8"

	"tieout/calc/date"
	"tieout/calc/text"
)

// Place says where in the input something stands.
type Place struct {
	File string
	// Line and Column count from 1; Column counts characters.
	Line, Column int
	// Offset in bytes from the start of the file.
	Offset int
	// Pointer is the JSON pointer (RFC 6901) in the document; "" is its root.
	Pointer string
}

// Excerpt is the line of the input around a place, cut to a readable width.
type Excerpt struct {
	Line string
	// Caret is the character of Line at which the place begins, from 0, and
	// Width how many characters it has.
	Caret, Width int
}

// Input is the text of one file, or a stretch of it, from which places and excerpts
// are told. The text does not change once a place was asked for.
type Input struct {
	File string
	Text []byte
	// Start is where the text begins in the file; zero when it is the whole of it.
	Start Start
	// Request that the input answers; nil when it is not known.
	Request *Request

	indexed sync.Once
	feeds   []int // how many line feeds stand before each block of blockSize bytes, and before the end
	marked  sync.Once
	marks   []mark // how many characters stand before some offsets
}

// Start is where a stretch of a file begins: how much of the file stands before it.
type Start struct {
	// Offset in bytes, Line in line feeds, and Column in characters behind the last.
	Offset, Line, Column int
}

// After is where the file goes on behind a text that begins at the start.
func (s Start) After(text []byte) Start {
	past := Start{Offset: len(text), Line: bytes.Count(text, []byte("\n"))}
	past.Column = count(text[bytes.LastIndexByte(text, '\n')+1:])
	return s.Plus(past)
}

// Plus is the place that stands behind the start as the other one does behind the
// beginning of the file.
func (s Start) Plus(past Start) Start {
	if past.Line == 0 {
		past.Column += s.Column
	}
	return Start{s.Offset + past.Offset, s.Line + past.Line, past.Column}
}

// Past is how much of the text stands before an offset. Places are told faster then.
func (in *Input) Past(end int) Start {
	line, start, _ := in.line(end)
	return Start{Offset: end, Line: line, Column: count(in.Text[start:end])}
}

// Surroundings is how many bytes before and behind a place an excerpt looks at, at
// most: a stretch with so much around it gives the excerpts that the file gives.
const Surroundings = (excerptWidest+excerptAfter+excerptBefore)*utf8.UTFMax + 64

// Request is what is known of the request that an input answers.
type Request struct {
	// Key is what was asked for. It names the records that do not name themselves.
	Key string
	// AsOf is the day of the answer, of which its figures speak; zero when not known.
	AsOf date.Date
	// Asked is what was asked for, by the names of the request's parameters.
	Asked map[string]string
}

// mark says how many characters stand before an offset.
type mark struct{ offset, characters int }

// markEvery is the distance of marks in bytes. A document without line breaks
// is one long line: counting from its beginning for every place would cost time
// that is quadratic in its findings.
const markEvery = 4096

// blockSize is the distance of the places of which it is known how many lines stand
// before them.
const blockSize = 4096

func (in *Input) index() {
	in.feeds = make([]int, 1, len(in.Text)/blockSize+2)
	for at := 0; at < len(in.Text); at += blockSize {
		feeds := bytes.Count(in.block(at/blockSize), lineFeed)
		in.feeds = append(in.feeds, in.feeds[len(in.feeds)-1]+feeds)
	}
}

var lineFeed = []byte{'\n'}

// block of the text, by its number.
func (in *Input) block(n int) []byte {
	return in.Text[n*blockSize : min((n+1)*blockSize, len(in.Text))]
}

func (in *Input) mark() {
	in.marks = []mark{{}}
	for last := in.marks[0]; last.offset < len(in.Text); {
		end := min(last.offset+markEvery, len(in.Text))
		for end < len(in.Text) && !utf8.RuneStart(in.Text[end]) {
			end++
		}
		last = mark{end, last.characters + count(in.Text[last.offset:end])}
		in.marks = append(in.marks, last)
	}
}

// Place of a byte of the input.
func (in *Input) Place(offset int, pointer string) Place {
	offset = min(max(offset, 0), len(in.Text))
	line, start, _ := in.line(offset)
	column := in.characters(start, in.whole(offset)) + 1
	if line == 0 {
		column += in.Start.Column
	}
	return Place{
		File: in.File, Line: in.Start.Line + line + 1, Column: column, Offset: in.Start.Offset + offset, Pointer: pointer,
	}
}

// line is the number, from 0, of the line that holds the offset, and its bytes
// from start to stop with the line break.
func (in *Input) line(offset int) (number, start, stop int) {
	in.indexed.Do(in.index)
	block := offset / blockSize
	number = in.feeds[block]
	if begins := block * blockSize; begins < offset {
		number += bytes.Count(in.Text[begins:offset], lineFeed)
	}
	// The line begins behind the last of so many line feeds, and ends with the next one.
	if number > 0 {
		n := sort.SearchInts(in.feeds, number) - 1
		start = n*blockSize + bytes.LastIndexByte(in.Text[n*blockSize:min((n+1)*blockSize, offset)], '\n') + 1
	}
	if n := sort.SearchInts(in.feeds, number+1) - 1; n < len(in.feeds)-1 {
		from := max(n*blockSize, offset)
		return number, start, from + bytes.IndexByte(in.Text[from:], '\n') + 1
	}
	return number, start, len(in.Text)
}

// characters counts the characters between two offsets at which one begins.
func (in *Input) characters(from, end int) int {
	if end-from <= 2*markEvery {
		return count(in.Text[from:end])
	}
	in.marked.Do(in.mark)
	return in.charactersBefore(end) - in.charactersBefore(from)
}

func (in *Input) charactersBefore(offset int) int {
	m := in.marks[sort.Search(len(in.marks), func(i int) bool { return in.marks[i].offset > offset })-1]
	return m.characters + count(in.Text[m.offset:offset])
}

// count is how many characters a text has, as utf8.RuneCount counts them. Most are ASCII,
// which are counted eight at a time.
func count(s []byte) (n int) {
	const others = 0x8080808080808080
	for len(s) > 0 {
		for len(s) >= 8 && binary.LittleEndian.Uint64(s)&others == 0 {
			s, n = s[8:], n+8
		}
		if len(s) == 0 {
			break
		}
		size := 1
		if s[0] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(s)
		}
		s, n = s[size:], n+1
	}
	return n
}

// whole is the offset at which the character begins that holds the byte.
func (in *Input) whole(offset int) int {
	for back := 1; back < utf8.UTFMax && back <= offset; back++ {
		if _, size := utf8.DecodeRune(in.Text[offset-back:]); size > back {
			return offset - back
		}
	}
	return offset
}

// How many characters of a long line an excerpt keeps before and after its
// place, and how much of a long value it marks.
const excerptBefore, excerptAfter, excerptWidest = 48, 48, 40

// Excerpt of the line around the bytes from offset to end.
func (in *Input) Excerpt(offset, end int) Excerpt {
	offset = in.whole(min(max(offset, 0), len(in.Text)))
	_, start, stop := in.line(offset)
	stop = start + len(bytes.TrimRight(in.Text[start:stop], "\r\n"))
	offset = min(offset, stop)
	end = min(max(end, offset), stop)

	// Only the bytes that can be shown are looked at, however long the line.
	const most = (excerptWidest + excerptAfter + excerptBefore) * utf8.UTFMax
	ex := Excerpt{Width: count(in.Text[offset:min(end, offset+most)])}
	ex.Width = min(max(ex.Width, 1), excerptWidest)
	before := in.Text[in.whole(max(start, offset-most)):offset]
	var room [256]byte
	line := room[:0]
	if tail := lastCharacters(before, excerptBefore); len(tail) < len(before) {
		line, before = append(line, "…"...), tail
	}
	line = text.AppendVisible(line, before)
	ex.Caret = count(line)
	after := in.Text[offset:in.whole(min(stop, offset+most))]
	if head := firstCharacters(after, ex.Width+excerptAfter); len(head) < len(after) {
		line = append(text.AppendVisible(line, head), "…"...)
	} else {
		line = text.AppendVisible(line, after)
	}
	ex.Line = string(line)
	return ex
}

// firstCharacters are the first n characters of a text, or all that it has.
func firstCharacters(s []byte, n int) []byte {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRune(s[at:])
		at += size
	}
	return s[:at]
}

// lastCharacters are the last n.
func lastCharacters(s []byte, n int) []byte {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRune(s[:at])
		at -= size
	}
	return s[at:]
}
