package report

import (
	"os"
	"testing"
)

func TestZ(t *testing.T) {
	os.MkdirAll("/tmp/lo_wb_out/d", 0o755)
	for i := 0; i < 6; i++ {
		os.WriteFile("/tmp/lo_wb_out/d/"+string(rune('a'+i))+".xlsx", writeBytes(t, richResult()), 0o644)
	}
	os.WriteFile("/tmp/lo_wb_out/rich.xlsx", writeBytes(t, richResult()), 0o644)
	os.WriteFile("/tmp/lo_wb_out/clean.xlsx", writeBytes(t, cleanResult()), 0o644)
}
