package schema

import (
	"fmt"

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
	// snapshot they are compared with; zero when not given.
	AsOf, PreviousAsOf date.Date
	// Calendar of working days for a country; nil where there is none.
	Calendar func(country string) WorkingDays
	// Asked is what was asked for, by the names of the request's parameters.
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
	value int // the slot of the value; -1 for a record or row
	*verdicts
}

// place of a value or row in a record.
type place struct{ group, instance int }

// verdicts gathers what a function says at one place and at those below it.
type verdicts struct {
	outcome Outcome
	reason  string
	gap     Gap
	broken  []Breach
	trace   bool
	read    []Reading
}

// Gap is why a function could not read what it needs.
type Gap struct {
	// Pointer and Name of what is missing, and Reason in words; Reason is empty
	// when there is no gap.
	Pointer, Name, Reason string
	// Applies is false when the rule does not concern the record.
	Applies bool
}

// Reading is a value that a function has read.
type Reading struct {
	// Home is the record that holds the value.
	Home          *Record
	Name, Pointer string
	Value         *Value
}

// Breach is one place at which a rule is broken.
type Breach struct {
	// Home is the record that holds the value or row.
	Home *Record
	// Name and Pointer of the value or row that is told wrong, and its Value; nil
	// for a row or record.
	Name, Pointer string
	Value         *Value
	Kind          Kind
	Unit          string
	// Offset and End of it in the document's file.
	Offset, End int
	// Expected is what should stand there, as text; empty when that is not one
	// value. Amount is the same for figures, when Figure is true.
	Expected string
	Amount   calc.Amount
	Figure   bool
	// AtMost is true when the value may be lower than what is expected, AtLeast
	// when it may be higher.
	AtMost, AtLeast bool
	// Reason says why, in a clause.
	Reason string
	// Severity instead of the rule's, when not zero.
	Severity Severity
	// Copied is true when the place repeats another that it should not.
	Copied bool
}

// Paths are the resolved names of the fields that a rule may read.
type Paths struct {
	layout *Layout
	slots  map[pathAt]slotAt
	rows   map[pathAt]int // group of the rows
	// Context of the payload, nil when the rule reads none.
	Context *Paths
}

// slotAt is a field in a layout.
type slotAt struct{ group, slot int }

// pathAt is a name as written at a group.
type pathAt struct {
	group int
	name  string
}

// NewPaths resolves the dotted names of fields in a layout. It errs on a name
// that is no field.
func NewPaths(l *Layout, names []string) (*Paths, error) {
	p := &Paths{layout: l, slots: map[pathAt]slotAt{}, rows: map[pathAt]int{}}
	for _, name := range names {
		n := l.Find(name)
		if n == nil {
			return nil, fmt.Errorf("%q is no field of %s", name, l.Source.Name)
		}
		p.add(n, name)
	}
	return p, nil
}

// add makes a field readable by its whole name, and from each array above it by
// the rest.
func (p *Paths) add(n *Node, name string) {
	for group := n.Group; ; group = p.layout.Groups[group].Parent {
		rest := name
		if group > 0 {
			rest = name[len(p.layout.Name(group))+1:]
		}
		at := pathAt{group, rest}
		if n.Rows >= 0 {
			p.rows[at] = n.Rows
		} else {
			p.slots[at] = slotAt{n.Group, n.Slot}
		}
		if group == 0 {
			return
		}
		// The arrays that hold the field are readable with it.
		p.rows[pathAt{p.layout.Groups[group].Parent, tail(p.layout, group)}] = group
	}
}

// tail is the name of an array from its parent's rows on.
func tail(l *Layout, group int) string {
	name := l.Name(group)
	if parent := l.Groups[group].Parent; parent > 0 {
		name = name[len(l.Name(parent))+1:]
	}
	return name
}

// NewCase is the case of a rule at an instance of a group, or at the value in a
// slot of it when slot is not negative.
func NewCase(rec *Record, about *Circumstances, paths *Paths, group, instance, slot int, trace bool) *Case {
	return &Case{
		Record: rec, about: about, paths: paths, at: place{group, instance}, value: slot,
		verdicts: &verdicts{trace: trace},
	}
}

