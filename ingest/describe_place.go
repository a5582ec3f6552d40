package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// lineReader hands out a text line by line, so that it is known how far a reader
// has come when it gives up.
type lineReader struct {
	text []byte
	at   int
}

func (r *lineReader) Read(p []byte) (int, error) {
	if r.at == len(r.text) {
		return 0, io.EOF
	}
	n := copy(p, r.text[r.at:min(endOfLine(r.text, r.at)+1, len(r.text))])
	r.at += n
	return n, nil
}

var (
	yamlLine   = regexp.MustCompile(`^yaml: line (\d+): `)
	yamlAnchor = regexp.MustCompile(`^yaml: unknown anchor '(.*)' referenced$`)
)

// parse reads the one YAML document of the text.
func (d *describer) parse() (*yaml.Node, error) {
	if err := d.characters(); err != nil {
		return nil, err
	}
	lines := &lineReader{text: d.text}
	dec := yaml.NewDecoder(lines)
	var root, second yaml.Node
	switch err := dec.Decode(&root); {
	case errors.Is(err, io.EOF) || err == nil && len(root.Content) == 0:
		return nil, d.failAt(0, "the file is empty")
	case err != nil:
		return nil, d.syntax(err, lines.at)
	}
	switch err := dec.Decode(&second); {
	case err == nil:
		return nil, d.fail(&second, "a second YAML document begins here; a file is one")
	case !errors.Is(err, io.EOF):
		return nil, d.syntax(err, lines.at)
	}
	return root.Content[0], nil
}

// characters refuses what no YAML text holds, at its place.
func (d *describer) characters() error {
	for at := 0; at < len(d.text); {
		r, size := utf8.DecodeRune(d.text[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			return d.failAt(at, "the file is not valid UTF-8")
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', 0x7f <= r && r < 0xa0 && r != 0x85, r == 0xfffe, r == 0xffff, r == 0xfeff:
			return d.failAt(at, "the character %U does not belong in such a file", r)
		}
		at += size
	}
	return nil
}

// syntax places an error of the YAML reader, which tells no column, and often
// the line where the mapping around it begins: the place is the last line that
// it read, unless it speaks of a token that began before.
func (d *describer) syntax(err error, read int) error {
	reason := strings.TrimPrefix(err.Error(), "yaml: ")
	at := max(0, bytes.LastIndexByte(d.text[:max(0, read-1)], '\n')+1)
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		reason = err.Error()[len(m[0]):]
		if line, _ := strconv.Atoi(m[1]); !strings.HasPrefix(reason, "did not find") && line <= len(d.lines()) {
			at = d.lines()[line-1]
		}
	}
	if m := yamlAnchor.FindStringSubmatch(err.Error()); m != nil {
		reason = fmt.Sprintf("no anchor &%s stands before this", m[1])
		at = max(at, bytes.LastIndex(d.text[:read], []byte("*"+m[1])))
	}
	indent := skip(d.text, at, " ")
	if indent < len(d.text) && d.text[indent] == '\t' {
		return d.failAt(indent, "a tab in the indentation; YAML wants blanks")
	}
	return d.failAt(indent, "%s", reason)
}

// lines are the offsets at which lines begin, as YAML cuts them.
func (d *describer) lines() []int {
	if d.starts == nil {
		d.starts = []int{0}
		for at, r := range string(d.text) {
			next := at + utf8.RuneLen(r)
			switch r {
			case '\r':
				if next < len(d.text) && d.text[next] == '\n' {
					continue
				}
				fallthrough
			case '\n', 0x85, 0x2028, 0x2029:
				d.starts = append(d.starts, next)
			}
		}
	}
	return d.starts
}

// failAt is a mistake at an offset of the text.
func (d *describer) failAt(at int, format string, args ...any) error {
	at = min(at, len(d.text))
	line := sort.SearchInts(d.lines(), at+1)
	column := utf8.RuneCount(d.text[d.lines()[line-1]:at]) + 1
	return &DescriptionError{d.file, line, column, fmt.Sprintf(format, args...)}
}

// fail is a mistake at a node.
func (d *describer) fail(n *yaml.Node, format string, args ...any) error {
	return d.failAt(d.offset(n), format, args...)
}

// offset is where a node begins in the text.
func (d *describer) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(d.lines()) {
		return 0
	}
	at := d.lines()[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(d.text[at:])
		at += size
	}
	return at
}

// inside is where a byte of a scalar's value stands in the text: the value is
// walked along the text, in which blanks may be more or fewer and quotes may be
// escaped. It is where the scalar begins when the two part ways.
func (d *describer) inside(n *yaml.Node, offset int) int {
	begin := d.offset(n)
	at := d.content(n, begin)
	value := n.Value[:min(offset, len(n.Value))]
	for value != "" {
		rest := strings.TrimLeft(value, " \n")
		if at = skip(d.text, at, blanks); rest == "" {
			return at
		}
		r, size := utf8.DecodeRuneInString(rest)
		escaped := bytes.HasPrefix(d.text[at:], []byte("\\")) && n.Style&yaml.DoubleQuotedStyle != 0 ||
			bytes.HasPrefix(d.text[at:], []byte("''")) && n.Style&yaml.SingleQuotedStyle != 0
		if escaped {
			at++
		}
		if !bytes.HasPrefix(d.text[at:], []byte(rest[:size])) || r == '\\' && !escaped && n.Style&yaml.DoubleQuotedStyle != 0 {
			return begin
		}
		at += size
		value = rest[size:]
	}
	if offset < len(n.Value) {
		at = skip(d.text, at, blanks)
	}
	return at
}

// content is where the content of a scalar begins, behind its anchor, tag,
// quote or the indicator of a block.
func (d *describer) content(n *yaml.Node, at int) int {
	for at < len(d.text) && (d.text[at] == '&' || d.text[at] == '!') {
		for at < len(d.text) && strings.IndexByte(blanks, d.text[at]) < 0 {
			at++
		}
		at = skip(d.text, at, blanks)
	}
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return endOfLine(d.text, at)
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		return at + 1
	}
	return at
}
