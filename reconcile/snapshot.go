package reconcile

import (
	"strings"

	"tieout/calc/schema"
)

// snapshot copies a record as its document has it.
func snapshot(rec *schema.Record) *Snapshot {
	s := &Snapshot{Source: rec.Layout.Source.Name, Record: rec.Key, File: rec.Document.Input.File}
	for g := range rec.Layout.Groups {
		t := Table{}
		if g > 0 {
			t.Name = rec.Layout.Name(g)
		}
		slots := rec.Layout.Groups[g].Slots
		for i := range slots {
			t.Columns = append(t.Columns, strings.Join(slots[i].Path, "."))
		}
		for instance := range rec.Instances(g) {
			row := TableRow{Name: rec.InstanceName(g, instance), Pointer: rec.InstancePointer(g, instance)}
			for i := range slots {
				row.Values = append(row.Values, TableValue{
					Pointer: rec.SlotPointer(g, instance, i), Value: *rec.Value(g, instance, i),
					Figure: slots[i].Field.Kind.IsNumber(),
					Count:  slots[i].Field.Kind == schema.Count,
				})
			}
			t.Rows = append(t.Rows, row)
		}
		s.Tables = append(s.Tables, t)
	}
	return s
}

// values counts what the snapshot holds.
func (s *Snapshot) values() int {
	n := 0
	for i := range s.Tables {
		n += len(s.Tables[i].Columns) * len(s.Tables[i].Rows)
	}
	return n
}
