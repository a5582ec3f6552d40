package report

import (
	"strconv"

	"tieout/calc"
	"tieout/calc/date"
)

// Calculation is an answer of the calculator, ready to be shown as text, JSON or a
// workbook. What the answer rests on is part of it: what was given, and how it was
// read and rounded.
type Calculation struct {
	Program, Version string
	Kind             string // as the command calls it: fullcost
	Title            string
	Given            []GivenValue

	results  []calcFigure
	tables   []calcTable
	readings []string
}

// GivenValue is what the user has stated: a name and the texts under it, of which
// there can be many or only one.
type GivenValue struct {
	Name  string
	Texts []string
	Many  bool
}

// calcFigure is a result under its name in JSON.
type calcFigure struct {
	key, label string
	value      calcValue
	unit       string // behind the value, for people
}

// calcValue is one typed value.
type calcValue struct {
	kind   calcKind
	amount calc.Amount
	number int
	text   string
}

type calcKind uint8

const (
	calcNone calcKind = iota // text says why there is none
	calcAmount
	calcCount
	calcText
	calcYes
	calcUnknown
)

func amountValue(a calc.Amount) calcValue { return calcValue{kind: calcAmount, amount: a} }
func countValue(n int) calcValue          { return calcValue{kind: calcCount, number: n} }
func textValue(s string) calcValue        { return calcValue{kind: calcText, text: s} }
func dateValue(d date.Date) calcValue     { return calcValue{kind: calcText, text: d.String()} }
func noValue(why string) calcValue        { return calcValue{kind: calcNone, text: why} }

// found is the amount, or why there is none.
func found(a calc.Amount, err error) calcValue {
	if err != nil {
		return noValue(err.Error())
	}
	return amountValue(a)
}

func jalaliValue(d date.Date) calcValue {
	j, ok := d.Jalali()
	if !ok {
		return noValue("outside the years " + strconv.Itoa(date.FirstJalaliYear) + " to " + strconv.Itoa(date.LastJalaliYear))
	}
	return textValue(j.String())
}

// yesValue is yes, no, or not known.
func yesValue(yes, known bool) calcValue {
	switch {
	case !known:
		return calcValue{kind: calcUnknown, text: "not known"}
	case yes:
		return calcValue{kind: calcYes, text: "yes"}
	}
	return calcValue{kind: calcYes, text: "no"}
}

// right tells whether a value is aligned as amounts are.
func (k calcKind) right() bool { return k == calcAmount || k == calcCount }

// String is the value for people.
func (v calcValue) String() string {
	switch v.kind {
	case calcAmount:
		return v.amount.String()
	case calcCount:
		return strconv.Itoa(v.number)
	}
	return v.text
}

// words are the value of a result for people, with its unit; none with the reason.
func (f *calcFigure) words() string {
	switch {
	case f.value.kind == calcNone:
		return "none: " + f.value.text
	case f.unit == "":
		return f.value.String()
	}
	return f.value.String() + " " + f.unit
}

// calcTable is rows under the keys of its columns, with a row of totals when it has
// one.
type calcTable struct {
	key, title string
	columns    []calcColumn
	rows       [][]calcValue
	// implied tables say what the results say, and are not printed for people.
	implied bool
	// filed tables are in JSON and the workbook alone; for a terminal they are too much.
	filed bool
	// totalled tables end with the sums of the columns that are summed.
	totalled bool
}

type calcColumn struct {
	key, title string
	kind       calcKind
	width      columnWidth
	summed     bool
	unrounded  bool // sums with more decimals than those that are paid
	// formula of the cells in a workbook, with the keys of other columns of the row in
	// braces: {interest}+{principal}. The value stands beside it.
	formula string
}

// totals are the sums of the columns; nil without them.
func (t *calcTable) totals() []calcValue {
	if !t.totalled || len(t.rows) == 0 {
		return nil
	}
	sums := make([]calcValue, len(t.columns))
	for i, c := range t.columns {
		if !c.summed {
			continue
		}
		sums[i] = calcValue{kind: c.kind}
		for _, row := range t.rows {
			sums[i].amount = sums[i].amount.Plus(row[i].amount)
			sums[i].number += row[i].number
		}
	}
	return sums
}

// level writes the sums among the results with the same decimals; rates keep theirs.
func (c *Calculation) level() {
	scale := int32(0)
	for _, f := range c.results {
		if f.unit == "" && f.value.kind == calcAmount {
			scale = max(scale, f.value.amount.Scale())
		}
	}
	for i := range c.results {
		if f := &c.results[i]; f.unit == "" && f.value.kind == calcAmount {
			f.value.amount = f.value.amount.Round(calc.Rounding{Scale: scale})
		}
	}
}

// level writes all sums of a table with the same decimals, those of the finest; the
// amounts of other columns, such as rates, with those of their column.
func (t *calcTable) level() {
	sums := int32(0)
	scales := make([]int32, len(t.columns))
	for i := range t.columns {
		for _, row := range t.rows {
			if row[i].kind == calcAmount {
				scales[i] = max(scales[i], row[i].amount.Scale())
			}
		}
		if t.columns[i].isSum() {
			sums = max(sums, scales[i])
		}
	}
	for i := range t.columns {
		to := calc.Rounding{Scale: scales[i]}
		if t.columns[i].isSum() {
			to.Scale = sums
		}
		for _, row := range t.rows {
			if row[i].kind == calcAmount {
				row[i].amount = row[i].amount.Round(to)
			}
		}
	}
}

// isSum tells a column of money as it is owed and paid.
func (c *calcColumn) isSum() bool {
	return c.kind == calcAmount && c.width == amountWidth && !c.unrounded
}

func (c *Calculation) result(key, label string, v calcValue, unit string) {
	c.results = append(c.results, calcFigure{key, label, v, unit})
}

func (c *Calculation) table(t calcTable) {
	t.level()
	c.tables = append(c.tables, t)
}

// Reads adds a reading or a rounding that the answer rests on.
func (c *Calculation) Reads(text string) { c.readings = append(c.readings, text) }
