package loan

import "tieout/calc"

// costsPlainly tells whether shares prove that a full cost, which is what equation.costs
// proves with forty decimals, is that of flows in order. It is false where they do not,
// and says nothing then.
func costsPlainly(flows []Flow, base Period, percent calc.Amount) bool {
	if base.check() != nil || turnsOf(flows) != 1 {
		return false
	}
	thousandths, small := percent.Times(1000).Int64()
	if !small || thousandths < 1 || thousandths > maxThousandths || !percent.Times(1000).IsWhole() {
		return false
	}
	num, den := uint64(365), uint64(base.Days)
	if base.Days == 0 {
		num, den = 12, uint64(base.Months)
	}
	// i = full cost / 100 * den / num, at the half thousandths below and above.
	parts := 200_000 * num
	low := signAt(flows, base, uint64(2*thousandths-1)*den, parts)
	return low != 0 && low == -signAt(flows, base, uint64(2*thousandths+1)*den, parts)
}

// maxThousandths of a percent that are compared by shares: with them no product below
// has more than 63 bits.
const maxThousandths = 1_000_000_000

// turnsOf counts how often flows in order change their sign, as equation.turns does.
func turnsOf(flows []Flow) int {
	turns, last := 0, 0
	for i := range flows {
		if s := flows[i].Amount.Sign(); s != 0 {
			if last != 0 && s != last {
				turns++
			}
			last = s
		}
	}
	return turns
}

// flowParts are the parts of a unit in which flows are added.
const flowParts = 100

// signAt is the sign of the sum of the flows at the rate num/den of a base period; 0
// where shares cannot tell.
func signAt(flows []Flow, base Period, num, den uint64) int {
	var in, out [2]shares // at least and at most
	period, value, passed := ratio(den, den+num), between{whole, whole}, 0
	for i := range flows {
		sum := flows[i].Amount.Times(flowParts)
		n, small := sum.Int64()
		if !small || !sum.IsWhole() {
			return 0
		}
		periods, rest, of := base.count(flows[0].Date, flows[i].Date)
		if gap := periods - passed; gap > 0 {
			value, passed = value.times(period.power(gap)), periods
		}
		now := value
		if rest != 0 {
			all := uint64(of) * den
			now = now.times(ratio(all, all+uint64(rest)*num))
		}
		side := &in
		if n < 0 {
			n, side = -n, &out
		}
		side[0].add(uint64(n), now.low)
		side[1].add(uint64(n), now.high)
	}
	switch {
	case in[0].cmp(&out[1]) > 0:
		return 1
	case out[0].cmp(&in[1]) > 0:
		return -1
	}
	return 0
}
