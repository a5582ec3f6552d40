//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package capture

import (
	"errors"
	"os"
	"syscall"
)

// lock takes a file for this program alone. The lock ends with the program, however it
// ends.
func lock(file *os.File) (release func() error, err error) {
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, ErrLocked
	}
	if err != nil {
		return nil, err
	}
	// Closing the file gives the lock back.
	return func() error { return nil }, nil
}

// Alone makes sure that no other program works with what a path names, until release:
// that errs with ErrLocked. The lock is the file path.lock, which stays.
func Alone(path string) (release func() error, err error) {
	beside, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := lock(beside); err != nil {
		return nil, errors.Join(err, beside.Close())
	}
	return beside.Close, nil
}
