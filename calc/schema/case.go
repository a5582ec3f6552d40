package schema

import (
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/date"
)

// WorkingDays tells the days on which nothing is due.
type WorkingDays interface {
	// Off tells whether a day is a weekend or a public holiday; known is false
	// where the calendar does not reach.
	Off(d date.Date) (off, known bool)
	// NextWorkingDay is the day itself or the first working day after it.
	NextWorkingDay(d date.Date) (next date.Date, known bool)
}

// Circumstances are what is known about a run beside its documents.
type Circumstances struct {
	// AsOf is the day the figures speak of, and PreviousAsOf that of the earlier
	// snapshot they are compared with. When they are not given, it is the day on which
	// an input answered its request.
	AsOf, PreviousAsOf date.Date
	// Calendar of working days for a country; nil where there is none.
	Calendar func(country string) WorkingDays
	// Asked is what was asked for, by the names of the request's parameters, where
	// an input does not know its own request.
	Asked map[string]string
}

// Case is one place at which a rule that is a function is checked: a record, one
// of its rows, or one value. Paths are those that the rule declares in Reads,
// from the row on or from a row or the record above it; "" is the value itself.
//
// What a function reads must be there. Where a value is missing or unreadable,
// or a date is not real, the Case notes the gap, gives a zero instead, and the
// outcome is decided by the gap, whatever the function says.
type Case struct {
	Record *Record
	// owner is the record that findings are of when Record stands beside it.
	owner *Record
	about *Circumstances
	paths *Paths
	at    place
	value int  // the slot of the value; -1 for a record or row
	alone bool // the value is judged by itself
	*verdict
}

// place of a value or row in a record.
type place struct{ group, instance int }

// Field of the value of the case, as the source describes it.
func (c *Case) Field() *Field {
	at, slot := c.find("")
	return c.Record.Layout.Groups[at.group].Slots[slot].Field
}

func (c *Case) kind(path string) Kind {
	at, slot := c.find(path)
	return c.Record.Layout.Groups[at.group].Slots[slot].Field.Kind
}

// Kind of the value that the case is.
func (c *Case) Kind() Kind { return c.kind("") }

// find the value at a path: in the row of the case, or in one above it.
func (c *Case) find(path string) (at place, slot int) {
	if path == "" {
		if c.value < 0 {
			panic("the case is not a value")
		}
		return c.at, c.value
	}
	to := c.paths.slots[c.at.group].find(path)
	switch {
	case to == nil:
		panic(fmt.Sprintf("the rule does not declare that it reads %q", path))
	case to.group != to.from:
		panic(fmt.Sprintf("%q stands in many rows", path))
	}
	return place{to.group, c.Record.Ascend(c.at.group, c.at.instance, to.group)}, to.slot
}

// Value at a path, whatever its state.
func (c *Case) Value(path string) *Value {
	at, slot := c.find(path)
	v := c.Record.Value(at.group, at.instance, slot)
	if c.trace && !c.alone {
		c.read = append(c.read, reading{c.Record, at, slot})
	}
	return v
}

// Peek is the value at a path, without keeping that it was read.
func (c *Case) Peek(path string) *Value {
	at, slot := c.find(path)
	return c.Record.Value(at.group, at.instance, slot)
}

// Given tells whether there is a value at a path: not missing, not null and no
// text that says that there is none.
func (c *Case) Given(path string) bool {
	v := c.Value(path)
	if v.State == Unreadable {
		c.missing(path)
	}
	return v.State == Present
}

// must is the value at a path, which must be there.
func (c *Case) must(path string) *Value {
	v := c.Value(path)
	if v.State != Present {
		c.missing(path)
	}
	return v
}

func (c *Case) missing(path string) {
	at, slot := c.find(path)
	g := gap{rec: c.Record, at: at, slot: slot}
	g.applies, g.reason = c.Record.SlotGap(at.group, at.instance, slot)
	c.note(g)
}

// Text at a path.
func (c *Case) Text(path string) string { return c.must(path).Text }

// Amount at a path.
func (c *Case) Amount(path string) calc.Amount { return c.must(path).Amount }

// Flag at a path.
func (c *Case) Flag(path string) bool { return c.must(path).Text == "true" }

// Date at a path.
func (c *Case) Date(path string) date.Date {
	v := c.must(path)
	if v.State == Present && v.Date.IsZero() {
		at, slot := c.find(path)
		c.note(gap{
			rec: c.Record, at: at, slot: slot, reason: c.Record.Layout.SlotName(at.group, slot) + " is not a date", applies: true,
		})
	}
	return v.Date
}

// Rows of an array below the record or row of the case, each a case. An array
// that is not there is a gap, as a value is.
func (c *Case) Rows(path string) []Case {
	group, parent := c.findRows(path)
	span := c.Record.Rows(group, parent)
	if span.State != Present {
		c.missingRows(group, parent)
	}
	rows := c.room(span.End - span.First)
	for i := range rows {
		rows[i] = *c
		rows[i].at, rows[i].value = place{group, span.First + i}, -1
	}
	return rows
}

// HasRows tells whether the array at a path is there at all, be it without rows.
// One that cannot be read is a gap.
func (c *Case) HasRows(path string) bool {
	group, parent := c.findRows(path)
	state := c.Record.Rows(group, parent).State
	if state == Unreadable {
		c.missingRows(group, parent)
	}
	return state == Present
}

