package report

import (
	"tieout/calc/schema"
	"tieout/reconcile"
)

const rejectedName = "Rejected"

var rejectedColumns = []column{
	{Title: "File", Width: phraseWidth},
	{Title: "Line", Width: codeWidth, Right: true},
	{Title: "Column", Width: codeWidth, Right: true},
	{Title: "Byte offset", Width: wordWidth, Right: true},
	{Title: "JSON pointer", Width: phraseWidth},
	{Title: "Why it could not be read", Width: proseWidth},
	{Title: "The line, with the place marked", Width: proseWidth},
}

// rejectedSheets list what could not be read.
func rejectedSheets(r *reconcile.Result, limit pageRows) []sheet {
	pattern := sheet{Name: rejectedName, Columns: rejectedColumns, Frozen: 1}
	if r.Rejects.Len() > 0 {
		pattern.Tab = errorTone
	}
	return limit.table(pattern, r.Rejects.Len(), "Nothing was rejected.", rowOfEach(r.Rejects.All(), func(_ int, x *schema.Reject) cellRow {
		excerpt := cell{
			Kind: excerptCell, Text: x.Excerpt.Line,
			MarkFrom: x.Excerpt.Caret, MarkTo: x.Excerpt.Caret + x.Excerpt.Width,
			Style: cellStyle{Look: rawLook, Wrap: true},
		}
		if x.Excerpt.Line == "" {
			excerpt = cell{}
		}
		return cellRow{Cells: []cell{
			prose(x.Place.File), position(x.Place.Line), position(x.Place.Column), whole(x.Place.Offset),
			prose(oneLine(x.Place.Pointer)), prose(x.Reason), excerpt,
		}}
	}))
}
