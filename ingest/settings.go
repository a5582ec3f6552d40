package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Setting is a value that a file of settings states, with its place. Numbers, dates
// and switches are texts as they are written; who asks for them reads them.
type Setting struct {
	File         string
	Line, Column int
	// Key in a mapping, with its own place.
	Key                string
	KeyLine, KeyColumn int
	Kind               SettingKind
	Text               string    // of SettingText
	Values             []Setting // of the others
}

// SettingKind tells single values from those that hold others.
type SettingKind uint8

// The kinds.
const (
	SettingText SettingKind = iota
	SettingList
	SettingMapping
)

// Fail is a mistake in the setting.
func (s *Setting) Fail(format string, args ...any) error {
	return &DescriptionError{s.File, s.Line, s.Column, fmt.Sprintf(format, args...)}
}

// FailKey is a mistake in the setting's key.
func (s *Setting) FailKey(format string, args ...any) error {
	return &DescriptionError{s.File, s.KeyLine, s.KeyColumn, fmt.Sprintf(format, args...)}
}

// The most values of a file of settings, and how deep they may lie in each other.
// Aliases repeat values, so the size of the file does not bound them.
const maxSettings, maxSettingDepth = 100_000, 5

// Settings reads the values of a file in YAML, or in JSON, which YAML contains.
// Every mistake is a *DescriptionError: text that is not YAML, a key that stands
// twice, a value that is missing.
func Settings(file string, text []byte) (Setting, error) {
	d, root, err := openDescription(file, text)
	if err != nil {
		return Setting{}, err
	}
	return d.setting(root, 0)
}

func (d *describer) setting(n *yaml.Node, depth int) (s Setting, err error) {
	s = Setting{File: d.file, Line: n.Line, Column: n.Column}
	d.described++
	switch {
	case d.described > maxSettings:
		return s, s.Fail("more than %d values", maxSettings)
	case depth > maxSettingDepth:
		return s, s.Fail("values lie more than %d deep in each other", maxSettingDepth)
	}
	switch n = resolve(n); n.Kind {
	case yaml.SequenceNode:
		s.Kind = SettingList
		for _, item := range n.Content {
			value, err := d.setting(item, depth+1)
			if err != nil {
				return s, err
			}
			s.Values = append(s.Values, value)
		}
	case yaml.MappingNode:
		s.Kind = SettingMapping
		return s, d.settings(&s, n, depth)
	default:
		if n.Tag == "!!null" {
			return s, s.Fail("a value is missing here")
		}
		s.Text = n.Value
	}
	return s, nil
}

// settings reads the keys and values of a mapping.
func (d *describer) settings(to *Setting, n *yaml.Node, depth int) error {
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key := resolve(n.Content[i])
		if key.Kind != yaml.ScalarNode {
			return d.fail(n.Content[i], "a key is expected to be a name")
		}
		if seen[key.Value] {
			return d.fail(n.Content[i], "the key %q stands twice", key.Value)
		}
		seen[key.Value] = true
		value, err := d.setting(n.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		value.Key, value.KeyLine, value.KeyColumn = key.Value, n.Content[i].Line, n.Content[i].Column
		to.Values = append(to.Values, value)
	}
	return nil
}

// TableSettings reads a table in CSV as a list of its rows. A first row without a digit
// names the columns, and each row is then a mapping; otherwise it is a list. Cells are
// parted by commas, semicolons or tabs, whichever the first row has. Every mistake is a
// *DescriptionError.
func TableSettings(file string, text []byte) (Setting, error) {
	table := Setting{File: file, Line: 1, Column: 1, Kind: SettingList}
	text = bytes.TrimPrefix(text, []byte(byteOrderMark))
	if len(text) > maxDescription {
		return table, table.Fail("the table has %d bytes; %d are allowed", len(text), maxDescription)
	}
	rows := csv.NewReader(bytes.NewReader(text))
	rows.FieldsPerRecord, rows.TrimLeadingSpace, rows.Comma = -1, true, separator(text)
	var titles []string
	for first := true; ; first = false {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return table, nil
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return table, &DescriptionError{file, wrong.Line, wrong.Column, wrong.Err.Error()}
		}
		if err != nil {
			return table, table.Fail("%v", err)
		}
		if first && !strings.ContainsAny(strings.Join(cells, ""), "0123456789۰۱۲۳۴۵۶۷۸۹") {
			titles = cells
			continue
		}
		row, err := tableRow(file, rows, cells, titles)
		if err != nil {
			return table, err
		}
		table.Values = append(table.Values, row)
	}
}

func tableRow(file string, rows *csv.Reader, cells, titles []string) (Setting, error) {
	row := Setting{File: file, Kind: SettingList}
	row.Line, row.Column = rows.FieldPos(0)
	if titles != nil {
		row.Kind = SettingMapping
		if len(cells) != len(titles) {
			return row, row.Fail("the row has %d cells; the titles are %d", len(cells), len(titles))
		}
	}
	for i, text := range cells {
		cell := Setting{File: file, Text: strings.TrimSpace(text)}
		cell.Line, cell.Column = rows.FieldPos(i)
		if titles != nil {
			cell.Key, cell.KeyLine, cell.KeyColumn = strings.ToLower(strings.TrimSpace(titles[i])), 1, 1
		}
		row.Values = append(row.Values, cell)
	}
	return row, nil
}

// separator is what parts the cells of the first row.
func separator(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	for _, r := range ";\t" {
		if bytes.ContainsRune(first, r) {
			return r
		}
	}
	return ','
}
