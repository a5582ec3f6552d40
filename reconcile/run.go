package reconcile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Run gathers the result of checking records.
type Run struct {
	about    schema.Circumstances
	session  *schema.Session
	result   Result
	checkers []*Checker
	tallies  map[*schema.Rule]*tally
	last     lastTally
	step     int // what an outcome counts: 1, or -1 for one that is taken back
	input    int // index of the current input
	joins    []*Joint
	demands  bool // counterparts also of sources of which nothing was read
	pending  pending
	expected map[expected]bool // of the records that are taken later
	turn     turn              // of what is checked or concluded about
	// events that the user states, by record and in their order.
	events     map[string][]*userEvent
	eventOrder []*userEvent
	// day that the records speak of, if it is not severalDays; examined tells whether
	// there has been a record.
	day                   date.Date
	severalDays, examined bool
	// snapshots counts the records that are kept whole, and values what they
	// hold.
	snapshots, values int
	// room for the snapshots of a run that does not come to its records in order, else
	// nil.
	room *room
	// whole is the run that this one is a part of, nil when it is none, and found are
	// the findings that are gathered.
	whole *Run
	found []Finding
	// lent is the memory of what findings hold, nil before there is one.
	lent *memory
	// sieve has read the record under examination, nil when none has.
	sieve *Sieve
	*scratch
	// scratches are those of parts that are done with.
	scratches sync.Pool
	// full tells the parts of the run that it has room for no more of them.
	full *atomic.Bool
	// unread are the checks of the record under examination that could not be made,
	// and missing counts those of all records.
	unread  []Missing
	missing int
	// apart are the inputs and rules where the records of a list were not compared: that
	// is told once, at the end.
	apart []Missing
}

// NewRun begins a run in which records are checked by the given checkers. It is closed
// when its result is no longer needed.
func NewRun(tool Tool, about schema.Circumstances, options []string, checkers []*Checker) *Run {
	r := &Run{
		about: about, checkers: checkers, tallies: map[*schema.Rule]*tally{}, result: newResult(), full: new(atomic.Bool), step: 1,
		scratch: &scratch{},
	}
	r.session = schema.NewSession(&r.about)
	r.result.Tool, r.result.AsOf, r.result.Options = tool, about.AsOf.String(), options
	r.tally(checkers)
	return r
}

// tally makes room for the counts of all rules.
func (r *Run) tally(checkers []*Checker) {
	r.result.Tool.RuleSet, r.result.Tool.Data = fingerprint(r.allCheckers()), dataOf(r.allCheckers())
	for _, c := range checkers {
		for _, rule := range c.rules {
			r.tallies[rule] = &tally{}
		}
	}
}

// allCheckers are those of the sources and of the joins.
func (r *Run) allCheckers() []*Checker {
	all := slices.Clone(r.checkers)
	for _, j := range r.joins {
		all = append(all, j.Checker)
	}
	return all
}

