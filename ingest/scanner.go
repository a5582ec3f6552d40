package ingest

import (
	"bytes"
	"strconv"

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

// Take reads the document, or the element of a list, that a scanner has read, up to its
// end. The document is valid until the next Take; the texts of its values stay.
func (v *Values) Take(s *cells.Scanner, end int) Item {
	in, inList := v.stretch.Input, v.list != nil
	text := bytes.Clone(in.Text[s.Record.Origin:end]) // values keep their texts
	pointer := ""
	if inList {
		pointer = "/" + strconv.Itoa(v.number)
	}
	v.Skip(end)
	t := &v.taken
	t.document = schema.Document{Input: in, Source: s.Record.Layout.Source, Offset: s.Record.Origin, Continues: inList}
	t.payload = schema.Payload{IsPart: inList && s.Path == ""}
	r := t.built(&t.record, s.Record, text)
	r.Payload, r.Pointer = &t.payload, pointer+dotted(s.Path)
	if s.InArray {
		r.Pointer += "/0"
	}
	if s.Beside != nil {
		t.payload.Context = t.built(&t.beside, s.Beside, text)
		t.payload.Context.Pointer = pointer
	}
	r.Key, r.KeyFrom = r.OwnName(), schema.KeyInDocument
	t.records[0] = r
	t.payload.Records = t.records[:]
	t.document.Records = t.payload.Records
	v.reader.name(&t.document, v.unnamedNumber)
	return Item{Document: &t.document}
}

// taken is the memory of the document that was taken last.
type taken struct {
	document       schema.Document
	payload        schema.Payload
	record, beside *schema.Record
	records        [1]*schema.Record
}

// built is a record of its cells, in the memory of another one of their layout.
func (t *taken) built(r **schema.Record, from *schema.Cells, text []byte) *schema.Record {
	if *r == nil || (*r).Layout != from.Layout {
		*r = schema.NewRecord(from.Layout, &t.document)
	}
	from.Text = text
	(*r).Fill(from)
	(*r).Key, (*r).KeyFrom = "", ""
	return *r
}
