package schema

import (
	"sort"
	"strings"
	"unicode/utf8"
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

// Input is the text of one file, from which places and excerpts are told.
type Input struct {
	File string
	Text []byte
	// lines are the offsets at which lines begin; made at first use.
	lines []int
}

// Document is one payload of an input: a top-level JSON value.
type Document struct {
	Input  *Input
	Source *Source
	// Offset of the document in its input.
	Offset int
	// Repairs made to the copy that was read, in the order of their places.
	Repairs []Repair
	Records []*Record
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

// Excerpt is the line of the input around a place, cut to a readable width.
type Excerpt struct {
	Line string
	// Caret is the character of Line at which the place begins, from 0, and
	// Width how many characters it has.
	Caret, Width int
}

// Reject is something that could not be read: a document, a record or a value.
type Reject struct {
	Place   Place
	Reason  string
	Excerpt Excerpt
}

// Error is the reject as one line.
func (r *Reject) Error() string { return r.Place.File + ": " + r.Reason }

// Place of a byte of the input.
func (in *Input) Place(offset int, pointer string) Place {
	offset = min(max(offset, 0), len(in.Text))
	line := in.line(offset)
	start := in.lines[line]
	return Place{
		File: in.File, Line: line + 1, Column: utf8.RuneCount(in.Text[start:offset]) + 1,
		Offset: offset, Pointer: pointer,
	}
}

// line is the number, from 0, of the line that holds the offset.
func (in *Input) line(offset int) int {
	if in.lines == nil {
		in.lines = []int{0}
		for i, c := range in.Text {
			if c == '\n' {
				in.lines = append(in.lines, i+1)
			}
		}
	}
	return sort.SearchInts(in.lines, offset+1) - 1
}

// How much of a long line an excerpt keeps before and after its place.
const excerptBefore, excerptAfter, excerptWidest = 48, 48, 40

// Excerpt of the line around the bytes from offset to end.
func (in *Input) Excerpt(offset, end int) Excerpt {
	offset = min(max(offset, 0), len(in.Text))
	line := in.line(offset)
	stop := len(in.Text)
	if line+1 < len(in.lines) {
		stop = in.lines[line+1]
	}
	text := strings.TrimRight(string(in.Text[in.lines[line]:stop]), "\r\n")
	caret := min(offset-in.lines[line], len(text))
	width := max(1, utf8.RuneCountInString(text[caret:min(max(caret, end-in.lines[line]), len(text))]))
	before, after := []rune(visible(text[:caret])), []rune(visible(text[caret:]))
	ex := Excerpt{Width: min(width, excerptWidest)}
	if len(before) > excerptBefore {
		before = append([]rune("…"), before[len(before)-excerptBefore:]...)
	}
	if len(after) > ex.Width+excerptAfter {
		after = append(after[:ex.Width+excerptAfter:ex.Width+excerptAfter], '…')
	}
	ex.Line, ex.Caret = string(before)+string(after), len(before)
	return ex
}

// visible replaces each control character by one visible character, so that an
// excerpt keeps its columns and cannot steer a terminal.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ' || r == utf8.RuneError || 0x7f <= r && r < 0xa0 || isFormat(r):
			return '\u00b7'
		}
		return r
	}, text)
}

// isFormat tells zero-width and direction marks, which hide or reorder text.
func isFormat(r rune) bool {
	return 0x200b <= r && r <= 0x200f || 0x202a <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f || r == 0xfeff
}
