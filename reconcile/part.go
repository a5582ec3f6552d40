package reconcile

import (
	"tieout/calc/schema"
)

// Part is a run for some documents of one input, which are checked apart from those
// before and behind them. Parts of one run may be made at the same time; Add makes
// them one result, in the order of their documents.
func (r *Run) Part() *Run {
	p := &Run{
		whole: r, about: r.about, checkers: r.checkers, tallies: make(map[*schema.Rule]*tally, len(r.tallies)), full: r.full, step: 1,
		scratch: r.lend(),
	}
	p.session = schema.NewSession(&p.about)
	for rule := range r.tallies {
		p.tallies[rule] = &tally{}
	}
	p.result.Inputs = make([]Input, 1)
	if r.events != nil {
		p.events = make(map[string][]*userEvent, len(r.events))
		for _, e := range r.eventOrder {
			one := &userEvent{Event: e.Event}
			p.events[e.Record] = append(p.events[e.Record], one)
			p.eventOrder = append(p.eventOrder, one)
		}
	}
	return p
}

// Add adds a part to the run, as what comes next of the current input. Nothing more is
// checked by the part.
func (r *Run) Add(p *Run) {
	r.addInput(&p.result.Inputs[0])
	r.result.Documents += p.result.Documents
	r.result.Records += p.result.Records
	r.result.Figures += p.result.Figures
	r.result.Rejected += p.result.Rejected
	r.result.Partial += p.result.Partial
	r.result.Replaced += p.result.Replaced
	r.addOutcomes(p)
	for _, reject := range p.result.Rejects.All() {
		r.result.Rejects.Add(*reject)
	}
	for _, missing := range p.result.NotEvaluable.All() {
		r.missing++
		missing.number = r.missing
		r.result.NotEvaluable.Add(*missing)
	}
	r.addApart(p)
	r.keepSnapshots(p.found)
	for i := range p.found {
		p.found[i].input = r.input
	}
	r.found, p.found = p.found, nil
	r.admitFound()
	if list := r.found; list != nil {
		foundLists.Put(&list)
		r.found = nil
	}
	r.takeBack(p)
	if p.examined {
		r.spokeOf(p.day)
		r.severalDays = r.severalDays || p.severalDays
	}
	for of := range p.expected {
		if r.expected == nil {
			r.expected = map[expected]bool{}
		}
		r.expected[of] = true
	}
	r.addEvents(p)
}

// addEvents adds what became of the events that the user states.
func (r *Run) addEvents(p *Run) {
	for i, e := range p.eventOrder {
		to := r.eventOrder[i]
		to.used = to.used || e.used
		if e.why != "" {
			to.wasted(e.nearer, "%s", e.why)
		}
	}
}

// addInput adds what a part has read to the current input.
func (r *Run) addInput(of *Input) {
	in := &r.result.Inputs[r.input]
	in.Documents += of.Documents
	in.Records += of.Records
	in.Rejected += of.Rejected
	if of.Source != "" {
		in.isOf(of.Source)
	}
}

// isOf says that a document of a source was read from the input.
func (in *Input) isOf(source string) {
	if in.Source == "" {
		in.Source = source
	} else if in.Source != source {
		in.Source = "several"
	}
}

// addApart adds the rules that could not compare the records of a list.
func (r *Run) addApart(p *Run) {
	for i := range p.apart {
		r.setApart(p.apart[i].Rule, p.apart[i].Source, p.apart[i].Reason)
	}
}

func (r *Run) addOutcomes(p *Run) {
	for outcome, n := range p.result.Checks {
		r.result.Checks[outcome] += n
	}
	for rule, from := range p.tallies {
		r.tallies[rule].add(from)
	}
}

// forgetOutcomes makes the counts of a part those of none.
func (r *Run) forgetOutcomes() {
	r.result.Checks = Counts{}
	for _, t := range r.tallies {
		t.counts = Counts{}
		for i := range t.reasons {
			t.reasons[i].Count = 0
		}
		clear(t.more)
	}
}

// keepSnapshots leaves the findings of a part their snapshots while the run has room.
func (r *Run) keepSnapshots(findings []Finding) {
	kept := map[*Snapshot]bool{}
	for i := range findings {
		s := findings[i].Snapshot
		if s == nil {
			continue
		}
		if _, decided := kept[s]; !decided {
			kept[s] = r.hasRoom(s)
		}
		if !kept[s] {
			findings[i].Snapshot = nil
		}
	}
	r.full.Store(r.snapshots == MaxSnapshots)
}

// hasRoom tells whether the run keeps one more record whole, and counts it.
func (r *Run) hasRoom(s *Snapshot) bool {
	if r.snapshots == MaxSnapshots {
		return false
	}
	if r.values += s.values(); r.values > MaxSnapshotValues {
		r.snapshots = MaxSnapshots
	} else {
		r.snapshots++
		r.result.snapshots = append(r.result.snapshots, s)
	}
	return r.values <= MaxSnapshotValues
}
