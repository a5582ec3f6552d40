package report

import (
	"strings"

	"tieout/reconcile"
)

const unmatchedName = "Unmatched"

var unmatchedColumns = []column{
	{Title: "Source", Width: nameWidth},
	{Title: "Record", Width: nameWidth},
	{Title: "File", Width: phraseWidth},
	{Title: "Lacks a record of", Width: phraseWidth},
	{Title: "Why it was not joined", Width: proseWidth},
}

// unmatchedSheets list the records that could not be checked against those of
// other documents; no sheet when none was to be.
func unmatchedSheets(r *reconcile.Result, limit pageRows) []sheet {
	if r.Joined == 0 && r.Unmatched.Len() == 0 {
		return nil
	}
	pattern := sheet{Name: unmatchedName, Columns: unmatchedColumns, Frozen: 2}
	if r.Unmatched.Len() > 0 {
		pattern.Tab = infoTone
	}
	return limit.table(pattern, r.Unmatched.Len(), "Every record has its counterparts.", rowOfEach(r.Unmatched.All(), func(_ int, u *reconcile.Unmatched) cellRow {
		why := u.Reason
		if why == "" {
			why = "none of this key was read"
		}
		return cellRow{Cells: []cell{
			prose(u.Source), prose(oneLine(u.Record)), prose(oneLine(u.File)),
			prose(strings.Join(u.Lacks, "\n")), prose(oneLine(why)),
		}}
	}))
}
