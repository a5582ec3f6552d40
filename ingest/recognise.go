package ingest

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// recognise finds the one source whose shape a document has.
func recognise(root *node, layouts []*schema.Layout) (*schema.Layout, error) {
	var fitting []*schema.Layout
	for _, l := range layouts {
		if fits(root, l.Source) {
			fitting = append(fitting, l)
		}
	}
	switch len(fitting) {
	case 1:
		return fitting[0], nil
	case 0:
		return nil, fmt.Errorf("the document has the shape of none of these sources: %s; name one with --source",
			sourceNames(layouts))
	}
	if failedIn(root, fitting) {
		return fitting[0], nil // the others would say the same
	}
	return nil, fmt.Errorf("the document has the shape of several sources: %s; name one with --source",
		sourceNames(fitting))
}

// failedIn tells whether a document is, for each of some sources of one publisher,
// an answer that says that the call failed: which call does not show then.
func failedIn(root *node, layouts []*schema.Layout) bool {
	for _, l := range layouts {
		_, is := answers(root, l.Source.Failed)
		_, without := failsWithoutRecords(root, l.Source.Failed)
		if !is && !without || l.Source.Publisher != layouts[0].Source.Publisher {
			return false
		}
	}
	return true
}

func sourceNames(layouts []*schema.Layout) string {
	names := make([]string, len(layouts))
	for i, l := range layouts {
		names[i] = l.Source.Name
	}
	return strings.Join(names, ", ")
}

// fits tells whether a document has the shape of a source: one of its answers
// without records, or a record in one of its places that has at least half of
// the members which the source always sends.
func fits(root *node, s *schema.Source) bool {
	payload := root
	if root.isArray() {
		if len(root.children) == 0 {
			return s.EmptyMeansNone
		}
		payload = root.firstObject()
	}
	if _, is := answers(payload, s.Failed); is {
		return true
	}
	if _, is := failsWithoutRecords(payload, s.Failed); is {
		return true
	}
	if _, is := answers(payload, s.Nothing); is {
		return true
	}
	for _, path := range s.Records {
		at := payload.follow(path)
		if at == nil {
			continue
		}
		if at.isArray() {
			if len(at.children) == 0 {
				return path != ""
			}
			at = at.firstObject()
		}
		if at.isObject() && hasHalf(at, s.Fields) {
			return true
		}
	}
	return false
}

// firstObject is the first object in an array, or else its first value.
func (n *node) firstObject() *node {
	for i := range n.children {
		if n.children[i].isObject() {
			return &n.children[i]
		}
	}
	return &n.children[0]
}

// hasHalf tells whether a record has at least half of the fields always sent.
func hasHalf(record *node, fields []schema.Field) bool {
	required := 0
	for _, f := range fields {
		if f.Presence != schema.Optional {
			required++
		}
	}
	found := 0
	for _, f := range fields {
		if f.Presence != schema.Optional && record.member(f.Name) != nil {
			if found++; found*2 >= required {
				return true
			}
		}
	}
	return false
}

// answers finds the answer that a document is, and what it tells.
func answers(payload *node, list []schema.Answer) (told string, is bool) {
	for _, a := range list {
		at := payload.follow(a.Path)
		if at == nil || at.isObject() || at.isArray() {
			continue
		}
		if slices.Contains(a.Is, at.text) {
			return a.Path + " is " + at.text + tell(payload, a.Tell), true
		}
	}
	return "", false
}

// failsWithoutRecords finds the answer that a document without records is, by a
// value that is none of those it has with records.
func failsWithoutRecords(payload *node, list []schema.Answer) (told string, is bool) {
	for _, a := range list {
		at := payload.follow(a.Path)
		if len(a.IsNot) == 0 || at == nil || at.isObject() || at.isArray() || slices.Contains(a.IsNot, at.text) {
			continue
		}
		return a.Path + " is " + shorten(at.text) + tell(payload, a.Tell), true
	}
	return "", false
}

// tell lists what a document says at some paths.
func tell(payload *node, paths []string) string {
	var said []string
	for _, path := range paths {
		if at := payload.follow(path); at != nil && !at.isObject() && !at.isArray() && at.text != "" {
			said = append(said, text.Visible(shorten(at.text)))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return ": " + strings.Join(said, ": ")
}
