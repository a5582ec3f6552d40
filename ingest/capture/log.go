package capture

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"tieout/ingest"
)

// ErrLocked says that another program is writing a capture.
var ErrLocked = errors.New("another run is writing this capture")

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

	states map[id]*state
	faults []*Fault
	cut    int64
}

// id is what entries are about.
type id struct{ source, key string }

// state is what a capture knows of one key.
type state struct {
	last    Entry
	settled *Entry // the last answer, or the last word that there is nothing
	job     *Entry // a submitted job that nothing came of yet
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
	l := &Log{every: DefaultSync, states: map[id]*state{}}
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

// recover reads what is there, cuts off what is unfinished, and makes ready to add.
func (l *Log) recover() error {
	size, err := l.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if err := l.recognise(size); err != nil {
		return err
	}
	whole := size
	if l.packer != nil {
		if whole, err = wholeFrames(io.NewSectionReader(l.file, 0, size)); err != nil {
			return err
		}
	}
	if l.end, err = l.replay(whole); err != nil {
		return err
	}
	if l.cut = size - l.end; l.cut > 0 {
		if err := l.file.Truncate(l.end); err != nil {
			return err
		}
	}
	if _, err := l.file.Seek(l.end, io.SeekStart); err != nil {
		return err
	}
	if size == 0 && l.every > 0 {
		syncFolder(l.file.Name())
	}
	return nil
}

// recognise tells whether the file is a capture, or can become one.
func (l *Log) recognise(size int64) error {
	head := make([]byte, min(size, int64(len("\ufeff")+len(marker))))
	if _, err := io.ReadFull(io.NewSectionReader(l.file, 0, size), head); err != nil {
		return err
	}
	plain := bytes.TrimPrefix(head, []byte("\ufeff"))
	packed := strings.HasPrefix(string(head), ingest.ZstdMagic) || len(head) > 0 && strings.HasPrefix(ingest.ZstdMagic, string(head)) ||
		size == 0 && strings.EqualFold(filepath.Ext(l.file.Name()), ".zst")
	switch {
	case packed:
		packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(false))
		l.packer = packer
		return err
	case bytes.HasPrefix(head, []byte(ingest.GzipMagic)):
		return errors.New("a capture compressed as gzip can be read, and not added to; unpack it first")
	case bytes.HasPrefix(plain, []byte(marker)) || strings.HasPrefix(marker, string(plain)):
		return nil
	}
	return errors.New("it is not a capture; nothing was written")
}

// replay takes in the entries of the first bytes of the file, and tells where the last
// whole one ends.
func (l *Log) replay(size int64) (end int64, err error) {
	found := false
	for line := range lines(io.NewSectionReader(l.file, 0, size)) {
		switch fault := line.fault; {
		case fault == nil:
			found = true
			l.learn(line.entry)
		case line.last: // the frames are whole; of what is behind this nothing is known
			return 0, fmt.Errorf("it is damaged; nothing was written: %w", fault)
		case fault.Unfinished && l.packer == nil:
			return end, l.orNone(found)
		default:
			l.faults = append(l.faults, fault)
		}
		l.line, l.parted = line.number, !line.ended
		end = line.next
	}
	if l.packer != nil {
		end = size
	}
	return end, l.orNone(found)
}

// orNone is the fault of a file that has lines, and no entry among them.
func (l *Log) orNone(found bool) error {
	if found || len(l.faults) == 0 {
		return nil
	}
	return fmt.Errorf("it is not a capture that can be added to; nothing was written: %w", l.faults[0])
}

// learn remembers an entry that is in the file.
func (l *Log) learn(e Entry) {
	e.Body = nil
	at := id{e.Source, e.Key}
	s := l.states[at]
	if s == nil {
		s = &state{}
		l.states[at] = s
	}
	s.last = e
	switch {
	case e.Kind == Submitted:
		s.job = &e
	case e.settles():
		s.settled, s.job = &e, nil
	case s.job != nil && e.Job == s.job.Job: // the job has failed, not only the asking
		s.job = nil
	}
}

// Append writes entries, each as a line, in one write: whatever happens, the capture
// then holds whole entries and at most one that is unfinished. In a compressed capture
// each call adds a frame of its own, so that what is written can be read though the
// program is killed. The maps of the entries must not change afterwards.
//
// When an entry cannot be written none of them is, and the log goes on. When what is
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
		l.learn(e)
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
			err = fmt.Errorf("it is longer than %d bytes", MaxLine)
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

// State is the last entry of a key, without its body; ok is false when there is none.
func (l *Log) State(source, key string) (last Entry, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.states[id{source, key}]; s != nil {
		return s.last, true
	}
	return Entry{}, false
}

// Settled is the last entry of a key that is an answer or says that there is nothing,
// without its body, though a later attempt may have failed. ok is false when there is
// none.
func (l *Log) Settled(source, key string) (last Entry, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.states[id{source, key}]; s != nil && s.settled != nil {
		return *s.settled, true
	}
	return Entry{}, false
}

// Pending lists the submitted jobs of which nothing has come yet, in the order they
// were submitted: no answer, nothing that says there is none, and no failure of that
// job. They are to be asked for, not submitted again.
func (l *Log) Pending() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []Entry
	for _, s := range l.states {
		if s.job != nil {
			all = append(all, *s.job)
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.Line, b.Line) })
	return all
}

// Faults lists the lines that are not entries, as found when the capture was opened.
func (l *Log) Faults() []*Fault { return l.faults }

// Cut is how many bytes of an unfinished entry were cut off when the capture was
// opened; 0 when the last run ended as it should.
func (l *Log) Cut() int64 { return l.cut }

// syncFolder makes a new file's name outlive a failure of the machine, where the system
// can do that.
func syncFolder(file string) {
	if folder, err := os.Open(filepath.Dir(file)); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}
