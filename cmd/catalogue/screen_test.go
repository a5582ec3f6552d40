package catalogue

import (
	"testing"

	"tieout/calc/schema"
	"tieout/reconcile"
)

// Without its screen a run says the same, fifty times slower.
func TestAnOrdinaryRunHasAScreenForEverySource(t *testing.T) {
	known, err := Checkers(nil)
	if err != nil {
		t.Fatal(err)
	}
	run := reconcile.NewRun(reconcile.Tool{}, schema.Circumstances{}, nil, known)
	run.Adjust(nil)
	screen := NewDesk(known).newScreen(run)
	for range 2 {
		for _, c := range known {
			screen.meet(c.Layout.Source)
		}
	}
	if got := len(screen.sources); got != len(known) {
		t.Errorf("%d of %d sources have a screen", got, len(known))
	}
}
