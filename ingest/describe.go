package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tieout/calc/schema"
)

// Description is a source with its rules, as a file describes them.
type Description struct {
	Layout *schema.Layout
	Rules  []schema.Rule
}

// DescriptionError is a mistake in a description file.
type DescriptionError struct {
	File         string
	Line, Column int
	Reason       string
}

// Error is the mistake with its place.
func (e *DescriptionError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Reason)
}

// maxDescription is the largest description file, in bytes, and maxFields the
// most fields that one describes. Aliases repeat fields, so the first does not
// bound the second.
const maxDescription, maxFields = 1 << 20, 10_000

// Describe reads the description of a source from YAML text. Every mistake is a
// *DescriptionError: an unknown key, a value of the wrong kind, a field twice, a
// formula that does not compile.
func Describe(file string, text []byte) (*Description, error) {
	d, root, err := openDescription(file, text)
	if err != nil {
		return nil, err
	}
	return d.description(root)
}

// openDescription reads the tree of a description.
func openDescription(file string, text []byte) (*describer, *yaml.Node, error) {
	if len(text) > maxDescription {
		return nil, nil, &DescriptionError{file, 1, 1, fmt.Sprintf("the file has %d bytes; %d are allowed", len(text), maxDescription)}
	}
	d := &describer{file: file, text: bytes.TrimPrefix(text, []byte(byteOrderMark))}
	root, err := d.parse()
	if err != nil {
		return nil, nil, err
	}
	return d, resolve(root), nil
}

func (d *describer) description(n *yaml.Node) (*Description, error) {
	s := &schema.Source{Records: []string{""}}
	var fields, names, currency, rules *yaml.Node
	err := d.mapping(n, "a description", []key{
		{"source", true, d.name(&s.Name)},
		{"title", false, d.word(&s.Title)},
		{"publisher", false, d.word(&s.Publisher)},
		{"document", false, d.word(&s.Document)},
		{"records", false, d.paths(&s.Records)},
		{"empty_means_none", false, d.flag(&s.EmptyMeansNone)},
		{"not_negative", false, d.flag(&s.NotNegative)},
		{"decimals", false, d.decimals(&s.Decimals)},
		{"country", false, d.country(&s.Country)},
		{"currency", false, func(n *yaml.Node) error { currency = n; return d.word(&s.Currency)(n) }},
		{"key", false, func(n *yaml.Node) error { names = n; return d.keys(&s.Keys)(n) }},
		{"failed", false, d.answers(&s.Failed)},
		{"nothing", false, d.answers(&s.Nothing)},
		{"context", false, d.fields(&s.Context)},
		{"fields", true, func(n *yaml.Node) error { fields = n; return d.fields(&s.Fields)(n) }},
		{"rules", false, func(n *yaml.Node) error { rules = n; return nil }},
		{"fetch", false, func(*yaml.Node) error { return nil }}, // how it is asked, which ingest/fetch reads
	})
	if err != nil {
		return nil, err
	}
	if err := d.plainFields(names, "key", slices.Concat(s.Keys...), s); err != nil {
		return nil, err
	}
	if currency != nil {
		if err := d.plainFields(currency, "currency", []string{s.Currency}, s); err != nil {
			return nil, err
		}
	}
	layout, err := schema.NewLayout(s)
	if err != nil {
		return nil, d.fail(fields, "%v", err)
	}
	described := &Description{Layout: layout}
	if rules != nil {
		described.Rules, err = d.rules(rules, layout)
	}
	return described, err
}

// plainFields demands that records are named by plain fields of theirs.
func (d *describer) plainFields(at *yaml.Node, what string, names []string, s *schema.Source) error {
	for _, name := range names {
		plain := func(f schema.Field) bool {
			return f.Name == name && !f.Kind.Nests()
		}
		if !slices.ContainsFunc(s.Fields, plain) {
			return d.fail(at, "the %s %q is not a plain field of the record", what, name)
		}
	}
	return nil
}

// keys sets the ways to name a record: a field, a list of alternatives, each a
// field or a list of fields joined.
func (d *describer) keys(to *[][]string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		*to = nil
		alternatives := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			alternatives = n.Content
		}
		for _, a := range alternatives {
			var fields []string
			if err := d.texts(&fields)(resolve(a)); err != nil {
				return err
			}
			*to = append(*to, fields)
		}
		return nil
	}
}

