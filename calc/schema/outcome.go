package schema

// Outcome of one check: one rule at one place. Only Broken is a discrepancy, and
// nothing holds because it could not be read.
type Outcome uint8

// The five outcomes, in the order reports count them.
const (
	Holds Outcome = iota
	WithinTolerance
	Broken
	NotApplicable
	NotEvaluable
	Outcomes // how many there are
)

var outcomeNames = [...]string{
	Holds: "holds", WithinTolerance: "within tolerance", Broken: "broken",
	NotApplicable: "not applicable", NotEvaluable: "not evaluable",
}

// String is the words for the outcome in reports.
func (o Outcome) String() string { return outcomeNames[o] }
