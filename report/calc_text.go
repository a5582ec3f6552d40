package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Text writes the calculation for a terminal.
func (c *Calculation) Text(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n\n", c.Title)
	c.textResults(out)
	for i := range c.tables {
		if t := &c.tables[i]; !t.implied && !t.filed {
			fmt.Fprintln(out)
			c.tables[i].text(out)
		}
	}
	if len(c.readings) > 0 {
		fmt.Fprint(out, "\nHow it was read and rounded\n")
	}
	for _, r := range c.readings {
		fmt.Fprintf(out, "  - %s\n", folded(shownText(r)))
	}
	return out.Flush()
}

func (c *Calculation) textResults(out io.Writer) {
	wide, wideValue := 0, 0
	for _, f := range c.results {
		wide = max(wide, utf8.RuneCountInString(f.label))
		if f.value.kind.right() {
			wideValue = max(wideValue, utf8.RuneCountInString(f.value.String()))
		}
	}
	for _, f := range c.results {
		value := shownText(f.words())
		if f.value.kind.right() {
			value = strings.Repeat(" ", wideValue-utf8.RuneCountInString(f.value.String())) + value
		}
		fmt.Fprintln(out, "  "+padded(f.label, wide)+"  "+value)
	}
}

// text writes the table with its columns aligned.
func (t *calcTable) text(out io.Writer) {
	fmt.Fprintln(out, t.title)
	if len(t.rows) == 0 {
		fmt.Fprintln(out, "  none")
		return
	}
	lines := make([][]string, 0, len(t.rows)+2)
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = c.title
	}
	lines = append(lines, titles)
	for _, row := range t.rows {
		lines = append(lines, rowTexts(row))
	}
	if totals := t.totals(); totals != nil {
		texts := rowTexts(totals)
		texts[0] = "total"
		lines = append(lines, texts)
	}
	wide := make([]int, len(t.columns))
	for _, line := range lines {
		for i, text := range line {
			wide[i] = max(wide[i], utf8.RuneCountInString(text))
		}
	}
	for _, line := range lines {
		fmt.Fprint(out, strings.TrimRight(" "+t.aligned(line, wide), " "), "\n")
	}
}

// aligned is a line of the table.
func (t *calcTable) aligned(line []string, wide []int) string {
	var b strings.Builder
	for i, text := range line {
		b.WriteString(" ")
		if i > 0 {
			b.WriteString(" ")
		}
		if t.columns[i].kind.right() {
			b.WriteString(strings.Repeat(" ", wide[i]-utf8.RuneCountInString(text)) + text)
		} else {
			b.WriteString(padded(text, wide[i]))
		}
	}
	return b.String()
}

func rowTexts(row []calcValue) []string {
	texts := make([]string, len(row))
	for i, v := range row {
		texts[i] = shownText(v.String())
	}
	return texts
}

// textWidth is the width of a paragraph in characters.
const textWidth = 92

// folded breaks a paragraph into lines, indented as an item of a list.
func folded(s string) string {
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(s) {
		size := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case used+1+size > textWidth:
			b.WriteString("\n    ")
			used = 0
		default:
			b.WriteString(" ")
			used++
		}
		b.WriteString(word)
		used += size
	}
	return b.String()
}

func padded(s string, wide int) string {
	return s + strings.Repeat(" ", max(0, wide-utf8.RuneCountInString(s)))
}

// shownText is text that cannot steer a terminal.
func shownText(s string) string { return oneLine(visibleText(s)) }
