package report

import (
	"fmt"
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile"
)

// summary says how much was checked, and what was not.
func (t *textWriter) summary(r *reconcile.Result) {
	n := r.Severities()
	records := counted(r.Records, "record", "records")
	if r.Partial > 0 {
		records += fmt.Sprintf(" and %d read in part", r.Partial)
	}
	t.say("%s, %s, %s, %s\n", counted(r.Documents, "document", "documents"), records,
		counted(r.Figures, "figure", "figures"), counted(r.Checks.Total(), "check", "checks"))
	var outcomes []string
	for o, k := range r.Checks {
		outcomes = append(outcomes, fmt.Sprintf("%d %s", k, reconcile.Outcome(o)))
	}
	t.say("  %s\n", strings.Join(outcomes, ", "))
	for _, m := range missing(r) {
		t.say("  not evaluable: %s\n", m)
	}
	if r.Rejected > 0 || len(r.Rejects) > 0 {
		t.say("%s\n", t.in(red, fmt.Sprintf("%s could not be read in whole; what could be read was checked", counted(r.Rejected, "document or record", "documents or records"))))
	}
	t.unused(r)
	verdict := fmt.Sprintf("%s, %s, %s", counted(n[schema.Error], "error", "errors"), counted(n[schema.Warning], "warning", "warnings"), counted(n[schema.Info], "remark", "remarks"))
	switch {
	case len(r.Findings) > 0:
		t.say("%s\n", t.in(red, verdict))
	case r.Checks[reconcile.NotEvaluable] > 0:
		t.say("%s\n", t.in(yellow, "no figure disagrees, but "+counted(r.Checks[reconcile.NotEvaluable], "check", "checks")+" could not be made"))
	case r.Checks[reconcile.Holds]+r.Checks[reconcile.WithinTolerance] > 0:
		t.say("%s\n", t.in(green, "every figure that was checked agrees"))
	default:
		t.say("%s\n", t.in(yellow, "nothing was checked"))
	}
}

// missing tells the checks that could not be made, by rule and reason, with the
// value that a missing figure must have where it is the same everywhere.
func missing(r *reconcile.Result) []string {
	implied := map[string]string{}
	for i := range r.NotEvaluable {
		m := &r.NotEvaluable[i]
		key, value := m.Rule.ID+m.Source+m.Reason, "?"
		if m.Implied != nil {
			value = m.Implied.String()
		}
		if before, seen := implied[key]; seen && before != value {
			value = "?"
		}
		implied[key] = value
	}
	var all []string
	for _, c := range r.Rules {
		for _, reason := range c.Reasons {
			if reason.Outcome != reconcile.NotEvaluable {
				continue
			}
			line := fmt.Sprintf("%s, %s: %s", c.Rule.ID, counted(reason.Count, "check", "checks"), reason.Text)
			if value := implied[c.Rule.ID+c.Source+reason.Text]; value != "?" && value != "" {
				line += "; it must be " + value
			}
			all = append(all, line)
		}
	}
	return all
}
