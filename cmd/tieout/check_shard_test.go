package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tieout/ingest"
)

// shardPieces are documents, whole and broken, of which files are made: some without a
// name of their own, some with texts that look like the end of a document.
func shardPieces(t *testing.T) (documents, broken []string) {
	t.Helper()
	var all []json.RawMessage
	for _, file := range []string{"arifmetika-contracts-mixed", "arifmetika-schedule", "brainysoft-contract"} {
		text, err := os.ReadFile("../../testdata/samples/" + file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	for _, text := range all {
		var line bytes.Buffer
		if err := json.Compact(&line, text); err != nil {
			t.Fatal(err)
		}
		documents = append(documents, line.String(), strings.TrimSpace(string(text)))
	}
	contract := strings.Split(manyContracts(), "\n")[2]
	documents = append(
		documents, contract, strings.Replace(contract, `"base_source": "x"`, `"base_source": "`+strings.Repeat(`},{ } { }\n{\"a\":1}`, 40)+`"`, 1),
		strings.Replace(contract, `"total_balance": 1`, `"total_balance": 7`, 1),
		strings.Replace(contract, `"contract_num": "Р20ПмОР000000002", `, "", 1), `{}`, `[]`, `[{"rows":[{"a":1},{"a":2}]}]`,
	)
	broken = []string{
		`{"a":[1,`, `"x`, `nul`, `12`, `{"contract_num":"Ж-1","contract_sum":007}`, "\ufeff" + contract, contract[:len(contract)-2],
		strings.Replace(contract, `"x",`, `"x"`, 1), `{"contract_num":"} {`, "// no", contract + "}", strings.Replace(contract, ",", ",,", 1),
	}
	return documents, broken
}

// randomFile is a file of documents, each on lines of its own, of which more are broken
// the larger faulty is.
func randomFile(random *rand.Rand, documents, broken []string, faulty int) string {
	separator := []string{"\n", "\n", "\r\n", "\n\n", "\r\n \r\n"}[random.IntN(5)]
	var b strings.Builder
	if faulty > 0 && random.IntN(4) == 0 {
		b.WriteString("\ufeff")
	}
	for range random.IntN(30) {
		pieces := documents
		if random.IntN(10) < 2*faulty {
			pieces = broken
		}
		piece := pieces[random.IntN(len(pieces))]
		if random.IntN(4) > 0 {
			piece = strings.ReplaceAll(piece, "\n", "")
		}
		b.WriteString(piece + separator)
	}
	text := b.String()
	if random.IntN(2) == 0 {
		text = strings.TrimRight(text, "\r\n ")
	}
	return text
}

// checkSharded checks files in n parts and merges them. It tells the exit code, and what
// was said where the files cannot be parted.
func checkSharded(t *testing.T, n int, options []string, outputs ...string) (code int, refused string) {
	t.Helper()
	merge := []string{"merge", "--format", "none"}
	for i := range n {
		var errs bytes.Buffer
		part := fmt.Sprintf("%d.tieout", i+1)
		args := append([]string{"check", "--format", "none", "--shard", fmt.Sprintf("%d/%d", i+1, n), "-o", part}, options...)
		if code := run(context.Background(), args, nil, &bytes.Buffer{}, &errs); code == exitUsage {
			return code, errs.String()
		}
		merge = append(merge, part)
	}
	var errs bytes.Buffer
	for _, o := range outputs {
		merge = append(merge, "-o", o)
	}
	if code = run(context.Background(), merge, nil, &bytes.Buffer{}, &errs); code == exitUsage {
		t.Fatalf("%d parts: %s", n, errs.String())
	}
	return code, ""
}

// compareShards compares the reports of files that are checked in n parts with those of
// the whole. It tells whether they could be parted.
func compareShards(t *testing.T, n int, options []string, endings ...string) bool {
	t.Helper()
	whole := append([]string{"check", "--format", "none"}, options...)
	var outputs []string
	for _, ending := range endings {
		whole = append(whole, "-o", "whole"+ending)
		outputs = append(outputs, "merged"+ending)
	}
	var errs bytes.Buffer
	want := run(context.Background(), whole, nil, &bytes.Buffer{}, &errs)
	got, refused := checkSharded(t, n, options, outputs...)
	if refused != "" {
		if !strings.Contains(refused, "where it is parted cannot be told") {
			t.Fatal(refused)
		}
		return false
	}
	if got != want {
		t.Errorf("%d parts: exit code %d, want %d (%s)", n, got, want, errs.String())
	}
	for i, ending := range endings {
		want, got := readFile(t, "whole"+ending), readFile(t, outputs[i])
		if ending == ".xlsx" {
			if want != got {
				t.Errorf("%d parts: the workbook differs", n)
			}
		} else if want != got {
			t.Errorf("%d parts:\n%s", n, cmp.Diff(want, got))
		}
	}
	return true
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestShardsSayWhatTheWholeSays(t *testing.T) {
	documents, broken := shardPieces(t)
	t.Chdir(t.TempDir())
	const seeds = 30
	refused := 0
	for seed := range uint64(seeds) {
		random := rand.New(rand.NewPCG(seed, 5))
		options := []string{"--join", "never"}
		faulty := random.IntN(3)
		for i := range 1 + random.IntN(3) {
			name := fmt.Sprintf("%d.ndjson", i)
			writeFile(t, name, randomFile(random, documents, broken, faulty))
			options = append(options, name)
		}
		if random.IntN(4) == 0 {
			options = append(options, "none.ndjson")
		}
		if random.IntN(4) == 0 {
			options = append(options, "--repair")
		}
		endings := []string{".json", ".ndjson"}
		if seed == 7 {
			endings = append(endings, ".xlsx")
		}
		if !compareShards(t, 1+random.IntN(7), options, endings...) {
			refused++
			if faulty == 0 {
				t.Errorf("documents that are all JSON cannot be parted")
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if refused > seeds/10 {
		t.Errorf("%d of %d files cannot be parted", refused, seeds)
	}
}

// One long array is parted between its elements, whatever stands in their texts; so are
// documents that follow each other in one line.
func TestShardsOfOneLine(t *testing.T) {
	documents, _ := shardPieces(t)
	t.Chdir(t.TempDir())
	note := strings.Repeat(`},{\"type\":1}, {\"a\"} {}`, 500)
	looks := strings.Replace(documents[len(documents)-7], `"contract_date"`, `"note": "`+note+`", "contract_date"`, 1)
	element := strings.TrimSuffix(strings.TrimPrefix(looks, "["), "]")
	elements := strings.Repeat(element+",", (5<<20)/len(element))
	wrong := strings.Replace(element, `"total_balance": 1`, `"total_balance": 5`, 1) + ","
	unnamed := strings.Replace(element, `"contract_num": "Р20ПмОР000000002", `, "", 1)
	list := "[" + unnamed + "," + elements + wrong + unnamed + "," + unnamed + "]"
	for name, text := range map[string]string{
		"list":                       list,
		"list with a line behind it": list + "\n" + looks + "\n" + looks,
		"list in the second place":   looks + list,
		"list that is not closed":    list[:len(list)-1],
		"documents":                  strings.Repeat(looks, 40) + documents[0] + looks,
		"documents with blanks":      "  " + strings.Repeat(looks+" \n \n ", 40),
		"one document":               documents[0],
		"blanks":                     " \n\n ",
		"nothing":                    "",
	} {
		t.Run(name, func(t *testing.T) {
			writeFile(t, "file.json", text)
			for _, n := range []int{2, 5} {
				if !compareShards(t, n, []string{"file.json"}, ".json", ".ndjson") {
					t.Errorf("%d parts: it cannot be parted", n)
				}
			}
		})
	}
}

// Where a guess at where a document begins is wrong, the part before it says so, and
// nothing is checked twice or not at all.
func TestAWrongGuessIsRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "file.json", `{"note":"`+strings.Repeat("}{}{}", 100)+`"} {"note":""}`)
	code, refused := checkSharded(t, 2, []string{"file.json"})
	if code != exitUsage || !strings.Contains(refused, "file.json: where it is parted cannot be told from its bytes alone") {
		t.Errorf("%d, %s", code, refused)
	}
}

func TestCompressedFilesAreNotParted(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, magic := range []string{ingest.GzipMagic, ingest.ZstdMagic} {
		writeFile(t, "packed.json", magic+"...")
		if code, refused := checkSharded(t, 2, []string{"packed.json"}); code != exitUsage || !strings.Contains(refused, "packed.json is compressed") {
			t.Errorf("%d, %s", code, refused)
		}
	}
}
