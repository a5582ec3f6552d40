package reconcile

import (
	"tieout/calc"
	"tieout/calc/schema"
)

// The members of what a result lists, in the order in which they are coded.

func codeFinding(c *coder, f *Finding) {
	whole(c, &f.input)
	codeTurn(c, &f.turn)
	c.bits(&f.identity)
	whole(c, &f.shared)
	words(c, &f.ID)
	c.rule(&f.Rule)
	whole(c, &f.Severity)
	c.bad = c.bad || c.reading && f.Severity > schema.Error // findings are counted by it
	c.name(&f.Source)
	words(c, &f.Record)
	c.name(&f.KeyFrom)
	codePlace(c, &f.Place)
	codeExcerpt(c, &f.Excerpt)
	words(c, &f.Field)
	words(c, &f.Raw)
	c.name(&f.Unit)
	c.flag(&f.HasFigures)
	c.amount(&f.Actual)
	c.amount(&f.Expected)
	c.amount(&f.Difference)
	whole(c, &f.Op)
	words(c, &f.Wanted)
	c.day(&f.WantedDate)
	optional(c, &f.Value, codeGiven)
	c.flag(&f.Located)
	codeDiagnosis(c, &f.Diagnosis)
	list(c, &f.Candidates, codeCandidate)
	list(c, &f.Evidence, codeEvidence)
	list(c, &f.Explained, codeExplained)
	c.amount(&f.Residue)
	c.flag(&f.IsExplained)
	list(c, &f.Grounds, codeGround)
	words(c, &f.Array)
	words(c, &f.Text)
	words(c, &f.Pattern)
	of(c, &c.tables.snapshots, &f.Snapshot)
}

func codePlace(c *coder, p *schema.Place) {
	c.name(&p.File)
	whole(c, &p.Line)
	whole(c, &p.Column)
	whole(c, &p.Offset)
	words(c, &p.Pointer)
}

func codeExcerpt(c *coder, e *schema.Excerpt) {
	words(c, &e.Line)
	whole(c, &e.Caret)
	whole(c, &e.Width)
}

func codeGiven(c *coder, g *Given) {
	words(c, &g.Field)
	words(c, &g.Pointer)
	c.name(&g.File)
	whole(c, &g.State)
	words(c, &g.Text)
	c.day(&g.Date)
}

func codeDiagnosis(c *coder, d *Diagnosis) {
	words(c, &d.Class)
	words(c, &d.Reason)
	words(c, &d.Text)
}

func codeCandidate(c *coder, one *Candidate) {
	whole(c, &one.Set)
	whole(c, &one.Rank)
	words(c, &one.Field)
	words(c, &one.Pointer)
	c.name(&one.Source)
	c.name(&one.File)
	c.amount(&one.Actual)
	c.amount(&one.Expected)
	words(c, &one.Class)
	words(c, &one.Reason)
	words(c, &one.Text)
}

func codeEvidence(c *coder, e *Evidence) {
	c.rule(&e.Rule)
	words(c, &e.Formula)
	words(c, &e.Field)
	words(c, &e.Pointer)
	c.name(&e.File)
	c.amount(&e.Actual)
	c.amount(&e.Expected)
	c.amount(&e.Difference)
	whole(c, &e.Op)
	c.amount(&e.Allowed)
	words(c, &e.Numbers)
	list(c, &e.Subject, codeFigure)
	list(c, &e.Terms, codeFigure)
	list(c, &e.Explained, codeExplained)
	c.amount(&e.Residue)
	whole(c, &e.Reading)
}

func codeFigure(c *coder, f *Figure) {
	words(c, &f.Field)
	words(c, &f.Pointer)
	c.name(&f.File)
	words(c, &f.Raw)
	c.amount(&f.Amount)
	whole(c, &f.Coef)
}

func codeExplained(c *coder, e *Explained) {
	c.rule(&e.Rule)
	words(c, &e.Event)
	c.amount(&e.Amount)
	words(c, &e.Date)
	words(c, &e.Reason)
	words(c, &e.From)
}

func codeGround(c *coder, g *Ground) {
	c.rule(&g.Rule)
	words(c, &g.Reason)
	list(c, &g.Read, codeGiven)
}

func codeReject(c *coder, x *schema.Reject) {
	codePlace(c, &x.Place)
	words(c, &x.Reason)
	codeExcerpt(c, &x.Excerpt)
}

func codeMissing(c *coder, m *Missing) {
	codeTurn(c, &m.turn)
	whole(c, &m.number)
	c.rule(&m.Rule)
	c.name(&m.Source)
	words(c, &m.Record)
	words(c, &m.Pointer)
	words(c, &m.Field)
	words(c, &m.Reason)
	optional(c, &m.Implied, func(c *coder, a *calc.Amount) { c.amount(a) })
}

func codeUnmatched(c *coder, u *Unmatched) {
	c.name(&u.Source)
	words(c, &u.Record)
	c.name(&u.File)
	list(c, &u.Lacks, words)
	words(c, &u.Reason)
}
