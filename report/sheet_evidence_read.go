package report

import "tieout/reconcile"

// plannedReads is how many values of one broken function a sheet shows, beside its
// law, its reason, a row that counts the rest, and the rows of a relation.
func plannedReads(limit pageRows) int { return max(0, min(maxListed, int(limit)-relationFrame-3)) }

// readHeight is the number of rows of what a broken function says and has read.
func readHeight(g *reconcile.Ground, most int) int {
	height := 1 + min(len(g.Read), most)
	if len(g.Read) > most {
		height++
	}
	return height
}

// readRows say why a function is broken, and what it has read, one value on a row.
func readRows(g *reconcile.Ground, most int) []cellRow {
	rows := []cellRow{{Cells: []cell{
		{}, {}, phrase("broken because").looks(noteLook), prose(oneLine(g.Reason)).spans(afterRule - 1),
	}}}
	for i := range g.Read {
		if i == most {
			words := counted(len(g.Read)-most, "more value", "more values") + " not listed"
			return append(rows, cellRow{Cells: []cell{{}, {}, {}, phrase(words).looks(noteLook)}})
		}
		v := &g.Read[i]
		name := v.Field
		if name == "" {
			name = "the record"
		}
		value := prose(oneLine(givenWords(v))).right()
		if !isPresent(v) {
			value = value.looks(absentLook)
		}
		rows = append(rows, cellRow{Cells: []cell{
			{}, {}, phrase("read").looks(noteLook), prose(oneLine(inFile(name, v.File))), prose(oneLine(v.Pointer)), value,
		}})
	}
	return rows
}
