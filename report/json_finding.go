package report

import (
	"tieout/calc/schema"
	"tieout/reconcile"
)

func (j *jsonText) finding(f *reconcile.Finding) {
	j.string("id", f.ID)
	j.string("rule", f.Rule.ID)
	j.string("severity", f.Severity.String())
	j.string("source", f.Source)
	j.string("file", f.Place.File)
	j.number("line", f.Place.Line)
	j.string("record", f.Record)
	j.string("pointer", f.Place.Pointer)
	j.string("field", f.Field)
	j.orNull("raw", f.Raw)
	j.values(f)
	j.bool("located", f.Located)
	j.object("diagnosis", func() {
		j.string("class", string(f.Diagnosis.Class))
		j.string("text", f.Diagnosis.Text)
	})
	j.array("candidates")
	for i := range f.Candidates {
		j.candidate(&f.Candidates[i])
	}
	j.end(']')
	j.array("evidence")
	for i := range f.Evidence {
		j.relation(f, &f.Evidence[i])
	}
	for _, g := range loneGrounds(f) {
		j.loneGround(f, g)
	}
	j.end(']')
	j.string("text", f.Text)
	j.explained(f)
}

// values are what is there, what should be, and the difference.
func (j *jsonText) values(f *reconcile.Finding) {
	if f.HasFigures {
		j.amount("actual", f.Actual)
		j.amount("expected", f.Expected)
		j.amount("difference", f.Difference)
		return
	}
	if f.Value != nil {
		j.sent("actual", f.Value)
	} else {
		j.orNull("actual", f.Raw)
	}
	j.orNull("expected", f.Wanted)
	j.orNull("difference", "")
}

// sent is the text of a value; null when there is none.
func (j *jsonText) sent(name string, g *reconcile.Given) {
	j.key(name)
	if g.State == schema.Missing || g.State == schema.Null {
		j.null()
	} else {
		j.quote(g.Text)
	}
}

func (j *jsonText) candidate(c *reconcile.Candidate) {
	j.element()
	j.begin('{')
	j.string("pointer", c.Pointer)
	j.amount("actual", c.Actual)
	j.amount("expected", c.Expected)
	j.string("class", string(c.Class))
	j.number("set", c.Set)
	j.number("rank", c.Rank)
	j.string("text", c.Text)
	j.ifAny("file", c.File)
	j.end('}')
}

// relation is evidence that is a relation, or what a broken function has computed.
func (j *jsonText) relation(f *reconcile.Finding, e *reconcile.Evidence) {
	g := groundOf(f, e)
	formula := e.Formula
	if g != nil {
		formula = lawOf(g.Rule)
	}
	j.element()
	j.begin('{')
	j.string("rule", e.Rule.ID)
	j.string("formula", formula)
	j.string("pointer", e.Pointer)
	j.amount("actual", e.Actual)
	j.amount("expected", e.Expected)
	j.amount("difference", e.Difference)
	j.ifAny("file", e.File)
	if g != nil {
		j.ifAny("reason", g.Reason)
		j.read(g)
	} else {
		j.figuresBetweenFiles(e)
	}
	j.end('}')
}

// loneGround is evidence that is a broken function which has computed no figure.
func (j *jsonText) loneGround(f *reconcile.Finding, g *reconcile.Ground) {
	j.element()
	j.begin('{')
	j.string("rule", g.Rule.ID)
	j.string("formula", lawOf(g.Rule))
	j.string("pointer", f.Place.Pointer)
	if f.HasFigures {
		j.amount("actual", f.Actual)
		j.amount("expected", f.Expected)
		j.amount("difference", f.Difference)
	} else {
		j.string("actual", f.Raw)
		j.string("expected", f.Wanted)
		j.string("difference", "")
	}
	j.ifAny("reason", g.Reason)
	j.read(g)
	j.end('}')
}

// read are the values that a rule has read; left out when there are none.
func (j *jsonText) read(g *reconcile.Ground) {
	if len(g.Read) == 0 {
		return
	}
	j.array("read")
	for i := range g.Read {
		v := &g.Read[i]
		j.element()
		j.begin('{')
		j.string("pointer", v.Pointer)
		j.string("field", v.Field)
		j.sent("value", v)
		if !isPresent(v) {
			j.string("state", v.State.String())
		}
		j.ifAny("date", v.Elsewhen())
		j.ifAny("file", v.File)
		j.end('}')
	}
	j.end(']')
}

// figuresBetweenFiles are the figures of a relation of which some stand in another
// file than the finding; left out for others, whose formula says where they are.
func (j *jsonText) figuresBetweenFiles(e *reconcile.Evidence) {
	sides := [...][]reconcile.Figure{e.Subject, e.Terms}
	elsewhere := false
	for _, side := range sides {
		for i := range side {
			elsewhere = elsewhere || side[i].Pointer != "" && side[i].File != ""
		}
	}
	if !elsewhere {
		return
	}
	j.array("read")
	for _, side := range sides {
		for i := range side {
			s := &side[i]
			if s.Pointer == "" {
				continue
			}
			j.element()
			j.begin('{')
			j.string("pointer", s.Pointer)
			j.string("field", s.Field)
			j.string("value", s.Raw)
			j.ifAny("file", s.File)
			j.end('}')
		}
	}
	j.end(']')
}

// explained lists the events that explain differences of the evidence, and what they
// leave of the first that they explain.
func (j *jsonText) explained(f *reconcile.Finding) {
	j.array("explained")
	for i := range f.Explained {
		e := &f.Explained[i]
		j.element()
		j.begin('{')
		j.string("rule", e.Rule.ID)
		j.string("event", e.Event)
		j.amount("amount", e.Amount)
		j.orNull("date", e.Date)
		j.orNull("reason", e.Reason)
		j.string("from", e.From)
		j.end('}')
	}
	j.end(']')
	if len(f.Explained) > 0 {
		j.amount("residue", f.Residue)
	} else {
		j.orNull("residue", "")
	}
}