// Result of the case once its function has returned.
func (c *Case) Result() (Outcome, string, []Breach, Gap, []Reading) {
	switch {
	case c.gap.Reason != "" && c.gap.Applies:
		return NotEvaluable, c.gap.Reason, nil, c.gap, c.read
	case c.gap.Reason != "":
		return NotApplicable, c.gap.Reason, nil, c.gap, c.read
	case len(c.broken) > 0:
		return Broken, "", c.broken, Gap{}, c.read
	}
	return c.outcome, c.reason, nil, Gap{}, c.read
}

// NotApplicable says that the rule does not concern the case.
func (c *Case) NotApplicable(reason string) { c.outcome, c.reason = NotApplicable, reason }

// NotEvaluable says that what the rule needs is not known.
func (c *Case) NotEvaluable(reason string) { c.note(Gap{Reason: reason, Applies: true}) }

// note keeps the gap that decides: a rule that does not apply misses nothing.
func (c *Case) note(g Gap) {
	if c.gap.Reason == "" || c.gap.Applies && !g.Applies {
		c.gap = g
	}
}

// Broken says that the value at a path is wrong, what should stand there ("" when
// that is not one text), and why.
func (c *Case) Broken(path, expected, reason string) *Breach {
	b := Breach{Expected: expected, Reason: reason}
	at, slot := c.find(path)
	b.Name, b.Pointer = c.Record.SlotName(at.group, at.instance, slot), c.Record.SlotPointer(at.group, at.instance, slot)
	b.Value, b.Unit = c.Record.Value(at.group, at.instance, slot), c.Record.Unit(at.group, slot)
	b.Kind = c.kind(path)
	b.Home = c.home(at.group, slot)
	b.Offset, b.End = b.Value.Offset, b.Value.End
	if b.Value.State == Missing {
		b.Offset, b.End = b.Home.Offset, b.Home.Offset+1
	}
	c.broken = append(c.broken, b)
	return &c.broken[len(c.broken)-1]
}

// Off says that the figure at a path is wrong, what it should be, and why.
func (c *Case) Off(path string, expected calc.Amount, reason string) *Breach {
	b := c.Broken(path, expected.String(), reason)
	b.Amount, b.Figure = expected, b.Value.State == Present && b.Kind.IsNumber()
	return b
}

// BrokenRow says that the row, or the record, of the case is wrong as a whole.
func (c *Case) BrokenRow(reason string) *Breach {
	b := Breach{Reason: reason}
	b.Home = c.home(c.at.group, 0)
	b.Offset, b.End = b.Home.Offset, b.Home.Offset+1
	b.Name, b.Pointer = c.Record.InstanceName(c.at.group, c.at.instance), c.Record.InstancePointer(c.at.group, c.at.instance)
	if c.at.group > 0 { // a row begins no earlier than its first value
		for slot := range c.Record.Layout.Groups[c.at.group].Slots {
			if v := c.Record.Value(c.at.group, c.at.instance, slot); v.State != Missing && v.End > 0 {
				b.Offset, b.End = v.Offset, v.End
				break
			}
		}
	}
	c.broken = append(c.broken, b)
	return &c.broken[len(c.broken)-1]
}

// home is the record that a finding about a slot is of.
func (c *Case) home(group, slot int) *Record {
	if c.owner != nil {
		return c.owner
	}
	home, _, _ := c.Record.Home(group, slot)
	return home
}

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
	for group := c.at.group; group >= 0; group = c.Record.Layout.Groups[group].Parent {
		if to, known := c.paths.slots[pathAt{group, path}]; known {
			if to.group != group {
				panic(fmt.Sprintf("%q stands in many rows", path))
			}
			return place{group, c.Record.Ascend(c.at.group, c.at.instance, group)}, to.slot
		}
	}
	panic(fmt.Sprintf("the rule does not declare that it reads %q", path))
}

