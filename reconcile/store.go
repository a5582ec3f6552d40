package reconcile

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// Store holds what a run lists, in the order of the reports, however much it is:
// the last few thousand in memory, the rest in a temporary file. The zero Store
// keeps all in memory.
type Store[T any] struct {
	*storing[T]
	n int
	// recent are those that are not in the file. What is in the file comes before
	// them when the store is inOrder.
	recent  []T
	file    *os.File
	pieces  []piece // of the file, each in order
	last    T       // the last of the last piece
	ordered bool    // nothing was added since the store was put in order
	err     error
}

// storing says how a store is kept in files.
type storing[T any] struct {
	files *spills
	coder *coder
	// code writes or reads one; see coder.
	code func(*coder, *T)
	// order of the reports; nil for the order in which they are added.
	order func(a, b *T) int
	// keep is how many are kept in memory.
	keep int
}

// piece is a part of a file in which things are in order.
type piece struct{ from, to int64 }

// keptInMemory is how many findings, and how many of each other thing, a run keeps in
// memory: some 10 MB.
const keptInMemory = 4096

// mergedAtOnce bounds the pieces that are read side by side.
const mergedAtOnce = 64

// StoreOf is a store of a few.
func StoreOf[T any](all ...T) Store[T] { return Store[T]{recent: all, n: len(all)} }

// Len is how many there are.
func (s *Store[T]) Len() int { return s.n }

// Err is why the store could not be kept or read; then it is not whole.
func (s *Store[T]) Err() error { return s.err }

// Add adds one.
func (s *Store[T]) Add(one T) {
	s.n++
	if s.err != nil {
		return
	}
	s.recent, s.ordered = append(s.recent, one), false
	if s.storing != nil && len(s.recent) >= s.keep {
		s.err = s.spill()
	}
}

// All are those in the store with their numbers, in order. Each is its own until it
// is changed by the caller.
func (s *Store[T]) All() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		if s.putInOrder(); s.err != nil {
			return
		}
		i := 0
		for _, p := range s.pieces {
			r := s.read(p)
			for one := r.next(); one != nil; one = r.next() {
				if !yield(i, one) {
					return
				}
				i++
			}
			if s.err = r.err; s.err != nil {
				return
			}
		}
		for k := range s.recent {
			if !yield(i, &s.recent[k]) {
				return
			}
			i++
		}
	}
}

// compare two by the order of the store.
func (s *Store[T]) compare(a, b *T) int {
	if s.storing == nil || s.order == nil {
		return 0
	}
	return s.order(a, b)
}

// sortRecent puts those in memory in order. Equal ones stay as they were added.
func (s *Store[T]) sortRecent() {
	sortStable(s.recent, s.compare)
}

// sortStable sorts what mostly is in order.
func sortStable[T any](all []T, compare func(a, b *T) int) {
	for i := 1; i < len(all); i++ {
		if compare(&all[i-1], &all[i]) > 0 {
			slices.SortStableFunc(all, func(a, b T) int { return compare(&a, &b) })
			return
		}
	}
}

// spill moves what is in memory to the file: into the last piece if it follows on it,
// as it does unless records are joined.
func (s *Store[T]) spill() error {
	if s.file == nil {
		file, err := s.files.create()
		if err != nil {
			return err
		}
		s.file = file
	}
	s.sortRecent()
	follows := len(s.pieces) > 0 && s.compare(&s.last, &s.recent[0]) <= 0
	from := int64(0)
	if len(s.pieces) > 0 {
		from = s.pieces[len(s.pieces)-1].to
	}
	w := &pieceWriter[T]{storing: s.storing, w: bufio.NewWriterSize(s.file, 1<<16)}
	for i := range s.recent {
		w.add(&s.recent[i])
	}
	written, err := w.flush()
	if err != nil {
		return err
	}
	if follows {
		s.pieces[len(s.pieces)-1].to += written
	} else {
		s.pieces = append(s.pieces, piece{from, from + written})
	}
	s.last = s.recent[len(s.recent)-1]
	clear(s.recent)
	s.recent = s.recent[:0]
	return nil
}

