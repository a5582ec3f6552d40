package ingest

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"sync/atomic"

	"tieout/calc/schema"
)

// File is an input that is open for reading.
type File struct {
	// Name by which reports call it.
	Name string
	// Size in bytes as it is stored; -1 when that is not known before the end.
	Size int64
	// Head is how it begins as it is stored, HeadSize bytes at most.
	Head []byte

	from   *counting
	stored *bufio.Reader
	closer []func()
	file   *os.File // nil for the standard input
	share  *Share   // that is read; nil for the whole
}

// Open opens a file, or the standard input for "-".
func Open(file string, stdin io.Reader) (*File, error) {
	f := &File{Name: file, Size: -1, from: &counting{from: stdin}}
	if file == Stdin {
		f.Name = stdinName
	} else {
		opened, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		f.from.from, f.file = opened, opened
		f.closer = append(f.closer, func() { _ = opened.Close() }) // it was only read
		if info, err := opened.Stat(); err == nil && info.Mode().IsRegular() {
			f.Size = info.Size()
		}
	}
	f.stored = bufio.NewReaderSize(f.from, HeadSize)
	head, err := f.stored.Peek(HeadSize)
	if f.Head = head; err != nil && !errors.Is(err, io.EOF) {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Load reads the file whole: as it is stored, or unpacked.
func (f *File) Load(unpacked bool) (*schema.Input, error) {
	from := io.Reader(f.stored)
	if unpacked {
		plain, closing, err := Unpack(f.stored)
		if err != nil {
			return nil, err
		}
		defer closing()
		from = plain
	}
	text, err := io.ReadAll(io.LimitReader(from, MaxInput+1))
	if err == nil && int64(len(text)) > MaxInput {
		err = fmt.Errorf("larger than %d bytes", MaxInput)
	}
	return &schema.Input{File: f.Name, Text: text}, err
}

// Digest makes the SHA-256 of the file as it is stored be known at its end. It takes as
// long as checking does.
func (f *File) Digest() {
	f.from.digest = sha256.New()
	f.from.digest.Write(f.Head)
}

// SHA256 of the file that was read to its end, in hexadecimal digits; empty when nobody
// has asked for it before, or the file was not read to its end.
func (f *File) SHA256() string {
	if f.from.digest == nil || !f.from.ended {
		return ""
	}
	return hex.EncodeToString(f.from.digest.Sum(nil))
}

// SHA256Of a file, in hexadecimal digits.
func SHA256Of(file string) (string, error) {
	opened, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { _ = opened.Close() }() // it was only read
	digest := sha256.New()
	if _, err := io.Copy(digest, opened); err != nil {
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

// Stored is how many bytes of the file as it is stored were read.
func (f *File) Stored() int64 { return f.from.n.Load() }

// Close ends reading.
func (f *File) Close() {
	for _, closing := range f.closer {
		closing()
	}
}

// counting counts the bytes that are read.
type counting struct {
	from   io.Reader
	n      atomic.Int64
	digest hash.Hash // nil when nobody asks for it
	ended  bool
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n.Add(int64(n))
	if c.digest != nil {
		c.digest.Write(p[:n])
	}
	c.ended = c.ended || errors.Is(err, io.EOF)
	return n, err
}
