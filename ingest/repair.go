package ingest

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"tieout/calc/schema"
)

// maxRepairs bounds the edits made to one document; a text that needs more is
// not a document with slips in it.
const maxRepairs = 1000

// The slips of tokens that documents in the wild have, as a reject tells them.
const (
	missingComma  = "a comma is missing before this"
	trailingComma = "a comma with nothing after it"
	strayMember   = "a key inside an array: its object is missing"
	markInFront   = "a byte-order mark before the document; JSON has none"
	ellipsis      = "an ellipsis, as in a template, is not JSON"
	markup        = "this is HTML or XML, not JSON"
	utf16         = "this is UTF-16 text; JSON is UTF-8"
	leadingZero   = "a number does not begin with a zero that other digits follow"
)

// slip is a slip of tokens in a document.
type slip struct {
	fault  int // where strict reading gives up because of it
	reason string
}

// mender goes through the tokens of a document that is not JSON and notes its
// slips and the edits that mend them: a missing comma put in, a trailing one
// taken out, members that stand inside an array brought back into the object
// they belong to. It knows no more of JSON than that; whether the mended text is
// JSON is for the strict reader to say.
type mender struct {
	text    []byte
	sources []*schema.Layout
	open    []byte // the brackets that are open
	wrapped bool   // the outermost array was turned into a member of an object
	key     bool   // the last token is the key of a member
	start   int    // the bracket that opens the document
	last    token  // the token before
	reached int    // the end of what was looked at
	slips   []slip
	edits   []edit
}

// mend notes the slips of the document that begins at an offset, the first of
// them at its fault. It tells where the document ends, and whether the edits
// reach that far.
func (m *mender) mend(from, fault int) (end int, ok bool) {
	if rest, has := bytes.CutPrefix(m.text[from:], []byte(byteOrderMark)); has {
		m.edit(from, markInFront, edit{from, len(byteOrderMark), "", "byte-order mark removed"})
		from = len(m.text) - len(rest)
	}
	m.start = skip(m.text, from, blanks)
	for at := m.start; len(m.edits) <= maxRepairs; {
		t := m.scan(at)
		if !m.token(t) || t.from > fault && len(m.slips) == 0 {
			return 0, false
		}
		if len(m.open) == 0 {
			return t.to, true
		}
		at, m.last = t.to, t
	}
	return 0, false
}

// scan cuts the token that comes next, and notes that it was looked at.
func (m *mender) scan(at int) token {
	t := scan(m.text, at)
	m.reached = max(m.reached, t.to)
	return t
}

func (m *mender) edit(fault int, reason string, e ...edit) {
	m.slips = append(m.slips, slip{fault, reason})
	m.edits = append(m.edits, e...)
}

// token goes over one token; it is false where no edit helps.
func (m *mender) token(t token) bool {
	wasKey := m.key
	m.key = false
	switch {
	case t.begins():
		return !wasKey && m.value(t)
	case t.closes():
		return !wasKey && m.closing(t)
	case t.kind == ',':
		return !wasKey && m.last.ends()
	case t.kind == ':' && m.inArray() && m.last.kind == '"':
		m.slips = append(m.slips, slip{t.from, strayMember})
		return false
	}
	return t.kind == ':' && wasKey
}

func (m *mender) inArray() bool { return len(m.open) > 0 && m.open[len(m.open)-1] == '[' }

// value goes over a token that begins a value or a member.
func (m *mender) value(t token) bool {
	named := t.kind == '"' && m.scan(t.to).kind == ':'
	switch {
	case len(m.open) == 0 && !t.opens():
		return false
	case named && m.inArray():
		return m.stray(t)
	case m.last.ends():
		if !m.comma(t, named) {
			return false
		}
		m.key = named
	case m.last.kind == ',' || m.last.kind == '{':
		m.key = len(m.open) > 0 && !m.inArray()
	}
	if t.opens() {
		m.open = append(m.open, t.kind)
	}
	return len(m.open) <= MaxDepth
}

// comma puts a comma before a token. In an object that is safe before a member.
// In an array two numbers may be one number that a blank cut in two, and two
// strings without a blank one string with a quote in it; those are left alone.
func (m *mender) comma(t token, named bool) bool {
	brackets := m.last.closes() && t.opens()
	scalars := m.last.kind == '0' && t.kind == '0'
	if m.inArray() && !brackets && (scalars || m.last.to == t.from) || !m.inArray() && !named {
		return false
	}
	m.edit(t.from, missingComma, edit{m.last.to, 0, ",", "missing comma inserted"})
	return true
}

// closing goes over a bracket that closes, and takes out a comma before it.
func (m *mender) closing(t token) bool {
	opener := t.opener()
	if m.wrapped && len(m.open) == 1 && opener == '[' {
		opener = '{'
		m.edits = append(m.edits, edit{t.from, 1, "}", "end of the array turned into the end of the object"})
	}
	if len(m.open) == 0 || m.open[len(m.open)-1] != opener || m.last.kind == ':' {
		return false
	}
	if m.last.kind == ',' {
		m.edit(m.last.from, trailingComma, edit{m.last.from, 1, "", "trailing comma removed"})
	}
	m.open = m.open[:len(m.open)-1]
	return true
}

// stray turns [record, …, "name": value] into {"records": [record, …], "name":
// value} when a source describes such a member beside its records.
func (m *mender) stray(name token) bool {
	colon := m.scan(name.to)
	m.slips = append(m.slips, slip{colon.from, strayMember})
	records := m.recordsBeside(m.text[name.from:name.to])
	at, closing := m.last.from, "]"
	if m.last.ends() { // the comma before the member is missing too
		m.slips[len(m.slips)-1] = slip{name.from, missingComma}
		at, closing = m.last.to, "],"
	}
	if records == "" || len(m.open) != 1 || m.last.kind == '[' {
		return false
	}
	m.wrapped, m.key, m.open[0] = true, true, '{'
	quoted, err := jsontext.AppendQuote(nil, records)
	m.edits = append(m.edits,
		edit{m.start, 0, "{" + string(quoted) + ": ", "object opened around the array of records"},
		edit{at, 0, closing, "array of records closed before the member that is not one"},
	)
	return err == nil
}

// recordsBeside is the one name under which the sources put their records beside
// a member; empty when no source has such a member, or when they differ.
func (m *mender) recordsBeside(quoted []byte) string {
	member, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		return ""
	}
	records := ""
	for _, l := range m.sources {
		beside := func(f schema.Field) bool { return f.Name == string(member) }
		if len(l.Source.Records) == 0 || !slices.ContainsFunc(l.Source.Context, beside) {
			continue
		}
		path := l.Source.Records[0]
		if path == "" || strings.Contains(path, ".") || records != "" && records != path {
			return ""
		}
		records = path
	}
	return records
}
