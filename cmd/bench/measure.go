package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// cost of a process that has ended.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // of the memory, in bytes
}

// measure runs a command to its end.
func measure(ctx context.Context, command []string) (cost, error) {
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stderr = &said
	began := time.Now()
	err := cmd.Run()
	took := time.Since(began)
	if err != nil {
		return cost{}, fmt.Errorf("%s: %w: %s", strings.Join(command, " "), err, strings.TrimSpace(said.String()))
	}
	return cost{took, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakOf(cmd.ProcessState)}, nil
}

// alternate runs commands in turn, so that a machine that slows down slows all of them.
// The costs are by command.
func alternate(ctx context.Context, runs int, commands ...[]string) ([][]cost, error) {
	costs := make([][]cost, len(commands))
	for range runs {
		for i, command := range commands {
			one, err := measure(ctx, command)
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], one)
		}
	}
	return costs, nil
}

// quantity is what is compared of a cost.
type quantity func(cost) float64

func wall(c cost) float64 { return c.wall.Seconds() }
func cpu(c cost) float64  { return c.cpu.Seconds() }
func peak(c cost) float64 { return float64(c.peak) / (1 << 20) }

// median of a quantity.
func median(costs []cost, of quantity) float64 {
	values := make([]float64, len(costs))
	for i, c := range costs {
		values[i] = of(c)
	}
	return middle(values)
}

// ratio is the median of what a quantity is of its counterpart in the same turn.
func ratio(costs, others []cost, of quantity) float64 {
	values := make([]float64, len(costs))
	for i := range costs {
		values[i] = of(costs[i]) / of(others[i])
	}
	return middle(values)
}

// middle of some values; of an even number the mean of the two in the middle.
func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
