package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"tieout/cmd/catalogue"
	"tieout/ingest/fetch"
)

// others tells whether others than its owner may read a file that is there.
func others(file string) bool {
	info, err := os.Stat(file)
	return err == nil && runtime.GOOS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0
}

// next are the arguments by which the capture is checked.
func (o *fetchOptions) next(source string) string {
	if catalogue.IsDescription(source) {
		return "--source " + shellWord(source) + " " + shellWord(o.output)
	}
	return shellWord(o.output)
}

// shellWord is a text as an argument on a command line.
func shellWord(text string) string {
	if strings.ContainsAny(text, " \t\n'\"\\$`&;|<>()*?[]#~!{}") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}

// exit tells why a run ended early, and is its exit code.
func (o *fetchOptions) exit(w io.Writer, a *api, source string, v values, s *fetch.Summary, faults int) error {
	var access *fetch.AccessError
	var silent *fetch.SilentError
	switch {
	case errors.As(s.Stopped, &access):
		fmt.Fprintf(w, "tieout: %v (%s)\n", s.Stopped, a.checkLogin(source, v))
	case errors.As(s.Stopped, &silent):
		fmt.Fprintf(w, "tieout: %v; nothing more was asked for (%s)\n", s.Stopped, checkAddress)
	case errors.Is(s.Stopped, fetch.ErrAuthority):
		fmt.Fprintf(w, "tieout: %v; nothing more was asked for (--ca FILE names authorities to trust)\n", s.Stopped)
	case s.Stopped != nil:
		fmt.Fprintf(w, "tieout: %v; nothing more was asked for\n", s.Stopped)
	case s.Interrupted && o.dropped:
		fmt.Fprintln(w, "tieout: interrupted; nothing is kept or checked without --capture FILE")
		return exitError(exitInterrupted)
	case s.Interrupted:
		fmt.Fprintf(w, "tieout: interrupted; %s is complete up to here, and the same command goes on\n", o.output)
		return exitError(exitInterrupted)
	case s.Failures() == 0 && faults == 0:
		return nil
	case s.Answered+s.Nothing > 0:
	case s.Failed[fetch.Denied] > 0:
		fmt.Fprintf(w, "tieout: the API lets nobody in (%s)\n", a.checkLogin(source, v))
	case s.Failed[fetch.Unreachable] > 0:
		fmt.Fprintf(w, "tieout: nothing has answered (%s)\n", checkAddress)
	}
	return exitError(exitUnread)
}

// checkAddress is what to do when nothing answers.
const checkAddress = "check the address and the network"

// checkLogin is what to do when an API lets nobody in.
func (a *api) checkLogin(source string, v values) string {
	hint := "check " + strings.Join(a.login(source, v), ", ")
	if a.name == "vakifbank" {
		hint += "; a refresh token is good once, and --login gets a new one"
	}
	return hint
}

// login lists the variables that a login for the source takes.
func (a *api) login(source string, v values) (names []string) {
	for _, name := range a.needs(source, v) {
		if !slices.Contains(addresses, name) {
			names = append(names, a.variable(name))
		}
	}
	return names
}

// addresses lists the settings that say where an API is.
var addresses = []string{"address", "submit_url", "poll_url"}
