package main

import (
	"bufio"
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

// duckDBPackage is the npm package that brings the library.
const duckDBPackage = "@duckdb/node-api@1.5.6-r.1"

//go:embed queries drivers
var texts embed.FS

// queries have the checks of the rules in SQL, by shape.
var queries = template.Must(template.ParseFS(texts, "queries/*.sql"))

// duckDB runs queries: by the library itself where a C compiler is found, else in Node,
// which takes longer to start.
type duckDB struct {
	folder  string
	driver  []string // the command in front of the file with the query
	through string   // what drives it, for people
}

// newDuckDB installs DuckDB in a folder, or links what npm has installed in another.
func newDuckDB(ctx context.Context, folder, installed string, threads int) (*duckDB, error) {
	if err := bringDuckDB(ctx, folder, installed); err != nil {
		return nil, err
	}
	d := &duckDB{folder: folder}
	if library, found := libraryIn(folder); found {
		if program, err := compileC(ctx, folder, "duckdb.c", "-ldl"); err == nil {
			d.driver, d.through = []string{program, library, strconv.Itoa(threads)}, "C"
			return d, nil
		}
	}
	text, err := texts.ReadFile("drivers/duckdb.mjs")
	if err != nil {
		return nil, err
	}
	script := filepath.Join(folder, "duckdb.mjs") // Node looks for packages beside it
	d.driver, d.through = []string{"node", script, strconv.Itoa(threads)}, "Node"
	return d, os.WriteFile(script, text, 0o600)
}

func bringDuckDB(ctx context.Context, folder, installed string) error {
	if installed != "" {
		packages, err := filepath.Abs(filepath.Join(installed, "node_modules"))
		if err != nil {
			return err
		}
		return os.Symlink(packages, filepath.Join(folder, "node_modules"))
	}
	install := exec.CommandContext(ctx, "npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", duckDBPackage)
	install.Stdout, install.Stderr = os.Stderr, os.Stderr
	if err := install.Run(); err != nil {
		return fmt.Errorf("npm has not installed %s: %w", duckDBPackage, err)
	}
	return nil
}

// libraryIn a folder of npm.
func libraryIn(folder string) (library string, found bool) {
	for _, name := range []string{"libduckdb.so", "libduckdb.dylib"} {
		all, _ := filepath.Glob(filepath.Join(folder, "node_modules", "@duckdb", "*", name)) // the pattern is well formed
		if len(all) > 0 {
			return all[0], true
		}
	}
	return "", false
}

// compileC compiles one of the drivers.
func compileC(ctx context.Context, folder, source, library string) (program string, err error) {
	text, err := texts.ReadFile("drivers/" + source)
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, source)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return "", err
	}
	program = strings.TrimSuffix(path, ".c")
	return program, exec.CommandContext(ctx, "cc", "-O2", "-o", program, path, library).Run()
}

// command runs the query of a workload.
func (d *duckDB) command(w *workload, in, out string) ([]string, error) {
	path := filepath.Join(d.folder, "query.sql")
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	format := "newline_delimited"
	if w.wrapping == "array" {
		format = "array"
	}
	err = queries.ExecuteTemplate(file, w.shape+".sql", map[string]any{
		"In": in, "Out": out, "Format": format,
		"Components": componentNames, "Figures": []string{"begin_balance", "payment_sum", "end_balance"},
	})
	return append(d.driver[:len(d.driver):len(d.driver)], path), errors.Join(err, file.Close())
}

// rowsOf counts the lines of a CSV file below its heading.
func rowsOf(path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }() // it was only read
	lines := bufio.NewScanner(file)
	n := -1
	for lines.Scan() {
		n++
	}
	return n, lines.Err()
}
