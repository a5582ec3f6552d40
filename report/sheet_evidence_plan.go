package report

import "tieout/reconcile"

// evidencePiece is the head of a finding, one of its relations, one of its broken
// functions, or its candidates: rows that stay together.
type evidencePiece struct{ finding, part int }

// headPart is the part number of a finding's head; the relations count from 0, the
// functions go on, and the candidates come after the last. restPart is that of a row
// which says that the evidence of the finding and of all after it is left out.
const headPart, restPart = -1, -2

// maxWithEvidence is how many findings have their evidence in a workbook. Nobody reads
// that of more row by row, and it is most of the file.
const maxWithEvidence = 50_000

// evidencePlan says where the evidence of every finding stands.
type evidencePlan struct {
	pages [][]evidencePiece
	// at holds page and row of each finding's head; row 0 for none.
	at []struct{ page, row int }
}

// Rows of a relation beside its figures: head, three results, a blank row.
const relationFrame = 5

// plannedTerms is how many figures of one relation a sheet shows.
func plannedTerms(limit pageRows) int { return int(limit) - relationFrame }

// planEvidence lays the evidence out on sheets.
func planEvidence(r *reconcile.Result, limit pageRows) *evidencePlan {
	plan := &evidencePlan{at: make([]struct{ page, row int }, min(written(r), maxWithEvidence))}
	used := 0
	add := func(p evidencePiece, height int) {
		if len(plan.pages) == 0 || used+height > int(limit) {
			plan.pages = append(plan.pages, nil)
			used = 0
		}
		last := len(plan.pages) - 1
		plan.pages[last] = append(plan.pages[last], p)
		if p.part == headPart {
			plan.at[p.finding].page, plan.at[p.finding].row = last, used+2
		}
		used += height
	}
	for i, f := range writtenFindings(r) {
		if i == maxWithEvidence {
			add(evidencePiece{finding: i, part: restPart}, 1)
			break
		}
		if evidenceCount(f) == 0 && len(f.Candidates) == 0 {
			continue
		}
		for part := headPart; part <= lastPart(f); part++ {
			p := evidencePiece{finding: i, part: part}
			add(p, p.height(f, limit))
		}
	}
	return plan
}

// lastPart is the part number of a finding's last piece of evidence.
func lastPart(f *reconcile.Finding) int {
	if len(f.Candidates) > 0 {
		return evidenceCount(f)
	}
	return evidenceCount(f) - 1
}

// height of a piece in rows.
func (p evidencePiece) height(f *reconcile.Finding, limit pageRows) int {
	height := len(p.gap(f))
	switch {
	case p.part == headPart:
		return 1
	case p.part < len(f.Evidence):
		e, _ := inOrder(f, p.part)
		height += 4 + min(plannedTerms(limit), len(e.Subject)+len(e.Terms))
		if g := groundOf(f, e); g != nil {
			height += readHeight(g, plannedReads(limit))
		}
		return height
	case p.part < evidenceCount(f):
		return height + 1 + readHeight(loneGrounds(f)[p.part-len(f.Evidence)], plannedReads(limit))
	}
	return height + 1 + min(len(f.Candidates), maxListed)
}

// gap is the blank row after a finding's last piece.
func (p evidencePiece) gap(f *reconcile.Finding) []cellRow {
	if p.part == lastPart(f) {
		return []cellRow{{}}
	}
	return nil
}

// target leads to the evidence of a finding; "" when it has none.
func (plan *evidencePlan) target(finding int) string {
	if finding >= len(plan.at) {
		return ""
	}
	at := plan.at[finding]
	if at.row == 0 {
		return ""
	}
	return reference(evidenceName, at.page, at.row)
}
