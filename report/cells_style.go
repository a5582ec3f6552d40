package report

import (
	"strings"

	"tieout/calc/schema"
)

// look is the part that a cell plays on its sheet.
type look uint8

// The looks of cells.
const (
	plainLook   look = iota
	titleLook        // title of a column
	headingLook      // title of a block of a page
	nameLook         // title of a page
	verdictLook      // the one line to read
	noteLook         // small print
	faintLook        // a figure that says nothing, such as no findings
	totalLook        // a total, with a line above
	resultLook       // a further total below the line
	bandLook         // head of a finding
	ruleLook         // head of a relation
	linkLook         // leads to another sheet
	wrongLook        // a figure found wrong
	rightLook        // what it should be
	suspectLook      // a figure that could be wrong
	guessLook        // what it would have to be
	absentLook       // in place of a value that is not there
	rawLook          // text of the input, in a font of one width
)

// tone colours a cell. Colour never stands alone: the text says the same.
type tone uint8

// The tones.
const (
	noTone tone = iota
	goodTone
	infoTone
	warningTone
	errorTone
)

// severityTone is the tone of a severity.
func severityTone(s schema.Severity) tone {
	switch s {
	case schema.Error:
		return errorTone
	case schema.Warning:
		return warningTone
	}
	return infoTone
}

// cellStyle is everything about a cell but its content.
type cellStyle struct {
	Look   look
	Tone   tone
	Right  bool
	Wrap   bool
	Signed bool
	// Sign stands before an amount that is written as a number; plain words.
	Sign string
	// Indent keeps a text away from the amounts to its left.
	Indent bool
	// Ungrouped is true for a number that is no amount: thousands are not parted.
	Ungrouped bool
	// Scale of an amount that is written as a number.
	Scale int32
}

// rowHeight is the height of a row in lines of text; fitHeight is as many as the
// row's cells need.
type rowHeight uint8

// The heights of rows; spreadsheets have no rows of more than 409 points.
const (
	fitHeight     rowHeight = 0
	doubleHeight  rowHeight = 2
	verdictHeight rowHeight = 3
	tallestRow    rowHeight = 31
)

// columnWidth is one of a few widths of columns.
type columnWidth uint8

// The widths of columns.
const (
	marginWidth columnWidth = iota
	tinyWidth
	codeWidth
	wordWidth
	amountWidth
	nameWidth
	phraseWidth
	proseWidth
)

// charactersIn is the width of a column in characters.
var charactersIn = [...]int{
	marginWidth: 2, tinyWidth: 7, codeWidth: 10, wordWidth: 14, amountWidth: 20, nameWidth: 25,
	phraseWidth: 38, proseWidth: 64,
}

// numberFormat of a cell in the notation of spreadsheets; empty for text.
func (c *cell) numberFormat() string {
	switch {
	case c.Kind == answerCell:
		return `"yes";;"no"`
	case c.Kind == integerCell:
		return "#,##0"
	case c.Kind != amountCell || !fitsNumber(c.Amount):
		return ""
	}
	format := "#,##0"
	if c.Style.Ungrouped {
		format = "0"
	}
	if c.Style.Scale > 0 {
		format += "." + strings.Repeat("0", int(c.Style.Scale))
	}
	if c.Style.Sign != "" {
		sign := `"` + c.Style.Sign + `"`
		return sign + format + ";" + sign + "-" + format
	}
	if c.Style.Signed {
		return "+" + format + ";-" + format + ";" + format
	}
	return format
}
