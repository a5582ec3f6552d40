package reconcile

import (
	"cmp"
	"strings"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// Outcome of one check; see schema.Outcome.
type Outcome = schema.Outcome

// The five outcomes.
const (
	Holds           = schema.Holds
	WithinTolerance = schema.WithinTolerance
	Broken          = schema.Broken
	NotApplicable   = schema.NotApplicable
	NotEvaluable    = schema.NotEvaluable
)

// Counts of checks by outcome.
type Counts [schema.Outcomes]int

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
	// File of the figure, when it is not that of the finding.
	File string
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
	// File of the subject, when it is not that of the finding.
	File string
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
	// Explained lists the events that explain the difference or a part of it, and
	// Residue is what they leave of it; zero when there are none.
	Explained []Explained
	Residue   calc.Amount
	// Reading tells which reading of the law this is, from 1; 0 when the law
	// has only one.
	Reading int
}

// Class names the kind of slip that explains a wrong figure; package locate
// lists the classes.
type Class = locate.Class

// Unknown is the class of a difference that no known slip explains.
const Unknown = locate.Unknown

// Diagnosis says what kind of slip explains a finding.
type Diagnosis struct {
	Class Class
	// Reason is the slip without its figures; empty where none is named.
	Reason string
	// Text in words.
	Text string
}

// Candidate is a figure that could be the wrong one, or one of several that
// could be wrong together.
type Candidate struct {
	// Set numbers the explanations from 1; candidates of one set are wrong
	// together. Rank is 1 for the likeliest; sets of one rank are equally good.
	Set, Rank      int
	Field, Pointer string
	// Source and File of the figure, when they are not those of the finding.
	Source, File     string
	Actual, Expected calc.Amount
	Class            Class
	// Reason says in words what may have happened, and Text says it with the
	// figures.
	Reason, Text string
}

// Ground is one rule that is a function and is broken: why a finding is one that
// figures do not show.
type Ground struct {
	Rule *schema.Rule
	// Reason in a clause.
	Reason string
	// Read lists what the rule has read.
	Read []Given
}

// Given is a value of a document as it was sent.
type Given struct {
	Field, Pointer string
	// File of the value, when it is not that of the finding.
	File string
	// State tells whether there is one, and Text is it.
	State schema.State
	Text  string
	// Date that the text names, as a day of the Gregorian calendar; zero when it
	// names none.
	Date date.Date
}

// Elsewhen is the day of the Gregorian calendar that a text of another calendar
// names; empty when the text names none, or says it itself.
func (g *Given) Elsewhen() string { return elsewhen(g.Text, g.Date) }

// Elsewhen is that of a value of a record.
func (v *TableValue) Elsewhen() string { return elsewhen(v.Value.Text, v.Value.Date) }

func elsewhen(text string, d date.Date) string {
	if d.IsZero() || text == d.String() {
		return ""
	}
	return d.String()
}

// Finding is one cause.
type Finding struct {
	// ID stays the same from run to run as long as source, record, rule, place and
	// relation do; the figure's value is not part of it. A second finding of the
	// same, as when a record is read twice, has a number behind it.
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
	// Raw is the value as sent; empty when the finding speaks of a sum or a row.
	Raw string
	// Unit of the amounts: a currency, "%" or empty.
	Unit string
	// HasFigures is false for a finding that is not about amounts; the next
	// four are then without meaning.
	HasFigures                   bool
	Actual, Expected, Difference calc.Amount
	Op                           formula.Op
	// Wanted is the text that should stand where Raw does, in a finding that is not
	// about amounts; empty when that is not one text. WantedDate is the day that it
	// names, zero when it names none.
	Wanted     string
	WantedDate date.Date
	// Value is what stands at the place, in a finding of a rule that is a function;
	// nil when it speaks of a row or a record.
	Value *Given
	// Located is true when one figure alone explains all the evidence.
	Located    bool
	Diagnosis  Diagnosis
	Candidates []Candidate
	Evidence   []Evidence
	// Explained lists the events that explain differences of the evidence. Residue
	// is what they leave of the first that they explain; IsExplained tells that they
	// explain all: then no figure is accused, and the severity is info.
	Explained   []Explained
	Residue     calc.Amount
	IsExplained bool
	// Grounds of a finding that is not about amounts, and of one that is beside its
	// evidence.
	Grounds []Ground
	// Array says what is wrong with the array of rows at the place; empty where the
	// finding is not about one.
	Array string
	// Text says the finding in one sentence.
	Text string
	// Pattern is the systemic cause that the finding is a case of; empty for none.
	Pattern string
	// input is the number of the input that it is of, and turn when it was concluded;
	// identity is its id, and shared the number of the cause that it may share with
	// others. 0 for none.
	input    int
	turn     turn
	identity uint64
	shared   int
	home     *schema.Record // that the place is in
	// full severity of its rules, where that of a surplus is milder.
	full schema.Severity
	// absorbed is true when another finding tells this one's evidence.
	absorbed bool
	// Snapshot is the record as the document has it, shared by the findings of
	// the record; nil for a finding without a record, and for records after the
	// first MaxSnapshots that have findings.
	Snapshot *Snapshot
}

// MaxSnapshots bounds the records with findings that a run keeps whole, and
// MaxSnapshotValues the values in them.
const (
	MaxSnapshots      = 200
	MaxSnapshotValues = 200_000
)

// Snapshot is a record as its document has it, for showing a wrong figure among
// its neighbours.
type Snapshot struct {
	Source, Record, File string
	// Tables: the record's own fields, then the rows of each array, in the
	// order described. The first has one row.
	Tables []Table
	// gaveWay tells that another has its room; findings go without it.
	gaveWay bool
}

