package report

import (
	"cmp"
	"encoding/json"
	"io"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// SchemaVersion of the JSON report. Members are only added under one version.
const SchemaVersion = 1

// The JSON report, with its members in the order written. Amounts are strings,
// because a JSON number would be read as a float; null stands for "none".
type (
	jsonReport struct {
		SchemaVersion int      `json:"schema_version"`
		Tool          jsonTool `json:"tool"`
		AsOf          *string  `json:"as_of"`
		// Incomplete is true for a run that was interrupted, and left out otherwise.
		Incomplete   bool          `json:"incomplete,omitempty"`
		Summary      jsonSummary   `json:"summary"`
		Findings     []jsonFinding `json:"findings"`
		Rejects      []jsonReject  `json:"rejects"`
		NotEvaluable []jsonMissing `json:"not_evaluable"`
		Patterns     []jsonPattern `json:"patterns"`
		// Unmatched lists the records without a counterpart to be checked against.
		Unmatched []jsonUnmatched `json:"unmatched"`
		// UnusedAdjustments are the events of the user that explain nothing.
		UnusedAdjustments []jsonUnused `json:"unused_adjustments"`
	}
	jsonTool struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		RuleSet string `json:"rule_set"`
	}
	jsonSummary struct {
		Documents int          `json:"documents"`
		Records   int          `json:"records"`
		Figures   int          `json:"figures"`
		Checks    jsonChecks   `json:"checks"`
		Findings  jsonSeverity `json:"findings"`
		Rejected  int          `json:"rejected"`
		// Joined counts the records that were checked against other documents.
		Joined int `json:"joined"`
		// Replaced counts the answers of captures for which there is a later one.
		Replaced int `json:"replaced"`
	}
	jsonChecks struct {
		Holds           int `json:"holds"`
		WithinTolerance int `json:"within_tolerance"`
		Broken          int `json:"broken"`
		NotApplicable   int `json:"not_applicable"`
		NotEvaluable    int `json:"not_evaluable"`
	}
	jsonSeverity struct {
		Error   int `json:"error"`
		Warning int `json:"warning"`
		Info    int `json:"info"`
	}
	jsonFinding struct {
		ID         string          `json:"id"`
		Rule       string          `json:"rule"`
		Severity   string          `json:"severity"`
		Source     string          `json:"source"`
		File       string          `json:"file"`
		Line       int             `json:"line"`
		Record     string          `json:"record"`
		Pointer    string          `json:"pointer"`
		Field      string          `json:"field"`
		Raw        *string         `json:"raw"`
		Actual     *string         `json:"actual"`
		Expected   *string         `json:"expected"`
		Difference *string         `json:"difference"`
		Located    bool            `json:"located"`
		Diagnosis  jsonDiagnosis   `json:"diagnosis"`
		Candidates []jsonCandidate `json:"candidates"`
		Evidence   []jsonEvidence  `json:"evidence"`
		Text       string          `json:"text"`
		// Explained lists the events that explain differences of the evidence, and
		// Residue is what they leave of the first that they explain.
		Explained []jsonExplained `json:"explained"`
		Residue   *string         `json:"residue"`
	}
	jsonDiagnosis struct {
		Class string `json:"class"`
		Text  string `json:"text"`
	}
	jsonCandidate struct {
		Pointer  string `json:"pointer"`
		Actual   string `json:"actual"`
		Expected string `json:"expected"`
		Class    string `json:"class"`
		// Candidates of one set are wrong together; sets of one rank are equally
		// good, and 1 is the best.
		Set  int    `json:"set"`
		Rank int    `json:"rank"`
		Text string `json:"text"`
		// File of the figure, when it is not that of the finding.
		File string `json:"file,omitempty"`
	}
	jsonEvidence struct {
		Rule       string `json:"rule"`
		Formula    string `json:"formula"`
		Pointer    string `json:"pointer"`
		Actual     string `json:"actual"`
		Expected   string `json:"expected"`
		Difference string `json:"difference"`
		// File of the pointer, when it is not that of the finding.
		File string `json:"file,omitempty"`
		// Reason and Read of a rule that is no formula; Read also of a relation
		// between files.
		Reason string      `json:"reason,omitempty"`
		Read   []jsonGiven `json:"read,omitempty"`
	}
	jsonGiven struct {
		Pointer string `json:"pointer"`
		Field   string `json:"field"`
		// Value as sent; null when there is none.
		Value *string `json:"value"`
		// State says why there is none: missing, null, empty or unreadable.
		State string `json:"state,omitempty"`
		// Date is the day of the Gregorian calendar that a date of another names.
		Date string `json:"date,omitempty"`
		File string `json:"file,omitempty"`
	}
	jsonUnmatched struct {
		Source string   `json:"source"`
		Record string   `json:"record"`
		File   string   `json:"file"`
		Lacks  []string `json:"lacks"`
		Reason *string  `json:"reason"`
	}
	jsonReject struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Offset  int    `json:"offset"`
		Pointer string `json:"pointer"`
		Reason  string `json:"reason"`
	}
	jsonMissing struct {
		Rule    string `json:"rule"`
		Record  string `json:"record"`
		Missing string `json:"missing"`
		Source  string `json:"source"`
		Field   string `json:"field"`
		Reason  string `json:"reason"`
		// Implied is the value that the other figures demand.
		Implied *string `json:"implied"`
	}
	jsonPattern struct {
		Source   string `json:"source"`
		Rule     string `json:"rule"`
		Field    string `json:"field"`
		Class    string `json:"class"`
		Text     string `json:"text"`
		Records  int    `json:"records"`
		Findings int    `json:"findings"`
	}
)

