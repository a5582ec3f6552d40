package main

import (
	"bufio"
	crand "crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
)

// holdToken makes sure, until release, that no other run takes or writes what
// --token-file keeps: the bank takes a token once.
func (o *fetchOptions) holdToken(a *api) (release func() error, err error) {
	if o.tokenFile == "" {
		return func() error { return nil }, nil
	}
	if a.name != "vakifbank" {
		return nil, fmt.Errorf("--token-file is for vakifbank; %s needs none", a.name)
	}
	for _, other := range []struct{ flag, file string }{
		{"--output", o.output},
		{"--keys", o.keys},
		{"--keys-from", o.keysFrom},
		{"--config", o.config},
		{"--secrets", o.secrets},
		{"--log", o.log},
		{"--ca", o.ca},
	} {
		if other.file != "" && sameFile(o.tokenFile, other.file) {
			return nil, fmt.Errorf("--token-file: %s is the file of %s too, and would be written over", o.tokenFile, other.flag)
		}
	}
	if o.dryRun {
		return func() error { return nil }, nil
	}
	release, err = capture.Alone(o.tokenFile)
	if errors.Is(err, capture.ErrLocked) {
		return nil, fmt.Errorf("--token-file: another tieout is using %s", o.tokenFile)
	}
	if err != nil {
		return nil, fmt.Errorf("--token-file: %w", err)
	}
	return release, nil
}

// readToken takes the refresh token of --token-file, which is newer than any other.
func (o *fetchOptions) readToken(a *api, v values) error {
	if o.tokenFile == "" {
		return nil
	}
	kept, err := fetch.ReadSecrets(o.tokenFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("--token-file: %w", err)
	}
	if text := kept.Get(a.variable("refresh_token")).Reveal(); text != "" {
		v["refresh_token"] = text
	}
	return nil
}

// keepToken keeps every new refresh token of the bank, which takes each only once.
func (o *fetchOptions) keepToken(cmd *cobra.Command, p fetch.Protocol) {
	b, is := p.(*fetch.VakifBank)
	if !is || o.dryRun {
		return
	}
	if o.tokenFile == "" {
		fmt.Fprintln(cmd.ErrOrStderr(), "tieout: the bank takes a refresh token only once; without --token-file the next run needs --login")
		return
	}
	b.Keep = func(refresh fetch.Secret) error {
		a := vakifbankAPI()
		return replaceFile(o.tokenFile, a.variable("refresh_token")+"="+refresh.Reveal()+"\n")
	}
}

// replaceFile gives a file a new text, whole or not at all; only its owner can read it.
func replaceFile(path, text string) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = temp.Close()
			_ = os.Remove(temp.Name())
		}
	}()
	if _, err = temp.WriteString(text); err != nil {
		return err
	}
	if err = temp.Sync(); err != nil {
		return err
	}
	if err = temp.Close(); err != nil {
		return err
	}
	if err = os.Rename(temp.Name(), path); err == nil {
		capture.SyncFolder(path)
	}
	return err
}

// logIn lets the user log in with a browser, and takes the code that the bank gives.
func logIn(cmd *cobra.Command, a *api, v values) error {
	if a.name != "vakifbank" {
		return fmt.Errorf("--login is for vakifbank; %s logs in by itself", a.name)
	}
	for _, name := range []string{"client_id", "redirect_uri"} {
		if v[name] == "" {
			return fmt.Errorf("--login needs %s in the environment, or %s in the file of --config", a.variable(name), name)
		}
	}
	verifier, state := crand.Text()+crand.Text(), crand.Text()
	fmt.Fprintf(cmd.ErrOrStderr(), "Open this page, log in, and paste the address that the browser is then sent to:\n\n%s\n\n",
		vakifbank(v).AuthorizeURL(state, fetch.NewSecret(verifier)))
	line, err := bufio.NewReader(&interruptible{ctx: cmd.Context(), from: cmd.InOrStdin()}).ReadString('\n')
	if line == "" && err != nil {
		return errors.New("--login: no address was pasted")
	}
	at, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		return errors.New("--login: what was pasted is not an address")
	}
	q := at.Query()
	switch {
	case q.Get("state") != state:
		return errors.New("--login: the address is not the answer to this login (its state differs)")
	case q.Get("code") == "":
		return errors.New("--login: the address holds no code; the bank did not let the application in")
	}
	v["code"], v["verifier"] = q.Get("code"), verifier
	delete(v, "refresh_token")
	return nil
}
