package ingest

import "strings"

// token is a piece of a text that may not be JSON.
type token struct {
	// kind is the bracket, comma or colon itself, '"' for a string, '0' for any
	// other run of characters, and 0 for the end of the text.
	kind     byte
	from, to int
}

const blanks = " \t\r\n"

// scan cuts the token that comes next. Every text has tokens: a string that is
// not closed ends with its line, and what is no token of JSON is a run of
// characters up to the next blank, quote, bracket, comma or colon.
func scan(text []byte, at int) token {
	at = skip(text, at, blanks)
	if at == len(text) {
		return token{0, at, at}
	}
	switch c := text[at]; c {
	case '{', '}', '[', ']', ',', ':':
		return token{c, at, at + 1}
	case '"':
		return token{'"', at, endOfString(text, at)}
	}
	to := at + 1
	for to < len(text) && strings.IndexByte(blanks+`{}[],:"`, text[to]) < 0 {
		to++
	}
	return token{'0', at, to}
}

// skip goes on from an offset over bytes of a set.
func skip(text []byte, at int, set string) int {
	for at < len(text) && strings.IndexByte(set, text[at]) >= 0 {
		at++
	}
	return at
}

func endOfString(text []byte, quote int) int {
	for at := quote + 1; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		case '\n':
			return at
		}
	}
	return len(text)
}

func (t token) opens() bool  { return t.kind == '{' || t.kind == '[' }
func (t token) closes() bool { return t.kind == '}' || t.kind == ']' }

// begins and ends tell the tokens with which a value can begin and end.
func (t token) begins() bool { return t.opens() || t.kind == '"' || t.kind == '0' }
func (t token) ends() bool   { return t.closes() || t.kind == '"' || t.kind == '0' }

// opener is the bracket that a closing one belongs to.
func (t token) opener() byte {
	if t.kind == '}' {
		return '{'
	}
	return '['
}
