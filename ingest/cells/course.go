package cells

// course is the order in which the members of an object mostly come.
type course struct {
	steps []step
	// settled tells that nothing needs to be told of an object that has all of them, which
	// are the set whole.
	settled bool
	whole   members
	misses  int // how often a member was looked up by its name
}

// step is a member of a course: the text before its value, from behind the value before or
// from behind the opening bracket, as it stood in an object before, and what is often
// needed of the member itself.
type step struct {
	words  [maxGlue / 8]uint64 // of the text
	tail   uint64              // the last of them
	counts uint64              // the bits of it that count
	length int32               // of the text; 0 when it is not known or too long
	member int16
	slot   int16
	usual  usual
}

// maxGlue bounds the texts before values that are remembered, and ahead is how much is
// looked at from such a text on.
const (
	maxGlue = 40
	ahead   = maxGlue + 24
)

// Members that stand elsewhere are looked up by their names, and the course learns from
// it. After some such misses they are taken to come in any order: the course is neither
// followed nor changed, until there have been so many that it is tried anew.
const (
	patience = 64
	triedAt  = 16 * patience
)

// isFollowed tells whether members are expected in the order of the course.
func (c *course) isFollowed() bool { return c.misses%triedAt < patience }

// place moves the step of a member to a place in the course, or makes it there, and tells
// which place that is. Only the first step may have a text without a comma.
func (o *object) place(member int16, to int) int {
	m := &o.members[member]
	from := int(m.step)
	switch {
	case from < 0:
		o.steps = append(o.steps, step{})
		from = len(o.steps) - 1
		o.settled = false
	case from < to:
		to--
	}
	one := step{member: member, slot: m.slot, usual: m.usual}
	if from < to {
		copy(o.steps[from:to], o.steps[from+1:to+1])
	} else {
		copy(o.steps[to+1:from+1], o.steps[to:from])
	}
	o.steps[to] = one
	for i := min(from, to); i <= max(from, to); i++ {
		o.members[o.steps[i].member].step = int16(i)
	}
	if from == 0 || to == 0 { // another one is the first now
		o.steps[0].length = 0
		o.steps[min(1, len(o.steps)-1)].length = 0
	}
	return to
}

// learn remembers the text before the value.
func (s *step) learn(text []byte) {
	s.length = 0
	if len(text) > maxGlue || len(text) == 0 {
		return
	}
	s.length = int32(len(text))
	var padded [maxGlue]byte
	copy(padded[:], text)
	for i := range s.words {
		s.words[i] = word(padded[:], 8*i)
	}
	s.tail = s.words[(len(text)-1)/8]
	if s.counts = ^uint64(0); len(text)%8 != 0 {
		s.counts >>= 64 - 8*(len(text)%8)
	}
}

// stands tells whether the text is what a stretch of a document begins with.
func (s *step) stands(b *[ahead]byte) bool {
	full := (s.length - 1) >> 3 // -1 where the text is not known
	differs := (word(b[:], 8*int(full&7)) ^ s.tail) & s.counts
	switch full {
	case 4:
		differs |= word(b[:], 24) ^ s.words[3]
		fallthrough
	case 3:
		differs |= word(b[:], 16) ^ s.words[2]
		fallthrough
	case 2:
		differs |= word(b[:], 8) ^ s.words[1]
		fallthrough
	case 1:
		differs |= word(b[:], 0) ^ s.words[0]
	}
	return differs == 0 && full >= 0
}

// addAll adds the members of steps; it is not ok when one is there already.
func (m *members) addAll(steps []step) (ok bool) {
	for i := range steps {
		k := steps[i].member
		if m.has(k) {
			return false
		}
		m.add(k)
	}
	return true
}
