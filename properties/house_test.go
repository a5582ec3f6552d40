package properties

import (
	"sync"
	"testing"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/reconcile"
)

// house is all that is built in, compiled once: to compile it for each of
// thousands of cases would take most of the time.
type house struct {
	checkers  []*reconcile.Checker
	joints    []*reconcile.Joint
	calendars func(country string) schema.WorkingDays
}

var compileHouse = sync.OnceValues(func() (h house, err error) {
	if h.checkers, err = catalogue.Checkers(nil); err != nil {
		return h, err
	}
	if h.joints, err = catalogue.Joints(h.checkers); err != nil {
		return h, err
	}
	h.calendars, err = catalogue.Calendars()
	return h, err
})

func builtIn(t testing.TB) house {
	t.Helper()
	h, err := compileHouse()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// checkAbout reads inputs as the built-in sources and checks them, against each
// other and against those of an earlier snapshot.
func checkAbout(t testing.TB, about schema.Circumstances, inputs, previous []*schema.Input) *reconcile.Result {
	t.Helper()
	h := builtIn(t)
	about.Calendar = h.calendars
	desk := catalogue.NewDesk(h.checkers)
	run := reconcile.NewRun(reconcile.Tool{Name: "tieout"}, about, nil, h.checkers)
	run.Join(h.joints...)
	for _, in := range inputs {
		run.BeginInput(reconcile.Input{File: in.File})
		desk.Check(in, run, func(int) bool { return true })
	}
	for _, in := range previous {
		run.BeginInput(reconcile.Input{File: in.File})
		desk.Previous(in, run, func(int) bool { return true })
	}
	return run.Result()
}
