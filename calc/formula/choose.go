package formula

import "tieout/calc/schema"

// chooser tells which rows meet the conditions of a term.
type chooser struct {
	view
	where []condition
	// decided is true when the conditions could be read in some row, or should
	// have been there; unread is the first gap of a row in which they could not.
	decided bool
	unread  *Gap
}

func newChooser(on *Sheet, rec *schema.Record, scope, instance int, t *Term) chooser {
	return chooser{view: view{on: on, rec: rec, scope: scope, instance: instance, group: t.Group}, where: t.where}
}

// takes tells whether a row meets the conditions. It does not as soon as one does
// not hold, whatever cannot be read of the others.
func (c *chooser) takes(row int) bool {
	if len(c.where) == 0 {
		return true
	}
	c.row = row
	var gap *Gap
	for i := range c.where {
		holds, unknown := c.where[i].holds(&c.view)
		if !holds && unknown == nil {
			c.decided = true
			return false
		}
		gap = weightier(gap, unknown)
	}
	c.decided = c.decided || gap == nil || gap.Applies
	if c.unread == nil {
		c.unread = gap
	}
	return gap == nil
}

// gap is the first gap of a row that could not be told to meet the conditions or
// not: which rows are meant is not known. Conditions that only some rows have are
// missing from the others.
func (c *chooser) gap() *Gap {
	if c.unread != nil {
		c.unread.Figure = false
		c.unread.Applies = c.unread.Applies || c.decided
	}
	return c.unread
}

// pick is the first or last row below that meets the conditions of a term, or the
// gap that leaves it open.
func (s *Sheet) pick(rec *schema.Record, scope, instance int, t *Term) (row int, gap *Gap) {
	parent := rec.Ascend(scope, instance, t.From)
	rows := rec.Rows(t.Group, parent)
	if rows.State != schema.Present {
		return 0, s.rowsGap(rec, t.Group, parent)
	}
	c := newChooser(s, rec, scope, instance, t)
	for n := range rows.End - rows.First {
		row = rows.First + n
		if t.Kind == Last {
			row = rows.End - 1 - n
		}
		if c.takes(row) {
			return row, c.gap()
		}
	}
	if gap = c.gap(); gap == nil {
		gap = s.gap(Gap{Reason: s.say(sentence{of: t, text: rec.Layout.Name(t.Group)}, noRows)})
	}
	return 0, gap
}

// noRows says that a term has none to pick from.
func noRows(of sentence) string { return of.text + " has no rows" + whereText(of.of.(*Term)) }

// firstOf is the first gap that there is.
func firstOf(gaps ...*Gap) *Gap {
	for _, g := range gaps {
		if g != nil {
			return g
		}
	}
	return nil
}
