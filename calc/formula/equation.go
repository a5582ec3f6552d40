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
	if e.statePlain(r, rec, instance) {
		return nil
	}
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

// plainTerms are the figures of two sides that have only single figures, none of them
// twice; nil for others.
func plainTerms(left, right []Term) []Coefficient {
	var plain []Coefficient
	for side, times := range [...]int64{1, -1} {
		for _, t := range [...][]Term{left, right}[side] {
			is := func(c Coefficient) bool { return c.Group == t.Group && c.Slot == t.Slot }
			if t.Kind != Figure || t.Coef == 0 || slices.ContainsFunc(plain, is) {
				return nil
			}
			plain = append(plain, Coefficient{Group: t.Group, Slot: t.Slot, Coef: t.Coef * times})
		}
	}
	return plain
}

// statePlain states a reading of which the figures are known and all there; else it
// states nothing.
func (e *Equation) statePlain(r *Reading, rec *schema.Record, instance int) bool {
	for _, c := range r.plain {
		c.Instance = rec.Ascend(r.scope, instance, c.Group)
		if rec.Value(c.Group, c.Instance, c.Slot).State != schema.Present {
			e.Coefficients = e.Coefficients[:0]
			return false
		}
		e.Coefficients = append(e.Coefficients, c)
	}
	e.Figures = len(r.plain)
	return e.Figures > 0
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
