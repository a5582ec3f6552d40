package locate_test

import (
	"strconv"
	"testing"

	"tieout/reconcile/locate"
)

func benchmark(b *testing.B, net *builder, causes int) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		e, err := locate.Explain(&net.net, locate.Limits{})
		if err != nil || len(e.Causes) != causes {
			b.Fatal(len(e.Causes), err)
		}
	}
}

func BenchmarkContractOneError(b *testing.B) {
	net := contract()
	net.figure("penalty", "50")
	benchmark(b, net, 1)
}

// The relations AC-01 to AC-13 only, without the non-negativity of each figure.
func BenchmarkContractOneErrorFewRelations(b *testing.B) {
	net := contract()
	net.net.Relations = net.net.Relations[:13]
	net.figure("penalty", "50")
	benchmark(b, net, 1)
}

func BenchmarkContractUnknownSlip(b *testing.B) {
	net := contract()
	net.figure("total_overdue", "1234")
	benchmark(b, net, 1)
}

func BenchmarkContractClean(b *testing.B) { benchmark(b, contract(), 0) }

// The error of the schedules is the payment of row 2, which four relations
// contradict; the ns/row column shows how the time rises with the rows.
func BenchmarkScheduleOneError(b *testing.B) {
	for _, rows := range []int{6, 12, 24, 48, 60} {
		net := loan(rows, true)
		net.figure("interest2.paid", "39129")
		b.Run(strconv.Itoa(rows)+" rows, "+shape(net), func(b *testing.B) {
			benchmark(b, net, 1)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
		})
	}
}

// A total without a recognised slip is the dearest single error: the pairs of
// figures that could be wrong in its stead are tried as well.
func BenchmarkScheduleUnknownTotal(b *testing.B) {
	for _, rows := range []int{12, 60} {
		net := loan(rows, true)
		net.figure("interest.begin", "123456")
		b.Run(strconv.Itoa(rows)+" rows", func(b *testing.B) { benchmark(b, net, 1) })
	}
}

func BenchmarkScheduleTwoErrors(b *testing.B) {
	net := loan(12, true)
	net.figure("interest2.paid", "39129")
	net.figure("interest5.end", "4")
	benchmark(b, net, 2)
}

func BenchmarkScheduleFourErrors(b *testing.B) {
	net := loan(12, true)
	net.figure("interest2.paid", "39129")
	net.figure("interest5.end", "4")
	net.figure("interest7.begin", "4")
	net.figure("interest.paid", "4")
	benchmark(b, net, 4)
}

func BenchmarkScheduleWithoutTotals(b *testing.B) {
	net := loan(12, false)
	net.figure("interest2.paid", "39129")
	benchmark(b, net, 1)
}
