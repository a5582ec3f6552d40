package reconcile

import (
	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Outcome of one check: one relation in one instance. Only Broken is a
// discrepancy, and nothing holds because it could not be read.
type Outcome uint8

// The five outcomes, in the order reports count them.
const (
	Holds Outcome = iota
	WithinTolerance
	Broken
	NotApplicable
	NotEvaluable
	outcomes
)

var outcomeNames = [...]string{
	Holds: "holds", WithinTolerance: "within tolerance", Broken: "broken",
	NotApplicable: "not applicable", NotEvaluable: "not evaluable",
}

// String is the words for the outcome in reports.
func (o Outcome) String() string { return outcomeNames[o] }

// Counts of checks by outcome.
type Counts [outcomes]int

// Total of all outcomes.
func (c Counts) Total() int {
	n := 0
	for _, k := range c {
		n += k
	}
	return n
}

// Figure is one number of a relation: a figure of the document with its place,
// or a constant of the rule, which has no pointer.
type Figure struct {
	Field   string
	Pointer string
	// Raw is the text as sent, and Amount its exact value.
	Raw    string
	Amount calc.Amount
	// Coef is what the relation multiplies the figure by, mostly 1 or -1.
	Coef int64
}

// Evidence is one relation that does not hold, with its terms.
type Evidence struct {
	Rule *schema.Rule
	// Formula is the relation with its rows named, the subject first.
	Formula string
	// Field and Pointer of the subject: the figure the relation speaks of.
	Field, Pointer string
	// Actual is the subject's value, Expected what the other side gives, and
	// Difference actual - expected with its sign.
	Actual, Expected, Difference calc.Amount
	// Op tells how actual and expected should compare.
	Op formula.Op
	// Allowed is the difference that the rule's tolerance forgives.
	Allowed calc.Amount
	// Numbers is the other side in figures: 479 + 170.
	Numbers string
	// Subject and Terms are the figures of the two sides.
	Subject, Terms []Figure
	// Reading tells which reading of the law this is, from 1; 0 when the law
	// has only one.
	Reading int
}

// Class names the kind of slip that explains a wrong figure.
type Class string

// Unknown is the class of a difference that no known slip explains.
const Unknown Class = "unknown"

// Diagnosis says what kind of slip explains a finding.
type Diagnosis struct {
	Class Class
	// Text in words.
	Text string
}

// Candidate is one figure that could be the wrong one.
type Candidate struct {
	Field, Pointer   string
	Actual, Expected calc.Amount
	Class            Class
}

// Finding is one cause.
type Finding struct {
	// ID stays the same from run to run as long as source, record, rule and
	// place do; the figure's value is not part of it.
	ID       string
	Rule     *schema.Rule
	Severity schema.Severity
	Source   string
	// Record is the record's key, and KeyFrom where the key comes from.
	Record, KeyFrom string
	Place           schema.Place
	Excerpt         schema.Excerpt
	// Field as people write it: Details[1].percent.payment_sum.
	Field string
	// Raw is the figure as sent; empty when the finding speaks of a sum.
	Raw string
	// HasFigures is false for a finding that is not about amounts; the next
	// four are then without meaning.
	HasFigures                   bool
	Actual, Expected, Difference calc.Amount
	Op                           formula.Op
	// Located is true when one figure alone explains all the evidence.
	Located    bool
	Diagnosis  Diagnosis
	Candidates []Candidate
	Evidence   []Evidence
	// Text says the finding in one sentence.
	Text string
}

// Missing is a check that could not be made.
type Missing struct {
	Rule   *schema.Rule
	Source string
	Record string
	// Pointer and Field of what is missing, and Reason in words.
	Pointer, Field, Reason string
}

// Reason is why checks of a rule did not apply or could not be made.
type Reason struct {
	Outcome Outcome
	Text    string
	Count   int
}

// RuleCount is one rule of one source with the outcomes of all its checks.
type RuleCount struct {
	Source  string
	Rule    *schema.Rule
	Counts  Counts
	Reasons []Reason
}

// Input is one file that was read.
type Input struct {
	File string
	Size int64
	// SHA256 of the bytes, in hexadecimal digits.
	SHA256 string
	// Source that the file was read as; empty when nothing could be read.
	Source             string
	Documents, Records int
	// Rejected counts the documents and records that could not be read in whole.
	Rejected int
}

// Tool identifies the program and the laws it checked.
type Tool struct {
	Name, Version string
	// RuleSet is a fingerprint of all rules that took part.
	RuleSet string
}

// Result of a run.
type Result struct {
	Tool Tool
	// AsOf is the day the figures speak of, yyyy-MM-dd; empty when not given.
	AsOf string
	// Options of the run that bear on its result, as given.
	Options []string
	Inputs  []Input
	// Documents and Records read, and Figures in them. Rejected counts the
	// documents and records that could not be read in whole; they are not among
	// Documents and Records.
	Documents, Records, Figures, Rejected int
	Checks                                Counts
	Rules                                 []RuleCount
	// Findings sorted by file, place, severity, rule.
	Findings     []Finding
	Rejects      []schema.Reject
	NotEvaluable []Missing
}

// Severities counts the findings of each severity.
func (r *Result) Severities() map[schema.Severity]int {
	n := map[schema.Severity]int{}
	for i := range r.Findings {
		n[r.Findings[i].Severity]++
	}
	return n
}
