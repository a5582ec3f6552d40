package schema

import (
	"fmt"
	"slices"
)

// Join says which documents of several sources, or of two snapshots of one, speak
// of the same thing, and the laws between them.
type Join struct {
	// Name of the joined record, and Title, what it is in one line.
	Name, Title string
	Parts       []Part
	// Rules between the parts; their formulas name a figure by its part first:
	// schedule.Total.main_debt.end_balance.
	Rules []Rule
}

// Part is one document of a join.
type Part struct {
	// Name of the part in formulas.
	Name string
	// Source of the document, by its name.
	Source string
	// Before is true for the document of the earlier snapshot.
	Before bool
	// Awaits says which of the documents have the others beside them; nil for all.
	// The rest is joined where it can be, and not missed where it cannot.
	Awaits *Among
}

// Among is a condition on a record: that a field of its own has one of some texts.
type Among struct {
	Field string
	Texts []string
}

// Holds tells whether a record fulfils the condition; one that does not say does.
func (a *Among) Holds(r *Record) bool {
	if a == nil {
		return true
	}
	n := r.Layout.Find(a.Field)
	v := r.Value(0, 0, n.Slot)
	return v.State != Present || slices.Contains(a.Texts, v.Text)
}

// JoinLayout is the layout of the records joined of some parts: each part is an
// optional object of the record.
func JoinLayout(j *Join, sources map[string]*Source) (*Layout, error) {
	joined := &Source{Name: j.Name, Title: j.Title, NotNegative: true}
	countries := map[string]bool{}
	for _, p := range j.Parts {
		s := sources[p.Source]
		if s == nil {
			return nil, fmt.Errorf("join %s: there is no source %q", j.Name, p.Source)
		}
		joined.Fields = append(joined.Fields, Field{
			Name: p.Name, Kind: Object, Presence: Optional, Meaning: s.Title, Fields: s.Fields,
		})
		joined.NotNegative = joined.NotNegative && s.NotNegative
		if s.Country != "" {
			joined.Country = s.Country
			countries[s.Country] = true
		}
	}
	if len(countries) > 1 { // no one calendar is meant
		joined.Country = ""
	}
	l, err := NewLayout(joined)
	if err != nil {
		return nil, err
	}
	for i := range j.Parts {
		if err := j.Parts[i].check(l); err != nil {
			return nil, fmt.Errorf("join %s: %w", j.Name, err)
		}
		part, err := NewLayout(&Source{Name: j.Parts[i].Source, Fields: joined.Fields[i].Fields})
		if err != nil {
			return nil, err
		}
		l.parts = append(l.parts, extent{groups: len(part.Groups) - 1, slots: len(part.Groups[0].Slots)})
	}
	return l, nil
}

// check that what a part awaits by is a field of the records themselves.
func (p *Part) check(joined *Layout) error {
	if p.Awaits == nil {
		return nil
	}
	if n := joined.Find(p.Name + "." + p.Awaits.Field); n == nil || n.Group != 0 || n.Slot < 0 {
		return fmt.Errorf("%q is no field of the records of %s", p.Awaits.Field, p.Source)
	}
	return nil
}

// IsJoined tells whether the records of the layout are joined of several documents.
func (l *Layout) IsJoined() bool { return l.parts != nil }

// extent is how many groups of rows and how many slots of the record itself a
// part has.
type extent struct{ groups, slots int }

// JoinRecords joins records that speak of the same thing; one is nil where there
// is none. The parts are those of the layout, in its order.
func JoinRecords(l *Layout, parts []*Record) *Record {
	r := &Record{
		Layout: l, parts: parts,
		values: make([][]Value, len(l.Groups)),
		spans:  make([][]Span, len(l.Groups)),
		parent: make([][]int, len(l.Groups)),
	}
	r.parent[0] = []int{-1}
	r.values[0] = make([]Value, 0, len(l.Groups[0].Slots))
	for _, part := range parts {
		if part != nil && r.Document == nil { // of what is in no part
			r.Document, r.Pointer, r.Offset = part.Document, part.Pointer, part.Offset
		}
	}
	group := 1
	for i, part := range parts {
		size := l.parts[i]
		if part == nil {
			for range size.slots {
				r.values[0] = append(r.values[0], Value{Waived: true})
			}
			for g := group; g < group+size.groups; g++ {
				if l.Groups[g].Parent == 0 {
					r.spans[g] = []Span{{Waived: true, Offset: -1}}
				}
			}
			group += size.groups
			continue
		}
		r.values[0] = append(r.values[0], part.values[0]...)
		for g := 1; g <= size.groups; g++ {
			r.values[group], r.spans[group], r.parent[group] = part.values[g], part.spans[g], part.parent[g]
			group++
		}
	}
	return r
}

// Home is the record that holds a slot of a group, with the numbers that they
// have there: the record itself, or one of the parts that it is joined of. The
// instances have the same numbers.
func (r *Record) Home(group, slot int) (home *Record, homeGroup, homeSlot int) {
	if r.parts == nil {
		return r, group, slot
	}
	for i, size := range r.Layout.parts {
		switch {
		case group == 0 && slot < size.slots:
			return r.orSelf(i), 0, slot
		case group == 0:
			slot -= size.slots
		case group <= size.groups:
			return r.orSelf(i), group, slot
		default:
			group -= size.groups
		}
	}
	return r, group, slot
}

// orSelf is a part, or the joined record in place of one that is not there.
func (r *Record) orSelf(part int) *Record {
	if r.parts[part] == nil {
		return r
	}
	return r.parts[part]
}

// IsJoined tells whether the record is joined of several documents.
func (r *Record) IsJoined() bool { return r.parts != nil }
