package reconcile

import "tieout/calc/schema"

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
					Pointer: rec.SlotPointer(g, instance, i), Value: *rec.Value(g, instance, i),
					Figure: slots[i].Field.Kind.IsNumber(),
					Count:  slots[i].Field.Kind == schema.Count,
				}
			}
		}
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
