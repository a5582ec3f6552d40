package formula

import (
	"math"

	"tieout/calc"
	"tieout/calc/schema"
)

// Quick is a relation prepared for the cells of records: it is evaluated on integers,
// without a list of its operands.
type Quick struct {
	scope       int
	groups      []schema.Group
	op          Op
	left, right []quickTerm
	// flat has all terms, those of the right side with the other sign, when they are fields
	// of one instance: the relation is about their sum, and that constant.
	flat     []flatTerm
	constant int64
}

// flatTerm is a field of the instance that a relation is about.
type flatTerm struct {
	slot int
	coef int64
}

// quickTerm is a Term with its number in minor units.
type quickTerm struct {
	kind              TermKind
	coef, units       int64
	group, slot, from int
	start             []quickTerm
}

// maxQuick bounds what a term is multiplied by, and the sums on the way, and maxFlat what
// the terms of a flat relation are multiplied by in all: nothing leaves an int64 then.
const (
	maxQuick = 8
	maxFlat  = 100
)

// Quick prepares the relation; it is nil for one with conditions, with several readings
// or with numbers that are no minor units.
func (r *Relation) Quick(layout *schema.Layout) *Quick {
	if len(r.guards) > 0 || len(r.Readings) != 1 {
		return nil
	}
	reading := &r.Readings[0]
	q := &Quick{scope: r.Scope, groups: layout.Groups, op: reading.Op}
	var left, right bool
	q.left, left = quickTerms(reading.Left)
	q.right, right = quickTerms(reading.Right)
	if !left || !right || layout.IsJoined() {
		return nil
	}
	q.flatten()
	return q
}

// flatten makes the relation flat, if it can be.
func (q *Quick) flatten() {
	var flat []flatTerm
	size, constant := int64(0), int64(0)
	for i, side := range [][]quickTerm{q.left, q.right} {
		sign := int64(1 - 2*i)
		for _, t := range side {
			switch {
			case t.kind == Constant:
				constant += sign * t.coef * t.units
			case t.kind == Figure && t.group == q.scope:
				flat = append(flat, flatTerm{t.slot, sign * t.coef})
			default:
				return
			}
			size += max(t.coef, -t.coef)
		}
	}
	if size <= maxFlat {
		q.flat, q.constant = flat, constant
	}
}

// quickTerms prepares a side.
func quickTerms(side []Term) (all []quickTerm, ok bool) {
	for i := range side {
		t := &side[i]
		q := quickTerm{kind: t.Kind, coef: t.Coef, group: t.Group, slot: t.Slot, from: t.From}
		if len(t.where) > 0 || t.Coef > maxQuick || t.Coef < -maxQuick || len(side) > maxQuick {
			return nil, false
		}
		switch t.Kind {
		case Constant:
			if q.units, ok = inMinor(t.Number); !ok {
				return nil, false
			}
		case Previous:
			if q.start, ok = quickTerms(t.Start); !ok {
				return nil, false
			}
		}
		all = append(all, q)
	}
	return all, true
}

// inMinor is an amount in minor units, when it fits.
func inMinor(a calc.Amount) (units int64, ok bool) {
	if a.Decimals() > schema.Minor {
		return 0, false
	}
	units, ok = a.Times(int64(math.Pow10(schema.Minor))).Int64()
	return units, ok && -schema.MaxUnits <= units && units <= schema.MaxUnits
}

// Look is what can be told of a relation by the cells of a record.
type Look uint8

// What cells tell of a relation.
const (
	// Unclear: something is missing or does not fit, or the relation does not apply.
	Unclear Look = iota
	// Agrees: it holds exactly wherever it applies.
	Agrees
	// Fails: somewhere it does not hold exactly.
	Fails
)

// Look tells whether the relation holds exactly wherever it applies in a record, and in
// how many places that is.
func (q *Quick) Look(cells *schema.Cells) (places int, found Look) {
	places = q.places(cells)
	for i := range places {
		if found := q.look(cells, i); found != Agrees {
			return 0, found
		}
	}
	if places == 0 {
		return 0, Unclear
	}
	return places, Agrees
}

// Failing appends the places in which the relation does not hold exactly. Where all are
// clear, it applies in more than none.
func (q *Quick) Failing(to []int, cells *schema.Cells) (failing []int, places int) {
	places = q.places(cells)
	for i := range places {
		switch q.look(cells, i) {
		case Unclear:
			return to, 0
		case Fails:
			to = append(to, i)
		}
	}
	return to, places
}

