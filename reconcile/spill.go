package reconcile

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// spills are the temporary files of a run. They may be closed while the run still
// uses them, as when it is interrupted.
type spills struct {
	mutex  sync.Mutex
	open   map[*os.File]string // the name that is still to be removed; empty for none
	closed bool
}

var errSpillsClosed = errors.New("the run has been closed")

// create makes a temporary file. Where the system allows it, the file has no name
// from then on: nothing of it is left, however the program ends.
func (s *spills) create() (*os.File, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.closed {
		return nil, errSpillsClosed
	}
	file, err := os.CreateTemp("", "tieout-*")
	if err != nil {
		return nil, fmt.Errorf("findings cannot be kept in a temporary file: %w", err)
	}
	name := file.Name()
	if os.Remove(name) == nil {
		name = ""
	}
	if s.open == nil {
		s.open = map[*os.File]string{}
	}
	s.open[file] = name
	return file, nil
}

// remove closes and removes one file.
func (s *spills) remove(file *os.File) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	name, isOpen := s.open[file]
	if !isOpen {
		return nil
	}
	delete(s.open, file)
	err := file.Close()
	if name != "" {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// Close removes all of them, and no others can be made.
func (s *spills) Close() error {
	s.mutex.Lock()
	s.closed = true
	var all []*os.File
	for file := range s.open {
		all = append(all, file)
	}
	s.mutex.Unlock()
	var err error
	for _, file := range all {
		err = errors.Join(err, s.remove(file))
	}
	return err
}
