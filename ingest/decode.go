package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// decoder turns the tree of one document into records.
type decoder struct {
	layout   *schema.Layout
	others   []*schema.Layout // all that documents are recognised by
	document *schema.Document
	copied   *mended // the text that the tree was read from
	faults   []local // of the text
	rejects  []schema.Reject
	rejected int // documents and records that could not be read in whole
	payload  *schema.Payload
}

func (d *decoder) reject(n *node, pointer, format string, args ...any) {
	in := d.document.Input
	from, end := d.copied.span(n)
	d.rejects = append(d.rejects, schema.Reject{
		Place: in.Place(from, pointer), Reason: fmt.Sprintf(format, args...), Excerpt: in.Excerpt(from, end),
	})
}

// root decodes a document: one payload, or an array of them.
func (d *decoder) root(n *node) {
	d.payload = &schema.Payload{}
	if !n.isArray() {
		d.answer(n, "")
		return
	}
	if len(n.children) == 0 && !d.layout.Source.EmptyMeansNone {
		d.lose(n, "", "an empty array is not an answer of %s", d.layout.Source.Name)
	}
	for i := range n.children {
		d.element(&n.children[i], i)
	}
}

// element decodes an element of an array of payloads.
func (d *decoder) element(n *node, number int) {
	pointer := "/" + strconv.Itoa(number)
	if other := d.foreign(n); other != nil {
		d.lose(n, pointer, "this has the shape of %s in an array of %s", other.Source.Name, d.layout.Source.Name)
		return
	}
	d.answer(n, pointer)
}

// foreign is the other source whose shape a payload has in an array of many, or
// nil; the array was recognised by its first object.
func (d *decoder) foreign(n *node) *schema.Layout {
	if len(d.others) < 2 || !n.isObject() || fits(n, d.layout.Source) {
		return nil
	}
	other, err := recognise(n, d.others)
	if err != nil {
		return nil
	}
	return other
}

// lose rejects a whole document or record.
func (d *decoder) lose(n *node, pointer, format string, args ...any) {
	d.rejected++
	d.payload.Lost++
	d.reject(n, pointer, format, args...)
}

// answer decodes one payload. Records that stand alone in an array are one
// payload together.
func (d *decoder) answer(n *node, pointer string) {
	source := d.layout.Source
	if d.faulty(n, d.recordsOf(n)) {
		return
	}
	if !n.isObject() {
		d.lose(n, pointer, "%s is expected to be an object, not %s", source.Name, describe(n))
		return
	}
	if told, is := answers(n, source.Failed); is {
		d.lose(n, pointer, "the upstream answered that it failed: %s", told)
		return
	}
	if told, is := failsWithoutRecords(n, source.Failed); is && isNothing(d.recordsOf(n)) {
		d.lose(n, pointer, "the upstream answered that it failed: %s", told)
		return
	}
	nothing, _ := answers(n, source.Nothing)
	for _, path := range source.Records {
		if at := n.follow(path); at != nil {
			if path != "" {
				d.payload = &schema.Payload{Context: d.context(n, pointer)}
			}
			d.records(at, pointer+dotted(path), path, nothing)
			return
		}
	}
	d.lose(n, pointer, "%s carries its records at %s; nothing is there", source.Name, strings.Join(source.Records, " or "))
}

// recordsOf is what stands in a payload where its source has the records, or nil.
func (d *decoder) recordsOf(n *node) *node {
	for _, path := range d.layout.Source.Records {
		if at := n.follow(path); at != nil {
			return at
		}
	}
	return nil
}

