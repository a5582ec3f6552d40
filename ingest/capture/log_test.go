package capture_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"tieout/ingest/capture"
)

func contents(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func put(t testing.TB, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, path string) *capture.Log {
	t.Helper()
	log, err := capture.Open(path, capture.Sync(0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	return log
}

func keys(entries []capture.Entry) string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Key)
	}
	return strings.Join(all, " ")
}

// A run can be killed at any byte. Opening keeps every entry that is whole, loses only
// the one that is not, and what is added afterwards is read with the rest.
func TestAnUnfinishedEntryIsAllThatAKillLoses(t *testing.T) {
	for _, name := range []string{"c.ndjson", "c.ndjson.zst"} {
		t.Run(name, func(t *testing.T) {
			path := t.TempDir() + "/" + name
			log := open(t, path)
			var ends []int // of the entries in the file
			for i := range 4 {
				if err := log.Append(answer(fmt.Sprint("k", i), "{\"тело\":\xff}"+strings.Repeat("x", 30*i))); err != nil {
					t.Fatal(err)
				}
				ends = append(ends, len(contents(t, path)))
			}
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
			text := contents(t, path)
			for size := range len(text) + 1 {
				put(t, path, text[:size])
				whole := len(slices.DeleteFunc(slices.Clone(ends), func(end int) bool { return end > size }))
				if name == "c.ndjson" && slices.Contains(ends, size+1) {
					whole++ // only its line feed is missing
				}
				log := open(t, path)
				for i := range 4 {
					if ok := log.State("arifmetika.schedule", fmt.Sprint("k", i), 0).Last.Kind != ""; ok != (i < whole) {
						t.Fatalf("cut at %d of %d: k%d is known: %t, want %d entries", size, len(text), i, ok, whole)
					}
				}
				if cut := !slices.Contains(append(ends, 0), size) && !slices.Contains(ends, size+1); name == "c.ndjson" && cut != (log.Cut() > 0) {
					t.Fatalf("cut at %d: %d bytes cut off", size, log.Cut())
				}
				if len(log.Faults()) > 0 {
					t.Fatalf("cut at %d: faults %v", size, log.Faults())
				}
				if err := log.Append(answer("new", "{}")); err != nil {
					t.Fatal(err)
				}
				if e := log.State("arifmetika.schedule", "new", 0).Last; e.Line != whole+1 {
					t.Fatalf("cut at %d: the new entry has line %d, want %d", size, e.Line, whole+1)
				}
				if err := log.Close(); err != nil {
					t.Fatal(err)
				}
				entries, faults := story(contents(t, path))
				if len(entries) != whole+1 || faults != nil {
					t.Fatalf("cut at %d: %s, faults %v; want %d entries and the new one", size, keys(entries), faults, whole)
				}
			}
		})
	}
}

// Reading alone, as check does, tells of the unfinished entry and gives the others.
func TestReadingRecognisesAnUnfinishedEntry(t *testing.T) {
	for _, name := range []string{"c.ndjson", "c.ndjson.zst"} {
		path := t.TempDir() + "/" + name
		written(t, path, answer("a", "{}"), answer("b", "{}"))
		text := contents(t, path)
		count, unfinished := 0, false
		for _, err := range capture.Read(bytes.NewReader(text[:len(text)-9])) {
			var fault *capture.Fault
			if errors.As(err, &fault) {
				unfinished = fault.Unfinished && fault.Line == 2
				continue
			}
			count++
		}
		if count != 1 || !unfinished {
			t.Errorf("%s: %d entries, unfinished: %t", name, count, unfinished)
		}
	}
}

