package report

import (
	"strconv"
	"unicode/utf8"

	"tieout/calc"
)

// jsonText is JSON under construction: indented for people, or on one line. Members
// and elements are appended in the order written, without reflection, which counts
// when there are millions.
type jsonText struct {
	text     []byte
	indented bool
	depth    int
	// isEmpty tells that nothing is in the object or array that was begun last.
	isEmpty bool
}

// begin begins an object or an array with its bracket.
func (j *jsonText) begin(bracket byte) {
	j.text = append(j.text, bracket)
	j.depth++
	j.isEmpty = true
}

func (j *jsonText) end(bracket byte) {
	j.depth--
	if !j.isEmpty {
		j.line()
	}
	j.text = append(j.text, bracket)
	j.isEmpty = false
}

// element comes before every element of an array, and within key.
func (j *jsonText) element() {
	if !j.isEmpty {
		j.text = append(j.text, ',')
	}
	j.isEmpty = false
	j.line()
}

func (j *jsonText) line() {
	if !j.indented {
		return
	}
	j.text = append(j.text, '\n')
	for range j.depth {
		j.text = append(j.text, ' ', ' ')
	}
}

// key begins a member.
func (j *jsonText) key(name string) {
	j.element()
	j.text = append(append(append(j.text, '"'), name...), '"', ':')
	if j.indented {
		j.text = append(j.text, ' ')
	}
}

// object is a member that is an object.
func (j *jsonText) object(name string, members func()) {
	j.key(name)
	j.begin('{')
	members()
	j.end('}')
}

// array begins a member that is an array; it is ended with a bracket.
func (j *jsonText) array(name string) {
	j.key(name)
	j.begin('[')
}

func (j *jsonText) string(name, s string) {
	j.key(name)
	j.quote(s)
}

// orNull is a text, null when it is empty.
func (j *jsonText) orNull(name, s string) {
	j.key(name)
	if s == "" {
		j.null()
	} else {
		j.quote(s)
	}
}

// ifAny is a text that is left out when it is empty.
func (j *jsonText) ifAny(name, s string) {
	if s != "" {
		j.string(name, s)
	}
}

func (j *jsonText) null() { j.text = append(j.text, "null"...) }

func (j *jsonText) number(name string, n int) {
	j.key(name)
	j.text = strconv.AppendInt(j.text, int64(n), 10)
}

func (j *jsonText) bool(name string, b bool) {
	j.key(name)
	j.text = strconv.AppendBool(j.text, b)
}

// amount is a text, because a JSON number would be read as a binary one.
func (j *jsonText) amount(name string, a calc.Amount) {
	j.key(name)
	j.text = append(a.Append(append(j.text, '"')), '"')
}

// isPlain tells of each byte whether it is a character that stands for itself in a text.
var isPlain = func() (is [256]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		is[c] = c != '"' && c != '\\'
	}
	return is
}()

// quote writes a text. What is no UTF-8 becomes the replacement character, and the two
// line separators that JavaScript does not read in a text are escaped.
func (j *jsonText) quote(s string) {
	const digits = "0123456789abcdef"
	out, from := append(j.text, '"'), 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case isPlain[c]:
			i++
			continue
		case 0xc2 <= c && c <= 0xdf && i+1 < len(s) && s[i+1]&0xc0 == 0x80: // a letter of two bytes
			i += 2
			continue
		}
		if c < utf8.RuneSelf {
			out = append(out, s[from:i]...)
			switch c {
			case '"', '\\':
				out = append(out, '\\', c)
			case '\b':
				out = append(out, '\\', 'b')
			case '\f':
				out = append(out, '\\', 'f')
			case '\n':
				out = append(out, '\\', 'n')
			case '\r':
				out = append(out, '\\', 'r')
			case '\t':
				out = append(out, '\\', 't')
			default:
				out = append(out, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		escaped := ""
		switch {
		case r == utf8.RuneError && size == 1:
			escaped = `\ufffd`
		case r == '\u2028':
			escaped = `\u2028`
		case r == '\u2029':
			escaped = `\u2029`
		}
		if escaped != "" {
			out = append(append(out, s[from:i]...), escaped...)
			from = i + size
		}
		i += size
	}
	j.text = append(append(out, s[from:]...), '"')
}
