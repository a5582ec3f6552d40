package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

// Whatever happens to one byte of a line, the lines around it are read, and
// nothing is read twice.
func TestDamageToALineStaysInIt(t *testing.T) {
	middle := `{"id":"b","sum":12.5,"rows":[{"part":1},{"part":"2"}]}`
	layout := smallLayout(t)
	around := []string{`{"id":"a","sum":1}`, `{"id":"z","sum":1}`, `{"id":"c","sum":2}`}
	for at := range len(middle) {
		for _, put := range []string{"", "{", "}", "[", "]", ",", ":", `"`, `\`, "\n", " ", "0", "x", "\xff", "\x00", `","`, "}{", "..."} {
			for _, over := range []int{0, 1} {
				damaged := middle[:at] + put + middle[at+over:]
				text := around[0] + "\n" + around[1] + "\n" + damaged + "\n" + around[2] + "\n"
				for _, repair := range []bool{false, true} {
					o := read(ingest.Reader{Layouts: []*schema.Layout{layout}, Repair: repair}, "f", text)
					keys := strings.Split(o.keys(), " ")
					if len(keys) < 3 || keys[0] != "a" || keys[1] != "z" || keys[len(keys)-1] != "c" || slices.Contains(keys[2:len(keys)-1], "c") {
						t.Fatalf("%q, repair %t: records %q\n%s", damaged, repair, keys, o.told())
					}
					if len(o.records) == 3 && o.rejected == 0 {
						t.Fatalf("%q, repair %t: the line is gone", damaged, repair)
					}
				}
			}
		}
	}
}

// The same for indented documents.
func TestDamageToADocumentStaysInIt(t *testing.T) {
	document := func(key string) string {
		return fmt.Sprintf("{\n  \"id\": %q,\n  \"rows\": [\n    {\"part\": 1},\n    {\"part\": 2}\n  ]\n}\n", key)
	}
	layout := smallLayout(t)
	middle := document("b")
	for at := range len(middle) - 1 {
		for _, put := range []string{"", ",", ":", `"`, " ", "0", "x", "\xff", "{", "["} {
			for _, over := range []int{0, 1} {
				damaged := middle[:at] + put + middle[at+over:]
				text := document("a") + damaged + document("c") + document("d")
				for _, repair := range []bool{false, true} {
					o := read(ingest.Reader{Layouts: []*schema.Layout{layout}, Repair: repair}, "f", text)
					keys := strings.Split(o.keys(), " ")
					if len(keys) < 3 || keys[0] != "a" || keys[len(keys)-2] != "c" || keys[len(keys)-1] != "d" {
						t.Fatalf("%q, repair %t: records %q\n%s", damaged, repair, keys, o.told())
					}
				}
			}
		}
	}
}

// A sample without one of its commas is rejected, or read from a mended copy as
// it was; never otherwise.
func TestNoCommaIsPutInTheWrongPlace(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "testdata", "samples", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	tried, mended := 0, 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		whole := read(ingest.Reader{Layouts: layouts(t)}, file, text)
		if len(whole.records) == 0 {
			continue
		}
		for at := range len(text) {
			if text[at] != ',' {
				continue
			}
			tried++
			o := read(ingest.Reader{Layouts: layouts(t), Repair: true}, file, text[:at]+text[at+1:])
			if len(o.documents) == 0 {
				continue
			}
			if len(o.records) != len(whole.records) {
				t.Fatalf("%s without the comma at %d: %d records\n%s", file, at, len(o.records), o.told())
			}
			mended++
			for i, r := range o.records {
				if !slices.Equal(texts(r), texts(whole.records[i])) && o.rejected == 0 && len(repaired(o)) > 0 {
					t.Fatalf("%s without the comma at %d: %s", file, at, texts(r))
				}
			}
		}
	}
	if mended*10 < tried*9 {
		t.Errorf("only %d of %d commas were put back", mended, tried)
	}
}
