package catalogue

import (
	"errors"
	"os"
	"slices"
)

// spool is a temporary file in which texts are kept in many trays, however much it is.
// Each tray is filled in memory, and written block by block.
type spool struct {
	file  *os.File
	name  string // that is still to be removed; empty for none
	size  int64  // of the file
	trays []tray
}

// tray is a text of which the blocks are in the file.
type tray struct {
	blocks []block
	rest   []byte // that is not written yet
}

// block is a part of the file.
type block struct {
	at   int64
	size int
}

// blockSize is how much of a tray is mostly written at a time.
const blockSize = 32 << 10

// newSpool makes the file. Where the system allows it, the file has no name from then on:
// nothing of it is left, however the program ends.
func newSpool(trays int) (*spool, error) {
	file, err := os.CreateTemp("", "tieout-*")
	if err != nil {
		return nil, spoolError(err)
	}
	s := &spool{file: file, name: file.Name(), trays: make([]tray, trays)}
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
			t.rest = make([]byte, 0, blockSize)
		}
		n := min(blockSize-len(t.rest), len(text))
		t.rest, text = append(t.rest, text[:n]...), text[n:]
		if len(t.rest) == blockSize {
			if err := s.flush(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush writes what is not written yet of a tray.
func (s *spool) flush(t *tray) error {
	at, err := s.write(t.rest)
	if err != nil {
		return err
	}
	t.blocks = append(t.blocks, block{at, len(t.rest)})
	t.rest = t.rest[:0]
	return nil
}

// flushAll writes what is not written yet, and needs no memory for it any more.
func (s *spool) flushAll() error {
	for i := range s.trays {
		t := &s.trays[i]
		if len(t.rest) > 0 {
			if err := s.flush(t); err != nil {
				return err
			}
		}
		t.rest = nil
	}
	return nil
}

// write writes a text at the end of the file, and tells where it begins.
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
	size := 0
	for _, b := range s.trays[number].blocks {
		size += b.size
	}
	text := slices.Grow(room[:0], size)[:size]
	at := 0
	for _, b := range s.trays[number].blocks {
		if _, err := s.file.ReadAt(text[at:at+b.size], b.at); err != nil {
			return nil, spoolError(err)
		}
		at += b.size
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
