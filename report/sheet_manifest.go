package report

import "tieout/reconcile"

const manifestName = "Manifest"

var manifestColumns = []column{
	{Title: "Input file", Width: proseWidth},
	{Title: "Source", Width: nameWidth},
	{Title: "Documents", Width: wordWidth, Right: true},
	{Title: "Records", Width: wordWidth, Right: true},
	{Title: "Rejected", Width: wordWidth, Right: true},
	{Title: "Size in bytes", Width: wordWidth, Right: true},
	{Title: "SHA-256 of the bytes", Width: proseWidth},
}

// manifestSheets say what was read and by what: enough to repeat the run.
func manifestSheets(r *reconcile.Result, limit pageRows) []sheet {
	rows := runRows(r)
	rows = append(rows, cellRow{}, titleRow(manifestColumns))
	first := max(1, int(limit)+1-len(rows))
	here, rest := r.Inputs, []reconcile.Input(nil)
	if len(here) > first {
		here, rest = here[:first], here[first:]
	}
	for i := range here {
		rows = append(rows, inputRow(&here[i]))
	}
	pattern := sheet{Name: manifestName, Columns: manifestColumns}
	front := pattern
	front.Page = true
	front.Rows = rowsOf(rows...)
	if len(rest) == 0 {
		return []sheet{front}
	}
	more := limit.table(pattern, len(rest), "", func(yield func(cellRow) bool) {
		for i := range rest {
			if !yield(inputRow(&rest[i])) {
				return
			}
		}
	})
	for i := range more {
		more[i].Name = sheetName(manifestName, i+1)
	}
	return append([]sheet{front}, more...)
}

// runRows tell the program, the laws and the options of the run.
func runRows(r *reconcile.Result) []cellRow {
	asOf := r.AsOf
	if asOf == "" {
		asOf = "not given"
	}
	rows := []cellRow{{Cells: []cell{phrase(manifestName).looks(nameLook)}, Height: doubleHeight}}
	add := func(name, value string) {
		rows = append(rows, cellRow{Cells: []cell{phrase(name).looks(noteLook), phrase(oneLine(value))}})
	}
	add("Program", r.Tool.Name)
	add("Version", r.Tool.Version)
	add("Rule set (fingerprint of all rules)", r.Tool.RuleSet)
	for _, data := range r.Tool.Data {
		add("Data of the rules (fingerprint)", data)
	}
	add("As-of date", asOf)
	if len(r.Options) == 0 {
		add("Options", "none")
	}
	for i, option := range r.Options {
		name := ""
		if i == 0 {
			name = "Options"
		}
		add(name, option)
	}
	return append(rows, cellRow{}, cellRow{Cells: []cell{
		phrase(counted(len(r.Inputs), "input file", "input files")).looks(headingLook),
	}})
}

func inputRow(in *reconcile.Input) cellRow {
	source := in.Source
	if source == "" {
		source = "not recognised"
	}
	rejected := whole(in.Rejected)
	if in.Rejected > 0 {
		rejected = rejected.toned(errorTone)
	}
	size := cell{Kind: integerCell, Number: in.Size, Style: cellStyle{Right: true}}
	return cellRow{Cells: []cell{
		prose(oneLine(in.File)), prose(source), whole(in.Documents), whole(in.Records), rejected, size,
		phrase(in.SHA256).looks(rawLook),
	}}
}
