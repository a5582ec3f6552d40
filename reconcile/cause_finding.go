package reconcile

import (
	"fmt"
	"strconv"
	"strings"

	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// tellCause makes the finding one of a cause.
func (f *Finding) tellCause(n *recordNet, cause *locate.Cause, evidence []*checked, inferred inferred) {
	all := evidence[0].evidence
	if len(evidence) > 1 {
		all = n.evidences[:0]
		for _, ch := range evidence {
			all = append(all, ch.evidence...)
		}
		n.evidences = all
	}
	copied, isCopied := copiedRow(evidence)
	decided := !isCopied && inferred.decide(n, cause)
	located := decided || cause.Located && len(cause.Candidates[0].Changes) == 1 && !isCopied
	if !located {
		f.tell(all, 0, n.memory)
		f.Diagnosis = unlocated(n, cause)
		if isCopied {
			f.Diagnosis = copied
		}
		f.rivals(n, cause, false)
		f.tellExplained()
		return
	}
	change := &cause.Candidates[0].Changes[0]
	f.have(all, speaker(all, n.value(change.Figure)), n.memory)
	f.locate(n, change)
	f.rivals(n, cause, true)
	f.tellExplained()
}

// speaker is the evidence that speaks of a figure, else the first.
func speaker(all []broken, figure *schema.Value) int {
	for i := range all {
		if all[i].subject == figure {
			return i
		}
	}
	return 0
}

// locate makes the finding speak of the one figure that explains it.
func (f *Finding) locate(n *recordNet, change *locate.Change) {
	v, home := n.value(change.Figure), n.figures[change.Figure].rec
	in := home.Document.Input
	f.Located, f.home = true, home
	f.Source, f.Record, f.KeyFrom = home.Layout.Source.Name, home.Key, home.KeyFrom
	f.Place = in.Place(v.Offset, n.pointer(change.Figure))
	if n.memory.isKept() {
		f.Excerpt = in.Excerpt(v.Offset, v.End)
	}
	f.Field, f.Raw, f.Op = n.name(change.Figure), v.Text, formula.Equal
	f.Actual, f.Expected = change.Actual, change.Implied
	f.Difference = f.Actual.Minus(f.Expected)
	f.Diagnosis = Diagnosis{
		Class: change.Slip.Class,
	}
	f.Diagnosis.Reason, f.Diagnosis.Text = slipTexts(n, &change.Slip)
	var room [256]byte
	text := append(append(room[:0], f.Field...), " is "...)
	text = append(f.Actual.Append(text), " and should be "...)
	text = append(f.Expected.Append(text), " (difference "...)
	text = append(f.Difference.Append(text), "): "...)
	f.Text = string(append(text, f.Diagnosis.Text...))
}

// slipReason says what may have happened, by the name of the other figure where
// the slip has one.
func slipReason(n *recordNet, s *locate.Slip) string {
	if s.Other < 0 {
		return s.Reason
	}
	switch name := n.name(s.Other); s.Class {
	case locate.ComponentOmitted:
		return name + " left out"
	case locate.ComponentDoubled:
		return name + " counted twice"
	case locate.Sign:
		return name + " taken with the wrong sign"
	case locate.Copied:
		return "copied from " + name
	case locate.Swapped:
		return "exchanged with " + name
	default:
		return s.Reason + " (" + name + ")"
	}
}

// slipTexts are that without and with the figures.
func slipTexts(n *recordNet, s *locate.Slip) (reason, text string) {
	said := *s
	said.Reason = slipReason(n, s)
	return said.Reason, said.Text()
}

// unlocated says how far the search came.
func unlocated(n *recordNet, cause *locate.Cause) Diagnosis {
	d := Diagnosis{Class: Unknown}
	best := cause.Best()
	if len(best) != 1 || isOpen(&best[0]) {
		d.Text = cause.Statement() + openSets(n, cause)
		return d
	}
	var room [512]byte
	text := room[:0]
	switch {
	case cause.Located:
		text = append(strconv.AppendInt(text, int64(len(best[0].Changes)), 10), " figures are wrong together: "...)
	case len(cause.Candidates) == 1:
		text = append(append(append(text, cause.Statement()...), openSets(n, cause)...), ": "...)
	default:
		text = append(append(append(text, cause.Statement()...), openSets(n, cause)...), "; the likeliest: "...)
	}
	d.Class = best[0].Changes[0].Slip.Class
	for i := range best[0].Changes {
		ch := &best[0].Changes[i]
		if ch.Slip.Class != d.Class {
			d.Class = locate.Unknown
		}
		if i > 0 {
			text = append(text, "; "...)
		}
		text = n.appendSlip(text, ch)
	}
	d.Text = string(text)
	return d
}

// appendSlip says what may have happened to a figure, or, where no slip is known, what
// it would have to be.
func (n *recordNet) appendSlip(to []byte, ch *locate.Change) []byte {
	to = append(to, n.name(ch.Figure)...)
	if ch.Slip.Class == locate.Unknown {
		return ch.Implied.Append(append(to, " would have to be "...))
	}
	_, text := slipTexts(n, &ch.Slip)
	return append(append(to, ": "...), text...)
}

// rivals lists the changes that explain the finding as well, the likeliest
// first; located tells that the first of them is the finding itself. Sets of
// figures whose values the relations leave open are no candidates.
func (f *Finding) rivals(n *recordNet, cause *locate.Cause, located bool) {
	first, changes := 0, 0
	if located {
		first = 1
	}
	for i := first; i < len(cause.Candidates); i++ {
		if one := &cause.Candidates[i]; !isOpen(one) {
			changes += len(one.Changes)
		}
	}
	if changes == 0 {
		return
	}
	f.Candidates = n.memory.newCandidates(changes)
	for i := first; i < len(cause.Candidates); i++ {
		if one := &cause.Candidates[i]; !isOpen(one) {
			f.Candidates = n.candidates(f.Candidates, one, i+1)
		}
	}
}

// isOpen tells whether a set of figures explains a cause and the relations leave
// open what the figures should be.
func isOpen(c *locate.Candidate) bool {
	for i := range c.Changes {
		if ch := &c.Changes[i]; !ch.Determined || !ch.Known {
			return true
		}
	}
	return false
}

// openSets names the figures of the first sets that are open.
func openSets(n *recordNet, cause *locate.Cause) string {
	const most = 3
	var sets []string
	for i := range cause.Candidates {
		if c := &cause.Candidates[i]; isOpen(c) {
			var names []string
			for k := range c.Changes {
				names = append(names, n.name(c.Changes[k].Figure))
			}
			sets = append(sets, strings.Join(names, " with "))
		}
	}
	if len(sets) == 0 {
		return ""
	}
	text := "; what these should be is open: " + strings.Join(sets[:min(most, len(sets))], ", or ")
	if len(sets) > most {
		text += fmt.Sprintf(", or %d others", len(sets)-most)
	}
	return text
}

// candidates appends the changes of one set.
func (n *recordNet) candidates(all []Candidate, set *locate.Candidate, number int) []Candidate {
	for k := range set.Changes {
		ch := &set.Changes[k]
		home := n.figures[ch.Figure].rec
		all = append(all, Candidate{
			Set: number, Rank: set.Rank, Field: n.name(ch.Figure), Pointer: n.pointer(ch.Figure),
			Source: home.Layout.Source.Name, File: fileOf(home),
			Actual: ch.Actual, Expected: ch.Implied, Class: ch.Slip.Class,
		})
		one := &all[len(all)-1]
		one.Reason, one.Text = slipTexts(n, &ch.Slip)
	}
	return all
}
