package main

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"tieout/calc/date"
	"tieout/cmd/catalogue"
	"tieout/ingest/fetch"
)

// api is an API that can be asked, as the command knows it.
type api struct {
	// name of the API: its settings are TIEOUT_NAME_SETTING in the environment.
	name    string
	sources []string
	// keys says what a key is.
	keys string
	// members of a key that is an object.
	members []string
	// from lists by source where captures hold its keys too, beside those that it was
	// asked for itself.
	from     map[string][]origin
	settings []setting
	// needs lists the settings without which nothing can be asked.
	needs func(source string, v values) []string
	build func(source string, v values) (fetch.Protocol, error)
}

// origin of keys in a capture: the values of a field in the answers of a source, or,
// without a field, the keys that it was asked for; before stands before each.
type origin struct{ source, field, before string }

// setting of an API. A secret comes from the environment or the file of --secrets
// alone; any other setting from --config too.
type setting struct {
	name, meaning string
	secret        bool
}

// values of the settings that are given.
type values map[string]string

// variable is the name of a setting in the environment.
func (a *api) variable(setting string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(setting))
	return "TIEOUT_" + strings.ToUpper(a.name+"_"+plain)
}

func (a *api) setting(name string) (setting, bool) {
	at := slices.IndexFunc(a.settings, func(s setting) bool { return s.name == name })
	if at < 0 {
		return setting{}, false
	}
	return a.settings[at], true
}

// secrets among the values, for the protocol.
func (a *api) secrets(v values) fetch.Secrets {
	of := map[string]string{}
	for _, s := range a.settings {
		if s.secret && v[s.name] != "" {
			of[s.name] = v[s.name]
		}
	}
	return fetch.NewSecrets(of)
}

// polling lists the settings of APIs whose answers are asked for after a job was
// submitted.
var polling = []setting{
	{name: "poll_every", meaning: "the first pause before a job's result is asked for, such as 2s (1s); it doubles"},
	{name: "poll_max", meaning: "the longest such pause (30s)"},
	{name: "poll_for", meaning: "how long a job is asked for in one run (15m)"},
}

// apis lists the built-in APIs.
func apis() []*api { return []*api{arifmetikaAPI(), brainysoftAPI(), finnotechAPI(), vakifbankAPI()} }

func arifmetikaAPI() *api {
	a := &api{
		name: "arifmetika", sources: []string{"arifmetika.contracts", "arifmetika.schedule"},
		keys: "contracts: phone/birthdate, passport_series/passport_number/birthdate, or a JSON object; schedule: a contract number",
		members: []string{
			"personal_account", "surname", "name", "patronymic", "gender", "passport_series", "passport_number", "phone", "birthdate",
			"contract_num",
		},
		from: map[string][]origin{"arifmetika.schedule": {
			{source: "arifmetika.contracts", field: "contract_num"}, {source: "brainysoft.contract", field: "name"},
		}},
		settings: append([]setting{
			{name: "apikey", meaning: "the API key", secret: true},
			{name: "submit_url", meaning: "the address that takes a job"},
			{name: "submit_method", meaning: "its method (POST)"},
			{name: "poll_url", meaning: "the address that has a job's result; {id} stands for the job"},
			{name: "poll_method", meaning: "its method (GET)"},
			{name: "job_path", meaning: "where the answer names the job when its header Mq-Jrb-Id does not (id)"},
			{name: "personal_account", meaning: "lk_arifmetika or lk_give_money, for keys that name none (lk_arifmetika)"},
			{name: "address", meaning: "stands for submit_url and poll_url: address/submit and address/result"},
		}, polling...),
	}
	a.needs = func(string, values) []string { return []string{"apikey", "submit_url", "poll_url"} }
	a.build = func(source string, v values) (fetch.Protocol, error) {
		return fetch.NewArifmetika(fetch.Arifmetika{
			Schedule: source == "arifmetika.schedule", SubmitURL: v["submit_url"], SubmitMethod: v["submit_method"],
			PollURL: v["poll_url"], PollMethod: v["poll_method"], JobPath: v["job_path"],
			PersonalAccount: v["personal_account"], Secrets: a.secrets(v),
		})
	}
	return a
}

