package catalogue

import (
	"encoding/binary"
	"errors"
	"os"
)

// spool is a temporary file in which texts are kept in many trays, however much it is.
// Each tray is filled in memory, and written block by block. What is kept of a tray in
// memory does not grow with it: each of its blocks begins with the place of the next.
type spool struct {
	file  *os.File
	name  string // that is still to be removed; empty for none
	size  int64  // of the file
	block int    // how many bytes of a tray are written at a time
	trays []tray
}

// tray is a text of which the blocks are in the file.
type tray struct {
	first, next int64  // places of its first block and of the one that is written next
	size        int    // of the text that is written
	rest        []byte // the next block, as far as it is filled; nil before anything is
}

// A block begins with the place of the next one of its tray.
const blockHead = 8

// All trays together have blocks of roomForBlocks in memory while they are filled, each of
// them one of at most mostBlock bytes: larger ones are read faster. Blocks are whole pages
// of the system, which are written without being read.
const (
	roomForBlocks = 32 << 20
	mostBlock     = 32 << 10
	page          = 4 << 10
)

// newSpool makes the file. Where the system allows it, the file has no name from then on:
// nothing of it is left, however the program ends.
func newSpool(trays int) (*spool, error) {
	file, err := os.CreateTemp("", "tieout-*")
	if err != nil {
		return nil, spoolError(err)
	}
	s := &spool{
		file: file, name: file.Name(), trays: make([]tray, trays), block: max(page, min(roomForBlocks/trays/page*page, mostBlock)),
	}
	if os.Remove(s.name) == nil {
		s.name = ""
	}
	return s, nil
}

// SpoolError is why documents cannot be kept until they are joined.
type SpoolError struct{ cause error }

func (e *SpoolError) Error() string {
	return "documents that are to be joined cannot be kept in a temporary file: " + e.cause.Error()
}

func (e *SpoolError) Unwrap() error { return e.cause }

func spoolError(err error) error { return &SpoolError{err} }

// put puts a text at the end of a tray.
func (s *spool) put(number int, text []byte) error {
	t := &s.trays[number]
	for len(text) > 0 {
		if t.rest == nil {
			t.first = s.place()
			t.next, t.rest = t.first, make([]byte, blockHead, s.block)
		}
		n := min(s.block-len(t.rest), len(text))
		t.rest, text = append(t.rest, text[:n]...), text[n:]
		if len(t.rest) == s.block {
			if err := s.flush(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// place is one for a block.
func (s *spool) place() int64 {
	at := (s.size + page - 1) / page * page
	s.size = at + int64(s.block)
	return at
}

// flush writes the next block of a tray, whose one behind it gets a place.
func (s *spool) flush(t *tray) error {
	at := t.next
	t.next = s.place()
	binary.LittleEndian.PutUint64(t.rest, uint64(t.next))
	if _, err := s.file.WriteAt(t.rest, at); err != nil {
		return spoolError(err)
	}
	t.size += len(t.rest) - blockHead
	t.rest = t.rest[:blockHead]
	return nil
}

// flushAll writes what is not written yet, and needs no memory for it any more.
func (s *spool) flushAll() error {
	for i := range s.trays {
		t := &s.trays[i]
		if len(t.rest) > blockHead {
			if err := s.flush(t); err != nil {
				return err
			}
		}
		t.rest = nil
	}
	return nil
}

// write writes a text by itself, and tells where it begins.
func (s *spool) write(text []byte) (at int64, err error) {
	at = s.size
	if _, err := s.file.WriteAt(text, at); err != nil {
		return 0, spoolError(err)
	}
	s.size += int64(len(text))
	return at, nil
}

// tray is the whole text of one, in the room of another where there is enough. All must
// have been flushed.
func (s *spool) tray(number int, room []byte) ([]byte, error) {
	t := &s.trays[number]
	if cap(room) < t.size {
		room = make([]byte, 0, t.size+t.size/16) // most of the others are not much larger
	}
	text, at := room[:0], t.first
	block := make([]byte, s.block)
	for len(text) < t.size {
		some := block[:min(s.block, blockHead+t.size-len(text))]
		if _, err := s.file.ReadAt(some, at); err != nil {
			return nil, spoolError(err)
		}
		text, at = append(text, some[blockHead:]...), int64(binary.LittleEndian.Uint64(some))
	}
	return text, nil
}

// read reads a text of some size that was written.
func (s *spool) read(at int64, size int) ([]byte, error) {
	text := make([]byte, size)
	if _, err := s.file.ReadAt(text, at); err != nil {
		return nil, spoolError(err)
	}
	return text, nil
}

// Close removes the file.
func (s *spool) Close() error {
	err := s.file.Close()
	if s.name != "" {
		err = errors.Join(err, os.Remove(s.name))
	}
	return err
}
