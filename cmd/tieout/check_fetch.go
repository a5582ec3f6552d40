package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tieout/cmd/catalogue"
	"tieout/ingest/capture"
)

// fetchFlags are those that fetch documents before they are checked.
func (o *checkOptions) fetchFlags(f *pflag.FlagSet) {
	f.StringVar(&o.from, "fetch", "", "fetch the documents of this source first; the arguments are then keys")
	f.StringVar(&o.capture, "capture", "", "with --fetch: the capture that keeps the answers (else they are kept until they are checked)")
	shared := pflag.NewFlagSet("fetch", pflag.ContinueOnError)
	o.asking.flags(shared)
	var more []string
	shared.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden = flag.Name != "keys"; flag.Hidden {
			more = append(more, "--"+flag.Name)
		}
		f.AddFlag(flag)
	})
	f.Lookup("fetch").Usage += "; with it go " + strings.Join(more, ", ") + " (tieout fetch --help)"
}

// start checks files, or fetches first.
func (o *checkOptions) start(cmd *cobra.Command, args []string) error {
	if o.from != "" {
		return o.fetchFirst(cmd, args)
	}
	var stray error
	shared := pflag.NewFlagSet("fetch", pflag.ContinueOnError)
	new(fetchOptions).flags(shared)
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if shared.Lookup(flag.Name) != nil || flag.Name == "capture" {
			stray = errors.Join(stray, fmt.Errorf("--%s goes with --fetch", flag.Name))
		}
	})
	if stray != nil {
		return stray
	}
	if err := cobra.MinimumNArgs(1)(cmd, args); err != nil {
		return err
	}
	return o.run(cmd, args)
}

// fetchFirst fetches keys and checks their answers. Something that could not be
// fetched keeps nothing else from being checked.
func (o *checkOptions) fetchFirst(cmd *cobra.Command, keys []string) error {
	file := o.capture
	if o.asking.dropped = file == ""; o.asking.dropped {
		folder, err := os.MkdirTemp("", "tieout") // for its owner alone
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(folder) }() // the system removes what is left
		file = filepath.Join(folder, "answers.ndjson")
		o.shown = map[string]string{file: "answers.ndjson"} // the folder has another name each time
	}
	if err := o.validate([]string{file}); err != nil { // before anything is fetched
		return err
	}
	if catalogue.IsDescription(o.from) && !slices.Contains(o.sources, o.from) {
		o.sources = append(o.sources, o.from)
	}
	if _, _, err := o.laws(); err != nil {
		return err
	}
	for _, report := range o.outputs { // what was asked for in vain may not be kept
		if err := canWrite(report); err != nil {
			return err
		}
	}
	o.asking.output, o.asking.quiet, o.asking.summary = file, o.quiet, cmd.ErrOrStderr()
	fetched := o.asking.run(cmd, o.from, keys)
	if code := exitError(0); fetched != nil && (!errors.As(fetched, &code) || code != exitUnread) {
		return fetched
	}
	if err := o.tellOthers(cmd.ErrOrStderr(), file); err != nil {
		return err
	}
	if checked := o.run(cmd, []string{file}); checked != nil && fetched == nil {
		return checked
	} else if code := exitError(0); checked != nil && !errors.As(checked, &code) {
		return checked
	}
	return fetched
}

// tellOthers tells of what a capture holds beside the keys that were asked for now: all
// of it is checked.
func (o *checkOptions) tellOthers(w io.Writer, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	found := map[capturedKey]bool{}
	for e, err := range capture.Read(f) {
		if at := (capturedKey{e.Source, e.Key}); err == nil && !o.asking.asked[at] {
			found[at] = true
		}
	}
	if len(found) > 0 {
		fmt.Fprintf(w, "tieout: %s holds %s beside those asked for now; all are checked\n", file, counted(len(found), "key"))
	}
	return nil
}
