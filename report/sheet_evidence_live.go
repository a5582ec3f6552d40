package report

import (
	"fmt"
	"strconv"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/reconcile"
)

// live are the spreadsheet formulas of one relation; all empty when it is not
// calculated in the sheet.
type live struct {
	actual, expected, difference string
	row                          int
	scale                        int32
}

// Why a relation is not calculated in the sheet.
const (
	whyDigits   = "A figure has more than 15 significant digits, which a spreadsheet cannot hold: exact values only."
	whyLoss     = "A spreadsheet cannot add these figures to the last digit: exact values only."
	whyLength   = "Too many figures for one spreadsheet formula: exact values only."
	whyTooLong  = "%s figures do not fit on a sheet, %s are shown: exact values only."
	whyComputed = "The rule computes this; it is no sum of figures: exact values only."
	whyNoFigure = "The figures were not kept: exact values only."
)

// liveFormulas are the formulas for a relation whose head stands in row first,
// or the reason why it has none.
func liveFormulas(e *reconcile.Evidence, most, first int) (l live, why string) {
	figures := len(e.Subject) + len(e.Terms)
	switch {
	case len(e.Subject) == 0:
		return live{}, whyNoFigure
	case len(e.Terms) == 0:
		return live{}, whyComputed
	case figures > most:
		return live{}, fmt.Sprintf(whyTooLong, grouped(figures), grouped(most))
	}
	amounts := []calc.Amount{e.Actual, e.Expected, e.Difference}
	scale := int32(0)
	for _, side := range [][]reconcile.Figure{e.Subject, e.Terms} {
		for i := range side {
			amounts = append(amounts, side[i].Amount)
		}
	}
	for _, a := range amounts {
		if !fitsNumber(a) {
			return live{}, whyDigits
		}
		scale = max(scale, a.Scale())
	}
	if !addsExactly(e, scale) {
		return live{}, whyLoss
	}
	subject, short := formula.SheetFormula(operands(e.Subject), amountLetter, first+1)
	terms, alsoShort := formula.SheetFormula(operands(e.Terms), amountLetter, first+1+len(e.Subject))
	if !short || !alsoShort {
		return live{}, whyLength
	}
	l = live{actual: subject, expected: terms, row: first + 1 + figures, scale: scale}
	l.difference = l.round(amountLetter+strconv.Itoa(l.row), amountLetter+strconv.Itoa(l.row+1))
	return l, ""
}

// round is a difference of two cells without the dust of binary numbers.
func (l live) round(a, b string) string {
	return "ROUND(" + a + "-" + b + "," + strconv.Itoa(int(l.scale)) + ")"
}

// agreeAt compares a live result with the exact one beside it.
func (l live) agreeAt(i int) string {
	if l.actual == "" {
		return ""
	}
	row := strconv.Itoa(l.row + i)
	return "IF(" + l.round(amountLetter+row, exactLetter+row) + "=0,1,0)"
}

// The largest sum, in units of the last digit, that binary numbers of 53 bits
// add without error when all are whole, and, times the count of figures, with an
// error below half a unit when they are not: each figure and each step is off by
// at most one part in 2^53.
const maxWholeSum, maxSumTimesCount = "9007199254740992", "2000000000000000"

// addsExactly tells whether a spreadsheet, which calculates with binary numbers,
// gets the relation right to the last digit at this scale.
func addsExactly(e *reconcile.Evidence, scale int32) bool {
	size, count := calc.Amount{}, int64(1)
	for _, side := range [][]reconcile.Figure{e.Subject, e.Terms} {
		for i := range side {
			size = size.Plus(side[i].Amount.Times(side[i].Coef).Abs())
			count++
		}
	}
	if scale == 0 {
		return size.Cmp(calc.MustAmount(maxWholeSum)) <= 0
	}
	limit, err := calc.ParseAmount(maxSumTimesCount + "E-" + strconv.Itoa(int(scale)))
	return err == nil && size.Times(count).Cmp(limit) <= 0
}
