package formula

import (
	"tieout/calc"
	"tieout/calc/schema"
)

// Operand is one number that a term contributes to its side: a figure of the
// record, or a constant.
type Operand struct {
	Coef int64
	// Amount of the figure or constant.
	Amount calc.Amount
	// Value and place of the figure; Value is nil for a constant.
	Value                 *schema.Value
	Group, Instance, Slot int
}

// Gap says why a relation could not be evaluated, or does not apply.
type Gap struct {
	// Applies is false when the relation does not concern the record, and true
	// when it does and a figure it needs is missing or unreadable.
	Applies bool
	// Figure is true when nothing but readable figures is missing: the relation
	// is known, and so is the place of every figure in it.
	Figure bool
	// Reason in words, the same for all rows and records.
	Reason string
	// rec lacks a value, or the rows of a group below an instance; nil when nothing is
	// missing.
	rec                   *schema.Record
	group, instance, slot int // slot is allRows for rows
}

const allRows = -1

// Name of what is missing; empty when nothing is.
func (g *Gap) Name() string {
	switch {
	case g.rec == nil:
		return ""
	case g.slot == allRows:
		return g.rec.RowsName(g.group, g.instance)
	}
	return g.rec.SlotName(g.group, g.instance, g.slot)
}

// Pointer to what is missing; empty when nothing is.
func (g *Gap) Pointer() string {
	switch {
	case g.rec == nil:
		return ""
	case g.slot == allRows:
		return g.rec.RowsPointer(g.group, g.instance)
	}
	return g.rec.SlotPointer(g.group, g.instance, g.slot)
}

// Operands lists the numbers of a side in an instance of the relation's scope,
// in the order written, or the gap that keeps the side from being evaluated. With
// a gap of figures, the operands hold a zero in place of each that is missing.
func (r *Reading) Operands(rec *schema.Record, instance int, side []Term) ([]Operand, *Gap) {
	w := walker{rec: rec, scope: r.scope, instance: instance}
	w.terms(side, 1)
	return w.operands, w.gap
}

// operands appends them.
func (r *Reading) operands(to []Operand, rec *schema.Record, instance int, side []Term) ([]Operand, *Gap) {
	w := walker{rec: rec, scope: r.scope, instance: instance, operands: to}
	w.terms(side, 1)
	return w.operands, w.gap
}

// most is how many operands a side mostly has, at most.
func most(rec *schema.Record, side []Term) int {
	n := len(side)
	for i := range side {
		if t := &side[i]; t.Kind == Sum && t.From == 0 {
			n += rec.Instances(t.Group)
		}
	}
	return n
}

// Total is what a side comes to, and how many figures it reads.
type Total struct {
	Value   calc.Amount
	Figures int
}

// Totals are what both sides come to, or the gap that decides, as Sides would tell
// them: for the many relations that hold, of which nobody asks for the operands.
func (r *Reading) Totals(rec *schema.Record, instance int) (left, right Total, gap *Gap) {
	return (*Sheet)(nil).Totals(r, rec, instance)
}

func (r *Reading) total(on *Sheet, rec *schema.Record, instance int, side []Term) (Total, *Gap) {
	w := walker{on: on, rec: rec, scope: r.scope, instance: instance, yields: totals}
	w.terms(side, 1)
	return w.total, w.gap
}

// Sides are the operands of both sides, or the gap that decides: a relation that
// does not apply has nothing missing.
func (r *Reading) Sides(rec *schema.Record, instance int) (left, right []Operand, gap *Gap) {
	return r.sides(make([]Operand, 0, most(rec, r.Left)+most(rec, r.Right)), rec, instance)
}

func (r *Reading) sides(all []Operand, rec *schema.Record, instance int) (left, right []Operand, gap *Gap) {
	left, gap = r.operands(all, rec, instance, r.Left)
	right, gapRight := r.operands(left[len(left):], rec, instance, r.Right)
	left = left[:len(left):len(left)]
	return left, right, weightier(gap, gapRight)
}

// Figures counts the operands that are figures, not constants.
func Figures(operands []Operand) int {
	n := 0
	for i := range operands {
		if operands[i].Value != nil {
			n++
		}
	}
	return n
}

// Value of a side: the exact sum of its operands.
func Value(operands []Operand) calc.Amount {
	var sum calc.Amount
	for i := range operands {
		sum = plusTimes(sum, operands[i].Coef, &operands[i].Amount)
	}
	return sum
}

// plusTimes is sum + coef * a.
func plusTimes(sum calc.Amount, coef int64, a *calc.Amount) calc.Amount {
	switch coef {
	case 1:
		return sum.Plus(*a)
	case -1:
		return sum.Minus(*a)
	}
	return sum.Plus(a.Times(coef))
}

// walker goes through the terms of a side and collects what they yield.
type walker struct {
	on       *Sheet
	rec      *schema.Record
	scope    int
	instance int
	yields   yield
	operands []Operand
	total    Total
	equation *Equation
	gap      *Gap
}

// yield is what a walker collects.
type yield uint8