// Table is the record itself or the rows of one array of it.
type Table struct {
	// Name of the array as people write it; empty for the record itself.
	Name    string
	Columns []string
	Rows    []TableRow
}

// TableRow is one row with its values by column.
type TableRow struct {
	// Name as people write it: Details[1]; empty for the record itself.
	Name string
	// Pointer by which a finding speaks of the row.
	Pointer string
	Values  []TableValue
}

// TableValue is one value as sent.
type TableValue struct {
	// Pointer by which a finding or candidate speaks of the value.
	Pointer string
	Value   schema.Value
	// Figure is true for the kinds that formulas add, and Count for those of them that
	// are no amounts: numbers of things, moments, days.
	Figure, Count bool
}

// Pattern is an explanation that several records share: a systemic cause.
type Pattern struct {
	Source string
	Rule   *schema.Rule
	// Field without row numbers, and Class of the slip.
	Field string
	Class Class
	// Text says it in words: "penalty left out of total_balance".
	Text string
	// Records and Findings that it explains.
	Records, Findings int
}

// Missing is a check that could not be made.
type Missing struct {
	turn   turn // at which it is checked
	number int  // in the order of checking, within the turn at least
	Rule   *schema.Rule
	Source string
	Record string
	// Pointer and Field of what is missing, and Reason in words.
	Pointer, Field, Reason string
	// Implied is the value that the other figures demand; nil when they leave
	// it open.
	Implied *calc.Amount
}

// Unmatched is a record for which no record of another source was found that it
// should be joined with.
type Unmatched struct {
	Source, Record, File string
	// Lacks names the sources of which no record of that key was read.
	Lacks []string
	// Reason in words where it is not simply that there is none: two of one key.
	Reason string
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

// Input is one file that was read, or one answer of a capture.
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
	// Data names the tables that they decide by, each with its fingerprint.
	Data []string
}

// Result of a run.
type Result struct {
	Tool Tool
	// AsOf is the day the figures speak of, yyyy-MM-dd: the one given, or the one on
	// which all answers of a capture came; empty when there is no such day.
	AsOf string
	// Incomplete tells that the run was interrupted: there is more in the inputs.
	Incomplete bool
	// Options of the run that bear on its result, as given.
	Options []string
	Inputs  []Input
	// Documents and Records read, and Figures in them. Rejected counts the
	// documents and records that could not be read in whole; they are not among
	// Documents and Records.
	Documents, Records, Figures, Rejected int
	// Partial counts the rejected records that were checked as far as they could
	// be read.
	Partial int
	// Replaced counts the answers of captures that were not read because a later
	// answer to the same question was.
	Replaced int
	Checks   Counts
	Rules    []RuleCount
	// Patterns are explanations shared by several records, the commonest first.
	Patterns     []Pattern
	Findings     Findings
	Rejects      Store[schema.Reject]
	NotEvaluable Store[Missing]
	// Joined counts the records that were checked against records of other
	// documents, and Unmatched lists those for which there was none.
	Joined    int
	Unmatched Store[Unmatched]
	// UnusedEvents are the events stated by the user that explain nothing.
	UnusedEvents []UnusedEvent
	// MaxFindings bounds the findings that reports write out, 0 for no bound. All of
	// them are counted.
	MaxFindings int

	files *spills // that the stores are kept in
	days  daysOf
	// snapshots in the order in which they were made; cut tells that there was no room
	// for more.
	snapshots []*Snapshot
	cut       bool
}

// daysOf are the days that the records of a run speak of.
type daysOf struct {
	// given day, or the one of the records if they do not name several.
	given, day        date.Date
	examined, several bool
}

// asOf is the one day; empty when there is none.
func (d *daysOf) asOf() string {
	switch {
	case !d.given.IsZero():
		return d.given.String()
	case d.several:
		return ""
	}
	return d.day.String()
}

// newResult is a result whose stores are kept in files when they are large.
func newResult() Result {
	r := Result{files: &spills{}}
	c := &coder{}
	c.tables.snapshots.number(nil)
	r.Findings.storing = &storing[Finding]{r.files, c, codeFinding, findingOrder, keptInMemory}
	r.Rejects.storing = &storing[schema.Reject]{r.files, c, codeReject, nil, keptInMemory}
	r.NotEvaluable.storing = &storing[Missing]{r.files, c, codeMissing, missingOrder, keptInMemory}
	r.Unmatched.storing = &storing[Unmatched]{r.files, c, codeUnmatched, unmatchedOrder, keptInMemory}
	return r
}

// missingOrder is the order of checking, also for records that wait to be joined.
func missingOrder(a, b *Missing) int {
	return cmp.Or(a.turn.compare(b.turn), cmp.Compare(a.number, b.number))
}

func unmatchedOrder(a, b *Unmatched) int {
	return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Record, b.Record), strings.Compare(a.File, b.File))
}

// Err is why the result is not whole: what it lists could not be kept or read.
func (r *Result) Err() error {
	return cmp.Or(r.Findings.Err(), r.Rejects.Err(), r.NotEvaluable.Err(), r.Unmatched.Err())
}

// Close removes the temporary files of a large result, which cannot be read any more.
func (r *Result) Close() error {
	if r.files == nil {
		return nil
	}
	return r.files.Close()
}

// Severities counts the findings of each severity.
func (r *Result) Severities() map[schema.Severity]int {
	n := map[schema.Severity]int{}
	for severity, k := range r.Findings.severities {
		if k > 0 {
			n[schema.Severity(severity)] = k
		}
	}
	return n
}
