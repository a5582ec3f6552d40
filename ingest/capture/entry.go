package capture

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Version of the format that is written, and the newest that is read.
const Version = 1

// The kinds of entries.
const (
	// Answer is what the upstream answered.
	Answer = "answer"
	// Submitted is a job that the upstream has accepted, and will answer later.
	Submitted = "submitted"
	// Nothing says that the upstream has nothing under the key.
	Nothing = "nothing"
	// Failed says that there is no answer, and why.
	Failed = "failed"
)

// Entry is one line of a capture: what came of one key of one source, or of one page
// of it.
type Entry struct {
	// Version of the format; Append sets it when it is 0.
	Version int
	// Source is the name of the source that the answer is a document of, and Key
	// what was asked for: a contract number, a client.
	Source, Key string
	// Page is the number of a further page of an answer that comes in pages, from 2; 0
	// for the first, or the only one.
	Page int
	// Kind is Answer, Submitted, Nothing or Failed.
	Kind    string
	Request Request
	// Begun and Ended are when the request was sent and its answer was there. The
	// figures of an answer speak of the day of Ended, in UTC.
	Begun, Ended time.Time
	// Status of the answer; 0 when there was none.
	Status int
	// Header lists what matters of the answer's header.
	Header map[string]string
	// Body of the answer, byte for byte; nil when there is none.
	Body []byte
	// Job is the upstream's name of a submitted job. A failure that has one ends
	// that job; after any other failure the job is still to be asked for.
	Job string
	// Next names the page after this one, as the upstream does; empty behind the last.
	Next string
	// Question tells requests apart that ask for different things under one key; equal
	// texts mean that the same was asked. It is empty when that is not known.
	Question string
	// Reason of a failure, in a clause.
	Reason string
	// Attempts is how often the request was sent.
	Attempts int

	// Line of the entry in its capture, from 1. Reading and Append set it; it is
	// no part of the entry.
	Line int
}

// Request is what was asked, without what must not be kept: no secret, and personal
// data masked.
type Request struct {
	Method string
	URL    string
	// Header lists what is safe of the request's header.
	Header map[string]string
	Body   string
	// Asked is what was asked for, by the names of the request's parameters. The
	// answer is checked to be about it, so a value is either what was sent or left
	// out, never masked.
	Asked map[string]string
}

// Settles tells whether the entry says all that is to be said of its key for now.
func (e *Entry) Settles() bool { return e.Kind == Answer || e.Kind == Nothing }

// name of what the entry is about: its key, and which page of it.
func (e *Entry) name() string {
	if e.Page == 0 {
		return e.Key
	}
	return e.Key + ", page " + strconv.Itoa(e.Page)
}

// line is an entry with its members in the order written.
type line struct {
	Version  int               `json:"tieout_capture"`
	Source   string            `json:"source"`
	Key      string            `json:"key"`
	Page     int               `json:"page,omitzero"`
	Kind     string            `json:"kind"`
	Question string            `json:"question,omitzero"`
	Request  requestMember     `json:"request,omitzero"`
	Begun    time.Time         `json:"begun,omitzero"`
	Ended    time.Time         `json:"ended,omitzero"`
	Status   int               `json:"status,omitzero"`
	Attempts int               `json:"attempts,omitzero"`
	Job      string            `json:"job,omitzero"`
	Next     string            `json:"next,omitzero"`
	Reason   string            `json:"reason,omitzero"`
	Header   map[string]string `json:"header,omitempty"`
	Body     *string           `json:"body,omitzero"`
	Base64   []byte            `json:"body_base64,omitzero"`
}

type requestMember struct {
	Method string            `json:"method,omitzero"`
	URL    string            `json:"url,omitzero"`
	Header map[string]string `json:"header,omitempty"`
	Body   string            `json:"body,omitzero"`
	Asked  map[string]string `json:"asked,omitempty"`
}

// marker begins every line of a capture.
const marker = `{"tieout_capture":`

// encode is the entry as a line, without its line feed. A byte of the request or of a
// header that is not UTF-8 becomes U+FFFD; the body and the key never change.
func (e *Entry) encode() ([]byte, error) {
	if err := e.validate(); err != nil {
		return nil, err
	}
	out := line{
		Version: e.Version, Source: e.Source, Key: e.Key, Page: e.Page, Kind: e.Kind,
		Question: e.Question, Request: requestMember(e.Request),
		Begun: e.Begun.UTC(), Ended: e.Ended.UTC(), Status: e.Status, Attempts: e.Attempts,
		Job: e.Job, Next: e.Next, Reason: e.Reason, Header: e.Header,
	}
	switch {
	case e.Body == nil:
	case utf8.Valid(e.Body):
		text := string(e.Body)
		out.Body = &text
	default:
		out.Base64 = e.Body
	}
	return json.Marshal(out, json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
}

// decode reads a line.
func decode(text []byte) (Entry, error) {
	var in line
	if err := json.Unmarshal(text, &in); err != nil {
		return Entry{}, unmarshalFault(err)
	}
	e := Entry{
		Version: in.Version, Source: in.Source, Key: in.Key, Page: in.Page, Kind: in.Kind,
		Question: in.Question, Request: Request(in.Request),
		Begun: in.Begun, Ended: in.Ended, Status: in.Status, Attempts: in.Attempts,
		Job: in.Job, Next: in.Next, Reason: in.Reason, Header: in.Header, Body: in.Base64,
	}
	if in.Body != nil {
		if in.Base64 != nil {
			return Entry{}, errors.New("it has both body and body_base64")
		}
		e.Body = []byte(*in.Body)
	}
	return e, e.validate()
}

// validate tells what keeps an entry from being one.
func (e *Entry) validate() error {
	switch {
	case e.Version != Version:
		return fmt.Errorf("it is of version %d of the format; this tieout knows version %d", e.Version, Version)
	case e.Source == "":
		return errors.New("it names no source")
	case !utf8.ValidString(e.Source) || !utf8.ValidString(e.Key) || !utf8.ValidString(e.Job):
		return errors.New("its source, key or job is not UTF-8")
	case e.Page < 0 || e.Page == 1:
		return fmt.Errorf("its page is %d; the pages after the first are counted from 2", e.Page)
	case !slices.Contains([]string{Answer, Submitted, Nothing, Failed}, e.Kind):
		return fmt.Errorf("its kind is %.40q; there are %s, %s, %s and %s", e.Kind, Answer, Submitted, Nothing, Failed)
	case e.Kind == Answer && e.Body == nil:
		return errors.New("it is an answer without a body")
	case e.Kind == Submitted && e.Job == "":
		return errors.New("it is a submitted job without the job's id")
	}
	return nil
}

// unmarshalFault says what is wrong with a line without repeating what it holds.
func unmarshalFault(err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return fmt.Errorf("it is not JSON at its byte %d", syntax.ByteOffset+1)
	}
	var semantic *json.SemanticError
	if errors.As(err, &semantic) && semantic.JSONPointer != "" {
		return fmt.Errorf("its member %.80s is not what it should be", semantic.JSONPointer)
	}
	return errors.New("it is not an entry")
}
