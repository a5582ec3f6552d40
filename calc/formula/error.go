package formula

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"tieout/calc/schema"
)

// Error is a fault of a formula, with its place in the text.
type Error struct {
	Text string
	// Offset of the fault in bytes; Column counts characters from 1.
	Offset, Column int
	Reason         string
}

// Error shows the line of the formula with a caret under the place of the fault.
func (e *Error) Error() string {
	in := schema.Input{Text: []byte(e.Text)}
	ex := in.Excerpt(e.Offset, e.Offset)
	return fmt.Sprintf("column %d: %s\n\t%s\n\t%s^", e.Column, e.Reason, ex.Line, strings.Repeat(" ", ex.Caret))
}

func fault(text string, offset int, format string, args ...any) *Error {
	return &Error{
		Text: text, Offset: offset, Column: utf8.RuneCountInString(text[:offset]) + 1,
		Reason: fmt.Sprintf(format, args...),
	}
}
