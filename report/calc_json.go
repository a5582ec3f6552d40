package report

import (
	"bytes"
	"encoding/json"
	"io"
)

// CalculationVersion of the JSON of the calculator. Members are only added under one
// version.
const CalculationVersion = 1

// jsonMembers are the members of an object in the order written.
type jsonMembers []jsonMember

type jsonMember struct {
	key   string
	value any
}

// MarshalJSON writes the members in their order.
func (m jsonMembers) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, member := range m {
		if i > 0 {
			b.WriteByte(',')
		}
		for k, part := range []any{member.key, member.value} {
			if k == 1 {
				b.WriteByte(':')
			}
			text, err := plainJSON(part)
			if err != nil {
				return nil, err
			}
			b.Write(text)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// plainJSON is a value in JSON, with <, > and & as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// JSON writes the calculation as one JSON document. Amounts and dates are strings,
// counts are numbers, and what could not be found is null, with the reason beside it.
func (c *Calculation) JSON(w io.Writer) error {
	given := jsonMembers{}
	for _, g := range c.Given {
		var value any = g.Texts
		if !g.Many {
			value = g.Texts[0]
		}
		given = append(given, jsonMember{g.Name, value})
	}
	results := jsonMembers{}
	for _, f := range c.results {
		results = append(results, f.value.members(f.key)...)
	}
	tables := jsonMembers{}
	for i := range c.tables {
		tables = append(tables, c.tables[i].members()...)
	}
	readings := append([]string{}, c.readings...)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(jsonMembers{
		{"schema_version", CalculationVersion},
		{"tool", jsonMembers{{"name", c.Program}, {"version", c.Version}}},
		{"calculation", c.Kind},
		{"given", given},
		{"results", results},
		{"tables", tables},
		{"readings", readings},
	})
}

// members are a value under its key; the reason of none has its own.
func (v calcValue) members(key string) jsonMembers {
	switch v.kind {
	case calcNone:
		if v.text == "" {
			return jsonMembers{{key, nil}}
		}
		return jsonMembers{{key, nil}, {key + "_reason", v.text}}
	case calcUnknown:
		return jsonMembers{{key, nil}}
	case calcCount:
		return jsonMembers{{key, v.number}}
	case calcYes:
		return jsonMembers{{key, v.text == "yes"}}
	}
	return jsonMembers{{key, v.String()}}
}

func (t *calcTable) members() jsonMembers {
	rows := make([]jsonMembers, len(t.rows))
	for i, row := range t.rows {
		for k, v := range row {
			rows[i] = append(rows[i], v.members(t.columns[k].key)...)
		}
	}
	all := jsonMembers{{t.key, rows}}
	if totals := t.totals(); totals != nil {
		sums := jsonMembers{}
		for k, v := range totals {
			if t.columns[k].summed {
				sums = append(sums, v.members(t.columns[k].key)...)
			}
		}
		all = append(all, jsonMember{t.key + "_total", sums})
	}
	return all
}
