package schema

import "tieout/calc"

// Severity says how bad a broken rule is. The order is that of badness.
type Severity uint8

// The severities. Nothing but these meanings decides between them.
const (
	// Info: a plausibility that does not hold.
	Info Severity = iota + 1
	// Warning: a rule that has exceptions, or a statement in prose, is broken.
	Warning
	// Error: two figures of one document cannot both be right.
	Error
)

var severityNames = [...]string{Info: "info", Warning: "warning", Error: "error"}

// String is the word for the severity in reports.
func (s Severity) String() string { return severityNames[s] }

// SeverityNames lists the words that ParseSeverity knows, the mildest first.
func SeverityNames() []string { return severityNames[1:] }

// ParseSeverity finds the severity of a word.
func ParseSeverity(word string) (Severity, bool) {
	for s, name := range severityNames {
		if name == word && name != "" {
			return Severity(s), true
		}
	}
	return 0, false
}

// Basis says what a rule rests on.
type Basis uint8

// The bases of rules.
const (
	// Stated: the API document says so.
	Stated Basis = iota + 1
	// Inferred: derived from the meanings of the fields or from samples.
	Inferred
	// ByLaw: a statute says so.
	ByLaw
)

var basisNames = [...]string{Stated: "stated", Inferred: "inferred", ByLaw: "law"}

// String is the word for the basis in reports.
func (b Basis) String() string { return basisNames[b] }

// BasisNames lists the words that ParseBasis knows.
func BasisNames() []string { return basisNames[1:] }

// ParseBasis finds the basis of a word.
func ParseBasis(word string) (Basis, bool) {
	for b, name := range basisNames {
		if name == word && name != "" {
			return Basis(b), true
		}
	}
	return 0, false
}

// Tolerance is the largest difference that a relation forgives, inclusive. The
// zero value forgives nothing, which is right for sums of printed figures.
type Tolerance struct {
	// Relation is forgiven once in each relation.
	Relation calc.Amount
	// Figure is forgiven once for each figure that the relation reads: half a
	// unit for each rounded term of a long sum.
	Figure calc.Amount
}

// Allowed is the largest difference forgiven in a relation of n figures.
func (t Tolerance) Allowed(figures int) calc.Amount {
	return t.Relation.Plus(t.Figure.Times(int64(figures)))
}

// IsZero tells whether nothing is forgiven.
func (t Tolerance) IsZero() bool { return t.Relation.Sign() == 0 && t.Figure.Sign() == 0 }

// Clause is a formula of a law with a severity of its own.
type Clause struct {
	Formula  string
	Severity Severity
}

// Data is a table that rules decide by: another table is another law.
type Data struct {
	Name string
	// Digest of the table; the same for the same table only.
	Digest func() string
}

// Rule is one law that the figures of a record obey.
type Rule struct {
	// ID is the rule's public name, two letters and a number (AC-01) in the
	// built-in sources. It is never given to another rule.
	ID string
	// Replaces is the id of a law for all sources that this one takes the place of,
	// by itself or with others of its source; empty for none.
	Replaces string
	// Title is the broken condition in a few words, without a full stop.
	Title string
	// Cites the document and the place in it that the rule comes from.
	Cites string
	Basis Basis
	// Formula is the law in the notation of package formula; empty for a law about
	// dates, statuses or identifiers, which is Check. A law can have both.
	Formula string
	// Clauses are formulas of the law that weigh less or more than the first.
	Clauses []Clause
	// Law says in a sentence what Check demands, in the names of the API document.
	Law string
	// Each lists where Check is made: in every row of an array, or of a field, by
	// its dotted name; "" is the record. Empty means once for each record.
	Each []string
	// Reads lists the dotted names of the fields that Check may read, and Beside
	// those of the context.
	Reads, Beside []string
	// Compares lists the fields of the record itself in which Check compares it with the
	// others of its payload, and Namesakes tells that it compares their names: see
	// Case.Earlier and Case.Namesake.
	Compares  []string
	Namesakes bool
	// Asks lists the parameters of the request that Check compares with the answer.
	Asks []string
	// ReadsKinds tells that Check reads all fields of these kinds.
	ReadsKinds []Kind
	// Data are the tables of the program that Check decides by.
	Data []Data
	// Check says what is wrong, or why the law does not apply.
	Check func(*Case)
	// Severity of a broken relation, and Surplus, when not zero, the severity
	// instead when the figure is larger than the law has it, and shows no slip.
	Severity, Surplus Severity
	Tolerance         Tolerance
	// Adjustments are the events that may legitimately break the relations of the
	// formulas.
	Adjustments []Adjustment
	// Always tells that the law is checked also of a record in which the upstream
	// says that there is nothing to tell.
	Always bool
	// OncePerRecord gathers all broken relations of a record into one finding,
	// for figures that a document as a whole gets wrong or never fills.
	OncePerRecord bool
	// Why says in a sentence or two why the relation must hold.
	Why string
}
