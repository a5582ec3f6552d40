package schema

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// Comparison is what records of a list are compared by: their own fields in some slots,
// or their names when there are none.
type Comparison struct{ Slots []int }

func (c Comparison) equal(other Comparison) bool { return slices.Equal(c.Slots, other.Slots) }

// sum of what a record says; ok is false when it does not say all of it.
func (c Comparison) sum(rec *Record) (sum uint64, ok bool) {
	if len(c.Slots) == 0 {
		return maphash.String(textSeed, rec.Key), rec.KeyFrom == KeyInDocument
	}
	if !rec.hasTexts(c.Slots) {
		return 0, false
	}
	return rec.hashTexts(c.Slots), true
}

// same tells whether two records, of which one says all of it, say the same.
func (c Comparison) same(a, b *Record) bool {
	if len(c.Slots) == 0 {
		return b.KeyFrom == KeyInDocument && a.Key == b.Key
	}
	return b.hasTexts(c.Slots) && a.sameTexts(b, c.Slots)
}

// Census collects what the records of a list say that is too long to be held: of each
// comparison a sum of 8 bytes, and the number of the element. Of other elements those are
// kept that a later one most likely repeats.
type Census struct {
	name        []int // slots of the usual name
	comparisons []Comparison
	records     int
	said        []buckets // by comparison
}

// buckets are what records say, by the first bits of the sums.
type buckets [256][]said

// said is what the element of a number says.
type said struct {
	sum    uint64
	number int
}

func (b *buckets) of(sum uint64) *[]said { return &b[sum>>56] }

// NewCensus is a census of records of a layout for some comparisons.
func NewCensus(l *Layout, comparisons []Comparison) *Census {
	c := &Census{name: l.UsualName()}
	for _, one := range comparisons {
		if !slices.ContainsFunc(c.comparisons, one.equal) {
			c.comparisons = append(c.comparisons, one)
		}
	}
	c.said = make([]buckets, len(c.comparisons))
	return c
}

// Sheet takes down what some records of the list say.
func (c *Census) Sheet() *CensusSheet {
	return &CensusSheet{name: c.name, comparisons: c.comparisons, said: make([][]said, len(c.comparisons))}
}

// CensusSheet is what some records of a list say.
type CensusSheet struct {
	name        []int
	comparisons []Comparison
	records     int
	said        [][]said
}

// Count takes down what the record of an element says.
func (s *CensusSheet) Count(number int, rec *Record) {
	s.records++
	for i, c := range s.comparisons {
		if sum, ok := c.sum(rec); ok {
			s.said[i] = append(s.said[i], said{sum, number})
		}
	}
}

// CountCells takes down the same of a record that is still in cells; it is not ok when it
// has to be read for that: it has escapes, or is not named the usual way.
func (s *CensusSheet) CountCells(number int, cells *Cells) (ok bool) {
	if len(s.name) == 0 || !cells.isPlain(s.name) || !cells.HasAll(s.name) {
		return false
	}
	for _, c := range s.comparisons {
		if !cells.isPlain(c.Slots) {
			return false
		}
	}
	s.records++
	for i, c := range s.comparisons {
		switch {
		case len(c.Slots) == 0:
			s.said[i] = append(s.said[i], said{cells.nameSum(s.name), number})
		case cells.HasAll(c.Slots):
			s.said[i] = append(s.said[i], said{cells.sum(c.Slots), number})
		}
	}
	return true
}

// isPlain tells whether the record's own texts in some slots stand as they are.
func (s *Cells) isPlain(slots []int) bool {
	for _, slot := range slots {
		if s.At(0, 0, slot).Flags&Escaped != 0 {
			return false
		}
	}
	return true
}

// plain is the text of a slot of the record itself, in which nothing is escaped.
func (s *Cells) plain(slot int) []byte {
	c := s.At(0, 0, slot)
	return s.Text[c.From:][:c.Len]
}

// sum of the texts in some slots of the record itself, as Record.hashTexts has it.
func (s *Cells) sum(slots []int) (sum uint64) {
	for _, slot := range slots {
		sum = sum*31 + maphash.Bytes(textSeed, s.plain(slot))
	}
	return sum
}

// nameSum is the sum of the name that some slots of the record itself make, as
// Record.OwnName has it.
func (s *Cells) nameSum(slots []int) uint64 {
	var h maphash.Hash
	h.SetSeed(textSeed)
	for i, slot := range slots {
		if i > 0 {
			_ = h.WriteByte('/') // never fails
		}
		_, _ = h.Write(s.plain(slot))
	}
	return h.Sum64()
}

// Add adds what the next records say.
func (c *Census) Add(s *CensusSheet) {
	c.records += s.records
	for i := range s.said {
		for _, one := range s.said[i] {
			to := c.said[i].of(one.sum)
			*to = append(*to, one)
		}
	}
}

// Siblings ends the census; read is asked for the record of an element, nil for one that
// cannot be read again.
func (c *Census) Siblings(read func(number int) *Record) *Siblings {
	for i := range c.said {
		for k := range c.said[i] {
			c.said[i][k] = repeated(c.said[i][k])
		}
	}
	return &Siblings{comparisons: c.comparisons, records: c.records, repeated: c.said, read: read}
}

// repeated is what is said more than once, in order.
func repeated(all []said) []said {
	slices.SortFunc(all, func(a, b said) int {
		return cmp.Or(cmp.Compare(a.sum, b.sum), cmp.Compare(a.number, b.number))
	})
	n := 0
	for i := range all {
		if i > 0 && all[i-1].sum == all[i].sum || i+1 < len(all) && all[i+1].sum == all[i].sum {
			n++
		}
	}
	kept := make([]said, 0, n)
	for i := range all {
		if i > 0 && all[i-1].sum == all[i].sum || i+1 < len(all) && all[i+1].sum == all[i].sum {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// Siblings are the records of a list that is too long to be held, as far as they are
// compared with each other. They may be asked by several goroutines.
type Siblings struct {
	comparisons []Comparison
	records     int
	repeated    []buckets
	read        func(number int) *Record
}

// first is the first record of the list that says the same as the record of an element,
// which says all of it: that record itself, or an earlier one.
func (s *Siblings) first(number int, rec *Record, by Comparison) *Record {
	i := slices.IndexFunc(s.comparisons, by.equal)
	sum, _ := by.sum(rec)
	all := *s.repeated[i].of(sum)
	at, _ := slices.BinarySearchFunc(all, sum, func(one said, sum uint64) int { return cmp.Compare(one.sum, sum) })
	for ; at < len(all) && all[at].sum == sum && all[at].number < number; at++ {
		if other := s.read(all[at].number); other != nil && by.same(rec, other) {
			return other
		}
	}
	return rec
}
