package reconcile

import (
	"slices"
	"strconv"
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// textRules are the laws of the texts of every source: what looks like one
// character and is another. Nothing is rewritten; what is compared is folded.
func textRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "IN-02", Title: "a word mixes letters of two alphabets", Basis: schema.Inferred,
			Law:        "the letters of a word are of one alphabet where others of it have no look-alike",
			ReadsKinds: texts, Severity: schema.Warning,
			Check: func(c *schema.Case) { tellOddities(c, text.MixedScript) },
			Why:   "It looks like another word, and a program that compares or looks up the word takes it for a different one.",
		},
		{
			ID: "IN-03", Title: "letters or digits of another script stand for the usual ones", Basis: schema.Inferred,
			Law:        "Persian words have Persian yeh and kaf, and codes and dates have digits 0 to 9",
			ReadsKinds: texts, Severity: schema.Info,
			Check: func(c *schema.Case) { tellOddities(c, text.ArabicForm, text.ForeignDigit) },
			Why:   "They are read alike by people, and are different characters to a program.",
		},
		{
			ID: "IN-04", Title: "a text holds characters that are not seen", Basis: schema.Inferred,
			Law:        "a text has no odd spaces, zero-width characters, direction marks and control characters",
			ReadsKinds: texts, Severity: schema.Info,
			Check: func(c *schema.Case) {
				tellOddities(c, text.OddSpace, text.Invisible, text.Direction, text.Control, text.Unreadable)
			},
			Why: "The text looks like one without them, and is not the same. They often come with text that was pasted from a page.",
		},
	}
}

// texts are the kinds of fields that hold texts, and codes those that are looked
// up or computed with.
var (
	texts = []schema.Kind{schema.Text, schema.Code, schema.Date, schema.JalaliDate}
	codes = texts[1:]
)

// isOrdinary tells whether an oddity is what the text should have: the digits and
// line breaks of a free text, and Arabic letters where nobody writes Persian.
func isOrdinary(c *schema.Case, odd text.Oddity) bool {
	isCode := slices.Contains(codes, c.Kind())
	switch odd.Kind {
	case text.ForeignDigit:
		return !isCode
	case text.Control:
		return !isCode && (odd.Rune == '\n' || odd.Rune == '\r' || odd.Rune == '\t')
	case text.ArabicForm:
		return c.Record.Layout.Source.Country != "IR"
	}
	return false
}

// maxOddities bounds what is told of one text.
const maxOddities = 3

// tellOddities tells the texts of a record in which something of some kinds is.
func tellOddities(c *schema.Case, kinds ...text.Kind) {
	c.EachOdd(func(c *schema.Case, found []text.Oddity) {
		var told []string
		for _, odd := range found {
			if slices.Contains(kinds, odd.Kind) && !isOrdinary(c, odd) {
				told = append(told, odd.Text)
			}
		}
		if more := len(told) - maxOddities; more > 0 {
			told = append(told[:maxOddities], "and "+strconv.Itoa(more)+" more")
		}
		if len(told) > 0 {
			c.Broken("", "", strings.Join(told, "; "))
		}
	})
}
