package reconcile

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
)

// Run gathers the result of checking records.
type Run struct {
	result   Result
	checkers []*Checker
	tallies  map[*schema.Rule]*tally
	input    int   // index of the current input
	inputs   []int // for each finding, the index of its input
}

// tally counts the outcomes of one rule.
type tally struct {
	counts  Counts
	reasons map[Reason]int // Count is 0 in the keys
}

// NewRun begins a run in which records are checked by the given checkers.
func NewRun(tool Tool, asOf string, options []string, checkers []*Checker) *Run {
	r := &Run{checkers: checkers, tallies: map[*schema.Rule]*tally{}}
	r.result.Tool, r.result.AsOf, r.result.Options = tool, asOf, options
	r.result.Tool.RuleSet = fingerprint(checkers)
	for _, c := range checkers {
		for i := range c.laws {
			r.tallies[c.laws[i].rule] = &tally{reasons: map[Reason]int{}}
		}
	}
	return r
}

// fingerprint of all that decides an outcome in a set of rules.
func fingerprint(checkers []*Checker) string {
	h := sha256.New()
	for _, c := range checkers {
		fmt.Fprintln(h, c.Layout.Source.Name)
		for _, r := range c.Rules() {
			fmt.Fprintf(h, "%q %q %s %s %s %s %t\n", r.ID, r.Formula, r.Severity, surplus(r),
				r.Tolerance.Relation, r.Tolerance.Figure, r.OncePerRecord)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
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

// Reject adds what could not be read; rejected counts the documents and records
// that were not read in whole.
func (r *Run) Reject(rejects []schema.Reject, rejected int) {
	r.result.Rejects = append(r.result.Rejects, rejects...)
	r.result.Rejected += rejected
	r.result.Inputs[r.input].Rejected += rejected
}

// Document checks all records of a document.
func (r *Run) Document(c *Checker, doc *schema.Document) {
	in := &r.result.Inputs[r.input]
	r.result.Documents++
	in.Documents++
	if in.Source == "" {
		in.Source = doc.Source.Name
	} else if in.Source != doc.Source.Name {
		in.Source = "several"
	}
	for i := range doc.Repairs {
		r.add(repairFinding(doc, &doc.Repairs[i]))
	}
	for _, rec := range doc.Records {
		if !rec.Partial {
			r.result.Records++
			in.Records++
		}
		r.result.Figures += rec.Figures()
		r.record(c, rec)
	}
}

// record checks one record by all rules of its source.
func (r *Run) record(c *Checker, rec *schema.Record) {
	for i := range c.laws {
		l := &c.laws[i]
		if rec.Nothing != "" {
			r.count(l.rule, NotApplicable, "the upstream answered that there is nothing: "+rec.Nothing)
			continue
		}
		var found []broken
		for k := range l.formula.Relations {
			l.check(rec, &l.formula.Relations[k], func(v verdict) {
				r.verdict(l, rec, v)
				switch {
				case v.outcome != Broken:
				case l.rule.OncePerRecord:
					found = append(found, v.evidence...)
				default:
					r.add(newFinding(rec, l.rule, v.evidence))
				}
			})
		}
		if len(found) > 0 {
			r.add(newFinding(rec, l.rule, found))
		}
	}
}

// verdict counts an outcome, and lists a check that could not be made.
func (r *Run) verdict(l *law, rec *schema.Record, v verdict) {
	reason := v.note
	if v.gap != nil {
		reason = v.gap.Reason
	}
	if v.outcome == Broken {
		reason = ""
	}
	r.count(l.rule, v.outcome, reason)
	if v.outcome == NotEvaluable {
		r.result.NotEvaluable = append(r.result.NotEvaluable, Missing{
			Rule: l.rule, Source: rec.Layout.Source.Name, Record: rec.Key,
			Pointer: v.gap.Pointer, Field: v.gap.Name, Reason: v.gap.Reason,
		})
	}
}

func (r *Run) count(rule *schema.Rule, o Outcome, reason string) {
	r.result.Checks[o]++
	t := r.tallies[rule]
	t.counts[o]++
	if reason != "" {
		t.reasons[Reason{Outcome: o, Text: reason}]++
	}
}

func (r *Run) add(f Finding) {
	r.result.Findings = append(r.result.Findings, f)
	r.inputs = append(r.inputs, r.input)
}

// Result ends the run. Findings are sorted by input, place, severity (the worst
// first) and rule, so that the same input gives the same report.
func (r *Run) Result() *Result {
	r.sort()
	r.identify()
	for _, c := range r.checkers {
		for _, rule := range c.Rules() {
			t := r.tallies[rule]
			rc := RuleCount{Source: c.Layout.Source.Name, Rule: rule, Counts: t.counts}
			for reason, n := range t.reasons {
				reason.Count = n
				rc.Reasons = append(rc.Reasons, reason)
			}
			slices.SortFunc(rc.Reasons, func(a, b Reason) int {
				return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
			})
			r.result.Rules = append(r.result.Rules, rc)
		}
	}
	return &r.result
}

func (r *Run) sort() {
	order := make([]int, len(r.result.Findings))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		f, g := &r.result.Findings[a], &r.result.Findings[b]
		return cmp.Or(
			cmp.Compare(r.inputs[a], r.inputs[b]), cmp.Compare(f.Place.Offset, g.Place.Offset),
			cmp.Compare(g.Severity, f.Severity), strings.Compare(f.Rule.ID, g.Rule.ID),
		)
	})
	sorted := make([]Finding, len(order))
	for i, from := range order {
		sorted[i] = r.result.Findings[from]
	}
	r.result.Findings = sorted
}

// identify gives every finding an id that does not depend on figures.
func (r *Run) identify() {
	seen := map[string]int{}
	for i := range r.result.Findings {
		f := &r.result.Findings[i]
		sum := sha256.Sum256([]byte(strings.Join([]string{f.Source, f.Record, f.Rule.ID, f.Place.Pointer}, "\x00")))
		f.ID = hex.EncodeToString(sum[:6])
		if seen[f.ID]++; seen[f.ID] > 1 {
			f.ID += "-" + strconv.Itoa(seen[f.ID])
		}
	}
}
