package fetch

import (
	"fmt"
	"io"
	"iter"
)

// DryRun writes the requests that a run would begin with, their secrets and private
// values masked: the login, and the first request for each key. It sends nothing. Of
// answers that are asked for later it knows no more than the job's place: {job}.
func DryRun(w io.Writer, p Protocol, keys iter.Seq[Key]) error {
	if logs, is := p.(Session); is {
		c, err := logs.Login(Token{})
		if err != nil {
			return err
		}
		if err := dryCall(w, c); err != nil {
			return err
		}
	}
	for k := range keys {
		c, err := p.Begin(k, "{id}")
		if err != nil {
			if _, err := fmt.Fprintf(w, "# %s: %v\n\n", k, err); err != nil {
				return err
			}
			continue
		}
		p.Sign(&c, Token{Value: NewSecret(masked)})
		if err := dryCall(w, c); err != nil {
			return err
		}
		poller, is := p.(Poller)
		if !is {
			continue
		}
		if c, err = poller.Poll(k, "{job}", "{id}"); err == nil {
			p.Sign(&c, Token{Value: NewSecret(masked)})
			err = dryCall(w, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func dryCall(w io.Writer, c Call) error {
	if _, err := c.WriteTo(w); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}
