package formula

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is the longest formula, in bytes, that is compiled.
const MaxText = 4096

// kind of a token.
type kind uint8

const (
	end    kind = iota
	name        // a field name or a keyword
	quoted      // a name or word in double quotes
	number      // digits, with a fraction perhaps
	symbol      // one of = <= >= < > + - * ( ) { } , . :
)

type token struct {
	kind   kind
	text   string
	offset int
}

func (t token) String() string {
	switch t.kind {
	case end:
		return "the end"
	case quoted:
		return fmt.Sprintf("%q", t.text)
	}
	return "'" + t.text + "'"
}

// written is a token as it stands in the formula.
func (t token) written() string {
	if t.kind == quoted {
		return `"` + t.text + `"`
	}
	return t.text
}

// lex cuts a formula into tokens; the last is the end.
func lex(text string) ([]token, error) {
	if len(text) > MaxText {
		return nil, fault(strings.ToValidUTF8(text[:40], ""), 0, "the formula has %d bytes; %d are allowed", len(text), MaxText)
	}
	// This finds U+FFFD as well, which stands where bytes were lost before.
	if at := strings.IndexRune(text, utf8.RuneError); at >= 0 {
		return nil, fault(text, at, "the formula is not valid UTF-8")
	}
	var tokens []token
	for at := 0; at < len(text); {
		t, size, err := lexOne(text, at)
		if err != nil {
			return nil, err
		}
		if size == 0 {
			_, size = utf8.DecodeRuneInString(text[at:])
		} else {
			tokens = append(tokens, t)
		}
		at += size
	}
	return append(tokens, token{kind: end, offset: len(text)}), nil
}

// lexOne cuts the token at an offset; its size is 0 at a blank.
func lexOne(text string, at int) (token, int, error) {
	rest := text[at:]
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case unicode.IsSpace(first):
		return token{}, 0, nil
	case isNameRune(first) && !isDigit(first):
		size := len(rest) - len(strings.TrimLeftFunc(rest, isNameRune))
		return token{name, rest[:size], at}, size, nil
	case isDigit(first):
		size := numberSize(rest)
		return token{number, rest[:size], at}, size, nil
	case first == '"':
		size := strings.IndexByte(rest[1:], '"')
		if size < 1 {
			return token{}, 0, fault(text, at, "a quoted name is empty or has no closing quote")
		}
		return token{quoted, rest[1 : 1+size], at}, size + 2, nil
	case strings.HasPrefix(rest, "<=") || strings.HasPrefix(rest, ">="):
		return token{symbol, rest[:2], at}, 2, nil
	case strings.ContainsRune("=<>+-*(){},.:", first):
		return token{symbol, rest[:1], at}, 1, nil
	}
	return token{}, 0, fault(text, at, "unexpected %q", first)
}

func isNameRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// numberSize is the length of the digits, with a fraction perhaps, at the start.
func numberSize(text string) int {
	size, fraction := 0, false
	for size < len(text) {
		switch {
		case isDigit(rune(text[size])):
		case text[size] == '.' && !fraction && size+1 < len(text) && isDigit(rune(text[size+1])):
			fraction = true
		default:
			return size
		}
		size++
	}
	return size
}
