package properties

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tieout/report"
)

// workbookOf checks a sample and reads its workbook back.
func workbookOf(t *testing.T, sample string) *excelize.File {
	t.Helper()
	var text bytes.Buffer
	if err := report.Workbook(&text, check(t, load(t, "samples/"+sample))); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&text)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

// rawCells are the contents of a sheet as stored, without number formats.
func rawCells(t *testing.T, book *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTheWorkbookNamesTheWrongPayment(t *testing.T) {
	book := workbookOf(t, "arifmetika-schedule.json")
	rows := rawCells(t, book, "Findings")
	if len(rows) != 4 {
		t.Fatalf("%d rows, want the titles, two days that are placeholders and the payment", len(rows))
	}
	for _, want := range []string{"AS-06", "Details[1].percent.payment_sum", "694", "649", "45", "/Details/1/percent/payment_sum"} {
		if !slices.Contains(rows[3], want) {
			t.Errorf("the finding does not hold %q: %q", want, rows[3])
		}
	}
	evidence := strings.Join(slices.Concat(rawCells(t, book, "Evidence")...), "\n")
	for _, rule := range []string{"AS-02", "AS-05", "AS-06"} {
		if !strings.Contains(evidence, rule) {
			t.Errorf("the evidence lacks %s", rule)
		}
	}
}

// 1.000000000000059E15 has 16 digits, one more than a spreadsheet holds.
func TestTheWorkbookShowsEveryDigit(t *testing.T) {
	book := workbookOf(t, "vakifbank-limit.json")
	cells := slices.Concat(slices.Concat(rawCells(t, book, "Findings"), rawCells(t, book, "Evidence"))...)
	for _, want := range []string{"1.000000000000059E15", "1000000000000059", "999999999999999", "60"} {
		if !slices.Contains(cells, want) {
			t.Errorf("no cell holds %s", want)
		}
	}
}
