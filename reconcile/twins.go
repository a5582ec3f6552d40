package reconcile

import (
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
	type content struct {
		parent int
		values string
	}
	seen := map[content]int{}
	slots := rec.Layout.Groups[group].Slots
	for row := range rec.Instances(group) {
		c := content{parent: rec.Parent(group, row)}
		values, figures := 0, 0
		for slot := range slots {
			v := rec.Value(group, row, slot)
			c.values += fmt.Sprintf("%d %q ", v.State, v.Text)
			if v.State == schema.Present {
				values++
			}
			if v.State == schema.Present && slots[slot].Field.Kind.IsNumber() && v.Amount.Sign() != 0 {
				figures++
			}
		}
		if first, is := seen[c]; is && values >= minTwinValues && figures > 0 {
			return first, row, true
		}
		seen[c] = row
	}
	return 0, 0, false
}