// faulty rejects a value for the faults of its text, but for those in a part of it that
// is looked at by itself; it tells whether there were any.
func (d *decoder) faulty(n, but *node) bool {
	all := within(d.faults, n.offset, n.end)
	if but != nil && (but.isObject() || but.isArray()) {
		all = slices.Concat(within(all, n.offset, but.offset), within(all, but.end, n.end))
	}
	if len(all) == 0 {
		return false
	}
	f, in := &all[0], d.document.Input
	at, reason := d.copied.place(f.offset), f.told(in, d.copied)
	if len(all) > 1 {
		reason += fmt.Sprintf(" (the first of %d faults)", len(all))
	}
	d.rejected++
	d.payload.Lost++
	d.rejects = append(d.rejects, schema.Reject{
		Place: in.Place(at, f.pointer), Reason: reason, Excerpt: in.Excerpt(at, at+1),
	})
	return true
}

// isNothing tells whether no record stands where records should: null is none, and
// neither is an array or object that holds nothing else.
func isNothing(at *node) bool {
	if at == nil || at.kind == 'n' {
		return true
	}
	something := func(n node) bool { return !isNothing(&n) }
	return (at.isArray() || at.isObject()) && !slices.ContainsFunc(at.children, something)
}

// records decodes what stands at a path of records: one, or an array of them.
func (d *decoder) records(n *node, pointer, path, nothing string) {
	switch {
	case n.isObject():
		d.record(n, pointer, nothing)
	case n.isArray():
		for i := range n.children {
			d.record(&n.children[i], pointer+"/"+strconv.Itoa(i), nothing)
		}
	default:
		d.lose(n, pointer, "%s is expected to be a record or an array of records, not %s", path, describe(n))
	}
}

// context decodes what stands beside the records of a payload.
func (d *decoder) context(n *node, pointer string) *schema.Record {
	if d.layout.Context == nil {
		return nil
	}
	r := schema.NewRecord(d.layout.Context, d.document)
	r.Pointer, r.Offset = pointer, d.copied.place(n.offset)
	d.object(r, n, d.layout.Context.Root(), 0, pointer)
	return r
}

// dotted is a dotted path as the tail of a JSON pointer.
func dotted(path string) string {
	if path == "" {
		return ""
	}
	return "/" + strings.ReplaceAll(schema.EscapePointer(path), ".", "/")
}

// record decodes one record. One whose values cannot all be read counts as
// rejected, yet it is checked as far as it can be.
func (d *decoder) record(n *node, pointer, nothing string) {
	if d.faulty(n, nil) {
		return
	}
	if !n.isObject() {
		d.lose(n, pointer, "a record is expected to be an object, not %s", describe(n))
		return
	}
	known := func(m node) bool { return d.layout.Root().Child(m.name) != nil }
	if !slices.ContainsFunc(n.children, known) {
		d.lose(n, pointer, "no member of this object is a field of %s", d.layout.Source.Name)
		return
	}
	before := len(d.rejects)
	r := schema.NewRecord(d.layout, d.document)
	r.Pointer, r.Offset, r.Nothing, r.Payload = pointer, d.copied.place(n.offset), nothing, d.payload
	d.object(r, n, d.layout.Root(), 0, pointer)
	r.Key, r.KeyFrom = r.OwnName(), schema.KeyInDocument
	if r.Partial = len(d.rejects) > before; r.Partial {
		d.rejected++
	}
	d.document.Records = append(d.document.Records, r)
	d.payload.Records = append(d.payload.Records, r)
}

// object decodes the described members of an object into an instance.
func (d *decoder) object(r *schema.Record, n *node, at *schema.Node, instance int, pointer string) {
	for _, name := range at.Names(r.Layout) {
		child := at.Child(name)
		here := pointer + "/" + schema.EscapePointer(name)
		member := n.member(name)
		if member == nil {
			near(r, n, at, child, instance)
		}
		switch {
		case member == nil && child.Field.Kind == schema.Object:
			d.absent(r, child, instance, schema.Missing, child.Field.Presence == schema.Optional)
		case member == nil:
		case child.Field.Kind == schema.Object:
			d.nested(r, member, child, instance, here)
		case child.Field.Kind.HasRows():
			d.rows(r, member, child, instance, here)
		default:
			r.Set(child.Group, instance, child.Slot, d.value(member, child.Field, here))
		}
	}
}

