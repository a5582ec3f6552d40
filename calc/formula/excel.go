package formula

import (
	"strconv"
	"strings"
)

// MaxSheetFormula is the longest formula, in characters with its equals sign,
// that a spreadsheet takes.
const MaxSheetFormula = 8192

// SheetFormula writes a side as a spreadsheet formula without its equals sign,
// the operands standing below each other in one column from a first row on:
// F12-F13, SUM(F12:F40). ok is false when the formula would be too long.
func SheetFormula(operands []Operand, column string, firstRow int) (text string, ok bool) {
	if len(operands) == 0 {
		return "0", true
	}
	cell := func(i int) string { return column + strconv.Itoa(firstRow+i) }
	var b strings.Builder
	for i := 0; i < len(operands); {
		run := i + 1
		for run < len(operands) && operands[run].Coef == operands[i].Coef {
			run++
		}
		coef := operands[i].Coef
		switch {
		case coef < 0:
			b.WriteString("-")
			coef = -coef
		case i > 0:
			b.WriteString("+")
		}
		if coef != 1 {
			b.WriteString(strconv.FormatInt(coef, 10) + "*")
		}
		// From three operands on, a range reads better than a chain of signs.
		if run-i > 2 {
			b.WriteString("SUM(" + cell(i) + ":" + cell(run-1) + ")")
		} else {
			run = i + 1
			b.WriteString(cell(i))
		}
		i = run
	}
	return b.String(), b.Len() < MaxSheetFormula
}
