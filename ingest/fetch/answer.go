package fetch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
)

// document reads an answer as JSON, as far as a protocol needs it. When there is none,
// v says what that means. An answer that is JSON but for a slip in the middle is kept
// all the same, with a nil tree: telling slips is for whoever checks it.
func document(r Reply) (tree any, v Verdict) {
	body := bytes.TrimSpace(bytes.TrimPrefix(r.Body, []byte("\ufeff")))
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	isJSON := kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json")
	switch {
	case len(body) == 0:
		v = again(NotJSON, "the answer is empty")
	case body[0] == '<':
		v = again(NotJSON, "the answer is markup (HTML or XML), not JSON")
	case !isJSON:
		v = again(NotJSON, "the answer's content type is "+quoted(kind)+", not application/json")
	case body[0] != '{' && body[0] != '[':
		v = again(NotJSON, "the answer is not a JSON document")
	}
	if v.Outcome != 0 {
		if !isSuccess(r.Status) {
			v = refused(classOf(r.Status), statusLine(r.Status))
		}
		return nil, v
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	err := d.Decode(&tree)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, again(NotJSON, "the answer ends in the middle")
	}
	if err != nil {
		tree = nil
	}
	return tree, Verdict{}
}

// quoted is a content type as errors show it.
func quoted(kind string) string {
	if kind == "" {
		return "not given"
	}
	return strconv.Quote(shorten(kind, 60))
}

// shorten cuts a text of the upstream's to so many runes.
func shorten(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

func isSuccess(status int) bool { return status >= 200 && status < 300 }

func classOf(status int) Class {
	if status >= 500 {
		return Unavailable
	}
	return Rejected
}

// value at a dotted path of a tree, as text; the first element stands for an array.
func value(tree any, path string) (text string, is bool) {
	switch v := follow(tree, path).(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}

func follow(tree any, path string) any {
	if path == "" {
		return tree
	}
	for step := range strings.SplitSeq(path, ".") {
		if list, is := tree.([]any); is && len(list) > 0 {
			tree = list[0]
		}
		object, is := tree.(map[string]any)
		if !is {
			return nil
		}
		tree = object[step]
	}
	return tree
}

// meaning tells what an answer says by the description of its source: that the call
// failed, that there is nothing, or that it is an answer.
func meaning(s *schema.Source, tree any, r Reply) Verdict {
	for _, a := range s.Failed {
		if text, is := value(tree, a.Path); is && (slices.Contains(a.Is, text) || a.IsNot != nil && !slices.Contains(a.IsNot, text)) {
			return refused(Reported, told(tree, text, a.Tell))
		}
	}
	for _, a := range s.Nothing {
		if text, is := value(tree, a.Path); is && slices.Contains(a.Is, text) {
			return Verdict{Outcome: Empty}
		}
	}
	if list, is := tree.([]any); is && len(list) == 0 && s.EmptyMeansNone {
		return Verdict{Outcome: Empty}
	}
	if !isSuccess(r.Status) {
		return refused(classOf(r.Status), statusLine(r.Status))
	}
	return Verdict{Outcome: Answered}
}

// told is what an answer says about a failure.
func told(tree any, code string, tell []string) string {
	texts := []string{"the API reports " + shorten(code, 40)}
	for _, path := range tell {
		if text, is := value(tree, path); is && text != "" {
			texts = append(texts, shorten(text, 200))
		}
	}
	return strings.Join(texts, ": ")
}

// missing tells whether a member is absent, null or an empty array.
func missing(tree any, path string) bool {
	v := follow(tree, path)
	list, is := v.([]any)
	return v == nil || is && len(list) == 0
}
