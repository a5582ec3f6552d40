package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"tieout/ingest"
)

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
		SyncFolder(l.file.Name())
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
	for line := range everyLine(io.NewSectionReader(l.file, 0, size)) {
		switch fault := line.fault; {
		case line.blank && line.number == 1:
			continue // it is no beginning of a capture
		case line.blank:
		case fault == nil:
			found = true
			l.learn(&line.entry)
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

// SyncFolder makes a new file's name outlive a failure of the machine, where the system
// can do that.
func SyncFolder(file string) {
	if folder, err := os.Open(filepath.Dir(file)); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}
