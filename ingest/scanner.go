package ingest

import (
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
