package report

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// barChart is a chart of horizontal bars, stacked by severity, over a range of
// rows of its sheet.
type barChart struct {
	Title string
	// At is the cell of the chart's upper left corner.
	At            string
	Width, Height uint
	// FirstRow and LastRow of the bars, the column of their names, and the
	// columns of their parts with the row of the parts' names.
	FirstRow, LastRow, TitleRow int
	NameColumn                  string
	Parts                       []chartPart
}

// chartPart is one column of numbers of a chart.
type chartPart struct {
	Column string
	Tone   tone
}

// chart draws the sheet's chart, if it has one.
func (b *workbook) chart(s *sheet) error {
	if s.Chart == nil {
		return nil
	}
	c := s.Chart
	font := excelize.Font{Family: fontName, Size: 9, Color: inkColor}
	title := font
	title.Bold, title.Size = true, 10
	gap, overlap := uint(45), 100
	chart := &excelize.Chart{
		Type:      excelize.BarStacked,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &title}}},
		Dimension: excelize.ChartDimension{Width: c.Width, Height: c.Height},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: font},
		YAxis: excelize.ChartAxis{
			Font: font, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"},
			TickLabelPosition: excelize.ChartTickLabelHigh,
		},
		Border:   excelize.LineOptions{Type: excelize.LineNone},
		GapWidth: &gap, Overlap: &overlap,
		Format: excelize.GraphicOptions{AltText: c.Title},
	}
	at := func(column string, row int) string { return "$" + column + "$" + strconv.Itoa(row) }
	rows := func(column string) string {
		return "'" + s.Name + "'!" + at(column, c.FirstRow) + ":" + at(column, c.LastRow)
	}
	for _, p := range c.Parts {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name:       "'" + s.Name + "'!" + at(p.Column, c.TitleRow),
			Categories: rows(c.NameColumn), Values: rows(p.Column),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{chartColors[p.Tone]}},
		})
	}
	return b.file.AddChart(s.Name, c.At, chart)
}

// chartColors are the tones as bars: stronger than the ground of a cell.
var chartColors = [...]string{
	noTone: quietColor, goodTone: "4F9D69", infoTone: "6C9BD1", warningTone: "E0A93B", errorTone: "C8453B",
}
