package capture

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"tieout/calc/schema"
	"tieout/ingest"
)

// Keys lists what to fetch next by what was fetched: the values that a field of the
// records has in the answers of a source, such as every contract_num of the contract
// lists of a capture. The source and its fields are those of the layout; the field is
// one of the record, or of the rows of one of its arrays by its dotted name.
//
// Each value comes once, in the order first seen. Of several answers for one key the
// last counts. An answer that cannot be read whole is told in the error; the keys are
// those of the others all the same.
func Keys(entries iter.Seq2[Entry, error], layout *schema.Layout, field string) ([]string, error) {
	at := layout.KeyField(field)
	if at == nil {
		return nil, fmt.Errorf("%s has no field %s that could be a key", layout.Source.Name, field)
	}
	var asked []entryKey // in the order first seen
	found := map[entryKey]answered{}
	var faults []error
	for e, err := range entries {
		switch {
		case err != nil:
			faults = append(faults, err)
		case e.Source != layout.Source.Name || !e.Settles():
		default:
			about := keyOf(&e)
			if _, seen := found[about]; !seen {
				asked = append(asked, about)
			}
			found[about] = e.keys(layout, at)
		}
	}
	var keys []string
	seen := map[string]bool{}
	for _, about := range asked {
		faults = append(faults, found[about].faults...)
		keys = append(keys, slices.DeleteFunc(found[about].keys, func(k string) bool {
			again := seen[k]
			seen[k] = true
			return again
		})...)
	}
	return keys, errors.Join(faults...)
}

// Asked lists the keys that were asked for of a source, each once, in the order first
// seen, whatever came of them. What cannot be read is told in the error.
func Asked(entries iter.Seq2[Entry, error], source string) ([]string, error) {
	var all []string
	seen := map[string]bool{}
	var faults []error
	for e, err := range entries {
		switch {
		case err != nil:
			faults = append(faults, err)
		case e.Source == source && !seen[e.Key]:
			seen[e.Key] = true
			all = append(all, e.Key)
		}
	}
	return all, errors.Join(faults...)
}

// answered is what one answer has of keys.
type answered struct {
	keys   []string
	faults []error
}

// keys are the values of a field in the answer.
func (e *Entry) keys(layout *schema.Layout, at *schema.Node) (found answered) {
	if e.Kind != Answer {
		return found
	}
	reader := ingest.Reader{Layouts: []*schema.Layout{layout}}
	for item := range reader.Read(e.input("capture")) {
		for i := range item.Rejects {
			found.faults = append(found.faults, fmt.Errorf("line %d: %s", e.Line, item.Rejects[i].Reason))
		}
		if item.Document == nil {
			continue
		}
		for _, rec := range item.Document.Records {
			for i := range rec.Instances(at.Group) {
				if v := rec.Value(at.Group, i, at.Slot); v.State == schema.Present {
					found.keys = append(found.keys, v.Text)
				}
			}
		}
	}
	return found
}
