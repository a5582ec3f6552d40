package reconcile

import (
	"strings"

	"tieout/calc/schema"
)

// snapshot copies a record as its document has it.
func snapshot(rec *schema.Record) *Snapshot {
	s := &Snapshot{Source: rec.Layout.Source.Name, Record: rec.Key, File: rec.Document.Input.File}
	s.Tables = make([]Table, len(rec.Layout.Groups))
	for g := range rec.Layout.Groups {
		t := &s.Tables[g]
		if g > 0 {
			t.Name = rec.Layout.Name(g)
		}
		slots := rec.Layout.Groups[g].Slots
		rows := rec.Instances(g)
		t.Columns, t.Rows = make([]string, len(slots)), make([]TableRow, rows)
		for i := range slots {
			t.Columns[i] = slots[i].Dotted()
		}
		values := make([]TableValue, rows*len(slots))
		for instance := range rows {
			row := &t.Rows[instance]
			row.Name, row.Pointer = rec.InstanceName(g, instance), rec.InstancePointer(g, instance)
			row.Values = values[instance*len(slots) : (instance+1)*len(slots)]
			for i := range slots {
				row.Values[i] = TableValue{
					Value:  *rec.Value(g, instance, i),
					Figure: slots[i].Field.Kind.IsNumber(),
					Count:  slots[i].Field.Kind == schema.Count,
				}
			}
		}
	}
	s.point(rec)
	return s
}

// point writes the pointers of the values, those of a record in one piece of memory.
func (s *Snapshot) point(rec *schema.Record) {
	var all strings.Builder
	if !rec.IsJoined() {
		all.Grow(s.bytes(rec))
	}
	for g := range s.Tables {
		slots := rec.Layout.Groups[g].Slots
		for instance := range s.Tables[g].Rows {
			row := &s.Tables[g].Rows[instance]
			for i := range slots {
				if rec.IsJoined() { // the parts of a row stand in several documents
					row.Values[i].Pointer = rec.SlotPointer(g, instance, i)
					continue
				}
				start := all.Len()
				all.WriteString(row.Pointer)
				all.WriteString(slots[i].Pointer())
				row.Values[i].Pointer = all.String()[start:]
			}
		}
	}
}

// bytes of all pointers together.
func (s *Snapshot) bytes(rec *schema.Record) int {
	n := 0
	for g := range s.Tables {
		slots, paths := rec.Layout.Groups[g].Slots, 0
		for i := range slots {
			paths += len(slots[i].Pointer())
		}
		for i := range s.Tables[g].Rows {
			n += paths + len(slots)*len(s.Tables[g].Rows[i].Pointer)
		}
	}
	return n
}

// values counts what the snapshot holds.
func (s *Snapshot) values() int {
	n := 0
	for i := range s.Tables {
		n += len(s.Tables[i].Columns) * len(s.Tables[i].Rows)
	}
	return n
}
