package main

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"tieout/ingest/mock"
)

// Whom an earlier capture was asked for, its entries tell: texts, and objects by their
// members, also those of whom nothing is known.
func TestTheKeysOfACaptureAreAskedForAgain(t *testing.T) {
	for _, test := range []struct {
		source, protocol string
		keys             []string
		missing          int
		says             string
	}{
		{"finnotech.facility", "finnotech", []string{"0012345679", "12345678901"}, 1000, "0 fetched, 2 not found"},
		{"vakifbank.limit", "vakifbank", []string{"371004/d1", `{"MainCompanyID": 371004, "CurrencyCode": "USD"}`}, 0, "2 fetched"},
		{"arifmetika.contracts", "arifmetika", []string{`{"phone": "9161234567", "birthdate": "1990-01-31", "surname": "Иванов"}`}, 0, "1 fetched"},
		{"brainysoft.contract", "brainysoft", []string{"17", "name=000684", `{"field": "client.id", "value": "101"}`}, 0, "3 fetched"},
		{"../../testdata/sources/leasing-api.yaml", "generic", []string{"L-1", "L#2"}, 0, "2 fetched, 0 not found, 0 failed, 0 kept from earlier runs\n  6 pages\n"},
	} {
		t.Run(test.source, func(t *testing.T) {
			setGiven(t)
			t.Setenv("TIEOUT_ARIFMETIKA_POLL_EVERY", "1ms")
			folder := t.TempDir()
			before, after := filepath.Join(folder, "before.ndjson"), filepath.Join(folder, "after.ndjson")
			for _, args := range [][]string{{"--keys", "-", "-o", before}, {"--keys-from", before, "-o", after}} {
				_, address := upstream(t, test.protocol, mock.Options{Missing: test.missing})
				args = append(fast("fetch", test.source, "--address", address), args...)
				code, stdout, stderr := tieout(t, strings.Join(test.keys, "\n"), args...)
				if code != exitClean || !strings.Contains(stdout, test.says) {
					t.Fatalf("exit code %d\n%s%s", code, stdout, stderr)
				}
			}
			if first, again := kinds(t, before), kinds(t, after); !maps.EqualFunc(first, again, maps.Equal) {
				t.Errorf("at first %v, again %v", first, again)
			}
		})
	}
}

// The answers of one source name the keys of another; portfolio has the other cases.
func TestTheAnswersOfACaptureNameKeys(t *testing.T) {
	setGiven(t)
	t.Setenv("TIEOUT_ARIFMETIKA_POLL_EVERY", "1ms")
	into := filepath.Join(t.TempDir(), "all.ndjson")
	addresses := map[string]string{} // another address would be another question
	for _, step := range []struct{ protocol, source, stdin, keys, says string }{
		{"brainysoft", "brainysoft.contract", "# by id\n17\n\n18\n", "--keys=-", "2 fetched"},
		{"arifmetika", "arifmetika.schedule", "", "--keys-from=" + into, "2 fetched, 0 not found, 0 failed, 0 kept"},
		{"arifmetika", "arifmetika.schedule", "", "--keys-from=" + into, "arifmetika.schedule: 2 keys\n  0 fetched, 0 not found, 0 failed, 2 kept"},
		{"vakifbank", "vakifbank.invoices", "371004/d1", "--keys=-", "1 fetched"},
		{"vakifbank", "vakifbank.limit", "", "--keys-from=" + into, "1 fetched"},
	} {
		if addresses[step.source] == "" {
			_, addresses[step.source] = upstream(t, step.protocol, mock.Options{})
		}
		code, stdout, stderr := tieout(t, step.stdin, fast("fetch", step.source, step.keys, "--address", addresses[step.source], "-o", into)...)
		if code != exitClean || !strings.Contains(stdout, step.says) {
			t.Fatalf("%s: exit code %d\n%s%s", step.source, code, stdout, stderr)
		}
	}
}
