// Package schema is the vocabulary in which reading and checking meet: what a
// document of an upstream API looks like (Source, Field), how its fields are
// numbered (Layout), one decoded record with the place of every value
// (Document, Record, Value), and the law that figures obey (Rule).
//
// A source is data. The core knows no bank: the built-in APIs and a user's own
// API are the same kind of description.
package schema

// Kind says what a field's value means and which JSON forms it may have.
type Kind uint8

// The kinds of fields.
const (
	// Money is an amount in the field's unit: a JSON number in any notation, or
	// a string that holds one.
	Money Kind = iota + 1
	// Rate is a percentage, in the same forms as Money.
	Rate
	// Count is a whole number, in the same forms as Money.
	Count
	// Date is a civil date in a string, yyyy-MM-dd. A string that is none is read
	// all the same; rules tell it.
	Date
	// JalaliDate is a date of the Iranian calendar in a string, yyyyMMdd or with
	// strokes, read as Date is.
	JalaliDate
	// Code is a word of a list or an identifier: a string or a number.
	Code
	// Text is free text in a string.
	Text
	// Flag is true or false.
	Flag
	// Object groups the fields of a nested object.
	Object
	// Rows is an array of objects, the child rows of the record.
	Rows
	// List is an array of plain values. Each is a row of one field, whose name is
	// the description's own.
	List
	// Entries is an object with members of any name, each an object: a row. The
	// first field of the row is the member's name; its own name is the
	// description's.
	Entries
)

var kindNames = [...]string{
	Money: "money", Rate: "rate", Count: "count", Date: "date", JalaliDate: "jalali",
	Code: "code", Text: "text", Flag: "flag", Object: "object", Rows: "rows", List: "list", Entries: "entries",
}

// String is the word for the kind in descriptions and messages.
func (k Kind) String() string { return kindNames[k] }

// KindNames lists the words that ParseKind knows, in order.
func KindNames() []string { return kindNames[1:] }

// ParseKind finds the kind of a word.
func ParseKind(word string) (Kind, bool) {
	for k, name := range kindNames {
		if name == word && name != "" {
			return Kind(k), true
		}
	}
	return 0, false
}

// HasRows tells whether fields of the kind hold rows.
func (k Kind) HasRows() bool { return k == Rows || k == List || k == Entries }

// Nests tells whether fields of the kind hold other fields.
func (k Kind) Nests() bool { return k == Object || k.HasRows() }

// IsDate tells whether fields of the kind hold dates.
func (k Kind) IsDate() bool { return k == Date || k == JalaliDate }

// IsText tells whether a field holds a text: also one that is looked up, or read as a
// date.
func (k Kind) IsText() bool { return k == Text || k == Code || k.IsDate() }

// IsNumber tells whether fields of the kind hold figures that formulas add.
func (k Kind) IsNumber() bool { return k == Money || k == Rate || k == Count }

// Presence says what it means when a field is not there.
type Presence uint8

// The presences of fields.
const (
	// Required fields are always sent; without one a rule is not evaluable.
	Required Presence = iota
	// Optional fields may be missing, null or ""; a rule about one is then not
	// applicable.
	Optional
	// EmptyIsNone fields are always sent, and "" says that there is no value.
	EmptyIsNone
)

var presenceNames = [...]string{Required: "required", Optional: "optional", EmptyIsNone: "empty-is-none"}

// String is the word for the presence in descriptions and messages.
func (p Presence) String() string { return presenceNames[p] }

// PresenceNames lists the words that ParsePresence knows, in order.
func PresenceNames() []string { return presenceNames[:] }

// ParsePresence finds the presence of a word.
func ParsePresence(word string) (Presence, bool) {
	for p, name := range presenceNames {
		if name == word {
			return Presence(p), true
		}
	}
	return 0, false
}

// Field describes one member of a record, of an object or of a row.
type Field struct {
	// Name is the JSON member name, verbatim.
	Name string
	Kind Kind
	// Unit of a figure: a currency code (RUB, IRR), "%" or empty. Formulas do
	// not add figures of different units.
	Unit     string
	Presence Presence
	// None is a text that says, as "" does, that there is no value: "0" for a
	// date. Empty when there is no such text.
	None string
	// Lasting figures seldom change from one snapshot to the next: limits, sums of
	// contracts. One that is the same in both is the less likely to be wrong.
	Lasting bool
	// Fixed figures are known to be right and never suspected; of two suspects
	// alike in all else, the one of lower Weight is the likelier (0 counts as 1).
	Fixed  bool
	Weight int
	// Meaning is one line in the field's standard terms, for people.
	Meaning string
	// Fields of an object or of each row.
	Fields []Field
}

// Answer recognises a kind of answer by one value of the document.
type Answer struct {
	// Path of the deciding value from the document's root, dotted.
	Path string
	// Is lists the texts of the value that decide; any one of them does.
	Is []string
	// IsNot lists the texts that the value has in an answer with records: any
	// other text decides, in a document in which no records are found.
	IsNot []string
	// Tell lists the paths of the values that tell the user what happened.
	Tell []string
}

// Source describes one document kind of one upstream API.
type Source struct {
	// Name identifies the source: publisher and document, dotted, lower-case.
	Name string
	// Title says in one line what the document is.
	Title string
	// Publisher of the API, and Document, the name of its API document.
	Publisher, Document string
	// Records lists the dotted paths at which a document may carry its records,
	// in the order tried; "" is the document itself. What stands there is one
	// record (an object) or several (an array of objects).
	Records []string
	// EmptyMeansNone is true when an empty array for the whole document is an
	// answer of this API that says "no records".
	EmptyMeansNone bool
	// Currency names the field of the record that holds the currency of amounts
	// whose fields have no unit; empty when there is none.
	Currency string
	// NotNegative is true when amounts of money are never below zero in this
	// source: a wrong figure is then not looked for beyond zero.
	NotNegative bool
	// Decimals is the most digits after the decimal point that an amount of money
	// may have; nil when the source says nothing of it.
	Decimals *int32
	// Keys lists the ways to name a record: each is a list of fields, joined by
	// "/"; the first whose fields all have a value is taken. A field of the rows of
	// an array (invoices.dealer) has one when all rows have the same.
	Keys [][]string
	// Failed recognises answers that say that the call failed.
	Failed []Answer
	// Nothing recognises answers that say that there is nothing to tell.
	Nothing []Answer
	// Context lists members that stand beside the records in a payload, for rules
	// that compare records with them.
	Context []Field
	// Country whose calendar of working days the dates of the source follow, by its
	// two-letter code (ISO 3166-1); empty for none.
	Country string
	// Fields of one record.
	Fields []Field
}
