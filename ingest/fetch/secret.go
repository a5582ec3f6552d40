package fetch

import (
	"bufio"
	"bytes"
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
	"strings"
	"sync"
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
	quoted, _ := json.Marshal(text) // a text always can
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, form := range []string{
		text, url.QueryEscape(text), url.PathEscape(text), string(quoted[1 : len(quoted)-1]),
		base64.StdEncoding.EncodeToString([]byte(text)),
	} {
		if !slices.Contains(r.known, form) {
			r.known = append(r.known, form)
		}
	}
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

// holds tells whether a text repeats a secret.
func (r *redactor) holds(text []byte) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.ContainsFunc(r.known, func(secret string) bool {
		return len(secret) >= shortestRefused && bytes.Contains(text, []byte(secret))
	})
}
