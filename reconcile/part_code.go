package reconcile

import "tieout/calc/schema"

// The members of a part file in the order in which they are coded.

func codePartHead(c *coder, s *Shard, t *Tool) {
	whole(c, &s.Number)
	whole(c, &s.Of)
	whole(c, &s.From)
	whole(c, &s.To)
	words(c, &t.Name)
	words(c, &t.Version)
	words(c, &t.RuleSet)
	list(c, &t.Data, words)
}

func codePartBody(c *coder, r *Result, counts *storeCounts) {
	list(c, &r.Options, words)
	list(c, &r.Inputs, codeInput)
	for _, n := range []*int{
		&r.Documents, &r.Records, &r.Figures, &r.Rejected, &r.Partial, &r.Replaced, &r.Joined,
		&counts.findings, &counts.rejects, &counts.missing, &counts.unmatched,
	} {
		whole(c, n)
	}
	codeCounts(c, &r.Checks)
	list(c, &r.Rules, codeRuleCount)
	list(c, &r.UnusedEvents, codeUnused)
	c.day(&r.days.given)
	c.day(&r.days.day)
	c.flag(&r.days.examined)
	c.flag(&r.days.several)
	list(c, &r.snapshots, func(c *coder, s **Snapshot) { of(c, &c.tables.snapshots, s) })
	c.flag(&r.cut)
}

func codeInput(c *coder, in *Input) {
	words(c, &in.File)
	whole(c, &in.Size)
	words(c, &in.SHA256)
	words(c, &in.Source)
	whole(c, &in.Documents)
	whole(c, &in.Records)
	whole(c, &in.Rejected)
}

func codeCounts(c *coder, n *Counts) {
	for o := range n {
		whole(c, &n[o])
	}
}

func codeRuleCount(c *coder, r *RuleCount) {
	words(c, &r.Source)
	c.rule(&r.Rule)
	codeCounts(c, &r.Counts)
	list(c, &r.Reasons, func(c *coder, one *Reason) {
		whole(c, &one.Outcome)
		words(c, &one.Text)
		whole(c, &one.Count)
	})
}

func codeUnused(c *coder, e *UnusedEvent) {
	words(c, &e.Record)
	words(c, &e.Rule)
	words(c, &e.Name)
	c.amount(&e.Amount)
	words(c, &e.At)
	c.day(&e.Date)
	words(c, &e.Reason)
	words(c, &e.From)
	words(c, &e.Why)
	whole(c, &e.number)
	whole(c, &e.nearer)
}

func codeSnapshot(c *coder, s *Snapshot) {
	words(c, &s.Source)
	words(c, &s.Record)
	words(c, &s.File)
	list(c, &s.Tables, func(c *coder, t *Table) {
		words(c, &t.Name)
		list(c, &t.Columns, words)
		list(c, &t.Rows, func(c *coder, r *TableRow) {
			words(c, &r.Name)
			words(c, &r.Pointer)
			list(c, &r.Values, codeTableValue)
		})
	})
}

func codeTableValue(c *coder, v *TableValue) {
	words(c, &v.Pointer)
	codeValue(c, &v.Value)
	c.flag(&v.Figure)
	c.flag(&v.Count)
}

func codeValue(c *coder, v *schema.Value) {
	whole(c, &v.State)
	c.flag(&v.Waived)
	words(c, &v.Text)
	c.amount(&v.Amount)
	c.day(&v.Date)
	whole(c, &v.Offset)
	whole(c, &v.End)
}
