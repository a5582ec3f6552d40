package text_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"tieout/calc/text"
)

func TestVisibleKeepsColumns(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"plain text stays":             {"З20НвАР007200054 یک", "З20НвАР007200054 یک"},
		"a tab becomes a blank":        {"a\tb", "a b"},
		"control characters":           {"\x1b[31m\x00\x7f\u009b\r\n", "·[31m·····"},
		"direction marks":              {"\u202e\u2066\u061c\u200f", "····"},
		"zero-width characters":        {"\u200b\u200c\ufeff\u00ad\U000e0041", "·····"},
		"line separators":              {"\u2028\u2029", "··"},
		"unusual blanks":               {"1\u00a0250\u202f000", "1·250·000"},
		"bytes that are not UTF-8":     {"\xff\xc3(", "··("},
		"the replacement character":    {"\ufffd", "·"},
		"no character and private use": {"\uffff\ue000", "··"},
	} {
		if got := text.Visible(test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestHiddenCharacters(t *testing.T) {
	for _, r := range "\x00\t\n\x7f\u0085\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u2028\u202e\u2060\u2066\ufeff\u3164\ufdd0\ufffd\uffff\U000e0041\U0010ffff" {
		if !text.Hidden(r) {
			t.Errorf("%U can be seen", r)
		}
	}
	for _, r := range " ~aСى۵\u00a0\u3000\u0301\u0600\u2212\ufe0f😀" {
		if text.Hidden(r) {
			t.Errorf("%U is hidden", r)
		}
	}
}

func TestOddities(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string // kind, offset, text
	}{
		"nothing":                          {"", nil},
		"plain ASCII":                      {"ConsumerLoan 1250.00", nil},
		"a Cyrillic contract number":       {"З20УфАР123456789", nil},
		"a Russian sentence":               {"Оплата – 5 000 руб. (АРИФМЕТИКА)", nil},
		"two alphabets in two words":       {"Договор loan, сумма-total", nil},
		"a word that is one in neither":    {"USDруб кВтkWh", nil},
		"a Latin letter no Cyrillic has":   {"3Dпринтер", nil},
		"Turkish letters":                  {"Kullanılabilir Şirket", nil},
		"Persian with its joiner":          {"می\u200cشود", nil},
		"an Arabic sign that is drawn":     {"\u0600", nil},
		"an emoji with its form told":      {"❤\ufe0f", nil},
		"a Roman numeral in a Cyrillic":    {"Ⅳквартал", nil},
		"a Cyrillic letter in a code word": {"\u0421onsumerLoan", []string{"mixed alphabets 0 U+0421 CYRILLIC CAPITAL LETTER ES looks like Latin C"}},
		"in the second word": {"active \u0421onsumerLoan", []string{
			"mixed alphabets 7 U+0421 CYRILLIC CAPITAL LETTER ES looks like Latin C",
		}},
		"a Latin letter in a contract number": {"P20ПмОР123", []string{"mixed alphabets 0 U+0050 LATIN CAPITAL LETTER P looks like Cyrillic Р"}},
		"a Latin letter in a Russian word":    {"cумма", []string{"mixed alphabets 0 U+0063 LATIN SMALL LETTER C looks like Cyrillic с"}},
		"what cannot be Cyrillic decides": {"\u0421\u041eR\u0420", []string{
			"mixed alphabets 0 U+0421 CYRILLIC CAPITAL LETTER ES looks like Latin C",
			"mixed alphabets 2 U+041E CYRILLIC CAPITAL LETTER O looks like Latin O",
			"mixed alphabets 5 U+0420 CYRILLIC CAPITAL LETTER ER looks like Latin P",
		}},
		"the majority decides":             {"\u0410\u041eO", []string{"mixed alphabets 4 U+004F LATIN CAPITAL LETTER O looks like Cyrillic О"}},
		"of equally many the Cyrillic one": {"O\u041e", []string{"mixed alphabets 1 U+041E CYRILLIC CAPITAL LETTER O looks like Latin O"}},
		"an underscore parts no word":      {"base_\u0441ource", []string{"mixed alphabets 5 U+0441 CYRILLIC SMALL LETTER ES looks like Latin c"}},
		"an accent parts no word":          {"c\u0301у\u0301мма", []string{"mixed alphabets 0 U+0063 LATIN SMALL LETTER C looks like Cyrillic с"}},
		"a letter of an old alphabet":      {"\u0501raft", []string{"mixed alphabets 0 U+0501 CYRILLIC SMALL LETTER KOMI DE looks like Latin d"}},
		"an Arabic yeh at the end":         {"اصلي", []string{"Arabic letter 6 U+064A ARABIC LETTER YEH where Persian has U+06CC ARABIC LETTER FARSI YEH"}},
		"a Persian one":                    {"جاری", nil},
		"an Arabic kaf":                    {"بان\u0643", []string{"Arabic letter 6 U+0643 ARABIC LETTER KAF where Persian has U+06A9 ARABIC LETTER KEHEH"}},
		"a dotless yeh":                    {"\u0649", []string{"Arabic letter 0 U+0649 ARABIC LETTER ALEF MAKSURA where Persian has U+06CC ARABIC LETTER FARSI YEH"}},
		"digits of three sets": {"1\u0662\u06f3\uff14", []string{
			"foreign digit 1 U+0662 ARABIC-INDIC DIGIT TWO stands for 2",
			"foreign digit 3 U+06F3 EXTENDED ARABIC-INDIC DIGIT THREE stands for 3",
			"foreign digit 5 U+FF14 FULLWIDTH DIGIT FOUR stands for 4",
		}},
		"a digit without a name here": {"\u0967", []string{"foreign digit 0 U+0967 stands for 1"}},
		"no-break spaces": {"1\u00a0250\u202f000\u2007", []string{
			"odd blank 1 U+00A0 NO-BREAK SPACE looks like a blank",
			"odd blank 6 U+202F NARROW NO-BREAK SPACE looks like a blank",
			"odd blank 12 U+2007 FIGURE SPACE looks like a blank",
		}},
		"a joiner between other letters": {"a\u200cb ی\u200c", []string{
			"invisible character 1 U+200C ZERO WIDTH NON-JOINER cannot be seen",
			"invisible character 8 U+200C ZERO WIDTH NON-JOINER cannot be seen",
		}},
		"zero-width characters": {"\ufeffa\u200bb\u00ad\u2060\u200d", []string{
			"invisible character 0 U+FEFF ZERO WIDTH NO-BREAK SPACE cannot be seen",
			"invisible character 4 U+200B ZERO WIDTH SPACE cannot be seen",
			"invisible character 8 U+00AD SOFT HYPHEN cannot be seen",
			"invisible character 10 U+2060 WORD JOINER cannot be seen",
			"invisible character 13 U+200D ZERO WIDTH JOINER cannot be seen",
		}},
		"direction marks": {"\u200f\u202e\u2069", []string{
			"direction mark 0 U+200F RIGHT-TO-LEFT MARK steers the direction of writing",
			"direction mark 3 U+202E RIGHT-TO-LEFT OVERRIDE steers the direction of writing",
			"direction mark 6 U+2069 POP DIRECTIONAL ISOLATE steers the direction of writing",
		}},
		"control characters": {"a\tb\x01\u0085", []string{
			"control character 1 U+0009 CHARACTER TABULATION is a control character",
			"control character 3 U+0001 is a control character",
			"control character 4 U+0085 NEXT LINE is a control character",
		}},
		"what is no text": {"a\xff\ufffd\ufffe", []string{
			"unreadable 1 byte 0xFF is not UTF-8",
			"unreadable 2 U+FFFD REPLACEMENT CHARACTER stands for what could not be read",
			"unreadable 5 U+FFFE is not a character",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, o := range text.Examine(test.text) {
				got = append(got, fmt.Sprint(o.Kind, " ", o.Offset, " ", o.Text))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatLooksTheSameFoldsToTheSame(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"plain text stays":                    {"ConsumerLoan 1250.00", "ConsumerLoan 1250.00"},
		"case stays":                          {"Aa", "Aa"},
		"Cyrillic look-alikes":                {"\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425 \u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458", "ABEKMHOPCTYX aeopcyxisj"},
		"the others stay":                     {"ЗПмУф", "ЗПмYф"},
		"Arabic letters":                      {"بان\u0643 اصل\u064a عل\u0649", "بانک اصلی علی"},
		"digits":                              {"۱۲۳ ٤٥٦ ７８９ \u0966", "123 456 789 0"},
		"blanks":                              {"\u00a0 a \u202f\t\r\n b\u3000", "a b"},
		"only blanks":                         {" \u00a0", ""},
		"what cannot be seen":                 {"\ufeffa\u200bb\u00adc\u200f\x00", "abc"},
		"what cannot be seen between blanks":  {"a \u200b b", "a b"},
		"what cannot be seen at the ends":     {" \u200b a \u200b ", "a"},
		"dashes":                              {"-\u2010\u2011\u2013\u2014\u2212\uff0d", "-------"},
		"bytes that are not UTF-8":            {"a\xd0\u200b\xa1", "a\ufffd\ufffd"},
		"the joiner of Persian":               {"می\u200cشود", "میشود"},
		"a word of Cyrillic look-alikes only": {"\u0445\u0445\u0445", "xxx"},
	} {
		if got := text.Fold(test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestDigitsOfEveryScriptFold(t *testing.T) {
	seen := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		// Each script has its ten digits in a row.
		if got, want := text.Fold(string(r)), string(rune('0'+seen%10)); got != want {
			t.Errorf("%U: got %s, want %s", r, got, want)
		}
		seen++
	}
	if seen < 600 || seen%10 != 0 {
		t.Errorf("%d digits", seen)
	}
}

func TestTextsThatDifferOnlyInWhatCannotBeTold(t *testing.T) {
	for name, test := range map[string]struct {
		a, b         string
		same, folded bool
		want         []string // the places in either text, and what is there
	}{
		"equal":               {a: "active", b: "active", same: true},
		"equal and Cyrillic":  {a: "З20УфАР1", b: "З20УфАР1", same: true},
		"different":           {a: "active", b: "Active"},
		"different and odd":   {a: "\u0410ctive", b: "\u0410ctiv"},
		"lost letters differ": {a: "a\xffb", b: "a\xfeb"},
		"also when alike":     {a: "\ufffd", b: "\xff"},
		"a Cyrillic letter": {"\u0421onsumerLoan", "ConsumerLoan", true, true, []string{
			"0 0 U+0421 CYRILLIC CAPITAL LETTER ES for U+0043 LATIN CAPITAL LETTER C",
		}},
		"a Latin letter": {"P20ПмОР123", "Р20ПмОР123", true, true, []string{
			"0 0 U+0050 LATIN CAPITAL LETTER P for U+0420 CYRILLIC CAPITAL LETTER ER",
		}},
		"Arabic and Persian letters, and digits": {"اصلي ٥", "اصلی ۵", true, true, []string{
			"6 6 U+064A ARABIC LETTER YEH for U+06CC ARABIC LETTER FARSI YEH",
			"9 9 U+0665 ARABIC-INDIC DIGIT FIVE for U+06F5 EXTENDED ARABIC-INDIC DIGIT FIVE",
		}},
		"blanks at the ends and within": {" a\u00a0b", "a b ", true, true, []string{
			"0 0 U+0020 SPACE for nothing",
			"2 1 U+00A0 NO-BREAK SPACE for U+0020 SPACE",
			"5 3 nothing for U+0020 SPACE",
		}},
		"a soft hyphen and a minus": {"a\u00adb-1", "ab\u22121", true, true, []string{
			"1 1 U+00AD SOFT HYPHEN for nothing",
			"4 2 U+002D HYPHEN-MINUS for U+2212 MINUS SIGN",
		}},
		"many blanks": {"a      b", "a b", true, true, []string{
			"1 1 U+0020 SPACE, U+0020 SPACE, U+0020 SPACE, U+0020 SPACE, … (6 in all) for U+0020 SPACE",
		}},
		"blanks and nothing": {" ", "", true, true, []string{"0 0 U+0020 SPACE for nothing"}},
	} {
		t.Run(name, func(t *testing.T) {
			if same, folded := text.Same(test.a, test.b); same != test.same || folded != test.folded {
				t.Errorf("same %t, folded %t, want %t, %t", same, folded, test.same, test.folded)
			}
			var got []string
			for _, d := range text.Differences(test.a, test.b) {
				got = append(got, fmt.Sprint(d.AtA, " ", d.AtB, " ", d.Text))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func odd(f *testing.F) {
	for _, s := range []string{
		"", "\u0421onsumerLoan", "P20ПмОР123", "اصلي", "می\u200cشود", "1\u00a0250\u202f000", " \u200b a \u200b ", "a\xd0\u200b\xa1", "\u0967\u2212\ufffe",
	} {
		f.Add(s, strings.ToUpper(s))
	}
}

func FuzzExamine(f *testing.F) {
	odd(f)
	f.Fuzz(func(t *testing.T, s, _ string) {
		last := -1
		for _, o := range text.Examine(s) {
			if o.Offset <= last || o.Offset >= len(s) {
				t.Fatalf("%q: offset %d after %d", s, o.Offset, last)
			}
			if r, _ := utf8.DecodeRuneInString(s[o.Offset:]); r != o.Rune {
				t.Errorf("%q: %U at %d, told %U", s, r, o.Offset, o.Rune)
			}
			if o.Kind.String() == "" || o.Text == "" || !utf8.ValidString(o.Text) || strings.ContainsFunc(o.Text, text.Hidden) {
				t.Errorf("%q: told %v %q", s, o.Kind, o.Text)
			}
			last = o.Offset
		}
		if got, want := utf8.RuneCountInString(text.Visible(s)), utf8.RuneCountInString(s); got != want {
			t.Errorf("%q: %d characters, shown as %d", s, want, got)
		}
	})
}

func FuzzFold(f *testing.F) {
	odd(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		form := text.Fold(a)
		if again := text.Fold(form); again != form {
			t.Errorf("%q folds to %q, that to %q", a, form, again)
		}
		for _, b := range []string{b, form, " " + a + "\u200b", strings.ToValidUTF8(a, "")} {
			_, folded := text.Same(a, b)
			differences := text.Differences(a, b)
			if folded != (len(differences) > 0) {
				t.Errorf("%q and %q: folded %t, %d differences", a, b, folded, len(differences))
			}
			for _, d := range differences {
				if d.A == d.B || !strings.HasPrefix(a[d.AtA:], d.A) || !strings.HasPrefix(b[d.AtB:], d.B) {
					t.Errorf("%q and %q: difference %+v", a, b, d)
				}
			}
		}
	})
}

func BenchmarkHidden(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		strings.IndexFunc("Задолженность по договору З20НвАР007200054", text.Hidden)
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		text.Fold("Задолженность по договору З20НвАР007200054")
	}
}
