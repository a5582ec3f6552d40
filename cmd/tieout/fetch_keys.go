package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tieout/cmd/catalogue"
	"tieout/ingest/capture"
	"tieout/ingest/fetch"
)

// maxKey is the longest line of a list of keys, in bytes.
const maxKey = 1 << 20

// askedFor are the keys to ask for.
type askedFor struct {
	keys []fetch.Key
	// places tells of each key where it stands, since it is shown masked.
	places []string
	// faults tell what of a capture could not be read.
	faults []string
}

func (all *askedFor) add(k fetch.Key, place string) {
	all.keys, all.places = append(all.keys, k), append(all.places, place)
}

// parse adds the key of a line. One that is none fails by itself, as one does that the
// API cannot be asked for.
func (all *askedFor) parse(line, place string) {
	k, err := fetch.ParseKey(line)
	if err != nil {
		k = fetch.Key{Text: strings.ToValidUTF8(line, "\ufffd"), Fault: err.Error()}
	}
	all.add(k, place)
}

// keysOf are the keys of the arguments, of a file and of another capture.
func (o *fetchOptions) keysOf(cmd *cobra.Command, a *api, source string, args []string) (*askedFor, error) {
	all := &askedFor{}
	for i, arg := range args {
		if strings.TrimSpace(arg) == "" {
			return nil, fmt.Errorf("the key number %d is empty; a key is %s", i+1, a.keys)
		}
		all.parse(arg, fmt.Sprintf("key %d", i+1))
	}
	if o.keys != "" {
		if err := all.listed(o.keys, &interruptible{ctx: cmd.Context(), from: cmd.InOrStdin()}); err != nil {
			return nil, err
		}
	}
	if o.keysFrom != "" {
		if err := all.captured(o.keysFrom, a, source); err != nil {
			return nil, err
		}
	}
	switch {
	case len(all.keys) > 0 || len(all.faults) > 0:
		return all, nil
	case o.keys == "-":
		return nil, fmt.Errorf("--keys: the standard input holds no keys; a key is %s", a.keys)
	case o.keys != "":
		return nil, fmt.Errorf("--keys: %s holds no keys; a key is %s", o.keys, a.keys)
	}
	return nil, fmt.Errorf("there are no keys: give them as arguments, with --keys FILE or with --keys-from CAPTURE; a key is %s", a.keys)
}

// listed adds the keys of a file, one a line; lines that are empty or begin with # are
// none.
func (all *askedFor) listed(file string, stdin io.Reader) error {
	from, name := stdin, "stdin"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("--keys: %w", err)
		}
		defer func() { _ = f.Close() }() // it was only read
		from, name = f, file
	}
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxKey)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line != "" && line[0] != '#' {
			all.parse(line, fmt.Sprintf("%s:%d", name, n))
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("%s: a line is longer than %d bytes", name, maxKey)
	}
	return lines.Err()
}

// captured adds the keys that a capture holds: those that the source was asked for, and
// those of its other origins.
func (all *askedFor) captured(file string, a *api, source string) error {
	if err := isCapture(file); err != nil {
		return fmt.Errorf("--keys-from: %w", err)
	}
	checkers, err := catalogue.Checkers([]string{source})
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, from := range append([]origin{{source: checkers[0].Layout.Source.Name}}, a.from[source]...) {
		names, found, err := from.names(file)
		if err != nil {
			return err
		}
		for _, fault := range found {
			if !slices.Contains(all.faults, fault) { // each origin reads all lines
				all.faults = append(all.faults, fault)
			}
		}
		for _, name := range names {
			k, err := fetch.KeyNamed(from.before+name, a.members...)
			if err != nil {
				all.faults = append(all.faults, "a key of "+from.source+": "+err.Error())
			} else if !seen[k.Name()] {
				seen[k.Name()] = true
				all.add(k, fmt.Sprintf("%s, key %d", file, len(seen)))
			}
		}
	}
	if len(seen) == 0 && len(all.faults) == 0 {
		return fmt.Errorf("--keys-from: %s holds no key of %s; a key is %s", file, source, a.keys)
	}
	return nil
}

// isCapture errs on a file that is no capture. An empty one may become one.
func isCapture(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	head, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return err
	}
	if len(head) > 0 && !capture.Is(head) {
		return fmt.Errorf("%s is not a capture", file)
	}
	return nil
}

// names that an origin has in a capture, and what of it cannot be read.
func (from origin) names(file string) (names, faults []string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, fmt.Errorf("--keys-from: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	var unread error
	if from.field == "" {
		names, unread = capture.Asked(capture.Read(f), from.source)
	} else {
		checkers, err := catalogue.Checkers([]string{from.source})
		if err != nil {
			return nil, nil, err
		}
		names, unread = capture.Keys(capture.Read(f), checkers[0].Layout, from.field)
	}
	if unread != nil {
		faults = strings.Split(unread.Error(), "\n")
	}
	return names, faults, nil
}

// distinct is how many different keys there are.
func distinct(keys []fetch.Key) int {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name()
	}
	slices.Sort(names)
	return len(slices.Compact(names))
}
