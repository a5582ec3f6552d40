package ingest_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

// tree makes files under a folder, which becomes the working folder.
func tree(t *testing.T, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, file := range files {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFiles(t *testing.T) {
	tree(t, "d/b.json", "d/a.NDJSON", "d/sub/c.jsonl", "d/sub/.hidden.json", "d/.git/x.json", "d/notes.txt", "d/a/z.json",
		"one.txt", "empty/notes.txt")
	for _, link := range [][2]string{{"d", "link"}, {"../one.txt", "d/linked.json"}, {"nowhere", "d/sub/dangling.json"}, {"d", "e.json"}} {
		if err := os.Symlink(link[0], link[1]); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name, arguments string
		files, rejects  string
	}{
		{"a folder, sorted", "d", "d/a/z.json d/a.NDJSON d/b.json d/linked.json d/sub/c.jsonl d/sub/dangling.json", ""},
		{"a folder by other words", "./d/../d/", "d/a/z.json d/a.NDJSON d/b.json d/linked.json d/sub/c.jsonl d/sub/dangling.json", ""},
		{"a link to a folder", "link", "link/a/z.json link/a.NDJSON link/b.json link/linked.json link/sub/c.jsonl link/sub/dangling.json", ""},
		{"a file of any ending", "one.txt", "one.txt", ""},
		{"the standard input", "-", "-", ""},
		{"the order given", "one.txt - d/sub/c.jsonl", "one.txt - d/sub/c.jsonl", ""},
		{"a file named twice", "d/b.json ./d/b.json d/sub/../b.json - -", "d/b.json -", ""},
		{"a file in a folder named too", "d/sub/c.jsonl d/sub", "d/sub/c.jsonl d/sub/dangling.json", ""},
		{"nothing of that name", "none.json one.txt", "one.txt", "none.json: cannot be read: no such file or directory"},
		{"a folder without documents", "empty", "", "empty: cannot be read: the folder holds no file that ends in .json, .ndjson, .jsonl, .ndjson.zst, .ndjson.gz"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files, rejects := ingest.Files(strings.Fields(test.arguments))
			var told []string
			for i := range rejects {
				told = append(told, rejects[i].Error())
			}
			if strings.Join(files, " ") != test.files || strings.Join(told, "; ") != test.rejects {
				t.Errorf("files %q, rejects %q", files, told)
			}
		})
	}
}

// A pipe in a folder would be waited for without end.
func TestWhatIsNoFileInAFolderIsNotRead(t *testing.T) {
	tree(t, "d/a.json", "other/b.json")
	if err := syscall.Mkfifo("d/pipe.json", 0o644); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("../other", "d/sub.json"); err != nil {
		t.Fatal(err)
	}
	files, rejects := ingest.Files([]string{"d"})
	if strings.Join(files, " ") != "d/a.json" || len(rejects) != 2 || rejects[0].Error() != "d/pipe.json: cannot be read: it is not a file" {
		t.Errorf("files %q, rejects %+v", files, rejects)
	}
}

func TestManyFilesAreListedOnce(t *testing.T) {
	tree(t)
	arguments := make([]string, 0, 200_000)
	for range 100_000 {
		arguments = append(arguments, "-", "./-x")
	}
	if err := os.WriteFile("-x", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if files, _ := ingest.Files(arguments); len(files) != 2 {
		t.Errorf("files %q", files)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("cut off") }

// load reads a file whole, or the standard input for "-".
func load(file string, stdin io.Reader) (*schema.Input, error) {
	f, err := ingest.Open(file, stdin)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Load(false)
}

func TestLoad(t *testing.T) {
	tree(t, "a.json")
	if in, err := load("a.json", nil); err != nil || in.File != "a.json" || string(in.Text) != "{}" {
		t.Errorf("%+v %v", in, err)
	}
	if in, err := load("-", strings.NewReader("[]")); err != nil || in.File != "stdin" || string(in.Text) != "[]" {
		t.Errorf("%+v %v", in, err)
	}
	if _, err := load("-", failing{}); err == nil {
		t.Error("a broken input was read")
	}
	for _, file := range []string{"none.json", "."} {
		if _, err := load(file, nil); err == nil {
			t.Errorf("%s was read", file)
		}
	}
}
