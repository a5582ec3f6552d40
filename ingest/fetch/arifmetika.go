package fetch

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/ingest/arifmetika"
)

// Arifmetika asks for the contracts of a client or the payment schedule of a contract:
// it submits a job and then asks for its result. The page that tells addresses and
// methods is not public, so they are given.
//
// A key of the schedule is a contract number. A key of the contracts is an object with
// the members of the request's body, or phone/birthdate, or
// passport_series/passport_number/birthdate.
//
// The secret is apikey.
type Arifmetika struct {
	// Schedule asks for the schedule of a contract instead of a client's contracts.
	Schedule bool
	// SubmitURL and SubmitMethod (POST) begin a job.
	SubmitURL, SubmitMethod string
	// PollURL and PollMethod (GET) ask for its result. {id} in the URL stands for
	// the job, which the header Mq-Jrb-Id names too.
	PollURL, PollMethod string
	// JobPath is where the answer to a submission names the job when its header
	// Mq-Jrb-Id does not (id).
	JobPath string
	// PersonalAccount of clients whose key names none (lk_arifmetika).
	PersonalAccount string
	Secrets         Secrets

	source *schema.Source
}

// personal accounts and genders that the API knows.
var (
	arifmetikaAccounts = []string{"lk_arifmetika", "lk_give_money"}
	arifmetikaGenders  = []string{"мужской", "женский"}
)

// arifmetikaPerson lists the members of a request for contracts, in their order.
var arifmetikaPerson = []string{
	"personal_account", "surname", "name", "patronymic", "gender",
	"passport_series", "passport_number", "phone", "birthdate",
}

const jobHeader, resultHeader = "Mq-Jrb-Id", "Mq-Jrb-Id-Result"

// NewArifmetika errs on what is missing.
func NewArifmetika(a Arifmetika) (*Arifmetika, error) {
	a.SubmitMethod = cmp.Or(a.SubmitMethod, http.MethodPost)
	a.PollMethod = cmp.Or(a.PollMethod, http.MethodGet)
	a.JobPath = cmp.Or(a.JobPath, "id")
	a.PersonalAccount = cmp.Or(a.PersonalAccount, arifmetikaAccounts[0])
	a.source = arifmetika.Contracts()
	if a.Schedule {
		a.source = arifmetika.Schedule()
	}
	for what, address := range map[string]string{"submit": a.SubmitURL, "poll": a.PollURL} {
		if address == "" {
			return nil, fmt.Errorf("arifmetika: the address to %s is not given", what)
		}
		if _, err := safeURL(strings.ReplaceAll(address, "{id}", "0")); err != nil {
			return nil, fmt.Errorf("arifmetika: the address to %s: %w", what, err)
		}
	}
	return &a, a.Secrets.need("apikey")
}

// Source is arifmetika.contracts or arifmetika.schedule.
func (a *Arifmetika) Source() string { return a.source.Name }

// Sign adds the API key.
func (a *Arifmetika) Sign(c *Call, _ Token) { c.Secretly("apikey", "", a.Secrets.Get("apikey")) }

// Begin submits a job. A submission is not sent again when the upstream may have seen
// it: that would be a second job.
func (a *Arifmetika) Begin(k Key, _ string) (Call, error) {
	c := Call{Method: a.SubmitMethod, URL: a.SubmitURL, Repeat: Unsent}
	c.set("Mq-Jrb-Exchange", "PersonalAccount")
	if a.Schedule {
		return a.askSchedule(c, k)
	}
	return a.askContracts(c, k)
}

func (a *Arifmetika) askSchedule(c Call, k Key) (Call, error) {
	key, err := k.values([]string{"contract_num"}, "contract_num")
	if err != nil {
		return c, err
	}
	number := key["contract_num"]
	if number == "" || utf8.RuneCountInString(number) > 20 {
		return c, errors.New("a key is a contract number of up to 20 characters")
	}
	c.set("Mq-Jrb-Routing-key", "schedule")
	c.set("Mq-Jrb-Operation", "PaymentSchedule")
	c.set("Mq-Jrb-Object", number)
	c.Asked = map[string]string{"contract_num": number}
	c.asJSON([]member{{name: "contract_num", text: number}})
	return c, nil
}

