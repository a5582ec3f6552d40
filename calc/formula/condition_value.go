package formula

import (
	"slices"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// meets tells whether one value meets the condition, or the gap that leaves it
// open.
func (c *condition) meets(at *view, p *place, instance int) (bool, *Gap) {
	v := at.rec.Value(p.group, instance, p.slot)
	switch {
	case v.State != schema.Present && c.op != is && at.isNone(p, v):
		return false, nil
	case v.State != schema.Present:
		return false, at.on.valueGap(at.rec, p.group, instance, p.slot)
	case c.op == is:
		return c.matches(v) != c.not, nil
	case at.field(p).Kind.IsNumber():
		return c.op.allows(v.Amount.Cmp(c.right.number)), nil
	}
	return c.compares(at, p, instance)
}

func (c *condition) matches(v *schema.Value) bool {
	if c.numbers != nil {
		return slices.ContainsFunc(c.numbers, v.Amount.Equal)
	}
	return slices.Contains(c.words, v.Text)
}

// compares tells whether a date meets the condition.
func (c *condition) compares(at *view, p *place, instance int) (bool, *Gap) {
	left, gap := at.date(p, instance)
	if gap != nil || left.IsZero() {
		return false, gap
	}
	right, gap := c.right.date(at)
	if gap != nil || right.IsZero() {
		return false, gap
	}
	return c.op.allows(left.Compare(right)), nil
}

// date that the operand stands for; no date where a row is compared with what
// there is none of.
func (o *operand) date(at *view) (date.Date, *Gap) {
	switch {
	case o.field != nil:
		return at.date(o.field, at.start(o.field))
	case o.known == nil:
		return o.day, nil
	}
	day := o.known.of(at.rec)
	if day.IsZero() {
		return day, at.on.gap(Gap{Applies: true, Reason: "the " + o.known.called + " date is not given"})
	}
	return day, nil
}

// date in a place; no date where a row is compared with what there is none of.
func (v *view) date(p *place, instance int) (date.Date, *Gap) {
	value := v.rec.Value(p.group, instance, p.slot)
	switch {
	case value.State != schema.Present && v.isNone(p, value):
		return date.Date{}, nil
	case value.State != schema.Present:
		return date.Date{}, v.on.valueGap(v.rec, p.group, instance, p.slot)
	case value.Date.IsZero():
		return date.Date{}, v.on.gap(Gap{
			Applies: true, Reason: v.rec.Layout.SlotName(p.group, p.slot) + " is not a date",
			rec: v.rec, group: p.group, instance: instance, slot: p.slot,
		})
	}
	return value.Date, nil
}

// isNone tells whether a row says that it has no such value. It meets no
// comparison then, and nothing is missing.
func (v *view) isNone(p *place, value *schema.Value) bool {
	return v.group > 0 && value.State == schema.Empty && v.field(p).Presence == schema.EmptyIsNone
}

func (v *view) field(p *place) *schema.Field { return v.rec.Layout.Groups[p.group].Slots[p.slot].Field }
