package ingest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

// standard compares with encoding/json: what that finds to be no JSON is
// rejected, and of a document that both read the figures are the same.
func standard(t *testing.T, text []byte, layout *schema.Layout) {
	t.Helper()
	o := read(ingest.Reader{Layouts: []*schema.Layout{layout}}, "f", string(text))
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var tree any
	count := 0
	for {
		var next any
		err := dec.Decode(&next)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if o.rejected == 0 {
				t.Fatalf("encoding/json: %v; here it was read", err)
			}
			return
		}
		tree = next
		count++
	}
	if count != 1 || o.rejected > 0 {
		return
	}
	for _, r := range o.records {
		for g := range r.Layout.Groups {
			for i := range r.Instances(g) {
				for s := range r.Layout.Groups[g].Slots {
					same(t, tree, r.SlotPointer(g, i, s), r.Value(g, i, s))
				}
			}
		}
	}
}

func same(t *testing.T, tree any, pointer string, v *schema.Value) {
	t.Helper()
	found, is := lookup(tree, pointer)
	var want string
	switch x := found.(type) {
	case json.Number:
		want = x.String()
	case string:
		want = x
	case bool:
		want = strconv.FormatBool(x)
	case nil:
		want = "null"
	}
	switch {
	case !is && v.State != schema.Missing && v.State != schema.Null:
		t.Fatalf("%s is %s, encoding/json has nothing there", pointer, v.State)
	case is && v.State == schema.Missing:
		t.Fatalf("%s is missing, encoding/json has %v", pointer, found)
	case is && v.Text != want:
		t.Fatalf("%s is %q, encoding/json has %q", pointer, v.Text, want)
	}
}

// lookup follows a JSON pointer (RFC 6901).
func lookup(tree any, pointer string) (any, bool) {
	for _, name := range strings.Split(pointer, "/")[1:] {
		name = strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
		switch x := tree.(type) {
		case map[string]any:
			child, is := x[name]
			if !is {
				return nil, false
			}
			tree = child
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(x) {
				return nil, false
			}
			tree = x[i]
		default:
			return nil, false
		}
	}
	return tree, true
}

// The valid samples hold the same figures for encoding/json, at every pointer.
func TestSamplesAgreeWithTheStandardLibrary(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "testdata", "samples", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.UseNumber()
		var tree any
		if err := dec.Decode(&tree); err != nil {
			t.Fatal(err)
		}
		o := read(ingest.Reader{Layouts: layouts(t)}, file, string(text))
		sound(t, text, o)
		for _, r := range o.records {
			for g := range r.Layout.Groups {
				for i := range r.Instances(g) {
					for s := range r.Layout.Groups[g].Slots {
						same(t, tree, r.SlotPointer(g, i, s), r.Value(g, i, s))
					}
				}
			}
		}
	}
}
