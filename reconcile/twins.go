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
	var rows [fewRows]int // those before that may have a twin
	few := rec.Instances(group) <= fewRows
	var content []byte
	var seen map[string]int
	count := 0
	for row := range rec.Instances(group) {
		if !mayHaveTwin(rec, group, row) {
			continue
		}
		if few {
			for _, first := range rows[:count] {
				if areTwins(rec, group, first, row) {
					return first, row, true
				}
			}
			rows[count] = row
			count++
			continue
		}
		content = appendRow(content[:0], rec, group, row)
		if first, is := seen[string(content)]; is {
			return first, row, true
		}
		if seen == nil {
			seen = map[string]int{}
		}
		seen[string(content)] = row
	}
	return 0, 0, false
}

// fewRows are compared with each other faster than looked up.
const fewRows = 40

// mayHaveTwin tells whether a row has enough to be told from others.
func mayHaveTwin(rec *schema.Record, group, row int) bool {
	slots := rec.Layout.Groups[group].Slots
	values, hasFigure := 0, false
	for slot := range slots {
		v := rec.Value(group, row, slot)
		if v.State != schema.Present {
			continue
		}
		values++
		hasFigure = hasFigure || slots[slot].Field.Kind.IsNumber() && v.Amount.Sign() != 0
		if values >= minTwinValues && hasFigure {
			return true
		}
	}
	return false
}

// areTwins tells whether two rows are of one parent and the same in every value.
func areTwins(rec *schema.Record, group, a, b int) bool {
	if rec.Parent(group, a) != rec.Parent(group, b) {
		return false
	}
	for slot := range rec.Layout.Groups[group].Slots {
		if v, w := rec.Value(group, a, slot), rec.Value(group, b, slot); v.State != w.State || v.Text != w.Text {
			return false
		}
	}
	return true
}

// appendRow appends what twins have in common: the parent, and the state and text of
// each value.
func appendRow(to []byte, rec *schema.Record, group, row int) []byte {
	to = binary.AppendUvarint(to, uint64(rec.Parent(group, row)))
	for slot := range rec.Layout.Groups[group].Slots {
		v := rec.Value(group, row, slot)
		to = binary.AppendUvarint(append(to, byte(v.State)), uint64(len(v.Text)))
		to = append(to, v.Text...)
	}
	return to
}
