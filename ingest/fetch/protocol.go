package fetch

import (
	"time"
)

// Protocol is how the API of one source is asked. Its methods may be called from
// several goroutines.
type Protocol interface {
	// Source is the name of the source whose documents the answers are.
	Source() string
	// Begin is the request that asks for a key. id is a fresh text of 32 letters and
	// digits, for APIs that repeat one in their answers. It errs on a key that cannot
	// be asked for, saying what is wrong with it without repeating it.
	Begin(k Key, id string) (Call, error)
	// Sign adds what the API wants to see of the caller: an API key, a token. The
	// token is zero when the protocol has no Login.
	Sign(c *Call, t Token)
	// Read tells what an answer to a call means. It is not asked about answers that
	// mean the same everywhere: 401, 429, 502, 503 and 504, and redirects.
	Read(c Call, r Reply) Verdict
}

// Session is a protocol that logs in.
type Session interface {
	Protocol
	// Login is the request for a token; before is the token that has expired, zero
	// for a login from the start. It errs when that cannot be done without the user,
	// as when what the user gave has been used up.
	Login(before Token) (Call, error)
	// Token reads the answer to Login, whatever its status. It errs when that gives no
	// token.
	Token(r Reply) (Token, error)
}

// Poller is a protocol whose answers are asked for after a job was submitted.
type Poller interface {
	Protocol
	// Poll is the request for what came of a job.
	Poll(k Key, job, id string) (Call, error)
}

// Pager is a protocol whose answers come in pages.
type Pager interface {
	Protocol
	// Page is the request for the page that a Verdict's Next named.
	Page(k Key, next, id string) (Call, error)
}

// Token is what a login gave.
type Token struct {
	Value, Refresh Secret
	// Life is how long it is good for; 0 when that is not known.
	Life time.Duration
}

// Outcome is what an answer means for its key.
type Outcome uint8

const (
	// Answered means that the body is the document that was asked for.
	Answered Outcome = iota + 1
	// Empty means that the upstream has nothing under the key.
	Empty
	// Refused means that there is no answer, and asking again would not help.
	Refused
	// Again means that there is no answer, and asking again may help.
	Again
	// Foreign means that it is the answer to another request.
	Foreign
	// Expired means that the login is not good, or not any more.
	Expired
	// Accepted means that a job was submitted.
	Accepted
	// Waiting means that the job is not done.
	Waiting
	// Lost means that the upstream does not know the job.
	Lost
)

// Verdict is what an answer means.
type Verdict struct {
	Outcome Outcome
	// Class and Reason say why, for Refused, Again and Foreign.
	Class  Class
	Reason string
	// Job that was accepted.
	Job string
	// Next names the page after this one; empty when it is the last.
	Next string
}

// Class is a kind of failure.
type Class string

// The classes of failures, as summaries count them.
const (
	BadKey      Class = "bad key"          // the key is not one that can be asked for
	Reported    Class = "reported"         // the API says why
	Rejected    Class = "rejected"         // an HTTP status that is none of the others
	Denied      Class = "not let in"       // HTTP 401, though there was a fresh login or a key
	Throttled   Class = "too many"         // the API asks for fewer requests
	Unavailable Class = "unavailable"      // 5xx
	Unreachable Class = "connection"       // no connection, or one that broke
	TooSlow     Class = "deadline"         // no answer in time
	TooLarge    Class = "too large"        // a longer answer than is allowed
	NotJSON     Class = "not JSON"         // another content, or half of it
	Misdirected Class = "another request"  // the answer is to another request
	Redirected  Class = "redirect"         // a redirect, or a next page, that is not followed
	Overdue     Class = "no result yet"    // a job that is not done in time
	Leaking     Class = "repeats a secret" // an answer that cannot be kept
)

func refused(class Class, reason string) Verdict {
	return Verdict{Outcome: Refused, Class: class, Reason: reason}
}

func again(class Class, reason string) Verdict {
	return Verdict{Outcome: Again, Class: class, Reason: reason}
}
