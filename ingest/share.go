package ingest

import (
	"io"
	"unicode/utf8"

	"tieout/calc/schema"
)

// Share is a part of a file that is read by itself: what begins from one mark on and
// before another.
type Share struct {
	From, To Mark

	marks *Marks
}

// Mark is a place in a file at which a document begins, or an element of a list. The end
// of the file is one too.
type Mark struct {
	Offset int64
	// List of which an element begins there, and its Number; nil for a document.
	List   *List
	Number int
}

// lookahead is how much of a file is read behind a share, to tell how its last document
// ends.
const lookahead = ChunkSize

// ReachesEnd tells whether nothing stands behind the share.
func (s *Share) ReachesEnd() bool { return s.To.Offset == s.marks.size }

// limit is where reading a share ends.
func (s *Share) limit() int64 { return min(s.To.Offset+lookahead, s.marks.size) }

// Only makes the file be read between two marks only.
func (f *File) Only(m *Marks, from, to Mark) { f.share = &Share{from, to, m} }

// Before is the same file, to be read up to its share; nil when that begins with it.
func (f *File) Before() (*File, error) {
	if f.share == nil || f.share.From.Offset == 0 {
		return nil, nil
	}
	again, err := Open(f.file.Name(), nil)
	if err != nil {
		return nil, err
	}
	again.Name = f.Name
	again.Only(f.share.marks, f.share.marks.First(), f.share.From)
	return again, nil
}

// Share of the file that is cut; nil for the whole.
func (c *Cutter) Share() *Share { return c.share }

// Start is where the first text begins.
func (c *Cutter) Start() schema.Start { return c.start }

// shareCutter reads the share in chunks of about some bytes. The first has so much before
// it as excerpts need.
func (f *File) shareCutter(size int) (*Cutter, error) {
	s := f.share
	around := max(s.From.Offset-schema.Surroundings-utf8.UTFMax, 0)
	before := make([]byte, s.From.Offset-around)
	if _, err := f.file.ReadAt(before, around); err != nil {
		return nil, err
	}
	if more := len(before) - schema.Surroundings; more > 0 {
		first := CharacterAt(before, more)
		before, around = before[first:], around+int64(first)
	}
	start, err := startOf(f.file, around)
	if err != nil {
		return nil, err
	}
	if _, err := f.file.Seek(s.From.Offset, io.SeekStart); err != nil {
		return nil, err
	}
	f.from.n.Store(0)
	const spare = 8 // chunks that wait to be used anew
	return &Cutter{
		from: io.LimitReader(f.from, s.limit()-s.From.Offset), size: size, custom: CustomOf(f.Head),
		carry: before, lead: len(before), free: make(chan []byte, spare), begun: true,
		list: s.From.List, share: s, start: start, offset: around,
	}, nil
}

// surveyed is how many bytes of a file are looked at at a time.
const surveyed = 1 << 20

// survey goes over a file between two offsets. Where it is cut, no character is.
func survey(file io.ReaderAt, from, to int64, look func(text []byte) (goOn bool)) error {
	buffer := make([]byte, surveyed)
	for from < to {
		text := buffer[:min(int64(len(buffer)), to-from)]
		if _, err := file.ReadAt(text, from); err != nil {
			return err
		}
		if int64(len(text)) < to-from {
			text = text[:CharacterAt(text, len(text)-1)]
		}
		if !look(text) {
			return nil
		}
		from += int64(len(text))
	}
	return nil
}

// startOf is the place of an offset of a file.
func startOf(file io.ReaderAt, offset int64) (start schema.Start, err error) {
	err = survey(file, 0, offset, func(text []byte) bool {
		start = start.After(text)
		return true
	})
	return start, err
}
