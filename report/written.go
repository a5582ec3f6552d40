package report

import (
	"iter"

	"tieout/reconcile"
)

// written is how many findings reports write out.
func written(r *reconcile.Result) int {
	if r.MaxFindings > 0 {
		return min(r.MaxFindings, r.Findings.Len())
	}
	return r.Findings.Len()
}

// writtenFindings are the findings that reports write out.
func writtenFindings(r *reconcile.Result) iter.Seq2[int, *reconcile.Finding] {
	most := written(r)
	return func(yield func(int, *reconcile.Finding) bool) {
		for i, f := range r.Findings.All() {
			if i == most || !yield(i, f) {
				return
			}
		}
	}
}

// showingWords say how many findings are written out when that is not all.
func showingWords(r *reconcile.Result) string {
	return "showing " + grouped(written(r)) + " of " + counted(r.Findings.Len(), "finding", "findings")
}
