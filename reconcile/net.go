package reconcile

import (
	"slices"

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
	index   map[figureAt]int
	// earlier are the records of the earlier snapshot, by those of today.
	earlier map[*schema.Record]*schema.Record
	// adjustments of the broken relations that events explain, in whole or in part.
	adjustments map[place]calc.Amount
	// complete leaves relations out of the net that a figure is missing from.
	complete bool
	// stated tells, for the first relations of the net, which law each is;
	// behind them stand the bounds of amounts that are never negative.
	stated []stated
	// blocks is the number of rows before those of each record, and rows of all.
	blocks map[*schema.Record]int
	rows   int
}

// newNet states every relation of some records that applies to them. A law that
// its document leaves open takes part by the reading that holds, by the only one
// that can be evaluated, or by the widest where all say the same; else its figures
// are not suspected on its account.
func newNet(subjects []*subject) *recordNet {
	n := stateNet(subjects, false)
	if n.missing() > maxMissing {
		n = stateNet(subjects, true)
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

func stateNet(subjects []*subject, complete bool) *recordNet {
	n := &recordNet{
		index: map[figureAt]int{}, earlier: map[*schema.Record]*schema.Record{}, adjustments: map[place]calc.Amount{},
		complete: complete,
	}
	for _, s := range subjects {
		n.earlier[s.rec] = s.earlier
		for i := range s.faults {
			f := &s.faults[i]
			n.adjustments[place{s.rec, f.relation, f.instance}] = f.adjustment
		}
	}
	for _, s := range subjects {
		n.state(s.checker, s.rec)
	}
	n.bound()
	return n
}

// state adds the relations of one record.
func (n *recordNet) state(c *Checker, rec *schema.Record) {
	for i := range c.laws {
		l := &c.laws[i]
		for k := range l.formula.Relations {
			rel := &l.formula.Relations[k]
			instances, _ := rel.Instances(rec)
			for instance := range instances {
				by := n.adjustments[place{rec, rel, instance}]
				if reading := l.stating(rec, rel, instance, by); reading != nil {
					n.add(stated{rec: rec, law: l, relation: rel, reading: reading, instance: instance})
				}
			}
		}
	}
}

// stating is the reading by which a relation takes part, or nil; by is its adjustment
// by events.
func (l *law) stating(rec *schema.Record, rel *formula.Relation, instance int, by calc.Amount) *formula.Reading {
	if rel.Guard(rec, instance) != nil {
		return nil
	}
	if len(rel.Readings) == 1 {
		return &rel.Readings[0]
	}
	var only *formula.Reading
	evaluable := 0
	for i := range rel.Readings {
		r := &rel.Readings[i]
		left, right, gap := r.Sides(rec, instance)
		if gap != nil && gap.Applies {
			return nil
		}
		if gap != nil {
			continue
		}
		if outcome, _ := l.compare(r, left, adjusted(right, by)); outcome != Broken {
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

// add states one relation, unless it does not apply.
func (n *recordNet) add(s stated) {
	e, gap := s.reading.Equation(s.rec, s.instance)
	if gap != nil || len(e.Coefficients) == 0 || n.complete && lacks(s.rec, &e) {
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
	constant := e.Constant.Minus(n.adjustments[place{s.rec, s.relation, s.instance}])
	rel := locate.Relation{Op: op, Constant: constant.Times(sign)}
	for _, c := range e.Coefficients {
		home, group, slot := s.rec.Home(c.Group, c.Slot)
		rel.Terms = append(rel.Terms, locate.Term{
			Figure: n.figure(figureAt{home, group, c.Instance, slot}), Coef: sign * c.Coef,
		})
	}
	rel.Tolerance = s.law.rule.Tolerance.Allowed(e.Figures)
	n.net.Relations = append(n.net.Relations, rel)
	n.stated = append(n.stated, s)
}

// lacks tells whether a figure of an equation is missing.
func lacks(rec *schema.Record, e *formula.Equation) bool {
	return slices.ContainsFunc(e.Coefficients, func(c formula.Coefficient) bool {
		return rec.Value(c.Group, c.Instance, c.Slot).State != schema.Present
	})
}

// figure is the number of a figure in the net.
func (n *recordNet) figure(at figureAt) int {
	if i, known := n.index[at]; known {
		return i
	}
	v := at.rec.Value(at.group, at.instance, at.slot)
	field := at.rec.Layout.Groups[at.group].Slots[at.slot].Field
	f := locate.Figure{Value: v.Amount, Missing: v.State != schema.Present, Fixed: field.Fixed, Weight: field.Weight}
	if at.group > 0 {
		f.Block, f.Field = n.block(at), at.slot+1
	}
	if field.Kind == schema.Money {
		f.Decimals = at.rec.Layout.Source.Decimals
	}
	n.compare(&f, at, field)
	i := len(n.figures)
	n.index[at] = i
	n.figures = append(n.figures, at)
	n.net.Figures = append(n.net.Figures, f)
	return i
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

// block numbers the rows of all groups of all records one after the other, from 1.
func (n *recordNet) block(at figureAt) int {
	if n.blocks == nil {
		n.blocks = map[*schema.Record]int{}
	}
	before, known := n.blocks[at.rec]
	if !known {
		before = n.rows
		n.blocks[at.rec] = before
		for g := range at.rec.Layout.Groups {
			n.rows += at.rec.Instances(g)
		}
	}
	for g := 1; g < at.group; g++ {
		before += at.rec.Instances(g)
	}
	return 1 + before + at.instance
}

// bound states that amounts are not negative where their source says so, except
// those that are.
func (n *recordNet) bound() {
	for i := range n.net.Figures {
		if !n.figures[i].rec.Layout.Source.NotNegative {
			continue
		}
		if f := &n.net.Figures[i]; !f.Missing && f.Value.Sign() >= 0 {
			n.net.Relations = append(n.net.Relations, locate.Relation{
				Op: locate.AtMost, Terms: []locate.Term{{Figure: i, Coef: -1}},
			})
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
