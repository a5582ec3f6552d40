package report

import (
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile"
)

// sentence is a line of the verdict with its tone.
type sentence struct {
	Text string
	Tone tone
}

// verdict says in one line how the check came out.
func verdict(r *survey) sentence {
	compared := r.Checks[reconcile.Holds] + r.Checks[reconcile.WithinTolerance] + r.Checks[reconcile.Broken]
	switch {
	case r.Findings.Len() > 0:
		return sentence{findingWords(r.Result) + " in " + recordWords(r), worstTone(r.Result)}
	case r.Records == 0:
		return sentence{"Nothing was checked: no record could be read", errorTone}
	case compared == 0:
		return sentence{"Nothing could be compared", warningTone}
	case r.Incomplete || rejectedCount(r.Result) > 0 || r.Checks[reconcile.NotEvaluable] > 0:
		return sentence{"No discrepancy in what could be checked", warningTone}
	}
	return sentence{"Everything agrees", goodTone}
}

// findingWords counts the findings by severity: 3 errors, 1 warning.
func findingWords(r *reconcile.Result) string {
	counts := r.Severities()
	var parts []string
	for _, s := range []struct {
		severity  schema.Severity
		one, many string
	}{
		{schema.Error, "error", "errors"}, {schema.Warning, "warning", "warnings"}, {schema.Info, "remark", "remarks"},
	} {
		if n := counts[s.severity]; n > 0 {
			parts = append(parts, counted(n, s.one, s.many))
		}
	}
	return strings.Join(parts, ", ")
}

// recordWords say how many of the records have findings: 2 of 9 records.
func recordWords(r *survey) string {
	some := r.records
	if some > r.Records {
		return counted(some, "record", "records")
	}
	return grouped(some) + " of " + counted(r.Records, "record", "records")
}

// reservations are what the verdict does not cover, the loudest first.
func reservations(r *survey) []sentence {
	var all []sentence
	if r.Incomplete {
		all = append(all, sentence{"The run was " + incompleteWords + ".", errorTone})
	}
	if n := rejectedCount(r.Result); n > 0 {
		all = append(all, sentence{counted(n, "document or record", "documents or records") +
			" could not be read in whole; what could be read was checked. See the sheet " + rejectedName + ".", errorTone})
	}
	if n := r.Checks[reconcile.NotEvaluable]; n > 0 {
		all = append(all, sentence{counted(n, "check", "checks") +
			" could not be made because a figure is missing or unreadable. " +
			"See the sheet " + notEvaluableName + ".", warningTone})
	}
	if written(r.Result) < r.Findings.Len() {
		all = append(all, sentence{"The sheets list the first of the findings: " + showingWords(r.Result) + ". All are counted.", warningTone})
	}
	if written(r.Result) > maxWithEvidence {
		all = append(all, sentence{"The sheet " + evidenceName + " has the evidence of the first " +
			grouped(maxWithEvidence) + " findings; the JSON reports have all of it.", infoTone})
	}
	return all
}

// rejectedCount is how many documents and records could not be read in whole; a
// list of rejects never goes with a count of none.
func rejectedCount(r *reconcile.Result) int {
	if r.Rejected == 0 {
		return r.Rejects.Len()
	}
	return r.Rejected
}

// maxPatterns is how many systemic causes the summary lists.
const maxPatterns = 10

// patterns lists the causes that several records share, once each.
func (p *summaryPage) patterns(all []reconcile.Pattern) {
	if len(all) == 0 {
		return
	}
	p.add(doubleHeight, phrase("Systemic causes").looks(headingLook))
	for i := range all[:min(len(all), maxPatterns)] {
		at := &all[i]
		p.band(doubleHeight, prose(patternWords(at)).looks(bandLook).indented().toned(severityTone(at.Rule.Severity)))
	}
	if rest := len(all) - maxPatterns; rest > 0 {
		p.band(fitHeight, phrase("and "+grouped(rest)+" more").looks(noteLook))
	}
	p.add(fitHeight)
}
