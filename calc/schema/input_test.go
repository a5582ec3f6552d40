package schema_test

import (
	"bytes"
	"math/rand"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"tieout/calc/schema"
)

func TestPlacesCountLinesAndCharacters(t *testing.T) {
	const text = "{\n  \"сумма\": 5,\r\n\"z\": \xff1}\n"
	at := func(part string) int { return strings.Index(text, part) }
	tests := map[string]struct{ offset, line, column int }{
		"the first byte":                        {0, 1, 1},
		"the line break belongs to its line":    {1, 1, 2},
		"the first byte of a line":              {2, 2, 1},
		"characters of two bytes count once":    {at(": 5"), 2, 10},
		"the middle of a character is the same": {at("ум") + 1, 2, 5},
		"the carriage return":                   {at("\r"), 2, 14},
		"the line after both":                   {at(`"z"`), 3, 1},
		"a byte that is not UTF-8 counts":       {at("1}"), 3, 7},
		"the end of the text":                   {len(text), 4, 1},
		"beyond the end":                        {len(text) + 5, 4, 1},
		"before the beginning":                  {-1, 1, 1},
	}
	in := &schema.Input{File: "f.json", Text: []byte(text)}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := in.Place(test.offset, "/a")
			if p.Line != test.line || p.Column != test.column || p.File != "f.json" || p.Pointer != "/a" {
				t.Errorf("offset %d is %+v, want line %d, column %d", test.offset, p, test.line, test.column)
			}
			if want := min(max(test.offset, 0), len(text)); p.Offset != want {
				t.Errorf("offset %d, want %d", p.Offset, want)
			}
		})
	}
	if p := (&schema.Input{}).Place(0, ""); p.Line != 1 || p.Column != 1 {
		t.Errorf("the place in nothing is %+v", p)
	}
}

// Columns of a text far longer than what is counted at once, of characters of one
// to four bytes and of bytes that are none.
func TestPlacesInLongLines(t *testing.T) {
	for name, piece := range map[string]string{
		"one byte": "a", "two bytes": "с", "three bytes": "€", "four bytes": "\U0001f600", "stray bytes": "\x80", "cut characters": "\xf0\x9f\x98",
		"all of them": "aс€\U0001f600\x80\xf0\x9f\x98",
	} {
		text := "\n" + strings.Repeat(piece, 20000)
		in := &schema.Input{Text: []byte(text)}
		for n := range 40 {
			offset := 1 + n*500*len(piece)
			if p := in.Place(offset, ""); p.Line != 2 || p.Column != utf8.RuneCountInString(text[1:offset])+1 {
				t.Fatalf("%s: offset %d is %+v", name, offset, p)
			}
		}
	}
}

// Lines of a text far longer than what is counted at once, some of them longer as well.
func TestPlacesInManyLines(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 20 {
		var text []byte
		for len(text) < 20_000 {
			length := []int{0, 1, r.Intn(20), r.Intn(9000), 4095, 4096}[r.Intn(6)]
			text = append(append(text, strings.Repeat("a", length)...), '\n')
		}
		text = append(text, strings.Repeat("b", r.Intn(3))...)
		in := &schema.Input{Text: text}
		line, start := 1, 0
		for offset := 0; offset <= len(text); offset++ {
			if offset > 0 && text[offset-1] == '\n' {
				line, start = line+1, offset
			}
			if p := in.Place(offset, ""); p.Line != line || p.Column != offset-start+1 {
				t.Fatalf("offset %d of %d is %+v, want line %d, column %d", offset, len(text), p, line, offset-start+1)
			}
			if p := in.Past(offset); p != (schema.Start{}).After(text[:offset]) {
				t.Fatalf("past offset %d of %d is %+v", offset, len(text), p)
			}
			end := start + bytes.IndexByte(append(text[start:len(text):len(text)], '\n'), '\n')
			if got := in.Excerpt(offset, offset+1).Line; end-start < 40 && got != string(text[start:end]) {
				t.Fatalf("offset %d of %d is in %q, want %q", offset, len(text), got, text[start:end])
			}
			if offset-start > 100 && offset < end-100 { // much of the same
				offset += 31
			}
		}
	}
}

func TestPlacesAreToldAtTheSameTime(t *testing.T) {
	in := &schema.Input{Text: []byte("a\nb\nc")}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if p := in.Place(4, ""); p.Line != 3 {
				t.Errorf("%+v", p)
			}
			in.Excerpt(4, 5)
		})
	}
	all.Wait()
}

