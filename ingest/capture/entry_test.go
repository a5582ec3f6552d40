package capture_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tieout/ingest/capture"
)

// noon is when the entries of the tests ended.
var noon = time.Date(2020, 4, 23, 12, 0, 0, 123456789, time.UTC)

// answer of a key.
func answer(key, body string) capture.Entry {
	return capture.Entry{
		Source: "arifmetika.schedule", Key: key, Kind: capture.Answer, Body: []byte(body), Status: 200,
		Begun: noon.Add(-time.Second), Ended: noon, Attempts: 1,
	}
}

// whole is an entry with all that an entry can have.
func whole() capture.Entry {
	e := answer("З20НвАР007200054", "{\"a\": \"\u2028\x00\"}\r\n")
	e.Version = capture.Version
	e.Header = map[string]string{"Content-Type": "application/json", "Date": "Thu"}
	e.Job, e.Reason, e.Attempts = "17", "late", 3
	e.Page, e.Next, e.Question = 2, "/a?page=3", "5f"
	e.Request = capture.Request{
		Method: "POST", URL: "https://example.test/?a=1&b=<2>", Header: map[string]string{"Mq-Jrb-Object": "З20", "A": "b"},
		Body: `{"contract_num":"З20"}`, Asked: map[string]string{"contract_num": "З20"},
	}
	return e
}

// written is a capture of some entries.
func written(t testing.TB, path string, entries ...capture.Entry) {
	t.Helper()
	log, err := capture.Open(path, capture.Sync(0))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := log.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
}

// story is what reading a capture gives: entries, and faults as texts.
func story(text []byte) (entries []capture.Entry, faults []string) {
	for e, err := range capture.Read(bytes.NewReader(text)) {
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		entries = append(entries, e)
	}
	return entries, faults
}

