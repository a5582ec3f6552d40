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
	switch {
	case !known:
		return 0
	case runtime.GOOS == "darwin":
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