// fingerprint of all that decides an outcome in a set of rules.
func fingerprint(checkers []*Checker) string {
	h := sha256.New()
	for _, c := range checkers {
		fmt.Fprintf(h, "%q %t\n", c.Layout.Source.Name, c.Layout.Source.NotNegative)
		if most := c.Layout.Source.Decimals; most != nil {
			fmt.Fprintf(h, "decimals %d\n", *most)
		}
		hashFields(h, c.Layout.Source.Fields)
		for _, r := range c.Rules() {
			fmt.Fprintf(h, "%v ", r.Clauses)
			for _, a := range r.Adjustments {
				if a.Formula != "" { // the others decide nothing by themselves
					fmt.Fprintf(h, "%q %q ", a.Event, a.Formula)
				}
			}
			for _, d := range r.Data {
				fmt.Fprintf(h, "%q %s ", d.Name, d.Digest())
			}
			fmt.Fprintf(h, "%q %q %q %s %s %s %s %t %t\n", r.ID, r.Formula, r.Law, r.Severity, surplus(r),
				r.Tolerance.Relation, r.Tolerance.Figure, r.Always, r.OncePerRecord)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// dataOf a set of rules: the tables that they decide by, with their digests.
func dataOf(checkers []*Checker) []string {
	all := map[string]bool{}
	for _, c := range checkers {
		for _, r := range c.Rules() {
			for _, d := range r.Data {
				all[d.Name+" "+d.Digest()] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// hashFields adds what decides how figures are read and which are suspected.
func hashFields(h io.Writer, fields []schema.Field) {
	for _, f := range fields {
		fmt.Fprintf(h, "%q %s %q %s %t %t %d %d\n", f.Name, f.Kind, f.Unit, f.Presence, f.Fixed, f.Lasting, f.Weight, len(f.Fields))
		hashFields(h, f.Fields)
	}
}

func surplus(r *schema.Rule) schema.Severity {
	if r.Surplus == 0 {
		return r.Severity
	}
	return r.Surplus
}

// BeginInput says that what follows comes from another file.
func (r *Run) BeginInput(in Input) {
	r.result.Inputs = append(r.result.Inputs, in)
	r.input = len(r.result.Inputs) - 1
}

// Interrupted says that the inputs were not read to their end.
func (r *Run) Interrupted() { r.result.Incomplete = true }

// EndInput says how large the input was that was begun last, and its SHA-256.
func (r *Run) EndInput(size int64, digest string) {
	in := &r.result.Inputs[r.input]
	in.Size, in.SHA256 = size, digest
}

// CurrentInput is the number of the input that was begun last.
func (r *Run) CurrentInput() int { return r.input }

// Records counts the records that were read whole so far.
func (r *Run) Records() int { return r.result.Records }

// Found counts the findings so far.
func (r *Run) Found() int { return r.result.Findings.Len() }

// ResumeInput says that what follows comes from an input that was begun before, by its
// number.
func (r *Run) ResumeInput(number int) { r.input = number }

// Nothing counts a document in which the upstream says that it has nothing.
func (r *Run) Nothing() {
	r.result.Documents++
	r.result.Inputs[r.input].Documents++
}

// Replaced counts a document that is not read because a later one of its input says the
// same anew.
func (r *Run) Replaced() { r.result.Replaced++ }

// Reject adds what could not be read; rejected counts the documents and records
// that were not read in whole.
func (r *Run) Reject(rejects []schema.Reject, rejected int) {
	for i := range rejects {
		r.result.Rejects.Add(rejects[i])
	}
	r.result.Rejected += rejected
	r.result.Inputs[r.input].Rejected += rejected
}

// Document checks all records of a document.
func (r *Run) Document(c *Checker, doc *schema.Document) {
	r.countDocument(doc)
	for _, rec := range doc.Records {
		r.record(c, rec)
	}
	if r.whole == nil {
		r.admitFound()
	}
}

// countDocument counts a document and what is in it, and tells how it was repaired.
func (r *Run) countDocument(doc *schema.Document) {
	in := &r.result.Inputs[r.input]
	if !doc.Continues {
		r.result.Documents++
		in.Documents++
	}
	in.isOf(doc.Source.Name)
	for i := range doc.Repairs {
		f := repairFinding(doc, &doc.Repairs[i])
		r.add(&f, r.input)
	}
	for _, rec := range doc.Records {
		if rec.Partial {
			r.result.Partial++
		} else {
			r.result.Records++
			in.Records++
		}
		r.result.Figures += rec.Figures()
	}
}

// checked is a relation of a record that is broken.
type checked struct {
	rec      *schema.Record
	law      *law
	relation *formula.Relation
	number   int // of the relation in its law
	instance int
	evidence []broken
	// adjustment is how much larger the left side of the relation is because of
	// events; zero when none explains anything.
	adjustment calc.Amount
	told       bool // a finding has it as evidence
	ofArray    bool // that finding is about an array
}

// subject is a record with what was found when it was checked.
type subject struct {
	checker  *Checker
	rec      *schema.Record
	input    int            // index of the input that it was read from
	earlier  *schema.Record // that speaks of the same in the earlier snapshot, or nil
	faults   []checked
	evidence reused[broken] // of the faults
	breaches []breach
	unread   []Missing // the checks of it that could not be made
	lacks    bool      // one of them is a relation, which may tell the missing figure
	circle   *circle
}

// record checks one record by all rules of its source, and keeps it when it may be
// joined with others.
func (r *Run) record(c *Checker, rec *schema.Record) {
	rec.AsOf, rec.PreviousAsOf = r.asOf(rec, r.about.AsOf), r.about.PreviousAsOf
	r.spokeOf(rec.AsOf)
	s := r.examine(c, rec)
	switch {
	case r.keepForJoin(s):
	case s.isClean():
		r.spare = s
	default:
		r.conclude([]*subject{s})
		r.spare = s
	}
}

// empty forgets the record, but for the memory that what is found of another can have.
func (s *subject) empty() {
	clear(s.faults)
	s.evidence.empty()
	*s = subject{faults: s.faults[:0], evidence: s.evidence}
}

// isClean tells whether there is nothing to conclude about a record.
func (s *subject) isClean() bool {
	return len(s.faults) == 0 && len(s.breaches) == 0 && len(s.unread) == 0
}

// spokeOf notes the day that a record speaks of.
func (r *Run) spokeOf(day date.Date) {
	r.severalDays = r.severalDays || r.examined && day != r.day
	r.day, r.examined = day, true
}

// asOf is the day that a record speaks of: the one that is given, else that of its
// answer.
func (r *Run) asOf(rec *schema.Record, given date.Date) date.Date {
	if request := rec.Document.Input.Request; given.IsZero() && request != nil {
		return request.AsOf
	}
	return given
}

// examine checks one record, whose days are known, by all rules of a checker.
func (r *Run) examine(c *Checker, rec *schema.Record) *subject {
	s := r.spare
	if r.spare = nil; s == nil {
		s = &subject{}
	}
	s.empty()
	s.checker, s.rec, s.input = c, rec, r.input
	r.session.Begin(rec)
	nothing := "" // said of each law
	for i := range c.laws {
		l := &c.laws[i]
		if rec.Nothing != "" && !l.rule.Always {
			if nothing == "" {
				nothing = "the upstream answered that there is nothing: " + rec.Nothing
			}
			r.count(l.rule, NotApplicable, nothing)
			continue
		}
		if !r.judgeSieved(i, s) {
			r.judge(l, s)
		}
	}
	s.unread, r.unread = r.unread, nil
	r.adjust(c, s)
	return s
}

// judge checks a record by one law.
func (r *Run) judge(l *law, s *subject) {
	if l.function != nil {
		s.breaches = append(s.breaches, r.function(l, s.rec)...)
		return
	}
	for k := range l.formula.Relations {
		rel := &l.formula.Relations[k]
		l.check(&r.sheet, s.rec, rel, func(v verdict) { r.note(l, k, s, v) })
	}
}

// note the outcome of a relation of a law, by its number.
func (r *Run) note(l *law, number int, s *subject, v verdict) {
	r.verdict(l, s.rec, v)
	s.lacks = s.lacks || v.outcome == NotEvaluable
	if v.outcome != Broken {
		return
	}
	rel := &l.formula.Relations[number]
	s.faults = append(s.faults, checked{rec: s.rec, law: l, relation: rel, number: number, instance: v.instance})
	if r.step > 0 { // else it is taken back
		s.faults[len(s.faults)-1].evidence = r.evidences(l, s, rel, v.instance)
	}
}

// conclude tells the findings of some records that speak of the same thing. Only
// where something is broken, or a figure missing, are they looked at again as a
// whole.
func (r *Run) conclude(subjects []*subject) {
	var found []Finding
	for _, s := range subjects {
		if len(s.faults) > 0 || s.lacks {
			found = r.explain(subjects)
			break
		}
	}
	for i := range found {
		found[i].weigh()
	}
	for _, s := range subjects {
		s.decideTwins(found)
		r.consequences(s, found)
		found = breaches(s, found)
	}
	r.snapshot(found)
	for i := range found {
		r.add(&found[i], inputOf(subjects, found[i].home))
	}
	clear(found)
	if cap(found) > 0 {
		r.concluded = found[:0]
	}
	for _, s := range subjects {
		for i := range s.unread {
			r.result.NotEvaluable.Add(s.unread[i])
		}
	}
}

// inputOf a record of one of the subjects.
func inputOf(subjects []*subject, rec *schema.Record) int {
	for _, s := range subjects {
		if s.rec == rec {
			return s.input
		}
	}
	return 0
}

// snapshot gives findings a copy of their record, while there is room.
func (r *Run) snapshot(findings []Finding) {
	if r.snapshots == MaxSnapshots || r.full.Load() {
		return
	}
	made := map[*schema.Record]*Snapshot{}
	for i := range findings {
		home := findings[i].home
		if made[home] == nil {
			made[home] = r.snapshotOf(home, i)
		}
		findings[i].Snapshot = made[home]
	}
}

// snapshotOf a record, nil when there is no room for it; finding is the number of its
// first finding in the turn.
func (r *Run) snapshotOf(rec *schema.Record, finding int) *Snapshot {
	if r.room != nil {
		return r.room.snapshot(rec, r.turn, finding)
	}
	if r.snapshots == MaxSnapshots || r.full.Load() {
		return nil
	}
	if s := snapshot(rec); r.hasRoom(s) {
		return s
	}
	return nil
}

// verdict counts an outcome, and lists a check that could not be made.
func (r *Run) verdict(l *law, rec *schema.Record, v verdict) {
	reason := v.note
	if v.gap != nil {
		reason = v.gap.Reason
	}
	r.count(l.rule, v.outcome, reason)
	if v.outcome == NotEvaluable {
		r.unreadable(l.rule, rec, v.gap.Pointer(), v.gap.Name(), v.gap.Reason)
	}
}

func (r *Run) count(rule *schema.Rule, o Outcome, reason string) {
	r.result.Checks[o] += r.step
	if r.last.rule != rule {
		r.last = lastTally{rule, r.tallies[rule]}
	}
	r.last.counts[o] += r.step
	if reason != "" {
		r.last.because(Reason{Outcome: o, Text: reason}, r.step)
	}
}

func (r *Run) add(f *Finding, input int) {
	f.home = nil // the record is not kept for it
	f.near()
	f.input, f.turn = input, r.turn
	if r.gathers() {
		if r.found == nil {
			r.found = *foundLists.Get().(*[]Finding)
		}
		r.found = append(r.found, *f)
		return
	}
	r.result.Findings.admit(f)
}

// Err is why the run cannot go on: what it lists could not be kept.
func (r *Run) Err() error { return r.result.Err() }

// Close removes the temporary files of the run, and its result with them.
func (r *Run) Close() error { return r.result.Close() }

// Result ends the run. Findings are sorted by input, place, severity (the worst
// first) and rule, so that the same input gives the same report.
func (r *Run) Result() *Result {
	r.join()
	r.tellApart()
	r.result.days = daysOf{r.about.AsOf, r.day, r.examined, r.severalDays}
	r.result.AsOf = r.result.days.asOf()
	r.result.cut = r.snapshots == MaxSnapshots
	r.result.UnusedEvents = r.unusedEvents()
	r.result.Patterns = r.result.Findings.shared.patterns()
	for _, c := range r.allCheckers() {
		for _, rule := range c.Rules() {
			r.result.Rules = append(r.result.Rules, r.tallies[rule].of(c.Layout.Source.Name, rule))
		}
	}
	return &r.result
}
