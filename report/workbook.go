package report

import (
	"cmp"
	"errors"
	"io"
	"sort"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tieout/reconcile"
)

// workbookMade stands in the document's properties in place of the time of
// making, so that the same result gives the same bytes.
const workbookMade = "2000-01-01T00:00:00Z"

// Workbook writes the result as an Excel workbook (.xlsx): a summary, the
// findings, their records with the wrong values marked, their evidence with live
// formulas, what was checked, which records have no counterpart, what could not be
// read, and what was read. Amounts are written digit by digit, never through
// a binary number; one that a spreadsheet cannot hold is written as text. The
// same result gives the same bytes.
func Workbook(w io.Writer, r *reconcile.Result) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	book := &workbook{file: file, styles: map[styleKey]int{}}
	sheets := workbookSheets(r, maxSheetRows-1)
	if err := book.write(r, sheets); err != nil {
		return err
	}
	book.orderParts()
	file.SetZipWriter(book.rowsInto(sheets, w))
	return cmp.Or(r.Err(), file.Write(io.Discard), r.Err())
}

// workbookSheets are the sheets of a result, each table on as many sheets as it
// needs.
func workbookSheets(r *reconcile.Result, limit pageRows) []sheet {
	all := surveyOf(r)
	plan := planEvidence(r, limit)
	sheets := []sheet{summarySheet(all)}
	records := planRecords(all, limit)
	sheets = append(sheets, findingsSheets(r, limit, plan, records)...)
	sheets = append(sheets, recordsSheets(r, limit, records)...)
	sheets = append(sheets, evidenceSheets(r, limit, plan)...)
	sheets = append(sheets, coverageSheet(r))
	sheets = append(sheets, notEvaluableSheets(r, limit)...)
	sheets = append(sheets, unmatchedSheets(r, limit)...)
	sheets = append(sheets, rejectedSheets(r, limit)...)
	return append(sheets, manifestSheets(r, limit)...)
}

// workbook is a workbook under construction.
type workbook struct {
	file   *excelize.File
	styles map[styleKey]int
}

func (b *workbook) write(r *reconcile.Result, sheets []sheet) error {
	if err := b.file.SetDefaultFont(fontName); err != nil {
		return err
	}
	if err := b.properties(r); err != nil {
		return err
	}
	for i := range sheets {
		if err := b.sheet(&sheets[i], i == 0); err != nil {
			return err
		}
	}
	return nil
}

// orderParts sorts the list of file types in the workbook, which excelize fills
// in the order of a map once there is a chart.
func (b *workbook) orderParts() {
	if b.file.ContentTypes == nil {
		return
	}
	types := b.file.ContentTypes.Defaults
	sort.Slice(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
}

// properties of the document; the formulas are calculated when it is opened.
func (b *workbook) properties(r *reconcile.Result) error {
	always := true
	if err := b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &always}); err != nil {
		return err
	}
	err := b.file.SetAppProps(&excelize.AppProperties{Application: visibleText(r.Tool.Name)})
	if err != nil {
		return err
	}
	return b.file.SetDocProps(&excelize.DocProperties{
		Title: reportTitle, Creator: visibleText(r.Tool.Name), LastModifiedBy: visibleText(r.Tool.Name),
		Description: visibleText("Rule set " + r.Tool.RuleSet), Version: visibleText(r.Tool.Version),
		Created: workbookMade, Modified: workbookMade, Language: "en",
	})
}

// sheet writes one sheet.
func (b *workbook) sheet(s *sheet, first bool) error {
	if first {
		if err := b.file.SetSheetName("Sheet1", s.Name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(s.Name); err != nil {
		return err
	}
	for i, c := range s.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(s.Name, name, name, columnCharacters[c.Width]); err != nil {
			return err
		}
	}
	rows, err := b.prepare(s)
	if err != nil {
		return err
	}
	corner := columnLetters[len(s.Columns)-1] + strconv.Itoa(max(1, rows))
	if err := b.file.SetSheetDimension(s.Name, "A1:"+corner); err != nil {
		return err
	}
	if s.Titled {
		if err := b.titles(s); err != nil {
			return err
		}
	}
	if err := b.frame(s); err != nil {
		return err
	}
	if err := b.printing(s); err != nil {
		return err
	}
	return b.chart(s)
}

// frame sets the tab, the grid and which marks the spreadsheet leaves out. It
// comes after the filter, which would undo the first.
func (b *workbook) frame(s *sheet) error {
	f, grid, fit := b.file, !s.Page, true
	tab := toneColors[s.Tab].ink
	props := excelize.SheetPropsOptions{FitToPage: &fit}
	if s.Tab != noTone {
		props.TabColorRGB = &tab
	}
	if err := f.SetSheetProps(s.Name, &props); err != nil {
		return err
	}
	if err := f.SetSheetView(s.Name, -1, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return err
	}
	// Identifiers of digits only are text on purpose, and so are long amounts.
	for _, e := range []excelize.IgnoredErrorsType{
		excelize.IgnoredErrorsNumberStoredAsText, excelize.IgnoredErrorsFormula,
	} {
		if err := f.AddIgnoredErrors(s.Name, "A1:XFD1048576", e); err != nil {
			return err
		}
	}
	return nil
}

// titles keeps the titles and the first columns in sight, and sets the filter.
func (b *workbook) titles(s *sheet) error {
	corner, err := excelize.CoordinatesToCellName(s.Frozen+1, 2)
	if err != nil {
		return err
	}
	panes := excelize.Panes{Freeze: true, XSplit: s.Frozen, YSplit: 1, TopLeftCell: corner, ActivePane: "bottomLeft"}
	if s.Frozen > 0 {
		panes.ActivePane = "bottomRight"
	}
	if err := b.file.SetPanes(s.Name, &panes); err != nil {
		return err
	}
	if s.Filtered == 0 {
		return nil
	}
	bottom, err := excelize.CoordinatesToCellName(len(s.Columns), s.Filtered+1)
	if err != nil {
		return err
	}
	return b.file.AutoFilter(s.Name, "A1:"+bottom, nil)
}

// printing sets the page: landscape, as wide as the paper, titles on each page.
func (b *workbook) printing(s *sheet) error {
	paper, landscape, wide, high := paperA4, "landscape", max(1, s.PagesWide), 0
	if s.OnePage {
		high = 1
	}
	err := b.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high,
	})
	if err != nil {
		return err
	}
	side, edge := 0.4, 0.6
	err = b.file.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &side, Bottom: &edge,
	})
	if err != nil {
		return err
	}
	err = b.file.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: `&L&8&F · &A&R&8&P / &N`})
	if err != nil || !s.Titled {
		return err
	}
	repeat := "'" + s.Name + "'!$1:$1"
	if s.PagesWide > 1 {
		last, err := excelize.ColumnNumberToName(max(1, s.Frozen))
		if err != nil {
			return err
		}
		repeat = "'" + s.Name + "'!$A:$" + last + "," + repeat
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeat, Scope: s.Name})
}

// paperA4 is the number by which spreadsheets know the paper size A4.
const paperA4 = 9
