package reconcile

import (
	"cmp"
	"slices"
	"sync"

	"tieout/calc/schema"
)

// room is for the snapshots of a run that comes to its records in no order. It keeps those
// that have room when the records are in order: the first ones, see hasRoom.
type room struct {
	mutex sync.Mutex
	kept  []hung // in order
	// isFull tells that there is no room for the one that came at end, and those behind.
	isFull bool
	end    hung
}

// hung is a snapshot with its place in the order.
type hung struct {
	*Snapshot
	turn   turn
	number int // of those of one turn
	values int
}

func (h *hung) compare(other *hung) int {
	return cmp.Or(h.turn.compare(other.turn), cmp.Compare(h.number, other.number))
}

// snapshot of a record, nil when there is no room for it. It may have to give way later.
func (m *room) snapshot(rec *schema.Record, at turn, number int) *Snapshot {
	one := hung{turn: at, number: number}
	if !m.isFor(&one) { // most are refused before they are made
		return nil
	}
	one.Snapshot = snapshot(rec)
	one.values = one.Snapshot.values()
	m.mutex.Lock()
	defer m.mutex.Unlock()
	where, _ := slices.BinarySearchFunc(m.kept, one, func(a, b hung) int { return a.compare(&b) })
	m.kept = slices.Insert(m.kept, where, one)
	values := 0
	for i := range m.kept {
		if values += m.kept[i].values; i == MaxSnapshots || values > MaxSnapshotValues {
			m.close(i)
			break
		}
	}
	if one.gaveWay {
		return nil
	}
	return one.Snapshot
}

func (m *room) isFor(one *hung) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return !m.isFull || one.compare(&m.end) < 0
}

// close takes down those from a place in the order on.
func (m *room) close(from int) {
	m.isFull, m.end = true, m.kept[from]
	for _, one := range m.kept[from:] {
		one.gaveWay, one.Tables = true, nil
	}
	m.end.Snapshot = nil
	m.kept = slices.Delete(m.kept, from, len(m.kept))
}
