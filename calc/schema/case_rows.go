package schema

// RowWith is the first row of an array whose field has a text, be it among
// thousands; ok is false when there is none. Rows in which the field cannot be read
// are a gap only then. Path and field are those that the rule declares.
func (c *Case) RowWith(path, field, text string) (row Case, ok bool) {
	group, parent := c.findRows(path)
	span := c.Record.Rows(group, parent)
	row = *c
	row.at, row.value = place{group, 0}, -1
	at, slot := row.find(field)
	if at.group != group {
		panic("the field is not one of the row itself")
	}
	i, gap := c.rowWith(span, group, parent, slot, text)
	switch {
	case i >= 0:
		row.at.instance = i
		row.Value(field)
		return row, true
	case span.State != Present:
		c.missingRows(group, parent)
	case gap >= 0:
		row.at.instance = gap
		row.must(field)
	}
	return Case{}, false
}

// fewRows are looked through; to look one up among more, they are indexed.
const fewRows = 8

// rowWith is the first row with a text in a slot, and when there is none, the first
// without a text; -1 is none.
func (c *Case) rowWith(span Span, group, parent, slot int, text string) (row, gap int) {
	if span.End-span.First > fewRows {
		index := c.Record.rowsBy(group, parent, slot)
		if i, known := index.rows[text]; known {
			return i, -1
		}
		return -1, index.gap
	}
	gap = -1
	for i := span.First; i < span.End; i++ {
		switch v := c.Record.Value(group, i, slot); {
		case v.State == Present && v.Text == text:
			return i, -1
		case v.State != Present && gap < 0:
			gap = i
		}
	}
	return -1, gap
}

// rowsAt are the rows of a group below an instance, by the texts in a slot.
type rowsAt struct{ group, parent, slot int }

// rowIndex finds the first row with a text, and the first without one; -1 is none.
type rowIndex struct {
	rows map[string]int
	gap  int
}

// rowsBy is an index of rows, made once; a record is read by one goroutine.
func (r *Record) rowsBy(group, parent, slot int) *rowIndex {
	at := rowsAt{group, parent, slot}
	if index := r.indexes[at]; index != nil {
		return index
	}
	index := &rowIndex{rows: map[string]int{}, gap: -1}
	span := r.Rows(group, parent)
	for i := span.First; i < span.End; i++ {
		v := r.Value(group, i, slot)
		_, again := index.rows[v.Text]
		switch {
		case v.State != Present && index.gap < 0:
			index.gap = i
		case v.State == Present && !again:
			index.rows[v.Text] = i
		}
	}
	if r.indexes == nil {
		r.indexes = map[rowsAt]*rowIndex{}
	}
	r.indexes[at] = index
	return index
}

// Once answers a question about the record as a whole; however many of its values
// ask, it is looked into once. The question names the answer.
func (c *Case) Once(question string, answer func(*Case) bool) bool {
	said, known := c.Record.answers[question]
	if !known {
		said = answer(c)
		if c.Record.answers == nil {
			c.Record.answers = map[string]bool{}
		}
		c.Record.answers[question] = said
	}
	return said
}
