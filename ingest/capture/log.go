package capture

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// ErrLocked says that another program is writing a capture.
var ErrLocked = errors.New("another run is writing this capture")

// ErrTooLong says that an entry does not fit into a line. The log can be written on.
var ErrTooLong = errors.New("the entry is too long")

// DefaultSync is how many entries are written before they are made to outlive a
// failure of the machine. They outlive the end of the program at once.
const DefaultSync = 32

// Log is a capture that is open for adding to. Its methods may be called from several
// goroutines.
type Log struct {
	mu       sync.Mutex
	file     *os.File
	release  func() error
	packer   *zstd.Encoder // nil where the capture is not compressed
	every    int           // entries between syncs
	unsynced int
	end      int64 // of what is written
	line     int   // the number of the last
	parted   bool  // the next line has to begin with a line feed
	broken   error // nothing can be written any more

	states map[entryKey]*state
	faults []*Fault
	cut    int64
}

// Option of a log.
type Option func(*Log)

// Sync makes the log outlive a failure of the machine after every n entries, instead of
// DefaultSync; with 0 that is left to the system.
func Sync(n int) Option { return func(l *Log) { l.every = n } }

// Open opens a capture for adding to, or makes one; only its owner can read that. One
// whose name ends in .zst is made as zstd. It reads what is there. An unfinished entry
// at the end, left by a run that was killed, is cut off; lines that are not entries
// stay, and Faults lists them.
//
// Open fails with ErrLocked while another program has the capture open, and without
// writing anything when the file is no capture.
func Open(path string, options ...Option) (*Log, error) {
	l := &Log{every: DefaultSync, states: map[entryKey]*state{}}
	for _, o := range options {
		o(l)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	l.file = file
	if err := l.take(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), file.Close())
	}
	if err := l.recover(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), l.release(), file.Close())
	}
	return l, nil
}

// take makes sure that the file is one, and that nobody else writes it.
func (l *Log) take() (err error) {
	info, err := l.file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is not a file")
	}
	l.release, err = lock(l.file)
	return err
}

// Append writes entries, each as a line, in one write: whatever happens, the capture
// then holds whole entries and at most one that is unfinished. In a compressed capture
// each call adds a frame of its own, so that what is written can be read though the
// program is killed.
//
// When an entry cannot be written none of them is, and the log goes on; an entry that
// is too long is told by ErrTooLong. When what is
// written cannot be made to last, the log is not written any more.
func (l *Log) Append(entries ...Entry) error {
	text, err := linesOf(entries)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken != nil {
		return l.broken
	}
	if err := l.write(text); err != nil {
		return err
	}
	submits := false
	for _, e := range entries {
		l.line++
		e.Version, e.Line = Version, l.line
		l.learn(&e)
		submits = submits || e.Kind == Submitted
	}
	// A job that is forgotten would be submitted again.
	if l.unsynced += len(entries); l.unsynced >= l.every || submits {
		return l.flush()
	}
	return nil
}

// linesOf are entries as they are written.
func linesOf(entries []Entry) ([]byte, error) {
	var text []byte
	for _, e := range entries {
		e.Version = cmp.Or(e.Version, Version)
		line, err := e.encode()
		if err == nil && len(line) > MaxLine {
			err = fmt.Errorf("%w: its line is longer than %d bytes", ErrTooLong, MaxLine)
		}
		if err != nil {
			return nil, fmt.Errorf("an entry of %s cannot be kept: %w", e.Source, err)
		}
		text = append(append(text, line...), '\n')
	}
	return text, nil
}

// write adds text to the file, or leaves the file as it was.
func (l *Log) write(text []byte) error {
	if l.parted {
		text = append([]byte("\n"), text...)
	}
	if l.packer != nil {
		text = l.packer.EncodeAll(text, nil)
	}
	n, err := l.file.Write(text)
	if err == nil {
		l.end += int64(n)
		l.parted = false
		return nil
	}
	failed := l.file.Truncate(l.end)
	if failed == nil {
		_, failed = l.file.Seek(l.end, io.SeekStart)
	}
	if failed != nil {
		l.broken = fmt.Errorf("the capture cannot be written any more: %w", err)
	}
	return err
}

func (l *Log) flush() error {
	if l.unsynced == 0 || l.every <= 0 {
		return nil
	}
	l.unsynced = 0
	err := l.file.Sync()
	if err != nil { // what is lost cannot be told any more
		l.broken = fmt.Errorf("the capture cannot be written any more: %w", err)
	}
	return err
}

// Flush makes what is written outlive a failure of the machine.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken != nil {
		return l.broken
	}
	return l.flush()
}

// Close ends the writing and gives the capture back. Closing again does nothing.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := errors.Join(l.flush(), l.release(), l.file.Close())
	l.file, l.broken = nil, fmt.Errorf("the capture is closed: %w", os.ErrClosed)
	return err
}

// Faults lists the lines that are not entries, as found when the capture was opened.
func (l *Log) Faults() []*Fault { return l.faults }

// Cut is how many bytes of an unfinished entry were cut off when the capture was
// opened; 0 when the last run ended as it should.
func (l *Log) Cut() int64 { return l.cut }
