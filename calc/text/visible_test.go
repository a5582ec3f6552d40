package text_test

import (
	"testing"

	"tieout/calc/text"
)

func TestVisibleIsAppendedAsItIsWritten(t *testing.T) {
	for _, s := range []string{"", "a\tb", "Договор № 7", "a\x00b\u200bc", "\xff\xfeЗ\xd0", "\ufffd~\x7f"} {
		if got, want := string(text.AppendVisible([]byte("x"), []byte(s))), "x"+text.Visible(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