func TestALineHasItsMembersInAFixedOrder(t *testing.T) {
	path := t.TempDir() + "/c.ndjson"
	written(t, path, whole())
	want := `{"tieout_capture":1,"source":"arifmetika.schedule","key":"З20НвАР007200054","page":2,"kind":"answer","question":"5f",` +
		`"request":{"method":"POST","url":"https://example.test/?a=1&b=<2>","header":{"A":"b","Mq-Jrb-Object":"З20"},` +
		`"body":"{\"contract_num\":\"З20\"}","asked":{"contract_num":"З20"}},` +
		`"begun":"2020-04-23T11:59:59.123456789Z","ended":"2020-04-23T12:00:00.123456789Z","status":200,"attempts":3,` +
		`"job":"17","next":"/a?page=3","reason":"late","header":{"Content-Type":"application/json","Date":"Thu"},` +
		`"body":"{\"a\": \"` + "\u2028" + `\u0000\"}\r\n"}` + "\n"
	if got := string(contents(t, path)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	anywhere := answer("a", "{}")
	anywhere.Ended = noon.In(time.FixedZone("MSK", 3*60*60))
	failed := capture.Entry{Source: "s", Kind: capture.Failed, Reason: "status 503"}
	for _, test := range []struct {
		name  string
		entry capture.Entry
	}{
		{"an entry with all that it can have", whole()},
		{"a failure without a key, times or body", failed},
		{"an empty body is not a missing one", answer("a", "")},
		{"a body that is not UTF-8", answer("a", "\xff\xfe\x00{\n")},
		{"a body with the replacement character", answer("a", "\ufffd")},
		{"a body that looks like an entry", answer("a", "{\"tieout_capture\":1}\n")},
		{"a time of another zone", anywhere},
	} {
		for _, name := range []string{"c.ndjson", "c.ndjson.zst"} {
			t.Run(test.name+" in "+name, func(t *testing.T) {
				path := t.TempDir() + "/" + name
				written(t, path, test.entry, test.entry)
				entries, faults := story(contents(t, path))
				if len(entries) != 2 || faults != nil {
					t.Fatalf("%d entries, faults %v", len(entries), faults)
				}
				want := test.entry
				want.Version, want.Line = capture.Version, 2
				want.Begun, want.Ended = want.Begun.UTC(), want.Ended.UTC()
				if diff := cmp.Diff(want, entries[1]); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestWhatIsNoEntryIsNotWritten(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*capture.Entry)
		want   string
	}{
		{"no source", func(e *capture.Entry) { e.Source = "" }, "names no source"},
		{"a key that is not UTF-8", func(e *capture.Entry) { e.Key = "\xff" }, "not UTF-8"},
		{"an unknown kind", func(e *capture.Entry) { e.Kind = "maybe" }, `"maybe"`},
		{"an answer without a body", func(e *capture.Entry) { e.Body = nil }, "without a body"},
		{"a job without an id", func(e *capture.Entry) { e.Kind = capture.Submitted }, "without the job's id"},
		{"a page before the second", func(e *capture.Entry) { e.Page = 1 }, "counted from 2"},
		{"a version of the future", func(e *capture.Entry) { e.Version = 2 }, "version 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := t.TempDir() + "/c.ndjson"
			log, err := capture.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			bad := answer("a", "{}")
			test.change(&bad)
			if err := log.Append(answer("b", "{}"), bad); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			if err := log.Close(); err != nil || len(contents(t, path)) > 0 {
				t.Errorf("error %v, wrote %q", err, contents(t, path))
			}
		})
	}
}

func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte(`{"a":1}`), "key", "https://example.test", "reason", int64(0))
	f.Add([]byte("\xff\x00\n"), "ключ", "\xff", "\x00", int64(1587643200123456789))
	f.Add([]byte{}, "", "", "\n", int64(-1))
	f.Fuzz(func(t *testing.T, body []byte, key, url, reason string, at int64) {
		if body == nil {
			body = []byte{}
		}
		e := answer(key, string(body))
		e.Request.URL, e.Reason, e.Ended = url, reason, time.Unix(0, at).UTC()
		e.Request.Asked = map[string]string{key: reason}
		e.Version, e.Line = capture.Version, 1
		path := t.TempDir() + "/c.ndjson"
		log, err := capture.Open(path, capture.Sync(0))
		if err != nil {
			t.Fatal(err)
		}
		err = log.Append(e)
		if failed := log.Close(); failed != nil {
			t.Fatal(failed)
		}
		if valid := strings.ToValidUTF8(key, "?") == key; (err == nil) != valid {
			t.Fatalf("error %v for the key %q", err, key)
		} else if !valid {
			return
		}
		text := contents(t, path)
		entries, faults := story(text)
		if len(entries) != 1 || faults != nil || bytes.Count(text, []byte("\n")) != 1 {
			t.Fatalf("%d entries, faults %v of %q", len(entries), faults, text)
		}
		masked := cmpopts.IgnoreFields(capture.Entry{}, "Request", "Reason") // may hold what is not UTF-8
		if diff := cmp.Diff(e, entries[0], masked); diff != "" {
			t.Error(diff)
		}
	})
}

// Whatever a file holds, reading ends, and opening leaves it as it is or readable.
func FuzzOpen(f *testing.F) {
	path := f.TempDir() + "/c.ndjson"
	written(f, path, whole(), answer("b", "\xff"))
	plain := contents(f, path)
	f.Add(plain, false)
	f.Add(plain[:len(plain)-7], false)
	f.Add(append([]byte("\ufeff"), plain...), false)
	f.Add([]byte("{\"tieout_capture\":1}\n\n\x00\x00"), false)
	f.Add([]byte("\x1f\x8b"), false)
	packed := f.TempDir() + "/c.ndjson.zst"
	written(f, packed, whole(), answer("b", "\xff"))
	f.Add(contents(f, packed), true)
	f.Fuzz(func(t *testing.T, text []byte, zst bool) {
		path := t.TempDir() + "/c.ndjson"
		if zst {
			path += ".zst"
		}
		put(t, path, text)
		before, _ := story(text)
		for range capture.Latest("f", text) { //nolint:revive // it must end
		}
		log, err := capture.Open(path, capture.Sync(0))
		if err != nil {
			if !bytes.Equal(contents(t, path), text) {
				t.Fatal("a file that is no capture was changed")
			}
			return
		}
		if err := log.Append(answer("new", "{}")); err != nil {
			t.Fatal(err)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		after, _ := story(contents(t, path))
		if n := len(after); n == 0 || after[n-1].Key != "new" {
			t.Fatalf("the new entry cannot be read: %d entries", n)
		}
		// A frame that is not whole may have shown an entry before it was cut off.
		if n := len(after) - 1; n < len(before)-1 || !zst && n != len(before) {
			t.Fatalf("%d entries became %d", len(before), n)
		}
	})
}
