package schema

// Count is a number of things or of days; 0 where there is none, and for one that
// is negative or more than most.
func (v *Value) Count(most int) int {
	if v.State != Present {
		return 0
	}
	n, ok := v.Amount.Int64()
	if !ok || n < 0 || n > int64(most) {
		return 0
	}
	return int(n)
}
