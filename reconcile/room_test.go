package reconcile

import (
	"math/rand"
	"slices"
	"sync/atomic"
	"testing"

	"tieout/calc/schema"
)

// The same records are shown in whatever order a run comes to them.
func TestTheFirstRecordsAreShownInWhateverOrderTheyCome(t *testing.T) {
	for seed := range int64(5) {
		random := rand.New(rand.NewSource(seed))
		layout, err := schema.NewLayout(&schema.Source{Name: "s", Fields: []schema.Field{
			{Name: "rows", Kind: schema.Rows, Fields: []schema.Field{{Name: "a", Kind: schema.Money}}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		records := make([]*schema.Record, 250)
		for i := range records {
			records[i] = schema.NewRecord(layout, &schema.Document{Input: &schema.Input{}})
			records[i].Offset = i
			rows := random.Intn(1 + 4*MaxSnapshotValues/MaxSnapshots*random.Intn(2))
			for range rows {
				records[i].AddInstance(1, 0)
			}
		}
		r := &Run{full: new(atomic.Bool)}
		var want []int
		for i, rec := range records {
			if r.snapshotOf(rec, 0) != nil {
				want = append(want, i)
			}
		}
		r = &Run{room: &room{}}
		shown := make([]*Snapshot, len(records))
		for _, i := range random.Perm(len(records)) {
			r.turn = turnOf(0, 0, records[i])
			shown[i] = r.snapshotOf(records[i], 0)
		}
		var got []int
		for i, s := range shown {
			if s != nil && !s.gaveWay {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: got %v, want %v", seed, got, want)
		}
	}
}
