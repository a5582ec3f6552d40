package formula

import (
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
)

// condition after 'when' or 'where': values of fields against words, numbers or
// dates.
type condition struct {
	some, not bool
	op        comparison
	name      string  // of the field or fields
	places    []place // of the values; of the arrays when there is nothing to compare with
	words     []string
	numbers   []calc.Amount // of the words, when the fields are figures
	right     operand
}

// place of a value, or of the rows of a group, below an instance of the group from.
type place struct {
	group, slot, from int
	// own is true when that instance holds the row at hand.
	own bool
}

// operand on the right of a comparison: a number; or a date, a day that the
// record knows, or the place of a date.
type operand struct {
	number calc.Amount
	day    date.Date
	known  *knownDay
	field  *place
	text   string // as written; of 'is', the words
}

// view is where a condition is asked: in an instance of the relation's scope, and
// after 'where' in a row.
type view struct {
	on              *Sheet
	rec             *schema.Record
	scope, instance int
	group, row      int // the row at hand; group is 0 after 'when'
}

// start is the instance from which a place descends.
func (v *view) start(p *place) int {
	if p.own {
		return v.rec.Ascend(v.group, v.row, p.from)
	}
	return v.rec.Ascend(v.scope, v.instance, p.from)
}

// Guard tells whether the relation's conditions hold in an instance: nil when
// they do, else why the relation does not apply or cannot be evaluated.
func (r *Relation) Guard(rec *schema.Record, instance int) *Gap {
	return (*Sheet)(nil).Guard(r, rec, instance)
}

// Guard is Relation.Guard in the room of the sheet.
func (s *Sheet) Guard(r *Relation, rec *schema.Record, instance int) *Gap {
	var gap *Gap
	at := view{on: s, rec: rec, scope: r.Scope, instance: instance}
	for i := range r.guards {
		holds, unknown := r.guards[i].holds(&at)
		if !holds && unknown == nil {
			return s.gap(Gap{Reason: r.guards[i].denial(&at)})
		}
		if gap = weightier(gap, unknown); gap != nil && !gap.Applies {
			break
		}
	}
	return gap
}

// Applies tells whether there is no Guard against the relation in an instance.
func (r *Relation) Applies(rec *schema.Record, instance int) bool {
	at := view{rec: rec, scope: r.Scope, instance: instance}
	for i := range r.guards {
		if holds, _ := r.guards[i].holds(&at); !holds {
			return false
		}
	}
	return true
}

// GuardedAsAWhole tells whether the relation's conditions are about the record
// and so the same in every instance.
func (r *Relation) GuardedAsAWhole() bool {
	for i := range r.guards {
		g := &r.guards[i]
		if slices.ContainsFunc(g.places, func(p place) bool { return p.from != 0 }) || g.right.field != nil && g.right.field.from != 0 {
			return false
		}
	}
	return true
}

// Condition is the relation's conditions as text, empty when there are none.
func (r *Relation) Condition() string { return conditionText(r.guards) }

func conditionText(conditions []condition) string {
	all := make([]string, len(conditions))
	for i := range conditions {
		all[i] = conditions[i].text()
	}
	return strings.Join(all, " and ")
}

func (c *condition) text() string {
	text := c.name
	if c.some {
		text = "some " + text
	}
	if c.asksForRows() {
		return text
	}
	text += " " + comparisonNames[c.op] + " "
	if c.not {
		text += "not "
	}
	if len(c.words) > 1 {
		text += "one of "
	}
	return text + c.right.text
}

// asksForRows tells whether the condition is that an array has rows.
func (c *condition) asksForRows() bool { return c.op == is && c.words == nil }

// holds tells whether the condition holds, or the gap that leaves it open.
func (c *condition) holds(at *view) (bool, *Gap) {
	switch {
	case c.asksForRows():
		return c.someRows(at)
	case c.some:
		return c.someValue(at)
	}
	p := &c.places[0]
	return c.meets(at, p, at.start(p))
}

// someRows holds when there is a row.
func (c *condition) someRows(at *view) (bool, *Gap) {
	var unknown *Gap
	for i := range c.places {
		p := &c.places[i]
		first, end, gap := at.on.rowsBelow(at.rec, p.group, p.from, at.start(p))
		if first < end {
			return true, nil
		}
		if unknown == nil && gap != nil && gap.Applies {
			unknown = gap
		}
	}
	return false, unknown
}

// someValue holds when one of many values meets the condition. When none does,
// one that cannot be read could have been the one.
func (c *condition) someValue(at *view) (bool, *Gap) {
	var unknown *Gap
	for i := range c.places {
		p := &c.places[i]
		first, end, gap := at.on.rowsBelow(at.rec, p.group, p.from, at.start(p))
		for row := first; row < end; row++ {
			meets, unread := c.meets(at, p, row)
			if meets {
				return true, nil
			}
			if unread != nil && (gap == nil || !gap.Applies) {
				gap = unread
			}
		}
		if unknown == nil && gap != nil && gap.Applies {
			unknown = gap
		}
	}
	return false, unknown
}

// The ways in which a condition of a 'when' does not hold.
const (
	noneMeets uint8 = iota
	noneThere
	isOther
)

// denial says why a condition of a 'when' does not hold.
func (c *condition) denial(at *view) string {
	said := sentence{of: c}
	switch {
	case c.asksForRows():
	case c.some && !c.anyValue(at):
		said.kind = noneThere
	case !c.some && c.op == is:
		p := &c.places[0]
		said.kind, said.text = isOther, at.rec.Value(p.group, at.start(p), p.slot).Text
	}
	return at.on.say(said, denialInWords)
}

func denialInWords(said sentence) string {
	c := said.of.(*condition)
	switch {
	case c.asksForRows():
		return "there are no rows in " + c.name
	case said.kind == noneThere:
		return "there is no " + c.name
	case said.kind == isOther:
		return c.name + " is " + said.text
	case c.some && c.not:
		return "every " + c.name + " is " + strings.Join(c.words, " or ")
	case c.some && c.op == is:
		return "no " + c.name + " is " + strings.Join(c.words, " or ")
	case c.some:
		return "no " + c.name + " is " + comparisonNames[c.op] + " " + c.right.text
	}
	return c.name + " is not " + comparisonNames[c.op] + " " + c.right.text
}

// anyValue tells whether one of the values is there.
func (c *condition) anyValue(at *view) bool {
	for i := range c.places {
		p := &c.places[i]
		first, end, _ := at.on.rowsBelow(at.rec, p.group, p.from, at.start(p))
		for row := first; row < end; row++ {
			if at.rec.Value(p.group, row, p.slot).State == schema.Present {
				return true
			}
		}
	}
	return false
}
