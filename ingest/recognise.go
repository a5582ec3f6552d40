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
		return nil, fmt.Errorf("the document has the shape of none of these sources: %s; %sname one with --source",
			sourceNames(layouts), nullContainer(root, layouts))
	}
	if failedIn(root, fitting) {
		return fitting[0], nil // the others would say the same
	}
	if best := closest(root, fitting); best != nil {
		return best, nil
	}
	return nil, fmt.Errorf("the document has the shape of several sources: %s; name one with --source, "+
		"or describe a required member that only one of them has", sourceNames(fitting))
}

// likeness is how well a record fits the fields of a source.
type likeness struct{ described, lacking int }

// better tells whether a likeness is so in one count and not worse in the other.
func (a likeness) better(b likeness) bool {
	return a != b && a.described >= b.described && a.lacking <= b.lacking
}

// closest is the one of some fitting sources that a document's record is more like
// than any other; nil when there is none, or when one of them takes the document for
// an answer without records.
func closest(root *node, fitting []*schema.Layout) *schema.Layout {
	all := make([]likeness, len(fitting))
	for i, l := range fitting {
		payload := root
		if root.isArray() {
			payload = root.firstObject()
		}
		record := firstRecord(payload, l.Source)
		_, failed := answers(payload, l.Source.Failed)
		_, nothing := answers(payload, l.Source.Nothing)
		if record == nil || failed || nothing {
			return nil
		}
		all[i] = likenessOf(record, l.Source.Fields)
	}
	for i, l := range fitting {
		worse := 0
		for _, other := range all {
			if all[i].better(other) {
				worse++
			}
		}
		if worse == len(all)-1 {
			return l
		}
	}
	return nil
}

// firstRecord is the first record that a payload has where a source has them, or nil.
func firstRecord(payload *node, s *schema.Source) *node {
	for _, path := range s.Records {
		at := payload.follow(path)
		if at != nil && at.isArray() && len(at.children) > 0 {
			at = at.firstObject()
		}
		if at != nil && at.isObject() && hasHalf(at, s.Fields) {
			return at
		}
	}
	return nil
}

// likenessOf counts the fields that a record has, and those always sent that it lacks.
func likenessOf(record *node, fields []schema.Field) likeness {
	var k likeness
	for _, f := range fields {
		switch {
		case record.member(f.Name) != nil:
			k.described++
		case f.Presence != schema.Optional:
			k.lacking++
		}
	}
	return k
}

// nullContainer says that null stands where sources have their records, in a document
// that has the shape of none: most likely that is all that is wrong with it.
func nullContainer(root *node, layouts []*schema.Layout) string {
	var null string
	var of []*schema.Layout
	for _, l := range layouts {
		for _, path := range l.Source.Records {
			at := root.nullOn(path)
			if at == "" || null != "" && at != null {
				continue
			}
			null, of = at, append(of, l)
			break
		}
	}
	if null == "" {
		return ""
	}
	return fmt.Sprintf("%s is null, where the records of %s belong; ", null, sourceNames(of))
}

// nullOn is the beginning of a dotted path at which a node has null; "" for none.
func (n *node) nullOn(path string) string {
	if path == "" {
		return ""
	}
	names := strings.Split(path, ".")
	for i, name := range names {
		if n = n.member(name); n == nil {
			return ""
		}
		if n.kind == 'n' {
			return strings.Join(names[:i+1], ".")
		}
	}
	return ""
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
