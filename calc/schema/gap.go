package schema

// nearAt is a slot of an instance, or the rows of a group below one when the slot is
// allRows.
type nearAt struct{ group, instance, slot int }

const allRows = -1

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
	if v := r.Value(group, instance, slot); v.State == Missing {
		applies, reason = !v.isNone(s.Field.Presence), s.missing
	} else {
		applies, reason = v.gap(s.named, s.Field.Presence)
	}
	if r.parts == nil && r.near == nil {
		return applies, reason
	}
	home, g, at := r.Home(group, slot)
	return applies, reason + home.nearWords(nearAt{g, instance, at})
}

// RowsGap tells the same of an array that has no rows to read.
func (r *Record) RowsGap(group, parent int) (applies bool, reason string) {
	rows := r.Rows(group, parent)
	v := Value{State: rows.State, Waived: rows.Waived}
	applies, reason = v.gap(r.Layout.Name(group), r.Layout.Groups[group].Presence)
	home, g, _ := r.Home(group, 0)
	return applies, reason + home.nearWords(nearAt{g, parent, allRows})
}

// nearWords tell what may be there under another name.
func (r *Record) nearWords(at nearAt) string {
	if member, is := r.near[at]; is {
		return " (there is a member " + member + " that is not described)"
	}
	return ""
}
