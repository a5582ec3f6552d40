package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tieout/ingest/fetch"
)

// read finds the settings of an API. What a flag says goes before the environment, that
// before the file of --secrets, and that before the file of --config.
func (o *fetchOptions) read(a *api) (values, error) {
	v, err := o.configured(a)
	if err != nil {
		return nil, err
	}
	var file fetch.Secrets
	if o.secrets != "" {
		if file, err = fetch.ReadSecrets(o.secrets); err != nil {
			return nil, fmt.Errorf("--secrets: %w", err)
		}
		if err := knowsAll(file, a); err != nil {
			return nil, fmt.Errorf("--secrets: %s: %w", o.secrets, err)
		}
	}
	for _, s := range a.settings {
		name := a.variable(s.name)
		if text := file.Get(name).Reveal(); text != "" {
			v[s.name] = text
		}
		if text := os.Getenv(name); text != "" {
			v[s.name] = text
		}
	}
	v["address"] = cmp.Or(o.address, v["address"])
	if strings.ContainsAny(v["address"], "?#") { // what is behind them may be a secret
		return nil, fmt.Errorf("the address of %s has a ? or #; it is where the paths of requests begin, such as https://api.example.com", a.name)
	}
	if a.name == "arifmetika" && v["address"] != "" {
		for name, path := range map[string]string{"submit_url": "/submit", "poll_url": "/result"} {
			if o.address != "" || v[name] == "" { // with the flag, no request may go elsewhere
				v[name] = strings.TrimRight(v["address"], "/") + path
			}
		}
	}
	return v, nil
}

// knowsAll errs on a secret that no API has, whose name is misspelt. Those of
// descriptions have names of their own.
func knowsAll(file fetch.Secrets, a *api) error {
	var known []string
	for _, a := range append(apis(), a) {
		for _, s := range a.settings {
			known = append(known, a.variable(s.name))
		}
	}
	for _, name := range file.Names() {
		if !slices.Contains(known, name) && !strings.HasPrefix(name, "TIEOUT_OWN_") {
			return fmt.Errorf("no API has the setting %s (docs/fetch.md)", name)
		}
	}
	return nil
}

// configured are the settings of the file of --config.
func (o *fetchOptions) configured(a *api) (values, error) {
	v := values{}
	if o.config == "" {
		return v, nil
	}
	text, err := os.ReadFile(o.config)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", err)
	}
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&v); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: it is not a list of lines such as name: value", o.config)
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		s, known := a.setting(name)
		switch {
		case !known:
			return nil, fmt.Errorf("%s: %s has no setting %q; there are %s", o.config, a.name, name, strings.Join(a.plain(), ", "))
		case s.secret:
			return nil, fmt.Errorf("%s: %s is a secret; set %s in the environment, or in the file of --secrets", o.config, name, a.variable(name))
		}
	}
	return v, nil
}

// plain lists the settings that are no secrets.
func (a *api) plain() []string {
	var names []string
	for _, s := range a.settings {
		if !s.secret {
			names = append(names, s.name)
		}
	}
	return names
}

// demand errs on the settings that are missing, and says how to give them.
func (a *api) demand(source string, v values) error {
	var missing, more []string
	for _, name := range a.needs(source, v) {
		if v[name] != "" {
			continue
		}
		s, _ := a.setting(name)
		missing = append(missing, fmt.Sprintf("%s (%s)", a.variable(name), s.meaning))
		if s.secret && !slices.Contains(more, "--secrets FILE") {
			more = append(more, "--secrets FILE")
		} else if !s.secret && !slices.Contains(more, "--config FILE") {
			more = append(more, "--config FILE")
		}
	}
	if missing == nil {
		return nil
	}
	return fmt.Errorf("%s needs %s: set it in the environment, or use %s (docs/fetch.md)",
		source, strings.Join(missing, " and "), strings.Join(more, " or "))
}

// pretend gives a dry run the secrets it lacks; it shows none.
func (a *api) pretend(v values) {
	for _, s := range a.settings {
		if s.secret && s.name != "code" && s.name != "verifier" {
			v[s.name] = cmp.Or(v[s.name], "not given")
		}
	}
}
