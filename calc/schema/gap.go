package schema

import "strconv"

// nearAt is a slot of an instance, or the rows of a group below one when the slot is
// allRows.
type nearAt struct{ group, instance, slot int }

const allRows = -1

// gaps are the reasons why a value or an array cannot be read, by its state: the same
// for all records of a layout.
type gaps struct {
	reasons [Present]string
	none    string // of a text that says, as "" does, that there is no value
}

// gapsOf what messages call by a name; none is the text that says that there is no
// value, if there is one.
func gapsOf(name, none string) gaps {
	return gaps{
		reasons: [...]string{
			Missing: name + " is missing", Null: name + " is null", Empty: name + ` is ""`, Unreadable: name + " is unreadable",
		},
		none: name + " is " + strconv.Quote(none),
	}
}

// gap tells, of a value that is not present, whether a rule that reads it still
// applies, and what is the matter.
func (v *Value) gap(of *gaps, presence Presence) (applies bool, reason string) {
	reason = of.reasons[v.State]
	if v.State == Unreadable {
		return true, reason
	}
	if v.State == Empty && v.Text != "" {
		reason = of.none
	}
	none := v.Waived || presence == Optional || presence == EmptyIsNone && v.State == Empty
	return !none, reason
}

// NoteNear says that an object which lacks a field has a member, not described, whose
// name is nearly that of the field.
func (r *Record) NoteNear(group, instance, slot int, member string) {
	r.noteNear(nearAt{group, instance, slot}, member)
}

// NoteNearRows says the same of an object that lacks the array of a group.
func (r *Record) NoteNearRows(group, parent int, member string) {
	r.noteNear(nearAt{group, parent, allRows}, member)
}

func (r *Record) noteNear(at nearAt, member string) {
	if r.near == nil {
		r.near = map[nearAt]string{}
	}
	r.near[at] = member
}

// SlotGap tells, of a value that is not present, whether a rule that reads it still
// applies, and what is the matter.
func (r *Record) SlotGap(group, instance, slot int) (applies bool, reason string) {
	s := &r.Layout.Groups[group].Slots[slot]
	applies, reason = r.Value(group, instance, slot).gap(&s.gaps, s.Field.Presence)
	if r.near == nil && r.parts == nil {
		return applies, reason
	}
	home, g, at := r.Home(group, slot)
	return applies, reason + home.nearWords(nearAt{g, instance, at})
}

// RowsGap tells the same of an array that has no rows to read.
func (r *Record) RowsGap(group, parent int) (applies bool, reason string) {
	rows := r.Rows(group, parent)
	v := Value{State: rows.State, Waived: rows.Waived}
	g := &r.Layout.Groups[group]
	applies, reason = v.gap(&g.gaps, g.Presence)
	if r.near == nil && r.parts == nil {
		return applies, reason
	}
	home, at, _ := r.Home(group, 0)
	return applies, reason + home.nearWords(nearAt{at, parent, allRows})
}

// nearWords tell what may be there under another name.
func (r *Record) nearWords(at nearAt) string {
	if member, is := r.near[at]; is {
		return " (there is a member " + member + " that is not described)"
	}
	return ""
}
