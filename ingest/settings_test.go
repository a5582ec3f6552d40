package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"tieout/ingest"
)

// shown writes a setting with the line of each value: {a@1: [1, 2]}.
func shown(s ingest.Setting) string {
	var parts []string
	for _, v := range s.Values {
		text := shown(v)
		if v.Key != "" {
			text = fmt.Sprintf("%s@%d:%d=%s", v.Key, v.Line, v.Column, text)
		}
		parts = append(parts, text)
	}
	switch s.Kind {
	case ingest.SettingList:
		return "[" + strings.Join(parts, " ") + "]"
	case ingest.SettingMapping:
		return "{" + strings.Join(parts, " ") + "}"
	}
	return s.Text
}

func TestSettings(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"a mapping":            {"rate: 12.50\nissue: 2020-01-01\n", "{rate@1:7=12.50 issue@2:8=2020-01-01}"},
		"a list in a mapping":  {"flow:\n  - 2020-01-01=-5\n  - {date: 2020-02-01, amount: 6}\n", "{flow@2:3=[2020-01-01=-5 {date@3:12=2020-02-01 amount@3:32=6}]}"},
		"JSON":                 {`[{"date": "2020-01-01", "amount": -5.00}]`, "[{date@1:11=2020-01-01 amount@1:35=-5.00}]"},
		"an alias":             {"a: &x [1]\nb: *x\n", "{a@1:4=[1] b@2:4=[1]}"},
		"a key twice":          {"a: 1\na: 2\n", `f:2:1: the key "a" stands twice`},
		"a value that is not":  {"a:\nb: 1\n", "f:1:3: a value is missing here"},
		"no YAML":              {"a: [1\n", "f:"},
		"nothing":              {"", "f:1:1: "},
		"lists in lists":       {"[[[[[[[1]]]]]]]", "f:1:7: values lie more than 5 deep in each other"},
		"a list as a key":      {"? [a]\n: 1\n", "f:1:3: a key is expected to be a name"},
		"a value in itself":    {"a: &x [*x]\n", "f:"},
		"billions of laughs":   {laughs(), "f:"},
		"more than a document": {"a: 1\n---\nb: 2\n", "f:2:1: "},
	} {
		s, err := ingest.Settings("f", []byte(test.text))
		got := shown(s)
		if err != nil {
			got = err.Error()
		}
		begins := test.want == "f:" || strings.HasSuffix(test.want, ": ")
		if got != test.want && (!begins || !strings.HasPrefix(got, test.want)) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// laughs is a list that holds a million values by aliases.
func laughs() string {
	var b strings.Builder
	b.WriteString("a: &a [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]\n")
	for _, r := range "bcd" {
		fmt.Fprintf(&b, "%c: &%c [%s]\n", r, r, strings.TrimSuffix(strings.Repeat("*"+string(r-1)+",", 32), ","))
	}
	return b.String()
}

func TestTables(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"with titles":          {"Date,Amount\n2020-01-01,-5\n2020-02-01,6\n", "[{date@2:1=2020-01-01 amount@2:12=-5} {date@3:1=2020-02-01 amount@3:12=6}]"},
		"of semicolons":        {"\uFEFFdate;amount\r\n2020-01-01; -5\r\n", "[{date@2:1=2020-01-01 amount@2:13=-5}]"},
		"without titles":       {"2020-01-01\t-5\n", "[[2020-01-01 -5]]"},
		"empty lines":          {"\n2020-01-01,-5\n\n", "[[2020-01-01 -5]]"},
		"a cell too many":      {"date,amount\n2020-01-01,1,5\n", "f:2:1: the row has 3 cells; the titles are 2"},
		"a quote that is open": {"date,amount\n\"2020-01-01,5\n", `f:2:15: extraneous or missing " in quoted-field`},
		"nothing":              {"", "[]"},
	} {
		s, err := ingest.TableSettings("f", []byte(test.text))
		got := shown(s)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
