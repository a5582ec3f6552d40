package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/calc/text"
)

// Joint holds the compiled rules between documents that speak of the same thing.
type Joint struct {
	Checker *Checker
	Parts   []schema.Part
}

// NewJoint compiles the rules of a join of some sources, by their names.
func NewJoint(j *schema.Join, sources map[string]*schema.Source) (*Joint, error) {
	layout, err := schema.JoinLayout(j, sources)
	if err != nil {
		return nil, err
	}
	c, err := NewChecker(layout, j.Rules)
	if err != nil {
		return nil, fmt.Errorf("join %s: %w", j.Name, err)
	}
	return &Joint{Checker: c, Parts: j.Parts}, nil
}

// JoinKeyRule is the law that joined documents break whose keys are equal only
// after folding look-alike letters. It belongs to no source.
func JoinKeyRule() *schema.Rule { return joinKeyRule }

var joinKeyRule = &schema.Rule{
	ID: "IN-05", Title: "documents of one key write it with different letters",
	Basis: schema.Inferred, Severity: schema.Info,
	Law: "the keys of documents that belong together are the same, letter by letter",
	Why: "The keys look the same and are not: a letter of another alphabet, a digit of another script or a hidden " +
		"character. The documents were joined all the same; other programs will not find them.",
}

// pending are records that wait for the documents they may be joined with.
type pending struct {
	subjects []*subject
	// before are the records of the earlier snapshot, by source.
	before []*subject
	// folded are the records of which it is told that their key differs in letters.
	folded map[*schema.Record]bool
}

// circle are subjects that are concluded about together: records that one join or
// several bring together, and the records joined of them.
type circle struct{ subjects []*subject }

// unite makes one circle of those of some subjects.
func unite(subjects []*subject) *circle {
	one := subjects[0].circle
	for _, s := range subjects[1:] {
		if s.circle == one {
			continue
		}
		for _, other := range s.circle.subjects {
			one.subjects = append(one.subjects, other)
			other.circle = one
		}
	}
	return one
}

// Join makes the run check documents against each other. Records of sources that
// a join names are kept until the result is asked for.
func (r *Run) Join(joints ...*Joint) {
	r.joins = append(r.joins, joints...)
	for _, j := range joints {
		r.tally([]*Checker{j.Checker})
	}
}

// DemandCounterparts lists the records without a counterpart also where no document of
// the other source was read at all. Those of the earlier snapshot are not demanded.
func (r *Run) DemandCounterparts() { r.demands = true }

// Previous adds a document of the earlier snapshot. Its records are not checked by
// themselves; the joins compare them with those of today.
func (r *Run) Previous(c *Checker, doc *schema.Document) {
	for _, rec := range doc.Records {
		r.previous(c, rec)
	}
}

// previous keeps a record of the earlier snapshot.
func (r *Run) previous(c *Checker, rec *schema.Record) {
	rec.AsOf = r.asOf(rec, r.about.PreviousAsOf)
	r.pending.before = append(r.pending.before, &subject{checker: c, rec: rec, input: r.input})
}

// keepForJoin keeps a record that may be joined; it tells whether it did.
func (r *Run) keepForJoin(s *subject) bool {
	if s.rec.Nothing != "" {
		return false
	}
	for _, j := range r.joins {
		if j.part(s.rec.Layout.Source.Name, false) >= 0 {
			r.pending.subjects = append(r.pending.subjects, s)
			return true
		}
	}
	return false
}

// part is the number of the part that documents of a source are; -1 for none.
func (j *Joint) part(source string, before bool) int {
	return slices.IndexFunc(j.Parts, func(p schema.Part) bool { return p.Source == source && p.Before == before })
}

// group are the records of one key.
type group struct {
	key   string
	parts [][]*subject // by part of the join
	first *subject
}

// join brings the records together that were kept, and concludes about each circle
// of them.
func (r *Run) join() {
	all := slices.Concat(r.pending.subjects, r.pending.before)
	for _, s := range all {
		s.circle = &circle{[]*subject{s}}
	}
	for n, j := range r.joins {
		groups, present := r.groups(j)
		for _, g := range groups {
			r.turn = turnOf(1+n, g.first.input, g.first.rec)
			r.joinGroup(j, g, present)
		}
	}
	done := map[*circle]bool{}
	for _, s := range all {
		if len(s.circle.subjects) > 1 {
			r.result.Joined++
		}
		if !done[s.circle] {
			done[s.circle] = true
			r.turn = turnOf(1, s.input, s.rec)
			r.conclude(s.circle.subjects)
		}
	}
	r.pending = pending{}
}

// groups are the kept records of a join by key, in the order first seen, and of
// which parts records can be expected.
func (r *Run) groups(j *Joint) (groups []*group, present []bool) {
	present = make([]bool, len(j.Parts))
	for i := range j.Parts {
		p := &j.Parts[i]
		present[i] = r.demands && !p.Before || r.expected[expected{p.Source, p.Before}]
	}
	at := map[string]*group{}
	add := func(s *subject, before bool) {
		part := j.part(s.rec.Layout.Source.Name, before)
		if part < 0 {
			return
		}
		present[part] = true
		key := text.Fold(s.rec.Key)
		g := at[key]
		if g == nil {
			g = &group{key: key, parts: make([][]*subject, len(j.Parts)), first: s}
			at[key] = g
			groups = append(groups, g)
		}
		g.parts[part] = append(g.parts[part], s)
	}
	for _, s := range r.pending.subjects {
		add(s, false)
	}
	for _, s := range r.pending.before {
		add(s, true)
	}
	return groups, present
}

