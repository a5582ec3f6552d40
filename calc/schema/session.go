package schema

import "tieout/calc/text"

// Session judges one record after the other, in the room of the one before: most are
// clean, and nothing is left of them.
type Session struct {
	about   *Circumstances
	rec     *Record
	c       Case
	verdict verdict
	// odd are the texts of the record in which something is odd, once looked is true.
	odd    []oddText
	looked bool
}

// NewSession begins one under some circumstances.
func NewSession(about *Circumstances) *Session { return &Session{about: about} }

// Begin says which record is judged next.
func (s *Session) Begin(rec *Record) { s.rec, s.odd, s.looked = rec, s.odd[:0], false }

// Case of a rule at an instance of a group, or at the value in a slot of it when slot
// is not negative. It takes the place of the one before, of which neither the verdict
// nor the cases of rows are valid then.
func (s *Session) Case(paths *Paths, group, instance, slot int) *Case {
	v := &s.verdict
	*v = verdict{session: s, broken: v.broken[:0], rows: v.rows[:0]}
	s.c = Case{Record: s.rec, about: s.about, paths: paths, at: place{group, instance}, value: slot, verdict: v}
	return &s.c
}

// NewCase is one by itself. With trace it keeps what is read.
func NewCase(rec *Record, about *Circumstances, paths *Paths, group, instance, slot int, trace bool) *Case {
	return &Case{
		Record: rec, about: about, paths: paths, at: place{group, instance}, value: slot,
		verdict: &verdict{trace: trace},
	}
}

// verdict gathers what a function says at one place and at those below it.
type verdict struct {
	session *Session // nil for a case by itself
	outcome Outcome
	reason  string
	gap     gap
	broken  []Breach
	// sound is how many of the breaches were found before a value was missing.
	sound int
	trace bool
	read  []reading
	rows  []Case // room for the cases of rows, of which the first are taken
}

// reading is the place of a value that was read.
type reading struct {
	rec  *Record
	at   place
	slot int
}

// gap is a Gap of which the names are told when it decides.
type gap struct {
	rec     *Record // nil when nothing is missing
	at      place
	slot    int // allRows for the rows of a group below an instance
	reason  string
	applies bool
	apart   bool // the other records of the list are missing
}

func (g *gap) told() Gap {
	told := Gap{Reason: g.reason, Applies: g.applies, Apart: g.apart}
	switch at := g.at; {
	case g.rec == nil:
	case g.slot == allRows:
		told.Name, told.Pointer = g.rec.RowsName(at.group, at.instance), g.rec.RowsPointer(at.group, at.instance)
	default:
		told.Name = g.rec.SlotName(at.group, at.instance, g.slot)
		told.Pointer = g.rec.SlotPointer(at.group, at.instance, g.slot)
	}
	return told
}

// mostRoom is how many cases of rows are kept room for.
const mostRoom = 4096

// room for the cases of some rows, which is theirs until the next case.
func (v *verdict) room(rows int) []Case {
	from := len(v.rows)
	if from+rows > cap(v.rows) {
		if rows > mostRoom {
			return make([]Case, rows)
		}
		// What was taken from the room that is too small stays there.
		from, v.rows = 0, make([]Case, 0, min(max(16, 2*cap(v.rows), rows), mostRoom))
	}
	v.rows = v.rows[:from+rows]
	return v.rows[from : from+rows : from+rows]
}

// oddText is a text with what is odd about it.
type oddText struct {
	at     place
	slot   int
	oddity []text.Oddity
}

// EachOdd calls a function for every text of the record in which something is odd; the
// case is one of that text, judged by itself. The texts are examined once for all
// rules.
func (c *Case) EachOdd(do func(*Case, []text.Oddity)) {
	for _, odd := range c.oddTexts() {
		one := &c.room(1)[0]
		*one = *c
		one.at, one.value, one.alone = odd.at, odd.slot, true
		do(one, odd.oddity)
	}
}

func (c *Case) oddTexts() []oddText {
	s := c.session
	if s == nil || s.rec != c.Record {
		return c.Record.oddTexts(nil)
	}
	if !s.looked {
		s.odd, s.looked = c.Record.oddTexts(s.odd), true
	}
	return s.odd
}

// oddTexts adds the texts of a record in which something is odd.
func (r *Record) oddTexts(odd []oddText) []oddText {
	for g := range r.Layout.Groups {
		slots := r.Layout.Groups[g].Slots
		for slot := range slots {
			if !slots[slot].Field.Kind.IsText() {
				continue
			}
			for i := range r.Instances(g) {
				v := r.Value(g, i, slot)
				if v.State != Present {
					continue
				}
				if found := text.Examine(v.Text); found != nil {
					odd = append(odd, oddText{place{g, i}, slot, found})
				}
			}
		}
	}
	return odd
}
