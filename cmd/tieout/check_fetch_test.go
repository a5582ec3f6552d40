package main

import (
	"path/filepath"
	"strings"
	"testing"

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
		{"a description", []string{"--fetch", "../../testdata/sources/leasing-api.yaml", "--address", generic, "L-1"}, 0, "3 documents, 3 records", "3 fetched"},
		{"a capture", []string{"--fetch", "finnotech.facility", "--address", address, "0012345679", "--capture", kept}, 0, "1 document, 1 record", "1 fetched"},
		{"the same capture again", []string{"--fetch", "finnotech.facility", "--address", address, "0012345679", "--capture", kept}, 0, "1 document, 1 record", "1 kept"},
		{"a report over the capture", []string{"--fetch", "finnotech.facility", "0012345679", "--capture", "x.json", "-o", "x.json"}, 2, "", "tieout: the report would be written over the input x.json"},
		{"an unknown source", []string{"--fetch", "bank", "1"}, 2, "", `tieout: unknown source "bank"`},
		{"flags without --fetch", []string{"--rate", "1/s", "--capture", "x", kept}, 2, "", "--rate goes with --fetch"},
	} {
		t.Run(test.name, func(t *testing.T) {
			setGiven(t)
			code, stdout, stderr := tieout(t, "", append([]string{"check"}, test.args...)...)
			if code != test.code || !strings.Contains(stdout, test.stdout) || !strings.Contains(stderr, test.stderr) {
				t.Errorf("exit code %d, want %d\n%s%s", code, test.code, stdout, stderr)
			}
			conceals(t, filepath.Dir(kept), stdout, stderr)
		})
	}
}
