package reconcile

// TellFindings makes the run tell of each finding when it is added, in the order of the
// result and as the result has it, but for the pattern: that only all findings decide.
// It is for a run without joins, whose findings come in that order, and is called before
// anything is checked. An error of tell ends the run: it is that of Err.
//
// A finding is told until tell returns: it, and the lists in it, are then made another.
//
// Unless the findings are kept, the result counts them and does not list them, and those
// that are told may lack their Excerpt.
func (r *Run) TellFindings(tell func(*Finding) error, kept bool) {
	findings := &r.result.Findings
	findings.tell, findings.passing = tell, !kept
	if !kept { // nothing shows their records
		r.snapshots = MaxSnapshots
		r.full.Store(true)
	}
}

// gathers tells whether the findings of a document wait until it is checked, to be put
// in order: those of a part, and those that are told at once. A finding about what
// stands beside the records may come behind one of the record before it.
func (r *Run) gathers() bool { return r.whole != nil || r.result.Findings.tell != nil }

// admitFound admits the findings of a document that is checked.
func (r *Run) admitFound() {
	sortStable(r.found, findingOrder)
	for i := range r.found {
		r.result.Findings.admit(&r.found[i])
	}
	clear(r.found)
	r.found = r.found[:0]
}