// Value at a path, whatever its state.
func (c *Case) Value(path string) *Value {
	at, slot := c.find(path)
	v := c.Record.Value(at.group, at.instance, slot)
	if c.trace {
		home, _, _ := c.Record.Home(at.group, slot)
		c.read = append(c.read, Reading{
			Home: home, Name: c.Record.SlotName(at.group, at.instance, slot), Pointer: c.Record.SlotPointer(at.group, at.instance, slot), Value: v,
		})
	}
	return v
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
	g := Gap{Name: c.Record.SlotName(at.group, at.instance, slot), Pointer: c.Record.SlotPointer(at.group, at.instance, slot)}
	g.Applies, g.Reason = c.Record.SlotGap(at.group, at.instance, slot)
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
		c.note(Gap{
			Name: c.Record.SlotName(at.group, at.instance, slot), Pointer: c.Record.SlotPointer(at.group, at.instance, slot),
			Reason: c.Record.Layout.SlotName(at.group, slot) + " is not a date", Applies: true,
		})
	}
	return v.Date
}

// BrokenRows says that the array at a path is wrong as a whole.
func (c *Case) BrokenRows(path, reason string) *Breach {
	group, parent := c.findRows(path)
	b := Breach{Reason: reason, Name: c.Record.RowsName(group, parent), Pointer: c.Record.RowsPointer(group, parent)}
	b.Home, _, _ = c.Record.Home(group, 0)
	if b.Offset = c.Record.Rows(group, parent).Offset; b.Offset < 0 {
		b.Offset = b.Home.Offset
	}
	b.End = b.Offset + 1
	c.broken = append(c.broken, b)
	return &c.broken[len(c.broken)-1]
}

// Rows of an array below the record or row of the case, each a case. An array
// that is not there is a gap, as a value is.
func (c *Case) Rows(path string) []Case {
	group, parent := c.findRows(path)
	span := c.Record.Rows(group, parent)
	if span.State != Present {
		c.missingRows(group, parent)
	}
	rows := make([]Case, 0, span.End-span.First)
	for i := span.First; i < span.End; i++ {
		row := *c
		row.at, row.value = place{group, i}, -1
		rows = append(rows, row)
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
	for from := c.at.group; from >= 0; from = c.Record.Layout.Groups[from].Parent {
		if group, known := c.paths.rows[pathAt{from, path}]; known {
			return group, c.Record.Ascend(c.at.group, c.at.instance, c.Record.Layout.Groups[group].Parent)
		}
	}
	panic(fmt.Sprintf("the rule does not declare that it reads %q", path))
}

func (c *Case) missingRows(group, parent int) {
	g := Gap{Name: c.Record.RowsName(group, parent), Pointer: c.Record.RowsPointer(group, parent)}
	g.Applies, g.Reason = c.Record.RowsGap(group, parent)
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

// Earlier is the first record of the payload whose own fields at some paths have
// the same texts as here; ok is false when that is the record itself.
func (c *Case) Earlier(paths ...string) (first *Record, ok bool) {
	if c.Record.Payload == nil {
		return nil, false
	}
	slots := make([]int, len(paths))
	for i, path := range paths {
		_, slots[i] = c.find(path)
		c.Value(path)
	}
	first = c.Record.Payload.First(c.Record, slots)
	return first, first != nil && first != c.Record
}

// AsOf is the day the figures speak of; a gap when it is not given.
func (c *Case) AsOf() date.Date {
	if c.Record.AsOf.IsZero() {
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

// Asked is what was asked for by a parameter of the request; ok is false when
// that is not known.
func (c *Case) Asked(parameter string) (value string, ok bool) {
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
// given, with its name; the case is one of that value.
func (c *Case) Each(is func(Kind) bool, do func(*Case)) {
	for g := range c.Record.Layout.Groups {
		slots := c.Record.Layout.Groups[g].Slots
		for slot := range slots {
			if !is(slots[slot].Field.Kind) {
				continue
			}
			for i := range c.Record.Instances(g) {
				if c.Record.Value(g, i, slot).State == Present {
					one := *c
					one.at, one.value = place{g, i}, slot
					do(&one)
				}
			}
		}
	}
}
