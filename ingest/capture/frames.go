package capture

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// wholeFrames is the offset behind the last frame of a zstd file that is complete. It
// walks from block to block without unpacking any. Zeros behind it are what a failure
// of the machine leaves of a frame whose length was kept and whose text was not.
func wholeFrames(r io.Reader) (end int64, err error) {
	w := &walker{from: bufio.NewReaderSize(r, 64<<10)}
	for {
		err := w.frame()
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return end, nil
		case err != nil && w.at == end && w.onlyZeros():
			return end, nil
		case err != nil:
			return end, fmt.Errorf("damaged at byte %d: %w", end, err)
		}
		end = w.at
	}
}

type walker struct {
	from *bufio.Reader
	at   int64
}

// frame walks over one frame.
func (w *walker) frame() error {
	head, err := w.from.Peek(zstd.HeaderMaxSize)
	if len(head) == 0 {
		return err
	}
	var h zstd.Header
	if err := h.Decode(head); err != nil {
		return err
	}
	if h.Skippable {
		return w.skip(h.HeaderSize + int(h.SkippableSize))
	}
	if err := w.skip(h.HeaderSize); err != nil {
		return err
	}
	for last := false; !last; {
		if last, err = w.block(); err != nil {
			return err
		}
	}
	if h.HasCheckSum {
		return w.skip(4)
	}
	return nil
}

// block walks over one block; its header is three bytes (RFC 8878, section 3.1.1.2).
func (w *walker) block() (last bool, err error) {
	const runLength, reserved = 1, 3
	head, err := w.from.Peek(3)
	if err != nil {
		return false, err
	}
	n := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
	last, kind, size := n&1 == 1, n>>1&3, n>>3
	switch kind {
	case runLength:
		size = 1
	case reserved:
		return false, errors.New("a block of no known kind")
	}
	return last, w.skip(3 + size)
}

// onlyZeros tells whether nothing else is left; it reads all that is.
func (w *walker) onlyZeros() bool {
	for {
		switch b, err := w.from.ReadByte(); {
		case err != nil:
			return errors.Is(err, io.EOF)
		case b != 0:
			return false
		}
	}
}

func (w *walker) skip(n int) error {
	skipped, err := w.from.Discard(n)
	w.at += int64(skipped)
	return err
}
