package fetch

import (
	"fmt"
	"time"
)

// Summary is what came of a run.
type Summary struct {
	// Keys that were read, and of them: those that the journal had already, and
	// those that stood twice in the list. When the run ends early, the keys behind are
	// not read.
	Keys, Kept, Twice int
	// Keys that were answered, by their last page when an answer has several, those of
	// which there is nothing, and those that failed, by class.
	Answered, Nothing int
	Failed            map[Class]int
	// Pages is how many answers came; a key has one or more.
	Pages int
	// Requests sent, Retries among them, Logins made, Jobs submitted, Bytes answered.
	Requests, Retries, Logins, Jobs int
	Bytes                           int64
	Elapsed                         time.Duration
	// Interrupted tells that the run was cancelled, and Stopped why it ended before
	// its keys did for another reason; what was not finished is untouched.
	Interrupted bool
	Stopped     error
}

// Failures is how many keys failed.
func (s *Summary) Failures() int {
	n := 0
	for _, k := range s.Failed {
		n += k
	}
	return n
}

// Done is how many keys have come to an end in this run.
func (s *Summary) Done() int { return s.Answered + s.Nothing + s.Failures() }

// EventKind is what an event tells.
type EventKind string

// The kinds of events.
const (
	Beginning EventKind = "begin"  // a key is asked for
	LoggingIn EventKind = "login"  // a token is asked for
	Retrying  EventKind = "retry"  // a request will be sent once more, after Wait
	Paused    EventKind = "pause"  // nothing is sent to a host for as long as Wait
	Submitted EventKind = "submit" // a job was accepted
	Paged     EventKind = "page"   // a page that is not the last has come
	Ended     EventKind = "end"    // a key has come to an end
	Skipped   EventKind = "skip"   // the journal had the key already, or it stood twice
)

// Event is something that happened in a run. It holds no secret, and the key masked.
type Event struct {
	Kind    EventKind
	At      time.Time
	Key     string
	Number  int    // of the key in the list, from 1
	Host    string // that is paused
	Outcome string // of a key: answer, nothing or failed
	Status  int
	Attempt int
	Wait    time.Duration
	Class   Class
	Reason  string
}

// Observer is told what happens, one event after the other. It must not wait.
type Observer func(Event)

// String is the event as a line of a log.
func (e Event) String() string {
	text := string(e.Kind)
	for _, part := range []struct {
		name  string
		value any
		is    bool
	}{
		{"key", e.Key, e.Key != ""},
		{"number", e.Number, e.Number != 0},
		{"host", e.Host, e.Host != ""},
		{"outcome", e.Outcome, e.Outcome != ""},
		{"status", e.Status, e.Status != 0},
		{"attempt", e.Attempt, e.Attempt != 0},
		{"wait", e.Wait, e.Wait != 0},
		{"reason", e.Reason, e.Reason != ""},
	} {
		if part.is {
			text += fmt.Sprintf(" %s=%v", part.name, part.value)
		}
	}
	return text
}
