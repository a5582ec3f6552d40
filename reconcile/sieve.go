package reconcile

import (
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Sieve lets the records pass of which there is nothing to tell, and counts their checks.
// It works on cells and builds no findings. A record that does not pass is not counted:
// it is to be looked at again, with everything. A sieve is used by one goroutine.
type Sieve struct {
	checker *Checker
	laws    []sievedLaw
	// name are the slots of the record itself by which it is named the usual way.
	name []int
	// part counts the laws that cells do not decide. They are judged on the record and on
	// what stands beside it, which are filled anew for each.
	part           *Run
	at             subject
	record, beside *schema.Record
	cells          *schema.Cells // of the record at hand
	// passed counts the records, documents those that are one of their own, and unnamed
	// those that do not name themselves.
	passed, documents, unnamed, figures int
}

// Standing is where a record stands that is the only one of its document, or of one
// element of a list.
type Standing struct {
	// InList tells that it is of an element of a list, which is one document.
	InList bool
	// IsPart tells that the other elements of the list are records of the same payload:
	// its Siblings, if they are known. Number is that of the element.
	IsPart   bool
	Siblings *schema.Siblings
	Number   int
}

// sievedLaw is a law with its relations prepared.
type sievedLaw struct {
	law   *law
	quick []*formula.Quick // nil for a law that cells do not decide
	exact bool             // nothing is forgiven
	// places in which it holds in the record at hand, and held in all that passed.
	places, held int
	failing      []int // the places in which it does not, those of each relation
}

// NewSieve is a sieve for the records of one of the run's checkers. It is nil when the
// run has to see all of them: because events may explain what is wrong with them, or to
// join them with others.
func NewSieve(r *Run, c *Checker) *Sieve {
	if len(r.events) > 0 || len(r.joins) > 0 {
		return nil
	}
	return newSieve(r, c)
}

func newSieve(r *Run, c *Checker) *Sieve {
	s := &Sieve{checker: c, part: r.Part(), record: schema.NewRecord(c.Layout, &schema.Document{
		Input: &schema.Input{}, Source: c.Layout.Source,
	})}
	s.record.Payload = &schema.Payload{Records: []*schema.Record{s.record}}
	if c.Layout.Context != nil {
		s.beside = schema.NewRecord(c.Layout.Context, s.record.Document)
	}
	for i := range c.laws {
		s.laws = append(s.laws, sieved(&c.laws[i], c.Layout))
	}
	s.name = c.Layout.UsualName()
	return s
}

// sieved prepares the relations of a law.
func sieved(l *law, layout *schema.Layout) sievedLaw {
	s := sievedLaw{law: l, exact: l.rule.Tolerance.IsZero()}
	if l.function != nil {
		return s
	}
	for k := range l.formula.Relations {
		q := l.formula.Relations[k].Quick(layout)
		if q == nil {
			return sievedLaw{law: l}
		}
		s.quick = append(s.quick, q)
	}
	return s
}

// Pass tells whether a record passes. beside is what stands beside it, nil when there is
// nothing.
func (s *Sieve) Pass(record, beside *schema.Cells, at Standing) bool {
	undecided := false
	s.cells = record
	for i := range s.laws {
		l := &s.laws[i]
		l.places = 0
		for _, q := range l.quick {
			places, found := q.Look(record)
			if found == formula.Fails && l.exact {
				return false
			}
			if found != formula.Agrees {
				l.places = 0
				break
			}
			l.places += places
		}
		undecided = undecided || l.places == 0
	}
	filled := undecided || !s.names(record)
	if filled {
		s.fill(record, beside)
		p := s.record.Payload
		p.IsPart, p.Siblings, p.Number = at.IsPart, at.Siblings, at.Number
	}
	if undecided && !s.judge() {
		return false
	}
	for i := range s.laws {
		s.laws[i].held += s.laws[i].places
	}
	s.passed++
	if !at.InList {
		s.documents++
	}
	s.figures += record.Figures
	if filled && s.record.KeyFrom == "" {
		s.unnamed++
	}
	return true
}

// names tells whether a record names itself the usual way.
func (s *Sieve) names(record *schema.Cells) bool {
	return len(s.name) > 0 && record.HasAll(s.name)
}

// fill builds the record of its cells, in the room of the one before. It has no name
// there, but it is known whether it has one: it is alone.
func (s *Sieve) fill(record, beside *schema.Cells) {
	s.record.Fill(record)
	s.record.AsOf, s.record.PreviousAsOf = s.part.about.AsOf, s.part.about.PreviousAsOf
	s.record.Payload.Context = nil
	if beside != nil {
		s.beside.Fill(beside)
		s.record.Payload.Context = s.beside
	}
	s.record.KeyFrom = ""
	if s.names(record) || s.record.OwnName() != "" {
		s.record.KeyFrom = schema.KeyInDocument
	}
}

// judge checks the record by the laws that cells do not decide. What was counted of one
// that does not pass is taken back.
func (s *Sieve) judge() bool {
	s.at = subject{checker: s.checker, rec: s.record, faults: s.at.faults[:0], breaches: s.at.breaches[:0]}
	s.part.session.Begin(s.record)
	last := 0
	for last < len(s.laws) && s.isClean() {
		if l := &s.laws[last]; l.places == 0 {
			s.part.judge(l.law, &s.at)
		}
		last++
	}
	if s.isClean() {
		return true
	}
	s.part.step = -1
	s.part.session.Begin(s.record)
	for i := range s.laws[:last] {
		if l := &s.laws[i]; l.places == 0 {
			s.part.judge(l.law, &s.at)
		}
	}
	s.part.step, s.part.unread, s.part.missing = 1, nil, 0
	return false
}

// isClean tells whether there is nothing to tell of the record so far.
func (s *Sieve) isClean() bool { return s.at.isClean() && len(s.part.unread) == 0 }

// Document checks the document of the record that did not pass last, as it was read in
// full. Where its cells say that a relation holds, it is not asked again.
func (s *Sieve) Document(r *Run, doc *schema.Document) {
	r.sieve = s
	r.Document(s.checker, doc)
	r.sieve = nil
}

// judgeSieved checks the record that a sieve has read by one of the laws, and tells whether
// its cells decide where that holds.
func (r *Run) judgeSieved(number int, s *subject) bool {
	if r.sieve == nil {
		return false
	}
	of := &r.sieve.laws[number]
	failing, held := of.failing[:0], 0
	for _, q := range of.quick {
		before := len(failing)
		var places int
		if failing, places = q.Failing(failing, r.sieve.cells); places == 0 {
			return false
		}
		held += places - (len(failing) - before)
		failing = append(failing, endOfRelation)
	}
	if of.failing = failing; held == 0 {
		return false
	}
	r.result.Checks[Holds] += held
	r.tallies[of.law.rule].counts[Holds] += held
	relation := 0
	for _, place := range failing {
		if place == endOfRelation {
			relation++
			continue
		}
		r.sheet.Clear()
		r.note(of.law, relation, s, of.law.judge(&r.sheet, s.rec, &of.law.formula.Relations[relation], place))
	}
	return true
}

// endOfRelation stands behind the places of a relation.
const endOfRelation = -1

// MoveTo adds the records that have passed to a run, and tells how many of them do not
// name themselves.
func (s *Sieve) MoveTo(r *Run) (unnamed int) {
	if s.passed == 0 {
		return 0
	}
	in := &r.result.Inputs[r.input]
	in.isOf(s.checker.Layout.Source.Name)
	r.result.Documents += s.documents
	in.Documents += s.documents
	r.result.Records += s.passed
	in.Records += s.passed
	r.result.Figures += s.figures
	r.addOutcomes(s.part)
	r.addApart(s.part)
	s.part.forgetOutcomes()
	for i := range s.laws {
		l := &s.laws[i]
		r.result.Checks[Holds] += l.held
		r.tallies[l.law.rule].counts[Holds] += l.held
		l.held = 0
	}
	r.spokeOf(r.about.AsOf)
	unnamed, s.unnamed = s.unnamed, 0
	s.passed, s.documents, s.figures = 0, 0, 0
	return unnamed
}
