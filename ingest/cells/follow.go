package cells

import (
	"math"

	"tieout/calc/schema"
)

// follow reads members of an object as long as they come in the order of its course and
// are written as they mostly are. p is where the value of the next step begins when named,
// and else where the text before it is expected; so it is of what follow returns.
//
// Nearly all of a document is read by it. It calls nothing for figures and dates, so that
// what it needs stays in registers.
func (s *Scanner) follow(steps []step, next, p int, named bool, at *place) (reached, end int, stands bool) {
	t, row, figures := s.t, at.row, 0
way:
	for ; next < len(steps) && p+ahead <= len(t); next++ {
		step := &steps[next]
		if !named {
			if !step.stands((*[ahead]byte)(t[p:])) {
				break
			}
			p += int(step.length)
		}
		named = true
		v := (*[16]byte)(t[p:])
		switch step.usual {
		case mostlyMoney:
			units, length := plainAmount(v)
			if length == 0 {
				break way
			}
			c := &row[step.slot]
			c.Units = units
			c.From, c.Len, c.State, c.Flags = uint32(p-s.start), uint16(length), schema.Present, schema.Exact
			figures++
			p += length
		case mostlyDate:
			if !isPlainDate(v) {
				break way
			}
			s.text(&row[step.slot], p, p+dateLength)
			p += dateLength
		case mostlyText:
			end := plainString(t, p)
			if end <= p+2 || end-p-2 > math.MaxUint16 {
				break way
			}
			s.text(&row[step.slot], p, end)
			p = end
		default:
			break way
		}
		named = false
	}
	if figures > 0 {
		at.cells.Figures += figures
	}
	return next, p, named
}
