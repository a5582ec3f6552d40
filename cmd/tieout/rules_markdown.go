package main

import (
	"fmt"
	"io"
	"strings"

	"tieout/calc/schema"
)

// rulesIntro begins the list of rules as a page.
const rulesIntro = `# The rules

What tieout checks, rule by rule: the law, where it comes from, how bad a break is, and
why it must hold. ` + "`make docs`" + ` writes this page from the rules themselves. On the command
line, ` + "`tieout rules`" + ` lists them and ` + "`tieout explain AS-05`" + ` explains one.

**Severity.** An *error*: two figures of one document cannot both be right. A *warning*: a
rule that has exceptions, or a statement in prose, is broken. An *info*: something is not
plausible.

**Basis.** *Stated*: the document of the API says so. *Inferred*: it follows from what the
fields mean, or from samples. *Law*: a statute says so.

**Formulas** name figures as the documents do, by dotted paths. A name below an array in
` + "`sum(…)`" + ` means all its rows; ` + "`for row in Details: …`" + ` says the law for each row; ` + "`prev(a, b)`" + `
is a figure of the row before, or b in the first row; of several readings joined by ` + "`or`" + `
one has to hold.
`

// markRules writes the rules as a page in Markdown.
func markRules(out io.Writer, books []ruleBook) {
	fmt.Fprintf(out, "%s\n| source | what it is | rules |\n| --- | --- | --- |\n", rulesIntro)
	for i := range books {
		b := &books[i]
		fmt.Fprintf(out, "| [%s](#%s) | %s | %d |\n", b.name, anchor(b.name), marked(b.title), len(b.rules))
	}
	for i := range books {
		b := &books[i]
		fmt.Fprintf(out, "\n## %s\n\n%s.\n", b.name, marked(sentenceCase(b.title)))
		if len(b.parts) > 0 {
			fmt.Fprint(out, "These rules hold between documents that have one key. Their figures are named by the document first:\n\n")
			for _, p := range b.parts {
				fmt.Fprintf(out, "- %s\n", partWords(&p))
			}
		}
		for _, r := range b.rules {
			markRule(out, r)
		}
	}
}

// markRule writes one rule.
func markRule(out io.Writer, r *schema.Rule) {
	fmt.Fprintf(out, "\n### %s: %s\n\n", r.ID, marked(r.Title))
	if r.Law != "" {
		fmt.Fprintf(out, "%s.\n\n", marked(strings.TrimSuffix(sentenceCase(r.Law), ".")))
	}
	if r.Formula != "" {
		markFormula(out, r.Formula)
	}
	for _, c := range r.Clauses {
		fmt.Fprintf(out, "As %s:\n\n", withArticle(c.Severity))
		markFormula(out, c.Formula)
	}
	fmt.Fprintf(out, "- severity: %s\n- basis: %s", severityWords(r), r.Basis)
	if r.Cites != "" {
		fmt.Fprintf(out, ", %s", marked(r.Cites))
	}
	fmt.Fprintln(out)
	if len(r.Each) > 0 {
		fmt.Fprintf(out, "- checked in each of: %s\n", eachWords(r.Each))
	}
	if comparesFigures(r) {
		fmt.Fprintf(out, "- tolerance: %s\n", toleranceWords(r.Tolerance))
	}
	if len(r.Adjustments) > 0 {
		var events []string
		for i := range r.Adjustments {
			events = append(events, r.Adjustments[i].Event)
		}
		fmt.Fprintf(out, "- events that may explain a difference: %s\n", marked(strings.Join(events, ", ")))
	}
	if r.OncePerRecord {
		fmt.Fprintln(out, "- told once for a record, with all its places")
	}
	if r.Why != "" {
		fmt.Fprintf(out, "\n%s\n", marked(r.Why))
	}
}

// longFormula is how many characters of a formula stand on one line.
const longFormula = 100

// markFormula writes a formula as it stands, its parts on lines of their own when it
// is long.
func markFormula(out io.Writer, text string) {
	if len(text) > longFormula {
		text = strings.NewReplacer(" or ", "\n  or ", " and ", "\n  and ").Replace(text)
	}
	fmt.Fprintf(out, "    %s\n\n", strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    "))
}

// eachWords names the places in which a function is checked.
func eachWords(each []string) string {
	var all []string
	for _, name := range each {
		if name == "" {
			all = append(all, "the record")
		} else {
			all = append(all, "`"+name+"`")
		}
	}
	return strings.Join(all, ", ")
}

func withArticle(s schema.Severity) string {
	if s == schema.Warning {
		return "a " + s.String()
	}
	return "an " + s.String()
}

// sentenceCase is a text that begins with a capital letter, unless it begins with
// the name of a field.
func sentenceCase(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if strings.ContainsAny(first, "_.=<>[0123456789") || s == "" {
		return s
	}
	letter := []rune(s)[0]
	return strings.ToUpper(string(letter)) + s[len(string(letter)):]
}

// marked is text in which nothing is taken for Markdown.
func marked(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "<", `\<`, "|", `\|`, "[", `\[`).Replace(s)
}

// anchor is the name by which a page links to one of its headings.
func anchor(heading string) string {
	return strings.NewReplacer(" ", "-", ".", "").Replace(strings.ToLower(heading))
}