// JSON writes the result as one JSON document.
func JSON(w io.Writer, r *reconcile.Result) error {
	severities := r.Severities()
	out := jsonReport{
		SchemaVersion: SchemaVersion,
		Tool:          jsonTool{r.Tool.Name, r.Tool.Version, r.Tool.RuleSet},
		AsOf:          orNull(r.AsOf),
		Incomplete:    r.Incomplete,
		Summary: jsonSummary{
			Documents: r.Documents, Records: r.Records, Figures: r.Figures, Rejected: r.Rejected, Joined: r.Joined, Replaced: r.Replaced,
			Checks: jsonChecks{
				r.Checks[reconcile.Holds], r.Checks[reconcile.WithinTolerance], r.Checks[reconcile.Broken],
				r.Checks[reconcile.NotApplicable], r.Checks[reconcile.NotEvaluable],
			},
			Findings: jsonSeverity{severities[schema.Error], severities[schema.Warning], severities[schema.Info]},
		},
		Findings: []jsonFinding{}, Rejects: []jsonReject{}, NotEvaluable: []jsonMissing{}, Patterns: []jsonPattern{},
		Unmatched:         []jsonUnmatched{},
		UnusedAdjustments: unusedOf(r),
	}
	for _, f := range r.Findings.All() {
		out.Findings = append(out.Findings, jsonOf(f))
	}
	for _, x := range r.Rejects.All() {
		out.Rejects = append(out.Rejects, jsonReject{
			x.Place.File, x.Place.Line, x.Place.Column, x.Place.Offset, x.Place.Pointer, x.Reason,
		})
	}
	for _, m := range r.NotEvaluable.All() {
		one := jsonMissing{Rule: m.Rule.ID, Record: m.Record, Missing: m.Pointer, Source: m.Source, Field: m.Field, Reason: m.Reason}
		if m.Implied != nil {
			one.Implied = text(*m.Implied)
		}
		out.NotEvaluable = append(out.NotEvaluable, one)
	}
	for _, p := range r.Patterns {
		out.Patterns = append(out.Patterns, jsonPattern{
			p.Source, p.Rule.ID, p.Field, string(p.Class), p.Text, p.Records, p.Findings,
		})
	}
	for _, u := range r.Unmatched.All() {
		out.Unmatched = append(out.Unmatched, jsonUnmatched{
			u.Source, u.Record, u.File, append([]string{}, u.Lacks...), orNull(u.Reason),
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return cmp.Or(r.Err(), enc.Encode(out))
}

func jsonOf(f *reconcile.Finding) jsonFinding {
	out := jsonFinding{
		ID: f.ID, Rule: f.Rule.ID, Severity: f.Severity.String(), Source: f.Source,
		File: f.Place.File, Line: f.Place.Line, Record: f.Record, Pointer: f.Place.Pointer, Field: f.Field,
		Raw: orNull(f.Raw), Located: f.Located,
		Diagnosis:  jsonDiagnosis{string(f.Diagnosis.Class), f.Diagnosis.Text},
		Candidates: []jsonCandidate{}, Evidence: []jsonEvidence{}, Text: f.Text,
	}
	if f.HasFigures {
		out.Actual, out.Expected, out.Difference = text(f.Actual), text(f.Expected), text(f.Difference)
	} else {
		out.Actual, out.Expected = stands(f), orNull(f.Wanted)
	}
	out.Explained, out.Residue = explainedOf(f)
	for _, c := range f.Candidates {
		out.Candidates = append(out.Candidates, jsonCandidate{
			c.Pointer, c.Actual.String(), c.Expected.String(), string(c.Class), c.Set, c.Rank, c.Text, c.File,
		})
	}
	for i := range f.Evidence {
		e := &f.Evidence[i]
		one := jsonEvidence{
			Rule: e.Rule.ID, Formula: e.Formula, Pointer: e.Pointer, File: e.File,
			Actual: e.Actual.String(), Expected: e.Expected.String(), Difference: e.Difference.String(),
		}
		if g := groundOf(f, e); g != nil {
			one.Formula, one.Reason, one.Read = lawOf(g.Rule), g.Reason, jsonRead(g)
		} else {
			one.Read = figuresBetweenFiles(e)
		}
		out.Evidence = append(out.Evidence, one)
	}
	for _, g := range loneGrounds(f) {
		one := jsonEvidence{Rule: g.Rule.ID, Formula: lawOf(g.Rule), Pointer: f.Place.Pointer, Reason: g.Reason, Read: jsonRead(g)}
		if f.HasFigures {
			one.Actual, one.Expected, one.Difference = f.Actual.String(), f.Expected.String(), f.Difference.String()
		} else {
			one.Actual, one.Expected = f.Raw, f.Wanted
		}
		out.Evidence = append(out.Evidence, one)
	}
	return out
}

// stands is what stands at the place of a finding that is not about amounts; nil
// when nothing does.
func stands(f *reconcile.Finding) *string {
	if f.Value != nil {
		return sent(f.Value)
	}
	return orNull(f.Raw)
}

// sent is the text of a value; nil when there is none.
func sent(g *reconcile.Given) *string {
	if g.State == schema.Missing || g.State == schema.Null {
		return nil
	}
	return &g.Text
}

func jsonRead(g *reconcile.Ground) []jsonGiven {
	var all []jsonGiven
	for i := range g.Read {
		v := &g.Read[i]
		one := jsonGiven{Pointer: v.Pointer, Field: v.Field, Value: sent(v), Date: v.Elsewhen(), File: v.File}
		if !isPresent(v) {
			one.State = v.State.String()
		}
		all = append(all, one)
	}
	return all
}

// figuresBetweenFiles are the figures of a relation of which some stand in another
// file than the finding; none for others, whose formula says where they are.
func figuresBetweenFiles(e *reconcile.Evidence) []jsonGiven {
	var all []jsonGiven
	elsewhere := false
	for _, side := range [][]reconcile.Figure{e.Subject, e.Terms} {
		for i := range side {
			if s := &side[i]; s.Pointer != "" {
				all = append(all, jsonGiven{Pointer: s.Pointer, Field: s.Field, Value: &s.Raw, File: s.File})
				elsewhere = elsewhere || s.File != ""
			}
		}
	}
	if !elsewhere {
		return nil
	}
	return all
}

func text(a calc.Amount) *string {
	s := a.String()
	return &s
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
