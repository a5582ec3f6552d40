//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakOf the memory of a process, in bytes. Linux counts also what the process that
// started it had then, which is little: this program holds no documents.
func peakOf(state *os.ProcessState) int64 {
	usage, known := state.SysUsage().(*syscall.Rusage)
	if !known {
		return 0
	}
	peak := int64(usage.Maxrss) //nolint:unconvert // where a word has 32 bits it is an int32
	if runtime.GOOS == "darwin" {
		return peak
	}
	return peak << 10
}
