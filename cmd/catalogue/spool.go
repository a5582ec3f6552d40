package catalogue

import (
	"errors"
	"os"
)

// spool is a temporary file in which texts are kept in many trays, however much it is.
// Each tray is filled in memory, and written block by block.
type spool struct {
	file  *os.File
	name  string // that is still to be removed; empty for none
	size  int64  // of the file
	trays []tray
}

// tray is a text of which the full blocks are in the file.
type tray struct {
	blocks []int64 // where they begin
	rest   []byte
}

// blockSize is how much of a tray is written at a time.
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
	t.rest = append(t.rest, text...)
	full := 0
	for ; len(t.rest)-full >= blockSize; full += blockSize {
		at, err := s.write(t.rest[full : full+blockSize])
		if err != nil {
			return err
		}
		t.blocks = append(t.blocks, at)
	}
	if full > 0 {
		t.rest = t.rest[:copy(t.rest, t.rest[full:])]
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

// tray is the whole text of one, in the room of another where there is enough. It can be
// had once.
func (s *spool) tray(number int, room []byte) ([]byte, error) {
	t := &s.trays[number]
	text := room[:0]
	if size := len(t.blocks)*blockSize + len(t.rest); cap(text) < size {
		text = make([]byte, 0, size)
	}
	for _, at := range t.blocks {
		end := len(text) + blockSize
		if _, err := s.file.ReadAt(text[len(text):end], at); err != nil {
			return nil, spoolError(err)
		}
		text = text[:end]
	}
	text = append(text, t.rest...)
	*t = tray{}
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
