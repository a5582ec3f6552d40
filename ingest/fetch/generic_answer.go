package fetch

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// at is a value of an answer: at a dotted path, or in "header:name".
func (g *Generic) at(where string, tree any, r Reply) string {
	if name, is := strings.CutPrefix(where, "header:"); is {
		return r.Header.Get(name)
	}
	text, _ := value(tree, where)
	return text
}

// Read tells an answer by the source's description.
func (g *Generic) Read(c Call, r Reply) Verdict {
	if slices.Contains(g.recipe.NotFound, r.Status) {
		if c.job != "" {
			return Verdict{Outcome: Lost}
		}
		return Verdict{Outcome: Empty}
	}
	if g.recipe.Poll != nil && c.job == "" {
		return g.accepted(r)
	}
	if c.job != "" && (r.Status == http.StatusAccepted || r.Status == http.StatusNoContent) {
		return Verdict{Outcome: Waiting}
	}
	tree, v := document(r)
	if v.Outcome != 0 {
		return v
	}
	if p := g.recipe.Poll; p != nil && p.Done != "" && isSuccess(r.Status) {
		state := g.at(p.Done, tree, r)
		if slices.Contains(p.Failed, state) {
			return refused(Reported, "the API reports "+shorten(state, 40))
		}
		if !slices.Contains(p.Is, state) {
			return Verdict{Outcome: Waiting}
		}
	}
	if e := g.recipe.Echo; e.Path != "" {
		if text := g.at(e.Path, tree, r); text != "" && text != c.Asked[cmp.Or(e.Of, "key")] {
			return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer has another " + e.Path}
		}
	}
	v = meaning(g.source, tree, r)
	if g.recipe.Pages != nil && v.Outcome == Answered {
		v.Next = g.at(g.recipe.Pages.Next, tree, r)
	}
	return v
}

// accepted reads the answer to the request that submits a job.
func (g *Generic) accepted(r Reply) Verdict {
	var tree any
	if !isSuccess(r.Status) {
		return refused(classOf(r.Status), statusLine(r.Status))
	}
	if !strings.HasPrefix(g.recipe.Poll.Job, "header:") {
		var v Verdict
		if tree, v = document(r); v.Outcome != 0 {
			return v
		}
	}
	if job := g.at(g.recipe.Poll.Job, tree, r); job != "" {
		return Verdict{Outcome: Accepted, Job: job}
	}
	return refused(Reported, "the answer to the submission names no job ("+g.recipe.Poll.Job+")")
}
