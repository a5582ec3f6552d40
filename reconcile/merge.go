package reconcile

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Merge makes one result of the parts of a run, which is the same as if the run had not
// been parted. It refuses parts that are not all of one run, with everything that is
// wrong with them. The parts can be closed afterwards.
func Merge(parts []*Part) (*Result, error) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b *Part) int { return cmp.Compare(a.Shard.Number, b.Shard.Number) })
	if err := fit(parts); err != nil {
		return nil, err
	}
	m := &merging{result: newResult()}
	first := parts[0].Result
	m.result.Tool, m.result.Options, m.result.Inputs = first.Tool, first.Options, slices.Clone(first.Inputs)
	m.result.days = first.days
	m.result.UnusedEvents = slices.Clone(first.UnusedEvents)
	m.tallies = make([]tally, len(first.Rules))
	for i, p := range parts {
		if i > 0 {
			m.inputs(p.Result)
			m.days(&p.Result.days)
			m.unused(p.Result.UnusedEvents)
		}
		m.counts(p.Result)
		m.rules(p.Result.Rules)
		m.lists(p.Result, m.snapshots(p.Result))
		if err := p.Result.Err(); err != nil {
			return nil, errors.Join(err, m.result.Close())
		}
	}
	for i := range first.Rules {
		m.result.Rules = append(m.result.Rules, m.tallies[i].of(first.Rules[i].Source, first.Rules[i].Rule))
	}
	m.result.AsOf = m.result.days.asOf()
	m.result.Patterns = m.result.Findings.shared.patterns()
	return &m.result, nil
}

// fit tells what keeps parts from being those of one run.
func fit(parts []*Part) error {
	if len(parts) == 0 {
		return errors.New("there are no parts")
	}
	var wrong error
	add := func(format string, args ...any) { wrong = errors.Join(wrong, fmt.Errorf(format, args...)) }
	first := parts[0]
	seen := map[int]int{}
	for _, p := range parts {
		if p.Shard.Of != first.Shard.Of {
			add("part %d is one of %d, and part %d one of %d", p.Shard.Number, p.Shard.Of, first.Shard.Number, first.Shard.Of)
			continue
		}
		if seen[p.Shard.Number]++; seen[p.Shard.Number] == 2 {
			add("part %d of %d is there twice", p.Shard.Number, p.Shard.Of)
		}
		if what := differs(first.Result, p.Result); what != "" {
			add("part %d differs from part %d in %s", p.Shard.Number, first.Shard.Number, what)
		}
	}
	for i, p := range parts[1:] {
		if before := parts[i].Shard; p.Shard.Number == before.Number+1 && p.Shard.From != before.To {
			add("part %d ends at byte %d, and part %d begins at byte %d", before.Number, before.To, p.Shard.Number, p.Shard.From)
		}
	}
	for number := 1; number <= first.Shard.Of; number++ {
		if seen[number] == 0 {
			add("part %d of %d is missing", number, first.Shard.Of)
		}
	}
	return wrong
}

// differs tells what two results of one run would have in common and these have not.
func differs(a, b *Result) string {
	switch {
	case a.Tool.Name != b.Tool.Name || a.Tool.Version != b.Tool.Version:
		return fmt.Sprintf("the version of the program: %s, %s", b.Tool.Version, a.Tool.Version)
	case a.Tool.RuleSet != b.Tool.RuleSet || !slices.Equal(a.Tool.Data, b.Tool.Data) || len(a.Rules) != len(b.Rules):
		return fmt.Sprintf("the rules: %s, %s", b.Tool.RuleSet, a.Tool.RuleSet)
	case !slices.Equal(a.Options, b.Options):
		return fmt.Sprintf("the options: %q, %q", b.Options, a.Options)
	case a.days.given != b.days.given:
		return fmt.Sprintf("the as-of date: %s, %s", b.days.given, a.days.given)
	case len(a.Inputs) != len(b.Inputs):
		return fmt.Sprintf("the inputs: %d files, %d files", len(b.Inputs), len(a.Inputs))
	}
	for i := range a.Inputs {
		x, y := &a.Inputs[i], &b.Inputs[i]
		if x.File != y.File || x.Size != y.Size || x.SHA256 != y.SHA256 {
			return fmt.Sprintf("the input %s of %d bytes: %s of %d bytes, or another content", y.File, y.Size, x.File, x.Size)
		}
	}
	return ""
}