func TestLinesThatAreNotEntriesAreToldAndCostOnlyThemselves(t *testing.T) {
	path := t.TempDir() + "/c.ndjson"
	written(t, path, answer("a", "{}"))
	one := string(contents(t, path))
	bad := []string{
		"not JSON", `{"tieout_capture":2,"source":"s","kind":"answer","body":""}`, `{"tieout_capture":1,"source":"s","kind":"other"}`,
		`{"tieout_capture":1,"source":5}`, `{"tieout_capture":1,"source":"s","kind":"answer","body":"","body_base64":""}`,
	}
	put(t, path, []byte(one+strings.Join(bad, "\n")+"\n\n"+strings.Replace(one, `"a"`, `"b"`, 1)))
	want := []string{
		"line 2: not an entry of a capture: it is not JSON at its byte 2",
		"line 3: not an entry of a capture: it is of version 2 of the format; this tieout knows version 1",
		`line 4: not an entry of a capture: its kind is "other"; there are answer, submitted, nothing and failed`,
		"line 5: not an entry of a capture: its member /source is not what it should be",
		"line 6: not an entry of a capture: it has both body and body_base64",
	}
	entries, faults := story(contents(t, path))
	if !slices.Equal(faults, want) || keys(entries) != "a b" || entries[1].Line != 8 {
		t.Errorf("entries %s, faults\n%s\nwant\n%s", keys(entries), strings.Join(faults, "\n"), strings.Join(want, "\n"))
	}
	before := contents(t, path)
	log := open(t, path)
	if len(log.Faults()) != len(want) || log.Cut() != 0 {
		t.Errorf("faults %v, cut %d", log.Faults(), log.Cut())
	}
	if err := log.Append(answer("c", "{}")); err != nil {
		t.Fatal(err)
	}
	if after := contents(t, path); !bytes.HasPrefix(after, before) {
		t.Error("what was there has changed")
	}
}

func TestOnlyACaptureIsAddedTo(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(`{"tieout_capture":1,"source":"s","key":"","kind":"nothing"}` + "\n"))
	_ = z.Close()
	for _, test := range []struct{ name, text, want string }{
		{"a document", `{"Total":{}}`, "not a capture"},
		{"a line of text", "hello\n", "not a capture"},
		{"a capture of the future", `{"tieout_capture":2,"source":"s","kind":"answer","body":""}` + "\n", "version 2"},
		{"a gzip file", zipped.String(), "unpack it first"},
		{"a zstd file that is damaged", "\x28\xb5\x2f\xfd\x00\x58\x07\x00\x00rest", "damaged"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := t.TempDir() + "/file"
			put(t, path, []byte(test.text))
			_, err := capture.Open(path)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			if string(contents(t, path)) != test.text {
				t.Error("the file has changed")
			}
		})
	}
	if _, err := capture.Open(t.TempDir()); err == nil {
		t.Error("a folder was opened")
	}
	if entries, faults := story(zipped.Bytes()); len(entries) != 1 || faults != nil {
		t.Errorf("of gzip: %d entries, faults %v", len(entries), faults)
	}
}