// findRows is the group of the rows at a path, and the instance that holds them:
// the row of the case, or one above it.
func (c *Case) findRows(path string) (group, parent int) {
	to := c.paths.rows[c.at.group].find(path)
	if to == nil {
		panic(fmt.Sprintf("the rule does not declare that it reads %q", path))
	}
	return to.group, c.Record.Ascend(c.at.group, c.at.instance, c.Record.Layout.Groups[to.group].Parent)
}

func (c *Case) missingRows(group, parent int) {
	g := gap{rec: c.Record, at: place{group, parent}, slot: allRows}
	g.applies, g.reason = c.Record.RowsGap(group, parent)
	c.note(g)
}

// Number of the row of the case in its array, from 0.
func (c *Case) Number() int {
	return c.at.instance - c.Record.Rows(c.at.group, c.Record.Parent(c.at.group, c.at.instance)).First
}

// Previous is the row before, when there is one.
func (c *Case) Previous() (Case, bool) {
	row := *c
	row.at.instance--
	return row, c.Number() > 0
}

// Next is the row after, when there is one.
func (c *Case) Next() (Case, bool) {
	row := *c
	row.at.instance++
	return row, row.at.instance < c.Record.Rows(c.at.group, c.Record.Parent(c.at.group, c.at.instance)).End
}

// Name of the row of the case as people write it.
func (c *Case) Name() string { return c.Record.InstanceName(c.at.group, c.at.instance) }

// Context is what stands beside the records in their payload; ok is false when
// the payload has nothing beside them.
func (c *Case) Context() (beside Case, ok bool) {
	if c.Record.Payload == nil || c.Record.Payload.Context == nil {
		return Case{}, false
	}
	beside = *c
	beside.owner = c.Record
	beside.Record, beside.paths, beside.at, beside.value = c.Record.Payload.Context, c.paths.Context, place{}, -1
	return beside, true
}

// Earlier is the first record of the payload whose own fields, those that the rule
// declares in Compares, have the same texts as here; ok is false when that is the record
// itself.
func (c *Case) Earlier() (first *Record, ok bool) {
	slots := c.paths.Compares
	if len(slots) == 0 {
		panic("the rule does not declare what it compares")
	}
	if c.Record.Payload == nil {
		return nil, false
	}
	if c.trace && !c.alone {
		for _, slot := range slots {
			c.read = append(c.read, reading{c.Record, place{}, slot})
		}
	}
	if c.isApart() {
		return nil, false
	}
	first = c.Record.Payload.First(c.Record, slots)
	return first, first != nil && first != c.Record
}

// IsAlone tells whether the record is the only one of its payload.
func (c *Case) IsAlone() bool {
	p := c.Record.Payload
	switch {
	case p == nil:
		return true
	case p.IsPart:
		return p.Siblings != nil && p.Siblings.records == 1
	}
	return len(p.Records) < 2
}

// isApart tells whether the other records of the payload are not known: what is said of
// them is not evaluable then.
func (c *Case) isApart() bool {
	p := c.Record.Payload
	if p.IsPart && p.Siblings == nil {
		c.note(gap{reason: "the list is so long that its records are not compared with each other", applies: true, apart: true})
		return true
	}
	return false
}

// AsOf is the day the figures speak of; a gap when it is not given.
func (c *Case) AsOf() date.Date {
	switch {
	case c.Record.SeveralDays:
		c.NotEvaluable("the documents speak of different days, and the as-of date is not given")
	case c.Record.AsOf.IsZero():
		c.NotEvaluable("the as-of date is not given")
	}
	return c.Record.AsOf
}

// PreviousAsOf is the day that the earlier snapshot speaks of; a gap when it is not
// given.
func (c *Case) PreviousAsOf() date.Date {
	if c.Record.PreviousAsOf.IsZero() {
		c.NotEvaluable("the as-of date of the earlier snapshot is not given")
	}
	return c.Record.PreviousAsOf
}

// Asked is what was asked for by a parameter of the request, which the rule declares in
// Asks; ok is false when that is not known.
func (c *Case) Asked(parameter string) (value string, ok bool) {
	if !slices.Contains(c.paths.Asks, parameter) {
		panic(fmt.Sprintf("the rule does not declare that it asks for %q", parameter))
	}
	if doc := c.Record.Document; doc != nil && doc.Input != nil && doc.Input.Request != nil {
		if value, ok = doc.Input.Request.Asked[parameter]; ok {
			return value, ok
		}
	}
	value, ok = c.about.Asked[parameter]
	return value, ok
}

// Calendar of working days of the source's country; nil when there is none.
func (c *Case) Calendar() WorkingDays {
	if c.about.Calendar == nil {
		return nil
	}
	return c.about.Calendar(c.Record.Layout.Source.Country)
}

// Each calls a function for every value of some kinds in the record that is
// given; the case is one of that value, judged by itself.
func (c *Case) Each(is func(Kind) bool, do func(*Case)) {
	for g := range c.Record.Layout.Groups {
		slots := c.Record.Layout.Groups[g].Slots
		for slot := range slots {
			if !is(slots[slot].Field.Kind) {
				continue
			}
			for i := range c.Record.Instances(g) {
				if c.Record.Value(g, i, slot).State == Present {
					one := &c.room(1)[0]
					*one = *c
					one.at, one.value, one.alone = place{g, i}, slot, true
					do(one)
				}
			}
		}
	}
}