// merging is a result of which some parts are merged.
type merging struct {
	result  Result
	tallies []tally // by rule
	// values are those in the snapshots, and missing numbers the checks that could not
	// be made.
	values, missing int
}

func (m *merging) counts(r *Result) {
	all := &m.result
	all.Documents += r.Documents
	all.Records += r.Records
	all.Figures += r.Figures
	all.Rejected += r.Rejected
	all.Partial += r.Partial
	all.Replaced += r.Replaced
	all.Joined += r.Joined
	for o, n := range r.Checks {
		all.Checks[o] += n
	}
}

func (m *merging) inputs(r *Result) {
	for i := range r.Inputs {
		all, in := &m.result.Inputs[i], &r.Inputs[i]
		all.Documents += in.Documents
		all.Records += in.Records
		all.Rejected += in.Rejected
		if in.Source != "" {
			all.isOf(in.Source)
		}
	}
}

func (m *merging) days(d *daysOf) {
	all := &m.result.days
	if !d.examined {
		return
	}
	all.several = all.several || d.several || all.examined && all.day != d.day
	all.day, all.examined = d.day, true
}

// unused keeps the events that no part has used. Of why, the part tells that knows most,
// and of those the last.
func (m *merging) unused(events []UnusedEvent) {
	m.result.UnusedEvents = slices.DeleteFunc(m.result.UnusedEvents, func(e UnusedEvent) bool {
		return !slices.ContainsFunc(events, func(other UnusedEvent) bool { return other.number == e.number })
	})
	for i := range m.result.UnusedEvents {
		e := &m.result.UnusedEvents[i]
		at := slices.IndexFunc(events, func(other UnusedEvent) bool { return other.number == e.number })
		if events[at].nearer >= e.nearer {
			*e = events[at]
		}
	}
}

// rules adds the counts of all rules, which every part has in the same order.
func (m *merging) rules(rules []RuleCount) {
	for i := range rules {
		m.tallies[i].add(&tally{counts: rules[i].Counts, reasons: rules[i].Reasons})
	}
}

// snapshots tells which of a part's there is room for; see Run.snapshot.
func (m *merging) snapshots(r *Result) map[*Snapshot]bool {
	kept := map[*Snapshot]bool{}
	for _, s := range r.snapshots {
		if m.result.cut {
			break
		}
		if m.values += s.values(); m.values > MaxSnapshotValues {
			m.result.cut = true
			break
		}
		kept[s] = true
		m.result.snapshots = append(m.result.snapshots, s)
		m.result.cut = len(m.result.snapshots) == MaxSnapshots
	}
	m.result.cut = m.result.cut || r.cut
	return kept
}

// lists adds what a part lists. Findings get their ids and patterns anew.
func (m *merging) lists(r *Result, kept map[*Snapshot]bool) {
	for _, f := range r.Findings.Store.All() {
		one := *f
		if !kept[one.Snapshot] {
			one.Snapshot = nil
		}
		m.result.Findings.admit(&one)
	}
	for _, x := range r.Rejects.All() {
		m.result.Rejects.Add(*x)
	}
	for _, one := range r.NotEvaluable.All() {
		again := *one
		m.missing++
		again.number = m.missing
		m.result.NotEvaluable.Add(again)
	}
	for _, u := range r.Unmatched.All() {
		m.result.Unmatched.Add(*u)
	}
}
