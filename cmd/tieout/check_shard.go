package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"tieout/ingest"
	"tieout/ingest/capture"
	"tieout/reconcile"
)

// partEnding is that of the file that a part of a check writes.
const partEnding = ".tieout"

func isPart(file string) bool { return strings.EqualFold(filepath.Ext(file), partEnding) }

// mostShards is how many parts a check can have.
const mostShards = 1 << 20

// parseShard reads which part of how many is meant, as in 2/4.
func parseShard(text string) (s reconcile.Shard, err error) {
	number, of, _ := strings.Cut(text, "/")
	var wrong [2]error
	s.Number, wrong[0] = strconv.Atoi(number)
	s.Of, wrong[1] = strconv.Atoi(of)
	if errors.Join(wrong[:]...) != nil || s.Number < 1 || s.Number > s.Of || s.Of > mostShards {
		return s, fmt.Errorf("--shard is a part and how many there are, from 1/1 to %d/%[1]d, not %q", mostShards, text)
	}
	return s, nil
}

// readShard refuses what cannot be checked in parts, as far as the options tell.
func (o *checkOptions) readShard(args []string) (err error) {
	if o.sharding == "" {
		return nil
	}
	o.shard, err = parseShard(o.sharding)
	switch {
	case err != nil:
		return err
	case len(o.outputs) != 1 || !isPart(o.outputs[0]):
		return fmt.Errorf("--shard writes its result to one file: -o part-%d%s", o.shard.Number, partEnding)
	case o.from != "":
		return errors.New("--shard parts files, and not what is fetched")
	case slices.Contains(args, ingest.Stdin):
		return errors.New("--shard parts files, not the standard input")
	case len(o.before) > 0:
		return errors.New("--shard does not go with --previous, for which all records are needed at once")
	case o.join == "always" || len(o.joinFiles) > 0:
		return errors.New("--shard does not go with joins, for which all records are needed at once")
	}
	return nil
}

// planShard decides what of the files the run reads.
func (o *checkOptions) planShard(in *reading, files []string) error {
	if o.joins(files) {
		return errors.New("documents of several files are checked against each other, and not in parts: add --join never")
	}
	in.shard = &sharding{Shard: o.shard}
	if err := in.shard.plan(files); err != nil {
		return err
	}
	o.shard = in.shard.Shard
	return nil
}

// sharding is which part of the files of a run is checked.
type sharding struct {
	reconcile.Shard
	files []shardedFile
	// from and to are where the part begins and ends.
	from, to border
	next     int // the file that is begun next
}

// shardedFile is one of the files that are parted.
type shardedFile struct {
	name  string
	begin int64 // bytes of the files before it
	size  int64
	marks *ingest.Marks // of a file with a border inside
}

// border is a place in one of the files; that behind all of them has no file.
type border struct {
	file int
	mark ingest.Mark
}

// plan decides where the part begins and ends. Files that cannot be read have no bytes:
// they belong to one part all the same, as every first byte of a file does.
func (s *sharding) plan(files []string) error {
	var size int64
	for _, name := range files {
		one := shardedFile{name: name, begin: size}
		if f, err := ingest.Open(name, nil); err == nil {
			one.size = f.Size
			err = cannotBeParted(f)
			f.Close()
			if err != nil {
				return err
			}
		}
		s.files = append(s.files, one)
		size += one.size
	}
	var err error
	if s.from, err = s.border(s.Number-1, size); err != nil {
		return err
	}
	if s.to, err = s.border(s.Number, size); err != nil {
		return err
	}
	s.From, s.To = s.offset(s.from, size), s.offset(s.to, size)
	return nil
}

// cannotBeParted tells why, of a file of which that is so.
func cannotBeParted(f *ingest.File) error {
	switch {
	case f.Size < 0:
		return fmt.Errorf("--shard parts files, and %s is none", f.Name)
	case ingest.IsCompressed(f.Head):
		return fmt.Errorf("--shard parts the bytes of files, and %s is compressed: unpack it before", f.Name)
	case capture.Is(f.Head):
		return fmt.Errorf("--shard does not go with captures such as %s, whose answers are checked together", f.Name)
	}
	return nil
}

