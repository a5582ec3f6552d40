package cells

import (
	"slices"
	"strings"

	"tieout/calc/schema"
)

// Form is a way in which documents of a source may be: its layout, and the path at which
// they have their record.
type Form struct {
	Layout *schema.Layout
	// Path of the record from the document's root, dotted; "" is the document itself.
	Path string
	root *object
	// way are the objects from the document's root to the record.
	way []*object
}

// reportMark is a member of the reports that tieout writes, which are no documents.
const reportMark = "schema_version"

// newForm is the form of the documents of a layout that have their record at a path; it
// is nil when a form cannot tell them. others are all sources that documents are
// recognised by.
func newForm(l *schema.Layout, path string, others []*schema.Layout) *Form {
	f := &Form{Layout: l, Path: path}
	record := newObject(l.Root(), l)
	record.record = true
	f.root = record
	if path != "" {
		f.root = newObject(nil, nil)
		if l.Context != nil {
			f.root = newObject(l.Context.Root(), l.Context)
		}
		if names := strings.Split(path, "."); names[0] == reportMark || !f.lead(names, record) {
			return nil
		}
	}
	f.way = append(f.way, record)
	if len(f.way) > len(shape{}) {
		return nil
	}
	f.refuse([]string{reportMark})
	for _, other := range others {
		f.beware(other.Source)
	}
	if f.root.isFull() {
		return nil
	}
	return f
}

// lead puts the way to the record into the document's root.
func (f *Form) lead(path []string, record *object) bool {
	at := f.root
	for i, name := range path {
		f.way = append(f.way, at)
		k, is := at.find(quoted(name))
		if !is {
			k = at.add(member{key: quoted(name), act: way})
		}
		m := &at.members[k]
		switch {
		case i == len(path)-1:
			if is {
				return false // described as what stands beside the record, too
			}
			m.act, m.object = records, record
			return true
		case is && m.act != nested && m.act != way:
			return false
		case m.object == nil:
			m.object = newObject(nil, nil)
		}
		at = m.object
	}
	return false
}

// beware makes the form refuse documents that a source takes for its own, or for an
// answer without records.
func (f *Form) beware(s *schema.Source) {
	for _, path := range s.Records {
		if path != "" && path != f.Path {
			f.refuse(strings.Split(path, "."))
		}
	}
	for _, list := range [][]schema.Answer{s.Failed, s.Nothing} {
		for _, a := range list {
			f.decide(strings.Split(a.Path, "."), a)
		}
	}
}

// refuse leaves documents that have a member at a path to the strict reader, unless it
// stands on the way to the record: whose that is, the names of its members tell.
func (f *Form) refuse(path []string) {
	at := f.root
	for i, name := range path {
		k, is := at.find(quoted(name))
		if !is {
			at.add(member{key: quoted(name), act: refuse})
			return
		}
		m := &at.members[k]
		switch {
		case i == len(path)-1:
			if leadsOn := m.act == way && slices.Contains(f.way, m.object); m.act != records && !leadsOn {
				m.act, m.usual = refuse, 0
			}
			return
		case m.object == nil || m.act == rows:
			return // no path leads through it
		}
		at = m.object
	}
}

// decide looks at a value by which an answer is recognised.
func (f *Form) decide(path []string, a schema.Answer) {
	at := f.root
	for i, name := range path {
		k, is := at.find(quoted(name))
		last := i == len(path)-1
		if !is && !last {
			k = at.add(member{key: quoted(name), act: way, object: newObject(nil, nil)})
		} else if !is {
			k = at.add(member{key: quoted(name), act: decisive, kind: schema.Code})
		}
		m := &at.members[k]
		switch {
		case last:
			m.decides(a)
			return
		case m.act == records, m.act == nested, m.act == way:
			at = m.object
		default:
			return // what is no object leads nowhere
		}
	}
}

// decides makes a member one by which an answer is recognised.
func (m *member) decides(a schema.Answer) {
	m.usual = 0
	m.never = append(m.never, a.Is...)
	switch {
	case m.act == nested, m.act == rows, m.act == list:
		m.act = refuse // a null there is a text, too
	case len(a.IsNot) == 0:
	case m.always == nil:
		m.always = slices.Clone(a.IsNot)
	default:
		other := func(text string) bool { return !slices.Contains(a.IsNot, text) }
		if m.always = slices.DeleteFunc(m.always, other); len(m.always) == 0 {
			m.act = refuse
		}
	}
}

// Shape is what is recognised of a document: a member with those below it, where it is an
// object on the way to the record.
type Shape struct {
	Name string
	// Text of a value by which other answers are told; empty where it is none of theirs.
	Text    string
	Members []Shape
}

// shapes are the members that an object had, as far as a document is recognised by them.
func (o *object) shapes() []Shape {
	var all []Shape
	for i := range o.members {
		m := &o.members[i]
		if !o.usual.has(int16(i)) {
			continue
		}
		one := Shape{Name: m.name()}
		if len(m.always) > 0 {
			one.Text = m.always[0]
		}
		if m.act == way || m.act == records || m.act == nested {
			one.Members = m.object.shapes()
		}
		all = append(all, one)
	}
	return all
}
