package fetch

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// masked stands wherever a secret would be shown.
const masked = "***"

// Secret is a text that no printing shows. Its zero value is no secret.
type Secret struct {
	// A pointer: fmt prints what lies in unexported fields without asking for a
	// String method, and an address tells nothing.
	text *string
}

// NewSecret keeps a text secret; the empty text is no secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal is the text itself, to be sent or kept where only its owner can read.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero tells whether there is no secret.
func (s Secret) IsZero() bool { return s.text == nil }

// String is always "***".
func (Secret) String() string { return masked }

// GoString is always "***".
func (Secret) GoString() string { return masked }

// Format writes "***" for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, masked) }

// MarshalText is always "***".
func (Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// MarshalJSON is always "***".
func (Secret) MarshalJSON() ([]byte, error) { return json.Marshal(masked) }

// MarshalYAML is always "***".
func (Secret) MarshalYAML() (any, error) { return masked, nil }

// LogValue is always "***".
func (Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// Secrets are the secrets of one API by their names, such as client_secret.
type Secrets struct{ of map[string]Secret }

// NewSecrets keeps texts secret.
func NewSecrets(of map[string]string) Secrets {
	s := Secrets{map[string]Secret{}}
	for name, text := range of {
		s.of[name] = NewSecret(text)
	}
	return s
}

// Get is a secret by its name; it is zero when there is none.
func (s Secrets) Get(name string) Secret { return s.of[name] }

// Names lists the names of the secrets, sorted.
func (s Secrets) Names() []string { return slices.Sorted(maps.Keys(s.of)) }

// String, GoString, Format and MarshalJSON show nothing.
func (Secrets) String() string               { return masked }
func (Secrets) GoString() string             { return masked }                    //nolint:revive // as String
func (Secrets) Format(f fmt.State, _ rune)   { _, _ = io.WriteString(f, masked) } //nolint:revive // as String
func (Secrets) MarshalJSON() ([]byte, error) { return json.Marshal(masked) }      //nolint:revive // as String
func (Secrets) LogValue() slog.Value         { return slog.StringValue(masked) }  //nolint:revive // as String

// need errs on the first of some secrets that is not there.
func (s Secrets) need(names ...string) error {
	for _, name := range names {
		if s.of[name].IsZero() {
			return fmt.Errorf("the secret %s is not given", name)
		}
	}
	return nil
}

// maxSecrets is the largest file of secrets, in bytes.
const maxSecrets = 1 << 16

// secretsName is a name of a file of secrets.
var secretsName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// ReadSecrets reads a file of lines "name=secret"; empty lines and lines that begin
// with # are left out. It errs on a file that others than its owner may read, on one
// that is too large, and on a line that is not of that form, of which it tells only
// the number: that of a shell, with export or quotes, would be another secret.
func ReadSecrets(path string) (Secrets, error) {
	file, err := os.Open(path)
	if err != nil {
		return Secrets{}, err
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	switch {
	case err != nil:
		return Secrets{}, err
	case !info.Mode().IsRegular():
		return Secrets{}, &fs.PathError{Op: "read", Path: path, Err: errors.New("it is not a file")}
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return Secrets{}, fmt.Errorf("%s: others may read it (its mode is %04o); make it 0600", path, info.Mode().Perm())
	case info.Size() > maxSecrets:
		return Secrets{}, fmt.Errorf("%s: it is larger than %d bytes", path, maxSecrets)
	}
	s := Secrets{map[string]Secret{}}
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, text, is := strings.Cut(line, "=")
		name, text = strings.TrimSpace(name), strings.TrimSpace(text)
		quoted := len(text) > 1 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0]
		if !is || text == "" || quoted || !secretsName.MatchString(name) {
			return Secrets{}, fmt.Errorf("%s:%d: the line is not name=secret, without export and without quotes", path, n)
		}
		s.of[name] = NewSecret(text)
	}
	return s, lines.Err()
}

// A text shorter than the first is too common to be told from what only looks like a
// secret; one shorter than the second does not make an answer unfit to be kept.
const shortestMasked, shortestRefused = 4, 8

// redactor knows the secrets of a run, those that a login gave among them.
type redactor struct {
	mu    sync.RWMutex
	known []string
}

// learn remembers a secret in the forms in which it may show.
func (r *redactor) learn(s Secret) {
	text := s.Reveal()
	if len(text) < shortestMasked {
		return
	}
	escaped, _ := json.Marshal(text) // a text always can
	forHTML, plain := string(escaped[1:len(escaped)-1]), inJSON(text)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, form := range []string{
		text, url.QueryEscape(text), url.PathEscape(text), forHTML, plain, strings.ReplaceAll(plain, "/", `\/`),
		base64.StdEncoding.EncodeToString([]byte(text)),
	} {
		if !slices.Contains(r.known, form) {
			r.known = append(r.known, form)
		}
	}
	// What begins with another secret is masked whole, whichever was learnt first.
	slices.SortFunc(r.known, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
}

// clean masks the secrets in a text.
func (r *redactor) clean(text string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, secret := range r.known {
		text = strings.ReplaceAll(text, secret, masked)
	}
	return text
}

// holds tells whether a text repeats a secret, as it is or in the escapes of JSON,
// those of a document in a text of another too.
func (r *redactor) holds(text []byte) bool {
	for range 3 {
		if r.holdsPlain(text) {
			return true
		}
		plain := unescaped(text)
		if len(plain) == len(text) {
			return false
		}
		text = plain
	}
	return r.holdsPlain(text)
}

func (r *redactor) holdsPlain(text []byte) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.ContainsFunc(r.known, func(secret string) bool {
		return len(secret) >= shortestRefused && bytes.Contains(text, []byte(secret))
	})
}

// unescaped is a text with the escapes of JSON as what they stand for, whether it is
// JSON or not; without any it is the text itself.
func unescaped(text []byte) []byte {
	if bytes.IndexByte(text, '\\') < 0 {
		return text
	}
	plain := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			plain = append(plain, text[i])
			continue
		}
		i++
		if at := strings.IndexByte("bfnrt", text[i]); at >= 0 {
			plain = append(plain, "\b\f\n\r\t"[at])
			continue
		}
		if text[i] == 'u' {
			if r, n := codeUnits(text[i+1:]); n > 0 {
				plain = utf8.AppendRune(plain, r)
				i += n
				continue
			}
		}
		plain = append(plain, text[i])
	}
	return plain
}

// codeUnits reads what stands behind \u: four digits, or two surrogates; n is how many
// bytes that is, 0 when it is something else.
func codeUnits(text []byte) (r rune, n int) {
	unit := func(at int) rune {
		if len(text) < at+4 {
			return -1
		}
		u, err := strconv.ParseUint(string(text[at:at+4]), 16, 16)
		if err != nil {
			return -1
		}
		return rune(u)
	}
	first := unit(0)
	if first < 0 {
		return 0, 0
	}
	if utf16.IsSurrogate(first) && len(text) >= 6 && text[4] == '\\' && text[5] == 'u' {
		if pair := utf16.DecodeRune(first, unit(6)); pair != utf8.RuneError {
			return pair, 10
		}
	}
	return first, 4
}
