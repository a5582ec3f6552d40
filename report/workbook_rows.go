package report

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// excelize keeps every cell that it is given in memory, some hundred bytes each,
// until the file is written; and its way around that writes numbers through
// binary ones. A result can have evidence for very many records, so excelize
// makes everything about a sheet but its rows, and the rows are put into the
// file while it is written, with the digits of each amount as they are.

// noRows is what excelize writes for the rows of an empty sheet.
var noRows = []byte("<sheetData></sheetData>")

// zipper writes the parts of the workbook and adds the rows to its sheets.
type zipper struct {
	*zip.Writer
	book *workbook
	// sheets by the name of their part.
	sheets map[string]*sheet
}

// rowsInto returns the writer that excelize should use for the file's parts. It writes
// to where the file goes: excelize would hold the whole file in memory first.
func (b *workbook) rowsInto(sheets []sheet, to io.Writer) func(io.Writer) excelize.ZipWriter {
	byPart := map[string]*sheet{}
	for i := range sheets {
		byPart["xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml"] = &sheets[i]
	}
	return func(io.Writer) excelize.ZipWriter {
		return &zipper{Writer: zip.NewWriter(to), book: b, sheets: byPart}
	}
}

// Create begins a part of the workbook.
func (z *zipper) Create(name string) (io.Writer, error) {
	w, err := z.Writer.Create(name)
	if err != nil || z.sheets[name] == nil {
		return w, err
	}
	return &sheetPart{w: w, book: z.book, sheet: z.sheets[name]}, nil
}

// sheetPart writes a sheet that comes without rows, in one call, and adds them.
type sheetPart struct {
	w     io.Writer
	book  *workbook
	sheet *sheet
}

func (p *sheetPart) Write(text []byte) (int, error) {
	before, after, found := bytes.Cut(text, noRows)
	if !found {
		return 0, fmt.Errorf("sheet %s: no place for its rows", p.sheet.Name)
	}
	out := &rowWriter{Writer: bufio.NewWriterSize(p.w, 1<<16), book: p.book, sheet: p.sheet}
	out.put(string(before), "<sheetData>")
	number := 0
	for row := range p.sheet.allRows() {
		number++
		out.row(number, &row)
	}
	out.put("</sheetData>", string(after))
	return len(text), out.Flush() // the first error stays with the writer
}

// rowWriter writes rows in the format of spreadsheets.
type rowWriter struct {
	*bufio.Writer
	book  *workbook
	sheet *sheet
}

// put writes text that is XML already.
func (w *rowWriter) put(parts ...string) {
	for _, p := range parts {
		_, _ = w.WriteString(p)
	}
}

// text writes any text as the content of an element.
func (w *rowWriter) text(s string) { _ = xml.EscapeText(w, []byte(s)) }

func (w *rowWriter) row(number int, r *cellRow) {
	name := strconv.Itoa(number)
	w.put(`<row r="`, name, `"`)
	w.put(` ht="`, strconv.Itoa(13*int(r.lines(w.sheet.Columns))+4), `" customHeight="1">`)
	for i := range r.Cells {
		c := w.book.arranged(w.sheet, i, r.Cells[i])
		if c.Kind == blankCell && c.Style == (cellStyle{}) && c.Span == 0 {
			continue
		}
		style := strconv.Itoa(w.book.styles[c.styleKey()])
		w.put(`<c r="`, columnLetters[i], name, `" s="`, style, `"`)
		w.content(&c)
		w.put("</c>")
		for k := range c.Span {
			w.put(`<c r="`, columnLetters[i+1+k], name, `" s="`, style, `"></c>`)
		}
	}
	w.put("</row>")
}

// content writes what a cell holds, behind its style. A formula keeps its value
// beside it, which programs that do not calculate show.
func (w *rowWriter) content(c *cell) {
	if c.Kind == textCell || c.Kind == excerptCell || c.Kind == amountCell && !fitsNumber(c.Amount) {
		w.put(` t="inlineStr"><is>`)
		w.runs(c)
		w.put("</is>")
		return
	}
	w.put(">")
	if c.Formula != "" {
		w.put("<f>")
		w.text(c.Formula)
		w.put("</f>")
	}
	switch c.Kind {
	case amountCell:
		w.put("<v>", c.Amount.String(), "</v>")
	case integerCell:
		w.put("<v>", strconv.FormatInt(c.Number, 10), "</v>")
	case answerCell:
		w.put("<v>1</v>")
	}
}

// runs writes a cell's text, an excerpt with its mark.
func (w *rowWriter) runs(c *cell) {
	switch c.Kind {
	case amountCell:
		w.put("<t>", c.Amount.String(), "</t>")
	case textCell:
		w.element(cellText(c.Text))
	case excerptCell:
		line := []rune(c.Text)
		from := min(max(c.MarkFrom, 0), len(line))
		to := min(max(c.MarkTo, from), len(line))
		mark := "<b/><u/><sz val=\"9\"/><color rgb=\"FF" + toneColors[errorTone].ink + "\"/>"
		plain := "<sz val=\"9\"/><color rgb=\"FF" + inkColor + "\"/>"
		w.run(plain, line[:from])
		w.run(mark, line[from:to])
		w.run(plain, line[to:])
	}
}

// run writes a part of a text with its own font.
func (w *rowWriter) run(font string, text []rune) {
	if len(text) > 0 {
		w.put("<r><rPr>", font, `<rFont val="`, monoName, `"/></rPr>`)
		w.element(cellText(oneLine(string(text))))
		w.put("</r>")
	}
}

// element writes text that keeps its blanks. A spreadsheet reads _x0041_ as the
// letter A, so the first underscore of such a text is written in that way.
func (w *rowWriter) element(s string) {
	w.put(`<t xml:space="preserve">`)
	for i := strings.Index(s, "_x"); i >= 0; i = strings.Index(s, "_x") {
		w.text(s[:i])
		if isEscape(s[i:]) {
			w.put("_x005F_")
		} else {
			w.put("_")
		}
		s = s[i+1:]
	}
	w.text(s)
	w.put("</t>")
}

// isEscape tells whether a text begins like _x0041_.
func isEscape(s string) bool {
	if len(s) < 7 || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

// columnLetters are the names of the columns that a sheet may have here.
var columnLetters = append(strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", ""), "AA", "AB", "AC", "AD")
