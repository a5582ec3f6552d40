package reconcile

import (
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Sieve lets the records pass of which there is nothing to tell, and counts their checks.
// It works on cells, without building records or findings. A record that does not pass
// is not counted: it is to be looked at again, with everything. A sieve is used by one
// goroutine.
type Sieve struct {
	checker *Checker
	laws    []sievedLaw
	// key are the slots of the record itself by which it is named the usual way.
	key    []int
	passed Passed
}

// sievedLaw is a law with its relations prepared.
type sievedLaw struct {
	law   *law
	quick []*formula.Quick
	// places in which it holds in the record at hand, and held in all that passed.
	places, held int
}

// Passed is what the records add to a result that have passed a sieve.
type Passed struct {
	Source           *schema.Source
	Records, Figures int
	// Unnamed counts the records that do not name themselves.
	Unnamed int
	held    []held
}

// held is how often a rule held.
type held struct {
	rule  *schema.Rule
	count int
}

// NewSieve is a sieve for the records of a checker; it is nil when no record can pass.
func NewSieve(c *Checker) *Sieve {
	s := &Sieve{checker: c, passed: Passed{Source: c.Layout.Source}}
	for i := range c.laws {
		l := sievedLaw{law: &c.laws[i]}
		if l.law.function != nil {
			return nil
		}
		for k := range l.law.formula.Relations {
			q := l.law.formula.Relations[k].Quick(c.Layout)
			if q == nil {
				return nil
			}
			l.quick = append(l.quick, q)
		}
		s.laws = append(s.laws, l)
	}
	if len(c.Layout.Source.Keys) > 0 {
		for _, name := range c.Layout.Source.Keys[0] {
			if n := c.Layout.KeyField(name); n.Group == 0 {
				s.key = append(s.key, n.Slot)
			}
		}
	}
	return s
}

// Pass tells whether a record passes. beside is what stands beside it, nil when there is
// nothing.
func (s *Sieve) Pass(record, beside *schema.Cells) bool {
	for i := range s.laws {
		l := &s.laws[i]
		l.places = 0
		for _, q := range l.quick {
			places, ok := q.Holds(record)
			if !ok {
				return false
			}
			l.places += places
		}
	}
	for i := range s.laws {
		s.laws[i].held += s.laws[i].places
	}
	s.passed.Records++
	s.passed.Figures += record.Figures
	if !s.names(record) {
		s.passed.Unnamed++
	}
	return true
}

// names tells whether a record names itself the usual way.
func (s *Sieve) names(record *schema.Cells) bool {
	for _, slot := range s.key {
		if record.At(0, 0, slot).State != schema.Present {
			return false
		}
	}
	return len(s.key) > 0
}

// Take is what has passed since the last Take.
func (s *Sieve) Take() Passed {
	p := s.passed
	for i := range s.laws {
		if l := &s.laws[i]; l.held > 0 {
			p.held = append(p.held, held{l.law.rule, l.held})
			l.held = 0
		}
	}
	s.passed = Passed{Source: p.Source}
	return p
}

// Passed adds the records that have passed a sieve, each the one of a document of its
// own.
func (r *Run) Passed(p *Passed) {
	if p.Records == 0 {
		return
	}
	in := &r.result.Inputs[r.input]
	r.result.Documents += p.Records
	in.Documents += p.Records
	r.result.Records += p.Records
	in.Records += p.Records
	r.result.Figures += p.Figures
	for _, h := range p.held {
		r.result.Checks[Holds] += h.count
		r.tallies[h.rule].counts[Holds] += h.count
	}
	in.isOf(p.Source.Name)
	r.spokeOf(r.about.AsOf)
}
