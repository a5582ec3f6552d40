package capture

import (
	"cmp"
	"slices"
	"time"
)

// entryKey is what entries are about: a page of a key of a source.
type entryKey struct {
	source, key string
	page        int
}

func keyOf(e *Entry) entryKey { return entryKey{e.Source, e.Key, e.Page} }

// State is what a capture knows of a page of a key. Of its entries it has what they are
// about (Source, Key, Page, Question), Kind, Ended, Job, Next and Line, and nothing of
// what was sent and answered. The Kind of one that does not exist is empty.
type State struct {
	// Last is the last entry.
	Last Entry
	// Pending is a submitted job of which nothing has come yet: no answer, nothing
	// that says there is none, and no failure of that job. It is to be asked for, not
	// submitted again.
	Pending Entry
}

// state is a State in memory.
type state struct{ last, job *mark }

// mark is what is remembered of an entry. A capture may have millions, so that it is
// little.
type mark struct {
	kind, job, next, question string
	ended                     time.Time
	line                      int
}

// entry that the mark is of; none for nil.
func (m *mark) entry(about entryKey) Entry {
	if m == nil {
		return Entry{}
	}
	return Entry{
		Version: Version, Source: about.source, Key: about.key, Page: about.page, Kind: m.kind,
		Question: m.question, Ended: m.ended, Job: m.job, Next: m.next, Line: m.line,
	}
}

// learn remembers an entry that is in the file.
func (l *Log) learn(e *Entry) {
	about := keyOf(e)
	s := l.states[about]
	if s == nil {
		s = &state{}
		l.states[about] = s
	}
	m := &mark{kind: e.Kind, job: e.Job, next: e.Next, question: e.Question, ended: e.Ended, line: e.Line}
	s.last = m
	switch {
	case e.Kind == Submitted:
		s.job = m
	case e.Settles():
		s.job = nil
	case s.job != nil && e.Job == s.job.job: // the job has failed, not only the asking
		s.job = nil
	}
}

// State is what is known of a page of a key; page is 0 for the first.
func (l *Log) State(source, key string, page int) State {
	l.mu.Lock()
	defer l.mu.Unlock()
	about := entryKey{source, key, page}
	s := l.states[about]
	if s == nil {
		return State{}
	}
	return State{Last: s.last.entry(about), Pending: s.job.entry(about)}
}

// Pending lists the submitted jobs of which nothing has come yet, in the order they
// were submitted.
func (l *Log) Pending() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []Entry
	for about, s := range l.states {
		if s.job != nil {
			all = append(all, s.job.entry(about))
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.Line, b.Line) })
	return all
}
