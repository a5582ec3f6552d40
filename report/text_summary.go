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
	if r.Replaced > 0 {
		t.say("  %s\n", replacedWords(r.Replaced))
	}
	t.joined(r)
	for _, m := range missing(r) {
		t.say("  not evaluable: %s\n", m)
	}
	if r.Rejected > 0 || r.Rejects.Len() > 0 {
		t.say("%s\n", t.in(red, fmt.Sprintf("%s could not be read in whole; what could be read was checked", counted(r.Rejected, "document or record", "documents or records"))))
	}
	if r.Incomplete {
		t.say("%s\n", t.in(red, incompleteWords))
	}
	t.unused(r)
	verdict := fmt.Sprintf("%s, %s, %s", counted(n[schema.Error], "error", "errors"), counted(n[schema.Warning], "warning", "warnings"), counted(n[schema.Info], "remark", "remarks"))
	if written(r) < r.Findings.Len() {
		t.say("%s\n", t.in(yellow, showingWords(r)))
	}
	switch {
	case r.Findings.Len() > 0:
		t.say("%s\n", t.in(red, verdict))
	case r.Incomplete:
		t.say("%s\n", t.in(yellow, "no figure disagrees in what was checked"))
	case r.Checks[reconcile.NotEvaluable] > 0:
		t.say("%s\n", t.in(yellow, "no figure disagrees, but "+counted(r.Checks[reconcile.NotEvaluable], "check", "checks")+" could not be made"))
	case r.Checks[reconcile.Holds]+r.Checks[reconcile.WithinTolerance] > 0:
		t.say("%s\n", t.in(green, "every figure that was checked agrees"))
	default:
		t.say("%s\n", t.in(yellow, "nothing was checked"))
	}
}

// incompleteWords tell that a run was interrupted.
const incompleteWords = "interrupted: this is what was checked until then, and there is more in the inputs"

// replacedWords tell of the answers of captures that were not read.
func replacedWords(n int) string {
	return counted(n, "earlier answer", "earlier answers") + " of captures not read: there is a later one to the same question"
}

// maxUnmatched bounds the records without a counterpart that the text lists.
const maxUnmatched = 10

// joined says how many records were checked against others, and for which there
// was none.
func (t *textWriter) joined(r *reconcile.Result) {
	if r.Joined == 0 && r.Unmatched.Len() == 0 {
		return
	}
	end := ""
	if r.Unmatched.Len() > 0 {
		end = ":"
	}
	t.say("  %s%s\n", joinWords(r), end)
	for i, u := range r.Unmatched.All() {
		if i == maxUnmatched {
			t.say("    and %s; the other reports list all\n", counted(r.Unmatched.Len()-i, "more", "more"))
			break
		}
		t.say("    %s of %s (%s): %s\n", u.Record, u.Source, u.File, unmatchedWords(u))
	}
}

// joinWords count the records that were joined and those that lack another.
func joinWords(r *reconcile.Result) string {
	joined := "no records"
	if r.Joined > 0 {
		joined = counted(r.Joined, "record", "records")
	}
	words := joined + " joined"
	if n := r.Unmatched.Len(); n > 0 {
		words += ", " + grouped(n) + " without a counterpart"
	}
	return words
}

// unmatchedWords say why a record has no counterpart.
func unmatchedWords(u *reconcile.Unmatched) string {
	var why []string
	if len(u.Lacks) > 0 {
		why = append(why, "no record of "+strings.Join(u.Lacks, " or "))
	}
	if u.Reason != "" {
		why = append(why, u.Reason)
	}
	return strings.Join(why, "; ")
}

// missing tells the checks that could not be made, by rule and reason, with the
// value that a missing figure must have where it is the same everywhere.
func missing(r *reconcile.Result) []string {
	implied := map[string]string{}
	for _, m := range r.NotEvaluable.All() {
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