func TestTwoRunsDoNotWriteOneCapture(t *testing.T) {
	path := t.TempDir() + "/c.ndjson"
	first := open(t, path)
	if _, err := capture.Open(path); !errors.Is(err, capture.ErrLocked) {
		t.Errorf("error %v, want ErrLocked", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, path)
	if err := first.Append(answer("a", "{}")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a closed log was written: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, error %v", info.Mode(), err)
	}
}

func TestEntriesAreAppendedByManyAtOnce(t *testing.T) {
	for _, name := range []string{"c.ndjson", "c.ndjson.zst"} {
		path := t.TempDir() + "/" + name
		log, err := capture.Open(path, capture.Sync(100))
		if err != nil {
			t.Fatal(err)
		}
		const workers, each = 8, 50
		var all sync.WaitGroup
		for w := range workers {
			all.Go(func() {
				for i := range each {
					key := fmt.Sprint(w, "-", i)
					if err := log.Append(answer(key, strings.Repeat(key, i))); err != nil {
						t.Error(err)
					}
					if log.State("arifmetika.schedule", key, 0).Last.Kind == "" {
						t.Error("an entry is not known after it was appended")
					}
					log.Pending()
				}
			})
		}
		all.Wait()
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		entries, faults := story(contents(t, path))
		if len(entries) != workers*each || faults != nil {
			t.Errorf("%s: %d entries, faults %v", name, len(entries), faults)
		}
		for _, e := range entries {
			var i, w int
			if _, err := fmt.Sscanf(e.Key, "%d-%d", &w, &i); err != nil || string(e.Body) != strings.Repeat(e.Key, i) {
				t.Fatalf("the body of %s is %q", e.Key, e.Body)
			}
		}
	}
}

func TestALogKnowsWhatIsToBeAskedForStill(t *testing.T) {
	job := func(key, id string) capture.Entry {
		return capture.Entry{Source: "s", Key: key, Kind: capture.Submitted, Job: id}
	}
	got := func(key string) capture.Entry {
		return capture.Entry{Source: "s", Key: key, Kind: capture.Answer, Body: []byte("{}"), Status: 200}
	}
	failed := func(key, id string) capture.Entry {
		return capture.Entry{Source: "s", Key: key, Kind: capture.Failed, Reason: "no", Job: id}
	}
	none := capture.Entry{Source: "s", Key: "a", Kind: capture.Nothing}
	for _, test := range []struct {
		name          string
		entries       []capture.Entry
		last, pending string
	}{
		{"nothing was asked", nil, "", ""},
		{"an answer", []capture.Entry{got("a")}, "answer", ""},
		{"the upstream has nothing", []capture.Entry{none}, "nothing", ""},
		{"a job waits for its answer", []capture.Entry{job("a", "1")}, "submitted", "1"},
		{"a job was answered", []capture.Entry{job("a", "1"), got("a")}, "answer", ""},
		{"asking for a job failed, the job goes on", []capture.Entry{job("a", "1"), failed("a", "")}, "failed", "1"},
		{"a job failed", []capture.Entry{job("a", "1"), failed("a", "1")}, "failed", ""},
		{"another job failed", []capture.Entry{job("a", "1"), job("a", "2"), failed("a", "1")}, "failed", "2"},
		{"a later attempt failed", []capture.Entry{got("a"), failed("a", "")}, "failed", ""},
		{"jobs wait in the order of their submission", []capture.Entry{job("c", "1"), job("a", "2"), job("b", "3"), got("b")}, "submitted", "1 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := t.TempDir() + "/c.ndjson"
			log := open(t, path)
			if err := log.Append(test.entries...); err != nil {
				t.Fatal(err)
			}
			for _, when := range []string{"as written", "as read"} {
				var pending []string
				for _, e := range log.Pending() {
					pending = append(pending, e.Job)
				}
				last := log.State("s", "a", 0).Last
				if last.Kind != test.last || strings.Join(pending, " ") != test.pending {
					t.Errorf("%s: last %q, pending %q; want %q, %q", when, last.Kind, pending, test.last, test.pending)
				}
				_ = log.Close()
				log = open(t, path)
			}
		})
	}
}

func TestALineThatIsTooLongIsNotWrittenAndNotReadIntoMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a long line")
	}
	path := t.TempDir() + "/c.ndjson"
	log := open(t, path)
	if err := log.Append(answer("a", strings.Repeat("x", capture.MaxLine))); !errors.Is(err, capture.ErrTooLong) || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("error %v", err)
	}
	written(t, path+"2", answer("a", "{}"))
	one := contents(t, path+"2")
	long := append(bytes.Repeat([]byte("x"), capture.MaxLine+1), '\n')
	entries, faults := story(slices.Concat(one, long, one))
	if len(entries) != 2 || len(faults) != 1 || entries[1].Line != 3 || !strings.HasPrefix(faults[0], "line 2: longer than") {
		t.Errorf("%d entries, faults %.200v", len(entries), faults)
	}
}
