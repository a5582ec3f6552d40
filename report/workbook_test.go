package report

import (
	"bytes"
	"os"
	"testing"
)

func TestWriteOut(t *testing.T) {
	for name, r := range map[string]interface{}{"rich": 1, "clean": 2} {
		var b bytes.Buffer
		res := richResult()
		if r == 2 {
			res = cleanResult()
		}
		if err := Workbook(&b, res); err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/lo_wb_out/"+name+".xlsx", b.Bytes(), 0o644)
	}
}