func brainysoftAPI() *api {
	a := &api{
		name: "brainysoft", sources: []string{"brainysoft.contract"},
		keys:    "a value to find, field=value, or a JSON object with field and value",
		members: []string{"field", "value"},
		from: map[string][]origin{"brainysoft.contract": {
			{source: "arifmetika.contracts", field: "contract_num", before: "name="},
		}},
		settings: []setting{
			{name: "address", meaning: "the address of the installation, or --address"},
			{name: "customer_key", meaning: "the customer-key", secret: true},
			{name: "user_name", meaning: "the name of the user"},
			{name: "password", meaning: "and the password", secret: true},
			{name: "field", meaning: "the field that keys are values of (id)"},
			{name: "date_from", meaning: "the first day of creation, yyyy-MM-dd"},
			{name: "date_to", meaning: "the last day of creation"},
		},
		needs: func(string, values) []string { return []string{"address", "customer_key", "user_name", "password"} },
	}
	a.build = func(_ string, v values) (fetch.Protocol, error) {
		b := fetch.BrainySoft{Address: v["address"], UserName: v["user_name"], Field: v["field"], Secrets: a.secrets(v)}
		for name, to := range map[string]*date.Date{"date_from": &b.From, "date_to": &b.To} {
			if v[name] == "" {
				continue
			}
			d, err := date.Parse(v[name])
			if err != nil {
				return nil, fmt.Errorf("brainysoft: %s is a date such as 2020-04-23, not %q", name, v[name])
			}
			*to = d
		}
		return fetch.NewBrainySoft(b)
	}
	return a
}

func finnotechAPI() *api {
	a := &api{
		name: "finnotech", sources: []string{"finnotech.facility"},
		keys:    "a national code of 10 digits or a legal id of 11",
		members: []string{"user"},
		settings: []setting{
			{name: "address", meaning: "production (the default), sandbox, or a URL; or --address"},
			{name: "client_id", meaning: "the client id"},
			{name: "client_secret", meaning: "the client's password", secret: true},
			{name: "nid", meaning: "the national code of the client's owner, which the login demands"},
			{name: "way", meaning: "credentials (the default), or sms for the later path"},
			{name: "token", meaning: "with way sms: the token that the person has granted", secret: true},
		},
		needs: func(_ string, v values) []string {
			if v["way"] == "sms" {
				return []string{"client_id", "token"}
			}
			return []string{"client_id", "client_secret", "nid"}
		},
	}
	a.build = func(_ string, v values) (fetch.Protocol, error) {
		if err := oneOf("finnotech: way", v["way"], "", "credentials", "sms"); err != nil {
			return nil, err
		}
		address := v["address"]
		switch address {
		case "production":
			address = fetch.FinnotechProduction
		case "sandbox":
			address = fetch.FinnotechSandbox
		}
		if v["way"] == "sms" {
			return fetch.NewFinnotechSMS(fetch.FinnotechSMS{Address: address, ClientID: v["client_id"], Secrets: a.secrets(v)})
		}
		return fetch.NewFinnotech(fetch.Finnotech{
			Address: address, ClientID: v["client_id"], NID: v["nid"], Secrets: a.secrets(v),
		})
	}
	return a
}

