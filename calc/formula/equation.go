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
	index   map[Coefficient]int // of the coefficients, without their numbers, once they are many
}

// Equation of the reading in an instance, left side minus right side, each
// figure once; a figure that cancels out is not in it. A figure that is missing
// or unreadable has its coefficient all the same. Or the gap that keeps the
// relation from being stated: it does not apply, or its rows are not known.
func (r *Reading) Equation(rec *schema.Record, instance int) (Equation, *Gap) {
	var e Equation
	if gap := r.StateEquation(&e, rec, instance); gap != nil {
		return Equation{}, gap
	}
	return e, nil
}

// StateEquation is Equation into the memory of an earlier one, for those who state
// many.
func (r *Reading) StateEquation(e *Equation, rec *schema.Record, instance int) *Gap {
	*e = Equation{Coefficients: e.Coefficients[:0], Op: r.Op}
	w := walker{rec: rec, scope: r.scope, instance: instance, yields: coefficients, equation: e}
	w.terms(r.Left, 1)
	left := w.gap
	w.gap = nil
	w.terms(r.Right, -1)
	if gap := weightier(left, w.gap); gap != nil && (!gap.Applies || !gap.Figure) {
		return gap
	}
	e.Coefficients = slices.DeleteFunc(e.Coefficients, func(c Coefficient) bool { return c.Coef == 0 })
	return nil
}

// fewCoefficients are found faster one by one than by an index.
const fewCoefficients = 16

// add a figure times a coefficient.
func (e *Equation) add(coef int64, group, instance, slot int) {
	e.Figures++
	if i := e.find(group, instance, slot); i >= 0 {
		e.Coefficients[i].Coef += coef
		return
	}
	e.Coefficients = append(e.Coefficients, Coefficient{Group: group, Instance: instance, Slot: slot, Coef: coef})
}

// find the place of a figure among the coefficients; -1 when it is not there yet.
func (e *Equation) find(group, instance, slot int) int {
	if len(e.Coefficients) <= fewCoefficients {
		return slices.IndexFunc(e.Coefficients, func(c Coefficient) bool {
			return c.Instance == instance && c.Slot == slot && c.Group == group
		})
	}
	at := func(c *Coefficient) Coefficient {
		return Coefficient{Group: c.Group, Instance: c.Instance, Slot: c.Slot}
	}
	if e.index == nil {
		e.index = map[Coefficient]int{}
	}
	for i := len(e.index); i < len(e.Coefficients); i++ {
		e.index[at(&e.Coefficients[i])] = i
	}
	i, known := e.index[Coefficient{Group: group, Instance: instance, Slot: slot}]
	if !known {
		return -1
	}
	return i
}
