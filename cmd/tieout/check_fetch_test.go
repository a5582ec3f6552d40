package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"tieout/ingest/mock"
)

func TestCheckCanFetchFirst(t *testing.T) {
	_, address := upstream(t, "finnotech", mock.Options{Seed: 1})
	_, generic := upstream(t, "generic", mock.Options{Seed: 1})
	kept := filepath.Join(t.TempDir(), "kept.ndjson")
	for _, test := range []struct {
		name           string
		args           []string
		code           int
		stdout, stderr string
	}{
		{"a key", []string{"--fetch", "finnotech.facility", "--address", address, "0012345679"}, 0, "1 document, 1 record", "1 fetched"},
		{"one that fails too", []string{"--fetch", "finnotech.facility", "--address", address, "0012345679", "12"}, 3, "1 document, 1 record", "1 fetched, 0 not found, 1 failed"},
		{"a description", []string{"--fetch", "../../testdata/sources/leasing-api.yaml", "--address", generic, "L-1"}, 0, "3 documents, 3 records", "1 fetched, 0 not found, 0 failed, 0 kept from earlier runs\n  3 pages\n"},
		{"a capture", []string{"--fetch", "finnotech.facility", "--address", address, "0012345679", "--capture", kept}, 0, "1 document, 1 record", "1 fetched"},
		{"the same capture again", []string{"--fetch", "finnotech.facility", "--address", address, "0012345679", "--capture", kept}, 0, "1 document, 1 record", "1 kept"},
		{"a report over the capture", []string{"--fetch", "finnotech.facility", "0012345679", "--capture", "x.json", "-o", "x.json"}, 2, "", "tieout: the report would be written over the input x.json"},
		{"a report that cannot be written", []string{"--fetch", "finnotech.facility", "--address", address, "0012345679", "-o", "nowhere/x.json"}, 2, "", "tieout: the report nowhere/x.json cannot be written: no such file or directory\n"},
		{"an unknown source", []string{"--fetch", "bank", "1"}, 2, "", `tieout: unknown source "bank"`},
		{"flags without --fetch", []string{"--rate", "1/s", "--capture", "x", kept}, 2, "", "--rate goes with --fetch"},
	} {
		t.Run(test.name, func(t *testing.T) {
			setGiven(t)
			code, stdout, stderr := tieout(t, "", append([]string{"check"}, test.args...)...)
			if code != test.code || !strings.Contains(stdout, test.stdout) || !strings.Contains(stderr, test.stderr) {
				t.Errorf("exit code %d, want %d\n%s%s", code, test.code, stdout, stderr)
			}
			if test.code == 2 && strings.Contains(stderr, " fetched, ") {
				t.Errorf("it was asked for in vain:\n%s", stderr)
			}
			conceals(t, filepath.Dir(kept), stdout, stderr)
		})
	}
}

// Without --capture nothing is kept; reports call the answers by one name each time.
func TestAnswersThatAreDroppedHaveOneName(t *testing.T) {
	setGiven(t)
	_, address := upstream(t, "finnotech", mock.Options{Seed: 1})
	args := []string{"check", "--fetch", "finnotech.facility", "--address", address, "0012345679", "12", "--format", "json"}
	_, once, _ := tieout(t, "", args...)
	if !strings.Contains(once, `"file": "answers.ndjson",`) || strings.Contains(once, os.TempDir()) {
		t.Error(once)
	}
}

func TestAnInterruptedCheckThatFetchesKeepsNothing(t *testing.T) {
	setGiven(t)
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { cancel() }))
	defer server.Close()
	for _, test := range []struct {
		more []string
		says string
	}{
		{nil, "tieout: interrupted; nothing is kept or checked without --capture FILE\n"},
		{[]string{"--capture", filepath.Join(t.TempDir(), "a.ndjson")}, "a.ndjson is complete up to here, and the same command goes on\n"},
	} {
		var stdout, stderr bytes.Buffer
		args := append([]string{"check", "--fetch", "finnotech.facility", "--address", server.URL, "0012345679"}, test.more...)
		code := run(ctx, args, nil, &stdout, &stderr)
		if code != exitInterrupted || !strings.Contains(stderr.String(), test.says) || strings.Contains(stderr.String(), os.TempDir()+"/tieout") {
			t.Errorf("exit code %d\n%s", code, stderr.String())
		}
	}
}

// All that a capture holds is checked, and what was not asked for now is told.
func TestACheckThatFetchesTellsWhatElseItChecks(t *testing.T) {
	setGiven(t)
	_, address := upstream(t, "finnotech", mock.Options{Seed: 1})
	kept := filepath.Join(t.TempDir(), "kept.ndjson")
	for _, test := range []struct {
		key, says string
		documents string
	}{
		{"0012345679", "", "1 document,"},
		{"0087654326", "tieout: " + kept + " holds 1 key beside those asked for now; all are checked\n", "2 documents,"},
	} {
		_, stdout, stderr := tieout(t, "", "check", "--fetch", "finnotech.facility", "--address", address, "--capture", kept, test.key)
		if !strings.Contains(stdout, test.documents) || !strings.HasSuffix(stderr, test.says) || strings.Contains(stderr, "beside") != (test.says != "") {
			t.Errorf("%s\n%s", stdout, stderr)
		}
	}
}

// The help of check names every flag of fetch that it takes.
func TestTheHelpOfCheckNamesTheFlagsOfFetch(t *testing.T) {
	_, help, _ := tieout(t, "", "check", "--help")
	shared := pflag.NewFlagSet("fetch", pflag.ContinueOnError)
	new(fetchOptions).flags(shared)
	shared.VisitAll(func(f *pflag.Flag) {
		if !strings.Contains(help, "--"+f.Name) {
			t.Errorf("--%s is not named", f.Name)
		}
	})
}
