//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package capture

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// lock takes a file for this program alone by a second file beside it. A program that
// is killed leaves that behind.
func lock(file *os.File) (release func() error, err error) { return Alone(file.Name()) }

// Alone makes sure that no other program works with what a path names, until release:
// that errs with ErrLocked. The lock is the file path.lock.
func Alone(path string) (release func() error, err error) {
	name := path + ".lock"
	beside, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w; if none does, remove %s", ErrLocked, name)
	}
	if err != nil {
		return nil, err
	}
	return func() error { return errors.Join(beside.Close(), os.Remove(name)) }, nil
}