func (a *Arifmetika) askContracts(c Call, k Key) (Call, error) {
	names := []string{"phone", "birthdate"}
	if strings.Count(k.Text, "/") == 2 {
		names = []string{"passport_series", "passport_number", "birthdate"}
	}
	person := map[string]string{"personal_account": a.PersonalAccount}
	key, err := k.values(arifmetikaPerson, names...)
	if err != nil {
		return c, err
	}
	maps.Copy(person, key)
	if err := checkPerson(person); err != nil {
		return c, err
	}
	var members []member
	for _, name := range arifmetikaPerson {
		if text := person[name]; text != "" {
			members = append(members, member{name: name, text: text})
			if name != "personal_account" && name != "gender" {
				c.Private = append(c.Private, text)
			}
		}
	}
	c.set("Mq-Jrb-Routing-key", "account")
	c.set("Mq-Jrb-Operation", "PersonContracts")
	if person["phone"] != "" {
		c.set("Mq-Jrb-Object", person["phone"])
	}
	c.asJSON(members)
	return c, nil
}

// checkPerson demands a minimal set of members, and that those that are there have the
// documented form.
func checkPerson(person map[string]string) error {
	passport := person["passport_series"] != "" && person["passport_number"] != ""
	if person["birthdate"] == "" || person["phone"] == "" && !passport {
		return errors.New("a key needs phone and birthdate, or passport_series, passport_number and birthdate")
	}
	for _, form := range []struct {
		name, what string
		fits       func(string) bool
	}{
		{"phone", "10 digits, without +7 or 8", func(s string) bool { return digits(s, 10) }},
		{"passport_series", "4 digits", func(s string) bool { return digits(s, 4) }},
		{"passport_number", "6 digits", func(s string) bool { return digits(s, 6) }},
		{"birthdate", "a date, yyyy-MM-dd", func(s string) bool { _, err := date.Parse(s); return err == nil }},
		{"gender", strings.Join(arifmetikaGenders, " or "), func(s string) bool { return slices.Contains(arifmetikaGenders, s) }},
		{"personal_account", strings.Join(arifmetikaAccounts, " or "), func(s string) bool { return slices.Contains(arifmetikaAccounts, s) }},
	} {
		if text := person[form.name]; text != "" && !form.fits(text) {
			return fmt.Errorf("the key's %s is not %s", form.name, form.what)
		}
	}
	return nil
}

// Poll asks for the result of a job.
func (a *Arifmetika) Poll(k Key, job, _ string) (Call, error) {
	c, err := a.Begin(k, "")
	if err != nil {
		return c, err
	}
	c.job, c.Repeat, c.Body = job, Always, nil
	c.Method, c.URL = a.PollMethod, strings.ReplaceAll(a.PollURL, "{id}", url.PathEscape(job))
	c.set(jobHeader, job)
	return c, nil
}

// Read tells an answer to a submission from a result, and a result by the job it names.
func (a *Arifmetika) Read(c Call, r Reply) Verdict {
	if c.job == "" {
		return a.accepted(r)
	}
	switch {
	case r.Status == http.StatusNotFound || r.Status == http.StatusGone:
		return Verdict{Outcome: Lost}
	case !isSuccess(r.Status):
		return refused(classOf(r.Status), statusLine(r.Status))
	case r.Status == http.StatusAccepted || r.Status == http.StatusNoContent,
		len(r.Body) == 0 && r.Header.Get(resultHeader) == "":
		return Verdict{Outcome: Waiting}
	}
	tree, v := document(r)
	if v.Outcome != 0 {
		return v
	}
	if job := r.Header.Get(jobHeader); job != "" && job != c.job {
		return Verdict{Outcome: Foreign, Class: Misdirected, Reason: "the answer is the result of another job (" + jobHeader + ")"}
	}
	return meaning(a.source, tree, r)
}

// accepted reads the answer to a submission.
func (a *Arifmetika) accepted(r Reply) Verdict {
	if !isSuccess(r.Status) {
		return refused(classOf(r.Status), statusLine(r.Status))
	}
	job := r.Header.Get(jobHeader)
	if job == "" {
		tree, v := document(r)
		if v.Outcome != 0 {
			return v
		}
		job, _ = value(tree, a.JobPath)
	}
	if job == "" {
		return refused(Reported, "the answer to the submission names no job (header "+jobHeader+" or "+a.JobPath+")")
	}
	return Verdict{Outcome: Accepted, Job: job}
}