// near notes the member that may be meant for a field that is always sent and missing
// here: one that is not described, and has nearly the field's name.
func near(r *schema.Record, n *node, at, missing *schema.Node, instance int) {
	if missing.Field.Presence == schema.Optional || missing.Field.Kind == schema.Object {
		return
	}
	for i := range n.children {
		name := n.children[i].name
		if at.Child(name) != nil || !text.Near(name, missing.Field.Name) {
			continue
		}
		if missing.Field.Kind.HasRows() {
			r.NoteNearRows(missing.Rows, instance, name)
		} else {
			r.NoteNear(missing.Group, instance, missing.Slot, name)
		}
		return
	}
}

// nested decodes the member of an object that is an object itself.
func (d *decoder) nested(r *schema.Record, n *node, at *schema.Node, instance int, pointer string) {
	switch {
	case n.isObject():
		d.object(r, n, at, instance, pointer)
	case n.kind == 'n':
		d.absent(r, at, instance, schema.Null, at.Field.Presence == schema.Optional)
	default:
		d.reject(n, pointer, "%s is expected to be an object, not %s", at.Field.Name, describe(n))
		d.absent(r, at, instance, schema.Unreadable, false)
	}
}

// absent marks everything below an object that is not there.
func (d *decoder) absent(r *schema.Record, at *schema.Node, instance int, state schema.State, waived bool) {
	for _, name := range at.Names(r.Layout) {
		switch child := at.Child(name); child.Field.Kind {
		case schema.Object:
			d.absent(r, child, instance, state, waived || child.Field.Presence == schema.Optional)
		case schema.Rows, schema.List, schema.Entries:
			r.OpenRows(child.Rows, instance, schema.Span{State: state, Waived: waived, Offset: -1})
		default:
			r.Set(child.Group, instance, child.Slot, schema.Value{State: state, Waived: waived})
		}
	}
}

// rows decodes an array of rows, of plain values, or an object of rows. A row
// that is not what it should be is a row in which nothing is readable, so that
// the others keep their places.
func (d *decoder) rows(r *schema.Record, n *node, at *schema.Node, parent int, pointer string) {
	found := schema.Span{State: schema.Present, Offset: d.copied.place(n.offset)}
	wanted, is := "an array of objects", n.isArray()
	switch at.Field.Kind {
	case schema.List:
		wanted = "an array of values"
	case schema.Entries:
		wanted, is = "an object of objects", n.isObject()
	}
	switch {
	case n.kind == 'n':
		found.State = schema.Null
	case !is:
		found.State = schema.Unreadable
		d.reject(n, pointer, "%s is expected to be %s, not %s", at.Field.Name, wanted, describe(n))
	}
	r.OpenRows(at.Rows, parent, found)
	if !is {
		return
	}
	for i := range n.children {
		d.row(r, &n.children[i], i, at, parent, pointer)
	}
}

// row decodes one row of an array or object.
func (d *decoder) row(r *schema.Record, n *node, i int, at *schema.Node, parent int, pointer string) {
	here := pointer + "/" + strconv.Itoa(i)
	instance := r.AddInstance(at.Rows, parent)
	switch at.Field.Kind {
	case schema.List:
		r.Set(at.Rows, instance, 0, d.value(n, &at.Field.Fields[0], here))
		return
	case schema.Entries:
		here = pointer + "/" + schema.EscapePointer(n.name)
	}
	if n.isObject() {
		d.object(r, n, at, instance, here)
	} else {
		d.reject(n, here, "a row of %s is expected to be an object, not %s", at.Field.Name, describe(n))
		d.absent(r, at, instance, schema.Unreadable, false)
	}
	if at.Field.Kind == schema.Entries {
		name := schema.Value{State: schema.Present, Text: n.name}
		name.Offset, name.End = d.copied.span(n)
		r.Set(at.Rows, instance, 0, name)
	}
}
