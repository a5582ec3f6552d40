package reconcile

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"strconv"
	"strings"

	"tieout/calc/schema"
)

// Findings are those of a run, sorted by input, place, severity (the worst first) and
// rule.
type Findings struct {
	Store[Finding]
	severities [schema.Error + 1]int
	ids        identities
	shared     sharedCauses
	// tell is told of those of a run as they come, and untold is why it could not be;
	// nil when nobody is. passing tells that they are not kept.
	tell    func(*Finding) error
	untold  error
	passing bool
}

// FindingsOf are some findings as they are.
func FindingsOf(all ...Finding) Findings {
	s := Findings{}
	for i := range all {
		s.Add(all[i])
	}
	return s
}

// Add adds one with the id and the pattern that it has.
func (s *Findings) Add(f Finding) {
	f.identity, f.shared = 0, 0
	s.keep(&f)
}

func (s *Findings) keep(f *Finding) {
	s.severities[f.Severity]++
	if !s.passing {
		s.Store.Add(*f)
	}
}

// Len is how many there are, also of those that are not kept.
func (s *Findings) Len() int {
	n := 0
	for _, k := range s.severities {
		n += k
	}
	return n
}

// Err is why the findings could not be told, kept or read.
func (s *Findings) Err() error { return cmp.Or(s.untold, s.Store.Err()) }

// admit adds one of a run, which has its id from the run and may have its cause in
// common with others.
func (s *Findings) admit(f *Finding) {
	f.identity = s.ids.add(f)
	f.shared = s.shared.add(f)
	if s.tell != nil && s.untold == nil {
		before := f.ID
		f.ID = idOf(f.identity, s.ids.number(f.identity))
		s.untold = s.tell(f)
		f.ID = before
	}
	s.keep(f)
}

// All are the findings that are kept with their numbers, in order, with what only all
// of them together decide: the numbers behind ids, and systemic causes.
func (s *Findings) All() iter.Seq2[int, *Finding] {
	return func(yield func(int, *Finding) bool) {
		seen := map[uint64]int{}
		for i, f := range s.Store.All() {
			if f.identity != 0 {
				f.ID = idOf(f.identity, s.ids.next(f.identity, seen))
			}
			if f.shared != 0 {
				f.Pattern = s.shared.pattern(f.shared)
			}
			if f.Snapshot != nil && f.Snapshot.gaveWay {
				f.Snapshot = nil
			}
			if !yield(i, f) {
				return
			}
		}
	}
}

// findingOrder is that of the reports.
func findingOrder(f, g *Finding) int {
	return cmp.Or(
		cmp.Compare(f.input, g.input), cmp.Compare(f.Place.Offset, g.Place.Offset),
		cmp.Compare(g.Severity, f.Severity), strings.Compare(f.Rule.ID, g.Rule.ID), f.turn.compare(g.turn),
	)
}

// identityBytes is how long an identity is.
const identityBytes = 6

// identities number the findings that would have the same id. For every million
// findings that takes some 20 MB, and twice as much again for those that there are twice.
type identities struct {
	// seen are the identities in as many bytes as they have, which take less room in a map
	// than integers.
	seen map[[identityBytes]byte]struct{}
	// repeated are those of more than one finding, with how many there are.
	repeated map[uint64]int
	text     []byte
}

// add gives a finding its identity. Figures are no part of it, though they decide
// which figure a finding is about.
func (s *identities) add(f *Finding) uint64 {
	law := "" // of rules with several relations about one figure
	if len(f.Evidence) > 0 {
		law = f.Evidence[0].Formula
	}
	s.text = s.text[:0]
	for i, part := range [...]string{f.Source, f.Record, f.Rule.ID, f.Place.Pointer, law} {
		if i > 0 {
			s.text = append(s.text, 0)
		}
		s.text = append(s.text, part...)
	}
	sum := sha256.Sum256(s.text)
	bytes, identity := [identityBytes]byte(sum[:]), binary.BigEndian.Uint64(sum[:])>>(64-8*identityBytes)
	if s.seen == nil {
		s.seen, s.repeated = map[[identityBytes]byte]struct{}{}, map[uint64]int{}
	}
	if _, again := s.seen[bytes]; again {
		s.repeated[identity] = s.number(identity) + 1
	}
	s.seen[bytes] = struct{}{}
	return identity
}

// number of the finding of an identity that was added last, among those of it.
func (s *identities) number(identity uint64) int { return max(s.repeated[identity], 1) }

// next is the number of the next finding of an identity, in order; seen counts those of
// repeated ones.
func (s *identities) next(identity uint64, seen map[uint64]int) int {
	if _, isRepeated := s.repeated[identity]; !isRepeated {
		return 1
	}
	seen[identity]++
	return seen[identity]
}

// idOf a finding by its identity and its number among those of the same.
func idOf(identity uint64, number int) string {
	var digits [8]byte
	binary.BigEndian.PutUint64(digits[:], identity)
	var room [32]byte
	id := hex.AppendEncode(room[:0], digits[2:])
	if number > 1 {
		id = strconv.AppendInt(append(id, '-'), int64(number), 10)
	}
	return string(id)
}