const (
	allOperands yield = iota
	totals
	coefficients
)

// constant takes a number that is no figure.
func (w *walker) constant(coef int64, number *calc.Amount) {
	switch w.yields {
	case totals:
		w.total.Value = plusTimes(w.total.Value, coef, number)
	case coefficients:
		w.equation.Constant = plusTimes(w.equation.Constant, coef, number)
	default:
		w.operands = append(w.operands, Operand{Coef: coef, Amount: *number})
	}
}

// figure takes the figure in a slot.
func (w *walker) figure(coef int64, v *schema.Value, group, instance, slot int) {
	switch w.yields {
	case totals:
		w.total.Value = plusTimes(w.total.Value, coef, &v.Amount)
		w.total.Figures++
	case coefficients:
		w.equation.add(coef, group, instance, slot)
	default:
		w.operands = append(w.operands, Operand{
			Coef: coef, Amount: v.Amount, Value: v, Group: group, Instance: instance, Slot: slot,
		})
	}
}

func (w *walker) terms(side []Term, times int64) {
	for i := range side {
		t := &side[i]
		coef := t.Coef * times
		switch t.Kind {
		case Constant:
			w.constant(coef, &t.Number)
		case Figure:
			w.read(coef, t, w.rec.Ascend(w.scope, w.instance, t.Group))
		case Sum:
			w.sum(coef, t)
		case First, Last:
			w.end(coef, t)
		case Count:
			w.count(coef, t)
		case Previous:
			w.previous(coef, t)
		}
	}
}

// read adds one figure.
func (w *walker) read(coef int64, t *Term, instance int) {
	w.gap = weightier(w.gap, w.operand(coef, t, instance))
}

// operand adds one figure, and tells the gap when it is not there.
func (w *walker) operand(coef int64, t *Term, instance int) *Gap {
	v := w.rec.Value(t.Group, instance, t.Slot)
	w.figure(coef, v, t.Group, instance, t.Slot)
	if v.State == schema.Present {
		return nil
	}
	return w.on.valueGap(w.rec, t.Group, instance, t.Slot)
}

// sum adds the figures of all rows below that meet the conditions. Figures that only some rows give are
// missing from the others, even where the field or the array as such is optional:
// the others' part of the sum would be lost.
func (w *walker) sum(coef int64, t *Term) {
	first, end, rows := w.on.rowsBelow(w.rec, t.Group, t.From, w.rec.Ascend(w.scope, w.instance, t.From))
	choice := newChooser(w.on, w.rec, w.scope, w.instance, t)
	var figure *Gap
	given := false
	for i := first; i < end; i++ {
		state := w.rec.Value(t.Group, i, t.Slot).State
		given = given || state == schema.Present || state == schema.Unreadable
		if !choice.takes(i) {
			continue
		}
		if missing := w.operand(coef, t, i); figure == nil {
			figure = missing
		}
	}
	rows.insist(given || choice.decided)
	figure.insist(given)
	w.gap = weightier(w.gap, firstOf(rows, choice.gap(), figure))
}

// count adds the number of rows below that meet the conditions.
func (w *walker) count(coef int64, t *Term) {
	first, end, rows := w.on.rowsBelow(w.rec, t.Group, t.From, w.rec.Ascend(w.scope, w.instance, t.From))
	choice := newChooser(w.on, w.rec, w.scope, w.instance, t)
	n := int64(0)
	for i := first; i < end; i++ {
		if choice.takes(i) {
			n++
		}
	}
	number := calc.AmountOf(n)
	w.constant(coef, &number)
	rows.insist(first < end)
	w.gap = weightier(w.gap, firstOf(rows, choice.gap()))
}

// end adds the figure of the first or last row that meets the conditions.
func (w *walker) end(coef int64, t *Term) {
	row, gap := w.on.pick(w.rec, w.scope, w.instance, t)
	if gap != nil {
		w.gap = weightier(w.gap, gap)
		return
	}
	w.read(coef, t, row)
}

func (w *walker) previous(coef int64, t *Term) {
	parent := w.rec.Parent(w.scope, w.instance)
	switch {
	case w.instance > w.rec.Rows(w.scope, parent).First:
		w.read(coef, t, w.instance-1)
	case len(t.Start) == 0:
		w.gap = weightier(w.gap, w.on.gap(Gap{Reason: "the first row has none before it"}))
	default:
		w.terms(t.Start, coef)
	}
}

// weightier is the gap that decides: a relation that does not apply has nothing
// missing, and rows that are not known weigh more than figures. Of two alike it
// is the first.
func weightier(a, b *Gap) *Gap {
	if b.weight() > a.weight() {
		return b
	}
	return a
}

func (g *Gap) weight() int {
	switch {
	case g == nil:
		return 0
	case !g.Applies:
		return 3
	case !g.Figure:
		return 2
	}
	return 1
}

// insist makes a gap one of a relation that applies, when it does.
func (g *Gap) insist(applies bool) {
	if g != nil && applies {
		g.Applies = true
	}
}
