package report

import (
	"strconv"

	"tieout/calc/formula"
	"tieout/reconcile"
)

// inOrder is the i-th relation of a finding's evidence as the sheet shows it:
// the equations first. An inequality beside an equation is a consequence of the
// cause and no evidence of its own.
func inOrder(f *reconcile.Finding, i int) (e *reconcile.Evidence, follows bool) {
	bounds := 0
	for k := range f.Evidence {
		e := &f.Evidence[k]
		switch {
		case e.Op != formula.Equal:
			bounds++
		case i == k-bounds:
			return e, false
		}
	}
	equations := len(f.Evidence) - bounds
	place := i - equations // among the inequalities
	for k := range f.Evidence {
		e = &f.Evidence[k]
		if e.Op == formula.Equal {
			continue
		}
		if place == 0 {
			return e, equations > 0
		}
		place--
	}
	return nil, false
}

// maxListed is how many candidates of a finding are listed.
const maxListed = 60

// candidateRows list the explanations that rival the finding's own, or all when
// it has none, figure by figure.
func candidateRows(f *reconcile.Finding) []cellRow {
	note := func(s string) cell { return phrase(s).looks(noteLook) }
	words := "Any one of these explanations would make everything agree:"
	if f.Located {
		words = "These explanations fit too, though less well:"
	}
	if rest := len(f.Candidates) - maxListed; rest > 0 {
		words += " (" + counted(rest, "figure more is", "figures more are") + " not listed)"
	}
	rows := []cellRow{{Cells: []cell{
		{}, {}, note(words).spans(4), {}, {}, {}, {}, note("actual").right(), note("would be").right(),
	}}}
	number := 0
	for _, set := range explanations(f.Candidates) {
		number++
		for i := range set {
			if len(rows) > maxListed {
				return rows
			}
			c := &set[i]
			label := "explanation " + strconv.Itoa(number)
			switch {
			case i > 0:
				label = "together with"
			case c.Rank > 0:
				label += ", rank " + strconv.Itoa(c.Rank)
			}
			rows = append(rows, cellRow{Cells: []cell{
				{},
				{},
				note(label), prose(oneLine(candidateName(c))), prose(oneLine(c.Pointer)),
				{},
				{},
				money(c.Actual), money(c.Expected),
				{},
				prose(slipReason(c)).looks(noteLook),
			}})
		}
	}
	return rows
}
