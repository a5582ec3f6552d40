package reconcile

import (
	"encoding/binary"
	"fmt"

	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// minTwinValues is how many values two rows must have in common, all they have,
// before one is taken for a copy of the other.
const minTwinValues = 3

// copiedRow says that a broken sum runs over two rows that are the same in every
// value, numbers and dates included: one of them may stand in another's place. A
// total that does not agree with such rows is not the first suspect.
func copiedRow(evidence []*checked) (Diagnosis, bool) {
	for _, f := range evidence {
		rec := f.rec
		for i := range f.relation.Readings {
			r := &f.relation.Readings[i]
			for _, side := range [][]formula.Term{r.Left, r.Right} {
				for k := range side {
					if side[k].Kind != formula.Sum {
						continue
					}
					if a, b, found := twins(rec, side[k].Group); found {
						return Diagnosis{Class: locate.Copied, Text: fmt.Sprintf(
							"%s and %s are the same in every value; one may be a copy, and its own values lost",
							rec.InstanceName(side[k].Group, a), rec.InstanceName(side[k].Group, b))}, true
					}
				}
			}
		}
	}
	return Diagnosis{}, false
}

// twins finds the first two rows of a group, below one parent, that are the same.
func twins(rec *schema.Record, group int) (a, b int, found bool) {
	seen := map[string]int{}
	slots := rec.Layout.Groups[group].Slots
	var content []byte // of a row: its parent, and the state and text of each value
	for row := range rec.Instances(group) {
		content = binary.AppendUvarint(content[:0], uint64(rec.Parent(group, row)))
		values, figures := 0, 0
		for slot := range slots {
			v := rec.Value(group, row, slot)
			content = binary.AppendUvarint(append(content, byte(v.State)), uint64(len(v.Text)))
			content = append(content, v.Text...)
			if v.State == schema.Present {
				values++
			}
			if v.State == schema.Present && slots[slot].Field.Kind.IsNumber() && v.Amount.Sign() != 0 {
				figures++
			}
		}
		if values < minTwinValues || figures == 0 {
			continue
		}
		if first, is := seen[string(content)]; is {
			return first, row, true
		}
		seen[string(content)] = row
	}
	return 0, 0, false
}
