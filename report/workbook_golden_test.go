package report

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tieout/reconcile"
)

var update = flag.Bool("update", false, "rewrite the golden files under testdata")

// dumpLine is one cell as the goldens show it: its name, its value (text in
// quotes), its number format and its formula.
func dumpLine(sheet, name, value, format, formula string) string {
	line := sheet + "!" + name + "\t" + value
	if format != "" {
		line += "\t[" + format + "]"
	}
	if formula != "" {
		line += "\t=" + formula
	}
	return line
}

// quoted is a text in quotes, on one line and otherwise as it stands.
func quoted(s string) string { return `"` + strings.ReplaceAll(s, "\n", `\n`) + `"` }

// cellValue is the value of a typed cell as the goldens show it.
func cellValue(c *cell) string {
	switch {
	case c.Kind == integerCell:
		return fmt.Sprint(c.Number)
	case c.Kind == answerCell:
		return "1"
	case c.Kind == amountCell && fitsNumber(c.Amount):
		return c.Amount.String()
	case c.Kind == amountCell:
		return quoted(c.Amount.String())
	case c.Kind == excerptCell:
		return quoted(oneLine(visibleText(c.Text)))
	}
	return quoted(cellText(c.Text))
}

// eachCell visits the typed cells that hold something.
func eachCell(t *testing.T, sheets []sheet, visit func(s *sheet, name string, c *cell)) {
	t.Helper()
	for i := range sheets {
		number := 0
		for row := range sheets[i].allRows() {
			number++
			for column := range row.Cells {
				name, err := excelize.CoordinatesToCellName(column+1, number)
				if err != nil {
					t.Fatal(err)
				}
				if c := &row.Cells[column]; c.Kind != blankCell {
					visit(&sheets[i], name, c)
				}
			}
		}
	}
}

// dumpCells lists the typed cells of a result's workbook.
func dumpCells(t *testing.T, r *reconcile.Result) string {
	var b strings.Builder
	eachCell(t, workbookSheets(r, maxSheetRows-1), func(s *sheet, name string, c *cell) {
		b.WriteString(dumpLine(s.Name, name, cellValue(c), c.numberFormat(), c.Formula) + "\n")
	})
	return b.String()
}

// dumpFile lists the same cells as they are read back from the workbook.
func dumpFile(t *testing.T, r *reconcile.Result) string {
	file := writeAndOpen(t, r)
	var b strings.Builder
	eachCell(t, workbookSheets(r, maxSheetRows-1), func(s *sheet, name string, _ *cell) {
		value, err := file.GetCellValue(s.Name, name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		kind, err := file.GetCellType(s.Name, name)
		if err != nil {
			t.Fatal(err)
		}
		if kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			value = quoted(value)
		}
		formula, err := file.GetCellFormula(s.Name, name)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(dumpLine(s.Name, name, value, fileFormat(t, file, s.Name, name), formula) + "\n")
	})
	return b.String()
}

// fileFormat is the number format of a cell of a file; empty for General.
func fileFormat(t *testing.T, file *excelize.File, sheet, name string) string {
	t.Helper()
	id, err := file.GetCellStyle(sheet, name)
	if err != nil {
		t.Fatal(err)
	}
	style, err := file.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.CustomNumFmt == nil {
		return ""
	}
	return *style.CustomNumFmt
}

func writeBytes(t *testing.T, r *reconcile.Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Workbook(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeAndOpen(t *testing.T, r *reconcile.Result) *excelize.File {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(writeBytes(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// workbookCases are the hand-made results with the names of their goldens.
var workbookCases = map[string]func() *reconcile.Result{
	"workbook_rich": richResult, "workbook_clean": cleanResult,
	"workbook_functions": functionsResult,
	"workbook_empty":     func() *reconcile.Result { return &reconcile.Result{} },
}

func TestWorkbookCellsAreGolden(t *testing.T) {
	for name, result := range workbookCases {
		path := filepath.Join("testdata", name+".txt")
		got := dumpCells(t, result())
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := firstDifference(got, string(want)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}

func TestWorkbookReadsBackAsItsCells(t *testing.T) {
	for name, result := range workbookCases {
		if diff := firstDifference(dumpFile(t, result()), dumpCells(t, result())); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// firstDifference shows the first line in which two dumps differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "(none)", "(none)"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i+1, a, b)
		}
	}
	return ""
}
