package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/reconcile"
)

func TestTraysGiveBackWhatWasPutIntoThem(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	s, err := newSpool(3)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	want := make([][]byte, 3)
	for i := range 200 {
		text := []byte(strings.Repeat(fmt.Sprintf("%d,", i), random.IntN(3000)))
		number := random.IntN(3)
		want[number] = append(want[number], text...)
		if err := s.put(number, text); err != nil {
			t.Fatal(err)
		}
	}
	at, err := s.write([]byte("shared"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.flushAll(); err != nil {
		t.Fatal(err)
	}
	var room []byte
	for number := range want {
		if room, err = s.tray(number, room); err != nil || !bytes.Equal(room, want[number]) {
			t.Errorf("tray %d: %d bytes, want %d: %v", number, len(room), len(want[number]), err)
		}
	}
	if text, err := s.read(at, len("shared")); err != nil || string(text) != "shared" {
		t.Errorf("got %s, %v", text, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestNoRoomForTraysIsAnError(t *testing.T) {
	folder := t.TempDir() + "/none"
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	if _, err := NewTrays(nil, nil, 0); err == nil || !strings.Contains(err.Error(), "temporary file") {
		t.Errorf("got %v", err)
	}
	s := &spool{file: os.Stdin, trays: make([]tray, 1), block: page}
	if err := s.put(0, make([]byte, page)); err == nil || !strings.Contains(err.Error(), "temporary file") {
		t.Errorf("got %v", err)
	}
}

func TestADiskThatTakesNoMoreEndsSorting(t *testing.T) {
	known, err := Checkers(nil)
	if err != nil {
		t.Fatal(err)
	}
	full, err := os.Open(os.DevNull) // not for writing
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = full.Close() }()
	line := `{"contract_num":"1","Total":{},"Details":[]}` + "\n"
	for name, size := range map[string]int{"while documents are sorted": 4 * mostBlock, "behind the last": 1} {
		t.Run(name, func(t *testing.T) {
			run := reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, known)
			trays, err := NewTrays(NewDesk(known), run, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = trays.Close() }()
			whole := trays.file
			trays.file = full
			f, err := ingest.Open(ingest.Stdin, strings.NewReader(strings.Repeat(line, 1+size/len(line))))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			run.BeginInput(reconcile.Input{File: f.Name})
			err = trays.Sort(t.Context(), f, false, Streaming{Jobs: 2, ChunkSize: 4096})
			if size == 1 && err == nil {
				err = trays.Join(t.Context(), Streaming{Jobs: 2})
			}
			trays.file = whole
			if failed := (*SpoolError)(nil); !errors.As(err, &failed) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestSlipsAreReadAsTheyWereWritten(t *testing.T) {
	all := []slip{
		{key: 1 << 63, input: 7, start: schema.Start{Offset: 1 << 40, Line: 3, Column: 9}, from: 1, end: 4, unnamed: 2, text: []byte(" {} \n"), size: 5},
		{key: 5, isShared: true, sharedAt: 1 << 41, size: 12, end: 12},
	}
	var text []byte
	for i := range all {
		text = all[i].appendTo(text)
	}
	for i := range all {
		var got slip
		text = got.read(text)
		if fmt.Sprint(got) != fmt.Sprint(all[i]) {
			t.Errorf("got %v, want %v", got, all[i])
		}
	}
	if len(text) > 0 {
		t.Errorf("%d bytes are left", len(text))
	}
}
