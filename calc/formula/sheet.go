package formula

import (
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/schema"
)

// Sheet is what relations are evaluated on, one after the other: each in the room of
// the one before. Gaps are valid until Clear, and those of the instances until the next.
// A nil Sheet has fresh room for each.
type Sheet struct {
	gaps      []Gap
	unread    []*Gap // why instances cannot be told
	sentences map[sentence]string
	residues  []residue
	operands  []Operand
}

// residue is a small difference in words: there are few of them.
type residue struct {
	amount calc.Amount
	text   string
}

// mostResidues bounds those that are kept.
const mostResidues = 16

// Residue says that two sides are off by an amount.
func (s *Sheet) Residue(a calc.Amount) string {
	for i := range s.residues {
		if known := &s.residues[i]; known.amount.Scale() == a.Scale() && known.amount.Equal(a) {
			return known.text
		}
	}
	text := "off by " + a.String()
	if len(s.residues) < mostResidues {
		s.residues = append(s.residues, residue{a, text})
	}
	return text
}

// Sides are those of a reading, in the room of those before.
func (s *Sheet) Sides(r *Reading, rec *schema.Record, instance int) (left, right []Operand, gap *Gap) {
	if s == nil {
		return r.Sides(rec, instance)
	}
	clear(s.operands)
	s.operands = slices.Grow(s.operands[:0], most(rec, r.Left)+most(rec, r.Right))
	left, right, gap = r.sides(s.operands, rec, instance)
	s.operands = s.operands[:min(cap(s.operands), len(left)+len(right))]
	return left, right, gap
}

// Clear gives the room of the gaps back.
func (s *Sheet) Clear() { s.gaps = s.gaps[:0] }

// mostGaps is how many gaps are kept room for.
const mostGaps = 1024

func (s *Sheet) gap(g Gap) *Gap {
	if s == nil {
		made := new(Gap)
		*made = g
		return made
	}
	if len(s.gaps) == cap(s.gaps) { // those that were given out stay where they are
		s.gaps = make([]Gap, 0, min(max(16, 2*cap(s.gaps)), mostGaps))
	}
	s.gaps = append(s.gaps, g)
	return &s.gaps[len(s.gaps)-1]
}

// sentence is why a condition does not hold, or has no rows, of which there are a few
// for each: of what it is said, in which way, and of which text of a record.
type sentence struct {
	of   any // a *condition or a *Term
	kind uint8
	text string
}

// mostSentences bounds what is kept of them, since texts of records are in them.
const mostSentences = 1024

// say is a sentence in words, made once.
func (s *Sheet) say(of sentence, words func(sentence) string) string {
	if s == nil {
		return words(of)
	}
	said, is := s.sentences[of]
	if !is {
		said = words(of)
		if s.sentences == nil {
			s.sentences = map[sentence]string{}
		}
		if len(s.sentences) < mostSentences {
			of.text = strings.Clone(of.text)
			s.sentences[of] = said
		}
	}
	return said
}

// Instances lists the instances of the record in which the relation is checked,
// and the gaps where rows it should be checked in cannot be read.
func (s *Sheet) Instances(r *Relation, rec *schema.Record) (instances int, gaps []*Gap) {
	if s != nil {
		gaps = s.unread[:0]
	}
	groups := rec.Layout.Groups
	for g := r.Scope; g > 0; g = groups[g].Parent {
		for p := range rec.Instances(groups[g].Parent) {
			if rec.Rows(g, p).State != schema.Present {
				gaps = append(gaps, s.rowsGap(rec, g, p))
			}
		}
	}
	instances = rec.Instances(r.Scope)
	if instances == 0 && len(gaps) == 0 {
		gaps = append(gaps, s.gap(Gap{Reason: rec.Layout.NoRows(r.Scope)}))
	}
	if s != nil {
		s.unread = gaps
	}
	return instances, gaps
}

// Instances is Sheet.Instances in fresh room.
func (r *Relation) Instances(rec *schema.Record) (instances int, gaps []*Gap) {
	return (*Sheet)(nil).Instances(r, rec)
}

// Totals is Reading.Totals in the room of the sheet.
func (s *Sheet) Totals(r *Reading, rec *schema.Record, instance int) (left, right Total, gap *Gap) {
	left, gap = r.total(s, rec, instance, r.Left)
	right, gapRight := r.total(s, rec, instance, r.Right)
	return left, right, weightier(gap, gapRight)
}

// rowsBelow is the range of the rows of a group below an instance of an ancestor
// group, and the first gap among the arrays that hold them. The rows of one array
// stand side by side, and so do the arrays of one parent.
func (s *Sheet) rowsBelow(rec *schema.Record, group, ancestor, instance int) (first, end int, gap *Gap) {
	if group == ancestor {
		return instance, instance + 1, nil
	}
	from, to, gap := s.rowsBelow(rec, rec.Layout.Groups[group].Parent, ancestor, instance)
	for p := from; p < to; p++ {
		rows := rec.Rows(group, p)
		if rows.State != schema.Present && gap == nil {
			gap = s.rowsGap(rec, group, p)
		}
		if rows.First == rows.End {
			continue
		}
		if first == end {
			first = rows.First
		}
		end = rows.End
	}
	return first, end, gap
}

// valueGap says why a value is no figure.
func (s *Sheet) valueGap(rec *schema.Record, group, instance, slot int) *Gap {
	g := Gap{Figure: true, rec: rec, group: group, instance: instance, slot: slot}
	g.Applies, g.Reason = rec.SlotGap(group, instance, slot)
	return s.gap(g)
}

// rowsGap says why an array has no rows to read.
func (s *Sheet) rowsGap(rec *schema.Record, group, parent int) *Gap {
	g := Gap{rec: rec, group: group, instance: parent, slot: allRows}
	g.Applies, g.Reason = rec.RowsGap(group, parent)
	return s.gap(g)
}
