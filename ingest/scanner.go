package ingest

import (
	"bytes"

	"tieout/calc/schema"
	"tieout/ingest/cells"
)

// Scanner is the fast reader for documents of one of the reader's layouts. What it reads,
// the reader would read the same; the rest it leaves to the reader.
func (r *Reader) Scanner(l *schema.Layout) *cells.Scanner {
	var is cells.Recognise
	if len(r.Layouts) > 1 {
		is = func(members []cells.Shape) bool {
			found, err := recognise(&node{kind: '{', children: nodesOf(members)}, r.Layouts)
			return err == nil && found == l
		}
	}
	return cells.New(l, r.Layouts, is)
}

// nodesOf are nodes with the names of some members.
func nodesOf(members []cells.Shape) []node {
	nodes := make([]node, len(members))
	for i, m := range members {
		nodes[i] = node{kind: '"', name: m.Name, text: m.Text}
		if m.Members != nil {
			nodes[i] = node{kind: '{', name: m.Name, children: nodesOf(m.Members)}
		}
	}
	return nodes
}

// Take reads the document that a scanner has read, up to its end.
func (v *Values) Take(s *cells.Scanner, end int) Item {
	in := v.stretch.Input
	text := bytes.Clone(in.Text[s.Record.Origin:end]) // values keep their texts
	v.at = end
	doc := &schema.Document{Input: in, Source: s.Record.Layout.Source, Offset: s.Record.Origin}
	payload := &schema.Payload{}
	r := built(doc, s.Record, text)
	r.Payload, r.Pointer = payload, dotted(s.Path)
	if s.InArray {
		r.Pointer += "/0"
	}
	if s.Beside != nil {
		payload.Context = built(doc, s.Beside, text)
	}
	r.Key, r.KeyFrom = r.OwnName(), schema.KeyInDocument
	payload.Records = []*schema.Record{r}
	doc.Records = payload.Records
	v.reader.name(doc, v.number)
	return Item{Document: doc}
}

// built is a record of its cells.
func built(doc *schema.Document, from *schema.Cells, text []byte) *schema.Record {
	r := schema.NewRecord(from.Layout, doc)
	from.Text = text
	r.Fill(from)
	return r
}
