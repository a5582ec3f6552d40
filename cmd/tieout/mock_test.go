package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tieout/ingest/mock"
)

// portfolio fetches all that the mocks know of some clients and dealers on a day, each
// source by the keys that an earlier one has given, into one capture.
func portfolio(t *testing.T, on string, o mock.Options) (file string) {
	t.Helper()
	day, err := time.Parse(time.DateOnly, on)
	if err != nil {
		t.Fatal(err)
	}
	o.Seed, o.Now = 1, func() time.Time { return day }
	setGiven(t)
	t.Setenv("TIEOUT_ARIFMETIKA_POLL_EVERY", "1ms")
	file = filepath.Join(t.TempDir(), "all.ndjson")
	clients, _ := keysFile(t, t.TempDir(), 30, "91612345%02d/1990-01-31")
	dealers, _ := keysFile(t, t.TempDir(), 10, "371004/dealer%d")
	for _, step := range []struct {
		protocol, source string
		keys             []string
		says             string
	}{
		{"arifmetika", "arifmetika.contracts", []string{"--keys", clients}, "30 fetched"},
		{"arifmetika", "arifmetika.schedule", []string{"--keys-from", file}, "60 fetched"},
		{"brainysoft", "brainysoft.contract", []string{"--keys-from", file}, "60 fetched"},
		{"vakifbank", "vakifbank.limit", []string{"--keys", dealers}, "10 fetched"},
		{"vakifbank", "vakifbank.invoices", []string{"--keys-from", file}, "10 fetched"},
	} {
		_, address := upstream(t, step.protocol, o)
		args := append(fast("fetch", step.source, "--address", address, "-o", file), step.keys...)
		if code, stdout, stderr := tieout(t, "", args...); code != exitClean || !strings.Contains(stdout, step.says) {
			t.Fatalf("%s: exit code %d\n%s%s", step.source, code, stdout, stderr)
		}
	}
	return file
}

// Contract lists, schedules and terms of the mocks are of one portfolio, and limits and
// invoices of the same dealers: joined, they agree on any day after the loans were made.
func TestTheMocksDocumentsAgreeWithEachOther(t *testing.T) {
	for _, day := range []string{"2024-12-31", "2026-11-23", "2030-01-01"} {
		file := portfolio(t, day, mock.Options{})
		code, report, _ := tieout(t, "", "check", "--as-of", day, "--fail-on", "info", file)
		if code != exitClean || !strings.Contains(report, "\nevery figure that was checked agrees\n") || !strings.Contains(report, "  200 records joined\n") {
			t.Errorf("%s: exit code %d\n%s", day, code, report)
		}
	}
}

// Of what the mocks tell of one loan on successive days, each follows from the day before.
func TestTheMocksLoansGoOnFromDayToDay(t *testing.T) {
	before, today := portfolio(t, "2026-10-20", mock.Options{}), portfolio(t, "2026-11-23", mock.Options{})
	code, report, _ := tieout(t, "", "check", "--previous", before, "--previous-as-of", "2026-10-20", "--as-of", "2026-11-23", "--fail-on", "info", today)
	if code != exitClean || !strings.Contains(report, "\nevery figure that was checked agrees\n") {
		t.Errorf("exit code %d\n%s", code, report)
	}
}

// Some loans have a wrong figure on purpose; that is what a check finds, and no more.
func TestTheMocksSlipsAreFound(t *testing.T) {
	file := portfolio(t, "2026-11-23", mock.Options{Wrong: 100})
	code, text, _ := tieout(t, "", "check", "--as-of", "2026-11-23", "--format", "json", file)
	if code != exitFindings {
		t.Errorf("exit code %d", code)
	}
	var report struct {
		Findings []struct{ Record, Field, Actual, Expected string }
	}
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, strings.Join([]string{f.Record, f.Field, f.Actual, f.Expected}, " "))
	}
	slices.Sort(found)
	want := []string{
		"З24ПрИР162888245 Details[0].main_debt.payment_sum 5240.00 2540.00",
		"З24ПрИР244913488 contract_sum 171000.00 117000.00",
		"З24ПрИР826621679 Details[0].main_debt.payment_sum 590.00 5090.00",
	}
	if !slices.Equal(found, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheMockAnswersOnThisMachineAlone(t *testing.T) {
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"--listen", "0.0.0.0:0"}, "tieout: --listen: the mock answers on this machine alone"},
		{[]string{"--listen", "8080"}, "tieout: --listen is an address such as 127.0.0.1:8080"},
		{[]string{"--faults", "many%"}, "tieout: --faults is a share such as 10%"},
		{[]string{"bank"}, `tieout: there is no mock of "bank"; there are arifmetika, brainysoft, finnotech, generic, vakifbank`},
	} {
		if code, _, stderr := tieout(t, "", append([]string{"mock"}, test.args...)...); code != exitUsage || !strings.Contains(stderr, test.says) {
			t.Errorf("%v: exit code %d, %s", test.args, code, stderr)
		}
	}
	for _, protocol := range mock.Protocols() {
		if mocks[protocol].paths == nil || mocks[protocol].try == "" {
			t.Errorf("the command does not know the mock %s", protocol)
		}
	}
}
