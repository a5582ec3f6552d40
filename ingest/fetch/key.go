package fetch

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key is what is asked for: a text, such as a contract number, or named values where
// an API asks for several.
type Key struct {
	Text   string
	Fields map[string]string
	// Fault is why it cannot be asked for, when reading it has shown that.
	Fault string
}

// ParseKey reads a line of a list of keys: a text, or a JSON object of texts and
// numbers. A member "key" of the object names it in the capture. It errs on a line
// that is empty, is not UTF-8, has a control character, escaped or not, or is an object
// of anything else.
func ParseKey(line string) (Key, error) {
	line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
	switch {
	case line == "":
		return Key{}, errors.New("the key is empty")
	case line[0] != '{':
		return Key{Text: line}.checked()
	}
	var members map[string]any
	d := json.NewDecoder(strings.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&members); err != nil || d.More() {
		return Key{}, errors.New("the key begins as a JSON object and is none")
	}
	k := Key{Fields: map[string]string{}}
	for name, value := range members {
		switch v := value.(type) {
		case string:
			k.Fields[name] = v
		case json.Number:
			k.Fields[name] = v.String()
		default:
			return Key{}, fmt.Errorf("the key's member %s is neither a text nor a number", name)
		}
	}
	if len(k.Fields) == 0 {
		return Key{}, errors.New("the key has no members")
	}
	return k.checked()
}

// checked is the key, and none when no request could hold it.
func (k Key) checked() (Key, error) {
	if err := k.check(); err != nil {
		return Key{}, err
	}
	return k, nil
}

// check errs on a key that no request could hold.
func (k Key) check() error {
	if k.Fault != "" {
		return errors.New(k.Fault)
	}
	texts := []string{k.Text}
	for name, text := range k.Fields {
		texts = append(texts, name, text)
	}
	for _, text := range texts {
		switch {
		case !utf8.ValidString(text):
			return errors.New("the key is not UTF-8")
		case strings.ContainsFunc(text, unicode.IsControl):
			return errors.New("the key has a control character")
		}
	}
	return nil
}

// Name of the key in the capture: its text, its member "key", or all its members.
func (k Key) Name() string {
	switch {
	case k.Fields == nil:
		return k.Text
	case k.Fields["key"] != "":
		return k.Fields["key"]
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(k.Fields)) {
		parts = append(parts, name+"="+k.Fields[name])
	}
	return strings.Join(parts, "&")
}

// KeyNamed is the key that a capture names so: an object when the name is made of its
// members, all of them among those given, else what ParseKey reads.
func KeyNamed(name string, members ...string) (Key, error) {
	k := Key{Fields: map[string]string{}}
	for part := range strings.SplitSeq(name, "&") {
		member, text, _ := strings.Cut(part, "=")
		if slices.Contains(members, member) {
			k.Fields[member] = text
		}
	}
	if name != "" && k.Name() == name {
		return k, nil
	}
	return ParseKey(name)
}

// String masks the key: keys are personal data as often as not.
func (k Key) String() string { return mask(k.Name()) }

// values of a key by the names of an API's parameters: the members, or the parts of
// the text between strokes, in the order of parts; the last takes what is left. It errs
// on a member that is none of the names, which would not be asked for.
func (k Key) values(names []string, parts ...string) (map[string]string, error) {
	if k.Fields != nil {
		return k.Fields, k.only(names)
	}
	all := map[string]string{}
	for i, text := range strings.SplitN(k.Text, "/", len(parts)) {
		all[parts[i]] = strings.TrimSpace(text)
	}
	return all, nil
}

// only errs on a member that is none of the names, nor the key's own name.
func (k Key) only(names []string) error {
	for _, name := range slices.Sorted(maps.Keys(k.Fields)) {
		if name != "key" && !slices.Contains(names, name) {
			return fmt.Errorf("the key's member %s is none that the request has (%s)", shorten(name, 40), strings.Join(names, ", "))
		}
	}
	return nil
}

// mask hides a text that may be personal: of every run of letters and digits the last
// two stay, when there are more than four. What would end a line, or do worse to a
// terminal, does not stay.
func mask(text string) string {
	runes := []rune(text)
	for from := 0; from < len(runes); {
		to := from
		for to < len(runes) && (unicode.IsLetter(runes[to]) || unicode.IsDigit(runes[to])) {
			to++
		}
		hidden := to - from
		if hidden > 4 {
			hidden -= 2
		}
		for i := range hidden {
			runes[from+i] = '*'
		}
		if to < len(runes) && unicode.IsControl(runes[to]) {
			runes[to] = utf8.RuneError
		}
		from = to + 1
	}
	return string(runes)
}
