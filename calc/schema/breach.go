package schema

import (
	"slices"

	"tieout/calc"
)

// Verdict is what a rule that is a function says at one place.
type Verdict struct {
	Outcome Outcome
	// Reason why the rule does not apply or cannot be evaluated.
	Reason string
	// Gap that keeps it from being evaluated.
	Gap    Gap
	Broken []Breach
}

// Gap is why a function could not read what it needs.
type Gap struct {
	// Pointer and Name of what is missing, and Reason in words; Reason is empty
	// when there is no gap.
	Pointer, Name, Reason string
	// Applies is false when the rule does not concern the record.
	Applies bool
	// Apart tells that the other records of the list are not known: that is the same for
	// each of them.
	Apart bool
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
	// Either are breaches of the two values of which one is wrong, each as the other has
	// it, when this is one of the row that holds both: which it is, other rules tell.
	Either []Breach
	// Read is what the function has read at the place and above it, and the first
	// MaxReadBeside values of other places; empty in a case without trace.
	Read []Reading
}

// MaxReadBeside bounds what a breach tells of values that stand elsewhere: a rule
// may read the whole of a long record before it finds what is wrong.
const MaxReadBeside = 12

// Verdict of the case once its function has returned. What a function found wrong
// before it missed a value is broken all the same; what it says afterwards rests
// on nothing.
func (c *Case) Verdict() Verdict {
	switch gap := &c.gap; {
	case gap.reason != "" && !gap.applies:
		return Verdict{Outcome: NotApplicable, Reason: gap.reason}
	case gap.reason != "" && c.sound > 0:
		return Verdict{Outcome: Broken, Broken: c.broken[:c.sound]}
	case gap.reason != "":
		return Verdict{Outcome: NotEvaluable, Reason: gap.reason, Gap: gap.told()}
	case len(c.broken) > 0:
		return Verdict{Outcome: Broken, Broken: c.broken}
	}
	return Verdict{Outcome: c.outcome, Reason: c.reason}
}

// NotApplicable says that the rule does not concern the case.
func (c *Case) NotApplicable(reason string) { c.outcome, c.reason = NotApplicable, reason }

// NotEvaluable says that what the rule needs is not known.
func (c *Case) NotEvaluable(reason string) { c.note(gap{reason: reason, applies: true}) }

// note keeps the gap that decides: a rule that does not apply misses nothing.
func (c *Case) note(g gap) {
	if c.gap.reason == "" {
		c.sound = len(c.broken)
	}
	if c.gap.reason == "" || c.gap.applies && !g.applies {
		c.gap = g
	}
}

// Broken says that the value at a path is wrong, what should stand there ("" when
// that is not one text), and why.
func (c *Case) Broken(path, expected, reason string) *Breach {
	at, slot := c.find(path)
	b := c.breach(at, slot, reason)
	b.Expected, b.Kind = expected, c.kind(path)
	b.Name, b.Pointer = c.Record.SlotName(at.group, at.instance, slot), c.Record.SlotPointer(at.group, at.instance, slot)
	b.Value, b.Unit = c.Record.Value(at.group, at.instance, slot), c.Record.Unit(at.group, slot)
	if b.Value.State != Missing {
		b.Offset, b.End = b.Value.Offset, b.Value.End
	}
	return b
}

// Off says that the figure at a path is wrong, what it should be, and why.
func (c *Case) Off(path string, expected calc.Amount, reason string) *Breach {
	b := c.Broken(path, expected.String(), reason)
	b.Amount, b.Figure = expected, b.Value.State == Present && b.Kind.IsNumber()
	return b
}

// Differ says that two values which should be the same are not, and why. Unless other
// rules tell which is wrong, the row of the case is.
func (c *Case) Differ(a, b, reason string) *Breach {
	before := len(c.broken)
	c.asOther(a, b)
	c.asOther(b, a)
	either := slices.Clone(c.broken[before:])
	c.broken = c.broken[:before]
	row := c.BrokenRow(reason)
	row.Either = either
	return row
}

