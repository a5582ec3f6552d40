package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"tieout/ingest"
)

// MaxLine is the longest line in bytes, of which a longer one costs nothing but
// itself. Append writes none that is longer: it fails with ErrTooLong.
const MaxLine = 128 << 20

// Fault is a line of a capture that is not an entry, or the place from which a capture
// cannot be read any more.
type Fault struct {
	// Line from 1, and Offset of its first byte, in the capture as unpacked.
	Line   int
	Offset int64
	// Reason in a clause.
	Reason string
	// Unfinished tells that the capture ends within the line: the program that wrote
	// it was killed.
	Unfinished bool
}

func (f *Fault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.Reason) }

// Read yields the entries of a capture in order. A line that is not an entry is
// yielded as a *Fault, and does not keep the next from being read. Captures
// compressed as zstd or gzip are told by their first bytes.
func Read(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for l := range lines(r) {
			if !yield(l.entry, l.err()) {
				return
			}
		}
	}
}

// captureLine is a line that was read: an entry, a fault, or a blank one.
type captureLine struct {
	number int
	offset int64
	// text of the line; it does not outlive the turn. ended tells whether a line
	// feed ends it.
	text  []byte
	ended bool
	// blank tells that there is nothing on the line.
	blank bool
	// last tells that reading failed, and what is behind the line is not known.
	last bool
	// next is the offset of the next line.
	next  int64
	entry Entry
	fault *Fault
}

// err is the fault as an error, a nil one when there is none.
func (l *captureLine) err() error {
	if l.fault == nil {
		return nil
	}
	return l.fault
}

// lines yields the lines of a capture that are not blank.
func lines(r io.Reader) iter.Seq[*captureLine] {
	return func(yield func(*captureLine) bool) {
		for l := range everyLine(r) {
			if !l.blank && !yield(l) {
				return
			}
		}
	}
}

// everyLine yields the lines of a capture.
func everyLine(r io.Reader) iter.Seq[*captureLine] {
	return func(yield func(*captureLine) bool) {
		plain, closing, err := ingest.Unpack(bufio.NewReader(r))
		if err != nil {
			yield(&captureLine{number: 1, last: true, fault: &Fault{Line: 1, Reason: err.Error()}})
			return
		}
		defer closing()
		c := cutter{from: bufio.NewReaderSize(plain, 64<<10)}
		for {
			l, goOn := c.next()
			if l != nil && !yield(l) || !goOn {
				return
			}
		}
	}
}

// cutter cuts a text into lines.
type cutter struct {
	from   *bufio.Reader
	line   int
	offset int64
	buffer []byte
}

// next is the next line, nil when there is none; goOn is false behind the last.
func (c *cutter) next() (l *captureLine, goOn bool) {
	text, size, err := c.cut()
	if size == 0 && errors.Is(err, io.EOF) {
		return nil, false
	}
	c.line++
	at := c.offset
	c.offset += size
	l = &captureLine{number: c.line, offset: at, text: text, ended: err == nil, next: c.offset}
	fault := func(reason string, unfinished bool) *captureLine {
		l.fault = &Fault{Line: c.line, Offset: at, Reason: reason, Unfinished: unfinished}
		return l
	}
	switch {
	case err != nil && errors.Is(err, io.ErrUnexpectedEOF):
		l.last = true
		return fault("the capture ends before its last entry is complete", true), false
	case err != nil && !errors.Is(err, io.EOF):
		l.last = true
		return fault("cannot be read: "+err.Error(), false), false
	case size > MaxLine+1:
		return fault(fmt.Sprintf("longer than %d bytes", MaxLine), err != nil), err == nil
	}
	if at == 0 {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	if text = bytes.TrimSpace(text); len(text) == 0 {
		l.blank = true
		return l, err == nil
	}
	entry, bad := decode(text)
	switch {
	case bad == nil:
		l.entry = entry
		l.entry.Line = c.line
	case err != nil:
		fault("the capture ends before its last entry is complete", true)
	default:
		fault("not an entry of a capture: "+bad.Error(), false)
	}
	return l, err == nil
}

// cut reads up to a line feed, which is no part of the text but of its size. Of a line
// that is too long only the beginning is kept.
func (c *cutter) cut() (text []byte, size int64, err error) {
	c.buffer = c.buffer[:0]
	for {
		piece, err := c.from.ReadSlice('\n')
		size += int64(len(piece))
		if size <= MaxLine+1 {
			c.buffer = append(c.buffer, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(c.buffer, []byte("\n")), size, err
		}
	}
}

// Is tells whether a text is a capture, by its first line.
func Is(text []byte) bool {
	plain, closing, err := ingest.Unpack(bufio.NewReader(bytes.NewReader(text)))
	if err != nil {
		return false
	}
	defer closing()
	head := make([]byte, len("\ufeff")+len(marker))
	n, _ := io.ReadFull(plain, head)
	return bytes.HasPrefix(bytes.TrimPrefix(head[:n], []byte("\ufeff")), []byte(marker))
}