// border is where some of the parts of all bytes end: at the first document, or element
// of a long array, that begins at their last byte or behind it in the same file, else at
// the next file.
func (s *sharding) border(parts int, size int64) (border, error) {
	if parts == 0 {
		return border{}, nil
	}
	n, of := int64(parts), int64(s.Of)
	offset := size/of*n + size%of*n/of
	at := slices.IndexFunc(s.files, func(f shardedFile) bool { return f.begin+f.size > offset })
	if at < 0 {
		return border{file: len(s.files)}, nil
	}
	file := &s.files[at]
	if offset == file.begin {
		return border{file: at}, nil
	}
	f, err := ingest.Open(file.name, nil)
	if err != nil {
		return border{}, err
	}
	defer f.Close()
	if file.marks == nil {
		if file.marks, err = f.Marks(); err != nil {
			return border{}, fmt.Errorf("%s: %w", file.name, err)
		}
	}
	mark, err := file.marks.From(f, offset-file.begin)
	if err != nil {
		return border{}, fmt.Errorf("%s: %w", file.name, err)
	}
	if mark.Offset == file.size {
		return border{file: at + 1}, nil
	}
	return border{at, mark}, nil
}

// offset is how many bytes of the files stand before a border.
func (s *sharding) offset(b border, size int64) int64 {
	if b.file == len(s.files) {
		return size
	}
	return s.files[b.file].begin + b.mark.Offset
}

// inside are the marks between which the part reads one of the files: none when nothing
// of it is read.
func (s *sharding) inside(file int) (from, to ingest.Mark, has bool) {
	f := &s.files[file]
	if file < s.from.file || file > s.to.file {
		return from, to, false
	}
	if f.marks != nil {
		from = f.marks.First()
	}
	if file == s.from.file && s.from.mark.Offset > 0 {
		from = s.from.mark
	}
	if to.Offset = f.size; file == s.to.file {
		to = s.to.mark
	}
	return from, to, file < s.to.file && from.Offset == 0 || from.Offset < to.Offset
}

// shared checks what the part has of the next file.
func (i *reading) shared(file string) error {
	s := i.shard
	at := s.next
	s.next++
	switch from, to, has := s.inside(at); {
	case !has:
		return i.notRead(&s.files[at])
	case from.Offset == 0 && to.Offset == s.files[at].size:
		return i.today(file)
	default:
		return i.between(&s.files[at], from, to)
	}
}

// notRead only begins a file, of which another part reads everything.
func (i *reading) notRead(file *shardedFile) error {
	i.run.BeginInput(reconcile.Input{File: file.name})
	digest, err := ingest.SHA256Of(file.name)
	if err == nil { // else the part that reads it tells
		i.run.EndInput(file.size, digest)
	}
	return i.ctx.Err()
}

// between checks what stands between two marks of a file.
func (i *reading) between(file *shardedFile, from, to ingest.Mark) error {
	f := i.open(file.name)
	if f == nil {
		return i.ctx.Err()
	}
	defer f.Close()
	f.Only(file.marks, from, to)
	i.run.BeginInput(reconcile.Input{File: f.Name})
	digest, stop := make(chan string, 1), make(chan error, 1)
	go func() { // beside checking
		sum, err := ingest.SHA256Of(file.name)
		digest <- sum
		stop <- err
	}()
	if err := i.desk.Stream(i.ctx, f, i.run, i.how); err != nil {
		return cmp.Or(i.ctx.Err(), fmt.Errorf("%s: %w", f.Name, err))
	}
	i.run.EndInput(file.size, <-digest)
	return cmp.Or(i.ctx.Err(), <-stop, i.run.Err())
}
