package formula

import (
	"slices"

	"tieout/calc"
	"tieout/calc/schema"
)

// Coefficient of one figure in an equation.
type Coefficient struct {
	Group, Instance, Slot int
	Coef                  int64
}

// Equation is a reading in one instance as a linear relation between figures:
// the sum of coefficient times figure, plus Constant, compared with zero.
type Equation struct {
	Coefficients []Coefficient
	Constant     calc.Amount
	Op           Op
	// Figures counts the figures that the relation reads, each as often as it
	// does.
	Figures int
}

// Equation of the reading in an instance, left side minus right side, each
// figure once; a figure that cancels out is not in it. A figure that is missing
// or unreadable has its coefficient all the same. Or the gap that keeps the
// relation from being stated: it does not apply, or its rows are not known.
func (r *Reading) Equation(rec *schema.Record, instance int) (Equation, *Gap) {
	left, right, gap := r.Sides(rec, instance)
	if gap != nil && (!gap.Applies || !gap.Figure) {
		return Equation{}, gap
	}
	e := Equation{Op: r.Op, Figures: Figures(left) + Figures(right)}
	at := map[Coefficient]int{}
	e.add(at, left, 1)
	e.add(at, right, -1)
	e.Coefficients = slices.DeleteFunc(e.Coefficients, func(c Coefficient) bool { return c.Coef == 0 })
	return e, nil
}

func (e *Equation) add(at map[Coefficient]int, operands []Operand, sign int64) {
	for _, o := range operands {
		if o.Value == nil {
			e.Constant = e.Constant.Plus(o.Amount.Times(sign * o.Coef))
			continue
		}
		c := Coefficient{Group: o.Group, Instance: o.Instance, Slot: o.Slot}
		i, seen := at[c]
		if !seen {
			i = len(e.Coefficients)
			at[c] = i
			e.Coefficients = append(e.Coefficients, c)
		}
		e.Coefficients[i].Coef += sign * o.Coef
	}
}
