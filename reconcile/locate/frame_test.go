package locate

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"tieout/calc"
)

// TestAFrameChangesNoExplanation explains random nets of the same relations with a frame
// and without.
func TestAFrameChangesNoExplanation(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		net := &Net{Figures: make([]Figure, 3+r.IntN(8)), Frame: &Frame{}}
		for range 1 + r.IntN(6) {
			rel := Relation{Op: Op(r.IntN(2)), Tolerance: calc.SmallAmount(int64(r.IntN(2)), uint8(r.IntN(4)), "")}
			rel.Constant = calc.SmallAmount(int64(r.IntN(3)), uint8(r.IntN(4)), "")
			for range 1 + r.IntN(4) {
				rel.Terms = append(rel.Terms, Term{r.IntN(len(net.Figures)), int64(r.IntN(5) - 2)})
			}
			net.Relations = append(net.Relations, rel)
		}
		for i := range net.Figures {
			net.Figures[i].Fixed = r.IntN(6) == 0
		}
		for range 10 {
			for i := range net.Figures {
				net.Figures[i].Value = calc.SmallAmount(int64(r.IntN(40)), uint8(r.IntN(3)), "")
			}
			bare := *net
			bare.Frame = nil
			want, errWant := Explain(&bare, Limits{})
			got, err := Explain(net, Limits{})
			if !reflect.DeepEqual(got, want) || (err == nil) != (errWant == nil) {
				t.Fatalf("with a frame %+v, %v, without %+v, %v", got, err, want, errWant)
			}
		}
	}
}
