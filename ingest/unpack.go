package ingest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// MaxUnpacked is how many bytes of a compressed file are unpacked.
	MaxUnpacked int64 = 1 << 36
	// maxWindow bounds the memory that unpacking takes.
	maxWindow = 128 << 20
)

// The first bytes of compressed files.
const (
	ZstdMagic = "\x28\xb5\x2f\xfd"
	GzipMagic = "\x1f\x8b"
)

// Unpack is the text of a file that may be compressed as zstd or gzip, which its first
// bytes tell; closing gives back what unpacking holds.
func Unpack(r *bufio.Reader) (plain io.Reader, closing func(), err error) {
	switch head, _ := r.Peek(len(ZstdMagic)); {
	case string(head) == ZstdMagic || isSkippable(head):
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, err
		}
		return &bounded{from: d, left: MaxUnpacked}, d.Close, nil
	case bytes.HasPrefix(head, []byte(GzipMagic)):
		d, err := gzip.NewReader(r)
		if err != nil {
			return nil, nil, fmt.Errorf("cannot be read: %w", err)
		}
		return &bounded{from: d, left: MaxUnpacked}, func() { _ = d.Close() }, nil
	}
	return r, func() {}, nil
}

// IsCompressed tells whether a file is compressed, by its first bytes.
func IsCompressed(head []byte) bool {
	head = head[:min(len(head), len(ZstdMagic))]
	return string(head) == ZstdMagic || isSkippable(head) || bytes.HasPrefix(head, []byte(GzipMagic))
}

// isSkippable tells the frames of zstd that hold no data.
func isSkippable(head []byte) bool {
	return len(head) == 4 && head[0]&0xf0 == 0x50 && string(head[1:]) == "\x2a\x4d\x18"
}

// bounded reads up to a limit, and fails behind it.
type bounded struct {
	from io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("more than %d bytes unpacked", MaxUnpacked)
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
