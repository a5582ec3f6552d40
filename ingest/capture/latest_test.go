package capture_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest/arifmetika"
	"tieout/ingest/capture"
)

// said is an item of a capture in a few words.
func said(item capture.Item) string {
	switch {
	case item.Input != nil:
		r := item.Input.Request
		return fmt.Sprint(item.Input.File, " ", string(item.Input.Text), " of ", item.Source, " asked ", r.Key, " on ", r.AsOf)
	case item.Nothing:
		return "nothing"
	case item.Replaced:
		return "replaced"
	}
	return fmt.Sprint("reject ", item.Reject.Place.Line, ": ", item.Reject.Reason)
}

func TestWhatHoldsAtTheEndOfACapture(t *testing.T) {
	failed := capture.Entry{Source: "arifmetika.schedule", Key: "a", Kind: capture.Failed, Reason: "status 503 after 4 attempts"}
	nothing := capture.Entry{Source: "arifmetika.schedule", Key: "a", Kind: capture.Nothing}
	job := capture.Entry{Source: "arifmetika.schedule", Key: "a", Kind: capture.Submitted, Job: "7"}
	other := answer("a", "{}")
	other.Source = "other"
	late := answer("a", "[]")
	late.Ended = noon.AddDate(0, 0, 1)
	const one = "c[line 1: a] {} of arifmetika.schedule asked a on 2020-04-23"
	for _, test := range []struct {
		name    string
		entries []capture.Entry
		want    []string
	}{
		{"an answer", []capture.Entry{answer("a", "{}")}, []string{one}},
		{
			"a later answer replaces an earlier one",
			[]capture.Entry{answer("a", "{}"), late},
			[]string{"replaced", "c[line 2: a] [] of arifmetika.schedule asked a on 2020-04-24"},
		},
		{
			"one of another source does not",
			[]capture.Entry{answer("a", "{}"), other},
			[]string{one, "c[line 2: a] {} of other asked a on 2020-04-23"},
		},
		{"that there is nothing replaces an answer", []capture.Entry{answer("a", "{}"), nothing}, []string{"replaced", "nothing"}},
		{
			"a failure",
			[]capture.Entry{failed},
			[]string{"reject 1: arifmetika.schedule a could not be fetched: status 503 after 4 attempts"},
		},
		{"a failure that was made good", []capture.Entry{failed, job, answer("a", "{}")}, []string{strings.Replace(one, "1", "3", 1)}},
		{
			"a failure after an answer",
			[]capture.Entry{answer("a", "{}"), failed},
			[]string{one, "reject 2: arifmetika.schedule a could not be fetched: status 503 after 4 attempts; the answer of line 1 holds"},
		},
		{
			"a job that waits for its answer",
			[]capture.Entry{job},
			[]string{"reject 1: arifmetika.schedule a was submitted, and its answer not fetched yet; the next fetch asks for it"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := t.TempDir() + "/c.ndjson"
			written(t, path, test.entries...)
			var got []string
			for item := range capture.Latest("c", contents(t, path)) {
				got = append(got, said(item))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestACaptureIsToldByItsFirstLine(t *testing.T) {
	packed := t.TempDir() + "/c.ndjson.zst"
	written(t, packed, answer("a", "{}"))
	for text, want := range map[string]bool{
		`{"tieout_capture":1`: true, "\ufeff" + `{"tieout_capture":9}`: true, string(contents(t, packed)): true,
		"": false, "{}": false, `[{"tieout_capture":1}]`: false, "\x28\xb5\x2f\xfd": false, "\x1f\x8b": false,
	} {
		if got := capture.Is([]byte(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestKeysOfAnotherCapture(t *testing.T) {
	layout, err := schema.NewLayout(arifmetika.Contracts())
	if err != nil {
		t.Fatal(err)
	}
	list := func(key string, contracts ...string) capture.Entry {
		var all []string
		for _, c := range contracts {
			all = append(all, fmt.Sprintf(`{"contract_num":%q}`, c))
		}
		e := answer(key, `{"contracts":[`+strings.Join(all, ",")+`]}`)
		e.Source = "arifmetika.contracts"
		return e
	}
	broken := list("phone3")
	broken.Body = []byte("<html>")
	path := t.TempDir() + "/c.ndjson"
	written(t, path, list("phone1", "gone"), list("phone2", "З2", "З3"), answer("З9", "{}"), list("phone1", "З1", "З2"), broken)
	keys, err := capture.Keys(capture.Read(bytes.NewReader(contents(t, path))), layout, "contract_num")
	if got := strings.Join(keys, " "); got != "З1 З2 З3" {
		t.Errorf("keys %s", got)
	}
	if err == nil || !strings.HasPrefix(err.Error(), "line 5: ") {
		t.Errorf("error %v", err)
	}
	if _, err := capture.Keys(capture.Read(strings.NewReader("")), layout, "categories"); err == nil {
		t.Error("an array is no key")
	}
}
