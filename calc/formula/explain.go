package formula

import (
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
)

// String is the relation as text, with bound names replaced by what they stand for
// and the rows that it is checked in, but without its conditions:
// for row in Details: row.percent.payment_sum = sum(row.percent.fact_payment.payment_sum).
func (r *Relation) String() string {
	readings := make([]string, len(r.Readings))
	for i := range r.Readings {
		readings[i] = r.Readings[i].String()
	}
	text := strings.Join(readings, " or ")
	if r.forRow != "" {
		text = "for " + r.forRow + ": " + text
	}
	return text
}

// String is the reading as text, with bound names replaced by what they stand
// for: row.percent.end_balance = row.percent.begin_balance - row.percent.payment_sum.
func (r *Reading) String() string {
	return writeSide(r.Left, written) + " " + r.Op.String() + " " + writeSide(r.Right, written)
}

// calls are the words for terms of rows.
var calls = map[TermKind]string{Sum: "sum", First: "first", Last: "last", Count: "count"}

// whereText is the conditions of a term as they stand behind its name.
func whereText(t *Term) string {
	if len(t.where) == 0 {
		return ""
	}
	return " where " + conditionText(t.where)
}

// written is a term as it stands in the formula.
func written(t *Term) string {
	switch t.Kind {
	case Constant:
		return t.Number.Text()
	case Sum, First, Last, Count:
		return calls[t.Kind] + "(" + t.Name + whereText(t) + ")"
	case Previous:
		if len(t.Start) > 0 {
			return "prev(" + t.Name + ", " + writeSide(t.Start, written) + ")"
		}
		return "prev(" + t.Name + ")"
	}
	return t.Name
}

// Side is one side of the reading as text for one instance of a record, with
// the rows named: Details[1].percent.begin_balance - Details[1].percent.payment_sum.
// Only a side without a gap has all the rows that it speaks of.
func (r *Reading) Side(rec *schema.Record, instance int, side []Term) string {
	switch {
	case len(side) == 0:
	case r.leftText != "" && &side[0] == &r.Left[0]:
		return r.leftText
	case r.rightText != "" && &side[0] == &r.Right[0]:
		return r.rightText
	}
	return writeSide(r.bind(rec, instance, side), func(t *Term) string { return r.named(rec, instance, t) })
}

// Whole is the reading as text for one instance of a record, as Side has it, with its
// subject first, and that as text.
func (r *Reading) Whole(rec *schema.Record, instance int) (subject, whole string) {
	of, other, op := r.Subject()
	if subject, whole = r.Side(rec, instance, of), r.wholeText; whole == "" {
		whole = subject + " " + op.String() + " " + r.Side(rec, instance, other)
	}
	return subject, whole
}

// sameText is a side as text where no term of it speaks of a row; else it is empty.
func (r *Reading) sameText(side []Term) string {
	for i := range side {
		t := &side[i]
		switch {
		case t.Kind == Constant:
		case t.Kind == Figure && t.Group == 0:
		case (t.Kind == Sum || t.Kind == Count) && t.From == 0:
		default:
			return ""
		}
	}
	return writeSide(side, func(t *Term) string {
		switch t.Kind {
		case Constant:
			return t.Number.Text()
		case Figure:
			return r.layout.Groups[0].Slots[t.Slot].Dotted()
		}
		return r.called("", t)
	})
}

// called is a sum over rows, or their number, as text; above is the instance in which
// they are.
func (r *Reading) called(above string, t *Term) string {
	var path []string
	if t.Kind != Count {
		path = r.layout.Groups[t.Group].Slots[t.Slot].Path
	}
	for g := t.Group; g != t.From; g = r.layout.Groups[g].Parent {
		path = slices.Concat(r.layout.Groups[g].Path, path)
	}
	name := strings.Join(path, ".")
	if above != "" {
		name = above + "." + name
	}
	return calls[t.Kind] + "(" + name + whereText(t) + ")"
}

// named is a term as text for one instance of a record.
func (r *Reading) named(rec *schema.Record, instance int, t *Term) string {
	switch t.Kind {
	case Constant:
		return t.Number.Text()
	case Previous:
		return rec.SlotName(t.Group, instance-1, t.Slot)
	case Figure:
		return rec.SlotName(t.Group, rec.Ascend(r.scope, instance, t.Group), t.Slot)
	}
	if t.Kind == First || t.Kind == Last {
		if row, gap := (*Sheet)(nil).pick(rec, r.scope, instance, t); gap == nil {
			return rec.SlotName(t.Group, row, t.Slot)
		}
	}
	return r.called(rec.InstanceName(t.From, rec.Ascend(r.scope, instance, t.From)), t)
}

// bind replaces the start of a chain by what stands before its first row.
func (r *Reading) bind(rec *schema.Record, instance int, side []Term) []Term {
	if !slices.ContainsFunc(side, func(t Term) bool { return t.Kind == Previous }) {
		return side
	}
	var all []Term
	for _, t := range side {
		if t.Kind != Previous || instance > rec.Rows(r.scope, rec.Parent(r.scope, instance)).First {
			all = append(all, t)
			continue
		}
		for _, s := range t.Start {
			s.Coef *= t.Coef
			all = append(all, s)
		}
	}
	return all
}

func writeSide(side []Term, name func(*Term) string) string {
	var room [128]byte
	text := room[:0]
	for i := range side {
		text = append(appendSign(text, side[i].Coef, i == 0), name(&side[i])...)
	}
	return string(text)
}

// appendSign appends the sign and coefficient before a term.
func appendSign(to []byte, coef int64, first bool) []byte {
	switch {
	case first && coef < 0:
		to = append(to, '-')
	case !first && coef < 0:
		to = append(to, " - "...)
	case !first:
		to = append(to, " + "...)
	}
	if coef < 0 {
		coef = -coef
	}
	if coef != 1 {
		to = append(strconv.AppendInt(to, coef, 10), " * "...)
	}
	return to
}

// maxNumbers bounds the operands that Numbers writes out.
const maxNumbers = 8

// Numbers is a side in figures, each in its plain form: 479 + 170. A long sum shows its first
// operands and says how many there are; a sum of nothing is 0.
func Numbers(operands []Operand) string {
	if len(operands) == 0 {
		return "0"
	}
	var room [128]byte
	text := room[:0]
	for i := range operands {
		o := &operands[i]
		if i == maxNumbers {
			text = append(text, " + … ("...)
			text = append(strconv.AppendInt(text, int64(len(operands)), 10), " figures)"...)
			break
		}
		text = appendSign(text, o.Coef, i == 0)
		if o.Amount.Sign() < 0 && (i > 0 || o.Coef != 1) {
			text = append(o.Amount.Append(append(text, '(')), ')')
		} else {
			text = o.Amount.Append(text)
		}
	}
	return string(text)
}
