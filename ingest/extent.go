package ingest

import (
	"bytes"
	"strings"
)

const byteOrderMark = "\ufeff"

// HeadSize is how much of an input tells how its documents stand in it.
const HeadSize = 1 << 20

// Custom is how documents stand in an input, by the looks of its first lines.
type Custom struct {
	perLine  bool // one document a line
	indented bool // the first document is
}

// CustomOf an input, by its text or the first HeadSize bytes of it.
func CustomOf(text []byte) Custom {
	text = text[:min(len(text), HeadSize)]
	first := endOfLine(text, skip(text, 0, blanks))
	return Custom{perLine: onePerLine(text), indented: indentedBelow(text, first)}
}

// onePerLine tells whether a text holds one document a line, by the first of
// its lines: at least half of them stand by themselves, and most open something.
func onePerLine(text []byte) bool {
	const sample = 200
	lines, alone, others := 0, 0, 0
	openArray := false // the first line opens an array and does not close it
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte(byteOrderMark))) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if lines++; lines > sample {
			break
		}
		trimmed := bytes.TrimSpace(line)
		first, last := line[0], trimmed[len(trimmed)-1]
		if lines == 1 && first == '[' && last != ']' {
			openArray = true
			continue
		}
		if (first == '[' || first == '{' && !openArray) && strings.IndexByte("{[,:", last) < 0 {
			alone++
		} else if first != '{' && first != '[' {
			others++
		}
	}
	return lines > 1 && alone*2 >= lines && others*2 < lines
}

// extents tells how far the documents of a text reach that are not JSON.
type extents struct {
	text    []byte
	custom  Custom
	lineEnd int // of the line looked at last
}

// bound is the offset that a document beginning at another one cannot reach
// over, by the looks of the lines: the next line that opens a document where
// documents are indented, the end of its line in a text of one document a line.
// Where the lines do not tell, it is the end of the text. Where they do, and it is the
// end of the text all the same, a longer text may tell more.
func (e *extents) bound(from int) (end int, told bool) {
	if e.lineEnd <= from {
		e.lineEnd = endOfLine(e.text, from)
	}
	starts := atLineStart(e.text, from) && e.lineEnd-from <= longestIndented
	switch {
	case starts && (e.custom.indented || indentedBelow(e.text, e.lineEnd)):
		return nextOpeningLine(e.text, e.lineEnd), true
	case e.custom.perLine:
		return e.lineEnd, true
	}
	return len(e.text), starts && skip(e.text, e.lineEnd, "\r\n") == len(e.text)
}

// longestIndented is the longest first line of a document that is indented below it.
const longestIndented = HeadSize

// indentedBelow tells whether the line below one that ends at an offset is indented.
func indentedBelow(text []byte, lineEnd int) bool {
	below := skip(text, lineEnd, "\r\n")
	return below < len(text) && (text[below] == ' ' || text[below] == '\t')
}

func atLineStart(text []byte, at int) bool { return at == 0 || text[at-1] == '\n' }

// endOfLine is the offset of the line feed that ends a line, or of the text's end.
func endOfLine(text []byte, at int) int {
	if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// nextOpeningLine is where the next line begins that has a bracket in its first
// column, or the end of the text.
func nextOpeningLine(text []byte, at int) int {
	for at = endOfLine(text, at); at < len(text); at = endOfLine(text, at) {
		if at++; at < len(text) && (text[at] == '{' || text[at] == '[') {
			return at
		}
	}
	return len(text)
}

// resume finds where reading goes on after a document that is not JSON: behind
// the bracket that closes it, and no later than its bound. What stands between
// there and the next document is lost with it: commas and brackets that belong
// to none, else the rest of the line.
func resume(text []byte, from, fault, bound int) int {
	text = text[:bound]
	at, closed := from, true
	start := from
	if bytes.HasPrefix(text[from:], []byte(byteOrderMark)) {
		start += len(byteOrderMark)
	}
	if scan(text, start).opens() {
		at, closed = endOfDocument(text, start, fault)
	}
	if !closed {
		return bound
	}
	at = skip(text, at, blanks+",:}]")
	if at == bound || scan(text, at).opens() {
		return at
	}
	return nextOpeningLine(text, at)
}

// endOfDocument finds the end of a document that is not JSON by its brackets, or
// where a line opens another. A bracket closes all that was opened inside it.
func endOfDocument(text []byte, from, fault int) (end int, closed bool) {
	var open []byte
	var before token
	for at := from; ; {
		t := scan(text, at)
		switch {
		case t.kind == 0:
			return len(text), false
		case t.opens() && atLineStart(text, t.from) && begins(text, open, before, t.from, fault):
			return t.from, true
		case t.opens():
			open = append(open, t.kind)
		case t.closes():
			if n := bytes.LastIndexByte(open, t.opener()); n >= 0 {
				open = open[:n]
			}
		}
		if len(open) == 0 {
			return t.to, true
		}
		at, before = t.to, t
	}
}

// begins tells whether a line that opens something begins another document: at
// the fault, where an object would go on with a key, and behind the fault, after
// a line that only closes.
func begins(text, open []byte, before token, at, fault int) bool {
	if at == fault {
		return len(open) > 0 && open[len(open)-1] == '{' && before.kind != ':'
	}
	return at > fault && before.closes() && onlyCloses(text, before.to)
}

// onlyCloses tells whether a line has closing brackets from its first column up
// to an offset, and nothing else.
func onlyCloses(text []byte, to int) bool {
	at := to
	for at > 0 && (text[at-1] == '}' || text[at-1] == ']') {
		at--
	}
	return at < to && atLineStart(text, at)
}
