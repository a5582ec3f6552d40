package schema

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
	"unsafe"

	"tieout/calc"
	"tieout/calc/date"
)

// Fill reads cells into a record of their layout, which keeps its memory from one filling
// to the next. The texts of its values are those of the cells: the record is only of use
// while they are. What a record knows of its place in a document is left alone.
func (r *Record) Fill(cells *Cells) {
	r.Partial, r.Nothing, r.Pointer, r.Offset = false, "", "", cells.Start
	clear(r.indexes)
	clear(r.answers)
	clear(r.near)
	for g := range cells.Groups {
		from, slots := &cells.Groups[g], r.Layout.Groups[g].Slots
		r.parent[g] = r.parent[g][:0]
		for _, p := range from.Parent {
			r.parent[g] = append(r.parent[g], int(p))
		}
		r.spans[g] = r.spans[g][:0]
		for i := range from.Spans {
			r.spans[g] = append(r.spans[g], from.Spans[i].span(cells))
		}
		if n := len(from.Values); n <= cap(r.values[g]) {
			r.values[g] = r.values[g][:n]
		} else {
			r.values[g] = make([]Value, n)
		}
		slot := 0
		for i := range from.Values {
			cells.value(&from.Values[i], slots[slot].Field.Kind, &r.values[g][i])
			if slot++; slot == len(slots) {
				slot = 0
			}
		}
	}
}

// span is that of a record.
func (s *CellSpan) span(cells *Cells) Span {
	span := Span{State: s.State, Waived: s.Waived, First: int(s.First), End: int(s.End), Offset: -1}
	if s.From != missing {
		span.Offset = cells.Origin + int(s.From)
	}
	return span
}

// value of a cell.
func (c *Cells) value(cell *Cell, kind Kind, v *Value) {
	*v = Value{State: cell.State, Waived: cell.Flags&WaivedCell != 0}
	if cell.Len == 0 && cell.State != Empty {
		return // missing, or below what is
	}
	from := c.Origin + int(cell.From)
	to := from + int(cell.Len)
	v.Text = c.text(cell)
	if v.Offset, v.End = from, to; cell.Flags&Quoted != 0 {
		v.Offset, v.End = from-1, to+1
	}
	if cell.State != Present {
		return
	}
	switch kind {
	case Money, Rate, Count:
		v.Amount = cell.amount(v.Text)
	case Date:
		v.Date, _ = date.Parse(v.Text) // zero for what is no day
	case JalaliDate:
		if j, err := date.ParseJalali(v.Text); err == nil {
			v.Date = j.Date()
		}
	}
}

// amount of a cell with a number, of which the text is known.
func (c *Cell) amount(text string) calc.Amount {
	if point := len(text) - Minor - 1; c.Flags&Exact != 0 && point > 0 && text[point] == '.' {
		return calc.SmallAmount(c.Units, Minor, text) // the units are its digits
	}
	a, _ := calc.ParseAmount(text) // the reader of the cell has seen that it is one
	return a
}

// text of a cell that has one.
func (c *Cells) text(cell *Cell) string {
	if cell.Len == 0 {
		return ""
	}
	raw := c.Text[cell.From:][:cell.Len]
	if cell.Flags&Escaped == 0 {
		return unsafe.String(&raw[0], len(raw))
	}
	return unescape(c.Text[cell.From-1:][:cell.Len+2])
}

// unescape is the content of a string that JSON allows.
func unescape(raw []byte) (content string) {
	if plain, ok := withoutSlashes(raw[1 : len(raw)-1]); ok {
		return plain
	}
	if !bytes.ContainsRune(raw, '\\') || json.Unmarshal(raw, &content) != nil {
		return string(raw[1 : len(raw)-1])
	}
	return content
}

// withoutSlashes is a text of which each escape is of a quotation mark, a slash or a
// backslash; ok is false for any other, and for what is not UTF-8.
func withoutSlashes(raw []byte) (content string, ok bool) {
	var room [128]byte
	plain := room[:0]
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' {
			if i++; i == len(raw) || raw[i] != '"' && raw[i] != '/' && raw[i] != '\\' {
				return "", false
			}
		}
		plain = append(plain, raw[i])
	}
	return string(plain), utf8.Valid(plain)
}
