package law

import (
	_ "embed" // the tables
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"tieout/calc"
	"tieout/calc/date"
)

//go:embed ceilings.csv
var ceilingsTable string

//go:embed small.csv
var smallTable string

//go:embed penalties.csv
var penaltiesTable string

// The tables are read when the first line of them is asked for.
var (
	ceilings   = sync.OnceValue(func() []Ceiling { return must(table(ceilingsTable, ceilingOf)) })
	smallLoans = sync.OnceValue(func() []SmallLoan { return must(table(smallTable, smallLoanOf)) })
	penalties  = sync.OnceValue(func() []Penalty { return must(table(penaltiesTable, penaltyOf)) })
)

// Name of the tables as reports have it.
const Name = "ceilings of Russian law"

// Digest of the tables.
func Digest() string { return calc.Digest(ceilingsTable, smallTable, penaltiesTable) }

// must panics when a table of the program is wrong, which its tests would show.
func must[T any](lines []T, err error) []T {
	if err != nil {
		panic(err)
	}
	return lines
}

var errTable = errors.New("a table of law is wrong")

// row is a line of a table by its columns; the first mistake in it is kept.
type row struct {
	cells map[string]string
	err   error
}

// table reads a table: comments, one line of column names, then lines in the order
// of their dates. It errs when the columns are not those asked for or a cell is
// not what its column holds.
func table[T interface{ from() date.Date }](text string, of func(*row) T) ([]T, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comment = '#'
	records, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errTable, err)
	}
	if len(records) < 2 {
		return nil, fmt.Errorf("%w: no lines", errTable)
	}
	var lines []T
	for _, record := range records[1:] {
		r := &row{cells: map[string]string{}}
		for i, column := range records[0] {
			r.cells[column] = record[i]
		}
		line := of(r)
		if r.err == nil && len(r.cells) > 0 {
			r.fail("columns that nothing reads: %q", slices.Sorted(maps.Keys(r.cells)))
		}
		if n := len(lines); r.err == nil && n > 0 && !line.from().After(lines[n-1].from()) {
			r.fail("%s follows %s", line.from(), lines[n-1].from())
		}
		if r.err != nil {
			return nil, fmt.Errorf("%w: line of %s: %w", errTable, record[0], r.err)
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// fail keeps the first mistake of a line.
func (r *row) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// cell takes a column's text; what nobody takes is a mistake.
func (r *row) cell(column string) string {
	text, has := r.cells[column]
	if !has {
		r.fail("no column %q", column)
	}
	delete(r.cells, column)
	return text
}

// optional is an amount above zero, nil for an empty cell.
func (r *row) optional(column string) *calc.Amount {
	text := r.cell(column)
	if text == "" {
		return nil
	}
	a, err := calc.ParseAmount(text)
	if err != nil || a.Sign() <= 0 {
		r.fail("%s %q is not an amount above zero", column, text)
	}
	return &a
}

func (r *row) amount(column string) calc.Amount {
	a := r.optional(column)
	if a == nil {
		r.fail("%s is empty", column)
		return calc.Amount{}
	}
	return *a
}

func (r *row) basis() Basis {
	from, err := date.Parse(r.cell("from"))
	if err != nil {
		r.fail("from: %w", err)
	}
	source := r.cell("source")
	if source == "" {
		r.fail("source is empty")
	}
	verified := r.cell("verified")
	if verified != "yes" && verified != "no" {
		r.fail("verified is %q, not yes or no", verified)
	}
	return Basis{From: from, Source: source, Verified: verified == "yes"}
}

func ceilingOf(r *row) Ceiling {
	counts := Scope(r.cell("counts"))
	if counts != Interest && counts != Charges {
		r.fail("counts is %q, not %s or %s", counts, Interest, Charges)
	}
	return Ceiling{
		Basis: r.basis(), Counts: counts,
		DailyPercent: r.optional("daily_percent"), FullCostPercent: r.optional("full_cost_percent"),
		Multiple: r.amount("multiple"), OverdueMultiple: r.optional("overdue_multiple"),
	}
}

func smallLoanOf(r *row) SmallLoan {
	days := r.cell("max_days")
	n, err := strconv.Atoi(days)
	if err != nil || n < 1 {
		r.fail("max_days %q is not a number of days", days)
	}
	return SmallLoan{
		Basis: r.basis(), MaxSum: r.amount("max_sum"), MaxDays: n,
		ChargesPercent: r.amount("charges_percent"), PenaltyDailyPercent: r.amount("penalty_daily_percent"),
	}
}

func penaltyOf(r *row) Penalty {
	return Penalty{Basis: r.basis(), YearlyPercent: r.amount("yearly_percent"), DailyPercent: r.amount("daily_percent")}
}
