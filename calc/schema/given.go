package schema

import (
	"errors"
	"slices"

	"tieout/calc/date"
)

// NoDay says why the text of a date names no day, and which is meant where only a
// time of day stands behind it. The reason is empty for a real date, and where no
// date is given.
func (c *Case) NoDay(path string) (meant, reason string) {
	v := c.Peek(path)
	if v.State != Present || !v.Date.IsZero() {
		return "", ""
	}
	if c.kind(path) == JalaliDate {
		_, err := date.ParseJalali(v.Text)
		if why := errors.Unwrap(err); why != nil { // the reason without the text
			err = why
		}
		return "", err.Error()
	}
	return date.DayOf(v.Text).String(), "it is not a day in the form yyyy-MM-dd"
}

// HasNames tells whether the source names its records by plain fields of them that
// are always sent.
func (l *Layout) HasNames() bool {
	return len(l.Source.Keys) > 0 && !slices.ContainsFunc(l.Source.Keys[0], func(name string) bool {
		n := l.KeyField(name)
		return n.Group > 0 || n.Field.Presence != Required
	})
}

// NameFields are the cases of the fields by which the source names its records; none
// when these are no plain fields that are always sent.
func (c *Case) NameFields() []Case {
	if !c.Record.Layout.HasNames() {
		return nil
	}
	var all []Case
	for _, name := range c.Record.Layout.Source.Keys[0] {
		field := *c
		field.at, field.value, field.alone = place{}, c.Record.Layout.KeyField(name).Slot, true
		all = append(all, field)
	}
	return all
}

// IsNamed tells whether the record's own fields give it a name.
func (c *Case) IsNamed() bool { return c.Record.KeyFrom == KeyInDocument }

// Namesake is the first record of the payload that its own fields give the same
// name as this one; ok is false when that is the record itself, or it has no name.
func (c *Case) Namesake() (first *Record, ok bool) {
	if !c.paths.Namesakes {
		panic("the rule does not declare that it compares names")
	}
	if c.Record.Payload == nil || !c.IsNamed() || c.isApart() {
		return nil, false
	}
	first = c.Record.Payload.namesake(c.Record)
	return first, first != c.Record
}
