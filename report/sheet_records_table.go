package report

import (
	"fmt"
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile"
)

// title is a title of a table within the sheet.
func title(s string) cell {
	c := prose(s).looks(titleLook)
	if s == "" {
		c = cell{Style: cellStyle{Look: titleLook}}
	}
	return c
}

// ownRows are the record's own figures, one on a line, and beside them texts
// that help to recognise the record.
func (b *recordBlock) ownRows(p *recordPiece) []cellRow {
	t := &b.snapshot.Tables[0]
	titles := []cell{{}, title("Field"), title("Value").right(), title("Should be").right()}
	if len(p.part.beside) > 0 {
		titles = append(titles, cell{}, title("About the record").spans(1), cell{}, title("").spans(2))
	}
	rows := []cellRow{{Cells: titles}}
	for k := p.from; k < p.to; k++ {
		cells := []cell{{}, {}, {}, {}}
		if k < len(p.part.rows) {
			slot := p.part.rows[k]
			cells[1] = prose(oneLine(t.Columns[slot]))
			cells[2], cells[3] = b.valueCells(&t.Rows[0].Values[slot])
			cells[2] = cells[2].right()
		}
		if k < len(p.part.beside) {
			slot := p.part.beside[k]
			value := plainValue(&t.Rows[0].Values[slot]).spans(2)
			cells = append(cells, cell{}, prose(oneLine(t.Columns[slot])).spans(1), cell{}, value)
		}
		rows = append(rows, cellRow{Cells: cells})
	}
	if p.to == p.part.lines() {
		if p.part.note != "" {
			rows = append(rows, cellRow{Cells: []cell{{}, prose(p.part.note).looks(noteLook).spans(b.plan.values)}})
		}
		rows = append(rows, cellRow{})
	}
	return rows
}

// arrayRows are the rows of an array, one on a line.
func (b *recordBlock) arrayRows(p *recordPiece) []cellRow {
	t := &b.snapshot.Tables[p.part.table]
	about := counted(len(t.Rows), "row", "rows")
	if p.part.continued {
		about = "further columns"
	}
	titles := []cell{{}, title(oneLine(t.Name) + ": " + about)}
	for _, c := range p.part.columns {
		name := title(strings.ReplaceAll(oneLine(t.Columns[c.slot]), ".", ".\n"))
		if isFigure(t, c.slot) {
			name = name.right()
		}
		titles = append(titles, name)
		if c.marked {
			titles = append(titles, title("should be").right())
		}
	}
	rows := []cellRow{{Cells: titles}}
	for k := p.from; k < p.to; k++ {
		at := p.part.rows[k]
		if at < 0 {
			words := counted(-at, "row is", "rows are") + " not shown here"
			rows = append(rows, cellRow{Cells: []cell{{}, phrase(words).looks(noteLook)}})
			continue
		}
		name := prose(oneLine(t.Rows[at].Name))
		if b.rows[t.Rows[at].Pointer] {
			name = name.looks(wrongLook)
		}
		cells := []cell{{}, name}
		for _, c := range p.part.columns {
			value, should := b.valueCells(&t.Rows[at].Values[c.slot])
			cells = append(cells, value)
			if c.marked {
				cells = append(cells, should)
			}
		}
		rows = append(rows, cellRow{Cells: cells})
	}
	if p.to == p.part.lines() {
		rows = append(rows, cellRow{})
	}
	return rows
}

// longestValue is how many characters of a text a table shows.
const longestValue = 60

// valueCells are a value as sent and, where a finding speaks of it, what it
// should be.
func (b *recordBlock) valueCells(v *reconcile.TableValue) (value, should cell) {
	value = plainValue(v)
	m := b.marks[v.Pointer]
	if m == nil {
		return value, cell{}
	}
	if m.sure {
		value.Style.Look = wrongLook
	} else if value.Style.Look != absentLook {
		value.Style.Look = suspectLook
	}
	return value, m.cell()
}

// plainValue is a value as sent. What is not there is said in words, so that it
// does not look like 0.
func plainValue(v *reconcile.TableValue) cell {
	var c cell
	absent := func(words string) cell { return phrase(words).looks(absentLook) }
	switch v.Value.State {
	case schema.Missing:
		c = absent("missing")
	case schema.Null:
		c = absent("null")
	case schema.Empty:
		c = absent(`""`)
	case schema.Unreadable:
		c = absent("unreadable")
		if v.Value.Text != "" {
			c = prose("unreadable: " + oneLine(cutText(v.Value.Text, longestValue))).looks(absentLook)
		}
		c = c.toned(warningTone)
	default:
		if v.Count {
			return count(v.Value.Amount)
		}
		if v.Figure {
			return money(v.Value.Amount)
		}
		return prose(dated(oneLine(cutText(v.Value.Text, longestValue)), v.Elsewhen()))
	}
	c.Style.Right = v.Figure
	return c
}

// maxNamed is how many fields without a value are named.
const maxNamed = 8

// ownPart chooses the record's own fields that are shown: all figures that have
// a value, what a finding speaks of, and short texts that help to recognise the
// record. The rest is named or counted in a note.
func (b *recordBlock) ownPart() *tablePart {
	t := &b.snapshot.Tables[0]
	part := &tablePart{}
	if len(t.Rows) == 0 {
		return part
	}
	var absent []string
	left := 0
	for slot := range t.Rows[0].Values {
		v := &t.Rows[0].Values[slot]
		given := v.Value.State == schema.Present || v.Value.State == schema.Unreadable
		switch {
		case b.marks[v.Pointer] != nil || given && v.Figure:
			part.rows = append(part.rows, slot)
		case v.Value.Waived: // nobody misses it
		case !given:
			absent = append(absent, oneLine(t.Columns[slot])+" "+plainValue(v).Text)
		case len(part.beside) >= maxTexts || len([]rune(v.Value.Text)) > longestText:
			left++
		default:
			part.beside = append(part.beside, slot)
		}
	}
	part.note = leftOut(absent, left)
	return part
}

// Texts beside figures help to recognise a record: so many, so long.
const maxTexts, longestText = 10, 40

// leftOut says which fields are not shown.
func leftOut(absent []string, texts int) string {
	var notes []string
	if n := len(absent); n > 0 {
		words := "without a value: " + strings.Join(absent[:min(n, maxNamed)], ", ")
		if n > maxNamed {
			words += fmt.Sprintf(" and %d more", n-maxNamed)
		}
		notes = append(notes, words)
	}
	if texts > 0 {
		notes = append(notes, counted(texts, "field", "fields")+" of text not shown")
	}
	return strings.Join(notes, "; ")
}