func TestExcerpts(t *testing.T) {
	x, y := strings.Repeat("x", 100), strings.Repeat("у", 100) // y is Cyrillic
	tests := map[string]struct {
		text, mark string // the excerpt is of the first mark in the text
		want       string
		caret      int
		width      int
	}{
		"a short line":                {"{\n\"a\": 694,\n}", "694", `"a": 694,`, 5, 3},
		"characters count, not bytes": {`"сумма": 694`, "694", `"сумма": 694`, 9, 3},
		"a value of several bytes":    {`"a": "сумма"`, `"сумма"`, `"a": "сумма"`, 5, 7},
		"a line that ends in CRLF":    {"a\r\nb 1\r\nc", "1", "b 1", 2, 1},
		"the carriage return itself":  {"b 1\r\nc", "\r", "b 1", 3, 1},
		"the line break itself":       {"b 1\nc", "\n", "b 1", 3, 1},
		"a value across lines":        {"b 1\n2", "1\n2", "b 1", 2, 1},
		"tabs are blanks":             {"\t\ta", "a", "  a", 2, 1},
		"control characters":          {"\x1b[31m\x00\x7f1", "1", "·[31m··1", 3, 1},
		"a C1 control character":      {"\u009b1", "1", "·1", 1, 1},
		"direction marks":             {"\u202e\u2066\u061c1", "1", "···1", 3, 1},
		"zero-width characters":       {"\u200b\u200c\ufeff\u00ad\U000e00411", "1", "·····1", 5, 1},
		"line separators":             {"\u2028\u20291", "1", "··1", 2, 1},
		"a no-break space":            {"\u00a01", "1", "·1", 1, 1},
		"bytes that are not UTF-8":    {"\xff\xc3\x281", "(", "··(1", 2, 1},
		"a replaced character":        {"\ufffd1", "1", "·1", 1, 1},
		"a combining mark stays":      {"e\u03011", "1", "e\u03011", 2, 1},
		"Persian text stays":          {`"مبلغ": 5`, "5", `"مبلغ": 5`, 8, 1},
		"48 characters before":        {x[:48] + "1", "1", x[:48] + "1", 48, 1},
		"49 characters before":        {x[:49] + "1", "1", "…" + x[:48] + "1", 49, 1},
		"48 characters after":         {"1" + x[:48], "1", "1" + x[:48], 0, 1},
		"49 characters after":         {"1" + x[:49], "1", "1" + x[:48] + "…", 0, 1},
		"cut on both sides":           {y + "123" + y, "123", "…" + y[:96] + "123" + y[:96] + "…", 49, 3},
		"a value of 40 characters":    {y[:80], y[:80], y[:80], 0, 40},
		"a longer value":              {"1" + y, y, "1" + y[:176] + "…", 1, 40},
		"a very long line": {
			strings.Repeat("\U0001f600", 100000) + "1" + strings.Repeat("\U0001f600", 100000), "1",
			"…" + strings.Repeat("\U0001f600", 48) + "1" + strings.Repeat("\U0001f600", 48) + "…", 49, 1,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in := &schema.Input{Text: []byte(test.text)}
			at := strings.Index(test.text, test.mark)
			ex := in.Excerpt(at, at+len(test.mark))
			if ex.Line != test.want || ex.Caret != test.caret || ex.Width != test.width {
				t.Errorf("got %+v, want caret %d, width %d in %q", ex, test.caret, test.width, test.want)
			}
		})
	}
}

func TestExcerptsAtTheEdges(t *testing.T) {
	in := &schema.Input{Text: []byte("ab\ncd")}
	for _, test := range []struct {
		from, end int
		want      schema.Excerpt
	}{
		{5, 5, schema.Excerpt{Line: "cd", Caret: 2, Width: 1}},
		{9, 12, schema.Excerpt{Line: "cd", Caret: 2, Width: 1}},
		{-3, -1, schema.Excerpt{Line: "ab", Caret: 0, Width: 1}},
		{1, 0, schema.Excerpt{Line: "ab", Caret: 1, Width: 1}},
		{0, 5, schema.Excerpt{Line: "ab", Caret: 0, Width: 2}},
	} {
		if got := in.Excerpt(test.from, test.end); got != test.want {
			t.Errorf("from %d to %d: %+v, want %+v", test.from, test.end, got, test.want)
		}
	}
	if got := (&schema.Input{}).Excerpt(0, 1); got != (schema.Excerpt{Width: 1}) {
		t.Errorf("of nothing: %+v", got)
	}
	if got := (&schema.Input{Text: []byte("a\n")}).Excerpt(2, 2); got != (schema.Excerpt{Width: 1}) {
		t.Errorf("after the last line break: %+v", got)
	}
}

// FuzzExcerpt: whatever the bytes, the caret stands in or just after the line, on
// the place's character, and nothing invisible is shown.
func FuzzExcerpt(f *testing.F) {
	f.Add([]byte("{\n  \"сумма\": 5,\r\n\"z\": \xff1}\n"), 4, 9)
	f.Add([]byte(strings.Repeat("\U0001f600", 200)), 401, 500)
	f.Fuzz(func(t *testing.T, text []byte, from, end int) {
		in := &schema.Input{Text: text}
		p, ex := in.Place(from, ""), in.Excerpt(from, end)
		line := []rune(ex.Line)
		if p.Line < 1 || p.Column < 1 || ex.Caret < 0 || ex.Caret > len(line) || ex.Width < 1 || ex.Width > 40 || len(line) > 1+48+40+48+1 {
			t.Fatalf("%+v %+v", p, ex)
		}
		if ex.Caret < 49 && p.Column != ex.Caret+1 && !strings.ContainsAny(string(text), "\r\n") {
			t.Fatalf("column %d, caret %d", p.Column, ex.Caret)
		}
		if strings.ContainsAny(ex.Line, "\n\r\t\x1b\u202e\u200b") || !utf8.ValidString(ex.Line) {
			t.Fatalf("%q", ex.Line)
		}
	})
}

func BenchmarkPlaceInALongLine(b *testing.B) {
	in := &schema.Input{Text: []byte(strings.Repeat("a", 16<<20))}
	in.Place(0, "")
	b.ReportAllocs()
	for b.Loop() {
		in.Place(len(in.Text)-100, "")
		in.Excerpt(len(in.Text)-100, len(in.Text)-90)
	}
}

func TestColumnsCountCharactersOfAnyText(t *testing.T) {
	const text = "abcdefgh12345678Договор\xff\xd0 7, \xe2\x82abcdefgh\U0001f600\xf0\x9f"
	in := &schema.Input{Text: []byte(text)}
	for offset := range text {
		if got, want := in.Place(offset, "").Column, utf8.RuneCountInString(text[:offset])+1; got != want {
			t.Errorf("%d: column %d, want %d", offset, got, want)
		}
	}
}
