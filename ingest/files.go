package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tieout/calc/schema"
)

// stdinName is how the standard input is called in reports.
const stdinName = "stdin"

// Stdin is the argument that stands for the standard input.
const Stdin = "-"

// MaxInput is the largest file, in bytes, that is read whole.
const MaxInput int64 = 1 << 31

// endings of the files that are read from a folder; those of captures may be compressed.
var endings = []string{".json", ".ndjson", ".jsonl", ".ndjson.zst", ".ndjson.gz"}

// isRead tells whether a file of a folder is read, by its ending.
func isRead(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(name, ending) })
}

// Files expands arguments to the files they mean, in the order given: a folder
// stands for the .json, .ndjson and .jsonl files in it and below it, and compressed
// captures, sorted; a file named twice is read once. What cannot be found is among the rejects.
func Files(arguments []string) (files []string, rejects []schema.Reject) {
	seen := map[string]bool{}
	add := func(file string) {
		if !seen[file] {
			files = append(files, file)
		}
		seen[file] = true
	}
	for _, arg := range arguments {
		info, err := os.Stat(arg)
		switch {
		case arg == Stdin:
			add(arg)
		case err != nil:
			rejects = append(rejects, Unreadable(arg, err))
		case !info.IsDir():
			add(filepath.Clean(arg))
		default:
			below, faults := folder(arg)
			for _, file := range below {
				add(file)
			}
			rejects = append(rejects, faults...)
		}
	}
	return files, rejects
}

// folder lists the files of a folder; hidden ones are left out. A link is
// followed when it is the folder itself, or leads to a file.
func folder(root string) (files []string, rejects []schema.Reject) {
	inside := root + string(filepath.Separator)
	err := filepath.WalkDir(inside, func(path string, entry fs.DirEntry, err error) error {
		switch hidden := path != inside && strings.HasPrefix(entry.Name(), "."); {
		case err != nil:
			rejects = append(rejects, Unreadable(path, err))
			return fs.SkipDir
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case !entry.IsDir() && !hidden && isRead(path):
			// Reading a pipe or a device would wait for what never comes.
			if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
				rejects = append(rejects, Unreadable(path, errors.New("it is not a file")))
				return nil
			}
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		rejects = append(rejects, Unreadable(root, err))
	}
	if len(files) == 0 && len(rejects) == 0 {
		rejects = append(rejects, Unreadable(root, fmt.Errorf("the folder holds no file that ends in %s", strings.Join(endings, ", "))))
	}
	return files, rejects
}

// Unreadable is the reject of a whole file.
func Unreadable(file string, err error) schema.Reject {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return schema.Reject{Place: schema.Place{File: file}, Reason: "cannot be read: " + err.Error()}
}