func (d *describer) answers(to *[]schema.Answer) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.SequenceNode {
			return d.fail(n, "expected a list of answers, each with path, is and tell")
		}
		for _, item := range n.Content {
			var a schema.Answer
			err := d.mapping(resolve(item), "an answer", []key{
				{"path", true, d.path(&a.Path)},
				{"is", false, d.texts(&a.Is)},
				{"is_not", false, d.texts(&a.IsNot)},
				{"tell", false, d.paths(&a.Tell)},
			})
			if err == nil && len(a.Is)+len(a.IsNot) == 0 {
				err = d.fail(resolve(item), "an answer lacks the key \"is\" or \"is_not\"")
			}
			if err != nil {
				return err
			}
			*to = append(*to, a)
		}
		return nil
	}
}

// fields sets the fields of a record, of an object or of rows, in their order.
func (d *describer) fields(to *[]schema.Field) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.MappingNode {
			return d.fail(n, "fields are expected to be a mapping of names to kinds")
		}
		if d.depth++; d.depth > MaxDepth {
			return d.fail(n, "more than %d fields inside each other", MaxDepth)
		}
		defer func() { d.depth-- }()
		seen := map[string]bool{}
		for i := 0; i < len(n.Content); i += 2 {
			name := resolve(n.Content[i])
			switch {
			case name.Kind != yaml.ScalarNode || name.Value == "":
				return d.fail(n.Content[i], "a field's name is expected to be a text")
			case name.Tag == "!!merge":
				return d.fail(n.Content[i], "fields cannot be merged with <<; list them")
			case seen[name.Value]:
				return d.fail(n.Content[i], "the field %q is described twice", name.Value)
			}
			if d.described++; d.described > maxFields {
				return d.fail(n.Content[i], "more than %d fields", maxFields)
			}
			seen[name.Value] = true
			f, err := d.field(name, resolve(n.Content[i+1]))
			if err != nil {
				return err
			}
			*to = append(*to, f)
		}
		return nil
	}
}

// field describes one field: in short as "kind unit presence", or as a mapping.
func (d *describer) field(name, n *yaml.Node) (schema.Field, error) {
	f := schema.Field{Name: name.Value}
	if n.Kind == yaml.ScalarNode {
		return f, d.short(&f, n)
	}
	err := d.mapping(n, fmt.Sprintf("the field %q", f.Name), []key{
		{"kind", true, choice(d, &f.Kind, "kind", schema.ParseKind, schema.KindNames())},
		{"unit", false, d.word(&f.Unit)},
		{"presence", false, choice(d, &f.Presence, "presence", schema.ParsePresence, schema.PresenceNames())},
		{"none", false, d.filled(&f.None)},
		{"fixed", false, d.flag(&f.Fixed)},
		{"weight", false, d.weight(&f.Weight)},
		{"meaning", false, d.word(&f.Meaning)},
		{"fields", false, d.fields(&f.Fields)},
	})
	if err != nil {
		return f, err
	}
	switch nests := f.Kind.Nests(); {
	case nests != (len(f.Fields) > 0):
		return f, d.fail(n, "the field %q: object, rows, list and entries have fields, the other kinds have none", f.Name)
	case f.Kind == schema.List && (len(f.Fields) > 1 || f.Fields[0].Kind.Nests()):
		return f, d.fail(n, "the field %q: a list has one plain field, its value", f.Name)
	case f.Kind == schema.Entries && f.Fields[0].Kind != schema.Code:
		return f, d.fail(n, "the field %q: the first field of entries is their name, a code", f.Name)
	}
	return f, nil
}

// short reads "money RUB optional".
func (d *describer) short(f *schema.Field, n *yaml.Node) error {
	words := strings.Fields(n.Value)
	if len(words) == 0 {
		return d.fail(n, "the field %q has no kind; there are %s", f.Name, strings.Join(schema.KindNames(), ", "))
	}
	var known bool
	if f.Kind, known = schema.ParseKind(words[0]); !known {
		return d.fail(n, "unknown kind %q; there are %s", words[0], strings.Join(schema.KindNames(), ", "))
	}
	if f.Kind.Nests() {
		return d.fail(n, "the field %q: object, rows, list and entries have fields; describe them under the key \"fields\"", f.Name)
	}
	for _, w := range words[1:] {
		if p, is := schema.ParsePresence(w); is {
			f.Presence = p
			continue
		}
		if f.Unit != "" {
			return d.fail(n, "a field in short is a kind, a unit and a presence (%s); %q is one word too many",
				strings.Join(schema.PresenceNames(), ", "), w)
		}
		f.Unit = w
	}
	return nil
}
