package capture_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"tieout/ingest/capture"
)

// A failure of the machine can leave zeros where the last entry was to be.
func TestZerosBehindTheLastEntryAreCutOff(t *testing.T) {
	for _, name := range []string{"c.ndjson", "c.ndjson.zst"} {
		for _, zeros := range []int{1, 3, 4, 4096} {
			t.Run(fmt.Sprintf("%d in %s", zeros, name), func(t *testing.T) {
				path := t.TempDir() + "/" + name
				written(t, path, answer("a", "{}"), answer("b", "{}"))
				whole := contents(t, path)
				put(t, path, append(bytes.Clone(whole), make([]byte, zeros)...))
				log := open(t, path)
				if log.Cut() != int64(zeros) || len(log.Faults()) != 0 || log.State("arifmetika.schedule", "b", 0).Last.Line != 2 {
					t.Errorf("%d bytes cut off, faults %v", log.Cut(), log.Faults())
				}
				if err := log.Append(answer("c", "{}")); err != nil {
					t.Fatal(err)
				}
				_ = log.Close()
				if entries, faults := story(contents(t, path)); keys(entries) != "a b c" || faults != nil {
					t.Errorf("%s, faults %v", keys(entries), faults)
				}
			})
		}
	}
}

func TestABlankLineAtTheEndIsNoUnfinishedEntry(t *testing.T) {
	for _, tail := range []string{"\n", "\n\n", "  ", "\n \t"} {
		path := t.TempDir() + "/c.ndjson"
		written(t, path, answer("a", "{}"))
		before := string(contents(t, path)) + tail
		put(t, path, []byte(before))
		log := open(t, path)
		if log.Cut() != 0 {
			t.Errorf("%q: %d bytes are called unfinished", tail, log.Cut())
		}
		if err := log.Append(answer("b", "{}")); err != nil {
			t.Fatal(err)
		}
		_ = log.Close()
		after := string(contents(t, path))
		entries, faults := story([]byte(after))
		if !strings.HasPrefix(after, before) || keys(entries) != "a b" || faults != nil {
			t.Errorf("%q: %s, faults %v", tail, keys(entries), faults)
		}
		log = open(t, path)
		if line := log.State("arifmetika.schedule", "b", 0).Last.Line; line != entries[1].Line {
			t.Errorf("%q: the new entry has line %d, and is read in line %d", tail, line, entries[1].Line)
		}
		_ = log.Close()
	}
}

func TestOneProgramAtATimeWorksWithWhatALockNames(t *testing.T) {
	path := t.TempDir() + "/token"
	release, err := capture.Alone(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := capture.Alone(path); err == nil {
		t.Error("two have it")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if release, err = capture.Alone(path); err != nil {
		t.Fatal(err)
	}
	_ = release()
}