// joinGroup checks the records of one key against each other. Where there are two of
// one part, nothing says which is meant.
func (r *Run) joinGroup(j *Joint, g *group, present []bool) {
	parts := make([]*schema.Record, len(j.Parts))
	var subjects []*subject
	joined := 0
	double := false
	for i, all := range g.parts {
		double = double || len(all) > 1
		if len(all) == 1 {
			parts[i] = all[0].rec
			joined++
		}
	}
	if joined < 2 || double {
		r.unmatched(j, g, present, double)
		return
	}
	for _, all := range g.parts {
		subjects = append(subjects, all...)
	}
	j.earlier(g)
	joint := schema.JoinRecords(j.Checker.Layout, parts)
	joint.Key = subjects[0].rec.Key
	j.days(joint, parts)
	across := r.examine(j.Checker, joint)
	r.folded(subjects)
	across.input = subjects[0].input // of which the joined record has its place
	across.circle = unite(subjects)
	across.circle.subjects = append(across.circle.subjects, across)
}

// days gives a joined record the days that its parts speak of, where they agree.
func (j *Joint) days(joint *schema.Record, parts []*schema.Record) {
	joint.AsOf, joint.SeveralDays = j.day(parts, false)
	joint.PreviousAsOf, _ = j.day(parts, true)
}

// day is the one that all parts of a snapshot speak of; several tells that there is
// more than one.
func (j *Joint) day(parts []*schema.Record, before bool) (day date.Date, several bool) {
	first := true
	for i, part := range parts {
		if part == nil || j.Parts[i].Before != before {
			continue
		}
		if !first && part.AsOf != day {
			return date.Date{}, true
		}
		day, first = part.AsOf, false
	}
	return day, false
}

// earlier gives the records of a group those of the earlier snapshot. A record that
// several joins know keeps the first.
func (j *Joint) earlier(g *group) {
	for i, all := range g.parts {
		if before := j.part(j.Parts[i].Source, true); len(all) == 1 && all[0].earlier == nil && !j.Parts[i].Before &&
			before >= 0 && len(g.parts[before]) == 1 {
			all[0].earlier = g.parts[before][0].rec
		}
	}
}

// unmatched lists the records of a group that lack a part which others have, but
// for those that have no other part beside them by their nature.
func (r *Run) unmatched(j *Joint, g *group, present []bool, double bool) {
	for i, all := range g.parts {
		var lacks []string
		for k, others := range g.parts {
			if present[k] && len(others) == 0 {
				lacks = append(lacks, j.partName(k))
			}
		}
		reason := ""
		if double {
			reason = "there are several records of this key in one source"
		}
		if len(lacks) == 0 && reason == "" {
			continue
		}
		for _, s := range all {
			if reason == "" && !j.Parts[i].Awaits.Holds(s.rec) {
				continue
			}
			r.result.Unmatched.Add(Unmatched{
				Source: j.partName(i), Record: s.rec.Key, File: s.rec.Document.Input.File, Lacks: lacks, Reason: reason,
			})
		}
	}
}

// partName is the source of a part, for people.
func (j *Joint) partName(part int) string {
	if j.Parts[part].Before {
		return j.Parts[part].Source + " before"
	}
	return j.Parts[part].Source
}

// keyOf a record as a value that is read.
func keyOf(rec *schema.Record) Given {
	return Given{Field: "key", Pointer: rec.Pointer, File: fileOf(rec), State: schema.Present, Text: rec.Key}
}

// folded tells that the keys of joined records differ in their letters.
func (r *Run) folded(subjects []*subject) {
	first := subjects[0].rec
	for _, s := range subjects[1:] {
		if s.rec.Key == first.Key || r.pending.folded[s.rec] {
			continue
		}
		if r.pending.folded == nil {
			r.pending.folded = map[*schema.Record]bool{}
		}
		r.pending.folded[s.rec] = true
		var how []string
		for _, d := range text.Differences(s.rec.Key, first.Key) {
			how = append(how, d.Text)
		}
		in := s.rec.Document.Input
		r.add(&Finding{
			Rule: joinKeyRule, Severity: joinKeyRule.Severity, Source: s.rec.Layout.Source.Name,
			Record: s.rec.Key, KeyFrom: s.rec.KeyFrom, Place: in.Place(s.rec.Offset, s.rec.Pointer),
			Excerpt: in.Excerpt(s.rec.Offset, s.rec.Offset+1), Raw: s.rec.Key, Wanted: first.Key,
			Grounds:   []Ground{{Rule: joinKeyRule, Reason: strings.Join(how, "; "), Read: []Given{keyOf(s.rec), keyOf(first)}}},
			Diagnosis: Diagnosis{Class: Unknown, Text: strings.Join(how, "; ")},
			Text:      fmt.Sprintf("joined with %s of %s after folding: %s", first.Key, first.Document.Input.File, strings.Join(how, "; ")),
		}, s.input)
	}
}
