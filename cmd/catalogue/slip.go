package catalogue

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"io"

	"tieout/calc/schema"
	"tieout/calc/text"
	"tieout/ingest"
)

// slip is a document, or an element of a long array, with what it takes to read it once
// more as it was read in its file.
type slip struct {
	// key is the hash of the folded key of a record in it.
	key   uint64
	input int // number
	// start is where the text begins in the input, and from and end where the document
	// does in the text. What stands around it is for excerpts.
	start     schema.Start
	from, end int
	// unnamed counts the records before the document that do not name themselves.
	unnamed int
	// element is the number of the document in a long array, from 1; 0 when it stands by
	// itself.
	element int
	text    []byte
	// sharedAt is where the text is in the spool, if isShared: it is on several slips.
	isShared bool
	sharedAt int64
	size     int // of the text
}

// keyHash is the hash of a key after folding.
func keyHash(key string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, text.Fold(key)) // hashes do not fail
	return h.Sum64()
}

// compare two slips: those of a key are together, in the order of the documents.
func (s *slip) compare(other *slip) int {
	return cmp.Or(
		cmp.Compare(s.key, other.key), cmp.Compare(s.input, other.input),
		cmp.Compare(s.start.Offset+s.from, other.start.Offset+other.from),
	)
}

// appendTo writes the slip behind a text; read reads it.
func (s *slip) appendTo(to []byte) []byte {
	to = binary.LittleEndian.AppendUint64(to, s.key)
	shared := int64(-1)
	if s.isShared {
		shared = s.sharedAt
	}
	for _, n := range [...]int64{
		int64(s.element), shared, int64(s.input), int64(s.start.Offset), int64(s.start.Line), int64(s.start.Column),
		int64(s.from), int64(s.end), int64(s.unnamed), int64(s.size),
	} {
		to = binary.AppendVarint(to, n)
	}
	if !s.isShared {
		to = append(to, s.text...)
	}
	return to
}

// read reads the slip that a text begins with, and gives the rest of it.
func (s *slip) read(from []byte) (rest []byte) {
	s.key = binary.LittleEndian.Uint64(from)
	from = from[8:]
	var all [10]int64
	for i := range all {
		n, length := binary.Varint(from)
		all[i], from = n, from[length:]
	}
	numbers := all[1:]
	s.element = int(all[0])
	s.sharedAt, s.isShared = max(numbers[0], 0), numbers[0] >= 0
	s.input, s.start = int(numbers[1]), schema.Start{Offset: int(numbers[2]), Line: int(numbers[3]), Column: int(numbers[4])}
	s.from, s.end, s.unnamed, s.size = int(numbers[5]), int(numbers[6]), int(numbers[7]), int(numbers[8])
	if s.isShared {
		return from
	}
	s.text = from[:s.size]
	return from[s.size:]
}

// margins tell how much of the text around documents their slips have, one after the
// other.
type margins struct {
	in    *schema.Input
	at    int          // an offset of the text
	start schema.Start // that is there
}

// slip of the document between two offsets.
func (m *margins) slip(from, end int) slip {
	all := m.in.Text
	left := max(from-schema.Surroundings, 0)
	left += bytes.LastIndexByte(all[left:from], '\n') + 1
	left = max(ingest.CharacterAt(all, left), m.at)
	right := min(end+schema.Surroundings, len(all))
	if n := bytes.IndexByte(all[end:right], '\n'); n >= 0 {
		right = end + n + 1
	}
	m.at, m.start = left, m.start.After(all[m.at:left])
	return slip{start: m.start, from: from - left, end: end - left, text: all[left:right], size: right - left}
}