// asOther says that a value should be as another.
func (c *Case) asOther(path, other string) {
	at, slot := c.find(other)
	v := c.Peek(other)
	reason := c.Record.SlotName(at.group, at.instance, slot) + " is " + v.Text
	if c.kind(path).IsNumber() {
		c.Off(path, v.Amount, reason)
	} else {
		c.Broken(path, v.Text, reason)
	}
}

// ShowOnly makes a breach stand at the first of some values, and tell no others as
// read.
func (c *Case) ShowOnly(b *Breach, paths ...string) {
	b.Read = nil
	for i, path := range paths {
		at, slot := c.find(path)
		v := c.Record.Value(at.group, at.instance, slot)
		if i == 0 {
			b.Offset, b.End = v.Offset, v.End
		}
		if c.trace {
			b.Read = append(b.Read, reading{c.Record, at, slot}.told())
		}
	}
}

// BrokenRow says that the row, or the record, of the case is wrong as a whole.
func (c *Case) BrokenRow(reason string) *Breach {
	b := c.breach(c.at, 0, reason)
	b.Name, b.Pointer = c.Record.InstanceName(c.at.group, c.at.instance), c.Record.InstancePointer(c.at.group, c.at.instance)
	if c.at.group > 0 { // a row begins no earlier than its first value
		for slot := range c.Record.Layout.Groups[c.at.group].Slots {
			if v := c.Record.Value(c.at.group, c.at.instance, slot); v.State != Missing && v.End > 0 {
				b.Offset, b.End = v.Offset, v.End
				break
			}
		}
	}
	return b
}

// BrokenRows says that the array at a path is wrong as a whole.
func (c *Case) BrokenRows(path, reason string) *Breach {
	group, parent := c.findRows(path)
	b := c.breach(place{c.Record.Layout.Groups[group].Parent, parent}, 0, reason)
	b.Name, b.Pointer = c.Record.RowsName(group, parent), c.Record.RowsPointer(group, parent)
	if offset := c.Record.Rows(group, parent).Offset; offset >= 0 {
		b.Offset, b.End = offset, offset+1
	}
	return b
}

// breach adds one at a place, at the beginning of its record.
func (c *Case) breach(at place, slot int, reason string) *Breach {
	home := c.owner
	if home == nil {
		home, _, _ = c.Record.Home(at.group, slot)
	}
	c.broken = append(c.broken, Breach{
		Home: home, Offset: home.Offset, End: home.Offset + 1, Reason: reason, Read: c.readAt(at),
	})
	return &c.broken[len(c.broken)-1]
}

// readAt is what was read at a place and above it, and some of what else was.
func (c *Case) readAt(at place) []Reading {
	if !c.trace {
		return nil
	}
	if c.alone {
		return []Reading{reading{c.Record, c.at, c.value}.told()}
	}
	var all []Reading
	beside := 0
	seen := map[reading]bool{}
	for _, r := range c.read {
		if seen[r] {
			continue
		}
		seen[r] = true
		if r.rec == c.Record && holds(c.Record, r.at, at) {
			all = append(all, r.told())
		} else if beside++; beside <= MaxReadBeside {
			all = append(all, r.told())
		}
	}
	return all
}

// holds tells whether a place is another, or a row above it.
func holds(rec *Record, above, at place) bool {
	for group := at.group; group >= above.group && group >= 0; group = rec.Layout.Groups[group].Parent {
		if group == above.group {
			return rec.Ascend(at.group, at.instance, group) == above.instance
		}
	}
	return false
}

func (r reading) told() Reading {
	home, _, _ := r.rec.Home(r.at.group, r.slot)
	return Reading{
		Home: home, Name: r.rec.SlotName(r.at.group, r.at.instance, r.slot),
		Pointer: r.rec.SlotPointer(r.at.group, r.at.instance, r.slot), Value: r.rec.Value(r.at.group, r.at.instance, r.slot),
	}
}
