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

// keysOf are the keys to ask for: those of the arguments, of a file and of another
// capture. faults tell what of the capture could not be read.
func (o *fetchOptions) keysOf(cmd *cobra.Command, a *api, source string, args []string) (keys []fetch.Key, faults []string, err error) {
	for i, arg := range args {
		k, err := fetch.ParseKey(arg)
		if err != nil {
			return nil, nil, fmt.Errorf("the key number %d: %w", i+1, err)
		}
		keys = append(keys, k)
	}
	if o.keys != "" {
		more, err := listed(o.keys, &interruptible{ctx: cmd.Context(), from: cmd.InOrStdin()})
		if err != nil {
			return nil, nil, err
		}
		keys = append(keys, more...)
	}
	if o.keysFrom != "" {
		more, found, err := captured(o.keysFrom, a, source)
		if err != nil {
			return nil, nil, err
		}
		keys, faults = append(keys, more...), found
	}
	switch {
	case len(keys) > 0 || len(faults) > 0:
		return keys, faults, nil
	case o.keys == "-":
		return nil, nil, fmt.Errorf("--keys: the standard input holds no keys; a key is %s", a.keys)
	case o.keys != "":
		return nil, nil, fmt.Errorf("--keys: %s holds no keys; a key is %s", o.keys, a.keys)
	}
	return nil, nil, fmt.Errorf("there are no keys: give them as arguments, with --keys FILE or with --keys-from CAPTURE; a key is %s", a.keys)
}

// listed are the keys of a file, one a line; lines that are empty or begin with # are
// none.
func listed(file string, stdin io.Reader) ([]fetch.Key, error) {
	from, name := stdin, "the standard input"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("--keys: %w", err)
		}
		defer func() { _ = f.Close() }() // it was only read
		from, name = f, file
	}
	var keys []fetch.Key
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxKey)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		k, err := fetch.ParseKey(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		keys = append(keys, k)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s: a line is longer than %d bytes", name, maxKey)
	}
	return keys, lines.Err()
}

// captured are the keys that a capture holds: those that the source was asked for, and
// those of its other origins.
func captured(file string, a *api, source string) (keys []fetch.Key, faults []string, err error) {
	if err := isCapture(file); err != nil {
		return nil, nil, fmt.Errorf("--keys-from: %w", err)
	}
	checkers, err := catalogue.Checkers([]string{source})
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for _, from := range append([]origin{{source: checkers[0].Layout.Source.Name}}, a.from[source]...) {
		names, found, err := from.names(file)
		if err != nil {
			return nil, nil, err
		}
		for _, fault := range found {
			if !slices.Contains(faults, fault) { // each origin reads all lines
				faults = append(faults, fault)
			}
		}
		for _, name := range names {
			k, err := fetch.KeyNamed(from.before+name, a.members...)
			if err != nil {
				faults = append(faults, "a key of "+from.source+": "+err.Error())
			} else if !seen[k.Name()] {
				seen[k.Name()] = true
				keys = append(keys, k)
			}
		}
	}
	if len(keys) == 0 && len(faults) == 0 {
		return nil, nil, fmt.Errorf("--keys-from: %s holds no key of %s; a key is %s", file, source, a.keys)
	}
	return keys, faults, nil
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
