package properties

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// A day that no month has is told wherever a document has one, by a rule of the
// source or by the one for all sources.
func TestADateThatIsNoneIsToldInEveryFieldOfEverySource(t *testing.T) {
	names := map[string]bool{}
	for _, c := range builtIn(t).checkers {
		for _, g := range c.Layout.Groups {
			for _, s := range g.Slots {
				if s.Field.Kind.IsDate() && !s.Bare {
					names[s.Path[len(s.Path)-1]] = true
				}
			}
		}
	}
	told := map[string]bool{}
	for file, f := range fixtures(t) {
		if len(f.Files) != 1 {
			continue
		}
		for _, text := range f.Files {
			for _, at := range datesIn(t, text) {
				if !names[at.name] || told[file+at.name] && at.deep {
					continue
				}
				told[file+at.name] = true
				t.Run(file+at.pointer, func(t *testing.T) {
					value, _ := json.Marshal(at.wrong)
					r := f.check(t, &ruleCase{Set: map[string]json.RawMessage{at.pointer: value}})
					for i := range r.Findings.All() {
						if g := listed(r.Findings.All())[i]; g.Place.Pointer == at.pointer && g.Severity >= schema.Warning {
							return
						}
					}
					t.Errorf("nothing tells %q", at.wrong)
				})
			}
		}
	}
	if len(told) < 15 {
		t.Errorf("only %d fields were tried", len(told))
	}
}

// dateAt is a date of a document, and a day like it that does not exist; it is deep
// in a row behind the first.
type dateAt struct {
	name, pointer, wrong string
	deep                 bool
}

func datesIn(t *testing.T, text []byte) []dateAt {
	t.Helper()
	var tree any
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&tree); err != nil {
		t.Fatal(err)
	}
	var found []dateAt
	var walk func(v any, name, pointer string, deep bool)
	walk = func(v any, name, pointer string, deep bool) {
		switch v := v.(type) {
		case map[string]any:
			for key, below := range v {
				walk(below, key, pointer+"/"+schema.EscapePointer(key), deep)
			}
		case []any:
			for i, below := range v {
				walk(below, name, pointer+"/"+strconv.Itoa(i), deep || i > 0)
			}
		case string:
			if _, err := date.Parse(v); err == nil {
				found = append(found, dateAt{name, pointer, "2019-02-31", deep})
			} else if _, err := date.ParseJalali(v); err == nil {
				found = append(found, dateAt{name, pointer, "14020731", deep})
			}
		}
	}
	walk(tree, "", "", false)
	slices.SortFunc(found, func(a, b dateAt) int { return bytes.Compare([]byte(a.pointer), []byte(b.pointer)) })
	return found
}
