package ingest

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
)

// value decodes a scalar; one that is not of its field's kind is unreadable.
func (d *decoder) value(n *node, field *schema.Field, pointer string) schema.Value {
	v := schema.Value{State: schema.Present, Text: n.text}
	v.Offset, v.End = d.copied.span(n)
	switch {
	case n.kind == 'n':
		v.State = schema.Null
		return v
	case n.kind == '"' && (n.text == "" || n.text == field.None):
		v.State = schema.Empty
		return v
	}
	if reason := d.read(&v, n, field); reason != "" {
		v.State = schema.Unreadable
		d.reject(n, pointer, "%s: %s", field.Name, reason)
	}
	return v
}

// read checks a value against its kind and takes its amount; it says what is
// wrong, or nothing.
func (d *decoder) read(v *schema.Value, n *node, field *schema.Field) string {
	wanted := ""
	switch field.Kind {
	case schema.Money, schema.Rate, schema.Count:
		if n.kind == '0' || n.kind == '"' {
			return readAmount(v, field)
		}
		wanted = "a number"
	case schema.Date, schema.JalaliDate:
		if n.kind == '"' {
			v.Date = readDate(v.Text, field.Kind)
			return ""
		}
		wanted = "a string"
	case schema.Text:
		if n.kind != '"' {
			wanted = "a string"
		}
	case schema.Code:
		if n.kind != '"' && n.kind != '0' {
			wanted = "a string or a number"
		}
	case schema.Flag:
		if n.kind != 't' && n.kind != 'f' {
			wanted = "true or false"
		}
	}
	if wanted == "" {
		return ""
	}
	return fmt.Sprintf("%s is expected, not %s", wanted, describe(n))
}

// readDate is the day that a text names, zero when it names none.
func readDate(text string, kind schema.Kind) date.Date {
	if kind == schema.JalaliDate {
		j, err := date.ParseJalali(text)
		if err != nil {
			return date.Date{}
		}
		return j.Date()
	}
	d, err := date.Parse(text)
	if err != nil {
		return date.Date{}
	}
	return d
}

func readAmount(v *schema.Value, field *schema.Field) string {
	var err error
	if v.Amount, err = calc.ParseAmount(v.Text); err != nil {
		if errors.Is(err, calc.ErrAmountSyntax) {
			return fmt.Sprintf("%q is not an amount", shorten(v.Text))
		}
		return shorten(err.Error())
	}
	if field.Kind == schema.Count && !v.Amount.IsWhole() {
		return fmt.Sprintf("a count is a whole number, not %s", v.Text)
	}
	return ""
}

// describe names what stands in the place of something else.
func describe(n *node) string {
	switch n.kind {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return fmt.Sprintf("the string %q", shorten(n.text))
	case jsontext.KindNumber:
		return "the number " + shorten(n.text)
	}
	return n.text
}