func vakifbankAPI() *api {
	a := &api{
		name: "vakifbank", sources: []string{"vakifbank.limit", "vakifbank.invoices"},
		keys:    "MainCompanyID/MainCompanyDealerCode, MainCompanyID, or a JSON object of the request's members",
		members: []string{"MainCompanyID", "MainCompanyDealerCode", "CurrencyCode", "ParentCompanyID"},
		from: map[string][]origin{
			"vakifbank.limit": {{source: "vakifbank.invoices"}}, "vakifbank.invoices": {{source: "vakifbank.limit"}},
		},
		settings: []setting{
			{name: "address", meaning: "another address than the bank's, or --address"},
			{name: "client_id", meaning: "the client id"},
			{name: "client_secret", meaning: "the client's secret, if it has one", secret: true},
			{name: "refresh_token", meaning: "what the last login left, unless --token-file has it", secret: true},
			{name: "currency", meaning: "TL (or TRY), USD, EUR, JPY or GBP, for keys that name none (TL)"},
			{name: "redirect_uri", meaning: "the address the browser is sent back to, for --login"},
			{name: "customers", meaning: "commercial (the default) or retail, for --login"},
			{name: "plan", meaning: "production (the default) or sandbox, for --login"},
			{name: "code", meaning: "set by --login", secret: true},
			{name: "verifier", meaning: "set by --login", secret: true},
		},
		needs: func(_ string, v values) []string {
			if v["code"] != "" {
				return []string{"client_id"}
			}
			return []string{"client_id", "refresh_token"}
		},
	}
	a.build = func(source string, v values) (fetch.Protocol, error) {
		b := vakifbank(v)
		b.Invoices, b.Secrets = source == "vakifbank.invoices", a.secrets(v)
		return fetch.NewVakifBank(b)
	}
	return a
}

// vakifbank is the bank as the settings tell it, without secrets.
func vakifbank(v values) fetch.VakifBank {
	return fetch.VakifBank{
		Address: v["address"], ClientID: v["client_id"], RedirectURI: v["redirect_uri"], Currency: v["currency"],
		Retail: v["customers"] == "retail", Sandbox: v["plan"] == "sandbox",
	}
}

// findAPI is the API that has a source: a built-in one, or that of a description file.
func findAPI(source string) (*api, error) {
	var known []string
	for _, a := range apis() {
		if slices.Contains(a.sources, source) {
			return a, nil
		}
		known = append(known, a.sources...)
	}
	if catalogue.IsDescription(source) {
		return ownAPI(source)
	}
	return nil, fmt.Errorf("unknown source %q; there are %s, and description files that end in .yaml", source, strings.Join(known, ", "))
}

var secretName = regexp.MustCompile(`\{secret:([A-Za-z0-9_.-]+)\}`)

// ownAPI is the API of a description file.
func ownAPI(file string) (*api, error) {
	checkers, err := catalogue.Checkers([]string{file})
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	recipe, err := fetch.ReadRecipe(file, text)
	if err != nil {
		return nil, err
	}
	a := &api{
		name: "own", sources: []string{file}, keys: "what {key} stands for in the description, or a JSON object of its names",
		settings: append([]setting{{name: "address", meaning: "another address than the description's, or --address"}}, polling...),
	}
	for _, secret := range secretName.FindAllStringSubmatch(string(text), -1) {
		if _, twice := a.setting(secret[1]); !twice {
			a.settings = append(a.settings, setting{name: secret[1], meaning: "a secret of the description", secret: true})
		}
	}
	a.needs = func(string, values) (all []string) {
		for _, s := range a.settings {
			if s.secret {
				all = append(all, s.name)
			}
		}
		return all
	}
	a.build = func(_ string, v values) (fetch.Protocol, error) {
		if err := moveTo(recipe, v["address"]); err != nil {
			return nil, err
		}
		p, err := fetch.NewGeneric(checkers[0].Layout.Source, *recipe, a.secrets(v))
		if v["address"] == "" { // else it is not what the description says
			err = recipe.Placed(err)
		}
		return p, err
	}
	return a, nil
}

// moveTo lets the requests of a recipe go to another address.
func moveTo(r *fetch.Recipe, address string) error {
	if address == "" {
		return nil
	}
	to, err := url.Parse(address)
	if err != nil || to.Host == "" {
		return fmt.Errorf("--address is a URL such as https://api.example.com")
	}
	all := []*string{&r.URL}
	if r.Login != nil {
		all = append(all, &r.Login.URL)
	}
	if r.Pages != nil {
		all = append(all, &r.Pages.URL)
	}
	if r.Poll != nil {
		all = append(all, &r.Poll.URL)
	}
	for _, at := range all {
		_, rest, is := strings.Cut(*at, "://")
		if !is { // none, or one that NewGeneric refuses
			continue
		}
		_, path, _ := strings.Cut(rest, "/")
		*at = strings.TrimRight(address, "/") + "/" + path
	}
	return nil
}
