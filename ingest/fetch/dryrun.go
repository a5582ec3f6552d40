package fetch

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"

	"tieout/ingest/capture"
)

// DryRun writes the requests that a run would begin with, their secrets and private
// values masked: the login, and the first request for each key. It sends nothing. Of
// answers that are asked for later it knows no more than the job's place: {job}. watch
// is told of the keys that cannot be asked for; it may be nil.
func DryRun(w io.Writer, p Protocol, keys iter.Seq[Key], watch Observer) error {
	if logs, is := p.(Session); is {
		c, err := logs.Login(Token{})
		if err != nil {
			return err
		}
		if err := dryCall(w, c); err != nil {
			return err
		}
	}
	number := 0
	for k := range keys {
		number++
		calls, bad := dryCalls(p, k)
		if bad != nil {
			if watch != nil {
				watch(Event{Kind: Ended, Key: k.String(), Number: number, Outcome: capture.Failed, Class: BadKey, Reason: bad.Error()})
			}
			continue
		}
		for _, c := range calls {
			if err := dryCall(w, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// dryCalls are the requests for a key. It errs on a key that cannot be asked for.
func dryCalls(p Protocol, k Key) ([]Call, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	c, err := p.Begin(k, "{id}")
	if err != nil {
		return nil, err
	}
	calls := []Call{c}
	if poller, is := p.(Poller); is {
		if c, err = poller.Poll(k, "{job}", "{id}"); err != nil {
			return nil, err
		}
		calls = append(calls, c)
	}
	for i := range calls {
		p.Sign(&calls[i], Token{Value: NewSecret(masked)})
		if _, err := calls[i].sendable(); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// dryTemplates shows what is not known yet as a template, not as it would be escaped.
var dryTemplates = strings.NewReplacer("%7Bid%7D", "{id}", "%7Bjob%7D", "{job}")

func dryCall(w io.Writer, c Call) error {
	var b bytes.Buffer
	_, _ = c.WriteTo(&b) // a buffer takes all
	_, err := fmt.Fprintf(w, "%s\n", dryTemplates.Replace(b.String()))
	return err
}
