package capture

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// Item is what a line of a capture comes to when the whole of it is known. One of its
// members is set.
type Item struct {
	// Input is an answer that holds, as a document to read, and Source the name of
	// the source that it is of.
	Input  *schema.Input
	Source string
	// Nothing tells that the upstream has nothing under a key.
	Nothing bool
	// Replaced tells that there is a later answer for the same source and key.
	Replaced bool
	// Reject is a line that cannot be read, or a key of which the last that is known
	// is that there is no answer.
	Reject *schema.Reject
}

// Latest yields what holds at the end of a capture, in the order of its lines. Of
// several answers for one page of a source and key the last holds. A failure does not take an
// earlier answer back: the answer is yielded and the failure is a reject.
//
// The file of an answer's input says its line and key, so that a place in it can be
// found: answers.ndjson[line 7: З20НвАР007200054]; line and column are those of the
// answer's body.
func Latest(file string, text []byte) iter.Seq[Item] {
	return LatestIn(file, func() io.Reader { return bytes.NewReader(text) })
}

// LatestIn yields the same of a capture that is read twice: read is asked for its text
// twice, one after the other.
func LatestIn(file string, read func() io.Reader) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		last := lastLines(read())
		for l := range lines(read()) {
			item, some := l.item(file, last)
			if some && !yield(item) {
				return
			}
		}
	}
}

// lastLine are the numbers of the lines that hold of one key.
type lastLine struct{ any, settled int }

// keySum stands for a key: one is never that of two, by chance or by intent.
type keySum [16]byte

func (k entryKey) sum() keySum {
	all := sha256.Sum256(fmt.Appendf(nil, "%q %q %d", k.source, k.key, k.page))
	return keySum(all[:])
}

func lastLines(r io.Reader) map[keySum]lastLine {
	all := map[keySum]lastLine{}
	for l := range lines(r) {
		if l.fault != nil {
			continue
		}
		at := keyOf(&l.entry).sum()
		last := all[at]
		last.any = l.number
		if l.entry.Settles() {
			last.settled = l.number
		}
		all[at] = last
	}
	return all
}

// item is what the line comes to; some is false when a later one makes it void.
func (l *captureLine) item(file string, lasts map[keySum]lastLine) (item Item, some bool) {
	if l.fault != nil {
		return Item{Reject: l.reject(file, l.fault.Reason)}, true
	}
	e := &l.entry
	last := lasts[keyOf(e).sum()]
	switch {
	case e.Settles() && l.number != last.settled:
		return Item{Replaced: true}, true
	case e.Kind == Nothing && e.Page > 0: // the answer has fewer pages now
		return Item{}, false
	case e.Kind == Nothing:
		return Item{Source: e.Source, Nothing: true}, true
	case e.Kind == Answer:
		return Item{Source: e.Source, Input: e.input(file)}, true
	case l.number != last.any:
		return Item{}, false
	}
	reason := "could not be fetched: " + e.Reason
	if e.Kind == Submitted {
		reason = "was submitted, and its answer not fetched yet; the next fetch asks for it"
	}
	if last.settled > 0 {
		reason += fmt.Sprintf("; the answer of line %d holds", last.settled)
	}
	return Item{Reject: l.reject(file, e.Source+" "+e.name()+" "+reason)}, true
}

// input is the answer as a document to read.
func (e *Entry) input(file string) *schema.Input {
	request := &schema.Request{Key: e.name(), Asked: e.Request.Asked}
	if !e.Ended.IsZero() {
		request.AsOf = date.FromTime(e.Ended.UTC())
	}
	return &schema.Input{File: fmt.Sprintf("%s[line %d: %s]", file, e.Line, e.name()), Text: e.Body, Request: request}
}

// reject is the line as one that could not be read.
func (l *captureLine) reject(file, reason string) *schema.Reject {
	shown := schema.Input{Text: l.text}
	return &schema.Reject{
		Place:  schema.Place{File: file, Line: l.number, Column: 1, Offset: int(l.offset)},
		Reason: reason, Excerpt: shown.Excerpt(0, 1),
	}
}
