package report

import (
	"tieout/calc/schema"
	"tieout/reconcile"
)

// recordPlan says where every record with findings stands.
type recordPlan struct {
	pages  [][]recordPiece
	blocks []*recordBlock
	// of holds the blocks of the findings that have one, and told those findings.
	of   map[int]*recordBlock
	told map[int]*reconcile.Finding
	// more is how many further records with findings were not kept.
	more int
	// values is how many columns of values the sheet has.
	values int
}

// recordBlock is one record with its findings and the values they speak of.
type recordBlock struct {
	plan     *recordPlan
	snapshot *reconcile.Snapshot
	number   int
	findings []int
	marks    map[string]*mark // by pointer
	rows     map[string]bool  // by pointer, those that a finding tells wrong
	// page and row of its head.
	page, row int
}

// pieceKind tells the pieces of a block apart.
type pieceKind uint8

// The pieces of a block, in their order.
const (
	blockHead pieceKind = iota
	blockFindings
	ownFields
	arrayTable
)

// recordPiece is a part of a block whose rows stay together: the lines from and
// to of a list or a table.
type recordPiece struct {
	block    *recordBlock
	kind     pieceKind
	part     *tablePart
	from, to int
}

// tablePart is what is shown of a table: its rows, or the slots of the record's
// own fields; a negative row stands for so many rows that are left out.
type tablePart struct {
	table   int
	columns []tableColumn
	rows    []int
	// beside are slots shown to the right of the rows.
	beside []int
	note   string
	// continued parts have further columns of the part before.
	continued bool
}

// lines of the part.
func (p *tablePart) lines() int { return max(len(p.rows), len(p.beside)) }

// tableColumn is a column of an array; a marked one has a column beside it for
// what the figures should be.
type tableColumn struct {
	slot   int
	marked bool
}

// planRecords lays the records with findings out on sheets.
func planRecords(r *survey, limit pageRows) *recordPlan {
	plan := &recordPlan{values: fewestValues, of: map[int]*recordBlock{}, told: map[int]*reconcile.Finding{}, more: r.notShown}
	plan.gather(r)
	used := 0
	for _, b := range plan.blocks {
		pieces := b.pieces(limit)
		for i := range pieces {
			p := &pieces[i]
			need := p.height()
			if p.kind == blockHead { // stands above what it heads
				need += min(int(limit)-1, pieces[i+1].height())
			}
			if len(plan.pages) == 0 || used+need > int(limit) {
				plan.pages = append(plan.pages, nil)
				used = 0
			}
			last := len(plan.pages) - 1
			plan.pages[last] = append(plan.pages[last], *p)
			if p.kind == blockHead {
				b.page, b.row = last, used+2
			}
			used += p.height()
		}
	}
	return plan
}

// gather finds the records of the findings and marks the values.
func (plan *recordPlan) gather(r *survey) {
	blocks := map[*reconcile.Snapshot]*recordBlock{}
	for _, one := range r.shown {
		f := one.finding
		b := blocks[f.Snapshot]
		if b == nil {
			b = &recordBlock{plan: plan, snapshot: f.Snapshot, number: len(plan.blocks) + 1, marks: map[string]*mark{}, rows: map[string]bool{}}
			blocks[f.Snapshot] = b
			plan.blocks = append(plan.blocks, b)
		}
		b.findings = append(b.findings, one.number)
		plan.of[one.number], plan.told[one.number] = b, f
	}
	for _, one := range r.shown {
		plan.mark(one.number, one.finding)
	}
	missing := plan.missingFigures(r.Result)
	for _, b := range plan.blocks {
		b.markMissing(missing)
	}
}

// pieces of the block, each no higher than a sheet.
func (b *recordBlock) pieces(limit pageRows) []recordPiece {
	pieces := []recordPiece{{block: b, kind: blockHead}}
	most := max(1, int(limit)-3) // beside titles, a note and a blank row
	split := func(kind pieceKind, part *tablePart, lines int) {
		for from := 0; from < lines; from += most {
			pieces = append(pieces, recordPiece{
				block: b, kind: kind, part: part, from: from, to: min(lines, from+most),
			})
		}
	}
	split(blockFindings, nil, len(b.findings))
	for i := range b.snapshot.Tables {
		if i == 0 {
			own := b.ownPart()
			split(ownFields, own, own.lines())
			continue
		}
		for _, part := range b.arrayParts(i) {
			split(arrayTable, part, len(part.rows))
		}
	}
	return pieces
}

// height of a piece in rows.
func (p *recordPiece) height() int {
	lines := p.to - p.from
	switch p.kind {
	case blockHead:
		return 1
	case blockFindings:
		if p.to == len(p.block.findings) {
			lines++
		}
		return lines
	}
	if p.to == p.part.lines() {
		lines++
		if p.part.note != "" {
			lines++
		}
	}
	return lines + 1
}

// link leads to the record of a finding; blank when it is not shown.
func (plan *recordPlan) link(finding int) cell {
	b := plan.of[finding]
	if b == nil {
		return cell{}
	}
	return link(reference(recordsName, b.page, b.row), b.number)
}

// arrayParts are the rows of an array in parts of as many columns as the sheet
// has; none when the array is empty.
func (b *recordBlock) arrayParts(table int) []*tablePart {
	t := &b.snapshot.Tables[table]
	var parts []*tablePart
	room := 0
	var rows []int
	for slot := range t.Columns {
		shown, marked := b.columnUse(t, slot)
		if !shown {
			continue
		}
		if rows == nil {
			rows = b.shownRows(t)
		}
		need := 1
		if marked {
			need = 2
		}
		if room < need {
			parts = append(parts, &tablePart{table: table, rows: rows, continued: len(parts) > 0})
			room = maxValues
		}
		last := parts[len(parts)-1]
		last.columns = append(last.columns, tableColumn{slot: slot, marked: marked})
		room -= need
		b.plan.values = max(b.plan.values, maxValues-room)
	}
	return parts
}

// columnUse tells whether any row has something in the column, and whether
// a value of it is marked.
func (b *recordBlock) columnUse(t *reconcile.Table, slot int) (shown, marked bool) {
	for i := range t.Rows {
		v := &t.Rows[i].Values[slot]
		shown = shown || v.Value.State == schema.Present || v.Value.State == schema.Unreadable
		marked = marked || b.marks[v.Pointer] != nil
	}
	return shown || marked, marked
}

func isFigure(t *reconcile.Table, slot int) bool { return t.Rows[0].Values[slot].Figure }

// Of a longer array the first rows are shown, and those near a marked value.
const longestArray, nearMark = 400, 2

// shownRows are the rows of an array to show.
func (b *recordBlock) shownRows(t *reconcile.Table) []int {
	near := make([]bool, len(t.Rows))
	for i := range t.Rows {
		near[i] = near[i] || i < longestArray
		marked := b.rows[t.Rows[i].Pointer]
		for k := range t.Rows[i].Values {
			marked = marked || b.marks[t.Rows[i].Values[k].Pointer] != nil
		}
		if marked {
			for n := max(0, i-nearMark); n < min(len(near), i+nearMark+1); n++ {
				near[n] = true
			}
		}
	}
	var rows []int
	for i, show := range near {
		last := len(rows) - 1
		switch {
		case show:
			rows = append(rows, i)
		case last >= 0 && rows[last] < 0:
			rows[last]--
		default:
			rows = append(rows, -1)
		}
	}
	return rows
}
