package ingest

import (
	"bytes"
	"strings"
)

// slip is a fault of tokens that documents in the wild have.
type slip uint8

const (
	noSlip        slip = iota
	missingComma       // a value follows a value
	trailingComma      // a comma with nothing after it
	strayMember        // a key inside an array
	byteOrderMark      // U+FEFF before the document
	ellipsis           // three dots of a template
)

var slipReasons = [...]string{
	missingComma:  "a comma is missing before this",
	trailingComma: "a comma with nothing after it",
	strayMember:   "a key inside an array: its object is missing",
	byteOrderMark: "a byte-order mark before the document; JSON has none",
	ellipsis:      "an ellipsis, as in a template, is not JSON",
}

// slipAt names the slip at the place where the decoder gave up.
func slipAt(text []byte, offset int) slip {
	if offset >= len(text) {
		return noSlip
	}
	rest, before := text[offset:], bytes.TrimRight(text[:offset], blanks)
	switch c := rest[0]; {
	case bytes.HasPrefix(rest, []byte("\ufeff")):
		return byteOrderMark
	case bytes.HasPrefix(rest, []byte("...")), bytes.HasPrefix(rest, []byte("…")):
		return ellipsis
	case c == ',':
		if after := bytes.TrimLeft(rest[1:], blanks); len(after) > 0 && (after[0] == '}' || after[0] == ']') {
			return trailingComma
		}
	case c == ':' && len(before) > 0 && before[len(before)-1] == '"':
		return strayMember
	case startsValue(c) && len(before) > 0 && endsValue(before[len(before)-1]):
		return missingComma
	}
	return noSlip
}

const blanks = " \t\r\n"

func startsValue(c byte) bool { return strings.IndexByte(`"{[-0123456789tfn`, c) >= 0 }

// endsValue tells bytes that end a value; letters end true, false and null.
func endsValue(c byte) bool { return strings.IndexByte(`"}]0123456789el`, c) >= 0 }

// nextDocument finds where reading goes on after a document that is not JSON:
// at the next line when the text holds one document a line, else where a line
// opens a document after a line that closed one. It is the end of the text when
// there is no such place.
func nextDocument(text []byte, failed int) int {
	perLine := onePerLine(text)
	closed := false
	for at := failed; ; {
		line, rest, more := bytes.Cut(text[at:], []byte("\n"))
		if !more {
			return len(text)
		}
		closed = len(line) > 0 && len(bytes.Trim(line, "}] \t\r")) == 0 && line[0] != ' ' && line[0] != '\t' ||
			closed && len(bytes.TrimSpace(line)) == 0
		at = len(text) - len(rest)
		if perLine || closed && len(rest) > 0 && (rest[0] == '{' || rest[0] == '[') {
			return at
		}
	}
}

// onePerLine tells whether a text holds one document a line, by the first of
// its lines: most open and close a value.
func onePerLine(text []byte) bool {
	const sample = 200
	lines, whole := 0, 0
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if lines++; lines > sample {
			break
		}
		if opens, closes := line[0], line[len(line)-1]; (opens == '{' || opens == '[') && (closes == '}' || closes == ']') {
			whole++
		}
	}
	return lines > 1 && whole*2 > lines
}
