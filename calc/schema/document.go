package schema

// Document is one payload of an input: a top-level JSON value.
type Document struct {
	Input  *Input
	Source *Source
	// Offset of the document in its input.
	Offset int
	// Repairs made to the copy that was read, in the order of their places.
	Repairs []Repair
	Records []*Record
}

// Repair is one edit of tokens that made a broken document readable. No digit
// is ever touched.
type Repair struct {
	Place Place
	// Inserted and Removed text at the place; one of them may be empty.
	Inserted, Removed string
	// Reason in words.
	Reason  string
	Excerpt Excerpt
}

// Reject is something that could not be read: a document, a record or a value.
type Reject struct {
	Place   Place
	Reason  string
	Excerpt Excerpt
}

// Error is the reject as one line.
func (r *Reject) Error() string { return r.Place.File + ": " + r.Reason }
