package ingest_test

import (
	"strings"
	"testing"
)

// Work that grows with the square of an input would not end on these before the
// tests are given up.
func TestLargeInputsAreReadToTheEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	row := `{"id":"a","sum":1234.50,"rows":[{"part":1},{"part":2}]}`
	lines := func(n int, line string) string { return strings.Repeat(line+"\n", n) }
	wide := func(n int, tail string) string { return "[" + strings.Repeat(row+",", n) + row + tail }
	for _, test := range []struct {
		name              string
		text              string
		repair            bool
		records, rejected int
	}{
		{"100000 contracts", wide(99_999, "]"), false, 100_000, 0},
		{"10000 bad lines", lines(10_000, `{"id":"a","sum":'1'}`), false, 0, 10_000},
		{"10000 bad lines, repaired", lines(10_000, `{"id":"a","sum":1,}`), true, 10_000, 0},
		{"10000 lines cut short", lines(10_000, `{"id":"a","rows":[{"part":1}`), true, 0, 10_000},
		{"10000 lines cut short behind a comma", lines(10_000, `{"id":"a",`), true, 0, 10_000},
		{"5 MB without an end", wide(90_000, ""), false, 0, 1},
		{"5 MB without an end, repaired", wide(90_000, ""), true, 0, 1},
		{"5 MB with a fault at the end", wide(90_000, ",'x']"), true, 0, 1},
		{"5 MB with a slip at the end", wide(90_000, ",]"), true, 90_001, 0},
		{"5 MB with a slip at the end, strict", wide(90_000, ",]"), false, 0, 1},
		{"900 commas missing", "[" + strings.Repeat(row, 901) + "]", true, 901, 0},
		{"90000 commas missing", "[" + strings.Repeat(row, 90_001) + "]", true, 0, 1},
		{"indented documents that are broken", strings.Repeat("{\n  \"id\": 01\n}\n", 50_000), true, 0, 50_000},
		{"arrays that are never closed", lines(50_000, "[\n{\"id\":\"a\"}"), true, 0, 1},
		{"brackets that are never opened", strings.Repeat("]", 1_000_000), true, 0, 1},
		{"quotes", strings.Repeat(`"`, 100_001), false, 0, 50_001},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := readSmall(t, test.repair, test.text)
			if len(o.records) != test.records || o.rejected != test.rejected {
				t.Errorf("%d records, %d rejected; want %d, %d", len(o.records), o.rejected, test.records, test.rejected)
			}
		})
	}
}
