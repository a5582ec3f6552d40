package reconcile

import (
	"slices"
	"sync"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// figureAt is the place of a figure in a record that is not joined of others.
type figureAt struct {
	rec                   *schema.Record
	group, instance, slot int
}

// stated is one relation of a net with the law that states it.
type stated struct {
	rec      *schema.Record
	law      *law
	relation *formula.Relation
	reading  *formula.Reading
	instance int
}

// recordNet is the net of all relations between the figures of one record, or of
// several that speak of the same thing.
type recordNet struct {
	net     locate.Net
	figures []figureAt
	// places has the numbers of the figures of each record, last that of the one
	// asked for last.
	places map[*schema.Record]*placesOf
	last   *placesOf
	// earlier are the records of the earlier snapshot, by those of today.
	earlier map[*schema.Record]*schema.Record
	// adjustments of the broken relations that events explain, in whole or in part.
	adjustments map[place]calc.Amount
	// complete leaves relations out of the net that a figure is missing from.
	complete bool
	// stated tells, for the first relations of the net, which law each is;
	// behind them stand the bounds of amounts that are never negative.
	stated []stated
	rows   int // of all records whose rows are numbered
	// memory that is used again
	equation formula.Equation
	terms    []locate.Term
	bounds   []locate.Term
	numbers  []int32
	room     []*placesOf  // by the number of the record
	causes   [][]*checked // the evidence of each
	checked  []*checked   // in it
	// evidences of the cause at hand
	evidences []broken
	shapes    []*shape
	memory    *memory // of the findings that are told
}

// nets that are done with, for their memory.
var nets = sync.Pool{New: func() any { return &recordNet{} }}

// placesOf a record are its figures' places in the net.
type placesOf struct {
	rec      *schema.Record
	groups   []groupPlaces
	numbered bool // its rows
}

// groupPlaces are those of the figures in the rows of a group.
type groupPlaces struct {
	slots   int
	block   int     // of the first row
	numbers []int32 // by row and slot: that of the figure, plus 1
}

// restate states every relation of some records that applies to them. A law that
// its document leaves open takes part by the reading that holds, by the only one
// that can be evaluated, or by the widest where all say the same; else its figures
// are not suspected on its account.
//
// The net that is returned has the memory of one before, which is not asked afterwards.
func (n *recordNet) restate(subjects []*subject) *recordNet {
	if shaped := n.shaped(subjects); shaped != nil {
		return shaped
	}
	n.begin(subjects, false)
	if n.missing() > maxMissing {
		n.begin(subjects, true)
	}
	return n
}

// maxMissing is the number of missing figures up to which a net is solved for
// them. Where more are missing a field is not sent at all, and to eliminate each
// would take time for nothing.
const maxMissing = 40

// missing counts the missing figures of the net.
func (n *recordNet) missing() int {
	count := 0
	for i := range n.net.Figures {
		if n.net.Figures[i].Missing {
			count++
		}
	}
	return count
}

// begin a net anew.
func (n *recordNet) begin(subjects []*subject, complete bool) {
	clear(n.net.Figures) // what they point to is not kept
	clear(n.places)
	clear(n.evidences)
	clear(n.stated)
	clear(n.figures)
	*n = recordNet{
		net:     locate.Net{Figures: n.net.Figures[:0], Relations: n.net.Relations[:0]},
		figures: n.figures[:0], stated: n.stated[:0], terms: n.terms[:0], bounds: n.bounds, numbers: n.numbers[:0], equation: n.equation,
		places: n.places, room: n.room, evidences: n.evidences[:0], complete: complete, causes: n.causes, checked: n.checked,
		shapes: n.shapes,
	}
	if n.places == nil {
		n.places = map[*schema.Record]*placesOf{}
	}
	for _, s := range subjects {
		if s.earlier != nil {
			if n.earlier == nil {
				n.earlier = map[*schema.Record]*schema.Record{}
			}
			n.earlier[s.rec] = s.earlier
		}
		for i := range s.faults {
			if f := &s.faults[i]; f.adjustment.Sign() != 0 {
				if n.adjustments == nil {
					n.adjustments = map[place]calc.Amount{}
				}
				n.adjustments[place{s.rec, f.relation, f.instance}] = f.adjustment
			}
		}
	}
	for _, s := range subjects {
		n.state(s.checker, s.rec)
	}
	n.bound()
}

// state adds the relations of one record.
func (n *recordNet) state(c *Checker, rec *schema.Record) {
	for i := range c.laws {
		l := &c.laws[i]
		for k := range l.formula.Relations {
			rel := &l.formula.Relations[k]
			instances := rec.Instances(rel.Scope)
			if instances == 0 || rel.GuardedAsAWhole() && !rel.Applies(rec, 0) {
				continue
			}
			for instance := range instances {
				by := n.adjustment(rec, rel, instance)
				if reading := l.stating(rec, rel, instance, by); reading != nil {
					n.add(&stated{rec: rec, law: l, relation: rel, reading: reading, instance: instance})
				}
			}
		}
	}
}

// stating is the reading by which a relation takes part, or nil; by is its adjustment
// by events. Conditions about the record as a whole hold.
func (l *law) stating(rec *schema.Record, rel *formula.Relation, instance int, by calc.Amount) *formula.Reading {
	if !rel.GuardedAsAWhole() && !rel.Applies(rec, instance) {
		return nil
	}
	if len(rel.Readings) == 1 {
		return &rel.Readings[0]
	}
	var only *formula.Reading
	evaluable := 0
	for i := range rel.Readings {
		r := &rel.Readings[i]
		left, right, gap := r.Totals(rec, instance)
		if gap != nil && gap.Applies {
			return nil
		}
		if gap != nil {
			continue
		}
		right.Value = right.Value.Plus(by)
		if outcome, _ := l.compare(r, left, right); outcome != Broken {
			return r
		}
		evaluable++
		only = r
	}
	if evaluable > 1 {
		return widest(rel, rec, instance)
	}
	return only
}

// adjustment of a relation by events; zero where there is none.
func (n *recordNet) adjustment(rec *schema.Record, rel *formula.Relation, instance int) calc.Amount {
	if len(n.adjustments) == 0 {
		return calc.Amount{}
	}
	return n.adjustments[place{rec, rel, instance}]
}

// add states one relation, unless it does not apply.
func (n *recordNet) add(s *stated) {
	e := &n.equation
	gap := s.reading.StateEquation(e, s.rec, s.instance)
	if gap != nil || len(e.Coefficients) == 0 || n.complete && lacks(s.rec, e) {
		return
	}
	sign := int64(1)
	op := locate.AtMost
	switch e.Op {
	case formula.Equal:
		op = locate.Equal
	case formula.AtLeast:
		sign = -1
	}
	n.net.Relations = append(n.net.Relations, locate.Relation{Op: op})
	rel := &n.net.Relations[len(n.net.Relations)-1]
	if len(n.adjustments) > 0 {
		e.Constant = e.Constant.Minus(n.adjustment(s.rec, s.relation, s.instance))
	}
	if e.Constant.Sign() != 0 {
		rel.Constant = e.Constant.Times(sign)
	}
	start := len(n.terms)
	for i := range e.Coefficients {
		c := &e.Coefficients[i]
		home, group, slot := s.rec.Home(c.Group, c.Slot)
		n.terms = append(n.terms, locate.Term{
			Figure: n.figure(figureAt{home, group, c.Instance, slot}), Coef: sign * c.Coef,
		})
	}
	rel.Terms = n.terms[start:len(n.terms):len(n.terms)]
	if tolerance := &s.law.rule.Tolerance; !tolerance.IsZero() {
		rel.Tolerance = tolerance.Allowed(e.Figures)
	}
	n.stated = append(n.stated, *s)
}

// lacks tells whether a figure of an equation is missing.
func lacks(rec *schema.Record, e *formula.Equation) bool {
	return slices.ContainsFunc(e.Coefficients, func(c formula.Coefficient) bool {
		return rec.Value(c.Group, c.Instance, c.Slot).State != schema.Present
	})
}

// figure is the number of a figure in the net.
func (n *recordNet) figure(at figureAt) int {
	of := n.placesOf(at.rec)
	group := &of.groups[at.group]
	number := &group.numbers[at.instance*group.slots+at.slot]
	if *number > 0 {
		return int(*number) - 1
	}
	v := at.rec.Value(at.group, at.instance, at.slot)
	field := at.rec.Layout.Groups[at.group].Slots[at.slot].Field
	n.net.Figures = append(n.net.Figures, locate.Figure{
		Value: v.Amount, Missing: v.State != schema.Present, Fixed: field.Fixed, Weight: field.Weight,
	})
	f := &n.net.Figures[len(n.net.Figures)-1]
	if at.group > 0 {
		if !of.numbered {
			n.numberRows(of)
		}
		f.Block, f.Field = group.block+at.instance, at.slot+1
	}
	if field.Kind == schema.Money {
		f.Decimals = at.rec.Layout.Source.Decimals
	}
	if n.earlier != nil {
		n.compare(f, at, field)
	}
	n.figures = append(n.figures, at)
	*number = int32(len(n.figures))
	return len(n.figures) - 1
}

// placesOf a record; none of its figures is in the net when it is asked for first.
func (n *recordNet) placesOf(rec *schema.Record) *placesOf {
	if n.last != nil && n.last.rec == rec {
		return n.last
	}
	n.last = n.places[rec]
	if n.last == nil {
		if len(n.places) == len(n.room) {
			n.room = append(n.room, &placesOf{})
		}
		n.last = n.room[len(n.places)]
		groups := slices.Grow(n.last.groups[:0], len(rec.Layout.Groups))[:len(rec.Layout.Groups)]
		*n.last = placesOf{rec: rec, groups: groups}
		n.places[rec] = n.last
		for g := range n.last.groups {
			group := &n.last.groups[g]
			*group = groupPlaces{slots: len(rec.Layout.Groups[g].Slots)}
			start, size := len(n.numbers), group.slots*rec.Instances(g)
			n.numbers = slices.Grow(n.numbers, size)[:start+size]
			group.numbers = n.numbers[start : start+size : start+size]
			clear(group.numbers)
		}
	}
	return n.last
}

// numberRows of all groups of a record, behind those of other records, from 1.
func (n *recordNet) numberRows(of *placesOf) {
	of.numbered = true
	for g := 1; g < len(of.groups); g++ {
		of.groups[g].block = 1 + n.rows
		n.rows += of.rec.Instances(g)
	}
}

// compare tells what the earlier snapshot has for a figure of the record itself.
// Rows have no counterpart in it that is known.
func (n *recordNet) compare(f *locate.Figure, at figureAt, field *schema.Field) {
	before := n.earlier[at.rec]
	if before == nil || at.group > 0 || f.Missing {
		return
	}
	v := before.Value(0, 0, at.slot)
	switch {
	case v.State != schema.Present:
	case !field.Lasting:
		f.Earlier = &v.Amount
	default:
		f.Confirmed = v.Amount.Equal(f.Value)
	}
}

// bound states that amounts are not negative where their source says so, except
// those that are.
func (n *recordNet) bound() {
	n.bounds = slices.Grow(n.bounds[:0], len(n.figures))[:len(n.figures)]
	for i := range n.net.Figures {
		if !n.figures[i].rec.Layout.Source.NotNegative {
			continue
		}
		if f := &n.net.Figures[i]; !f.Missing && f.Value.Sign() >= 0 {
			n.bounds[i] = locate.Term{Figure: i, Coef: -1}
			n.net.Relations = append(n.net.Relations, locate.Relation{Op: locate.AtMost, Terms: n.bounds[i : i+1 : i+1]})
		}
	}
}

// name and pointer of a figure of the net.
func (n *recordNet) name(figure int) string {
	at := n.figures[figure]
	return at.rec.SlotName(at.group, at.instance, at.slot)
}

func (n *recordNet) pointer(figure int) string {
	at := n.figures[figure]
	return at.rec.SlotPointer(at.group, at.instance, at.slot)
}

func (n *recordNet) value(figure int) *schema.Value {
	at := n.figures[figure]
	return at.rec.Value(at.group, at.instance, at.slot)
}