// places in which the relation applies; none where it is not clear how many there are.
func (q *Quick) places(cells *schema.Cells) int {
	for g := q.scope; g > 0; g = q.groups[g].Parent {
		for i := range cells.Groups[g].Spans {
			if cells.Groups[g].Spans[i].State != schema.Present {
				return 0
			}
		}
	}
	return len(cells.Groups[q.scope].Parent)
}

// look at one place.
func (q *Quick) look(cells *schema.Cells, place int) Look {
	if q.flat != nil {
		return q.lookFlat(cells, place)
	}
	left, okLeft := q.side(cells, q.left, int32(place))
	right, okRight := q.side(cells, q.right, int32(place))
	switch {
	case !okLeft || !okRight:
		return Unclear
	case left != right && (q.op == Equal || (q.op == AtMost) != (left < right)):
		return Fails
	}
	return Agrees
}

// lookFlat looks at one place of a flat relation.
func (q *Quick) lookFlat(cells *schema.Cells, place int) Look {
	row := cells.Row(q.scope, place)
	difference, exact := q.constant, schema.Exact
	for _, t := range q.flat {
		c := &row[t.slot]
		difference += t.coef * c.Units
		exact &= c.Flags
	}
	switch {
	case exact == 0:
		return Unclear
	case difference != 0 && (q.op == Equal || (q.op == AtMost) != (difference < 0)):
		return Fails
	}
	return Agrees
}

// side is the sum of a side in minor units.
func (q *Quick) side(cells *schema.Cells, side []quickTerm, instance int32) (sum int64, ok bool) {
	for i := range side {
		t := &side[i]
		var units int64
		switch t.kind {
		case Figure:
			c := cells.At(t.group, int(q.ascend(cells, instance, t.group)), t.slot)
			if c.Flags&schema.Exact == 0 {
				return 0, false
			}
			units = c.Units
		case Constant:
			units = t.units
		default:
			if units, ok = q.rows(cells, t, instance); !ok {
				return 0, false
			}
		}
		sum += t.coef * units
	}
	return sum, true
}

// rows is the value of a term about several rows.
func (q *Quick) rows(cells *schema.Cells, t *quickTerm, instance int32) (units int64, ok bool) {
	if t.kind == Previous {
		parent := cells.Groups[q.scope].Parent[instance]
		if instance == cells.Groups[q.scope].Spans[parent].First {
			if len(t.start) == 0 {
				return 0, false
			}
			units, ok = q.side(cells, t.start, instance)
			return units, ok && inside(units)
		}
		c := cells.At(t.group, int(instance-1), t.slot)
		return c.Units, c.Flags&schema.Exact != 0
	}
	first, end, ok := q.below(cells, t.group, t.from, q.ascend(cells, instance, t.from))
	if !ok {
		return 0, false
	}
	switch t.kind {
	case Count:
		return int64(end-first) * int64(math.Pow10(schema.Minor)), true
	case First, Last:
		if first == end {
			return 0, false
		}
		if t.kind == Last {
			first = end - 1
		}
		c := cells.At(t.group, int(first), t.slot)
		return c.Units, c.Flags&schema.Exact != 0
	}
	g := &cells.Groups[t.group]
	stride := cells.Stride(t.group)
	for at := int(first)*stride + t.slot; first < end; first++ {
		c := &g.Values[at]
		if units += c.Units; c.Flags&schema.Exact == 0 || !inside(units) {
			return 0, false
		}
		at += stride
	}
	return units, true
}

// inside tells whether a sum can be used in another.
func inside(units int64) bool { return -schema.MaxUnits <= units && units <= schema.MaxUnits }

// ascend is the instance of an ancestor group that holds an instance of the scope.
func (q *Quick) ascend(cells *schema.Cells, instance int32, ancestor int) int32 {
	for g := q.scope; g != ancestor; g = q.groups[g].Parent {
		instance = cells.Groups[g].Parent[instance]
	}
	return instance
}

// below is the range of the rows of a group below an instance of an ancestor; see
// rowsBelow.
func (q *Quick) below(cells *schema.Cells, group, ancestor int, instance int32) (first, end int32, ok bool) {
	if group == ancestor {
		return instance, instance + 1, true
	}
	from, to, ok := q.below(cells, q.groups[group].Parent, ancestor, instance)
	for p := from; p < to && ok; p++ {
		span := &cells.Groups[group].Spans[p]
		if span.State != schema.Present {
			return 0, 0, false
		}
		if span.First == span.End {
			continue
		}
		if first == end {
			first = span.First
		}
		end = span.End
	}
	return first, end, ok
}