// putInOrder makes one piece of several, and those in memory follow on it.
func (s *Store[T]) putInOrder() {
	if s.ordered || s.err != nil {
		return
	}
	s.sortRecent()
	if len(s.recent) > 0 && (len(s.pieces) > 1 || len(s.pieces) == 1 && s.compare(&s.last, &s.recent[0]) > 0) {
		s.err = s.spill()
	}
	for len(s.pieces) > 1 && s.err == nil {
		s.err = s.merge()
	}
	s.ordered = s.err == nil
}

// merge makes one piece of every mergedAtOnce, in another file.
func (s *Store[T]) merge() error {
	file, err := s.files.create()
	if err != nil {
		return err
	}
	var merged []piece
	from := int64(0)
	for some := range slices.Chunk(s.pieces, mergedAtOnce) {
		w := &pieceWriter[T]{storing: s.storing, w: bufio.NewWriterSize(file, 1<<16)}
		if err := s.mergePieces(some, w); err != nil {
			return err
		}
		written, err := w.flush()
		if err != nil {
			return err
		}
		merged = append(merged, piece{from, from + written})
		from += written
	}
	old := s.file
	s.file, s.pieces = file, merged
	return s.files.remove(old)
}

// mergePieces writes what several pieces hold, in order. Of equal ones that of the
// earlier piece comes first.
func (s *Store[T]) mergePieces(pieces []piece, w *pieceWriter[T]) error {
	type head struct {
		one   *T
		from  *pieceReader[T]
		piece int
	}
	var heads []head // in order
	advance := func(h head) error {
		if h.one = h.from.next(); h.one == nil {
			return h.from.err
		}
		at, _ := slices.BinarySearchFunc(heads, h, func(a, b head) int {
			return cmp.Or(s.compare(a.one, b.one), cmp.Compare(a.piece, b.piece))
		})
		heads = slices.Insert(heads, at, h)
		return nil
	}
	for i, p := range pieces {
		if err := advance(head{from: s.read(p), piece: i}); err != nil {
			return err
		}
	}
	for len(heads) > 0 {
		h := heads[0]
		w.add(h.one)
		s.last = *h.one
		heads = heads[:copy(heads, heads[1:])]
		if err := advance(h); err != nil {
			return err
		}
	}
	return nil
}

// pieceWriter writes things behind each other, each with its length before it.
type pieceWriter[T any] struct {
	*storing[T]
	w       *bufio.Writer
	length  [binary.MaxVarintLen64]byte
	written int64
}

func (p *pieceWriter[T]) add(one *T) {
	text := p.coder.write(func(c *coder) { p.code(c, one) })
	n, _ := p.w.Write(p.length[:binary.PutUvarint(p.length[:], uint64(len(text)))])
	m, _ := p.w.Write(text) // the first error stays with the writer
	p.written += int64(n + m)
}

func (p *pieceWriter[T]) flush() (written int64, err error) {
	if err := p.w.Flush(); err != nil {
		return 0, fmt.Errorf("findings cannot be kept in a temporary file: %w", err)
	}
	return p.written, nil
}

// read begins to read a piece.
func (s *Store[T]) read(p piece) *pieceReader[T] {
	return &pieceReader[T]{storing: s.storing, r: bufio.NewReaderSize(io.NewSectionReader(s.file, p.from, p.to-p.from), 1<<16)}
}

// pieceReader reads what a pieceWriter wrote.
type pieceReader[T any] struct {
	*storing[T]
	r      *bufio.Reader
	buffer []byte
	err    error
}

var errSpilled = errors.New("a temporary file is not as it was written")

// next is the next one; nil at the end and when it cannot be read.
func (p *pieceReader[T]) next() *T {
	size, err := binary.ReadUvarint(p.r)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil && size > maxCoded {
		err = errSpilled
	}
	if err == nil {
		p.buffer = slices.Grow(p.buffer[:0], int(size))[:size]
		_, err = io.ReadFull(p.r, p.buffer)
	}
	one := new(T)
	if err == nil && !p.coder.read(string(p.buffer), func(c *coder) { p.code(c, one) }) {
		err = errSpilled
	}
	if err != nil {
		p.err = fmt.Errorf("findings cannot be read back: %w", err)
		return nil
	}
	return one
}
