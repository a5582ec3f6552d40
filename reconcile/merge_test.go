package reconcile

import (
	"testing"

	"tieout/calc/date"
	"tieout/calc/schema"
)

func TestTheDayOfPartsIsThatOfTheWhole(t *testing.T) {
	one, other := date.MustParse("2020-02-29"), date.MustParse("2020-03-01")
	none := daysOf{}
	for name, test := range map[string]struct {
		parts []daysOf
		want  string
	}{
		"nothing was examined":      {[]daysOf{none, none}, ""},
		"one day":                   {[]daysOf{none, {day: one, examined: true}, {day: one, examined: true}, none}, "2020-02-29"},
		"two days":                  {[]daysOf{{day: one, examined: true}, {day: other, examined: true}}, ""},
		"several in a part":         {[]daysOf{{day: one, examined: true, several: true}, {day: one, examined: true}}, ""},
		"records without a day too": {[]daysOf{{examined: true}, {day: one, examined: true}}, ""},
		"the one that is given":     {[]daysOf{{given: other, day: other, examined: true}, {given: other}}, "2020-03-01"},
	} {
		m := merging{result: Result{days: test.parts[0]}}
		for i := range test.parts[1:] {
			m.days(&test.parts[i+1])
		}
		if got := m.result.days.asOf(); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestAnEventIsUnusedWhenNoPartUsesIt(t *testing.T) {
	event := func(number, nearer int, why string) UnusedEvent {
		return UnusedEvent{Event: schema.Event{From: "e.yaml"}, Why: why, number: number, nearer: nearer}
	}
	m := merging{}
	m.result.UnusedEvents = []UnusedEvent{event(0, notBroken, "first"), event(1, noRecord, "first"), event(2, noRecord, "first")}
	m.unused([]UnusedEvent{event(0, noRecord, "second"), event(2, noRecord, "second"), event(3, noRecord, "second")})
	got := ""
	for _, e := range m.result.UnusedEvents {
		got += e.Why + " "
	}
	if got != "first second " { // of what is known as well, the last is told
		t.Errorf("got %q", got)
	}
}

// Parts have room for as many records as the whole; of theirs the first are kept.
func TestPartsKeepNoMoreRecordsThanTheWhole(t *testing.T) {
	some := func(n, columns int) *Result {
		r := &Result{}
		for range n {
			r.snapshots = append(r.snapshots, &Snapshot{Tables: []Table{{Columns: make([]string, columns), Rows: make([]TableRow, 1)}}})
		}
		return r
	}
	m := merging{}
	if kept := m.snapshots(some(150, 1)); len(kept) != 150 || m.result.cut {
		t.Errorf("%d kept of 150", len(kept))
	}
	if kept := m.snapshots(some(150, 1)); len(kept) != MaxSnapshots-150 || !m.result.cut {
		t.Errorf("%d kept beyond the bound", len(kept))
	}
	m = merging{}
	if kept := m.snapshots(some(3, MaxSnapshotValues/2)); len(kept) != 2 || len(m.snapshots(some(1, 1))) != 0 {
		t.Errorf("%d large ones kept", len(kept))
	}
	m = merging{}
	full := some(1, 1)
	full.cut = true // the next record of the part was too large
	if kept := m.snapshots(full); len(kept) != 1 || len(m.snapshots(some(1, 1))) != 0 {
		t.Error("records are kept behind one for which there was no room")
	}
}
